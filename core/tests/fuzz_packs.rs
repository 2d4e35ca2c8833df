//! Packs broken at random: loading answers, and every place that it names is a place.
//!
//! `REMIT_SEED` starts elsewhere, `REMIT_FUZZ_SECONDS` goes on for longer than the usual number of cases.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]
#![allow(clippy::print_stderr, reason = "how many cases ran is worth seeing")]

mod nasty;
mod random;

use random::Random;
use remit_core::diagnostic::Diagnostic;
use remit_core::facts::Facts;
use remit_core::pack::{self, FileMap, Loaded};
use remit_core::source::Location;
use std::time::{Duration, Instant};

/// Words that a rule, a schema or a catalogue could have at a wrong place.
const TOKENS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "`",
    "|",
    "||",
    "&&",
    "!",
    "==",
    "<",
    ">=",
    "in ",
    "!in ",
    ".",
    "..",
    ";",
    ",",
    ":",
    "::",
    "=>",
    "#{",
    "//",
    "/*",
    "*/",
    "///",
    "\\",
    "\n",
    "\r\n",
    "\t",
    "\u{feff}",
    "ä",
    "🦀",
    "rule(",
    "\nrule(\"x\")",
    "fn ",
    "\nfn f(i) {",
    "const ",
    "let x = ",
    "if ",
    "else ",
    "return ",
    "loop {",
    "while true {",
    "try {",
    "throw ",
    "switch ",
    "import ",
    "eval(",
    "Fn(\"f\")",
    "this",
    "intake",
    "intake.",
    ".some(|x| ",
    ".filter(",
    ".len()",
    "-1",
    "99999999999999999999",
    "0x",
    "1.5",
    "true",
    "null",
    "~",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "%YAML",
    "---\n",
    "\"$ref\": \"#\"",
    "\"type\": [],",
    "\"enum\": [1],",
    "{}",
    "[]",
    "\u{0}",
    "\u{202e}",
    "private ",
    "global::",
    "${",
    "|x, y| ",
    ".call()",
    "curry(",
];

fn place(loaded: &Loaded, location: &Location) {
    let Some(source) = loaded.sources.iter().find(|source| *source.id() == location.source) else {
        assert!(location.span.is_empty(), "{location:?} is in no source");
        return;
    };
    assert!(source.text().get(location.span.range()).is_some(), "{location:?} is no place");
}

fn places(loaded: &Loaded, diagnostic: &Diagnostic) {
    place(loaded, &diagnostic.location);
    diagnostic.labels.iter().for_each(|label| place(loaded, &label.location));
    let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
    edits.for_each(|edit| place(loaded, &edit.location));
    assert!(!diagnostic.message.is_empty());
}

fn boundary(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutate(text: &mut String, random: &mut Random) {
    for _ in 0..1 + random.below(3) {
        let at = boundary(text, random);
        match random.below(6) {
            0 | 1 => {
                if at < text.len() {
                    text.remove(at);
                }
            }
            2 | 3 => text.insert_str(at, TOKENS[random.below(TOKENS.len())]),
            4 => {
                let mut lines: Vec<&str> = text.split('\n').collect();
                let (a, b) = (random.below(lines.len()), random.below(lines.len()));
                lines.swap(a, b);
                *text = lines.join("\n");
            }
            _ if random.chance(4) => text.truncate(at),
            _ => {
                let end = boundary(text, random).clamp(at, text.len().min(at + 40));
                let end = (at..=end).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(at);
                text.replace_range(at..end, "");
            }
        }
    }
}

fn fuzz(files: &FileMap, paths: &[&str], cases: u64) {
    let texts: Vec<String> = paths
        .iter()
        .map(|path| String::from_utf8(pack::Files::read(files, path).unwrap().into_owned()).unwrap())
        .collect();
    let seconds =
        std::env::var("REMIT_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
    let until = Instant::now() + Duration::from_secs(seconds);
    let start = random::seed();
    let mut case = 0;
    while case < cases || Instant::now() < until {
        let seed = start.wrapping_add(case);
        case += 1;
        let mut random = Random::new(seed);
        let which = random.below(paths.len());
        let mut text = texts[which].clone();
        mutate(&mut text, &mut random);
        let mut files = files.clone();
        files.put(paths[which], text.clone());
        let begun = Instant::now();
        let path = paths[which];
        // The seed says which case it was, should anything below panic.
        let told = std::panic::catch_unwind(|| {
            let loaded = pack::load(&files);
            loaded.diagnostics.iter().for_each(|diagnostic| places(&loaded, diagnostic));
            let mut out = vec![];
            if let Some(pack) = &loaded.pack {
                let mut facts = Facts::of(&pack.schema, []);
                facts.resolve(&pack.schema);
                pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut out);
            }
            out.iter().for_each(|diagnostic| places(&loaded, diagnostic));
        });
        assert!(told.is_ok(), "seed {seed}: `{path}` as below\n{text}");
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "seed {seed}: `{path}` took {:?}",
            begun.elapsed()
        );
    }
    eprintln!("{case} packs");
}

#[test]
fn the_default_pack_broken_at_random_is_loaded_all_the_same() {
    let paths: Vec<&str> = remit_rules::FILES.iter().map(|(path, _)| *path).collect();
    let wanted = |path: &&str| {
        path.ends_with(".rhai") || ["remit.yaml", "catalogue.yaml", "intake.schema.json"].contains(path)
    };
    let mut files = FileMap::new("");
    for (path, bytes) in remit_rules::FILES.iter().filter(|(path, _)| wanted(path)) {
        files.put(*path, *bytes);
    }
    let paths: Vec<&str> = paths.into_iter().filter(wanted).collect();
    fuzz(&files, &paths, 250);
}

#[test]
fn a_small_pack_broken_at_random_is_loaded_all_the_same() {
    let files = nasty::files();
    fuzz(
        &files,
        &["a.rhai", "b.rhai", "a.rhai", "b.rhai", "schema.json", "catalogue.yaml", "remit.yaml"],
        400,
    );
}
