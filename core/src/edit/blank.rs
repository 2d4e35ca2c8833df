//! An intake with every question and no answer: what has to be answered stands there, what may be answered stands
//! beside it as comments.

use super::scalar;
use crate::document::Format;
use crate::fact::Fact;
use crate::schema::{Applies, Field, Kind, Schema, Silence, TextFormat};

/// Comments are wrapped at this width.
const WIDTH: usize = 96;

/// An intake with every question and no answer. `heading` says first what it is for, where there are comments; JSON
/// has only what has to be answered.
pub fn blank(schema: &Schema, heading: &str, format: Format) -> String {
    match format {
        Format::Yaml => yaml(schema, heading),
        Format::Json => json(schema),
    }
}

fn json(schema: &Schema) -> String {
    format!("{:#}\n", required(schema, schema.root()))
}

fn required(schema: &Schema, group: &Field) -> serde_json::Value {
    let mut object = serde_json::Map::new();
    for child in schema.children(group).iter().map(|id| schema.field(*id)).filter(|field| asks(schema, field))
    {
        let value = match child.kind {
            Kind::Group(_) => required(schema, child),
            _ => serde_json::Value::Null,
        };
        object.insert(child.key.clone(), value);
    }
    serde_json::Value::Object(object)
}

/// Whether a field, or something in it, is part of the minimum intake.
fn asks(schema: &Schema, field: &Field) -> bool {
    match &field.kind {
        Kind::Group(children) => children.iter().any(|id| asks(schema, schema.field(*id))),
        _ => field.required,
    }
}

fn yaml(schema: &Schema, heading: &str) -> String {
    let mut page = Page { schema, out: String::new() };
    page.prose(0, heading);
    page.prose(0, "What you do not know yet stays empty: `remit check` says what depends on it.");
    page.prose(0, "Keys behind a `#` may be answered besides: take the `#` away.");
    for child in schema.children(schema.root()) {
        page.out.push('\n');
        page.field(schema.field(*child), 0);
    }
    page.out
}

struct Page<'a> {
    schema: &'a Schema,
    out: String,
}

impl Page<'_> {
    fn field(&mut self, field: &Field, depth: usize) {
        let active = asks(self.schema, field);
        self.remarks(field, depth);
        self.key(active, depth, &format!("{}:", key(&field.key)));
        match &field.kind {
            Kind::Group(children) => {
                for child in children {
                    self.field(self.schema.field(*child), depth + 1);
                }
            }
            Kind::List { item, .. } => self.item(self.schema.field(*item), depth + 1),
            _ => {}
        }
    }

    /// What is asked, and what an answer may be.
    fn remarks(&mut self, field: &Field, depth: usize) {
        let asked = if field.question.is_empty() { &field.title } else { &field.question };
        let mut remark = capital(asked);
        if let Some(applies) = &field.applies {
            remark.push_str(&format!(" (only if {})", self.applies(applies)));
        }
        self.prose(depth, &remark);
        match (&field.kind, &field.silence) {
            (Kind::Group(_), _) => {}
            (_, Silence::Assume(fact)) if !field.write(fact).is_empty() => {
                let said = format!("{}; unanswered means {}", self.choices(field), field.write(fact));
                self.prose(depth, said.trim_start_matches("; "));
            }
            _ => self.prose(depth, &self.choices(field)),
        }
    }

    fn choices(&self, field: &Field) -> String {
        match &field.kind {
            Kind::Bool => "true | false".to_owned(),
            Kind::Int { .. } => "a whole number".to_owned(),
            Kind::Text(TextFormat::Date) => "a date such as 2026-11-20".to_owned(),
            Kind::Text(TextFormat::Uri) => "an address such as https://example.com/page".to_owned(),
            Kind::Choice(choices) => choices.names().collect::<Vec<_>>().join(" | "),
            Kind::Text(_) | Kind::Group(_) | Kind::List { .. } => String::new(),
        }
    }

    fn applies(&self, applies: &Applies) -> String {
        let case = applies.any.iter().map(|all| {
            let given = all.iter().map(|given| {
                let other = self.schema.slot(given.slot);
                let answers: Vec<String> = given.one_of.iter().map(|fact: &Fact| other.write(fact)).collect();
                format!("{} is {}", other.path, answers.join(" or "))
            });
            given.collect::<Vec<_>>().join(" and ")
        });
        case.collect::<Vec<_>>().join(", or ")
    }

    /// One item of a list, all of it to be taken or left.
    fn item(&mut self, item: &Field, depth: usize) {
        let children = self.schema.children(item);
        if children.is_empty() {
            let choices = self.choices(item);
            let remark = if choices.is_empty() { String::new() } else { format!("   # {choices}") };
            self.key(false, depth, &format!("-{remark}"));
        }
        for (number, child) in children.iter().enumerate() {
            let child = self.schema.field(*child);
            let choices = self.choices(child);
            let remark = if choices.is_empty() { String::new() } else { format!("   # {choices}") };
            let dash = if number == 0 { "- " } else { "  " };
            self.key(false, depth, &format!("{dash}{}:{remark}", key(&child.key)));
            for inner in self.schema.children(child) {
                self.key(false, depth + 2, &format!("{}:", key(&self.schema.field(*inner).key)));
            }
        }
    }

    fn key(&mut self, active: bool, depth: usize, text: &str) {
        let mark = if active { "" } else { "#" };
        self.out.push_str(&format!("{mark}{}{text}\n", "  ".repeat(depth)));
    }

    fn prose(&mut self, depth: usize, text: &str) {
        let indent = "  ".repeat(depth);
        let mut line = String::new();
        for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty())
        {
            if !line.is_empty() && indent.len() + line.chars().count() + word.chars().count() > WIDTH {
                self.out.push_str(&format!("{indent}#{line}\n"));
                line.clear();
            }
            line.push(' ');
            line.push_str(word);
        }
        if !line.is_empty() {
            self.out.push_str(&format!("{indent}#{line}\n"));
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A key as YAML reads it back.
fn key(key: &str) -> String {
    scalar::text(key, scalar::Around::Block, scalar::Quotes::Fewest)
}
