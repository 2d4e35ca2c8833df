//! From fields and causes to rules, and to the schema.

use crate::desk::{Desk, yaml};
use remit_service::answer::Place;

fn shown(desk: &Desk, places: &[Place]) -> Vec<String> {
    let text = |place: &Place| {
        desk.snapshot.text(&place.file).and_then(|text| text.get(place.span.range())).unwrap().to_owned()
    };
    places.iter().map(text).collect()
}

#[test]
fn a_cause_leads_to_the_rule_that_fires() {
    let desk = yaml("exposure:\n  internet: true\n  changes: tr‸ue\n");
    let rules = shown(&desk, &desk.snapshot.definition(&desk.id, desk.cursor));
    assert_eq!(rules, ["internet-exposure"], "of the rules that fire the one that decides the tier");
    let settled = yaml("exposure:\n  internet: true\n  changes: fal‸se\n");
    let rules = shown(&settled, &settled.snapshot.definition(&settled.id, settled.cursor));
    assert!(!rules.is_empty(), "a value that fires nothing leads to the rules that read it");
}

#[test]
fn a_key_leads_to_every_rule_that_reads_it_the_firing_first() {
    let desk = yaml("exposure:\n  internet: true\n  chan‸ges: true\n");
    let rules = shown(&desk, &desk.snapshot.definition(&desk.id, desk.cursor));
    assert!(rules.len() > 1 && rules.contains(&"golden-path".to_owned()), "{rules:?}");
    assert_ne!(rules[0], "golden-path");
}

#[test]
fn references_are_the_tests_that_read_the_field() {
    let desk = yaml("data:\n  sensitivity‸: restricted\n");
    let tests = shown(&desk, &desk.snapshot.references(&desk.id, desk.cursor));
    assert!(tests.len() >= 2, "{tests:?}");
    assert!(tests.iter().all(|test| test.contains("sensitivity")), "{tests:?}");
}

#[test]
fn declarations_are_in_the_schema_and_artifacts_in_the_catalogue() {
    let desk = yaml("data:\n  sensitivity‸: restricted\n");
    let places = desk.snapshot.declaration(&desk.id, desk.cursor);
    assert_eq!(places[0].file, "default/intake.schema.json");
    let desk = yaml("evidence:\n  - artifact: threat-mo‸del\n");
    let places = desk.snapshot.definition(&desk.id, desk.cursor);
    assert_eq!(places[0].file, "default/catalogue.yaml");
}

#[test]
fn broken_and_foreign_places_lead_nowhere() {
    let desk = yaml("nosuch: ‸1\n");
    assert!(desk.snapshot.definition(&desk.id, desk.cursor).is_empty());
    let desk = yaml("service: [\nexposure:\n  inter‸net: \"\n");
    assert!(!desk.snapshot.declaration(&desk.id, desk.cursor).is_empty());
    assert!(desk.snapshot.references("gone.intake.yaml", 3).is_empty());
}
