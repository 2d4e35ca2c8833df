//! The pages of diagnostic codes, held against the sources and against the engine.

use crate::base::{Base, Found, parse};
use remit_core::codes;
use remit_core::document::Limits;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files below a folder.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            walk(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

/// The codes that are declared in the sources of the engine and of the hosts beside it.
fn declared() -> BTreeSet<String> {
    let mut files = vec![];
    walk(&core(), &mut files);
    for host in ["cli", "lsp", "wasm"] {
        walk(&core().join("../../").join(host).join("src"), &mut files);
    }
    let mut codes = BTreeSet::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        let declarations = text.match_indices(": Code = Code(").map(|(at, start)| &text[at + start.len()..]);
        // rustfmt may put a long code on a line of its own.
        codes.extend(
            declarations
                .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
                .map(str::to_owned),
        );
    }
    codes
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let declared = declared();
    assert!(declared.len() > 100, "only {} codes: this test looks for the wrong thing", declared.len());
    let listed: Vec<String> = codes::ALL.iter().map(|code| code.0.to_owned()).collect();
    assert!(listed.is_sorted(), "the list in core/src/codes/mod.rs is in alphabetical order");
    let listed: BTreeSet<String> = listed.into_iter().collect();
    let mut files = vec![];
    let folder = core().join("codes/pages");
    walk(&folder, &mut files);
    let pages: BTreeSet<String> = files
        .iter()
        .map(|file| {
            file.strip_prefix(&folder).unwrap().with_extension("").to_string_lossy().replace('\\', "/")
        })
        .collect();
    let missing: Vec<_> = declared.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "add to the list in core/src/codes/mod.rs, and write their pages: {missing:?}"
    );
    let gone: Vec<_> = listed.difference(&declared).collect();
    assert!(gone.is_empty(), "no code is called so any more; take page and entry away: {gone:?}");
    let stray: Vec<_> = pages.difference(&listed).collect();
    assert!(stray.is_empty(), "pages without a code: {stray:?}");
}

/// An example of a page.
struct Block<'p> {
    /// It is right, rather than wrong.
    good: bool,
    language: &'p str,
    words: Vec<&'p str>,
    text: String,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = vec![];
    let mut open: Option<Block<'_>> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(fence), None) => {
                let mut words = fence.split_whitespace();
                let language = words.next().unwrap_or_default();
                let kind = words.next();
                let good = kind == Some("good");
                assert!(good || kind == Some("bad"), "`{line}` is neither `bad` nor `good`");
                open = Some(Block { good, language, words: words.collect(), text: String::new() });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

impl Block<'_> {
    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    fn bytes(&self) -> Vec<u8> {
        match () {
            () if self.has("latin-1") => {
                self.text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
            }
            // Megabytes do not belong on a page.
            () if self.has("many") => {
                let (head, item) = self.text.trim_end().rsplit_once('\n').expect("there are two lines");
                let items = (0..=1_000).map(|number| format!("\n{}", item.replace('#', &number.to_string())));
                format!("{head}{}", items.collect::<String>()).into_bytes()
            }
            () if self.has("long") => format!("{}{}", self.text, "// more\n".repeat(200_000)).into_bytes(),
            // Nor do a thousand lines that differ in a number.
            () if self.has("repeated") => {
                let last = self.text.lines().last().unwrap_or_default();
                let more = (2..=1_001).map(|number| last.replace(" 1,", &format!(" {number},")) + "\n");
                format!("{}{}", self.text, more.collect::<String>()).into_bytes()
            }
            () => self.text.clone().into_bytes(),
        }
    }

    /// The file that it is part of.
    fn file(&self, stage: &str) -> &str {
        let named = self.words.iter().find(|word| word.contains('.'));
        named.copied().unwrap_or(match (stage, self.language) {
            ("case", _) => "tests/page.case.yaml",
            ("coverage", _) => "tests/uncovered.yaml",
            (_, "rhai") => "topics/rules.rhai",
            ("pack", _) => "remit.yaml",
            (_, "json") => "intake.schema.json",
            _ => "catalogue.yaml",
        })
    }
}

