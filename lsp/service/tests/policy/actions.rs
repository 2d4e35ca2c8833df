//! Changes that are offered in a pack's files.

use crate::desk::{edited, more, whole};

const TOPIC: &str = "topics/spend.rhai";

#[test]
fn what_was_probably_meant_is_one_click_away() {
    for (marked, wanted) in [
        (
            "rule(\"x\").when(|intake| intake.spend.yearly_eu‸ro > 3).tier(1).because(\"y\");",
            "intake.spend.yearly_eur > 3",
        ),
        (
            "rule(\"x\").when(|intake| intake.what == \"god‸s\").tier(1).because(\"y\");",
            "intake.what == \"goods\"",
        ),
        (
            "rule(\"x\").when(|intake| holds_data_about_peopl‸(intake)).tier(1).because(\"y\");",
            "holds_data_about_people(intake)",
        ),
        (
            "rule(\"x\").when(|intake| intake.spend.budgeted).route(\"dirc‸t\").because(\"y\");",
            ".route(\"direct\")",
        ),
        (
            "rule(\"x\").when(|intake| intake.spend.budgeted).rout‸(\"direct\").because(\"y\");",
            ".route(\"direct\")",
        ),
    ] {
        let mut desk = more(TOPIC, marked);
        let action = desk.action("replace with");
        assert!(action.preferred, "{marked}");
        let changed = desk.apply(&action.edits);
        assert!(changed[TOPIC].contains(wanted), "{marked}: {}", changed[TOPIC]);
        // A new rule may break a test; it is no mistake in the topic.
        let errors: Vec<String> =
            desk.errors().into_iter().filter(|error| !error.contains("case/failed")).collect();
        assert_eq!(errors, Vec::<String>::new(), "{marked}");
    }
}

#[test]
fn a_reason_that_is_missing_gets_its_line() {
    let mut desk = more(TOPIC, "rule(\"x‸\")\n    .when(|intake| intake.spend.budgeted)\n    .tier(1);\n");
    let action = desk.action("because");
    let changed = desk.apply(&action.edits);
    let rule = changed[TOPIC].rsplit("rule(\"x\")").next().unwrap();
    assert!(rule.contains("\n    .because(\""), "{rule}");
    assert!(rule.contains("    .tier(1)\n    .because(\""), "its own line, in the chain: {rule}");
}

#[test]
fn a_test_is_made_from_an_example() {
    let desk = edited(TOPIC, "rule(\"large-purchase\")", "rule(\"large-pur‸chase\")");
    let titles: Vec<String> = desk.actions().into_iter().map(|action| action.title).collect();
    let action = desk.actions().into_iter().find(|action| action.title.contains("test"));
    let action = action.unwrap_or_else(|| panic!("{titles:?}"));
    assert!(!action.creates.is_empty() || !action.edits.is_empty(), "{action:?}");
}

#[test]
fn a_test_is_made_from_the_intake_on_the_screen() {
    let desk = whole(
        "examples/new.intake.yaml",
        "‸supplier: Kabelwerk\nwhat: goods\nspend:\n  yearly_eur: 150000\n",
    );
    let action = desk.action("test case");
    let [file] = action.creates.as_slice() else { panic!("{action:?}") };
    assert!(file.file.ends_with("tests/new.case.yaml"), "{}", file.file);
    assert!(file.text.contains("example: new.intake.yaml") && file.text.contains("expect:"), "{}", file.text);
}
