//! Completion, also where nothing around the cursor is whole yet.

use crate::desk::{edited, more, whole};

const TOPIC: &str = "topics/spend.rhai";

/// The first labels at a cursor in a new statement below the topic's own.
fn check(marked: &str, wanted: &[&str]) {
    let desk = more(TOPIC, marked);
    let found = desk.labels();
    let first: Vec<&str> = found.iter().map(String::as_str).take(wanted.len()).collect();
    assert_eq!(first, wanted, "{marked:?}: {found:?}");
    if wanted.is_empty() {
        assert_eq!(found, Vec::<String>::new(), "{marked:?}");
    }
}

#[test]
fn a_new_statement_is_offered_where_one_can_stand() {
    for marked in ["‸", "ru‸", "/// About it.\n‸", "rule(\"a\").tier(1);\n‸", "fn f(intake) { true }\n‸\n"]
    {
        check(marked, &["rule", "fn", "const"]);
    }
}

#[test]
fn the_methods_of_a_rule_come_in_the_order_of_writing() {
    for marked in [
        "rule(\"x\").‸",
        "rule(\"x\")\n    .‸",
        "rule(\"x\")\n    .wh‸",
        "rule(\"x\")\n    .‸\n\nrule(\"y\").tier(1);",
        "rule(\"x\")\n    .‸\n    .because(\"a\");",
    ] {
        check(marked, &["when", "tier", "route"]);
    }
    // What a rule has already comes last, unless it may be said again.
    let desk = more(TOPIC, "rule(\"x\")\n    .when(|intake| intake.spend.budgeted)\n    .‸");
    let labels = desk.labels();
    assert_eq!(labels[0], "tier", "{labels:?}");
    assert!(
        labels.iter().position(|label| label == "when").is_none_or(|at| at + 1 == labels.len()),
        "{labels:?}"
    );
    assert_eq!(desk.accept("route"), "    .route(\"|\")");
}

#[test]
fn a_broken_condition_above_does_not_hide_the_methods() {
    for broken in [
        "rule(\"x\")\n    .when(|intake| intake.spend.yearly_eur > \n    .‸",
        "rule(\"x\")\n    .when(|intake| (intake.what == \"goods\n    .‸",
        "rule(\"x\")\n    .when(|intake| intake.links.some(|l| l.kind == \n    .‸\n    .because(\"y\");",
    ] {
        let labels = more(TOPIC, broken).labels();
        assert!(labels.starts_with(&["tier".to_owned(), "route".to_owned()]), "{broken:?}: {labels:?}");
    }
}

#[test]
fn fields_follow_the_schema_wherever_a_chain_ends() {
    for marked in [
        "rule(\"x\").when(|intake| intake.spend.‸)",
        "rule(\"x\").when(|intake| intake.spend.‸",
        "rule(\"x\").when(|i| i.spend.ye‸arly_eur > 3).tier(1);",
        "rule(\"x\").when(|intake| !(intake.what == \"goods\" && intake.spend.‸",
        "fn dear(intake) { intake.spend.‸ }",
        "fn dear(it) { it.spend.‸",
        "fn dear(s) { s.‸ }\nrule(\"x\").when(|intake| dear(intake.spend)).tier(1);",
        "rule(\"x\").when(|intake| { let s = intake.spend; s.‸ })",
    ] {
        check(marked, &["yearly_eur", "budgeted", "offers"]);
    }
    check("rule(\"x\").when(|intake| intake.links.some(|link| link.‸", &["kind", "url"]);
    check(
        "rule(\"x\").when(|intake| intake.links.filter(|l| l.kind == \"offer\").all(|m| m.‸",
        &["kind", "url"],
    );
    check("rule(\"x\").when(|intake| intake.nothing.‸", &[]);
}

