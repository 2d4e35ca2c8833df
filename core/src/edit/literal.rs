//! An answer before it is written.

use crate::document::{Node, Value};
use crate::fact::Fact;
use crate::schema::Field;

/// An answer, as a person means it; how it is written is the text's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text, a choice, a date.
    Text(String),
    /// A list.
    List(Vec<Literal>),
    /// Keys and values, for an item of a list.
    Map(Vec<(String, Literal)>),
}

impl Literal {
    /// The answer that a fact is. `None` for a fact that is unknown, and for a list: its items hold more than
    /// rules read.
    pub fn of(field: &Field, fact: &Fact) -> Option<Self> {
        match fact {
            Fact::Unknown | Fact::List(_) => None,
            Fact::Bool(value) => Some(Self::Bool(*value)),
            Fact::Int(value) => Some(Self::Int(*value)),
            Fact::Choice(_) | Fact::Text(_) => Some(Self::Text(field.write(fact))),
        }
    }

    /// Whether a node of a tree holds this.
    pub(super) fn is(&self, node: &Node) -> bool {
        match (self, &node.value) {
            (Self::Bool(wanted), Value::Bool(found)) => wanted == found,
            (Self::Int(wanted), Value::Int(found)) => wanted == found,
            (Self::Text(wanted), Value::Text(found)) => wanted == found,
            (Self::List(wanted), Value::List(found)) => {
                wanted.len() == found.len()
                    && wanted.iter().zip(found).all(|(wanted, found)| wanted.is(found))
            }
            (Self::Map(wanted), Value::Map(found)) => {
                wanted.len() == found.len()
                    && wanted.iter().zip(found).all(|((key, wanted), found)| {
                        *key == found.key && !found.duplicate && wanted.is(&found.value)
                    })
            }
            _ => false,
        }
    }
}
