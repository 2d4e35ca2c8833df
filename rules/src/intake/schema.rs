//! The schema that the types give, in the plain form that the engine and editors read: no nullable types, no
//! `oneOf` of constants, no width of integers.

use std::path::PathBuf;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::Intake;

/// The pack's schema as text: generated, put in plain form, pretty-printed.
fn generated() -> String {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Intake>().to_value();
    simplify(&mut schema);
    let mut text = serde_json::to_string_pretty(&schema).expect("a JSON value always has a text");
    text.push('\n');
    text
}

fn simplify(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            silence_is_silence(map);
            name_the_choices(map);
            if map.get("format").is_some_and(|format| format == "uint32") {
                map.shift_remove("format");
            }
            put_first(&["$schema", "title", "description", "type"], map);
            map.values_mut().for_each(simplify);
        }
        Value::Array(items) => items.iter_mut().for_each(simplify),
        _ => {}
    }
}

/// A reader wants to know what something is before how it looks. The fields of an object keep the order in which
/// they are asked, even if one of them is called `title`.
fn put_first(keys: &[&str], map: &mut Map<String, Value>) {
    if !map.get("description").is_some_and(Value::is_string) {
        return;
    }
    for key in keys.iter().rev() {
        if let Some(value) = map.shift_remove(*key) {
            map.shift_insert(0, (*key).to_owned(), value);
        }
    }
}

/// An `Option` is a field that may be left out, not one that may be `null`.
fn silence_is_silence(map: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            map.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(branches)) = map.get("anyOf") {
        let kept: Vec<&Value> =
            branches.iter().filter(|branch| **branch != json!({ "type": "null" })).collect();
        if let [Value::Object(only)] = kept.as_slice() {
            let only = only.clone();
            map.shift_remove("anyOf");
            for (key, value) in only {
                map.entry(key).or_insert(value);
            }
        }
    }
}

/// A documented enum is a `oneOf` of constants: make it an `enum`, and move the words to `x-remit.choices`.
fn name_the_choices(map: &mut Map<String, Value>) {
    let Some(Value::Array(variants)) = map.shift_remove("oneOf") else { return };
    let mut values = Vec::new();
    let mut choices = Map::new();
    for variant in &variants {
        let value = variant["const"].as_str().expect("every variant is a constant");
        values.push(json!(value));
        choices.insert(
            value.to_owned(),
            json!({ "title": variant["title"], "description": variant["description"] }),
        );
    }
    map.insert("type".to_owned(), json!("string"));
    map.insert("enum".to_owned(), Value::Array(values));
    map["x-remit"]["choices"] = Value::Object(choices);
}

fn committed() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("intake.schema.json")
}

#[test]
fn the_committed_schema_is_what_the_types_give() {
    let generated = generated();
    if std::env::var_os("REMIT_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(committed(), &generated).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(committed()).unwrap_or_default();
    assert_eq!(
        generated, committed,
        "run the tests of `remit-rules` with REMIT_BLESS=1 to rewrite the schema"
    );
}

/// Walks every schema of a field, with the path that rules and forms call it by.
pub(crate) fn fields(path: &str, schema: &Value, see: &mut impl FnMut(&str, &Value)) {
    see(path, schema);
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        fields(&path, field, see);
    }
    if let Some(item) = schema.get("items") {
        fields(&format!("{path}[]"), item, see);
    }
}

fn schema() -> Value {
    serde_json::from_str(&generated()).expect("what was printed can be read")
}

#[test]
fn every_field_has_its_words() {
    fields("", &schema(), &mut |path, field| {
        for word in ["title", "description", "type"] {
            assert!(field[word].as_str().is_some_and(|text| !text.is_empty()), "`{path}` has no {word}");
        }
        if field["type"] == "object" {
            assert_eq!(field["additionalProperties"], json!(false), "`{path}` admits unknown fields");
            return;
        }
        let words = &field["x-remit"];
        assert!(words["question"].as_str().is_some_and(|text| text.ends_with('?')), "`{path}` asks nothing");
        assert!(
            words["silence"] == "unknown" || words["silence"].get("assume").is_some(),
            "`{path}` does not say what silence means"
        );
        assert_eq!(words.get("applies_when").is_some(), words.get("otherwise").is_some(), "gate of `{path}`");
    });
}

#[test]
fn every_gate_asks_a_field_that_exists() {
    let schema = schema();
    let mut known = Vec::new();
    fields("", &schema, &mut |path, field| known.push((path.to_owned(), field.clone())));
    for (path, field) in &known {
        for gate in field["x-remit"]["applies_when"].as_array().into_iter().flatten() {
            for (asked, values) in gate.as_object().into_iter().flatten() {
                let Some((_, target)) = known.iter().find(|(known, _)| known == asked) else {
                    panic!("`{path}` waits for `{asked}`, which does not exist");
                };
                let values = values.as_array().cloned().unwrap_or_else(|| vec![values.clone()]);
                for value in values {
                    let fits = match target["enum"].as_array() {
                        Some(choices) => choices.contains(&value),
                        None => target["type"] == "boolean" && value.is_boolean(),
                    };
                    assert!(fits, "`{path}` waits for `{asked}` to be {value}, which it never is");
                }
            }
        }
    }
}
