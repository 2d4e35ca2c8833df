//! A pack to work on: the one for taking on suppliers, with a cursor (`‸`) in one of its files.

use crate::cursor::{Cursor, apply};
use remit_service::Service;
use remit_service::answer::{CodeAction, Edit, Place};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::Path;

/// The folder of the pack, as its host names it.
const ROOT: &str = "work/suppliers";

pub(crate) struct Desk {
    service: Service,
    at: Cursor,
}

impl Deref for Desk {
    type Target = Cursor;

    fn deref(&self) -> &Cursor {
        &self.at
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/examples/packs/vendor-intake")
}

/// A file of the pack as it stands.
pub(crate) fn original(path: &str) -> String {
    std::fs::read_to_string(folder().join(path)).unwrap()
}

fn service() -> Service {
    let mut service = Service::new(remit_rules::FILES);
    service.set_today(Some("2026-11-20".parse().unwrap()));
    let mut folders = vec![folder()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(folder()).unwrap().to_str().unwrap().replace('\\', "/");
                service.set_file(&format!("{ROOT}/{inside}"), std::fs::read(&path).unwrap());
            }
        }
    }
    service
}

/// A file of the pack with this text instead.
pub(crate) fn whole(path: &str, marked: &str) -> Desk {
    let mut service = service();
    // As it was first: the last version that loads is known.
    assert!(service.snapshot().diagnostics(&format!("{ROOT}/remit.yaml")).is_empty());
    let at = Cursor::open(&mut service, &format!("{ROOT}/{path}"), marked);
    Desk { service, at }
}

/// A file of the pack with something more at its end.
pub(crate) fn more(path: &str, marked: &str) -> Desk {
    whole(path, &format!("{}\n{marked}", original(path)))
}

/// A file of the pack with one part replaced.
pub(crate) fn edited(path: &str, from: &str, to: &str) -> Desk {
    let text = original(path);
    assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {path}");
    whole(path, &text.replacen(from, to, 1))
}

impl Desk {
    /// Writes a file of the pack, and goes there.
    pub(crate) fn write(&mut self, path: &str, marked: &str) {
        self.at = Cursor::open(&mut self.service, &format!("{ROOT}/{path}"), marked);
    }

    /// The line of the cursor once a completion is accepted; `|` is where the cursor then stands.
    pub(crate) fn accept(&self, label: &str) -> String {
        let found = self.completion(label);
        let text = if found.snippet { stops(&found.text) } else { format!("{}|", found.text) };
        let (start, end) = (found.span.start as usize, found.span.end as usize);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        format!("{}{text}{}", &self.text[line_start..start], &self.text[end..line_end])
    }

    /// `path:line: text` of places.
    pub(crate) fn shown(&self, places: &[Place]) -> Vec<String> {
        places.iter().map(|place| self.place(place)).collect()
    }

    fn place(&self, place: &Place) -> String {
        let text = self.snapshot.text(&place.file).expect("a place is in a file that there is");
        let line = 1 + text[..place.span.start as usize].matches('\n').count();
        let path = place.file.strip_prefix(&format!("{ROOT}/")).unwrap_or(&place.file);
        format!("{path}:{line}: {}", &text[place.span.range()])
    }

    pub(crate) fn definition(&self) -> Vec<String> {
        self.shown(&self.snapshot.definition(&self.id, self.cursor))
    }

    pub(crate) fn references(&self) -> Vec<String> {
        self.shown(&self.snapshot.references(&self.id, self.cursor))
    }

    /// The files that a rename changes, by path, as they are then; and the pack loads without an error.
    pub(crate) fn rename(&mut self, name: &str) -> Result<BTreeMap<String, String>, String> {
        let edits = self.snapshot.rename(&self.id, self.cursor, name)?;
        Ok(self.apply(&edits))
    }

    /// Applies edits. The files that they change, by path.
    pub(crate) fn apply(&mut self, edits: &[Edit]) -> BTreeMap<String, String> {
        let mut files: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
        for edit in edits {
            files.entry(edit.place.file.clone()).or_default().push(edit.clone());
        }
        let mut changed = BTreeMap::new();
        for (id, edits) in files {
            let text = apply(self.snapshot.text(&id).unwrap(), &edits);
            self.service.open(&id, &text, 2);
            changed.insert(id.strip_prefix(&format!("{ROOT}/")).unwrap_or(&id).to_owned(), text);
        }
        self.at.snapshot = self.service.snapshot();
        changed
    }

    /// All errors in the pack: `path: code: message`.
    pub(crate) fn errors(&self) -> Vec<String> {
        let mut found = vec![];
        for file in self.snapshot.files() {
            let errors = self.snapshot.diagnostics(file.id()).into_iter();
            let errors = errors.filter(|found| found.severity == remit_service::answer::Severity::Error);
            found.extend(errors.map(|error| format!("{}: {}: {}", file.id(), error.code, error.message)));
        }
        found
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn action(&self, title: &str) -> CodeAction {
        let found = self.actions();
        let titles: Vec<&str> = found.iter().map(|action| action.title.as_str()).collect();
        let at = titles.iter().position(|found| found.contains(title));
        found[at.unwrap_or_else(|| panic!("no action `{title}` among {titles:?}"))].clone()
    }
}

/// A snippet with its first tab stop as `|`, and the others as what they hint at.
fn stops(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    let first = if snippet.contains("$1") || snippet.contains("${1") { '1' } else { '0' };
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let next = rest.chars().next().unwrap();
                text.push(next);
                rest = &rest[next.len_utf8()..];
            }
            '$' if rest.starts_with('{') => {
                let (inner, after) = rest[1..].split_once('}').unwrap();
                rest = after;
                let (number, hint) = inner.split_at(1);
                if number.starts_with(first) {
                    text.push('|');
                }
                let hint = hint.trim_start_matches([':', '|']).trim_end_matches('|');
                text.push_str(hint.split(',').next().unwrap());
            }
            '$' => {
                if rest.starts_with(first) {
                    text.push('|');
                }
                rest = &rest[1..];
            }
            c => text.push(c),
        }
    }
    text
}
