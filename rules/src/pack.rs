//! What has to hold between the files of the pack, as far as it can be seen without the engine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::FILES;

fn text(name: &str) -> &'static str {
    let (_, bytes) = FILES.iter().find(|(path, _)| *path == name).expect("the file is embedded");
    std::str::from_utf8(bytes).expect("the pack is UTF-8")
}

#[test]
fn every_file_of_the_folder_is_embedded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: BTreeSet<String> =
        ["remit.yaml", "catalogue.yaml", "intake.schema.json"].map(str::to_owned).into();
    for folder in ["topics", "examples", "tests"] {
        for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten() {
            let entry = entry.expect("the folder can be read");
            // The packs below `examples` are examples of packs, and no part of this one.
            if entry.path().is_dir() {
                continue;
            }
            let name = entry.file_name();
            found.insert(format!("{folder}/{}", name.to_string_lossy()));
        }
    }
    let embedded: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(found, embedded, "the list in `src/lib.rs` is written by hand");
    assert_eq!(embedded.len(), FILES.len(), "a file is listed twice");
}

#[test]
fn the_manifest_lists_the_topics_in_order() {
    let listed: Vec<&str> = text("remit.yaml").lines().filter_map(|line| line.strip_prefix("  - ")).collect();
    let embedded: Vec<&str> =
        FILES.iter().map(|(path, _)| *path).filter(|path| path.starts_with("topics/")).collect();
    assert_eq!(listed, embedded);
}

/// The values of one key in the entries of the catalogue's last-resort section.
fn assumptions(key: &str) -> Vec<&'static str> {
    let key = format!("    {key}: ");
    text("catalogue.yaml")
        .lines()
        .skip_while(|line| *line != "assumptions:")
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with("  "))
        .filter_map(|line| line.strip_prefix(&key))
        .collect()
}

/// A number that the documents do not give is a constant in a topic, and stands in the catalogue as assumed.
#[test]
fn the_catalogue_tells_the_rules_numbers() {
    let mut constants = BTreeMap::new();
    for (path, _) in FILES.iter().filter(|(path, _)| path.ends_with(".rhai")) {
        for line in text(path).lines() {
            let declared = line.strip_prefix("const ").and_then(|rest| rest.strip_suffix(';'));
            constants.extend(declared.and_then(|rest| rest.split_once(" = ")));
        }
    }
    let told: BTreeMap<&str, &str> = assumptions("constant").into_iter().zip(assumptions("value")).collect();
    assert!(!constants.is_empty());
    assert_eq!(constants, told);
}

/// The documents name no scale, so each one that the schema orders stands in the catalogue as assumed.
#[test]
fn the_catalogue_tells_the_schemas_scales() {
    let schema = serde_json::from_str(text("intake.schema.json")).expect("the schema is JSON");
    let mut ordered = Vec::new();
    crate::intake::schema::fields("", &schema, &mut |path, field| {
        if field["x-remit"]["ordered"] == true {
            ordered.push(path.to_owned());
        }
    });
    assert_eq!(ordered, assumptions("field"));
}
