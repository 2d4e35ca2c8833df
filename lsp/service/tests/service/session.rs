//! Long sessions: after thousands of changes the service holds what the client holds, and answers as if it
//! had been started just now.

use crate::desk::service;
use crate::sound::{Dice, examples};
use remit_service::answer::Span;
use remit_service::{Change, EditorPosition, Encoding, Service, Source};

/// Everything that the service says about a file, written down.
fn answers(service: &Service, id: &str, offset: usize) -> String {
    let snapshot = service.snapshot();
    let text = snapshot.text(id).unwrap();
    let all = Span::new(0, text.len());
    let parts = [
        serde_json::to_string(&snapshot.diagnostics(id)),
        serde_json::to_string(&snapshot.completions(id, offset)),
        serde_json::to_string(&snapshot.hover(id, offset)),
        serde_json::to_string(&snapshot.inlay_hints(id, all)),
        serde_json::to_string(&snapshot.code_lenses(id)),
        serde_json::to_string(&snapshot.definition(id, offset)),
        serde_json::to_string(&snapshot.references(id, offset)),
        serde_json::to_string(&snapshot.symbols(id)),
        serde_json::to_string(&snapshot.folding(id)),
        serde_json::to_string(&snapshot.selection_ranges(id, &[offset])),
        serde_json::to_string(&snapshot.links(id)),
        serde_json::to_string(&*snapshot.decision(id).unwrap()),
    ];
    parts.map(|part| part.unwrap()).join("\n")
}

/// The client: a text and what it was before.
struct Client {
    text: String,
    past: Vec<String>,
    encoding: Encoding,
}

impl Client {
    /// One keystroke, paste, deletion or undo, as an editor would send it.
    fn edit(&mut self, dice: &mut Dice) -> Vec<Change> {
        const TYPED: &[&str] = &[
            "a",
            " ",
            "\n",
            "  ",
            ":",
            "true",
            "ä",
            "🦀",
            "\"",
            "[",
            "{",
            "- ",
            "#",
            "service:\n  name: x\n",
            "restricted",
            "\r\n",
        ];
        if dice.roll(12) == 0
            && let Some(before) = self.past.pop()
        {
            self.text.clone_from(&before);
            return vec![Change::Full(before)];
        }
        self.past.push(self.text.clone());
        let changes = (0..=dice.roll(2)).map(|_| {
            let start = self.text.floor_char_boundary(dice.roll(self.text.len() + 1));
            let reach = if dice.roll(3) == 0 { dice.roll(9) } else { 0 };
            let end = self.text.floor_char_boundary((start + reach).min(self.text.len())).max(start);
            // An editor has no place between the two bytes of a line break.
            let inside = |at: usize| self.text[..at].ends_with('\r') && self.text[at..].starts_with('\n');
            let (start, end) = (start - usize::from(inside(start)), end + usize::from(inside(end)));
            let new = TYPED[dice.roll(TYPED.len())];
            let source = Source::new("", &self.text);
            let position = |offset| -> EditorPosition { source.editor_position(offset, self.encoding) };
            let change = if dice.roll(4) == 0 {
                Change::Replace(Span::new(start, end), new.to_owned())
            } else {
                Change::Typed {
                    start: position(start),
                    end: position(end),
                    encoding: self.encoding,
                    text: new.to_owned(),
                }
            };
            self.text.replace_range(start..end, new);
            change
        });
        changes.collect()
    }
}

/// Types for a while. After each change the answers are those of a service that never saw the file before; only
/// its pack is read already, which no change here touches.
fn session(example: &str, encoding: Encoding, seed: u64) {
    let mut dice = Dice(seed);
    let (id, text) = examples().into_iter().find(|(id, _)| id.contains(example)).unwrap();
    let mut client = Client { text: text.clone(), past: vec![], encoding };
    let (mut warm, mut cold) = (service(), service());
    warm.open(&id, &text, 0);
    for version in 1..=1_000 {
        let changes = client.edit(&mut dice);
        warm.change(&id, changes, version).unwrap();
        assert_eq!(warm.snapshot().text(&id), Some(client.text.as_str()), "version {version}");
        let offset = dice.roll(client.text.len() + 1);
        cold.open(&id, &client.text, version);
        assert_eq!(answers(&warm, &id, offset), answers(&cold, &id, offset), "version {version}");
        cold.close(&id).unwrap();
        if client.text.len() > 4_000 {
            client.text.clone_from(&text);
            warm.change(&id, vec![Change::Full(text.clone())], version).unwrap();
        }
    }
}

#[test]
fn after_each_of_thousands_of_changes_the_answers_are_those_of_a_cold_start() {
    session("half-filled", Encoding::Utf16, 0xC0FF_EE00_1234_5678);
}

#[test]
fn in_json_too() {
    session("pipeline", Encoding::Utf8, 0xBEEF_5EED_0000_0001);
}
