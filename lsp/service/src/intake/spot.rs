//! What stands at an offset of an intake: the field, and whether it is its key or its value.

use super::View;
use super::analysis::Known;
use super::skeleton::{Skeleton, Step, schema_path};
use crate::answer::Span;
use remit_core::document::{Node, Value};
use remit_core::schema::{Field, Schema, Slot};

/// A field of the schema, at a place in the text.
pub(crate) struct Spot<'a> {
    pub(crate) field: &'a Field,
    /// The slot of the field, or of the list that it stands in.
    pub(crate) slot: Option<Slot>,
    /// The key or value under the offset.
    pub(crate) span: Span,
    /// The offset is on the key.
    pub(crate) on_key: bool,
    /// The value, where it could be read and is no group or list.
    pub(crate) value: Option<&'a Node>,
}

/// The field at a path; `None` where the schema has none there.
pub(crate) fn field_at<'s>(schema: &'s Schema, path: &[Step]) -> Option<&'s Field> {
    if path.is_empty() { Some(schema.root()) } else { schema.at(&schema_path(path)) }
}

/// The slot that holds a field's value; for a field of a list's items the list's.
pub(crate) fn slot_of(schema: &Schema, field: &Field) -> Option<Slot> {
    let mut field = field;
    loop {
        match field.place {
            remit_core::schema::Place::Slot(slot) => return Some(slot),
            _ => field = schema.field(field.parent?),
        }
    }
}

/// The fields that a group wants. For an item of a list that is what the schema requires of one, else its
/// first field; the minimum intake knows only fields outside of lists.
pub(crate) fn wants<'s>(schema: &'s Schema, group: &Field) -> Vec<&'s Field> {
    let children = || schema.children(schema.field(group.id)).iter().map(|id| schema.field(*id));
    if !group.path.contains("[]") {
        return children().filter(|field| field.required).collect();
    }
    let declared = group.path.replace("[]", ".[]");
    let place = declared.split('.').try_fold(schema.json(), |json, step| match step {
        "[]" => json.get("items"),
        key => json.get("properties")?.get(key),
    });
    let required = place.and_then(|json| json.get("required")).and_then(|keys| keys.as_array());
    let is_required =
        |field: &&Field| required.is_some_and(|keys| keys.iter().any(|key| key.as_str() == Some(&field.key)));
    let wanted: Vec<&Field> = children().filter(is_required).collect();
    if wanted.is_empty() { children().take(1).collect() } else { wanted }
}

struct Found<'a> {
    path: Vec<Step>,
    span: Span,
    on_key: bool,
    value: Option<&'a Node>,
}

impl View {
    /// The field at an offset.
    pub(super) fn spot<'a>(&'a self, known: Known<'a>, offset: usize) -> Option<Spot<'a>> {
        let found = self.analysis.root().and_then(|root| walk(root, offset, vec![]));
        let found = found.or_else(|| self.on_line(offset))?;
        let field = field_at(known.schema(), &found.path)?;
        let slot = slot_of(known.schema(), field);
        Some(Spot { field, slot, span: found.span, on_key: found.on_key, value: found.value })
    }

    /// In text that could not be read, the key of the line.
    fn on_line(&self, offset: usize) -> Option<Found<'_>> {
        if self.analysis.document().format == remit_core::document::Format::Json {
            return None;
        }
        let lines = Skeleton::whole(self.analysis.text()).lines;
        let line = lines.into_iter().find(|line| touches(line.key, offset))?;
        Some(Found { path: line.path, span: line.key, on_key: true, value: None })
    }
}

fn touches(span: Span, offset: usize) -> bool {
    (span.start as usize..=span.end as usize).contains(&offset)
}

fn walk(node: &Node, offset: usize, path: Vec<Step>) -> Option<Found<'_>> {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let below = || path.iter().cloned().chain([Step::Key(entry.key.clone())]).collect::<Vec<_>>();
                if touches(entry.key_span.into(), offset) {
                    let value = Some(&entry.value).filter(|node| is_scalar(node));
                    return Some(Found { path: below(), span: entry.key_span.into(), on_key: true, value });
                }
                if entry.value.span.touches(offset) && !entry.value.span.is_empty() {
                    return walk(&entry.value, offset, below());
                }
            }
            None
        }
        Value::List(items) => {
            let (index, item) = items.iter().enumerate().find(|(_, item)| item.span.touches(offset))?;
            walk(item, offset, path.into_iter().chain([Step::Item(index)]).collect())
        }
        _ => Some(Found { path, span: node.span.into(), on_key: false, value: Some(node) }),
    }
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Map(_) | Value::List(_))
}
