//! From `intake.schema.json` to the [`Schema`]: fields, slots, columns, and what silence means.

use super::plain::Plain;
use super::{
    Applies, Choice, Choices, Field, FieldId, Given, Kind, Place, Role, Schema, Silence, Slot, TextFormat,
    codes,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::{Entry, Layers, Node, Value};
use crate::fact::Fact;
use crate::source::{Places, Span};
use crate::suggest;
use std::collections::{BTreeMap, BTreeSet};

/// More choices than this, and a rule cannot test them as a set of bits.
const MAX_CHOICES: usize = 64;
/// More groups inside each other than this, and a `$ref` goes in a circle.
const MAX_DEPTH: usize = 16;
/// More fields than this is no form that a person fills in.
const MAX_FIELDS: usize = 2_000;

/// Reads a schema. What is wrong with it becomes diagnostics; `None` only where nothing can be made of it.
pub fn read(layers: &Layers, diagnostics: &mut Vec<Diagnostic>) -> Option<Schema> {
    let root = &layers.root;
    let json = root.to_json();
    let validator = match super::validate::compile(&json) {
        Ok(validator) => validator,
        Err((pointer, message)) => {
            let span = super::validate::span_of(root, &pointer);
            diagnostics.push(
                Diagnostic::error(codes::UNSUPPORTED, layers.source.locate(span), message)
                    .help("an intake schema is a JSON Schema, draft 2020-12"),
            );
            return None;
        }
    };
    let mut reader = Reader { layers, root, diagnostics, fields: vec![], slots: vec![], pending: vec![] };
    reader.field(
        root,
        &Step { parent: None, key: "", path: String::new(), span: root.span, required: false, depth: 0 },
    );
    let Reader { fields, slots, pending, .. } = reader;
    let by_path: BTreeMap<_, _> = fields.iter().map(|field| (field.path.clone(), field.id)).collect();
    let plain = Plain::of(&json);
    let mut schema = Schema { source: layers.source.clone(), fields, slots, by_path, validator, plain, json };
    for (id, node) in pending {
        silence(&mut schema, id, &node, layers, diagnostics);
    }
    circles(&schema, diagnostics);
    Some(schema)
}

struct Reader<'a, 'd> {
    layers: &'a Layers,
    root: &'a Node,
    diagnostics: &'d mut Vec<Diagnostic>,
    fields: Vec<Field>,
    slots: Vec<FieldId>,
    /// Fields whose silence is read once all fields are known.
    pending: Vec<(FieldId, Declared<'a>)>,
}

/// Where the reader is.
struct Step<'k> {
    parent: Option<FieldId>,
    key: &'k str,
    path: String,
    span: Span,
    required: bool,
    depth: usize,
}

/// A field's declaration: its own node first, then what its `$ref` leads to.
#[derive(Clone)]
struct Declared<'a>(Vec<&'a Node>);

impl<'a> Declared<'a> {
    fn get(&self, key: &str) -> Option<&'a Node> {
        self.0.iter().find_map(|node| node.get(key))
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(Node::as_text)
    }

    fn remit(&self, key: &str) -> Option<&'a Node> {
        self.0.iter().find_map(|node| node.get("x-remit")?.get(key))
    }
}

