//! From text to a tree in which every key and every value knows where it stands.
//!
//! Parsing never fails: broken text gives the tree of what stands before and after the break, and
//! diagnostics. YAML 1.2 and JSON make the same tree, so nothing to the right of here knows which it was.

mod characters;
pub mod codes;
mod events;
mod expand;
mod explain;
mod faults;
mod json;
mod keys;
mod layers;
mod limits;
mod lines;
mod node;
mod recover;
pub(crate) mod scalar;
mod wording;
mod yaml;

#[cfg(test)]
mod tests;

pub use layers::Layers;
pub use limits::Limits;
pub use node::Segment;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use faults::Faults;

/// Which syntax a source is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.2, core schema.
    Yaml,
    /// JSON (RFC 8259).
    Json,
}

impl Format {
    /// The syntax that a name promises: JSON for `.json`, else YAML.
    pub fn of_name(name: &str) -> Self {
        match name.rsplit_once('.') {
            Some((_, extension)) if extension.eq_ignore_ascii_case("json") => Self::Json,
            _ => Self::Yaml,
        }
    }

    /// The syntax of a text whose name may say nothing, such as standard input: what the name promises,
    /// else JSON for a text that starts with `{` and is JSON, else YAML.
    pub fn sniff(name: &str, text: &str) -> Self {
        let named = Self::of_name(name);
        let text = text.trim_start_matches('\u{FEFF}');
        if named == Self::Yaml && !is_yaml_name(name) && text.trim_start().starts_with('{') {
            let parsed: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
            return if parsed.is_ok() { Self::Json } else { Self::Yaml };
        }
        named
    }
}

fn is_yaml_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension
        .is_some_and(|extension| ["yaml", "yml"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Reads a text. Never fails: what is wrong is in the diagnostics, what could be read is in the tree.
pub fn parse(source: Source, format: Format, limits: &Limits) -> Document {
    read(source, format, limits, None)
}

/// Reads bytes, which may not be text.
pub fn from_bytes(id: &str, bytes: &[u8], format: Format, limits: &Limits) -> Document {
    if bytes.len() > limits.max_bytes {
        // Not decoded: a source holds its text, and nobody asked for that much of it.
        return too_large(Source::new(id, ""), format, limits);
    }
    let (source, fault) = Source::from_bytes(id, bytes);
    let looks_like_utf16 = fault.is_some_and(|fault| fault.looks_like_utf16) || is_utf16_without_mark(bytes);
    if looks_like_utf16 {
        let mut faults = Faults::new(&source, limits);
        let first = first_character(&source, fault.map_or(0, |fault| fault.offset));
        let fault = faults
            .error(codes::ENCODING, first, "this looks like UTF-16, and only UTF-8 can be read")
            .help("save the file as UTF-8: in the editor's \"save as\" or \"encoding\" menu");
        faults.report(fault);
        let diagnostics = faults.finish();
        return Document { source, format, root: None, diagnostics, skipped: vec![] };
    }
    read(source, format, limits, fault.map(|fault| fault.offset))
}

/// Reads a source; `not_utf8` is where its decoding first failed.
fn read(source: Source, format: Format, limits: &Limits, not_utf8: Option<usize>) -> Document {
    if source.text().len() > limits.max_bytes {
        return too_large(source, format, limits);
    }
    let mut faults = Faults::new(&source, limits);
    if let Some(offset) = not_utf8 {
        let fault = faults
            .error(codes::ENCODING, first_character(&source, offset), "these bytes are not UTF-8 text")
            .help("save the file as UTF-8; values with such bytes are not read");
        faults.report(fault);
    }
    let (root, skipped) = match format {
        Format::Yaml => yaml::read(source.text(), not_utf8.is_some(), limits, &mut faults),
        Format::Json => json::read(source.text(), not_utf8.is_some(), limits, &mut faults),
    };
    let diagnostics = faults.finish();
    let mut document = Document { source, format, root, diagnostics, skipped };
    characters::align(&mut document);
    document
}

/// A host need not read more of a text than what shows that it is too large, so its size is not told.
fn too_large(source: Source, format: Format, limits: &Limits) -> Document {
    let mut faults = Faults::new(&source, limits);
    let message = format!("the file has more than {} bytes, so none of it is read", limits.max_bytes);
    let fault = faults
        .error(codes::TOO_LARGE, Span::at(0), message)
        .help("is it the right file? if so, move long texts out and link them");
    faults.report(fault);
    let diagnostics = faults.finish();
    Document { source, format, root: None, diagnostics, skipped: vec![] }
}

/// The span of the character at an offset.
fn first_character(source: &Source, offset: usize) -> Span {
    let character = source.text().get(offset..).and_then(|rest| rest.chars().next());
    Span::new(offset, offset + character.map_or(0, char::len_utf8))
}

/// Whether bytes look like Latin letters in UTF-16 without a byte order mark: every other byte is NUL.
fn is_utf16_without_mark(bytes: &[u8]) -> bool {
    match bytes {
        [a, b, c, d, ..] => {
            matches!(
                (*a == 0, *b == 0, *c == 0, *d == 0),
                (true, false, true, false) | (false, true, false, true)
            )
        }
        _ => false,
    }
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
    /// A merge key (`<<`) brought it in: it is written elsewhere.
    pub merged: bool,
}
