//! Exit codes: each of them, and which wins where several apply.

use crate::program::remit;
use crate::scratch::Scratch;
use crate::{TODAY, top};

const SETTLED: &str = "rules/examples/golden-path-bootstrap.intake.yaml";
const TIER_2: &str = "rules/examples/public-payments-endpoint.intake.yaml";
const INVALID: &str = "tests/intakes/wrong-choice-is-not-counted.intake.yaml";

fn check<'a>(arguments: &[&'a str]) -> crate::program::Program {
    let fixed: [&'a str; 3] = ["check", "--today", TODAY];
    remit(fixed.iter().chain(arguments)).within(&top())
}

#[test]
fn a_decision_is_a_success_whatever_it_says() {
    let ran = check(&["rules/examples"]).run().expect_code(0);
    assert_eq!(ran.err, "");
}

#[test]
fn a_gate_that_stops_an_intake_fails() {
    check(&[TIER_2, "--gate", "tier-2"]).run().expect_code(1);
    check(&[SETTLED, "--gate", "tier-2"]).run().expect_code(0);
}

#[test]
fn an_invalid_intake_fails_and_is_still_decided() {
    let ran = check(&[INVALID, "--format", "json"]).run().expect_code(2);
    let report = &ran.reports()[0];
    assert_eq!(report["valid"], false);
    assert_eq!(report["tier"]["ceiling"], 1, "what is right in it still counts");
}

#[test]
fn the_highest_of_the_four_wins() {
    check(&[TIER_2, INVALID, SETTLED, "--gate", "tier-2"]).run().expect_code(2);
    check(&[INVALID, TIER_2, "--gate", "tier-2"]).run().expect_code(2);
    let scratch = Scratch::new();
    let pack = scratch.path().to_str().unwrap();
    check(&[TIER_2, INVALID, "--gate", "tier-2", "--pack", pack]).run().expect_code(3);
}

#[test]
fn a_file_that_is_not_there_is_reported_and_the_others_are_decided() {
    let ran = check(&["no-such.intake.yaml", SETTLED, "--format", "json"]).run().expect_code(2);
    let reports = ran.reports();
    assert_eq!(reports.len(), 2);
    assert_eq!(reports[0]["diagnostics"][0]["code"], "host/unreadable");
    assert_eq!(
        reports[0]["diagnostics"][0]["message"],
        "`no-such.intake.yaml` cannot be read: it is not there"
    );
    assert_eq!(reports[1]["tier"]["settled"], 0);
}

#[test]
fn wrong_usage_has_a_code_of_its_own() {
    for arguments in [
        &["check", "--today", "tomorrow"][..],
        &["check", "--today", "2026-02-30"],
        &["check", "--format", "xml"],
        &["check", "--gate", "tier-9"],
        &["check", "--no-such-option"],
        &["chekc"],
        &["schema", "some-file"],
        &[],
    ] {
        let ran = remit(arguments).within(&top()).run().expect_code(64);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
    let ran = remit(["check", "--today", "20.11.2026"]).within(&top()).run().expect_code(64);
    assert!(ran.err.contains("not a date such as 2026-11-20"), "{}", ran.err);
}

#[test]
fn a_gate_that_does_not_exist_is_told_from_what_was_meant() {
    for (typed, answer) in [
        ("teir-2", "did you mean `tier-2`?"),
        ("notready", "did you mean `not-ready`?"),
        ("tier-1,escalations", "did you mean `escalation`?"),
        ("", "there are tier-1, tier-2,"),
        ("everything", "there are tier-1, tier-2,"),
    ] {
        let ran = check(&[SETTLED, "--gate", typed]).run().expect_code(64);
        assert!(ran.err.contains(answer), "`{typed}`:\n{}", ran.err);
    }
}

#[test]
fn help_and_version_succeed_and_name_codes_and_gates() {
    remit(["--version"]).run().expect_code(0);
    let help = remit(["check", "--help"]).run().expect_code(0).out;
    for said in ["missing-evidence", "74  the output could not be written", "The highest of 0 to 3 wins."] {
        assert!(help.contains(said), "`{said}` in\n{help}");
    }
}
