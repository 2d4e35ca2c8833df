//! From text to a tree in which every key and every value knows where it stands.
//!
//! Parsing never fails: broken text gives the tree of what stands before and after the break, and
//! diagnostics. YAML 1.2 and JSON make the same tree, so nothing to the right of here knows which it was.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Which syntax a source is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.2, core schema.
    Yaml,
    /// JSON (RFC 8259).
    Json,
}

/// A parsed source: the tree, as far as it could be read, and what was wrong.
#[derive(Debug, Clone)]
pub struct Document {
    /// What was parsed.
    pub source: Source,
    /// The syntax it was read as.
    pub format: Format,
    /// The tree; `None` where the text holds nothing but white space and comments.
    pub root: Option<Node>,
    /// What was wrong, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Parts of the text that were passed over to read the rest.
    pub skipped: Vec<Span>,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where. For an alias it is the `*name` that was written; the parts of its value stay where they
    /// were anchored. An absent value (`key:`) has the empty span after its colon.
    pub span: Span,
    /// What.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~`, or nothing at all after a key.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// Any other number, as it was written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order it was written.
    Map(Vec<Entry>),
    /// Something stood here that could not be read; a diagnostic says what.
    Broken,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
    /// Another entry of the same mapping has the same key, so neither can be trusted.
    pub duplicate: bool,
}
