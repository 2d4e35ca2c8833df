//! What is wrong with rules and packs, at the word that is wrong, past whatever else is broken.

use crate::desk::{edited, more, whole};

const TOPIC: &str = "topics/spend.rhai";

fn check(marked: &str, wanted: &[&str]) {
    let found = more(TOPIC, marked).diagnostics();
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let missing = |wanted: &&&str| !found.iter().any(|found| found.starts_with(**wanted));
    assert!(wanted.iter().filter(missing).count() == 0, "{marked:?}: {found:#?}");
    assert_eq!(found.len(), wanted.len(), "{marked:?}: {found:#?}");
}

#[test]
fn each_kind_of_mistake_is_marked_at_its_word() {
    let rule = |condition: &str| format!("rule(\"x\").when(|intake| {condition}).tier(1).because(\"y\");");
    for (condition, wanted) in [
        ("intake.spend.yearly_euro > 3", "rules/unknown-path at \"yearly_euro\""),
        ("intake.what == \"god\"", "rules/impossible-literal at \"\\\"god\\\"\""),
        ("intake.what > \"goods\"", "rules/unordered at"),
        ("intake.spend.offers == \"3\"", "rules/type-mismatch at"),
        ("holds_data(intake)", "rules/unknown-function at \"holds_data\""),
        ("intak.spend.budgeted", "rules/unknown-variable at \"intak\""),
    ] {
        check(&rule(condition), &[wanted]);
    }
    check(
        "rule(\"x\").when(|intake| intake.spend.budgeted).route(\"dirct\").because(\"y\");",
        &["rules/unknown-entry at"],
    );
    check(
        "rule(\"x\").when(|intake| intake.spend.budgeted).rout(\"direct\").because(\"y\");",
        &["rules/unknown-effect at \"rout\""],
    );
    check(
        "rule(\"large-purchase\").when(|intake| intake.spend.budgeted).tier(1).because(\"y\");",
        &["rules/duplicate-rule at"],
    );
    check("fn work_depends_on_them(intake) { true }", &["rules/duplicate-name at"]);
    check("let x = 3;", &["rules/top-level at"]);
}

#[test]
fn a_broken_statement_costs_only_itself() {
    for broken in [
        "rule(\"x\")\n    .when(|intake| intake.\n    .tier(1);",
        "rule(\"x\").when(|intake| (intake.spend.budgeted).tier(1);",
        "fn half(intake) { intake.spend.",
        "rule(\"x\"",
        "const N = ;",
    ] {
        let after = "\n\nrule(\"later\").when(|intake| intake.spend.offrs > 1).tier(1).because(\"y\");\n";
        let found = more(TOPIC, &format!("{broken}{after}")).diagnostics();
        assert!(found.iter().any(|found| found.starts_with("rules/syntax")), "{broken:?}: {found:#?}");
        assert!(
            found.iter().any(|found| found.starts_with("rules/unknown-path at \"offrs\"")),
            "{broken:?}: {found:#?}"
        );
        assert!(found.len() <= 3, "{broken:?}: {found:#?}");
    }
}

#[test]
fn mistakes_in_data_are_marked_too() {
    let found =
        edited("catalogue.yaml", "      approve: [managing-director]", "      approve: [managing-directr]")
            .diagnostics();
    assert!(
        found.iter().any(|found| found.starts_with("catalogue/unknown-id at \"managing-directr\"")),
        "{found:#?}"
    );
    let found = edited("remit.yaml", "  - topics/conduct.rhai\n", "  - topics/conduct.rhia\n").diagnostics();
    assert!(found.iter().any(|found| found.starts_with("pack/missing-file at")), "{found:#?}");
    let found = whole("catalogue.yaml", "tiers: [\nroutes:\n").diagnostics();
    assert!(found.iter().any(|found| found.starts_with("document/")), "{found:#?}");
}

#[test]
fn a_topic_that_nobody_names_says_so_and_can_be_named() {
    let mut desk = whole(
        "topics/new.rhai",
        "‸rule(\"x\").when(|intake| intake.spend.budgeted).tier(1).because(\"y\");\n",
    );
    assert_eq!(desk.diagnostics().len(), 1, "{:?}", desk.diagnostics());
    assert!(desk.diagnostics()[0].starts_with("lint/unlisted-topic"), "{:?}", desk.diagnostics());
    let action = desk.action("name `topics/new.rhai`");
    let changed = desk.apply(&action.edits);
    assert!(changed["remit.yaml"].contains("  - topics/conduct.rhai\n  - topics/new.rhai\n"), "{changed:?}");
    assert_eq!(desk.diagnostics().iter().filter(|found| found.contains("unlisted")).count(), 0);
}
