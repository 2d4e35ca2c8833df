//! A small pack that nothing is wrong with, and what becomes of it when parts of it are changed.

use remit_core::coverage::Coverage;
use remit_core::diagnostic::Diagnostic;
use remit_core::document::{Format, Limits};
use remit_core::engine::Engine;
use remit_core::lint::{self, Level};
use remit_core::pack::{self, FileMap, Files, Pack};
use remit_core::source::{Location, Source};
use remit_core::{calendar, cases, coverage, document};
use std::borrow::Cow;

macro_rules! files {
    ($($path:literal)*) => { &[$(($path, include_str!(concat!("base/", $path)))),*] };
}

const FILES: &[(&str, &str)] = files! {
    "remit.yaml"
    "catalogue.yaml"
    "intake.schema.json"
    "topics/rules.rhai"
    "examples/template.intake.yaml"
    "examples/endpoint.intake.yaml"
    "examples/disputed.intake.yaml"
};

/// The small pack, changed.
#[derive(Clone)]
pub(crate) struct Base {
    files: FileMap,
    /// A file that is there and cannot be read.
    locked: Option<String>,
}

impl Files for Base {
    fn prefix(&self) -> &str {
        self.files.prefix()
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        match &self.locked {
            Some(locked) if locked == path => Err("permission denied".to_owned()),
            _ => self.files.read(path),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.files.list(folder)
    }

    fn base(&self, name: &str) -> Result<Box<dyn Files + '_>, String> {
        self.files.base(name)
    }
}

/// What was found, and the texts that it speaks of.
pub(crate) struct Found {
    pub(crate) diagnostics: Vec<Diagnostic>,
    sources: Vec<Source>,
}

impl Base {
    pub(crate) fn new() -> Self {
        let mut files = FileMap::new("");
        FILES.iter().for_each(|(path, text)| files.put(*path, *text));
        Self { files, locked: None }
    }

    /// A pack that extends the small one, and holds nothing yet.
    pub(crate) fn extending() -> Self {
        let mut small = FileMap::new("default/");
        FILES.iter().for_each(|(path, text)| small.put(*path, *text));
        let itself = FileMap::of("", &[("remit.yaml", b"format: 1\nname: portal\nversion: 1.0.0\n")]);
        let files = FileMap::new("").with_base("default", small).with_base("../portal", itself);
        Self { files, locked: None }
    }

    fn text(&self, path: &str) -> String {
        self.read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// Adds or replaces a whole file.
    pub(crate) fn put(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.put(path, bytes);
        self
    }

    pub(crate) fn without(mut self, path: &str) -> Self {
        self.files.remove(path).unwrap_or_else(|| panic!("the small pack has no {path}"));
        self
    }

    /// Replaces a piece of a file that stands there once.
    pub(crate) fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        self.put(path, text.replace(from, to))
    }

    /// Puts a fragment into a file: rules below the others, catalogue entries and manifest keys beside or in
    /// place of those of the same name, questions among the schema's.
    pub(crate) fn with(self, path: &str, fragment: &str) -> Self {
        let text = self.text(path);
        let changed = match path.rsplit('.').next() {
            Some("rhai") => format!("{text}\n{fragment}"),
            Some("yaml") => merge_yaml(&text, fragment),
            Some("json") => merge_json(&text, fragment),
            _ => panic!("no fragment can be put into {path}"),
        };
        self.put(path, changed)
    }

    /// Takes away the permission to read a file.
    pub(crate) fn lock(mut self, path: &str) -> Self {
        self.locked = Some(path.to_owned());
        self
    }

    /// Adds rules.
    pub(crate) fn rules(self, fragment: &str) -> Self {
        self.with("topics/rules.rhai", fragment)
    }

    /// Loads the pack, decides its examples and lints it.
    pub(crate) fn check(&self) -> Found {
        let loaded = pack::load(self);
        let mut sources = loaded.sources.clone();
        let mut diagnostics = loaded.diagnostics.clone();
        let Ok(pack) = loaded.usable() else { return Found { diagnostics, sources } };
        let observations = lint::examples(&pack, self);
        let asked: &[(_, Level)] = &[];
        diagnostics = lint::lint(&pack, self, &observations, diagnostics, asked);
        let engine = Engine::new(pack);
        for path in self.list("examples") {
            let bytes = self.read(&path).expect("a listed file is there");
            let checked = engine.check_bytes(&path, &bytes, Format::of_name(&path), None);
            sources.push(checked.intake.document.source.clone());
            diagnostics.extend(checked.diagnostics);
        }
        Found { diagnostics, sources }
    }

