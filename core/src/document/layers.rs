//! One tree of several documents: a document, and others that change it.

use super::{Document, Entry, Node, Value};
use crate::source::{Joined, Source};

/// A tree that several documents make together. Its spans count through all of their texts.
#[derive(Debug, Clone)]
pub struct Layers {
    /// The texts.
    pub source: Joined,
    /// The tree.
    pub root: Node,
}

impl Layers {
    /// One document; `None` where it holds nothing.
    pub fn new(document: Document) -> Option<Self> {
        Some(Self { root: document.root?, source: Joined::new(document.source) })
    }

    /// Adds the text of a document that changes the tree, and gives that document's tree with its spans moved.
    pub fn push(&mut self, source: Source, mut root: Node) -> Node {
        let by = self.source.push(source);
        root.shift(by);
        root
    }
}

impl Node {
    /// Moves every span.
    fn shift(&mut self, by: u32) {
        self.span = self.span.shifted(by);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Map(entries) => {
                for entry in entries {
                    entry.key_span = entry.key_span.shifted(by);
                    entry.value.shift(by);
                }
            }
            _ => {}
        }
    }

    /// Changes the tree as a JSON Merge Patch does (RFC 7396): mappings are merged key by key, `null` takes a key
    /// away, and everything else takes the place of what was there. A key with nothing behind it, as it stands
    /// there while somebody writes, changes nothing, and neither does what could not be read.
    pub fn patch(&mut self, patch: Node) {
        let (Value::Map(entries), Value::Map(changes)) = (&mut self.value, patch.value) else { return };
        for change in changes.into_iter().filter(|change| !change.duplicate) {
            let place = entries.iter().position(|entry| entry.key == change.key && !entry.duplicate);
            let known = place.and_then(|place| entries.get_mut(place));
            match (known, &change.value.value) {
                (_, Value::Broken) => {}
                (_, Value::Null) if change.value.span.is_empty() => {}
                (_, Value::Null) => entries.retain(|entry| entry.key != change.key),
                (Some(known), Value::Map(_)) if known.value.as_map().is_some() => {
                    known.value.patch(change.value);
                }
                (Some(known), _) => *known = change.without_nulls(),
                (None, _) => entries.push(change.without_nulls()),
            }
        }
    }
}

impl Entry {
    /// What a patch adds where there is nothing to take away.
    fn without_nulls(mut self) -> Self {
        fn clean(node: &mut Node) {
            if let Value::Map(entries) = &mut node.value {
                entries.retain(|entry| entry.value.value != Value::Null);
                entries.iter_mut().for_each(|entry| clean(&mut entry.value));
            }
        }
        clean(&mut self.value);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Limits, parse};
    use crate::source::{Places, Span};

    fn document(id: &str, text: &str) -> Document {
        parse(Source::new(id, text), Format::Yaml, &Limits::default())
    }

    fn layers(base: &str, over: &str) -> Layers {
        let mut layers = Layers::new(document("base", base)).expect("the base holds something");
        let over = document("over", over);
        if let Some(root) = over.root {
            let root = layers.push(over.source, root);
            layers.root.patch(root);
        }
        layers
    }

    #[test]
    fn a_patch_merges_mappings_takes_nulls_away_and_replaces_the_rest() {
        for (base, over, expected) in [
            ("a: {b: 1, c: 2}", "a: {b: 3}", r#"{"a":{"b":3,"c":2}}"#),
            ("a: {b: 1, c: 2}", "a: {c: null, d: 4}", r#"{"a":{"b":1,"d":4}}"#),
            ("a: [1, 2]", "a: [3]", r#"{"a":[3]}"#),
            ("a: 1", "b: {c: null, d: 1}", r#"{"a":1,"b":{"d":1}}"#),
            ("a: 1", "a: {b: 2}", r#"{"a":{"b":2}}"#),
            ("a: {b: 1}", "a: 2", r#"{"a":2}"#),
            ("a: 1", "a:\nb:\n", r#"{"a":1}"#),
            ("a: 1", "a: ~", "{}"),
            ("a: 1", "", r#"{"a":1}"#),
        ] {
            assert_eq!(layers(base, over).root.to_json().to_string(), expected, "{base} + {over}");
        }
    }

    #[test]
    fn every_place_keeps_its_text() {
        let layers = layers("a: {b: one, c: two}\n", "# over\na: {c: three, d: four}\n");
        let at = |key: &str| {
            let entry = layers.root.get("a").and_then(|a| a.entry(key)).expect("the key is there");
            let value = layers.source.locate(entry.value.span);
            (value.source.to_string(), layers.source.slice(entry.value.span).to_owned())
        };
        assert_eq!(at("b"), ("base".to_owned(), "one".to_owned()));
        assert_eq!(at("c"), ("over".to_owned(), "three".to_owned()));
        assert_eq!(at("d"), ("over".to_owned(), "four".to_owned()));
        assert_eq!(Span::new(1, 2).shifted(3), Span::new(4, 5));
    }
}
