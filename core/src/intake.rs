//! Admission: from a document to the answers that the schema admits.
//!
//! An answer that is wrong is *void*: it counts as unanswered, a diagnostic says why, and everything else
//! still counts. What is absent stays absent here; what that means is the next stage's business.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Node, Value};
use crate::fact::{Fact, Row};
use crate::placeholder;
use crate::schema::{Field, FieldId, Kind, Place, Schema, Slot, codes};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// More faults than this in one intake are not worth reading about.
const MAX_FAULTS: usize = 200;

/// A document that the schema has admitted, as far as it could.
#[derive(Debug)]
pub struct Intake {
    /// What was read.
    pub document: Document,
    /// What was wrong, from the first byte on: syntax and schema.
    pub diagnostics: Vec<Diagnostic>,
    answers: Vec<Answer>,
    groups: BTreeMap<FieldId, Span>,
}

/// What somebody wrote for a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing: no key, or a key without a value.
    Silent {
        /// Where the key stands, if it does.
        key: Option<Span>,
    },
    /// Something that does not count.
    Void {
        /// Where.
        span: Span,
    },
    /// An answer.
    Given {
        /// What.
        fact: Fact,
        /// Where the key stands.
        key: Span,
        /// Where the value stands.
        span: Span,
    },
}

impl Intake {
    /// What was written for a slot.
    pub fn answer(&self, slot: Slot) -> &Answer {
        const SILENT: &Answer = &Answer::Silent { key: None };
        self.answers.get(slot.index()).unwrap_or(SILENT)
    }

    /// Where a group's key stands, if the group is there.
    pub fn group(&self, id: FieldId) -> Option<Span> {
        self.groups.get(&id).copied()
    }

    /// The answer to a text field, whatever silence means.
    pub fn text(&self, slot: Slot) -> Option<&str> {
        match self.answer(slot) {
            Answer::Given { fact: Fact::Text(text), .. } => Some(text),
            _ => None,
        }
    }
}

/// Admits a document.
pub fn admit(mut document: Document, schema: &Schema) -> Intake {
    let mut diagnostics = std::mem::take(&mut document.diagnostics);
    let mut admission = Admission {
        schema,
        void: BTreeSet::new(),
        answers: vec![Answer::Silent { key: None }; schema.slot_count()],
        groups: BTreeMap::new(),
        placeholders: vec![],
    };
    match &document.root {
        Some(root) if root.as_map().is_some() => {
            for (number, fault) in schema.faults(&document, root).into_iter().enumerate() {
                // However many faults are shown, every one of them voids its answer.
                admission.void.extend(fault.voids);
                if number < MAX_FAULTS {
                    diagnostics.push(fault.diagnostic);
                }
            }
            admission.group(schema.root(), root, "");
        }
        other => {
            let span = other.as_ref().map_or(Span::at(0), |root| root.span);
            let what = other.as_ref().filter(|root| !root.is_silent()).map(|root| root.value.kind());
            let message = match what {
                None => "this intake is empty".to_owned(),
                Some(kind) => format!("an intake is a mapping of fields, but this is {kind}"),
            };
            // A file that cannot be read at all has said so already.
            if what.is_some() || !diagnostics.iter().any(Diagnostic::is_error) {
                diagnostics.push(
                    Diagnostic::error(codes::NO_INTAKE, document.source.locate(span), message)
                        .help("start with `service:` and its `name:`, or copy one of the examples"),
                );
            }
        }
    }
    for (path, span) in &admission.placeholders {
        let at = document.source.locate(*span);
        let message = format!(
            "`{}` is a placeholder, so `{path}` counts as not answered",
            document.source.slice(*span).trim().trim_matches(['"', '\''])
        );
        diagnostics.push(Diagnostic::warning(codes::PLACEHOLDER, at, message));
    }
    let Admission { answers, groups, .. } = admission;
    crate::diagnostic::sort(&mut diagnostics);
    Intake { document, diagnostics, answers, groups }
}

struct Admission<'a> {
    schema: &'a Schema,
    /// Pointers of answers that do not count.
    void: BTreeSet<String>,
    answers: Vec<Answer>,
    groups: BTreeMap<FieldId, Span>,
    placeholders: Vec<(String, Span)>,
}

impl Admission<'_> {
    fn is_void(&self, pointer: &str) -> bool {
        !self.void.is_empty() && self.void.contains(pointer)
    }

    fn group(&mut self, group: &Field, node: &Node, pointer: &str) {
        let schema = self.schema;
        for id in schema.children(group) {
            let field = schema.field(*id);
            // The last of several equal keys is where an editor points; none of them counts.
            let Some(entry) =
                node.as_map().unwrap_or_default().iter().rev().find(|entry| entry.key == field.key)
            else {
                continue;
            };
            let pointer = format!("{pointer}/{}", escape(&field.key));
            match field.place {
                Place::Group => {
                    self.groups.insert(field.id, entry.key_span);
                    if !entry.duplicate && !self.is_void(&pointer) {
                        self.group(field, &entry.value, &pointer);
                    }
                }
                Place::Slot(slot) => {
                    let answer = if entry.duplicate
                        || self.is_void(&pointer)
                        || entry.value.value == Value::Broken
                    {
                        Answer::Void { span: entry.value.span }
                    } else {
                        match self.fact(field, &entry.value, &pointer) {
                            Some(fact) => Answer::Given { fact, key: entry.key_span, span: entry.value.span },
                            None => Answer::Silent { key: Some(entry.key_span) },
                        }
                    };
                    if let Some(place) = self.answers.get_mut(slot.index()) {
                        *place = answer;
                    }
                }
                Place::Column(_) => {}
            }
        }
    }

    /// The typed value of a node; `None` for silence.
    fn fact(&mut self, field: &Field, node: &Node, pointer: &str) -> Option<Fact> {
        match (&node.value, &field.kind) {
            (Value::Bool(value), Kind::Bool) => Some(Fact::Bool(*value)),
            (Value::Int(value), Kind::Int { .. }) => Some(Fact::Int(*value)),
            (Value::Text(text), Kind::Choice(choices)) => choices.position(text).map(Fact::Choice),
            (Value::Text(text), Kind::Text(_)) => {
                if placeholder::is_text(text) {
                    self.placeholders.push((field.path.clone(), node.span));
                    return None;
                }
                Some(Fact::Text(text.as_str().into()))
            }
            (Value::List(items), Kind::List { item, columns }) => {
                let schema = self.schema;
                let item = schema.field(*item);
                let mut rows = vec![];
                for (index, node) in items.iter().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    let mut cells = vec![Fact::Unknown; columns.len()];
                    if !self.is_void(&pointer) {
                        self.row(item, node, &pointer, &mut cells);
                    }
                    rows.push(Row { span: node.span, cells });
                }
                Some(Fact::List(rows.into()))
            }
            _ => None,
        }
    }

    fn row(&mut self, field: &Field, node: &Node, pointer: &str, cells: &mut [Fact]) {
        if let Place::Column(column) = field.place {
            let fact = if self.is_void(pointer) { None } else { self.fact(field, node, pointer) };
            if let (Some(fact), Some(cell)) = (fact, cells.get_mut(column as usize)) {
                *cell = fact;
            }
            return;
        }
        let schema = self.schema;
        for id in schema.children(field) {
            let child = schema.field(*id);
            if let Some(node) = node.get(&child.key) {
                let pointer = format!("{pointer}/{}", escape(&child.key));
                self.row(child, node, &pointer, cells);
            }
        }
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
