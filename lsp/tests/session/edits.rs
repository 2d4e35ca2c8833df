//! Long random sessions: after thousands of edits the server's text is the client's, and its answers are those
//! of a server that never saw another text.

use crate::basics::DRAFT;
use crate::harness::{Client, Intro, utf8};
use serde_json::{Value, json};

/// What is typed, pasted and broken.
const PIECES: &[&str] = &[
    "",
    "",
    "",
    "a",
    " ",
    "\n",
    "\n  ",
    ":",
    "- ",
    "ä",
    "🦀",
    "ä🦀ß\n",
    "\"",
    "'",
    "[",
    "{",
    "}",
    "#",
    "\t",
    "\r\n",
    "\r",
    "key: value\n",
    "change:\n  public_endpoint: true\n",
    "internet: yes\n",
    "&a ",
    "*a",
    "|\n",
    "---\n",
    "\u{2028}",
    "\u{feff}",
    "e\u{301}",
];

/// Small, fast and the same everywhere (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit as u64)).unwrap()
    }
}

/// A client's buffer: counts lines and columns on its own, one character after the other.
pub(crate) struct Buffer {
    pub(crate) text: Vec<char>,
    pub(crate) utf8: bool,
}

impl Buffer {
    pub(crate) fn position(&self, offset: usize) -> Value {
        let (mut line, mut character) = (0, 0);
        for (at, c) in self.text[..offset].iter().enumerate() {
            let ends = *c == '\n' || *c == '\r' && self.text.get(at + 1) != Some(&'\n');
            if ends {
                (line, character) = (line + 1, 0);
            } else {
                character += if self.utf8 { c.len_utf8() } else { c.len_utf16() };
            }
        }
        json!({"line": line, "character": character})
    }

    /// A place that can be named: not inside a line break.
    pub(crate) fn place(&self, dice: &mut Dice) -> usize {
        let at = dice.below(self.text.len() + 1);
        let inside = at > 0 && self.text[at - 1] == '\r' && self.text.get(at) == Some(&'\n');
        at - usize::from(inside)
    }

    /// Replaces, and gives back the change for the server and how to undo it.
    pub(crate) fn replace(&mut self, start: usize, end: usize, new: &[char]) -> (Value, Undo) {
        let range = json!({"start": self.position(start), "end": self.position(end)});
        let old: Vec<char> = self.text.splice(start..end, new.iter().copied()).collect();
        let text: String = new.iter().collect();
        (json!({"range": range, "text": text}), Undo { start, end: start + new.len(), old })
    }

    /// Something is typed, pasted or broken somewhere.
    pub(crate) fn edit(&mut self, dice: &mut Dice) -> (Value, Undo) {
        let start = self.place(dice);
        let length = if dice.below(3) == 0 { dice.below(12) } else { 0 };
        let mut end = (start + length).min(self.text.len());
        if end > 0 && self.text[end - 1] == '\r' && self.text.get(end) == Some(&'\n') {
            end += 1;
        }
        let piece: Vec<char> = PIECES[dice.below(PIECES.len())].chars().collect();
        self.replace(start, end, &piece)
    }

    pub(crate) fn text(&self) -> String {
        self.text.iter().collect()
    }
}

pub(crate) struct Undo {
    start: usize,
    end: usize,
    old: Vec<char>,
}

/// Whether an undo would begin or end inside a line break, where no position points.
fn can(buffer: &Buffer, undo: &Undo) -> bool {
    [undo.start, undo.end].iter().all(|at| {
        *at <= buffer.text.len()
            && !(*at > 0 && buffer.text[at - 1] == '\r' && buffer.text.get(*at) == Some(&'\n'))
    })
}

