//! Which answers the schema does not admit, and where they stand. Validation is `jsonschema`'s; the words,
//! the places and the suggestions are ours.

use super::{Field, Kind, Schema, codes};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::document::{Document, Node, Value};
use crate::source::Span;
use crate::suggest;
use jsonschema::error::ValidationErrorKind as Found;
use jsonschema::paths::LocationSegment;
use std::collections::BTreeSet;

/// More unknown keys than this in one mapping are not worth reading about.
const MAX_KEYS: usize = 100;

/// An answer that the schema does not admit.
#[derive(Debug)]
pub struct Fault {
    /// JSON pointer of the answer that does not count; `None` where only part of the text is at fault, such
    /// as a key that nobody reads.
    pub voids: Option<String>,
    /// What is wrong with it.
    pub diagnostic: Diagnostic,
}

/// Compiles a schema; where it is none, the pointer to the place and the reason.
pub(super) fn compile(json: &serde_json::Value) -> Result<jsonschema::Validator, (String, String)> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(json)
        .map_err(|error| (error.instance_path().as_str().to_owned(), format!("not a JSON Schema: {error}")))
}

/// The span of the node at a JSON pointer, or of its nearest ancestor that is there.
pub(super) fn span_of(root: &Node, pointer: &str) -> Span {
    let mut node = root;
    for key in pointer.split('/').skip(1) {
        let key = key.replace("~1", "/").replace("~0", "~");
        let next = match &node.value {
            Value::List(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => node.get(&key),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span
}

impl Schema {
    /// Everything in the intake that the schema does not admit. What is required and absent is no fault
    /// here: it is silence, and readiness speaks of it.
    pub fn faults(&self, document: &Document, root: &Node) -> Vec<Fault> {
        if self.plain.admits(root) { vec![] } else { self.long_way(document, root) }
    }

    /// The same, by `jsonschema` alone.
    pub(super) fn long_way(&self, document: &Document, root: &Node) -> Vec<Fault> {
        let json = root.to_json();
        let mut faults = vec![];
        let mut seen = BTreeSet::new();
        for error in self.validator.iter_errors(&json) {
            let path: Vec<_> = error.instance_path().into_iter().collect();
            let Some(place) = Place::find(self, root, &path) else { continue };
            let pointer = error.instance_path().as_str().to_owned();
            match error.kind() {
                Found::Required { property } => {
                    let property = property.as_str().unwrap_or_default();
                    faults.extend(place.incomplete_item(document, property));
                }
                Found::AdditionalProperties { unexpected } | Found::UnevaluatedProperties { unexpected } => {
                    for key in unexpected.iter().take(MAX_KEYS) {
                        faults.extend(place.unknown_key(self, document, key));
                    }
                }
                // One answer, one fault: the first that the schema names is the most basic one.
                kind if seen.insert(pointer.clone()) => {
                    faults.push(place.fault(self, document, pointer, kind, &error.to_string()));
                }
                _ => {}
            }
        }
        faults.sort_by(|a, b| a.diagnostic.location.cmp(&b.diagnostic.location));
        faults
    }
}

/// A place in the intake and the field it answers.
struct Place<'a> {
    node: &'a Node,
    field: &'a Field,
}

impl<'a> Place<'a> {
    fn find(schema: &'a Schema, root: &'a Node, path: &[LocationSegment<'_>]) -> Option<Self> {
        let mut place = Self { node: root, field: schema.root() };
        for segment in path {
            place = match segment {
                LocationSegment::Property(key) => Self {
                    node: place.node.get(key)?,
                    field: schema.child(place.field, key).unwrap_or(place.field),
                },
                LocationSegment::Index(index) => Self {
                    node: place.node.as_list()?.get(*index)?,
                    field: match &place.field.kind {
                        Kind::List { item, .. } => schema.field(*item),
                        _ => place.field,
                    },
                },
            };
        }
        Some(place)
    }

    fn unknown_key(&self, schema: &Schema, document: &Document, key: &str) -> Option<Fault> {
        let entry = self.node.entry(key)?;
        let at = document.source.locate(entry.key_span);
        let known: Vec<&str> =
            schema.children(self.field).iter().map(|id| schema.field(*id).key.as_str()).collect();
        let place = self.name();
        let mut diagnostic =
            Diagnostic::error(codes::UNKNOWN_KEY, at.clone(), format!("{place} has no field `{key}`"))
                .note("nobody reads this");
        // A key that belongs elsewhere is as common as one that is misspelt.
        let elsewhere = schema.fields().iter().find(|field| field.key == key && !field.path.contains("[]"));
        if let Some(meant) = suggest::nearest(key, known.iter().copied()) {
            diagnostic = diagnostic.help(format!("did you mean `{meant}`?")).fix(Fix::replace(at, meant));
        } else if let Some(field) = elsewhere {
            diagnostic = diagnostic.help(format!("`{key}` belongs at `{}`", field.path));
        } else {
            diagnostic = diagnostic.help(format!("{place} has {}", suggest::all_of(known)));
        }
        Some(Fault { voids: None, diagnostic })
    }

    /// What the place is called in a message.
    fn name(&self) -> String {
        match (self.field.path.as_str(), self.field.path.strip_suffix("[]")) {
            ("", _) => "an intake".to_owned(),
            (_, Some(list)) => format!("an item of `{list}`"),
            (path, None) => format!("`{path}`"),
        }
    }

    /// Readiness speaks of what an intake lacks, but not of what an item of a list lacks.
    fn incomplete_item(&self, document: &Document, property: &str) -> Option<Fault> {
        let list = self.field.path.strip_suffix("[]")?;
        let at = document.source.locate(document.source.first_line(self.node.span));
        let message = format!("this item of `{list}` lacks its `{property}`");
        let diagnostic = Diagnostic::warning(codes::INCOMPLETE_ITEM, at, message);
        Some(Fault { voids: None, diagnostic: diagnostic.help("without it the item may not count") })
    }

    fn fault(
        &self,
        schema: &Schema,
        document: &Document,
        pointer: String,
        kind: &Found,
        fallback: &str,
    ) -> Fault {
        let at = document.source.locate(self.node.span);
        let written = shorten(document.source.slice(self.node.span));
        let path = &self.field.path;
        let wants = self.field.wants();
        let (code, message): (Code, String) = match (&self.field.kind, kind) {
            (_, Found::Type { .. }) => {
                let is = self.node.value.kind();
                (codes::WRONG_TYPE, format!("{} wants {wants}, but this is {is}", self.name()))
            }
            (Kind::Choice(_), _) => {
                (codes::UNKNOWN_CHOICE, format!("`{written}` is not a choice of `{path}`"))
            }
            (_, Found::Format { .. }) => (codes::WRONG_FORMAT, format!("`{written}` is not {wants}")),
            (_, Found::MinLength { .. }) => (codes::OUT_OF_BOUNDS, format!("`{path}` is empty")),
            (_, Found::MaxLength { limit }) => {
                (codes::OUT_OF_BOUNDS, format!("`{path}` is longer than {limit} characters"))
            }
            (_, Found::MaxItems { limit }) => {
                (codes::OUT_OF_BOUNDS, format!("`{path}` has more than {limit} items"))
            }
            (_, Found::MinItems { limit }) => {
                (codes::OUT_OF_BOUNDS, format!("`{path}` has less than {limit} items"))
            }
            (_, Found::Minimum { limit } | Found::ExclusiveMinimum { limit }) => (
                codes::OUT_OF_BOUNDS,
                format!("`{written}` is below {limit}, the least that `{path}` can be"),
            ),
            (_, Found::Maximum { limit } | Found::ExclusiveMaximum { limit }) => {
                (codes::OUT_OF_BOUNDS, format!("`{written}` is above {limit}, the most that `{path}` can be"))
            }
            (_, Found::Pattern { pattern }) => (
                codes::WRONG_FORMAT,
                format!("`{written}` does not look like `{path}`: it must match `{pattern}`"),
            ),
            (_, Found::UniqueItems) => (codes::NOT_ADMITTED, format!("`{path}` holds the same item twice")),
            _ => (codes::NOT_ADMITTED, format!("`{path}`: {fallback}")),
        };
        let mut diagnostic = Diagnostic::error(code, at.clone(), message).note("this answer does not count");
        if let Kind::Choice(choices) = &self.field.kind {
            let meant = self.node.as_text().and_then(|text| suggest::nearest(text, choices.names()));
            diagnostic = match meant {
                Some(meant) => {
                    diagnostic.help(format!("did you mean `{meant}`?")).fix(Fix::replace(at, meant))
                }
                None => diagnostic.help(format!("the choices are {}", suggest::all_of(choices.names()))),
            };
        } else if matches!(kind, Found::Type { .. })
            && let Some(help) = self.shape(schema)
        {
            diagnostic = diagnostic.help(help);
        } else if let Some(meant) = self.meant() {
            diagnostic = diagnostic.help(format!("write `{meant}`")).fix(Fix::replace(at, &meant));
        }
        // A fault of a whole group says nothing against the answers inside, unless it is no group at all.
        let whole = matches!(self.field.kind, Kind::Group(_)) && !matches!(kind, Found::Type { .. });
        Fault { voids: (!whole).then_some(pointer), diagnostic }
    }

    /// How a list or a group of fields is written.
    fn shape(&self, schema: &Schema) -> Option<String> {
        let fields =
            || suggest::all_of(schema.children(self.field).iter().map(|id| schema.field(*id).key.as_str()));
        match &self.field.kind {
            Kind::List { .. } => Some("write it as a list, even of one item".to_owned()),
            Kind::Group(_) => Some(format!("its fields are {}", fields())),
            _ => None,
        }
    }

    /// What somebody who wrote this probably meant.
    fn meant(&self) -> Option<String> {
        match (&self.field.kind, &self.node.value) {
            (Kind::Bool, Value::Text(text)) => match text.to_ascii_lowercase().as_str() {
                "yes" | "y" | "on" | "true" => Some("true".to_owned()),
                "no" | "n" | "off" | "false" => Some("false".to_owned()),
                _ => None,
            },
            (Kind::Bool, Value::Int(number @ (0 | 1))) => Some((*number == 1).to_string()),
            (Kind::Int { .. }, Value::Text(text)) => {
                text.trim().parse::<i64>().ok().map(|number| number.to_string())
            }
            (Kind::Text(_), Value::Int(number)) => Some(format!("\"{number}\"")),
            (Kind::Text(_), Value::Number(number)) => Some(format!("\"{number}\"")),
            (Kind::Text(_), Value::Bool(value)) => Some(format!("\"{value}\"")),
            _ => None,
        }
    }
}

/// What was written, cut to what fits in a message.
fn shorten(text: &str) -> String {
    const SHOWN: usize = 40;
    let line = text.lines().next().unwrap_or_default().trim();
    let line = line.trim_matches(['"', '\'']);
    if line.chars().count() <= SHOWN {
        return line.to_owned();
    }
    line.chars().take(SHOWN).chain(['…']).collect()
}
