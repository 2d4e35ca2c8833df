//! The default pack decides its examples as their authors derived them by hand from the documents' rows.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a broken expectation should stop the test")]

use remit_core::calendar;
use remit_core::document::{self, Format, Limits, Node};
use remit_core::engine::Engine;
use remit_core::pack::{self, FileMap};
use remit_core::wire::{self, v1};
use std::fmt::Write as _;

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

fn texts(node: Option<&Node>) -> Vec<String> {
    node.and_then(Node::as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_text)
        .map(str::to_owned)
        .collect()
}

fn sorted<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut names: Vec<String> = names.cloned().collect();
    names.sort();
    names
}

/// The names of the points that are certain.
fn certain<'a>(points: impl Iterator<Item = &'a v1::Point>) -> Vec<String> {
    sorted(points.filter(|point| point.standing == v1::Standing::Certain).map(|point| &point.name))
}

/// What a report says, in the terms of a case: a list of names for each key.
fn said(report: &v1::Report) -> Vec<(&'static str, Vec<String>)> {
    let wins =
        |route: &&v1::Route| route.point.standing == v1::Standing::Certain && route.superseded.is_none();
    let loses = |route: &&v1::Route| route.starts == v1::Starts::Superseded;
    let names = |routes: Vec<&v1::Route>| sorted(routes.into_iter().map(|route| &route.point.name));
    let lacking =
        report.requirements.iter().filter(|found| found.evidence.state == v1::EvidenceState::Missing);
    let fired = report.trace.iter().filter(|trace| trace.verdict == v1::Verdict::Fires);
    vec![
        ("routes", names(report.routes.iter().filter(wins).collect())),
        (
            "possible_routes",
            names(report.routes.iter().filter(|route| !wins(route) && !loses(route)).collect()),
        ),
        ("escalations", certain(report.escalations.iter().map(|found| &found.point))),
        ("referrals", certain(report.referrals.iter().map(|found| &found.point))),
        ("services", certain(report.services.iter())),
        ("decisions", certain(report.decisions.iter().map(|found| &found.point))),
        ("missing", certain(lacking.map(|found| &found.point))),
        ("rules", sorted(fired.map(|trace| &trace.rule))),
    ]
}

#[test]
fn every_example_is_decided_as_its_case_says() {
    let engine = engine();
    let mut wrong = String::new();
    let cases: Vec<_> = remit_rules::FILES.iter().filter(|(path, _)| path.ends_with(".case.yaml")).collect();
    assert!(cases.len() >= 10, "only {} cases", cases.len());
    for (path, bytes) in cases {
        let case = document::from_bytes(path, bytes, Format::Yaml, &Limits::default());
        let root = case.root.expect("a case holds something");
        let expect = root.get("expect").expect("a case expects something");
        let text = |key: &str| root.get(key).and_then(Node::as_text).unwrap_or_default();
        let report = report(&engine, text("example"), text("today"));
        let mut compare = |what: &str, wanted: String, found: String| {
            if wanted != found {
                writeln!(wrong, "{path}: {what}\n  wanted {wanted}\n  found  {found}").unwrap();
            }
        };
        let tier = expect.get("tier").unwrap();
        let end = |key: &str| tier.as_int().or_else(|| tier.get(key)?.as_int());
        let wanted = format!("{:?}-{:?}", end("floor").unwrap(), end("ceiling").unwrap());
        compare("tier", wanted, format!("{:?}-{:?}", report.tier.floor, report.tier.ceiling));
        let missing = report.ready.missing.iter().map(|missing| &missing.path);
        compare(
            "ready",
            format!("{:?}", sorted(texts(expect.get("ready")).iter())),
            format!("{:?}", sorted(missing)),
        );
        for (key, found) in said(&report) {
            compare(key, format!("{:?}", texts(expect.get(key))), format!("{found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
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
