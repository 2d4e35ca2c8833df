//! Answers, written into an intake's text as a person would write them.

use crate::ask::Input;
use crate::engine::Engine;
use crate::fault::Fault;
use remit_core::document::{self, Limits};
use remit_core::edit::{self, Literal, Refusal};
use remit_core::schema::Field;
use remit_core::suggest;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Engine {
    /// The text with an answer written into it. `value` is the answer as JSON; `null` takes the answer away.
    pub fn answer(&self, input: &Input, path: &str, value: &str) -> Result<String, JsValue> {
        let schema = &self.engine.pack.schema;
        let value: Value = serde_json::from_str(value)
            .map_err(|error| Fault::argument(format!("this is no value: {error}")))?;
        let document = document::from_bytes(input.name(), input.bytes(), input.format()?, &Limits::default());
        if document.source.text().as_bytes() != input.bytes() {
            // An edit of less than what was handed in would lose the rest.
            let why =
                document.diagnostics.first().map_or("it cannot be read", |found| found.message.as_str());
            return Err(Fault::refused(format!("this text stays as it is: {why}")).into());
        }
        let Some(field) = schema.at(path) else { return Err(unknown(path, schema.paths()).into()) };
        let edits = match value {
            Value::Null => edit::remove(&document, schema, path),
            value => edit::set(&document, schema, path, &literal(field, &value)?),
        };
        let edits = edits.map_err(|refusal: Refusal| Fault::refused(refusal.to_string()))?;
        Ok(edit::apply(document.source.text(), &edits))
    }
}

fn unknown<'a>(path: &str, paths: impl Iterator<Item = &'a str>) -> Fault {
    let help = match suggest::nearest(path, paths) {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => String::new(),
    };
    Fault::argument(format!("an intake has no `{path}`{help}"))
}

/// A value as an answer. One that is written as text is read as somebody who types it means it: `yes`, a
/// choice's title, a date.
fn literal(field: &Field, value: &Value) -> Result<Literal, Fault> {
    let typed = match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        _ => return raw(value).ok_or_else(|| Fault::argument("an answer holds no fractions")),
    };
    edit::read(field, &typed).map_err(|reason| Fault::refused(format!("`{}`: {reason}", field.path)))
}

/// A list or an item as it is; whether the schema admits it shows in the next decision.
fn raw(value: &Value) -> Option<Literal> {
    match value {
        Value::Null => None,
        Value::Bool(value) => Some(Literal::Bool(*value)),
        Value::Number(number) => number.as_i64().map(Literal::Int),
        Value::String(text) => Some(Literal::Text(text.clone())),
        Value::Array(items) => items.iter().map(raw).collect::<Option<_>>().map(Literal::List),
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| Some((key.clone(), raw(value)?)));
            entries.collect::<Option<_>>().map(Literal::Map)
        }
    }
}
