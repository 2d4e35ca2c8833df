//! A schema that adds to another: the questions of a pack that extends one.
//!
//! The rules of the base are typed against its questions, so what they rely on cannot be taken away. A question
//! can be added, required, worded otherwise, or given more choices; it cannot become another question.

use super::codes;
use crate::diagnostic::{Diagnostic, Label};
use crate::document::{Entry, Node, Value};
use crate::source::{Joined, Places, Span};

/// What may be worded otherwise.
const WORDS: [&str; 2] = ["title", "description"];
/// What may be said again as it is.
const SAME: [&str; 2] = ["type", "additionalProperties"];
/// What says nothing about an intake.
const REMARKS: [&str; 3] = ["$schema", "$id", "$comment"];

/// Adds a schema to the one of the base. `source` holds the texts of both.
pub fn extend(base: &mut Node, addition: Node, source: &Joined, out: &mut Vec<Diagnostic>) {
    let Value::Map(entries) = addition.value else { return };
    let mut extension = Extension { source, out };
    let (shared, own): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| matches!(entry.key.as_str(), "$defs" | "definitions"));
    for entry in shared {
        extension.definitions(base, entry);
    }
    let root = base.clone();
    extension.field(base, own, &root, "the intake");
}

struct Extension<'a, 'd> {
    source: &'a Joined,
    out: &'d mut Vec<Diagnostic>,
}

impl Extension<'_, '_> {
    fn refuse(&mut self, at: Span, message: String, help: &str, base: Option<Span>) {
        let mut diagnostic =
            Diagnostic::error(codes::NOT_AN_ADDITION, self.source.locate(at), message).help(help);
        diagnostic.labels.extend(base.map(|span| Label {
            location: self.source.locate(span),
            message: "the pack that this one extends says so".to_owned(),
        }));
        self.out.push(diagnostic);
    }

    /// Declarations that others refer to: each has a name of its own.
    fn definitions(&mut self, base: &mut Node, addition: Entry) {
        let Value::Map(new) = addition.value.value else { return };
        let known = at_or_new(base, &addition.key, Value::Map(vec![]), addition.key_span);
        let Value::Map(known) = &mut known.value else { return };
        for entry in new {
            if let Some(first) = known.iter().find(|known| known.key == entry.key).map(|known| known.key_span)
            {
                let message = format!("the pack that this one extends declares `{}` already", entry.key);
                self.refuse(entry.key_span, message, "give yours another name", Some(first));
            } else {
                known.push(entry);
            }
        }
    }

    /// Adds to a question, or to a group of them. `root` is what references of the base lead into.
    fn field(&mut self, base: &mut Node, entries: Vec<Entry>, root: &Node, name: &str) {
        inline(base, root);
        for entry in entries.into_iter().filter(|entry| !entry.duplicate) {
            let key = entry.key.as_str();
            match key {
                "properties" => self.properties(base, entry, root),
                "required" => self.texts(base, entry),
                "items" => {
                    let Value::Map(inner) = entry.value.value else { continue };
                    match get_mut(base, "items") {
                        Some(items) => self.field(items, inner, root, &format!("an item of {name}")),
                        None => self.unlike(base, entry.key_span, "items", name),
                    }
                }
                "enum" if base.get("enum").is_some() => self.texts(base, entry),
                "oneOf" if base.get("oneOf").is_some() => self.texts(base, entry),
                "x-remit" => self.remit(base, entry, name),
                _ if WORDS.contains(&key) => put(base, entry),
                _ if REMARKS.contains(&key) => {}
                _ if SAME.contains(&key) && base.get(key).is_some_and(|known| same(known, &entry.value)) => {}
                _ => {
                    let (span, key) = (entry.key_span, entry.key);
                    self.unlike(base, span, &key, name);
                }
            }
        }
    }