impl<'a> Reader<'a, '_> {
    fn error(&mut self, code: crate::diagnostic::Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, self.layers.source.locate(span), message));
    }

    /// The declaration with its references followed: `$ref`, `allOf` of one, `anyOf` with `null`.
    fn declared(&mut self, node: &'a Node) -> Declared<'a> {
        let mut nodes = vec![node];
        let mut next = Some(node);
        while let Some(node) = next.take() {
            if nodes.len() > MAX_DEPTH {
                self.error(codes::CIRCULAR, node.span, "this reference goes in a circle");
                break;
            }
            if let Some(reference) = node.get("$ref") {
                let target = reference.as_text().and_then(|text| follow(self.root, text));
                if target.is_none() {
                    let text = reference.as_text().unwrap_or_default().to_owned();
                    self.error(codes::UNKNOWN_REFERENCE, reference.span, format!("`{text}` leads nowhere"));
                }
                next = target;
            } else {
                let list = node.get("allOf").or_else(|| node.get("anyOf"));
                let is_null = |node: &&Node| node.get("type").and_then(Node::as_text) != Some("null");
                let mut parts = list.and_then(Node::as_list).unwrap_or_default().iter().filter(is_null);
                next = parts.next().filter(|_| parts.next().is_none());
            }
            nodes.extend(next);
        }
        Declared(nodes)
    }

    fn field(&mut self, node: &'a Node, step: &Step<'_>) -> Option<FieldId> {
        if step.depth > MAX_DEPTH || self.fields.len() >= MAX_FIELDS {
            self.error(
                codes::CIRCULAR,
                step.span,
                format!("`{}` is nested too deep, or has too many fields", step.path),
            );
            return None;
        }
        let declared = self.declared(node);
        let id = FieldId(u32::try_from(self.fields.len()).ok()?);
        let text = |key: &str| declared.text(key).unwrap_or_default().to_owned();
        let question = declared.remit("question").and_then(Node::as_text).unwrap_or_default().to_owned();
        let title = match text("title") {
            title if title.is_empty() => step.key.replace(['_', '-'], " "),
            title => title,
        };
        self.fields.push(Field {
            id,
            parent: step.parent,
            key: step.key.to_owned(),
            path: step.path.clone(),
            title,
            description: text("description"),
            question,
            required: step.required,
            kind: Kind::Bool,
            silence: Silence::Unknown,
            applies: None,
            role: None,
            place: Place::Group,
            span: step.span,
        });
        let kind = self.kind(&declared, id, step)?;
        let role = self.role(&declared);
        let inside_list = step.path.contains("[]");
        let place = match &kind {
            Kind::Group(_) => Place::Group,
            _ if inside_list => Place::Column(0),
            _ => {
                let slot = Slot(u16::try_from(self.slots.len()).ok()?);
                self.slots.push(id);
                Place::Slot(slot)
            }
        };
        self.complete(&declared, step, &kind);
        if let Some(field) = self.fields.get_mut(id.0 as usize) {
            field.kind = kind;
            field.role = role;
            field.place = place;
        }
        self.pending.push((id, declared));
        Some(id)
    }

    /// Every question says what it asks and what silence means.
    fn complete(&mut self, declared: &Declared<'a>, step: &Step<'_>, kind: &Kind) {
        if let Some(entries) = declared.get("x-remit").and_then(Node::as_map) {
            const KNOWN: [&str; 8] =
                ["question", "silence", "applies_when", "otherwise", "ordered", "choices", "role", "unit"];
            for entry in entries.iter().filter(|entry| !KNOWN.contains(&entry.key.as_str())) {
                let at = self.layers.source.locate(entry.key_span);
                let mut diagnostic = Diagnostic::error(
                    codes::UNKNOWN_KEYWORD,
                    at.clone(),
                    format!("`x-remit` has no keyword `{}`", entry.key),
                );
                if let Some(known) = suggest::nearest(&entry.key, KNOWN) {
                    diagnostic =
                        diagnostic.help(format!("did you mean `{known}`?")).fix(Fix::replace(at, known));
                }
                self.diagnostics.push(diagnostic);
            }
        }
        let is_question = !matches!(kind, Kind::Group(_)) && step.key != "[]" && !step.path.contains("[]");
        if is_question && declared.remit("question").is_none() {
            let message = format!("`{}` has no question that a form could ask", step.path);
            let at = self.layers.source.locate(step.span);
            self.diagnostics.push(
                Diagnostic::warning(codes::INCOMPLETE_FIELD, at, message)
                    .help("add `\"x-remit\": { \"question\": \"…\", \"silence\": \"unknown\" }`"),
            );
        }
    }

    fn role(&mut self, declared: &Declared<'a>) -> Option<Role> {
        let node = declared.remit("role")?;
        let name = node.as_text().unwrap_or_default();
        let role = Role::ALL.iter().find(|(_, known)| *known == name).map(|(role, _)| *role);
        if role.is_none() {
            let known = suggest::list_of(Role::ALL.iter().map(|(_, name)| *name));
            self.error(
                codes::UNKNOWN_KEYWORD,
                node.span,
                format!("no role is called `{name}`; there are {known}"),
            );
        }
        role
    }

    fn kind(&mut self, declared: &Declared<'a>, id: FieldId, step: &Step<'_>) -> Option<Kind> {
        if let Some(choices) = self.choices(declared) {
            return Some(choices);
        }
        match type_of(declared) {
            Some("boolean") => Some(Kind::Bool),
            Some("integer") => {
                let bound = |key| declared.get(key).and_then(Node::as_int);
                Some(Kind::Int { min: bound("minimum"), max: bound("maximum") })
            }
            Some("string") => Some(Kind::Text(match declared.text("format") {
                Some("date") => TextFormat::Date,
                Some("uri" | "uri-reference" | "iri") => TextFormat::Uri,
                _ => TextFormat::Plain,
            })),
            Some("object") => Some(Kind::Group(self.group(declared, id, step))),
            Some("array") => self.list(declared, id, step),
            other => {
                let span = declared.get("type").map_or(step.span, |node| node.span);
                let what = other.map_or_else(|| "no type".to_owned(), |name| format!("the type `{name}`"));
                let path = &step.path;
                self.error(
                    codes::UNSUPPORTED,
                    span,
                    format!("`{path}` has {what}, which an intake cannot hold"),
                );
                None
            }
        }
    }

    /// `enum` of strings, or `oneOf` whose members are each a `const`.
    fn choices(&mut self, declared: &Declared<'a>) -> Option<Kind> {
        let mut values: Vec<Choice> = vec![];
        let texts = declared.remit("choices");
        if let Some(list) = declared.get("enum").and_then(Node::as_list) {
            for value in list.iter().filter_map(Node::as_text) {
                let said = texts.and_then(|texts| texts.get(value));
                values.push(choice(value, said));
            }
        } else if let Some(list) = declared.get("oneOf").and_then(Node::as_list) {
            for member in list {
                if let Some(list) = member.get("enum").and_then(Node::as_list) {
                    values.extend(list.iter().filter_map(Node::as_text).map(|value| choice(value, None)));
                } else {
                    values.push(choice(member.get("const").and_then(Node::as_text)?, Some(member)));
                }
            }
        }
        if values.is_empty() {
            return None;
        }
        if values.len() > MAX_CHOICES {
            return Some(Kind::Text(TextFormat::Plain));
        }
        let ordered = declared.remit("ordered").and_then(Node::as_bool).unwrap_or(false);
        Some(Kind::Choice(Choices { values, ordered }))
    }

    fn group(&mut self, declared: &Declared<'a>, id: FieldId, step: &Step<'_>) -> Vec<FieldId> {
        let required: BTreeSet<&str> = declared
            .get("required")
            .and_then(Node::as_list)
            .unwrap_or_default()
            .iter()
            .filter_map(Node::as_text)
            .collect();
        let properties: &[Entry] = declared.get("properties").and_then(Node::as_map).unwrap_or_default();
        let mut children = vec![];
        for entry in properties {
            let path = match step.path.as_str() {
                "" => entry.key.clone(),
                path => format!("{path}.{}", entry.key),
            };
            // A form asks for a group's required parts only where the group itself is required.
            let required = required.contains(entry.key.as_str()) && (step.required || step.depth == 0);
            let next = Step {
                parent: Some(id),
                key: &entry.key,
                path,
                span: entry.key_span,
                required,
                depth: step.depth + 1,
            };
            children.extend(self.field(&entry.value, &next));
        }
        for name in required {
            if !properties.iter().any(|entry| entry.key == name) {
                let message = format!("`{name}` is required but is no property of `{}`", step.path);
                self.error(codes::UNKNOWN_REFERENCE, step.span, message);
            }
        }
        children
    }

    fn list(&mut self, declared: &Declared<'a>, id: FieldId, step: &Step<'_>) -> Option<Kind> {
        let Some(items) = declared.get("items") else {
            self.error(
                codes::UNSUPPORTED,
                step.span,
                format!("`{}` is a list of nobody knows what: it has no `items`", step.path),
            );
            return None;
        };
        let path = format!("{}[]", step.path);
        let next = Step {
            parent: Some(id),
            key: "[]",
            path,
            span: items.span,
            required: false,
            depth: step.depth + 1,
        };
        let item = self.field(items, &next)?;
        let mut columns = vec![];
        self.columns(item, &mut columns);
        Some(Kind::List { item, columns })
    }

    /// Numbers the leaves below a list's item. A list inside a list keeps its own columns.
    fn columns(&mut self, id: FieldId, columns: &mut Vec<FieldId>) {
        let Some(field) = self.fields.get_mut(id.0 as usize) else { return };
        if let Kind::Group(children) = &field.kind {
            for child in children.clone() {
                self.columns(child, columns);
            }
        } else {
            field.place = Place::Column(u16::try_from(columns.len()).unwrap_or(u16::MAX));
            columns.push(id);
        }
    }
}