/// What the examples of one kind on a page come to, all of them together.
fn run(stage: &str, examples: &[&Block<'_>]) -> Found {
    let [first, ..] = examples else { panic!("there is no example") };
    let name = format!("example.{}", first.language);
    match stage {
        "document" => {
            let small = Limits { max_bytes: 60, max_depth: 4, max_nodes: 12, ..Limits::default() };
            let limits = if first.has("small-limits") { small } else { Limits::default() };
            parse(&name, &first.bytes(), &limits)
        }
        "case" => {
            let base = Base::new().put("tests/example.case.yaml", first.bytes());
            let base = if first.has("unreadable") { base.lock("tests/example.case.yaml") } else { base };
            base.test()
        }
        "coverage" => Base::new().put("tests/uncovered.yaml", first.bytes()).test(),
        "intake" => Base::new().decide(&name, &first.bytes()),
        _ => {
            let extends = examples.iter().any(|block| block.has("extends"));
            let mut base = if extends { Base::extending() } else { Base::new() };
            for block in examples {
                let file = block.file(stage);
                let whole = ["whole", "latin-1", "long", "extends"].iter().any(|word| block.has(word))
                    || file.contains("examples/");
                base = if whole { base.put(file, block.bytes()) } else { base.with(file, &block.text) };
            }
            base.check()
        }
    }
}

#[test]
fn every_example_is_what_its_page_says() {
    let mut wrong = vec![];
    for code in codes::ALL {
        let page = codes::page(code.0).unwrap();
        if !page.starts_with(&format!("# {code}\n\n")) {
            wrong.push(format!("{code}: the page starts with `# {code}` and an empty line"));
        }
        let (stage, _) = code.0.split_once('/').unwrap();
        // A host reads files and lines of its own; its tests run what its pages say.
        if ["host", "config"].contains(&stage) {
            continue;
        }
        let blocks = blocks(page);
        let (good, bad): (Vec<&Block<'_>>, Vec<&Block<'_>>) = blocks.iter().partition(|block| block.good);
        if bad.is_empty() {
            wrong.push(format!("{code}: the page has no `bad` example"));
            continue;
        }
        let found = run(stage, &bad);
        if !found.codes().contains(&code.0) {
            wrong.push(format!("{code}: the bad example gives only {:?}", found.codes()));
        }
        let others: Vec<String> = found
            .diagnostics
            .iter()
            .filter(|other| other.is_error() && other.code != *code)
            .filter(|other| !bad.iter().any(|block| block.has(&format!("also={}", other.code))))
            .map(|other| format!("{}: {}", other.code, other.message))
            .collect();
        if !others.is_empty() {
            wrong.push(format!("{code}: the bad example is wrong in another way too: {others:?}"));
        }
        if !good.is_empty() {
            let found = run(stage, &good);
            let faults: Vec<String> = found
                .diagnostics
                .iter()
                .filter(|found| found.is_error() || found.code == *code)
                .map(|found| format!("{}: {}", found.code, found.message))
                .collect();
            if !faults.is_empty() {
                wrong.push(format!("{code}: the good example gives {faults:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} pages are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn pages_can_be_read_in_a_terminal() {
    for code in codes::ALL {
        let page = codes::page(code.0).unwrap();
        let lines = page.lines().count();
        assert!((5..=40).contains(&lines), "{code}: {lines} lines");
        for line in page.lines() {
            assert!(line.chars().count() <= 110, "{code}: `{line}` is too long");
        }
        let shown = remit_core::render::page(page, remit_core::render::Paint::PLAIN);
        assert!(!shown.contains("```") && !shown.starts_with('#'), "{shown}");
    }
}

#[test]
fn a_code_that_there_is_not_has_no_page() {
    assert_eq!(codes::page("rules/unknown-pat"), None);
}
