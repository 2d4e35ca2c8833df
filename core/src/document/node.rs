//! Looking things up in a tree: by key, by path, by offset; and the tree as JSON for the schema.

use super::scalar;
use super::{Document, Entry, Node, Value};
use crate::source::Span;

/// One step on the way from the root of a tree to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment<'a> {
    /// Into a mapping, by key.
    Key(&'a str),
    /// Into a list, by place from 0.
    Index(usize),
}

impl Value {
    /// What it is, in the user's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Int(_) | Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
            Self::Broken => "something unreadable",
        }
    }

    /// Whether it answers nothing: it is absent, null or unreadable.
    pub fn is_silent(&self) -> bool {
        matches!(self, Self::Null | Self::Broken)
    }
}

impl Node {
    /// A node.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, value }
    }

    /// The value of a key; none where the key is missing, stands there twice, or this is not a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key, under the same conditions as [`Node::get`].
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.iter().find(|entry| entry.key == key).filter(|entry| !entry.duplicate)
    }

    /// What stands at the end of a path. A key that stands twice leads nowhere.
    pub fn at(&self, path: &[Segment<'_>]) -> Option<&Node> {
        path.iter().try_fold(self, |node, segment| match *segment {
            Segment::Key(key) => node.get(key),
            Segment::Index(index) => node.as_list()?.get(index),
        })
    }

    /// The entry at the end of a path whose last step is a key.
    pub fn entry_at(&self, path: &[Segment<'_>]) -> Option<&Entry> {
        match path.split_last()? {
            (Segment::Key(key), parents) => self.at(parents)?.entry(key),
            (Segment::Index(_), _) => None,
        }
    }

    /// The boolean it is.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value { Some(value) } else { None }
    }

    /// The whole number of 64 bits it is.
    pub fn as_int(&self) -> Option<i64> {
        if let Value::Int(value) = self.value { Some(value) } else { None }
    }

    /// The text it is.
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The items of the list it is.
    pub fn as_list(&self) -> Option<&[Node]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    /// The entries of the mapping it is, in the order they were written, those of merge keys last.
    pub fn as_map(&self) -> Option<&[Entry]> {
        if let Value::Map(entries) = &self.value { Some(entries) } else { None }
    }

    /// Whether it answers nothing: it is absent, null or unreadable.
    pub fn is_silent(&self) -> bool {
        self.value.is_silent()
    }

    /// The nodes that hold an offset, from this one to the innermost; empty if this one does not. On a key,
    /// the innermost is the mapping that has the key.
    pub fn node_at(&self, offset: usize) -> Vec<&Node> {
        self.trail(offset).0
    }

    /// The path from this node to the innermost place that holds an offset. On a key, the last step is
    /// that key.
    pub fn path_at(&self, offset: usize) -> Vec<Segment<'_>> {
        self.trail(offset).1
    }

    /// The values under an offset, and the steps to them. The two differ in length by one where the offset
    /// is in a value, and are equally long where it is on a key.
    fn trail(&self, offset: usize) -> (Vec<&Node>, Vec<Segment<'_>>) {
        let (mut nodes, mut path) = (vec![], vec![]);
        let mut next = self.span.touches(offset).then_some(self);
        while let Some(node) = next.take() {
            nodes.push(node);
            match &node.value {
                Value::List(items) => {
                    if let Some((index, item)) =
                        nearest(items.iter().enumerate(), offset, |(_, item)| item.span)
                    {
                        path.push(Segment::Index(index));
                        next = Some(item);
                    }
                }
                Value::Map(entries) => {
                    if let Some(entry) = nearest(entries.iter(), offset, |entry| entry.value.span) {
                        path.push(Segment::Key(&entry.key));
                        next = Some(&entry.value);
                    } else if let Some(entry) = nearest(entries.iter(), offset, |entry| entry.key_span) {
                        path.push(Segment::Key(&entry.key));
                    }
                }
                _ => {}
            }
        }
        (nodes, path)
    }

    /// The tree as JSON, for the schema. Entries that answer nothing (null, unreadable, duplicate) are left
    /// out; such items of a list are `null`, so that places keep their numbers. A number that JSON cannot
    /// say is the text that was written.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null | Value::Broken => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Int(value) => (*value).into(),
            Value::Number(written) => match scalar::to_json_number(written) {
                Some(number) => number.into(),
                None => written.as_str().into(),
            },
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Node::to_json).collect::<Vec<_>>().into(),
            Value::Map(entries) => {
                let answered = entries.iter().filter(|entry| !entry.duplicate && !entry.value.is_silent());
                answered
                    .map(|entry| (entry.key.clone(), entry.value.to_json()))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }
        }
    }
}

/// The candidate whose span holds the offset; of two that touch there, the one that starts later.
fn nearest<T>(candidates: impl Iterator<Item = T>, offset: usize, span: impl Fn(&T) -> Span) -> Option<T> {
    candidates
        .filter(|candidate| span(candidate).touches(offset))
        .max_by_key(|candidate| span(candidate).start)
}

impl Document {
    /// Whether nothing is wrong with the text; warnings do not count.
    pub fn is_clean(&self) -> bool {
        !self.diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error)
    }

    /// The nodes that hold an offset, from the root to the innermost.
    pub fn node_at(&self, offset: usize) -> Vec<&Node> {
        self.root.as_ref().map(|root| root.node_at(offset)).unwrap_or_default()
    }

    /// The path to the innermost place that holds an offset.
    pub fn path_at(&self, offset: usize) -> Vec<Segment<'_>> {
        self.root.as_ref().map(|root| root.path_at(offset)).unwrap_or_default()
    }

    /// What stands at the end of a path.
    pub fn at(&self, path: &[Segment<'_>]) -> Option<&Node> {
        self.root.as_ref()?.at(path)
    }
}
