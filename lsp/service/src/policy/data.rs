//! What manifests, catalogues, cases, schemas and example intakes speak of, found in their trees.

use super::names::{Occurrence, Target, section_of};
use super::shape::{Key, Shape, Value};
use crate::answer::Span;
use remit_core::catalogue::{Catalogue, Section};
use remit_core::document::{Document, Entry, Node, Value as Data};
use remit_core::schema::{Kind, Role, Schema};

/// What a name in a file of data is looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) catalogue: Option<&'a Catalogue>,
    pub(crate) schema: Option<&'a Schema>,
    /// Where examples lie inside the pack, with a `/` at the end.
    pub(crate) examples: &'a str,
}

/// Everything that a file of this shape speaks of.
pub(crate) fn in_data(document: &Document, shape: &'static Shape, known: Known<'_>) -> Vec<Occurrence> {
    let mut walk = Walk { text: document.source.text(), known, found: vec![] };
    if let Some(root) = &document.root {
        walk.shape(root, shape);
    }
    walk.finish()
}

/// Everything that an intake speaks of that rules could rename: its fields and choices, and artifacts.
pub(crate) fn in_intake(document: &Document, known: Known<'_>) -> Vec<Occurrence> {
    let mut walk = Walk { text: document.source.text(), known, found: vec![] };
    if let Some(root) = &document.root {
        walk.intake(root);
    }
    walk.finish()
}

/// Where a text stands without its quotes.
fn bare(text: &str, span: Span) -> Span {
    let written = text.get(span.range()).unwrap_or_default();
    let quoted = written.len() >= 2
        && (written.starts_with('"') && written.ends_with('"')
            || written.starts_with('\'') && written.ends_with('\''));
    if quoted { Span { start: span.start + 1, end: span.end - 1 } } else { span }
}

struct Walk<'a, 't> {
    text: &'t str,
    known: Known<'a>,
    found: Vec<Occurrence>,
}

impl Walk<'_, '_> {
    fn finish(mut self) -> Vec<Occurrence> {
        self.found.sort();
        self.found.dedup();
        self.found
    }

    fn push(&mut self, span: impl Into<Span>, target: Target) {
        let span = bare(self.text, span.into());
        if span.start < span.end {
            self.found.push(Occurrence::of(span, target));
        }
    }

    fn declare(&mut self, span: impl Into<Span>, target: Target) {
        let span = bare(self.text, span.into());
        if span.start < span.end {
            self.found.push(Occurrence::declaration(span, target));
        }
    }

    fn shape(&mut self, node: &Node, shape: &'static Shape) {
        match (shape, &node.value) {
            (Shape::Record(keys) | Shape::Either(keys, _), Data::Map(entries)) => self.record(entries, keys),
            (Shape::Entries(section, keys), Data::Map(entries)) => {
                for entry in entries {
                    self.declare(entry.key_span, Target::Entry(*section, entry.key.clone()));
                    if let Data::Map(inner) = &entry.value.value {
                        self.record(inner, keys);
                    }
                }
            }
            (Shape::Open(name, inner), Data::Map(entries)) => {
                for entry in entries {
                    if entry.key == "assumed" {
                        continue;
                    }
                    self.value(entry.key_span.into(), &entry.key, *name);
                    self.shape(&entry.value, inner);
                }
            }
            (Shape::List(item), Data::List(items)) => items.iter().for_each(|node| self.shape(node, item)),
            (Shape::List(item), _) => self.shape(node, item),
            (Shape::Either(_, other), _) => self.shape(node, other),
            (Shape::Value(value), Data::Text(text)) => self.value(node.span.into(), text, *value),
            (Shape::Value(Value::Tier), Data::Int(number)) => {
                self.push(node.span, Target::Entry(Section::Tiers, number.to_string()));
            }
            (Shape::Intake, _) => self.intake(node),
            _ => {}
        }
    }

