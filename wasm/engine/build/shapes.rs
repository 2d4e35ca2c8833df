//! Prints the JSON Schema of everything that the engine hands to JavaScript: `json v1` first, then what the
//! language service answers. `types.mjs` makes the package's TypeScript types of it.

#![allow(clippy::print_stdout, reason = "a program that prints")]

use remit_core::wire::{suite, v1};
use remit_service::{Config, FileKind, Notice, PackInfo, answer};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Value, json};

/// Adds types to a set of definitions, each under its own name.
macro_rules! shapes {
    ($generator:expr, $($shape:ty),* $(,)?) => { $($generator.subschema_for::<$shape>();)* };
}

fn main() {
    // What is left out when it is empty is not required: the shape is the one that is written.
    let mut wire = SchemaSettings::draft2020_12().for_serialize().into_generator();
    shapes!(
        wire,
        v1::Report,
        v1::explanation::Explanation,
        v1::explanation::Questions,
        v1::explanation::Counterfactual,
        suite::TestReport,
    );
    let mut answers = SchemaSettings::draft2020_12().for_serialize().into_generator();
    shapes!(
        answers,
        answer::Diagnostic,
        answer::Completion,
        answer::Hover,
        answer::InlayHint,
        answer::CodeLens,
        answer::CodeAction,
        answer::Symbol,
        answer::WorkspaceSymbol,
        answer::Fold,
        answer::Link,
        answer::SemanticToken,
        answer::SignatureHelp,
        answer::Edit,
        answer::Place,
        FileKind,
        PackInfo,
        Notice,
    );
    // What a host sets may be left out.
    let mut settings = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    shapes!(settings, Config);
    let mut answers = definitions(answers);
    if let (Value::Object(answers), Value::Object(settings)) = (&mut answers, definitions(settings)) {
        answers.extend(settings);
    }
    println!("{:#}", json!({ "json-v1": definitions(wire), "answers": answers }));
}

fn definitions(mut generator: SchemaGenerator) -> Value {
    Value::Object(generator.take_definitions(true))
}
