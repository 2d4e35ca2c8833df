//! The intake schema: which questions there are, what their answers may be, and what silence means.
//!
//! A pack's `intake.schema.json` (JSON Schema 2020-12) is the only runtime truth. Beside the standard
//! keywords each field carries an `x-remit` object: the question a form asks, what silence means, whether
//! its choices are ordered, when it applies, and which part it plays for the engine itself.

pub mod codes;
mod extend;
mod plain;
mod read;
mod validate;

use crate::fact::Fact;
use crate::source::{Joined, Location, Places, Source, Span};
use std::collections::BTreeMap;

pub use extend::extend;
pub use read::read;
pub use validate::Fault;

/// A field, by its place in [`Schema::fields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub(crate) u32);

/// A field that holds one fact of an intake, numbered in schema order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u16);

impl Slot {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Everything a pack's intake can hold.
#[derive(Debug)]
pub struct Schema {
    /// The schema's own text, and those of the schemas that it adds to, so that a field can be pointed at.
    pub source: Joined,
    fields: Vec<Field>,
    slots: Vec<FieldId>,
    by_path: BTreeMap<String, FieldId>,
    validator: jsonschema::Validator,
    plain: plain::Plain,
    json: serde_json::Value,
}

/// One field: a question, or a group of them.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its number.
    pub id: FieldId,
    /// The group or list it stands in.
    pub parent: Option<FieldId>,
    /// Its key; `[]` for the item of a list.
    pub key: String,
    /// Its path: `service.owner`, `links[].kind`. Empty for the intake itself.
    pub path: String,
    /// A short name for people.
    pub title: String,
    /// What it means.
    pub description: String,
    /// What a form asks.
    pub question: String,
    /// Part of what must be there before anything starts.
    pub required: bool,
    /// What an answer may be.
    pub kind: Kind,
    /// What it means that nobody answered.
    pub silence: Silence,
    /// When it is asked at all.
    pub applies: Option<Applies>,
    /// What the engine itself reads it for.
    pub role: Option<Role>,
    /// Where its value is stored.
    pub place: Place,
    /// Where the schema declares it; [`Schema::declared`] says in which text.
    pub(crate) span: Span,
}

/// What an answer may be.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A whole number, within bounds.
    Int {
        /// The least allowed.
        min: Option<i64>,
        /// The greatest allowed.
        max: Option<i64>,
    },
    /// Text.
    Text(TextFormat),
    /// One of a list.
    Choice(Choices),
    /// A group of fields.
    Group(Vec<FieldId>),
    /// A list.
    List {
        /// What each item is.
        item: FieldId,
        /// The item's leaves, in schema order: the columns of a [`Row`](crate::fact::Row).
        columns: Vec<FieldId>,
    },
}

/// What a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// Anything.
    Plain,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// An address.
    Uri,
}

/// The choices of a field.
#[derive(Debug, Clone)]
pub struct Choices {
    /// In the schema's order.
    pub values: Vec<Choice>,
    /// Whether that order means something: then `<` and `>=` compare by it.
    pub ordered: bool,
}

impl Choices {
    /// The place of a value among them.
    pub fn position(&self, value: &str) -> Option<u16> {
        let index = self.values.iter().position(|choice| choice.value == value)?;
        u16::try_from(index).ok()
    }

    /// The values as they are written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|choice| choice.value.as_str())
    }
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is written.
    pub value: String,
    /// What people read.
    pub title: String,
    /// What it means; may be empty.
    pub description: String,
}

/// What it means that nobody answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Silence {
    /// Not known: whatever depends on it is unsettled.
    Unknown,
    /// This is assumed, and shown as assumed.
    Assume(Fact),
}

/// When a field is asked at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Applies {
    /// It applies when one of these holds; each is a list of answers that must all be so.
    pub any: Vec<Vec<Given>>,
    /// What rules read where it does not apply.
    pub otherwise: Fact,
}

/// Another field's answer is one of these.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// The other field.
    pub slot: Slot,
    /// The answers that will do.
    pub one_of: Vec<Fact>,
}

/// What the engine itself reads a field for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The intake's own id.
    Id,
    /// The name of what is reviewed.
    Title,
    /// The day that due dates are counted from.
    SubmittedOn,
    /// The day by which an answer is wanted.
    Deadline,
    /// How urgent it is; chooses the turnaround.
    Urgency,
    /// Evidence for required artifacts.
    Evidence,
    /// Links to what exists.
    Links,
    /// Who owns what is reviewed.
    Owner,
}

