//! From the service's offsets in bytes to those of JavaScript's texts, and back.

use remit_core::source::Utf16;
use remit_service::Snapshot;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Turns offsets of the files of a snapshot.
pub(crate) struct Units<'s> {
    snapshot: &'s Snapshot,
    /// What is known of each file; nothing where there is no such file.
    files: BTreeMap<String, Option<Utf16<'s>>>,
}

impl<'s> Units<'s> {
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, files: BTreeMap::new() }
    }

    fn of(&mut self, file: &str) -> Option<&Utf16<'s>> {
        if !self.files.contains_key(file) {
            let found = self.snapshot.file(file).map(|file| file.source().utf16());
            self.files.insert(file.to_owned(), found);
        }
        self.files.get(file)?.as_ref()
    }

    /// The offset in bytes of one in units of UTF-16.
    pub(crate) fn bytes(&mut self, file: &str, units: u32) -> usize {
        self.of(file).map_or(0, |utf16| utf16.bytes(units as usize))
    }

    /// Rewrites an answer about `file`, in its written form: an object of nothing but `start` and `end` is a
    /// span, a number called `offset` is a place, and `file` beside them names another file than the one that
    /// was asked about.
    pub(crate) fn rewrite(&mut self, file: &str, answer: &mut Value) {
        match answer {
            Value::Array(items) => items.iter_mut().for_each(|item| self.rewrite(file, item)),
            Value::Object(map) => self.object(file, map),
            _ => {}
        }
    }

    fn object(&mut self, file: &str, map: &mut Map<String, Value>) {
        let other = map.get("file").and_then(Value::as_str).map(str::to_owned);
        let file = other.as_deref().unwrap_or(file);
        let is_span = map.len() == 2;
        for (key, value) in map {
            let is_offset = matches!(key.as_str(), "start" | "end") && is_span || key == "offset";
            match value.as_u64().filter(|_| is_offset) {
                Some(offset) => {
                    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
                    let units = self.of(file).map_or(offset, |utf16| utf16.units(offset));
                    *value = units.into();
                }
                None => self.rewrite(file, value),
            }
        }
    }
}
