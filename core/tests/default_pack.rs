//! The default pack decides its examples as their authors derived them by hand from the documents' rows, and
//! its tests leave nothing of its rules untried.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a broken expectation should stop the test")]

use remit_core::calendar;
use remit_core::cases::{self, State};
use remit_core::coverage::{self, Coverage};
use remit_core::diagnostic::Diagnostic;
use remit_core::document::Format;
use remit_core::engine::Engine;
use remit_core::pack::{self, FileMap};
use remit_core::render::Paint;
use remit_core::wire::{self, v1};

fn engine() -> Engine {
    let loaded = pack::load(&FileMap::of("", remit_rules::FILES));
    let pack = loaded
        .usable()
        .unwrap_or_else(|loaded| panic!("the default pack does not load: {:#?}", loaded.diagnostics));
    Engine::new(pack)
}

fn file(path: &str) -> &'static [u8] {
    remit_rules::FILES.iter().find(|(name, _)| *name == path).unwrap_or_else(|| panic!("no file {path}")).1
}

fn report(engine: &Engine, example: &str, today: &str) -> v1::Report {
    let path = format!("examples/{example}");
    let checked = engine.check_bytes(&path, file(&path), Format::of_name(&path), calendar::date(today));
    wire::report(engine, &checked)
}

#[test]
fn every_case_passes_and_together_they_cover_every_rule_and_operand() {
    let engine = engine();
    let files = FileMap::of("", remit_rules::FILES);
    let suite = cases::read(&files, &engine.pack);
    let mut seen = Coverage::new(&engine.pack);
    let run = cases::run(&engine, &suite, &|_| true, &mut |checked| seen.add(&engine, checked));
    let found: Vec<&Diagnostic> = suite.diagnostics.iter().chain(&run.diagnostics).collect();
    let text = cases::text(&engine.pack, &suite, &run, &found, &[], Paint::PLAIN);
    assert!(run.outcomes.len() > 90 && run.count(State::Passed) == run.outcomes.len(), "{text}");
    assert!(found.is_empty(), "{text}");
    // Each example is what some case starts from, so that none of them rots.
    let named = |example: &cases::Example| {
        suite.files.iter().any(|file| file.source.text().contains(&format!("example: {}", example.name)))
    };
    assert!(suite.examples.len() >= 17 && suite.examples.iter().all(named));

    let mut faults = vec![];
    let (excuses, _) = coverage::read_excuses(&files, &engine.pack, &mut faults);
    let gaps = seen.gaps(&engine.pack, &excuses);
    faults.extend(gaps.diagnostics.clone());
    assert!(faults.is_empty(), "{faults:#?}");
    let text = coverage::text(&engine.pack, &seen, &gaps, Paint::PLAIN);
    assert_eq!(gaps.open().count(), 0, "{text}");
}

#[test]
fn one_input_gives_one_answer_to_the_byte() {
    let answer =
        || serde_json::to_string(&report(&engine(), "half-filled-draft.intake.yaml", "2026-11-20")).unwrap();
    assert_eq!(answer(), answer());
}

#[test]
fn a_golden_path_intake_settles_with_fifteen_answers() {
    let engine = engine();
    let path = "examples/golden-path-bootstrap.intake.yaml";
    let checked = engine.check_bytes(path, file(path), Format::Yaml, None);
    let report = wire::report(&engine, &checked);
    assert_eq!((report.tier.settled, report.settled, report.ready.complete), (Some(0), true, true));
    let given = |slot| matches!(checked.intake.answer(slot), remit_core::intake::Answer::Given { .. });
    let answers = engine.pack.schema.slots().filter(|(slot, _)| given(*slot)).count();
    assert!(answers <= 15, "{answers} answers");
}

#[test]
#[ignore = "prints the report of one example, to be looked at"]
fn show() {
    let name = std::env::var("EXAMPLE").unwrap_or_else(|_| "half-filled-draft.intake.yaml".to_owned());
    println!("{}", serde_json::to_string_pretty(&report(&engine(), &name, "2026-11-20")).unwrap());
}