/// What a reference into the schema leads to.
pub(super) fn follow<'a>(root: &'a Node, reference: &str) -> Option<&'a Node> {
    let mut node = root;
    for key in reference.strip_prefix("#/")?.split('/') {
        node = node.get(&key.replace("~1", "/").replace("~0", "~"))?;
    }
    Some(node)
}

fn choice(value: &str, said: Option<&Node>) -> Choice {
    let text = |key: &str| said.and_then(|node| node.get(key)).and_then(Node::as_text).map(str::to_owned);
    let title = text("title")
        .or_else(|| said.and_then(Node::as_text).map(str::to_owned))
        .unwrap_or_else(|| value.replace(['-', '_'], " "));
    Choice { value: value.to_owned(), title, description: text("description").unwrap_or_default() }
}

/// The type, `null` beside it left out: silence is not a type here.
fn type_of<'a>(declared: &Declared<'a>) -> Option<&'a str> {
    let node = declared.get("type");
    match node.map(|node| &node.value) {
        Some(Value::Text(name)) => Some(name),
        Some(Value::List(names)) => names.iter().filter_map(Node::as_text).find(|name| *name != "null"),
        _ => declared.get("properties").map(|_| "object"),
    }
}

/// Reads what silence means, now that every field has its slot.
fn silence(
    schema: &mut Schema,
    id: FieldId,
    declared: &Declared<'_>,
    layers: &Layers,
    out: &mut Vec<Diagnostic>,
) {
    let field = schema.field(id).clone();
    let error = |code, span, message: String| Diagnostic::error(code, layers.source.locate(span), message);
    let checked = |node: &Node, out: &mut Vec<Diagnostic>| {
        let fact = literal(node, &field.kind);
        if fact.is_none() {
            let message = format!("this is no answer to `{}`, which wants {}", field.path, field.wants());
            out.push(error(codes::UNKNOWN_REFERENCE, node.span, message));
        }
        fact
    };
    let mut silence = Silence::Unknown;
    if let Some(node) = declared.remit("silence") {
        match node.get("assume") {
            Some(assumed) => {
                if let Some(fact) = checked(assumed, out) {
                    silence = Silence::Assume(fact);
                }
            }
            None if node.as_text() == Some("unknown") => {}
            None => out.push(error(
                codes::UNKNOWN_KEYWORD,
                node.span,
                "`silence` is `\"unknown\"` or `{ \"assume\": … }`".to_owned(),
            )),
        }
    }
    let mut applies = None;
    if let Some(node) = declared.remit("applies_when") {
        let otherwise = match declared.remit("otherwise") {
            Some(node) => checked(node, out),
            None => {
                let message = format!(
                    "`{}` does not always apply, but does not say what rules read `otherwise`",
                    field.path
                );
                out.push(error(codes::INCOMPLETE_FIELD, node.span, message));
                None
            }
        };
        if matches!(field.place, Place::Column(_)) {
            out.push(error(codes::UNSUPPORTED, node.span, "a field inside a list always applies".to_owned()));
        } else if let Some(otherwise) = otherwise {
            applies = Some(Applies { any: applies_when(schema, node, layers, out), otherwise });
        }
    }
    if let Some(field) = schema.fields.get_mut(id.0 as usize) {
        field.silence = silence;
        field.applies = applies;
    }
}

