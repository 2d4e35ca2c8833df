//! What holds for every text, however broken: no panic, spans that lie in the text and in each other, and an
//! answer in bounded time. Texts are made by mutating good ones with a fixed sequence of pseudo-random
//! numbers; `REMIT_FUZZ_SECONDS` lengthens the search.

use super::show::read;
use crate::document::{Document, Entry, Format, Limits, Node, Value, from_bytes, parse};
use crate::source::{Source, Span};
use std::time::{Duration, Instant};

/// Marsaglia's xorshift: deterministic, and no dependency.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const YAML_SEEDS: &[&str] = &[
    "title: New gateway\nchange:\n  public_endpoint: true\n  data: [a, b, {c: d}]\nowner: \"Team Ä\"\nlist:\n  - x: 1\n    y: 'it''s'\n  - |\n    text\n    more\n",
    "base: &b\n  x: 1\n  y: [1, 2]\nuse:\n  <<: *b\n  z: *b\n? key\n: !!str 1\n",
    "%YAML 1.2\n---\na: !t {b: \"\\u00e9\\n\", c: >-\n  folded }\n...\n---\nsecond: 1\n",
    "\u{feff}a:\r\n\tb: 🦀\r\n  c: @x\r\n- d\r\n",
];
const JSON_SEEDS: &[&str] = &[
    "{\"title\": \"New Ä 🦀\", \"n\": [1, -2.5e3, true, null, {\"a\": \"\\u00e9\\ud83d\\ude00\"}],\n \"o\": {\"p\": {}, \"q\": []}}",
    "{\n  \"a\": [1, 2, [3, [4]]],\n  \"b\": \"x\", // c\n  'c': d,\n}\n",
];
const PIECES: &[&str] = &[
    "\"", "'", "[", "]", "{", "}", ":", ": ", ",", "-", "- ", "\n", "\r", "\t", " ", "#", "&a ", "*a",
    "<<: ", "!", "|", ">", "@", "`", "%", "\\", "\\u", "\0", "\u{7}", "\u{feff}", "🦀", "---\n", "...\n",
    "? ", "//", "/*", "=", ";", "\n  ", "null", "1e",
];

fn mutate(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(characters.len() + 1);
        match random.below(5) {
            0 if at < characters.len() => drop(characters.remove(at)),
            1 => {
                let end = (at + random.below(12)).min(characters.len());
                characters.drain(at..end);
            }
            2 => {
                let end = (at + random.below(30)).min(characters.len());
                let copy = characters[at..end].to_vec();
                let to = random.below(characters.len() + 1);
                characters.splice(to..to, copy);
            }
            3 => characters.truncate(at),
            _ => drop(characters.splice(at..at, random.pick(PIECES).chars()).count()),
        }
    }
    characters.into_iter().collect()
}

/// Everything that must hold for a document.
pub(super) fn assert_sound(document: &Document) {
    let text = document.source.text();
    if let Some(root) = &document.root {
        assert_node(root, text, None);
        root.to_json();
    }
    let labels =
        document.diagnostics.iter().flat_map(|fault| fault.labels.iter().map(|label| label.location.span));
    let edits = document.diagnostics.iter().flat_map(|fault| &fault.fixes).flat_map(|fix| &fix.edits);
    let places = document.diagnostics.iter().map(|fault| fault.location.span);
    let skipped = document.skipped.iter().copied();
    for span in places.chain(labels).chain(edits.map(|edit| edit.location.span)).chain(skipped) {
        assert!(text.get(span.range()).is_some(), "{span:?} is no place in {text:?}");
    }
    for fault in &document.diagnostics {
        assert!(!fault.message.contains('\n') && !fault.message.ends_with('.'), "{}", fault.message);
    }
}

fn assert_node(node: &Node, text: &str, parent: Option<Span>) {
    let written = text.get(node.span.range());
    assert!(written.is_some(), "{:?} is no place in {text:?}", node.span);
    if let Some(parent) = parent {
        let inside = parent.start <= node.span.start && node.span.end <= parent.end;
        assert!(inside, "{:?} is not in {parent:?} of {text:?}", node.span);
    }
    // What an alias stands for is where it was anchored, and so are the entries of a merge key.
    if written.is_some_and(|written| written.starts_with('*')) {
        return;
    }
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| assert_node(item, text, Some(node.span))),
        Value::Map(entries) => {
            let merges = text.get(node.span.range()).is_some_and(|written| written.contains("<<"));
            let parent = (!merges).then_some(node.span);
            for Entry { key_span, value, .. } in entries {
                assert!(text.get(key_span.range()).is_some(), "{key_span:?} is no place in {text:?}");
                assert!(merges || node.span.start <= key_span.start && key_span.end <= node.span.end);
                assert_node(value, text, parent);
            }
        }
        _ => {}
    }
}

#[test]
fn every_mutation_gives_a_sound_document() {
    let seconds = std::env::var("REMIT_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut round = 0;
    while round < 3_000 || Instant::now() < until {
        round += 1;
        let (format, seeds) =
            if round % 2 == 0 { (Format::Json, JSON_SEEDS) } else { (Format::Yaml, YAML_SEEDS) };
        let seed: &str = random.pick::<&str>(seeds);
        let text = mutate(seed, &mut random);
        let started = Instant::now();
        let document = read(&text, format);
        assert!(started.elapsed() < Duration::from_secs(2), "slow: {text:?}");
        assert_sound(&document);
        for offset in [0, text.len() / 2, text.len()] {
            document.node_at(offset);
            document.path_at(offset);
        }
        if random.below(8) == 0 {
            let mut bytes = text.into_bytes();
            let at = random.below(bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte = 0xC0 | u8::try_from(random.below(63)).unwrap();
            }
            assert_sound(&from_bytes("t", &bytes, format, &Limits::default()));
        }
    }
}

#[test]
fn hostile_texts_are_answered_quickly() {
    let texts = [
        "[".repeat(200_000),
        "{\"a\":".repeat(100_000),
        "- ".repeat(50_000),
        "a: ".repeat(50_000),
        "\"".repeat(200_001),
        "{\"a\":[".repeat(50_000) + "\"x\":1",
        "\t\n".repeat(100_000),
        "a: @x\n".repeat(20_000),
        "[1,]\n".repeat(40_000),
        "k: \"\n".repeat(20_000),
        "\0".repeat(200_000),
        format!("a: {}", "x".repeat(1_000_000)),
        format!("a: [{}\nb: 1", "1, ".repeat(50_000)),
        "? ".repeat(50_000),
        "&a ".repeat(50_000),
        "!t ".repeat(50_000),
        "/*".repeat(100_000),
        "\"\\u".repeat(60_000),
    ];
    for format in [Format::Yaml, Format::Json] {
        for text in &texts {
            let started = Instant::now();
            let document = parse(Source::new("t", text), format, &Limits::default());
            let taken = started.elapsed();
            assert!(taken < Duration::from_secs(10), "{format:?} {:?} took {taken:?}", text.get(..12));
            if std::env::var_os("REMIT_FUZZ_SECONDS").is_some() {
                println!("{format:?} {:?}: {taken:?}", text.get(..12));
            }
            assert_sound(&document);
        }
    }
}
