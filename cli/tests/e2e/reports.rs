//! `json v1`: every report is as its schema says, and the same input gives the same bytes.

use crate::program::{Program, remit};
use crate::scratch::Scratch;
use crate::{TODAY, fixtures, top};
use remit_core::document::{self, Format, Limits};
use serde_json::{Map, Value};
use std::fs;

fn schema(arguments: &[&str]) -> Value {
    let ran = remit([&["schema"], arguments].concat()).run().expect_code(0);
    serde_json::from_str(&ran.out).unwrap()
}

fn json(arguments: &[&str]) -> Program {
    let fixed = ["check", "--today", TODAY, "--format", "json"];
    remit(fixed.iter().chain(arguments)).within(&top())
}

/// Reports on everything that there is: the examples and the broken intakes.
fn all() -> Vec<Value> {
    let reports = json(&["rules/examples", "tests/intakes", "no-such-file"]).run().expect_code(2).reports();
    assert!(reports.len() > 40, "only {} reports", reports.len());
    reports
}

#[test]
fn reports_are_as_their_schema_says() {
    let validator = jsonschema::validator_for(&schema(&["--decision"])).unwrap();
    for report in all() {
        let faults: Vec<String> = validator
            .iter_errors(&report)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}:\n{}", report["intake"]["source"], faults.join("\n"));
    }
}

/// Otherwise the test above would prove nothing.
#[test]
fn the_schema_of_reports_refuses_what_is_none() {
    let validator = jsonschema::validator_for(&schema(&["--decision"])).unwrap();
    let good = all().swap_remove(0);
    assert!(validator.is_valid(&good));
    for key in good.as_object().unwrap().keys() {
        let mut without = good.clone();
        without.as_object_mut().unwrap().shift_remove(key);
        assert!(!validator.is_valid(&without), "a report without `{key}`");
    }
    let mut wrong = good;
    wrong["tier"]["floor"] = Value::from("two");
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn fields_stand_in_the_order_of_their_schema() {
    let schema = schema(&["--decision"]);
    for report in all() {
        in_order(&schema, &schema, &report, "");
    }
}

/// Keys of an object come in the order of the schema's properties; inside as well.
fn in_order(root: &Value, schema: &Value, value: &Value, path: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = root.pointer(name.trim_start_matches('#')).unwrap();
        return in_order(root, definition, value, path);
    }
    for choice in schema["anyOf"].as_array().into_iter().flatten().filter(|_| !value.is_null()) {
        if choice["type"] != "null" {
            in_order(root, choice, value, path);
        }
    }
    match value {
        Value::Object(object) => {
            let Some(properties) = schema["properties"].as_object() else { return };
            let expected: Vec<&String> = properties.keys().filter(|key| object.contains_key(*key)).collect();
            assert_eq!(object.keys().collect::<Vec<_>>(), expected, "{path}");
            for (key, value) in object {
                in_order(root, &properties[key], value, &format!("{path}/{key}"));
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| in_order(root, &schema["items"], item, &format!("{path}/0")));
        }
        _ => {}
    }
}

#[test]
fn examples_are_as_the_intake_schema_says() {
    let mut schema = schema(&[]);
    // Drafts are intakes: what is required is asked for before anything starts, not before anything is read.
    drafts(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut count = 0;
    for entry in fs::read_dir(top().join("rules/examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let value = read(&path);
        let faults: Vec<String> = validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{}:\n{}", path.display(), faults.join("\n"));
        count += 1;
    }
    assert!(count >= 10);
    for name in ["wrong-choice-is-not-counted", "unknown-keys", "wrong-types"] {
        let value = read(&fixtures("intakes").join(format!("{name}.intake.yaml")));
        assert!(!validator.is_valid(&value), "{name} is no intake");
    }
}

fn read(path: &std::path::Path) -> Value {
    let name = path.to_str().unwrap();
    let document =
        document::from_bytes(name, &fs::read(path).unwrap(), Format::of_name(name), &Limits::default());
    assert_eq!(document.diagnostics, [], "{name}");
    document.root.unwrap().to_json()
}

fn drafts(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        if object.contains_key("properties") {
            object.shift_remove("required");
        }
        object.values_mut().for_each(drafts);
    }
}

#[test]
fn the_same_bytes_come_out_every_time_and_everywhere() {
    let (here, there) = (Scratch::new(), Scratch::new());
    for scratch in [&here, &there] {
        for folder in ["rules/examples", "tests/intakes"] {
            for entry in fs::read_dir(top().join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    continue;
                }
                let name = path.file_name().unwrap().to_str().unwrap();
                scratch.write(&format!("intakes/{name}"), fs::read(&path).unwrap());
            }
        }
    }
    let run = |scratch: &Scratch| json(&["intakes"]).within(scratch.path()).run().expect_code(2).out;
    let first = run(&here);
    assert_eq!(first, run(&here), "a second time");
    assert_eq!(first, run(&there), "in another folder");
    let elsewhere = json(&["intakes"])
        .within(&here.path().join("intakes/.."))
        .env("TZ", "Asia/Tokyo")
        .env("LC_ALL", "tr_TR.UTF-8");
    assert_eq!(first, elsewhere.run().out, "with other settings");
    assert!(!first.contains(here.path().to_str().unwrap()), "a report tells where it was made");
}

#[test]
fn today_is_part_of_the_report() {
    let path = "rules/examples/golden-path-bootstrap.intake.yaml";
    let report = json(&[path]).run().reports().swap_remove(0);
    assert_eq!(report["today"], TODAY);
    let given: Map<String, Value> = report.as_object().unwrap().clone();
    let now = remit(["check", path, "--format", "json"]).within(&top()).run().reports().swap_remove(0);
    assert_ne!(now["today"], Value::Null, "the system's day, unless one is given");
    assert_eq!(given.keys().collect::<Vec<_>>(), now.as_object().unwrap().keys().collect::<Vec<_>>());
}