fn applies_when(schema: &Schema, node: &Node, layers: &Layers, out: &mut Vec<Diagnostic>) -> Vec<Vec<Given>> {
    let one = std::slice::from_ref(node);
    let mut any = vec![];
    for case in node.as_list().unwrap_or(one) {
        let mut all = vec![];
        for entry in case.as_map().unwrap_or_default() {
            let Some((slot, other)) = schema.slots().find(|(_, field)| field.path == entry.key) else {
                let at = layers.source.locate(entry.key_span);
                let mut diagnostic = Diagnostic::error(
                    codes::UNKNOWN_REFERENCE,
                    at.clone(),
                    format!("the schema has no field `{}`", entry.key),
                );
                if let Some(known) = suggest::nearest(&entry.key, schema.paths()) {
                    diagnostic =
                        diagnostic.help(format!("did you mean `{known}`?")).fix(Fix::replace(at, known));
                }
                out.push(diagnostic);
                continue;
            };
            let single = std::slice::from_ref(&entry.value);
            let mut one_of = vec![];
            for value in entry.value.as_list().unwrap_or(single) {
                match literal(value, &other.kind) {
                    Some(fact) => one_of.push(fact),
                    None => out.push(Diagnostic::error(
                        codes::UNKNOWN_REFERENCE,
                        layers.source.locate(value.span),
                        format!("this is no answer to `{}`, which wants {}", other.path, other.wants()),
                    )),
                }
            }
            all.push(Given { slot, one_of });
        }
        any.push(all);
    }
    any
}