async fn session(name: &str, start: &str, utf8_columns: bool, seed: u64, edits: usize) {
    let intro = || Intro {
        capabilities: if utf8_columns { utf8() } else { json!({}) },
        options: json!({"decisions": false, "settings": {"today": "2026-11-21"}}),
        ..Intro::default()
    };
    let uri = format!("file:///x/{name}");
    let mut client = Client::with(intro()).await.ignore("textDocument/publishDiagnostics");
    let mut dice = Dice(seed);
    let mut buffer = Buffer { text: start.chars().collect(), utf8: utf8_columns };
    let mut undos: Vec<Undo> = vec![];
    client.open(&uri, start).await;
    let mut version = 1;
    for edit in 0..edits {
        version += 1;
        let mut changes = vec![];
        for _ in 0..=dice.below(3) {
            let undone =
                (dice.below(4) == 0).then(|| undos.pop()).flatten().filter(|undo| can(&buffer, undo));
            let (change, undo) = match undone {
                Some(undo) => buffer.replace(undo.start, undo.end, &undo.old),
                None => buffer.edit(&mut dice),
            };
            changes.push(change);
            undos.push(undo);
        }
        client.change(&uri, version, json!(changes)).await;
        // Something is asked all the time, as editors do.
        if edit % 5 == 0 {
            let at = buffer.position(buffer.place(&mut dice));
            client
                .request("textDocument/completion", json!({"textDocument": {"uri": uri}, "position": at}))
                .await
                .unwrap();
        }
        assert_eq!(client.text(&uri).await, buffer.text(), "after edit {edit} of seed {seed}");
        if edit % 400 == 399 || edit + 1 == edits {
            let text = buffer.text();
            let mut cold = Client::with(intro()).await;
            cold.open_as(&uri, "yaml", version, &text).await;
            let places: Vec<Value> = (0..5).map(|_| buffer.position(buffer.place(&mut dice))).collect();
            let marks = cold.published(&uri, version).await;
            let fresh = answers(&mut cold, &uri, &places).await;
            cold.end().await;
            let mut warm = answers(&mut client, &uri, &places).await;
            assert_eq!(client.published(&uri, version).await, marks, "after edit {edit} of seed {seed}");
            for (warm, fresh) in warm.drain(..).zip(fresh) {
                assert_eq!(warm, fresh, "after edit {edit} of seed {seed}");
            }
            // Back to something whole, so that not everything is a syntax error for ever.
            version += 1;
            client.change(&uri, version, json!([{"text": start}])).await;
            buffer.text = start.chars().collect();
            undos.clear();
        }
    }
    client.end().await;
}

async fn answers(client: &mut Client, uri: &str, places: &[Value]) -> Vec<Value> {
    let file = json!({"uri": uri});
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}});
    let mut found = vec![client.decision(uri).await];
    for method in
        ["documentSymbol", "foldingRange", "codeLens", "documentLink", "semanticTokens/full", "inlayHint"]
    {
        let params = json!({"textDocument": file, "range": range});
        found.push(client.request(&format!("textDocument/{method}"), params).await.unwrap());
    }
    for position in places {
        for method in ["hover", "completion", "definition", "signatureHelp"] {
            let params = json!({"textDocument": file, "position": position});
            found.push(client.request(&format!("textDocument/{method}"), params).await.unwrap());
        }
    }
    found
}

const JSON: &str = include_str!("../../../rules/examples/privileged-deploy-pipeline.intake.json");
const RULES: &str = include_str!("../../../rules/topics/tiers.rhai");
const CASE: &str = include_str!("../../../rules/tests/half-filled-draft.case.yaml");

#[tokio::test]
async fn thousands_of_edits_of_a_yaml_intake_in_utf_16() {
    session("a.intake.yaml", DRAFT, false, 0x5EED_0001, 2000).await;
}

#[tokio::test]
async fn thousands_of_edits_of_a_yaml_intake_in_utf_8() {
    session("a.intake.yaml", DRAFT, true, 0x5EED_0002, 2000).await;
}

#[tokio::test]
async fn hundreds_of_edits_of_other_files() {
    session("a.intake.json", JSON, false, 0x5EED_0003, 800).await;
    session("a.rhai", RULES, true, 0x5EED_0004, 800).await;
    session("a.case.yaml", CASE, false, 0x5EED_0005, 800).await;
}
