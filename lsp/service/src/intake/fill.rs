//! Gaps to be filled in: keys without a value, stubs for evidence. They are written so that they still count
//! as missing: an empty answer is silence, and `TODO` is a placeholder to the engine.

use super::spot::wants;
use remit_core::document::{self, Document, Format, Limits, Node};
use remit_core::edit::{self, Literal};
use remit_core::schema::{Field, Kind, Schema};
use remit_core::source::Source;

/// What stands where a gap will be, until all of them are there.
const GAP: &str = "remit-gap";
/// What a stub links to.
const STUB: &str = "TODO";

/// The text with an empty answer for each field that has no key yet, and how many there are. Fields that
/// cannot be written without disturbing something are left out.
pub(super) fn fields(document: &Document, schema: &Schema, fields: Vec<&Field>) -> Option<(String, usize)> {
    let mut document = document.clone();
    let mut written: Vec<&Field> = vec![];
    for field in fields {
        if has_key(document.root.as_ref(), &field.path) {
            continue;
        }
        let literal = match &field.kind {
            Kind::List { item, .. } => Literal::List(vec![gaps(schema, schema.field(*item))]),
            _ => Literal::Text(GAP.to_owned()),
        };
        if let Ok(edits) = edit::set(&document, schema, &field.path, &literal) {
            document = reread(&document, &edit::apply(document.source.text(), &edits));
            written.push(field);
        }
    }
    if written.is_empty() {
        return None;
    }
    Some((open(&document, schema), written.len()))
}

/// An item of a list with a gap for each field that it wants.
fn gaps(schema: &Schema, item: &Field) -> Literal {
    if !matches!(item.kind, Kind::Group(_)) {
        return Literal::Text(GAP.to_owned());
    }
    let wanted = wants(schema, item).into_iter();
    Literal::Map(wanted.map(|field| (field.key.clone(), Literal::Text(GAP.to_owned()))).collect())
}

/// Whether a key stands in the text, with a value or without.
fn has_key(root: Option<&Node>, path: &str) -> bool {
    let mut node = root;
    for key in path.split('.') {
        let entries = node.and_then(Node::as_map).unwrap_or_default();
        match entries.iter().find(|entry| entry.key == key) {
            Some(entry) => node = Some(&entry.value),
            None => return false,
        }
    }
    true
}

/// The text with its gaps opened: nothing in lines of YAML, beside a comment that says what belongs there;
/// `null` in brackets.
fn open(document: &Document, schema: &Schema) -> String {
    let text = document.source.text();
    let mut gaps = vec![];
    if let Some(root) = &document.root {
        find(schema, schema.root(), root, document.format == Format::Json, &mut gaps);
    }
    gaps.sort_by_key(|(span, ..)| *span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, field, brackets) in gaps {
        out.push_str(text.get(done..span.start as usize).unwrap_or_default());
        done = span.end as usize;
        if brackets {
            out.push_str("null");
        } else {
            out.push_str(&format!(" # {}", wish(field)));
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// What belongs into a gap, for a comment.
fn wish(field: &Field) -> String {
    let words = match &field.kind {
        Kind::Bool => format!("true | false: {}", field.question),
        Kind::Choice(choices) => choices.names().collect::<Vec<_>>().join(" | "),
        _ if field.question.is_empty() => field.title.clone(),
        _ => field.question.clone(),
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn find<'f>(
    schema: &'f Schema,
    field: &'f Field,
    node: &Node,
    brackets: bool,
    gaps: &mut Vec<(remit_core::source::Span, &'f Field, bool)>,
) {
    use remit_core::document::Value;
    match (&node.value, &field.kind) {
        (Value::Map(entries), Kind::Group(_)) => {
            for entry in entries {
                // A block mapping spans from its first key, one in brackets from its bracket.
                let brackets =
                    brackets || entries.first().is_some_and(|first| first.key_span.start > node.span.start);
                if let Some(child) = schema.child(field, &entry.key) {
                    find(schema, child, &entry.value, brackets, gaps);
                }
            }
        }
        (Value::List(items), Kind::List { item, .. }) => {
            items.iter().for_each(|node| find(schema, schema.field(*item), node, brackets, gaps));
        }
        (Value::Text(text), _) if text == GAP => gaps.push((node.span, field, brackets)),
        _ => {}
    }
}

/// The text with a stub for each artifact, and how many there are.
pub(super) fn evidence(
    document: &Document,
    schema: &Schema,
    list: &Field,
    artifacts: &[&str],
) -> Option<(String, usize)> {
    let mut document = document.clone();
    let mut count = 0;
    for artifact in artifacts {
        let text = |text: &str| Literal::Text(text.to_owned());
        let item =
            Literal::Map(vec![("artifact".to_owned(), text(artifact)), ("link".to_owned(), text(STUB))]);
        if let Ok(edits) = edit::append(&document, schema, &list.path, &item) {
            document = reread(&document, &edit::apply(document.source.text(), &edits));
            count += 1;
        }
    }
    (count > 0).then(|| (document.source.text().to_owned(), count))
}

fn reread(document: &Document, text: &str) -> Document {
    document::parse(Source::new(document.source.id().as_str(), text), document.format, &Limits::default())
}
