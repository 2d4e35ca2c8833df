//! The default pack's conditions and intakes in the form that plain Rhai wants.
//!
//! Everything is made as cheap for Rhai as its own means allow: constants are written out as literals, and
//! an ordered choice is its rank, an integer, since plain Rhai would compare the letters of a string
//! (`"high" < "low"`). Choices without an order stay strings: that is how anybody would write them.

use remit_core::fact::Fact;
use remit_core::facts::Facts;
use remit_core::pack::Pack;
use remit_core::rules::Topic;
use remit_core::schema::{Choices, Field, Kind, Place, Schema};
use remit_tests::sample::put;
use serde_json::{Map, Value, json};

/// A script of the pack's helper functions that ends in an array of one closure a rule, in rule order.
pub(crate) fn closures(pack: &Pack) -> Result<String, String> {
    let mut functions = String::new();
    let mut constants: Vec<(String, String)> = vec![];
    for topic in pack.rules.topics() {
        for line in outside_of_rules(topic).lines() {
            match line.strip_prefix("const ").and_then(|rest| rest.split_once(" = ")) {
                Some((name, value)) => {
                    let value = value.split(';').next().unwrap_or(value);
                    constants.push((name.to_owned(), value.to_owned()));
                }
                None => {
                    functions.push_str(line);
                    functions.push('\n');
                }
            }
        }
    }
    let conditions = pack.rules.rules().iter().map(|rule| {
        let source = pack.rules.source(rule.topic);
        source.slice(rule.condition_span).to_owned()
    });
    let mut script = format!("{functions}\n[\n{}\n]\n", conditions.collect::<Vec<_>>().join(",\n"));
    for (name, value) in constants {
        script = script.replace(&name, &value);
    }
    for (_, field) in pack.schema.slots() {
        if let Some(choices) = field.choices().filter(|choices| choices.ordered) {
            script = ranked(&script, &format!("intake.{}", field.path), choices)?;
        }
    }
    Ok(script)
}

/// What stands in a topic beside its rules: helpers, constants, comments.
fn outside_of_rules(topic: &Topic) -> String {
    let text = topic.source.text();
    let mut rest = String::new();
    let mut end = 0;
    for rule in &topic.rules {
        rest.push_str(text.get(end..rule.span.start as usize).unwrap_or_default());
        end = rule.span.end as usize;
    }
    rest.push_str(text.get(end..).unwrap_or_default());
    rest
}

/// Replaces the string that an ordered field is compared with by its rank.
fn ranked(script: &str, path: &str, choices: &Choices) -> Result<String, String> {
    let mut done = String::new();
    let mut rest = script;
    while let Some(at) = rest.find(path) {
        let (before, after) = rest.split_at(at + path.len());
        done.push_str(before);
        rest = after;
        if rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_' || next == '.') {
            continue;
        }
        let quoted = rest.split_once('"').and_then(|(operator, rest)| {
            let (value, rest) = rest.split_once('"')?;
            Some((operator, choices.position(value)?, rest))
        });
        let known = ["==", "!=", "<", "<=", ">", ">="];
        match quoted {
            Some((operator, rank, after)) if known.contains(&operator.trim()) => {
                done.push_str(&format!("{operator}{rank}"));
                rest = after;
            }
            _ => return Err(format!("`{path}` is used in a way that this benchmark cannot rank yet")),
        }
    }
    done.push_str(rest);
    Ok(done)
}

/// An intake's facts as JSON, ordered choices as ranks.
pub(crate) fn intake(schema: &Schema, facts: &Facts) -> String {
    let mut root = Map::new();
    for (slot, field) in schema.slots() {
        put(&mut root, &field.path, value(schema, field, facts.value(slot)));
    }
    Value::Object(root).to_string()
}

fn value(schema: &Schema, field: &Field, fact: &Fact) -> Value {
    match (fact, &field.kind) {
        (Fact::Bool(value), _) => json!(value),
        (Fact::Int(value), _) => json!(value),
        (Fact::Choice(rank), Kind::Choice(choices)) if choices.ordered => json!(rank),
        (Fact::List(rows), Kind::List { item, .. }) => {
            rows.iter().map(|row| cells(schema, schema.field(*item), &row.cells)).collect()
        }
        _ => json!(field.write(fact)),
    }
}

fn cells(schema: &Schema, field: &Field, row: &[Fact]) -> Value {
    if let Place::Column(column) = field.place {
        return value(schema, field, row.get(column as usize).unwrap_or(&Fact::Unknown));
    }
    let children = schema.children(field).iter().map(|id| schema.field(*id));
    Value::Object(children.map(|child| (child.key.clone(), cells(schema, child, row))).collect())
}
