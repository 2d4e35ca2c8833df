//! Nothing panics, and every answer lies in the text: each query, at many places, in the examples and in
//! thousands of mutations of them.

use crate::desk::service;
use remit_service::Snapshot;
use remit_service::answer::{Edit, Span, Symbol};

/// A small generator: the same numbers on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

pub(crate) fn examples() -> Vec<(String, String)> {
    let files = remit_rules::FILES.iter().filter(|(path, _)| path.contains(".intake."));
    files.map(|(path, bytes)| (format!("work/{path}"), String::from_utf8(bytes.to_vec()).unwrap())).collect()
}

/// One random change of a text.
pub(crate) fn mutate(text: &mut String, dice: &mut Dice) {
    const PIECES: &[&str] = &[
        "\n",
        "  ",
        "\t",
        ":",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "#",
        ",",
        "|",
        ">",
        "&a",
        "*a",
        "<<: ",
        "---\n",
        "ä",
        "🦀",
        "\r\n",
        "\u{FEFF}",
        "\0",
        "null",
        "true",
        "service:",
        "links:\n  - ",
        "exposure: {",
        "sensitivity: ",
        "@",
        "`",
        "%",
        "!",
        "?",
        "\\",
    ];
    let start = text.floor_char_boundary(dice.roll(text.len() + 1));
    match dice.roll(4) {
        0 => {
            let end = text.floor_char_boundary((start + 1 + dice.roll(12)).min(text.len())).max(start);
            text.replace_range(start..end, "");
        }
        1 => {
            let end = text.floor_char_boundary((start + dice.roll(80)).min(text.len())).max(start);
            let piece = text[start..end].to_owned();
            let at = text.floor_char_boundary(dice.roll(text.len() + 1));
            text.insert_str(at, &piece);
        }
        2 if dice.roll(8) == 0 => text.truncate(start),
        _ => text.insert_str(start, PIECES[dice.roll(PIECES.len())]),
    }
}

fn span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no part of the text of {} bytes", text.len());
}

fn symbols(text: &str, found: &[Symbol]) {
    for symbol in found {
        span(text, symbol.span);
        span(text, symbol.name_span);
        assert!(
            symbol.span.start <= symbol.name_span.start && symbol.name_span.end <= symbol.span.end,
            "{symbol:?}"
        );
        symbols(text, &symbol.children);
    }
}

fn edits(snapshot: &Snapshot, edits: &[Edit]) {
    for edit in edits {
        span(snapshot.text(&edit.place.file).expect("an edit is of a known file"), edit.place.span);
    }
}

/// What depends on the text alone.
fn whole(snapshot: &Snapshot, id: &str) {
    let text = snapshot.text(id).unwrap();
    for found in snapshot.diagnostics(id) {
        span(text, found.span);
        assert!(!found.message.is_empty());
        found.fixes.iter().for_each(|fix| edits(snapshot, &fix.edits));
        found
            .related
            .iter()
            .for_each(|related| span(snapshot.text(&related.place.file).unwrap(), related.place.span));
    }
    let everything = Span::new(0, text.len());
    for hint in snapshot.inlay_hints(id, everything) {
        assert!(text.is_char_boundary(hint.offset as usize));
    }
    snapshot.code_lenses(id).iter().for_each(|lens| span(text, lens.span));
    symbols(text, &snapshot.symbols(id));
    snapshot.folding(id).iter().for_each(|fold| span(text, fold.span));
    snapshot.links(id).iter().for_each(|link| span(text, link.span));
    assert!(snapshot.decision(id).is_some());
}

/// What depends on a place.
fn at(snapshot: &Snapshot, id: &str, offset: usize) {
    let text = snapshot.text(id).unwrap();
    let offset = offset.min(text.len());
    for found in snapshot.completions(id, offset) {
        span(text, found.span);
        let place = text.floor_char_boundary(offset);
        assert!(
            found.span.start as usize <= place && place <= found.span.end as usize,
            "{found:?} at {offset}"
        );
        edits(snapshot, &found.more);
        for edit in &found.more {
            let apart = edit.place.span.end <= found.span.start || found.span.end <= edit.place.span.start;
            assert!(apart, "{found:?}");
        }
    }
    if let Some(hover) = snapshot.hover(id, offset) {
        span(text, hover.span);
        assert!(!hover.markdown.trim().is_empty());
    }
    let places =
        [snapshot.definition(id, offset), snapshot.references(id, offset), snapshot.declaration(id, offset)];
    for place in places.iter().flatten() {
        span(snapshot.text(&place.file).unwrap(), place.span);
    }
    for chain in snapshot.selection_ranges(id, &[offset]) {
        chain.iter().for_each(|part| span(text, *part));
    }
    assert!(snapshot.signature_help(id, offset).is_none());
}

fn actions(snapshot: &Snapshot, id: &str, offset: usize) {
    for action in snapshot.code_actions(id, Span::new(offset, offset + 3)) {
        edits(snapshot, &action.edits);
        assert!(!action.edits.is_empty());
    }
}

#[test]
fn every_offset_of_every_example() {
    let mut service = service();
    for (id, text) in examples() {
        service.open(&id, &text, 1);
        let snapshot = service.snapshot();
        whole(&snapshot, &id);
        for offset in (0..=text.len() + 2).step_by(if cfg!(debug_assertions) { 7 } else { 1 }) {
            at(&snapshot, &id, offset);
        }
        actions(&snapshot, &id, text.len() / 2);
    }
}

#[test]
fn two_thousand_mutations() {
    let mut dice = Dice(0x5EED_1234_ABCD_0001);
    let mut service = service();
    let examples = examples();
    for round in 0..2_000 {
        let (id, text) = &examples[dice.roll(examples.len())];
        let mut text = text.clone();
        for _ in 0..=dice.roll(6) {
            mutate(&mut text, &mut dice);
        }
        service.open(id, &text, round);
        let snapshot = service.snapshot();
        whole(&snapshot, id);
        for _ in 0..4 {
            at(&snapshot, id, dice.roll(text.len() + 1));
        }
        if round % 20 == 0 {
            actions(&snapshot, id, dice.roll(text.len() + 1));
        }
        service.close(id).unwrap();
    }
}
