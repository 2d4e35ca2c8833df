//! Completion in whole, half-written and broken text, in lines, in brackets and in JSON.

use crate::desk::{json, yaml};
use remit_service::FileKind;

#[track_caller]
fn starts(labels: &[String], wanted: &[&str]) {
    let start: Vec<&str> = labels.iter().take(wanted.len()).map(String::as_str).collect();
    assert_eq!(start, wanted, "all: {labels:?}");
}

#[test]
fn an_empty_file_offers_what_is_required_first() {
    let desk = yaml("‸");
    starts(&desk.labels(), &["submitted_on", "service", "environment", "trust_tier", "reason"]);
    assert_eq!(desk.accept("service"), "service:\n  name: \n  owner: \n  deputy: ");
    assert_eq!(desk.accept("environment"), "environment: development");
    assert_eq!(desk.accept("links"), "links:\n  - kind: pr\n    url: ");
}

#[test]
fn keys_that_stand_there_are_not_offered_again() {
    let desk = yaml("service:\n  name: x\n  ‸\n  deputy: y\nenvironment: test\n");
    assert_eq!(desk.labels(), ["owner"]);
    assert_eq!(desk.accept("owner"), "service:\n  name: x\n  owner: \n  deputy: y\nenvironment: test\n");
    let root = yaml("service:\n  name: x\n‸\nenvironment: test\n");
    assert!(!root.labels().iter().any(|label| label == "service" || label == "environment"));
}

#[test]
fn a_half_written_key_is_replaced_and_its_indentation_mended() {
    let desk = yaml("service:\n  name: x\n  ow‸\nenvironment: test\n");
    assert_eq!(desk.accept("owner"), "service:\n  name: x\n  owner: \nenvironment: test\n");
    let deep = yaml("service:\n  name: x\n     ow‸\n");
    assert_eq!(deep.accept("owner"), "service:\n  name: x\n  owner: \n");
    let blank = yaml("service:\n  name: x\n      ‸\nreason: y\n");
    assert_eq!(blank.accept("owner"), "service:\n  name: x\n  owner: \nreason: y\n");
    let renamed = yaml("service:\n  ow‸: Ana\n");
    assert_eq!(renamed.accept("owner"), "service:\n  owner: Ana\n");
}

#[test]
fn below_a_key_without_a_value_its_group_begins() {
    let desk = yaml("exposure:\n    ‸\nreason: x\n");
    starts(&desk.labels(), &["internet"]);
    assert_eq!(desk.accept("internet"), "exposure:\n    internet: true\nreason: x\n");
    let behind = yaml("service:‸\n");
    assert_eq!(behind.accept("service …"), "service:\n  name: \n  owner: \n  deputy: \n");
    let items = yaml("links: ‸\n");
    assert_eq!(items.accept("links …"), "links: \n  - kind: pr\n    url: \n");
}

#[test]
fn list_items_are_completed_by_dash_and_key() {
    let desk = yaml("links:\n  - kind: pr\n    url: https://a.corp/1\n  - ‸\n");
    assert_eq!(desk.labels(), ["kind", "url", "title"]);
    let second = yaml("links:\n  - kind: pr\n    ‸\n");
    assert_eq!(second.labels(), ["url", "title"]);
    let next = yaml("links:\n  - kind: pr\n    url: https://a.corp/1\n  ‸\n");
    assert_eq!(
        next.accept("- …"),
        "links:\n  - kind: pr\n    url: https://a.corp/1\n  - kind: pr\n    url: \n"
    );
    let flush = yaml("links:\n- kind: pr\n  ‸\n");
    assert_eq!(flush.labels(), ["url", "title"]);
}

#[test]
fn choices_come_with_title_and_consequence() {
    let desk = yaml("data:\n  sensitivity: ‸\n");
    assert_eq!(desk.labels(), ["public", "internal", "confidential", "restricted"]);
    let first = &desk.completions()[0];
    assert!(first.detail.as_deref().unwrap().starts_with("Public ⇒ tier"), "{:?}", first.detail);
    assert_eq!(first.documentation.as_deref(), Some("Meant for everybody."));
    assert_eq!(desk.accept("restricted"), "data:\n  sensitivity: restricted\n");
    let partial = yaml("data:\n  sensitivity: inter‸nal  # why\n");
    assert_eq!(partial.accept("restricted"), "data:\n  sensitivity: restricted  # why\n");
    let tight = yaml("environment:‸\n");
    assert_eq!(tight.accept("test"), "environment: test\n");
    let quoted = yaml("environment: \"pro‸\n");
    assert_eq!(quoted.accept("production"), "environment: production\n");
    assert_eq!(quoted.completions()[0].filter.as_deref(), Some("\"development\""));
}

#[test]
fn yes_and_no_tell_what_they_would_do() {
    let desk = yaml("exposure:\n  internet: true\n  changes: ‸\n");
    assert_eq!(desk.labels(), ["true", "false"]);
    assert!(desk.completions()[0].detail.as_deref().unwrap().starts_with("⇒ tier 2"));
}

