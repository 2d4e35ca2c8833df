//! Edits: how to put an answer into a text without disturbing anything else in it.
//!
//! Comments, order, quotes, indentation, line breaks, unknown keys and broken lines stay as they are, byte for
//! byte. No edit leaves this module unproven: the changed text is read again, the answer has to be there, and
//! everything else has to be as it was. Where that cannot be had, the answer is a [`Refusal`] that says why.

mod answer;
mod blank;
mod draft;
mod literal;
mod place;
mod proof;
mod refusal;
mod scalar;
mod style;
#[cfg(test)]
mod tests;

pub use answer::read;
pub use blank::blank;
pub use literal::Literal;
pub use refusal::{Refusal, Why};

use crate::diagnostic::Edit;
use crate::document::{self, Document, Limits, Node, Value};
use crate::schema::Schema;
use crate::source::{Source, Span};
use draft::{Draft, Drafter, own_entries};
use place::{Place, Step};

/// The edits that answer a field, replacing what may stand there. The value is written as it is; whether the
/// schema admits it is the caller's to ask.
pub fn set(document: &Document, schema: &Schema, path: &str, value: &Literal) -> Result<Vec<Edit>, Refusal> {
    let steps = place::steps(schema, path)?;
    let place = place::find(document, &steps)?;
    if let Place::Key { entry, .. } = &place
        && holds_something_else(&entry.value, value)
    {
        let message = format!("{} stands at `{path}`; take that away first", entry.value.value.kind());
        return Err(Refusal::new(Why::Occupied, message).at(entry.value.span));
    }
    let drafts = Drafter::new(document, schema).set(&place, &steps, value);
    prove(document, &steps, drafts, |node| node.is_some_and(|node| value.is(node)))
}

/// The edits that add an item to a list, as its last.
pub fn append(
    document: &Document,
    schema: &Schema,
    path: &str,
    item: &Literal,
) -> Result<Vec<Edit>, Refusal> {
    let steps = place::steps(schema, path)?;
    if !matches!(steps.last().map(|step| &step.field.kind), Some(crate::schema::Kind::List { .. })) {
        return Err(Refusal::new(Why::NotAnAnswer, format!("`{path}` is no list")));
    }
    let place = place::find(document, &steps)?;
    let Place::Key { map, entry } = &place else {
        return set(document, schema, path, &Literal::List(vec![item.clone()]));
    };
    let items = match &entry.value.value {
        Value::Null => return set(document, schema, path, &Literal::List(vec![item.clone()])),
        Value::List(items) => items,
        other => {
            let message = format!("`{path}` is a list, but {} stands there; mend that first", other.kind());
            return Err(Refusal::new(Why::Occupied, message).at(entry.value.span));
        }
    };
    let drafter = Drafter::new(document, schema);
    let drafts = match items.last() {
        // Brackets with nothing in them become lines, unless they stand in brackets themselves.
        None => drafter.set(&place, &steps, &Literal::List(vec![item.clone()])),
        Some(last) => item_drafts(&drafter, map, &entry.value, items, last, item),
    };
    prove(document, &steps, drafts, |node| {
        node.and_then(Node::as_list).is_some_and(|after| {
            after.len() == items.len() + 1
                && after.last().is_some_and(|last| item.is(last))
                && after.iter().zip(items).all(|(one, other)| proof::same(one, other))
        })
    })
}

/// The edits that take an answer away. A comment beside it stays, and so does its key then.
pub fn remove(document: &Document, schema: &Schema, path: &str) -> Result<Vec<Edit>, Refusal> {
    let steps = place::steps(schema, path)?;
    let Place::Key { map, entry } = place::find(document, &steps)? else { return Ok(vec![]) };
    if entry.value.value == Value::Null {
        return Ok(vec![]);
    }
    let drafter = Drafter::new(document, schema);
    let empty = vec![(entry.value.span, String::new())];
    let drafts = if drafter.is_flow(map) {
        vec![
            without_part(document, map, entry.key_span.to(entry.value.span)),
            vec![(entry.value.span, "null".into())],
        ]
    } else {
        let alone = own_entries(map).count() == 1;
        let line = without_lines(document, entry.key_span.to(entry.value.span)).filter(|_| !alone);
        line.into_iter().chain([empty]).collect()
    };
    prove(document, &steps, drafts, |node| node.is_none_or(Node::is_silent))
}

/// Answers several fields, one after the other. Gives the changed text.
pub fn set_all<'a>(
    document: &Document,
    schema: &Schema,
    answers: impl IntoIterator<Item = (&'a str, &'a Literal)>,
) -> Result<String, Refusal> {
    let mut document = document.clone();
    for (path, value) in answers {
        let edits = set(&document, schema, path, value)?;
        let text = apply(document.source.text(), &edits);
        document = reread(&document, &text);
    }
    Ok(document.source.text().to_owned())
}

