//! Why a text is not changed.

use crate::source::Span;
use std::fmt;

/// Why an answer is not written: the text is left as it is, and somebody has to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of reason.
    pub why: Why,
    /// What people read: what stands in the way, and what to do.
    pub message: String,
    /// What stands in the way.
    pub span: Option<Span>,
}

/// The kinds of reasons not to write an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The schema has no such field.
    UnknownField,
    /// The field is a group, or lies inside the items of a list: it has no one answer.
    NotAnAnswer,
    /// The text is no mapping of fields.
    NotAMapping,
    /// The key, or the key of a group around it, stands twice.
    Duplicate,
    /// What stands there comes from a merge key (`<<`).
    Merged,
    /// What stands there is an alias (`*name`).
    Alias,
    /// What stands there cannot be read.
    Unreadable,
    /// Something of another shape stands there.
    Occupied,
    /// No way to write it was found that leaves everything else as it is.
    Unsafe,
}

impl Refusal {
    pub(super) fn new(why: Why, message: impl Into<String>) -> Self {
        Self { why, message: message.into(), span: None }
    }

    pub(super) fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
