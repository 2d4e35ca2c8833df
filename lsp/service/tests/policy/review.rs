//! What a whole pack says of itself while it is edited: lints, and policy tests that fail.

use crate::desk::{edited, more, original, whole};
use remit_service::answer::Severity;

#[test]
fn lints_stand_in_the_files() {
    let found =
        more("topics/spend.rhai", "fn nobody_calls_it(intake) { intake.spend.budgeted }\n").diagnostics();
    assert!(
        found.iter().any(|found| found.starts_with("lint/unused-helper at \"nobody_calls_it\"")),
        "{found:#?}"
    );
    let rule = "rule(\"never\")\n    .when(|intake| intake.spend.budgeted && !intake.spend.budgeted)\n    .tier(1)\n    .because(\"y\");\n";
    let found = more("topics/spend.rhai", rule).diagnostics();
    assert!(found.iter().any(|found| found.starts_with("lint/never-fires at")), "{found:#?}");
}

#[test]
fn a_policy_test_that_fails_says_so_where_it_expects_something() {
    let desk = edited("tests/spend.case.yaml", "expect: { tier: 0 }", "expect: { tier: 2 }");
    let found = desk.snapshot.diagnostics(desk.id());
    let [failed] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(
        (failed.code.as_str(), failed.severity, desk.slice(failed.span)),
        ("case/failed", Severity::Error, "2")
    );
    assert!(failed.message.contains("`tier` is 0, not 2"), "{}", failed.message);
    assert!(!failed.related.is_empty(), "the rules that did it");
}

#[test]
fn a_rule_that_is_changed_fails_the_tests_that_it_breaks() {
    let mut desk = edited("topics/spend.rhai", "const LARGE = 100_000;", "const LARGE = 1;");
    desk.write("tests/spend.case.yaml", &original("tests/spend.case.yaml"));
    let failed = desk.diagnostics();
    assert!(failed.len() > 1 && failed.iter().all(|found| found.starts_with("case/failed")), "{failed:#?}");
    // An example is changed on the screen: the tests that start from it know.
    let mut desk = whole("tests/spend.case.yaml", &original("tests/spend.case.yaml"));
    assert_eq!(desk.diagnostics(), Vec::<String>::new());
    desk.write(
        "examples/cables.intake.yaml",
        &original("examples/cables.intake.yaml").replace("840", "84000"),
    );
    let id = desk.id().replace("examples/cables.intake.yaml", "tests/spend.case.yaml");
    assert!(desk.snapshot.is_example(desk.id()) && desk.snapshot.affected_by(desk.id()).contains(&id));
    assert!(!desk.snapshot.diagnostics(&id).is_empty());
}

#[test]
fn mistakes_in_a_case_are_marked_at_their_word() {
    let case = |body: &str| format!("example: cables.intake.yaml\ntoday: 2026-11-17\n{body}");
    for (body, wanted) in [
        (
            "changes: { spend.yearly_euro: 3 }\nexpect: { tier: 1 }\n",
            "case/unknown-path at \"spend.yearly_euro\"",
        ),
        ("expect: { teir: 1 }\n", "case/unknown-key at \"teir\""),
        ("expect: { routes: [dirct] }\n", "case/unknown-name at \"dirct\""),
        ("changes: { what: god }\nexpect: { tier: 1 }\n", "case/invalid-intake at"),
        ("expect: [\n", "document/"),
    ] {
        let found = whole("tests/new.case.yaml", &case(body)).diagnostics();
        assert!(found.iter().any(|found| found.starts_with(wanted)), "{body:?}: {found:#?}");
    }
    let found =
        whole("tests/new.case.yaml", "example: cabels.intake.yaml\nexpect: { tier: 0 }\n").diagnostics();
    assert!(
        found.iter().any(|found| found.starts_with("case/unknown-example at \"cabels.intake.yaml\"")),
        "{found:#?}"
    );
}

#[test]
fn while_a_rule_is_broken_the_tests_keep_the_last_good_answers() {
    let mut desk = more("topics/spend.rhai", "rule(\"x\").when(|intake| intake.\n");
    assert!(!desk.diagnostics().is_empty());
    desk.write("tests/spend.case.yaml", &original("tests/spend.case.yaml"));
    assert_eq!(desk.diagnostics(), Vec::<String>::new());
    desk.write(
        "tests/spend.case.yaml",
        &original("tests/spend.case.yaml").replace("expect: { tier: 0 }", "expect: { tier: 2 }"),
    );
    assert_eq!(desk.diagnostics().len(), 1);
}

#[test]
fn what_takes_long_is_left_out_of_the_first_answer() {
    let rule = "rule(\"x\").when(|intake| intake.spend.bugeted).tier(1).because(\"y\");\n";
    let desk = more("topics/spend.rhai", rule);
    let quick = desk.snapshot.quick_diagnostics(desk.id()).unwrap();
    let codes: Vec<&str> = quick.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, ["rules/unknown-path"]);
    let all = desk.snapshot.diagnostics(desk.id());
    assert_eq!(desk.snapshot.quick_diagnostics(desk.id()), None, "everything is known by now");
    assert!(all.len() >= quick.len());
    let intake = whole("somewhere.intake.yaml", "supplier: x\n");
    assert_eq!(intake.snapshot.quick_diagnostics(intake.id()), None, "an intake has no more to say");
}