/// A text after edits. Of edits that overlap, the first in the text counts; one that lies outside the text or
/// cuts a character in two does not.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let replacements: Draft = edits.iter().map(|edit| (edit.location.span, edit.text.clone())).collect();
    replace(text, &replacements)
}

fn replace(text: &str, replacements: &[(Span, String)]) -> String {
    let mut ordered: Vec<&(Span, String)> = replacements.iter().collect();
    ordered.sort_by_key(|(span, _)| *span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, new) in ordered {
        let range = span.range();
        if text.get(range.clone()).is_none() {
            continue;
        }
        let Some(between) = text.get(done..range.start) else { continue };
        out.push_str(between);
        out.push_str(new);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The first draft that does what it should and nothing else.
fn prove(
    document: &Document,
    steps: &[Step<'_>],
    drafts: Vec<Draft>,
    done: impl Fn(Option<&Node>) -> bool,
) -> Result<Vec<Edit>, Refusal> {
    let keys: Vec<&str> = steps.iter().map(|step| step.field.key.as_str()).collect();
    let before = reread(document, document.source.text());
    for draft in drafts {
        let after = reread(document, &replace(document.source.text(), &draft));
        let target = keys.iter().try_fold(after.root.as_ref(), |node, key| Some(node?.get(key)));
        if done(target.flatten()) && proof::same_but(&before, &after, &keys) {
            let edits = draft.into_iter().filter(|(span, text)| !span.is_empty() || !text.is_empty());
            let source = &document.source;
            return Ok(edits.map(|(span, text)| Edit { location: source.locate(span), text }).collect());
        }
    }
    let path = steps.last().map_or("", |step| step.field.path.as_str());
    let message =
        format!("`{path}` cannot be written here without disturbing something else; write it by hand");
    Err(Refusal::new(Why::Unsafe, message))
}

fn reread(document: &Document, text: &str) -> Document {
    let source = Source::new(document.source.id().as_str(), text);
    document::parse(source, document.format, &Limits::default())
}

/// Whether something stands there that an answer of this shape must not silently replace.
fn holds_something_else(node: &Node, value: &Literal) -> bool {
    match (&node.value, value) {
        (Value::Null, _) => false,
        (Value::List(items), Literal::List(_)) => !items.is_empty(),
        (Value::List(_) | Value::Map(_), _) | (_, Literal::List(_) | Literal::Map(_)) => true,
        _ => false,
    }
}

fn item_drafts(
    drafter: &Drafter<'_>,
    map: &Node,
    list: &Node,
    items: &[Node],
    last: &Node,
    item: &Literal,
) -> Vec<Draft> {
    if drafter.is_flow(map) || drafter.is_flow(list) {
        return drafter
            .flow_after(last.span, &|indent| drafter.style.flow(&[], item, indent))
            .into_iter()
            .collect();
    }
    let source = drafter.source();
    // The dash stands before the item, on its line or further up.
    let before = source.text().get(..last.span.start as usize).unwrap_or_default();
    let Some(dash) = before.rfind('-').filter(|_| !last.span.is_empty()) else { return vec![] };
    let Some(indent) = style::indent(source, dash) else { return vec![] };
    let inline = items.iter().any(|node| node.as_map().is_some() && drafter.is_flow(node));
    let lines = drafter.style.item(item, indent, inline);
    vec![drafter.lines_after(Span::at(dash), last.span, &lines)]
}

/// The lines of an entry, taken out whole. `None` where something else stands on them.
fn without_lines(document: &Document, entry: Span) -> Option<Draft> {
    let source = &document.source;
    style::indent(source, entry.start as usize)?;
    let line = source.line_of(entry.end as usize);
    let rest = Span::new(entry.end as usize, source.line_span(line)?.end as usize);
    if !source.slice(rest).trim().is_empty() {
        return None;
    }
    let start = source.line_span(source.line_of(entry.start as usize))?.start as usize;
    let end = source.line_span(line + 1).map_or(source.text().len(), |next| next.start as usize);
    Some(vec![(Span::new(start, end), String::new())])
}

/// A part of a list or mapping in brackets, taken out with the comma that joins it to the next part, or to
/// the one before.
fn without_part(document: &Document, map: &Node, part: Span) -> Draft {
    let text = document.source.text();
    let after = text.get(part.end as usize..map.span.end as usize).unwrap_or_default();
    let before = text.get(map.span.start as usize..part.start as usize).unwrap_or_default();
    let span = if let Some(rest) = after.trim_start().strip_prefix(',') {
        Span::new(part.start as usize, map.span.end as usize - rest.trim_start().len())
    } else if let Some(rest) = before.trim_end().strip_suffix(',') {
        Span::new(map.span.start as usize + rest.len(), part.end as usize)
    } else {
        part
    };
    vec![(span, String::new())]
}
