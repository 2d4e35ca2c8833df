//! The values that a rule can read: what an answer is once the schema has typed it.

use crate::source::Span;
use std::sync::Arc;

/// A typed value, or none.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Nobody answered, or the answer cannot be used.
    Unknown,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// One of the field's choices, by its place in the schema's list; for an ordered field that is its rank.
    Choice(u16),
    /// Text. Dates are text too: `YYYY-MM-DD` sorts as it should.
    Text(Arc<str>),
    /// A list. Present means complete.
    List(Arc<[Row]>),
}

/// One item of a list: a cell for each leaf field of the item, in schema order.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The item in the intake.
    pub span: Span,
    /// Its values. A list of plain values has one cell an item.
    pub cells: Vec<Fact>,
}

impl Fact {
    /// Whether there is a value.
    pub fn is_known(&self) -> bool {
        *self != Self::Unknown
    }

    /// The items, where this is a list.
    pub fn rows(&self) -> Option<&[Row]> {
        match self {
            Self::List(rows) => Some(rows),
            _ => None,
        }
    }
}
