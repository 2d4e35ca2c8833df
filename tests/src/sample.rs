//! Complete intakes made up from a pack's schema: every question that applies is answered.
//!
//! The same seed gives the same intake on every machine, so a failure can be repeated.

use remit_core::document::{self, Format, Limits};
use remit_core::fact::{Fact, Row};
use remit_core::facts::{self, Facts};
use remit_core::intake::{self, Intake};
use remit_core::schema::{Field, Kind, Schema, Slot, TextFormat};
use remit_core::source::{Source, Span};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A made-up intake.
#[derive(Debug)]
pub struct Sample {
    /// As JSON text, without the questions that do not apply.
    pub text: String,
    /// As the engine derives it from that text.
    pub facts: Facts,
}

/// Made-up intakes, numbered from 0.
pub fn complete(schema: &Schema, count: u64) -> Vec<Sample> {
    (0..count).map(|seed| one(schema, seed)).collect()
}

/// Reads a JSON text as far as its intake.
pub fn admit(schema: &Schema, text: &str) -> Intake {
    let source = Source::new("sample.json", text);
    intake::admit(document::parse(source, Format::Json, &Limits::default()), schema)
}

fn one(schema: &Schema, seed: u64) -> Sample {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1));
    let answers: Vec<(Slot, Fact)> =
        schema.slots().map(|(slot, field)| (slot, answer(schema, field, &mut dice))).collect();
    let silent = inapplicable(schema, &answers);
    let mut root = Map::new();
    for (slot, fact) in answers.iter().filter(|(slot, _)| !silent.contains(slot)) {
        let field = schema.slot(*slot);
        put(&mut root, &field.path, value(schema, field, fact));
    }
    let text = Value::Object(root).to_string();
    let intake = admit(schema, &text);
    let facts = facts::derive(&intake, schema, &mut vec![]);
    let faults = intake.diagnostics.iter().filter(|found| found.is_error()).count();
    assert_eq!(faults, 0, "sample {seed} is not valid: {:?}\n{text}", intake.diagnostics);
    let open: Vec<&str> = facts.open().map(|slot| schema.slot(slot).path.as_str()).collect();
    assert!(open.is_empty(), "sample {seed} leaves {open:?} open");
    Sample { text, facts }
}

/// The slots that the other answers make pointless. One that does not apply counts as its `otherwise`, which
/// may make others pointless; a few rounds settle that.
fn inapplicable(schema: &Schema, answers: &[(Slot, Fact)]) -> BTreeSet<Slot> {
    let mut silent = BTreeSet::new();
    for _ in 0..8 {
        let mut facts = Facts::of(schema, answers.iter().cloned());
        for slot in &silent {
            if let Some(applies) = &schema.slot(*slot).applies {
                facts.set(*slot, applies.otherwise.clone());
            }
        }
        let next = schema.slots().filter(|(_, field)| {
            field.applies.as_ref().is_some_and(|applies| facts.applies(applies) == Some(false))
        });
        let next: BTreeSet<Slot> = next.map(|(slot, _)| slot).collect();
        if next == silent {
            break;
        }
        silent = next;
    }
    silent
}

fn answer(schema: &Schema, field: &Field, dice: &mut Dice) -> Fact {
    match &field.kind {
        Kind::Bool => Fact::Bool(dice.below(10) < 3),
        Kind::Int { min, max } => {
            let least = min.unwrap_or(0);
            let number = least.saturating_add_unsigned(dice.below(5));
            Fact::Int(max.map_or(number, |most| number.min(most)))
        }
        Kind::Choice(choices) => {
            let count = choices.values.len() as u64;
            Fact::Choice(u16::try_from(dice.below(count)).unwrap_or_default())
        }
        Kind::Text(format) => Fact::Text(text(*format, dice).into()),
        Kind::List { columns, .. } => {
            let rows = (0..=dice.below(3)).map(|_| Row {
                span: Span::at(0),
                cells: columns.iter().map(|id| answer(schema, schema.field(*id), dice)).collect(),
            });
            Fact::List(rows.collect())
        }
        Kind::Group(_) => Fact::Unknown,
    }
}

fn text(format: TextFormat, dice: &mut Dice) -> String {
    let number = dice.below(1_000);
    match format {
        TextFormat::Plain => format!("answer number {number}"),
        TextFormat::Date => format!("2026-{:02}-{:02}", 1 + number % 12, 1 + number % 28),
        TextFormat::Uri => format!("https://wiki.corp.internal/page/{number}"),
    }
}

/// A fact as an intake writes it.
fn value(schema: &Schema, field: &Field, fact: &Fact) -> Value {
    match (fact, &field.kind) {
        (Fact::Bool(value), _) => json!(value),
        (Fact::Int(value), _) => json!(value),
        (Fact::List(rows), Kind::List { columns, .. }) => {
            rows.iter().map(|row| item(schema, field, columns.iter().zip(&row.cells))).collect()
        }
        _ => json!(field.write(fact)),
    }
}

/// An item of a list: a plain value, or a group of them.
fn item<'a>(
    schema: &Schema,
    list: &Field,
    cells: impl Iterator<Item = (&'a remit_core::schema::FieldId, &'a Fact)>,
) -> Value {
    let mut group = Map::new();
    for (id, fact) in cells {
        let field = schema.field(*id);
        let value = value(schema, field, fact);
        match field.path.strip_prefix(&format!("{}[].", list.path)) {
            Some(path) => put(&mut group, path, value),
            None => return value,
        }
    }
    Value::Object(group)
}

/// Puts a value at a path such as `service.owner`.
pub fn put(root: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            root.insert(path.to_owned(), value);
        }
        Some((group, rest)) => {
            let place = root.entry(group).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = place {
                put(inner, rest, value);
            }
        }
    }
}

/// Numbers that look random and never are (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % count.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_complete_and_the_same_every_time() {
        let pack = crate::default_pack();
        let first = complete(&pack.schema, 50);
        let second = complete(&pack.schema, 50);
        assert!(first.iter().zip(&second).all(|(a, b)| a.text == b.text));
        assert_ne!(first[0].text, first[1].text);
    }
}