    fn unlike(&mut self, base: &Node, at: Span, key: &str, name: &str) {
        let message = format!("`{key}` of {name} is what the pack that this one extends says");
        let help = "add questions or choices, word them otherwise or require them; for another question, give it another name";
        let known = base.entry(key).map(|entry| entry.key_span);
        self.refuse(at, message, help, known);
    }

    fn properties(&mut self, base: &mut Node, addition: Entry, root: &Node) {
        let Value::Map(new) = addition.value.value else { return };
        let known = at_or_new(base, "properties", Value::Map(vec![]), addition.key_span);
        let Value::Map(known) = &mut known.value else { return };
        for entry in new {
            match (known.iter_mut().find(|known| known.key == entry.key), entry.value.value) {
                (Some(known), Value::Map(inner)) => {
                    self.field(&mut known.value, inner, root, &format!("`{}`", entry.key));
                }
                (Some(_), _) => {}
                (None, value) => known.push(Entry { value: Node::new(entry.value.span, value), ..entry }),
            }
        }
    }

    /// A list of the base, with those items added that it does not have.
    fn texts(&mut self, base: &mut Node, addition: Entry) {
        let Value::List(new) = addition.value.value else { return };
        let known = at_or_new(base, &addition.key, Value::List(vec![]), addition.key_span);
        let Value::List(known) = &mut known.value else { return };
        for item in new {
            if !known.iter().any(|known| same(known, &item)) {
                known.push(item);
            }
        }
    }

    /// What is asked, and what choices are called.
    fn remit(&mut self, base: &mut Node, addition: Entry, name: &str) {
        let Value::Map(new) = addition.value.value else { return };
        let known = at_or_new(base, "x-remit", Value::Map(vec![]), addition.key_span);
        for entry in new {
            match entry.key.as_str() {
                "question" => put(known, entry),
                "choices" => {
                    let key_span = entry.key_span;
                    let choices = at_or_new(known, "choices", Value::Map(vec![]), key_span);
                    choices.patch(entry.value);
                }
                key if known.get(key).is_some_and(|known| same(known, &entry.value)) => {}
                _ => {
                    let (span, key) = (entry.key_span, entry.key);
                    self.unlike(known, span, &key, name);
                }
            }
        }
    }
}

/// Whether two trees say the same, wherever they stand.
fn same(one: &Node, other: &Node) -> bool {
    one.to_json() == other.to_json()
}

/// Puts what a reference leads to in its place, so that what is added to one field is added to it alone.
fn inline(node: &mut Node, root: &Node) {
    // A reference may lead to a reference, but not for ever: reading the schema reports a circle.
    for _ in 0..8 {
        let Some(reference) = node.get("$ref").and_then(Node::as_text) else { return };
        let Some(target) = super::read::follow(root, reference) else { return };
        let Value::Map(mut inner) = target.value.clone() else { return };
        if let Value::Map(own) = &node.value {
            inner.retain(|entry| !own.iter().any(|known| known.key == entry.key && known.key != "$ref"));
            inner.extend(own.iter().filter(|entry| entry.key != "$ref").cloned());
        }
        node.value = Value::Map(inner);
    }
}

fn get_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
}

/// Puts an entry into a mapping, in place of one with its key.
fn put(node: &mut Node, entry: Entry) {
    let Value::Map(entries) = &mut node.value else { return };
    match entries.iter_mut().find(|known| known.key == entry.key) {
        Some(known) => *known = entry,
        None => entries.push(entry),
    }
}

/// The value of a key, which is made where it is not there.
fn at_or_new<'n>(node: &'n mut Node, key: &str, empty: Value, at: Span) -> &'n mut Node {
    if get_mut(node, key).is_none() {
        let value = Node::new(at, empty);
        put(node, Entry { key: key.to_owned(), key_span: at, value, duplicate: false, merged: false });
    }
    if get_mut(node, key).is_none() {
        // It is no mapping: what is put into it is lost, and reading the schema says what is wrong.
        return node;
    }
    get_mut(node, key).expect("it was put there in the lines above")
}
