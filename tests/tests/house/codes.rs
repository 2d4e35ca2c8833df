//! Diagnostic codes are `stage/fault`, each declared once, with a comment that says what it means.

use crate::none;
use crate::sources::{File, code, line, raw_core};
use std::collections::BTreeMap;

#[test]
fn diagnostic_codes_are_unique_well_formed_and_documented() {
    let mut faults = vec![];
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for file in raw_core() {
        for Declaration { code, place, named, documented } in declarations(&file) {
            if !named {
                faults.push(format!("{place}: `{code}` is written in place; give it a name with `const`"));
            }
            if !well_formed(&code) {
                faults.push(format!("{place}: `{code}` is not lowercase `stage/fault`"));
            }
            if named && !documented {
                faults.push(format!("{place}: `{code}` has no `///` comment that says what it means"));
            }
            if let Some(first) = places.insert(code.clone(), place.clone()) {
                faults.push(format!("{place}: `{code}` is declared already, at {first}; use that constant"));
            }
        }
    }
    assert!(!places.is_empty(), "core has no diagnostic codes: this test looks for the wrong thing");
    none(&faults, "A code is a name that users, tests and suppressions refer to: one constant, documented.");
}

struct Declaration {
    code: String,
    place: String,
    /// It is a constant.
    named: bool,
    documented: bool,
}

fn declarations(file: &File) -> Vec<Declaration> {
    const START: &str = "Code(\"";
    let text = code(&file.text);
    let raw: Vec<&str> = file.text.lines().collect();
    let found = text.match_indices(START).map(|(at, _)| {
        let number = line(&text, at);
        let statement = raw[number - 1].trim_start();
        let above = raw[..number - 1].iter().rev().find(|line| !line.trim_start().starts_with("#["));
        let rest = &text[at + START.len()..];
        Declaration {
            code: rest.split('"').next().unwrap_or_default().to_owned(),
            place: format!("{}:{number}", file.path),
            named: statement.contains("const ") && statement.contains(": Code = "),
            documented: above.is_some_and(|line| line.trim_start().starts_with("///")),
        }
    });
    found.collect()
}

fn well_formed(code: &str) -> bool {
    let letters = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || more.contains(c))
    };
    code.split_once('/').is_some_and(|(stage, fault)| letters(stage, "") && letters(fault, "-"))
}

#[test]
fn what_a_code_looks_like() {
    assert!(well_formed("rules/unknown-path"));
    for bad in ["rules", "Rules/x", "rules/", "rules/a_b", "rules/a/b"] {
        assert!(!well_formed(bad), "{bad}");
    }
}