    fn record(&mut self, entries: &[Entry], keys: &'static [Key]) {
        for entry in entries {
            if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                self.push(entry.key_span, Target::Key(key.name.to_owned(), key.doc));
                self.shape(&entry.value, &key.shape);
            }
        }
    }

    fn value(&mut self, span: Span, text: &str, value: Value) {
        let name = text.to_owned();
        let target = match value {
            Value::Id(sections) => Target::Entry(section_of(self.known.catalogue, sections, text), name),
            Value::Field => {
                // A change of one item of a list: `links[0].kind`.
                let path = without_places(text);
                Target::Field(path)
            }
            Value::Constant => Target::Constant(name),
            Value::Rule => Target::Rule(name),
            Value::Citation => Target::Citation(name),
            Value::File(_) => Target::File(name),
            Value::Example => Target::File(format!("{}{name}", self.known.examples)),
            Value::Point => return self.point(span, text),
            Value::LinkKind => match self.link_kind() {
                Some(path) => Target::Choice(path, name),
                None => return,
            },
            Value::Urgency => match self.known.schema.and_then(|schema| schema.role(Role::Urgency)) {
                Some((_, field)) => Target::Choice(field.path.clone(), name),
                None => return,
            },
            _ => return,
        };
        // A path that a rename can change stands in the text as it is.
        if matches!(target, Target::Field(_)) {
            self.path(span, text);
            return;
        }
        self.push(span, target);
    }

    /// A path: each of its parts speaks of a field.
    fn path(&mut self, span: Span, text: &str) {
        let span = bare(self.text, span);
        if self.text.get(span.range()) != Some(text) {
            return;
        }
        let (mut start, mut path) = (span.start as usize, String::new());
        for part in text.split('.') {
            let key = part.split('[').next().unwrap_or_default();
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
            self.push(Span::new(start, start + key.len()), Target::Field(path.clone()));
            if part.contains('[') {
                path.push_str("[]");
            }
            start += part.len() + 1;
        }
    }

    /// `route/incident`: the second part names an entry.
    fn point(&mut self, span: Span, text: &str) {
        let span = bare(self.text, span);
        let Some((kind, id)) = text.split_once('/') else { return };
        let Some(verb) = remit_core::rules::Verb::ALL.into_iter().find(|verb| verb.point() == kind) else {
            return;
        };
        if self.text.get(span.range()) == Some(text) {
            let at = Span { start: span.start + kind.len() as u32 + 1, end: span.end };
            self.push(at, Target::Entry(verb.section(), id.to_owned()));
        }
    }

    /// The path of the field that says what kind a link is.
    fn link_kind(&self) -> Option<String> {
        let schema = self.known.schema?;
        let (_, links) = schema.role(Role::Links)?;
        let Kind::List { item, .. } = &links.kind else { return None };
        schema.child(schema.field(*item), "kind").map(|field| field.path.clone())
    }

    fn intake(&mut self, node: &Node) {
        let Some(schema) = self.known.schema else { return };
        let root = schema.root();
        self.answers(schema, node, root);
    }

    fn answers(&mut self, schema: &Schema, node: &Node, field: &remit_core::schema::Field) {
        match (&field.kind, &node.value) {
            (Kind::Group(_), Data::Map(entries)) => {
                for entry in entries {
                    let Some(child) = schema.child(field, &entry.key) else { continue };
                    self.push(entry.key_span, Target::Field(child.path.clone()));
                    self.answers(schema, &entry.value, child);
                }
            }
            (Kind::List { item, .. }, Data::List(items)) => {
                let item = schema.field(*item);
                items.iter().for_each(|node| self.answers(schema, node, item));
            }
            (Kind::Choice(_), Data::Text(text)) => {
                let path = super::names::path_of(schema, field);
                self.push(node.span, Target::Choice(path, text.clone()));
            }
            (_, Data::Text(text)) if self.is_artifact(schema, field) => {
                self.push(node.span, Target::Entry(Section::Artifacts, text.clone()));
            }
            _ => {}
        }
    }

    /// Whether a field names the artifact that an item of evidence is for.
    fn is_artifact(&self, schema: &Schema, field: &remit_core::schema::Field) -> bool {
        let evidence = schema.role(Role::Evidence);
        evidence.is_some_and(|(_, list)| field.path == format!("{}[].artifact", list.path))
    }
}

/// `links[0].kind` as `links[].kind`.
pub(super) fn without_places(path: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        plain.push(c);
    }
    plain
}

/// What a schema declares and names: fields by their keys, choices, and what fields wait for.
pub(crate) fn in_schema(document: &Document, schema: &Schema) -> Vec<Occurrence> {
    let text = document.source.text();
    let mut walk =
        Walk { text, known: Known { catalogue: None, schema: Some(schema), examples: "" }, found: vec![] };
    let Some(root) = &document.root else { return vec![] };
    let fields = schema.fields_of(&document.source).filter(|(field, _)| field.parent.is_some());
    for (field, span) in fields.filter(|(field, _)| field.key != "[]") {
        walk.declare(span, Target::Field(field.path.clone()));
    }
    walk.property(root, schema, schema.root());
    walk.finish()
}

impl Walk<'_, '_> {
    /// A declaration and what is below it.
    fn property(&mut self, node: &Node, schema: &Schema, field: &remit_core::schema::Field) {
        if let Some(entries) = node.get("properties").and_then(Node::as_map) {
            for entry in entries {
                if let Some(child) = schema.child(field, &entry.key) {
                    self.property(&entry.value, schema, child);
                }
            }
        }
        for required in node.get("required").and_then(Node::as_list).unwrap_or_default() {
            let child = required.as_text().and_then(|key| schema.child(field, key));
            if let Some(child) = child {
                self.push(required.span, Target::Field(child.path.clone()));
            }
        }
        if let (Kind::List { item, .. }, Some(items)) = (&field.kind, node.get("items")) {
            self.property(items, schema, schema.field(*item));
        }
        if field.choices().is_some() {
            let path = super::names::path_of(schema, field);
            for choice in node.get("enum").and_then(Node::as_list).unwrap_or_default() {
                if let Some(value) = choice.as_text() {
                    self.declare(choice.span, Target::Choice(path.clone(), value.to_owned()));
                }
            }
            for entry in node
                .get("x-remit")
                .and_then(|remit| remit.get("choices"))
                .and_then(Node::as_map)
                .unwrap_or_default()
            {
                self.push(entry.key_span, Target::Choice(path.clone(), entry.key.clone()));
            }
        }
        if let Some(when) = node.get("x-remit").and_then(|remit| remit.get("applies_when")) {
            let cases = when.as_list().unwrap_or(std::slice::from_ref(when));
            for entry in cases.iter().filter_map(Node::as_map).flatten() {
                self.path(entry.key_span.into(), &entry.key);
            }
        }
    }
}
