//! Edits against tables, and against every field of the default pack over a corpus of odd files.

mod corpus;
mod lists;
mod odd;
mod tables;

use super::Literal;
use crate::document::{Document, Format, Limits, parse};
use crate::pack::{FileMap, load};
use crate::schema::Schema;
use crate::source::Source;
use std::sync::{Arc, OnceLock};

/// The default pack's schema.
fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Arc<Schema>> = OnceLock::new();
    SCHEMA.get_or_init(|| load(&FileMap::of("default/", remit_rules::FILES)).pack.unwrap().schema)
}

fn yaml(text: &str) -> Document {
    parse(Source::new("t", text), Format::Yaml, &Limits::default())
}

fn json(text: &str) -> Document {
    parse(Source::new("t", text), Format::Json, &Limits::default())
}

fn text(value: &str) -> Literal {
    Literal::Text(value.to_owned())
}

/// The text after an answer was set.
fn after(document: &Document, path: &str, value: &Literal) -> String {
    match super::set(document, schema(), path, value) {
        Ok(edits) => super::apply(document.source.text(), &edits),
        Err(refusal) => format!("refused, {:?}: {refusal}", refusal.why),
    }
}

/// What stands at a path of a document.
fn at<'d>(document: &'d Document, path: &str) -> Option<&'d crate::document::Node> {
    path.split('.').try_fold(document.root.as_ref()?, |node, key| node.get(key))
}