    /// Runs the pack's cases, measures what they cover, and rewrites those that fail.
    pub(crate) fn test(&self) -> Found {
        let engine = Engine::new(self.usable());
        let suite = cases::read(self, &engine.pack);
        let mut seen = Coverage::new(&engine.pack);
        let run = cases::run(&engine, &suite, &|_| true, &mut |checked| seen.add(&engine, checked));
        for example in &suite.examples {
            seen.add(&engine, &engine.check(example.document.clone(), None));
        }
        let mut diagnostics = suite.diagnostics.clone();
        diagnostics.extend(run.diagnostics.iter().cloned());
        diagnostics.extend(cases::bless(&engine, &suite, &run).1);
        for outcome in &run.outcomes {
            diagnostics.extend(outcome.failures.iter().map(|failure| failure.diagnostic.clone()));
        }
        let (excuses, _) = coverage::read_excuses(self, &engine.pack, &mut diagnostics);
        diagnostics.extend(seen.gaps(&engine.pack, &excuses).diagnostics);
        Found { diagnostics, sources: suite.sources().into_iter().cloned().collect() }
    }

    fn usable(&self) -> Pack {
        pack::load(self)
            .usable()
            .unwrap_or_else(|loaded| panic!("the small pack does not load: {:#?}", loaded.diagnostics))
    }

    /// Decides one intake.
    pub(crate) fn decide(&self, name: &str, bytes: &[u8]) -> Found {
        let today = calendar::date("2026-03-02");
        let checked = Engine::new(self.usable()).check_bytes(name, bytes, Format::of_name(name), today);
        Found { diagnostics: checked.diagnostics, sources: vec![checked.intake.document.source] }
    }
}

/// Reads a document by itself.
pub(crate) fn parse(name: &str, bytes: &[u8], limits: &Limits) -> Found {
    let document = document::from_bytes(name, bytes, Format::of_name(name), limits);
    Found { diagnostics: document.diagnostics, sources: vec![document.source] }
}

impl Found {
    /// The codes, each once.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.diagnostics.iter().map(|found| found.code.0).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The texts that diagnostics of a code underline, each with its message.
    pub(crate) fn of(&self, code: &str) -> Vec<(String, String)> {
        let found = self.diagnostics.iter().filter(|found| found.code.0 == code);
        found.map(|found| (self.underlined(&found.location), found.message.clone())).collect()
    }

    pub(crate) fn underlined(&self, at: &Location) -> String {
        let source = self.sources.iter().find(|source| *source.id() == at.source);
        source.map_or_else(|| format!("no source {}", at.source), |source| source.slice(at.span).to_owned())
    }
}

/// The top-level keys of a block mapping with their lines, or the children of one of them.
fn blocks(text: &str, indent: usize) -> Vec<(&str, Vec<&str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = vec![];
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        let starts = depth == indent && !line.trim().is_empty() && !line.trim_start().starts_with('#');
        if starts {
            let item = line.trim_start();
            let key = if item.starts_with("- ") { item } else { item.split(':').next().unwrap_or_default() };
            blocks.push((key, vec![line]));
        } else if let Some((_, lines)) = blocks.last_mut() {
            lines.push(line);
        } else {
            blocks.push(("", vec![line]));
        }
    }
    blocks
}

fn merge_yaml(base: &str, fragment: &str) -> String {
    let mut merged: Vec<(String, Vec<String>)> = blocks(base, 0)
        .into_iter()
        .map(|(key, lines)| (key.to_owned(), lines.into_iter().map(str::to_owned).collect()))
        .collect();
    for (key, lines) in blocks(fragment, 0) {
        let own = || lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let nested = lines.first().is_some_and(|line| line.trim_end().ends_with(':'));
        match merged.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) if nested => {
                let children = lines.get(1..).unwrap_or_default().join("\n");
                let below = known.get(1..).unwrap_or_default().join("\n");
                let names: Vec<&str> = blocks(&children, 2).into_iter().map(|(name, _)| name).collect();
                let kept = blocks(&below, 2).into_iter().filter(|(name, _)| !names.contains(name));
                let kept: Vec<String> =
                    kept.flat_map(|(_, lines)| lines).map(str::to_owned).chain([children.clone()]).collect();
                known.truncate(1);
                known.extend(kept);
            }
            Some((_, known)) => *known = own(),
            None => merged.push((key.to_owned(), own())),
        }
    }
    merged.into_iter().flat_map(|(_, lines)| lines).collect::<Vec<_>>().join("\n") + "\n"
}

/// Questions are added to the schema's; a text that is no JSON, or a whole schema, replaces it.
fn merge_json(base: &str, fragment: &str) -> String {
    let parsed: Result<serde_json::Value, _> = serde_json::from_str(fragment);
    let mut schema: serde_json::Value = serde_json::from_str(base).expect("the small pack's schema is JSON");
    match parsed {
        Ok(serde_json::Value::Object(questions)) if !questions.contains_key("$schema") => {
            let properties = schema["properties"].as_object_mut().expect("the schema has properties");
            properties.extend(questions);
            format!("{schema:#}")
        }
        _ => fragment.to_owned(),
    }
}