impl Role {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Id, "id"),
        (Self::Title, "title"),
        (Self::SubmittedOn, "submitted_on"),
        (Self::Deadline, "deadline"),
        (Self::Urgency, "urgency"),
        (Self::Evidence, "evidence"),
        (Self::Links, "links"),
        (Self::Owner, "owner"),
    ];
}

/// Where a field's value is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nowhere: it is a group.
    Group,
    /// In a slot of the facts.
    Slot(Slot),
    /// In a column of a list's rows.
    Column(u16),
}

impl Schema {
    /// All fields, groups before what they hold, in schema order. The first is the intake itself.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// A field by its number.
    pub fn field(&self, id: FieldId) -> &Field {
        self.fields.get(id.0 as usize).expect("a field's number comes from this schema")
    }

    /// The intake itself.
    pub fn root(&self) -> &Field {
        self.field(FieldId(0))
    }

    /// How many slots there are.
    pub fn slot_count(&self) -> usize {
        self.slots.len()
    }

    /// The field of a slot.
    pub fn slot(&self, slot: Slot) -> &Field {
        let id = self.slots.get(slot.index()).expect("a slot's number comes from this schema");
        self.field(*id)
    }

    /// All slots with their fields, in schema order.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &Field)> {
        (0u16..).map(Slot).zip(self.slots.iter().map(|id| self.field(*id)))
    }

    /// The field at a path such as `service.owner` or `links[].kind`.
    pub fn at(&self, path: &str) -> Option<&Field> {
        self.by_path.get(path).map(|id| self.field(*id))
    }

    /// The slot of the field with a role.
    pub fn role(&self, role: Role) -> Option<(Slot, &Field)> {
        self.slots().find(|(_, field)| field.role == Some(role))
    }

    /// What stands in a group, or in the items of a list of groups.
    pub fn children<'f>(&self, field: &'f Field) -> &'f [FieldId] {
        match &field.kind {
            Kind::Group(children) => children,
            _ => &[],
        }
    }

    /// The child of a group with this key.
    pub fn child(&self, group: &Field, key: &str) -> Option<&Field> {
        self.children(group).iter().map(|id| self.field(*id)).find(|field| field.key == key)
    }

    /// The paths of all fields that hold a value, for suggestions.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().skip(1).map(|field| field.path.as_str())
    }

    /// The fields that one text declares, each with its place there; none where it is no text of this schema, or
    /// another version of one.
    pub fn fields_of<'s>(&'s self, text: &Source) -> impl Iterator<Item = (&'s Field, Span)> + use<'s> {
        let own = self.source.source(text.id()).filter(|own| own.text() == text.text());
        let id = own.map(|own| own.id().clone());
        self.fields.iter().filter_map(move |field| {
            let declared = self.declared(field);
            (Some(&declared.source) == id.as_ref()).then_some((field, declared.span))
        })
    }

    /// Where a field is declared.
    pub fn declared(&self, field: &Field) -> Location {
        self.source.locate(field.span)
    }

    /// The schema as JSON.
    pub fn json(&self) -> &serde_json::Value {
        &self.json
    }
}

impl Field {
    /// The choices, where the field has any.
    pub fn choices(&self) -> Option<&Choices> {
        match &self.kind {
            Kind::Choice(choices) => Some(choices),
            _ => None,
        }
    }

    /// A value as it is written in an intake.
    pub fn write(&self, fact: &Fact) -> String {
        match (fact, &self.kind) {
            (Fact::Unknown, _) => "?".to_owned(),
            (Fact::Bool(value), _) => value.to_string(),
            (Fact::Int(value), _) => value.to_string(),
            (Fact::Text(text), _) => text.to_string(),
            (Fact::Choice(index), Kind::Choice(choices)) => {
                choices.values.get(*index as usize).map_or_else(String::new, |choice| choice.value.clone())
            }
            (Fact::Choice(_), _) => String::new(),
            (Fact::List(rows), _) if rows.is_empty() => "none".to_owned(),
            (Fact::List(rows), _) if rows.len() == 1 => "1 item".to_owned(),
            (Fact::List(rows), _) => format!("{} items", rows.len()),
        }
    }

    /// What kind of answer it wants, in a person's words.
    pub fn wants(&self) -> &'static str {
        match &self.kind {
            Kind::Bool => "`true` or `false`",
            Kind::Int { .. } => "a whole number",
            Kind::Text(TextFormat::Date) => "a date such as `2026-11-20`",
            Kind::Text(TextFormat::Uri) => "an address such as `https://example.com/page`",
            Kind::Text(TextFormat::Plain) => "text",
            Kind::Choice(_) => "one of its choices",
            Kind::Group(_) => "a group of fields",
            Kind::List { .. } => "a list",
        }
    }
}