#[test]
fn people_who_were_named_are_offered_where_somebody_is_named() {
    let desk = yaml("requester: Ana Bell\nservice:\n  name: shop\n  owner: ‸\nreason: because\n");
    starts(&desk.labels(), &["Ana Bell"]);
    assert!(!desk.labels().contains(&"shop".to_owned()));
    let colon = yaml("requester: \"Bell: Ana\"\nservice:\n  owner: ‸\n");
    assert_eq!(colon.accept("Bell: Ana"), "requester: \"Bell: Ana\"\nservice:\n  owner: \"Bell: Ana\"\n");
}

#[test]
fn dates_count_business_days() {
    let desk = yaml("submitted_on: ‸\n");
    starts(&desk.labels(), &["2026-11-20", "2026-11-23", "2026-11-24"]);
    assert_eq!(desk.completions()[1].detail.as_deref(), Some("next business day, Monday"));
    let deadline = yaml("submitted_on: 2026-11-20\ndeadline:\n  date: ‸\n");
    assert!(
        deadline.completions()[0].detail.as_deref().unwrap().starts_with("the day on which it is decided")
    );
    assert!(!deadline.labels().contains(&"2026-11-20".to_owned()));
}

#[test]
fn evidence_names_what_is_required_and_missing_first() {
    let desk = yaml("exposure:\n  internet: true\n  changes: true\nevidence:\n  - artifact: ‸\n");
    let first = &desk.completions()[0];
    assert!(first.detail.as_deref().unwrap().contains("required and missing"), "{first:?}");
    let kinds = yaml("exposure:\n  internet: true\n  changes: true\nlinks:\n  - kind: ‸\n");
    assert!(kinds.completions()[0].detail.as_deref().unwrap().contains("counts as missing evidence"));
}

#[test]
fn brackets_in_yaml() {
    let desk = yaml("links:\n  - { kind: pr, ‸ }\n");
    assert_eq!(desk.labels(), ["url", "title"]);
    let value = yaml("links:\n  - { kind: ‸ }\n");
    assert!(value.labels().contains(&"design".to_owned()));
    let open = yaml("service: { name: x, ow‸\nenvironment: test\n");
    assert_eq!(open.labels(), ["owner", "deputy"]);
    let over_lines = yaml("service: {\n  name: x,\n  ‸\n}\n");
    assert_eq!(over_lines.accept("owner"), "service: {\n  name: x,\n  owner: \n}\n");
}

#[test]
fn json_writes_quotes_and_commas() {
    let desk = json("{\n  \"service\": { \"name\": \"x\" },\n  ‸\n}\n");
    assert_eq!(
        desk.accept("environment"),
        "{\n  \"service\": { \"name\": \"x\" },\n  \"environment\": \"development\"\n}\n"
    );
    let before = json("{\n  \"service\": { \"name\": \"x\" }\n  ‸\n}\n");
    assert_eq!(
        before.accept("environment"),
        "{\n  \"service\": { \"name\": \"x\" },\n  \"environment\": \"development\"\n}\n"
    );
    let after = json("{\n  ‸\n  \"environment\": \"test\"\n}\n");
    assert_eq!(
        after.accept("service"),
        "{\n  \"service\": { \"name\": \"\", \"owner\": \"\", \"deputy\": \"\" },\n  \"environment\": \"test\"\n}\n"
    );
    let quoted = json("{ \"envi‸\" }");
    assert_eq!(quoted.accept("environment"), "{ \"environment\": \"development\" }");
    let value = json("{ \"environment\": \"pro‸\" }");
    assert_eq!(value.accept("production"), "{ \"environment\": \"production\" }");
    let cut = json("{ \"environment\": ‸");
    assert_eq!(cut.accept("production"), "{ \"environment\": \"production\"");
}

#[test]
fn nothing_is_offered_where_nothing_of_the_schema_belongs() {
    for text in [
        "reason: |\n  some ‸text\n",
        "# comment ‸\n",
        "environment: test # ‸\n",
        "reason: some words ‸here\n  and more\nx",
        "nosuch:\n  ‸\n",
    ] {
        let labels = yaml(text).labels();
        assert!(labels.is_empty() || text.starts_with("reason: some"), "{text:?} offers {labels:?}");
    }
}

#[test]
fn broken_lines_elsewhere_do_not_matter() {
    let text = "service:\n  name: \"x\nexposure: [\ndata:\n  ‸\n: :\n\tq\n";
    let desk = yaml(text);
    assert!(desk.labels().contains(&"sensitivity".to_owned()), "{:?}", desk.labels());
}

#[test]
fn a_language_makes_an_intake_of_any_name() {
    let mut service = crate::desk::service();
    service.open("untitled:1", "", 1);
    assert!(service.snapshot().completions("untitled:1", 0).is_empty());
    service.open_as("untitled:1", FileKind::Intake, "", 1);
    assert!(!service.snapshot().completions("untitled:1", 0).is_empty());
}
