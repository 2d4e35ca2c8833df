//! Where an answer stands in a text, or would stand.

use super::refusal::{Refusal, Why};
use crate::document::{Document, Entry, Format, Node, Value};
use crate::schema::{Field, Place as Stored, Schema};
use crate::suggest;

/// One key on the way to an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'s> {
    pub(super) field: &'s Field,
}

/// Where an answer stands, or would stand.
#[derive(Debug)]
pub(super) enum Place<'d> {
    /// There is nothing yet; a `null` in the place of everything is there to be replaced.
    Nowhere(Option<&'d Node>),
    /// Its key is there.
    Key { map: &'d Node, entry: &'d Entry },
    /// A group around it is there, and the first of the remaining steps is not.
    Inside { map: &'d Node, done: usize },
    /// The key of a group around it is there, without a value.
    Under { map: &'d Node, entry: &'d Entry, done: usize },
}

/// The keys that lead to a field.
pub(super) fn steps<'s>(schema: &'s Schema, path: &str) -> Result<Vec<Step<'s>>, Refusal> {
    let Some(field) = schema.at(path).filter(|field| field.parent.is_some()) else {
        let message = match suggest::nearest(path, schema.paths()) {
            Some(meant) => format!("there is no field `{path}`; did you mean `{meant}`?"),
            None => format!("there is no field `{path}`"),
        };
        return Err(Refusal::new(Why::UnknownField, message));
    };
    match field.place {
        Stored::Slot(_) => {}
        Stored::Group => {
            let message = format!("`{path}` is a group; answer the fields in it one by one");
            return Err(Refusal::new(Why::NotAnAnswer, message));
        }
        Stored::Column(_) => {
            let message = format!("`{path}` is a part of list items; add a whole item to the list");
            return Err(Refusal::new(Why::NotAnAnswer, message));
        }
    }
    let mut steps = vec![];
    let mut next = Some(field);
    while let Some(field) = next.filter(|field| field.parent.is_some()) {
        steps.push(Step { field });
        next = field.parent.map(|parent| schema.field(parent));
    }
    steps.reverse();
    Ok(steps)
}

/// Follows the steps into a tree as far as they go.
pub(super) fn find<'d>(document: &'d Document, steps: &[Step<'_>]) -> Result<Place<'d>, Refusal> {
    let Some(mut map) = document.root.as_ref() else { return Ok(Place::Nowhere(None)) };
    if map.value == Value::Null {
        return Ok(Place::Nowhere(Some(map)));
    }
    if map.as_map().is_none() {
        let message = format!("the file holds {}, not a mapping of fields", map.value.kind());
        return Err(Refusal::new(Why::NotAMapping, message).at(map.span));
    }
    for (done, step) in steps.iter().enumerate() {
        let key = step.field.key.as_str();
        let Some(entry) = map.as_map().unwrap_or_default().iter().rev().find(|entry| entry.key == key) else {
            return Ok(Place::Inside { map, done });
        };
        check(document, entry, step)?;
        let last = done + 1 == steps.len();
        match &entry.value.value {
            _ if last => return Ok(Place::Key { map, entry }),
            Value::Null => return Ok(Place::Under { map, entry, done: done + 1 }),
            Value::Map(_) => map = &entry.value,
            other => {
                let path = &step.field.path;
                let message =
                    format!("`{path}` is a group, but {} stands there; mend that first", other.kind());
                return Err(Refusal::new(Why::Occupied, message).at(entry.value.span));
            }
        }
    }
    Err(Refusal::new(Why::NotAnAnswer, "the intake as a whole is no answer"))
}

/// Refuses what cannot be changed without a guess.
fn check(document: &Document, entry: &Entry, step: &Step<'_>) -> Result<(), Refusal> {
    let path = &step.field.path;
    if entry.duplicate {
        let message = format!("`{path}` stands there twice; keep one of them first");
        return Err(Refusal::new(Why::Duplicate, message).at(entry.key_span));
    }
    if entry.merged {
        let message = format!(
            "`{path}` comes from a merge key (`<<`), and what is written there counts in other places too; write it out first"
        );
        return Err(Refusal::new(Why::Merged, message).at(entry.key_span));
    }
    if document.format == Format::Yaml && document.source.slice(entry.value.span).starts_with('*') {
        let alias = document.source.slice(entry.value.span);
        let message = format!(
            "`{path}` is the alias `{alias}`, and what that names counts in other places too; write it out first"
        );
        return Err(Refusal::new(Why::Alias, message).at(entry.value.span));
    }
    if entry.value.value == Value::Broken {
        let message = format!("what stands at `{path}` cannot be read; mend that first");
        return Err(Refusal::new(Why::Unreadable, message).at(entry.value.span));
    }
    Ok(())
}