#[test]
fn lists_and_texts_have_their_methods() {
    let labels = more(TOPIC, "rule(\"x\").when(|intake| intake.links.‸)").labels();
    for method in ["some", "all", "filter", "len"] {
        assert!(labels.iter().any(|label| label == method), "{method}: {labels:?}");
    }
    let labels = more(TOPIC, "rule(\"x\").when(|intake| intake.supplier.‸)").labels();
    for method in ["contains", "starts_with", "ends_with"] {
        assert!(labels.iter().any(|label| label == method), "{method}: {labels:?}");
    }
}

#[test]
fn choices_stand_in_quotes() {
    let what = ["goods", "service", "software", "people"];
    for marked in [
        "rule(\"x\").when(|intake| intake.what == \"‸\").tier(1);",
        "rule(\"x\").when(|intake| intake.what == \"‸",
        "rule(\"x\").when(|intake| intake.what == \"so‸\" && intake.spend.budgeted).tier(1);",
        "rule(\"x\").when(|intake| intake.what != \"‸\n    .tier(1);",
        "rule(\"x\").when(|intake| \"‸\" == intake.what).tier(1);",
        "rule(\"x\").when(|intake| intake.what in [\"goods\", \"‸\"]).tier(1);",
        "rule(\"x\").when(|intake| intake.what in [\"goods\", \"‸",
        "rule(\"x\").when(|intake| !(intake.what in [\"‸\"])).tier(1);",
        "rule(\"x\").when(|intake| { let w = intake.what; w == \"‸\" }).tier(1);",
        "fn is(intake) { intake.what == \"‸\" }",
    ] {
        check(marked, &what);
    }
    check(
        "rule(\"x\").when(|intake| intake.data.gets >= \"‸\")",
        &["none", "contacts", "staff", "customers"],
    );
    check("rule(\"x\").when(|intake| intake.supplier == \"‸\")", &[]);
    let desk = more(TOPIC, "rule(\"x\").when(|intake| intake.what == \"so‸\").tier(1);");
    assert_eq!(desk.accept("software"), "rule(\"x\").when(|intake| intake.what == \"software|\").tier(1);");
    let desk = more(TOPIC, "rule(\"x\").when(|intake| intake.what == \"so‸");
    assert_eq!(desk.accept("software"), "rule(\"x\").when(|intake| intake.what == \"software\"|");
    // Quotes that are not there yet are written.
    let desk = more(TOPIC, "rule(\"x\").when(|intake| intake.what == ‸)");
    assert_eq!(desk.accept("\"goods\""), "rule(\"x\").when(|intake| intake.what == \"goods\"|)");
}

#[test]
fn helpers_and_constants_are_offered_in_conditions() {
    for marked in [
        "rule(\"x\").when(|i| ‸)",
        "rule(\"x\").when(|i| i.spend.budgeted && ‸)",
        "rule(\"x\").when(|i| i.spend.yearly_eur > ‸)",
        "rule(\"x\").when(|i| hol‸",
    ] {
        let desk = more(TOPIC, marked);
        let labels = desk.labels();
        for name in ["i", "holds_data_about_people", "work_depends_on_them", "LARGE"] {
            assert!(labels.iter().any(|label| label == name), "{marked:?}: {name}: {labels:?}");
        }
        assert!(!labels.iter().any(|label| label == "rule"), "{labels:?}");
    }
    let desk = more(TOPIC, "rule(\"x\").when(|i| hol‸)");
    assert_eq!(desk.accept("holds_data_about_people"), "rule(\"x\").when(|i| holds_data_about_people(i)|)");
}