/// A literal of the schema as a fact of a field.
fn literal(node: &Node, kind: &Kind) -> Option<Fact> {
    match (&node.value, kind) {
        (Value::Bool(value), Kind::Bool) => Some(Fact::Bool(*value)),
        (Value::Int(value), Kind::Int { .. }) => Some(Fact::Int(*value)),
        (Value::Text(text), Kind::Choice(choices)) => choices.position(text).map(Fact::Choice),
        (Value::Text(text), Kind::Text(_)) => Some(Fact::Text(text.as_str().into())),
        (Value::List(items), Kind::List { .. }) if items.is_empty() => Some(Fact::List([].into())),
        _ => None,
    }
}

/// Fields may not apply depending on each other in a circle: then nobody could be asked first.
fn circles(schema: &Schema, out: &mut Vec<Diagnostic>) {
    fn visit(schema: &Schema, slot: Slot, state: &mut Vec<u8>) -> bool {
        match state.get(slot.index()).copied() {
            Some(0) => {}
            Some(1) => return true,
            _ => return false,
        }
        if let Some(mark) = state.get_mut(slot.index()) {
            *mark = 1;
        }
        let givens = schema.slot(slot).applies.iter().flat_map(|applies| applies.any.iter().flatten());
        let circular = givens
            .map(|given| given.slot)
            .collect::<Vec<_>>()
            .into_iter()
            .any(|slot| visit(schema, slot, state));
        if let Some(mark) = state.get_mut(slot.index()) {
            *mark = 2;
        }
        circular
    }
    let mut state = vec![0; schema.slot_count()];
    for (slot, field) in schema.slots() {
        if visit(schema, slot, &mut state) {
            let message = format!("whether `{}` applies depends on itself", field.path);
            out.push(Diagnostic::error(codes::CIRCULAR, schema.declared(field), message));
        }
    }
}
