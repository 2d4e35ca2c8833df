//! Diagnostics of intakes, where an editor shows them.

use crate::desk::{json, yaml};
use remit_service::answer::Severity;
use remit_service::{Config, Level};

#[track_caller]
fn has(found: &[String], wanted: &str) {
    assert!(found.iter().any(|found| found.starts_with(wanted)), "no `{wanted}` in {found:#?}");
}

#[test]
fn readiness_is_told_once_and_where_it_belongs() {
    let desk = yaml("service:\n  name: shop\n  deputy:\nexposure:\n  internet: true\n");
    let found = desk.diagnostics();
    has(&found, "intake/missing-answer at \"service\": the minimum intake wants more of `service`: `owner`");
    has(&found, "intake/missing-answer at \"deputy\": `service.deputy` is not answered yet: Who stands in");
    has(&found, "intake/missing-answer at \"service:\": not ready: the minimum intake lacks `submitted_on`");
    assert_eq!(
        found.iter().filter(|found| found.starts_with("intake/missing-answer")).count(),
        3,
        "{found:#?}"
    );
    let loud = desk.snapshot.diagnostics(&desk.id);
    assert!(loud.iter().all(|found| found.severity <= Severity::Info), "{loud:#?}");
}

#[test]
fn what_the_engine_finds_stands_where_it_is() {
    let found =
        yaml("servce:\n  name: x\nexposure:\n  internet: yes\ndata:\n  sensitivity: secret\n").diagnostics();
    has(&found, "intake/unknown-key at \"servce\"");
    has(&found, "intake/wrong-type at \"yes\"");
    has(&found, "intake/unknown-choice at \"secret\"");
    let found = yaml("service:\n  name: \"x\nreason: y\n").diagnostics();
    has(&found, "document/unclosed-quote");
    let found = json("{ \"reason\": \"x\",, }").diagnostics();
    assert!(found.iter().any(|found| found.starts_with("document/")), "{found:#?}");
}

#[test]
fn evidence_that_is_missing_is_told_at_its_key_or_at_the_item() {
    let base = "exposure:\n  internet: true\n  changes: true\n";
    has(&yaml(base).diagnostics(), "intake/missing-evidence at \"exposure:\": evidence is missing: ");
    let found = yaml(&format!("{base}evidence: []\n")).diagnostics();
    has(&found, "intake/missing-evidence at \"evidence\": evidence is missing: ");
    let found = yaml(&format!("{base}evidence:\n  - artifact: threat-model\n    link: TODO\n")).diagnostics();
    has(&found, "intake/missing-evidence at \"artifact: threat-model\": the");
}

#[test]
fn a_deadline_that_cannot_be_met_is_told_at_the_date() {
    let found = yaml("submitted_on: 2026-11-20\ndeadline:\n  date: 2026-11-20\n").diagnostics();
    has(&found, "intake/deadline-not-reachable at \"2026-11-20\"");
}

#[test]
fn remarks_of_the_policy_stand_at_the_line_that_causes_them() {
    let mut seen = 0;
    for (path, bytes) in remit_rules::FILES.iter().filter(|(path, _)| path.contains(".intake.")) {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let desk = crate::desk::desk(&format!("work/{}", path.rsplit('/').next().unwrap()), &text);
        let report = desk.snapshot.decision(&desk.id).unwrap();
        let certain =
            report.flags.iter().filter(|flag| flag.standing == remit_service::v1::Standing::Certain);
        let found = desk.snapshot.diagnostics(&desk.id);
        for flag in certain {
            let shown = found.iter().find(|found| found.code == format!("flag/{}", flag.rule)).unwrap();
            assert_eq!(shown.message, flag.message);
            let trace = report.trace.iter().find(|trace| trace.rule == flag.rule).unwrap();
            let caused =
                trace.causes.iter().filter_map(|cause| cause.location.as_ref()).map(|at| at.start.offset);
            let caused: Vec<u32> = caused.collect();
            assert!(caused.is_empty() || caused.contains(&shown.span.start), "{path}: {shown:?} {caused:?}");
            seen += 1;
        }
    }
    assert!(seen > 0, "the examples have no remark at all");
}

#[test]
fn an_empty_file_and_a_foreign_one() {
    assert_eq!(yaml("").diagnostics().len(), 1, "{:?}", yaml("").diagnostics());
    let desk = crate::desk::desk("work/compose.yaml", "a: [");
    assert!(desk.diagnostics().is_empty());
}

#[test]
fn levels_can_be_set() {
    let mut service = crate::desk::service();
    service.open("a.intake.yaml", "exposure:\n  internet: true\n  changes: true\n", 1);
    let count = |service: &remit_service::Service| service.snapshot().diagnostics("a.intake.yaml").len();
    assert!(count(&service) > 0);
    service.set_config(Config { readiness: Level::Off, evidence: Level::Off, ..Config::default() });
    assert_eq!(count(&service), 0);
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let mut service = crate::desk::service();
    service.set_file("a.intake.yaml", b"reason: \xFF\xFE\n".to_vec());
    let found = service.snapshot().diagnostics("a.intake.yaml");
    assert!(found.iter().any(|found| found.code == "document/encoding"), "{found:?}");
}