#[test]
fn the_catalogue_stands_in_effects() {
    check("rule(\"x\").route(\"‸\")", &["direct", "purchase", "supplier-review"]);
    check("rule(\"x\").route(‸)", &["\"direct\"", "\"purchase\""]);
    check("rule(\"x\").when(|intake| intake.\n    .route(\"sup‸", &["direct", "purchase"]);
    check("rule(\"x\").tier(‸)", &["0", "1", "2", "3"]);
    check("rule(\"x\").require(\"‸\")", &["offer", "contract-draft"]);
    check("rule(\"x\").notify(\"‸\")", &["buyer", "department-head"]);
    check("rule(\"x\").flag(\"‸\", \"\")", &["warning", "error", "info"]);
    check("rule(\"x\").within(\"‸\")", &["1 hour"]);
    check("rule(\"x\").because(\"‸\")", &[]);
    check("rule(\"‸\")", &[]);
    // What the rule names already comes last.
    let labels = more(TOPIC, "rule(\"x\").route(\"direct\").route(\"‸\")").labels();
    assert_eq!((labels[0].as_str(), labels.last().unwrap().as_str()), ("purchase", "direct"));
}

#[test]
fn nothing_is_offered_in_comments_and_in_free_text() {
    for marked in ["// ru‸", "/// intake.‸", "/* intake.‸ */", "rule(\"x\").because(\"intake.‸\")"] {
        check(marked, &[]);
    }
}

#[test]
fn a_case_is_completed_from_the_pack() {
    let path = "tests/new.case.yaml";
    let labels = |marked: &str| whole(path, marked).labels();
    let top = labels("‸");
    for key in ["example", "intake", "today", "cases", "expect"] {
        assert!(top.iter().any(|label| label == key), "{key}: {top:?}");
    }
    assert_eq!(
        labels("example: ‸"),
        [
            "cables.intake.yaml",
            "chat-assistant-draft.intake.yaml",
            "cousins-cleaning.intake.json",
            "payroll-service.intake.yaml"
        ]
    );
    let path_labels = labels("example: cables.intake.yaml\nchanges:\n  spend.‸");
    assert!(path_labels.iter().any(|label| label == "spend.yearly_eur"), "{path_labels:?}");
    assert_eq!(
        labels("example: cables.intake.yaml\nchanges:\n  what: ‸"),
        ["goods", "service", "software", "people"]
    );
    let expect = labels("example: cables.intake.yaml\nexpect:\n  ‸");
    for key in ["tier", "routes", "rules", "missing", "ready", "escalations"] {
        assert!(expect.iter().any(|label| label == key), "{key}: {expect:?}");
    }
    assert!(
        labels("example: cables.intake.yaml\nexpect:\n  routes: [‸]").starts_with(&["direct".to_owned()])
    );
    assert!(
        labels("example: cables.intake.yaml\nexpect:\n  rules: { has: [‸")
            .iter()
            .any(|label| label == "large-purchase")
    );
    assert!(
        labels("example: cables.intake.yaml\nexpect:\n  rules:\n    - sm‸")
            .iter()
            .any(|label| label == "small-purchase")
    );
}

#[test]
fn the_catalogue_is_completed_from_itself() {
    let desk = edited("catalogue.yaml", "      approve: [managing-director]", "      approve: [‸]");
    assert!(desk.labels().iter().any(|label| label == "department-head"), "{:?}", desk.labels());
    let desk = edited(
        "catalogue.yaml",
        "    artifacts: [offer, contract-draft, accounts, exit-plan]",
        "    artifacts:\n      - ‸",
    );
    assert!(desk.labels().iter().any(|label| label == "exit-plan"), "{:?}", desk.labels());
    let desk = edited("catalogue.yaml", "    ladder: 0\n    owner: buyer", "    ladder: 0\n    own‸");
    assert!(desk.labels().iter().any(|label| label == "owner"), "{:?}", desk.labels());
}

#[test]
fn a_manifest_is_completed_from_the_folder() {
    let desk = edited("remit.yaml", "  - topics/conduct.rhai\n", "  - ‸\n");
    assert!(desk.labels().iter().any(|label| label == "topics/conduct.rhai"), "{:?}", desk.labels());
    let desk = edited("remit.yaml", "examples: examples\n", "ex‸\n");
    assert!(desk.labels().iter().any(|label| label == "examples"), "{:?}", desk.labels());
}
