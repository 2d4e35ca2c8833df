//! Each lint fires on a small pack that was changed so that it should, at the text that is at fault, and not on
//! one that was changed so that it nearly should.

use crate::base::Base;
use remit_core::diagnostic::{Code, Severity};
use remit_core::lint::{self, LEVELS, Level};
use remit_core::pack::{self, FileMap};

/// A rule with a condition, in the style of the small pack.
fn rule(id: &str, condition: &str) -> String {
    format!(
        "rule(\"{id}\").when(|intake| {condition}).notify(\"lead\").because(\"a test\").cites(\"MODEL-4\");\n"
    )
}

/// The code is given once, for this text, and its message has these words.
#[track_caller]
fn fires(base: &Base, code: &str, text: &str, words: &[&str]) {
    let found = base.check();
    let errors: Vec<_> =
        found.diagnostics.iter().filter(|found| found.is_error() && found.code.0 != code).collect();
    assert!(errors.is_empty(), "the pack has other errors: {errors:#?}");
    let of = found.of(code);
    let [(underlined, message)] = of.as_slice() else { panic!("{code}: {of:#?} among {:?}", found.codes()) };
    assert_eq!(underlined, text, "{message}");
    for word in words {
        assert!(message.contains(word), "`{word}` in: {message}");
    }
}

/// The pack loads, and the code is not given.
#[track_caller]
fn silent(base: &Base, code: &str) {
    let found = base.check();
    let errors: Vec<_> = found.diagnostics.iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "the pack has errors: {errors:#?}");
    assert_eq!(found.of(code), [], "{code}");
}

#[test]
fn nothing_is_wrong_with_the_small_pack() {
    let found = Base::new().check();
    let wrong: Vec<_> = found.diagnostics.iter().filter(|found| found.severity > Severity::Info).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_lint_has_a_level_and_a_test_here() {
    let tests = include_str!("lints.rs");
    for code in remit_core::codes::ALL.iter().filter(|code| code.0.starts_with("lint/")) {
        assert!(LEVELS.iter().any(|(known, _)| known == code), "{code} has no default level");
        let quoted = format!("\"{code}\"");
        assert!(tests.matches(&quoted).count() >= 2, "{code} is not tried both ways");
    }
}

#[test]
fn entries_that_nothing_names() {
    let team = |name: &str| format!("teams:\n  {name}: {{ title: Legal }}\n");
    fires(
        &Base::new().with("catalogue.yaml", &team("legal")),
        "lint/unused-entry",
        "legal",
        &["`.refer(\"legal\")`"],
    );
    let named = rule("legal", "intake.internet").replace(".notify(\"lead\")", ".refer(\"legal\")");
    silent(&Base::new().with("catalogue.yaml", &team("legal")).rules(&named), "lint/unused-entry");
    // A role that only names itself is named by nobody.
    let alone = "roles:\n  auditor: { title: Auditor, alternates: [auditor, lead] }\n";
    fires(&Base::new().with("catalogue.yaml", alone), "lint/unused-entry", "auditor", &["role"]);
    let owner =
        "roles:\n  auditor: { title: Auditor }\nroutes:\n  privacy: { title: Privacy, owner: auditor }\n";
    let base = Base::new().with("catalogue.yaml", owner);
    fires(&base, "lint/unused-entry", "privacy-team", &["no rule names the team"]);
}

#[test]
fn helpers_that_no_rule_uses() {
    let base = Base::new()
        .rules("fn idle(intake) { busy(intake) }\nfn busy(intake) { intake.internet && intake.personal }\n");
    let found = base.check().of("lint/unused-helper");
    assert_eq!(found.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(), ["idle", "busy"]);
    let used = format!(
        "const MANY = 15;\nfn many(links) {{ links > MANY }}\n{}",
        rule("many", "many(intake.findings)")
    );
    silent(&Base::new().rules(&used), "lint/unused-helper");
    // A constant that only an effect uses, and a helper that only a list's closure does.
    let used = "const LEAD = \"lead\";\nfn is_design(link) { link.kind == \"design\" }\n".to_owned()
        + &*rule("designs", "intake.links.some(|link| is_design(link))").replace("\"lead\"", "LEAD");
    silent(&Base::new().rules(&used), "lint/unused-helper");
}

#[test]
fn topics_that_the_manifest_does_not_name() {
    let base = Base::new().put("topics/later.rhai", rule("later", "intake.internet"));
    fires(&base, "lint/unlisted-topic", "topics:\n  - topics/rules.rhai", &["`topics/later.rhai`"]);
    silent(
        &Base::new().put("topics/deeper/later.rhai", "").put("topics/notes.md", ""),
        "lint/unlisted-topic",
    );
    silent(&base.with("remit.yaml", "topics:\n  - topics/later.rhai\n"), "lint/unlisted-topic");
}

const COLOUR: &str = r#"{ "colour": { "title": "Colour", "enum": ["red", "green", "blue"], "x-remit": { "question": "?" } } }"#;

#[test]
fn questions_that_nothing_reads() {
    let base = Base::new().with("intake.schema.json", COLOUR);
    fires(&base, "lint/unread-question", "\"colour\"", &["`colour`"]);
    silent(&base.clone().rules(&rule("red", "intake.colour == \"red\"")), "lint/unread-question");
    // Another question may read it, or an artifact.
    let gated = COLOUR.replace(
        " } } }",
        " } }, \"shade\": { \"title\": \"Shade\", \"type\": \"boolean\", \"x-remit\": { \"question\": \"?\", \
         \"applies_when\": { \"colour\": \"red\" }, \"otherwise\": false } } }",
    );
    fires(&Base::new().with("intake.schema.json", &gated), "lint/unread-question", "\"shade\"", &[]);
    let artifact =
        "artifacts:\n  threat-model: { title: Threat model, satisfied_by: { fields: [colour] } }\n";
    silent(&base.with("catalogue.yaml", artifact), "lint/unread-question");
}

#[test]
fn texts_that_only_people_read() {
    let text = r#"{ "why": { "title": "Why", "type": "string", "x-remit": { "question": "Why?" } } }"#;
    let base = Base::new().with("intake.schema.json", text);
    fires(&base, "lint/unread-text", "\"why\"", &["only people read"]);
    let required =
        base.clone().replace("intake.schema.json", "\"submitted_on\"\n  ]", "\"submitted_on\", \"why\"\n  ]");
    silent(&required, "lint/unread-text");
    silent(&base.rules(&rule("why", "intake.why == \"audit\"")), "lint/unread-text");
}

#[test]
fn choices_that_no_rule_tells_apart() {
    let base = Base::new().with("intake.schema.json", COLOUR);
    let red = base.clone().rules(&rule("red", "intake.colour == \"red\""));
    let found = red.check().of("lint/same-choices");
    let colour = found.iter().find(|(text, _)| text == "\"colour\"").expect("colour is reported");
    assert!(colour.1.contains("`green` and `blue`"), "{colour:?}");
    let all = red.rules(&rule("green", "intake.colour in [\"green\", \"red\"]"));
    assert!(!all.check().of("lint/same-choices").iter().any(|(text, _)| text == "\"colour\""));
}

#[test]
fn values_that_somebody_has_to_decide() {
    let assumed = "teams:\n  privacy-team: { title: Privacy, assumed: true }\n";
    fires(
        &Base::new().with("catalogue.yaml", assumed),
        "lint/assumption",
        "assumed",
        &["teams.privacy-team"],
    );
    silent(&Base::new().with("catalogue.yaml", &assumed.replace("true", "false")), "lint/assumption");
}

#[test]
fn rules_that_never_fire() {
    let fires = |condition: &str, words: &[&str]| {
        let base = Base::new().rules(&rule("odd", condition));
        fires(&base, "lint/never-fires", &format!("|intake| {condition}"), words);
    };
    fires(
        "intake.findings >= 3 && intake.internet && intake.findings < 2",
        &["`intake.findings >= 3` and `intake.findings < 2` are never so together"],
    );
    fires("intake.template == \"none\" && intake.template == \"complete\"", &["never so together"]);
    // What the schema says about a question that does not apply counts.
    fires("intake.data_moves && intake.sensitivity == \"public\"", &["`intake.data_moves` and"]);
    fires("intake.findings < 0", &["`intake.findings < 0` is never so"]);
    fires("intake.links.some(|l| l.kind == \"pr\" && l.kind == \"design\")", &["is never so"]);
    fires("intake.links.is_empty() && intake.links.some(|l| l.kind == \"pr\")", &["never so together"]);
    fires("touches_identity(intake) && !intake.change.iam && !intake.change.network", &["never so together"]);
    fires("intake.owner == \"a\" && intake.owner == \"b\"", &["never so together"]);
    let nearly = rule("odd", "intake.findings >= 2 && intake.findings < 3")
        + &*rule("moves", "intake.data_moves && intake.sensitivity == \"internal\"")
        + &*rule(
            "links",
            "intake.links.some(|l| l.kind == \"pr\") && intake.links.some(|l| l.kind == \"design\")",
        )
        + &*rule("named", "intake.owner == \"a\" && intake.owner.contains(\"b\")");
    silent(&Base::new().rules(&nearly), "lint/never-fires");
}

#[test]
fn rules_that_always_fire() {
    let fires = |condition: &str, words: &[&str]| {
        let base = Base::new().rules(&rule("odd", condition));
        fires(&base, "lint/always-fires", &format!("|intake| {condition}"), words);
    };
    fires(
        "intake.findings > 3 || intake.findings < 9",
        &["`intake.findings > 3` or `intake.findings < 9` is always so"],
    );
    fires("true", &["is always so"]);
    fires("intake.findings >= 0", &["is always so"]);
    fires("!intake.data_moves || intake.sensitivity != \"public\"", &["always so"]);
    silent(
        &Base::new().rules(&rule("odd", "intake.findings > 9 || intake.findings < 9")),
        "lint/always-fires",
    );
}

#[test]
fn parts_of_conditions_that_never_matter() {
    let fires = |condition: &str, text: &str, words: &[&str]| {
        fires(&Base::new().rules(&rule("odd", condition)), "lint/redundant-operand", text, words);
    };
    fires(
        "intake.findings >= 3 && intake.findings >= 1",
        "intake.findings >= 1",
        &["it is so whenever `intake.findings >= 3` is"],
    );
    fires(
        "intake.findings > 50 || intake.internet || intake.findings > 10",
        "intake.findings > 50",
        &["whenever it is so, `intake.findings > 10` is too"],
    );
    fires("intake.internet && intake.internet", "intake.internet", &[]);
    fires(
        "intake.internet || (intake.personal && intake.findings < 0)",
        "intake.personal && intake.findings < 0",
        &["never"],
    );
    // A helper is underlined where it is called.
    fires(
        "touches_identity(intake) || intake.change.iam || intake.internet",
        "intake.change.iam",
        &["`touches_identity(intake)` is too"],
    );
    fires(
        "intake.change.iam && touches_identity(intake)",
        "touches_identity(intake)",
        &["`intake.change.iam`"],
    );
}

#[test]
fn parts_of_conditions_that_matter_somewhere() {
    let silent = |fragment: &str| silent(&Base::new().rules(fragment), "lint/redundant-operand");
    silent(&rule("odd", "(intake.internet && intake.personal) || (!intake.internet && intake.disputed)"));
    silent(&rule("odd", "intake.findings >= 3 && intake.findings <= 5"));
    // The second applies only where the first holds; but an answer to it counts even where it does not apply.
    silent(&rule("odd", "intake.sensitivity != \"public\" && intake.data_moves"));
    // Inside a helper, what one rule does not need another may.
    silent(
        &(rule("one", "touches_identity(intake) && !intake.change.iam")
            + &*rule("two", "touches_identity(intake) && intake.internet")),
    );
    silent(&rule(
        "odd",
        "if intake.internet { intake.personal || intake.disputed } else { intake.change.iam }",
    ));
}

#[test]
fn rules_that_say_the_same() {
    let twice =
        |first: &str, second: &str| rule("one", first) + &*rule("two", second).replace("lead", "owner");
    let base = Base::new()
        .rules(&twice("intake.internet && intake.personal", "!(!intake.personal || !intake.internet)"));
    fires(&base, "lint/same-condition", "two", &["fires exactly when `one` does"]);
    silent(
        &Base::new().rules(&twice("intake.internet && intake.personal", "intake.personal")),
        "lint/same-condition",
    );
    let elsewhere = Base::new()
        .rules(&rule("one", "intake.internet && intake.personal"))
        .with("remit.yaml", "topics:\n  - topics/other.rhai\n")
        .put("topics/other.rhai", rule("two", "intake.personal && intake.internet").replace("lead", "owner"));
    silent(&elsewhere, "lint/same-condition");
}

#[test]
fn rules_that_add_nothing() {
    let two = rule("wide", "intake.internet") + &*rule("narrow", "intake.internet && intake.disputed");
    fires(
        &Base::new().rules(&two),
        "lint/redundant-rule",
        "narrow",
        &["whenever it fires, `wide` does all of it"],
    );
    let same = rule("one", "intake.personal") + &*rule("two", "intake.personal");
    fires(&Base::new().rules(&same), "lint/redundant-rule", "two", &["`one`"]);
    // Another effect, another citation, another case: each is a reason to be.
    for (from, to) in [("\"lead\"", "\"board\""), ("MODEL-4", "MODEL-5"), ("intake.internet && ", "")] {
        let two = rule("wide", "intake.internet")
            + &*rule("narrow", "intake.internet && intake.disputed").replace(from, to);
        silent(&Base::new().rules(&two), "lint/redundant-rule");
    }
    let lower = "rule(\"less\").when(|intake| intake.internet && intake.disputed).tier(1)\
                 .because(\"a test\").cites(\"MODEL-3\");";
    fires(&Base::new().rules(lower), "lint/redundant-rule", "less", &["`public-endpoint`"]);
    silent(&Base::new().rules(&lower.replace("tier(1)", "tier(3)")), "lint/redundant-rule");
}

#[test]
fn conditions_that_ask_too_much_at_once() {
    let many = |count: i64| {
        let parts: Vec<String> =
            (0..count).map(|number| format!("intake.findings == {}", number * 2)).collect();
        rule("many", &parts.join(" || "))
    };
    let found = Base::new().rules(&many(9)).check().of("lint/long-condition");
    assert!(
        found[0].0.starts_with("|intake| intake.findings == 0") && found[0].1.contains("9 things"),
        "{found:?}"
    );
    silent(&Base::new().rules(&many(8)), "lint/long-condition");
    let helper = format!(
        "fn odd(n) {{ {} }}\n",
        (0..20).map(|n| format!("n == {}", n * 2 + 1)).collect::<Vec<_>>().join(" || ")
    );
    silent(
        &Base::new().rules(&(helper + &*rule("odd", "odd(intake.findings) && intake.internet"))),
        "lint/long-condition",
    );
}

#[test]
fn rules_that_no_example_tries() {
    fires(
        &Base::new().rules(&rule("odd", "intake.findings == 7")),
        "lint/no-example-fires",
        "odd",
        &["`odd`"],
    );
    silent(&Base::new().rules(&rule("odd", "intake.findings == 3")), "lint/no-example-fires");
    fires(
        &Base::new().rules(&rule("wide", "intake.findings < 99")),
        "lint/every-example-fires",
        "wide",
        &["`wide`"],
    );
    silent(&Base::new().rules(&rule("wide", "intake.findings < 30")), "lint/every-example-fires");
    let none = Base::new()
        .without("examples/template.intake.yaml")
        .without("examples/endpoint.intake.yaml")
        .without("examples/disputed.intake.yaml");
    fires(&none, "lint/no-examples", "examples: examples", &["no examples"]);
    silent(&Base::new(), "lint/no-examples");
    // What never can is not untried as well.
    silent(&Base::new().rules(&rule("odd", "intake.findings < 0")), "lint/no-example-fires");
}

#[test]
fn rules_that_do_not_cite_and_citations_that_are_slips() {
    let uncited = rule("odd", "intake.findings == 3").replace(".cites(\"MODEL-4\")", "");
    fires(&Base::new().rules(&uncited), "lint/no-citation", "odd", &["`odd`"]);
    let base = Base::new();
    let bare = include_str!("base/topics/rules.rhai").replace(".cites(", ".because(");
    let bare: String = bare
        .lines()
        .map(|line| match line {
            cites if cites.contains("MODEL") => "    ;",
            constant if constant.starts_with("const") => constant,
            other => other.trim_end_matches(';'),
        })
        .fold(String::new(), |text, line| text + line + "\n");
    silent(&base.put("topics/rules.rhai", bare), "lint/no-citation");
    let slip = rule("odd", "intake.findings == 3").replace("MODEL-4", "MODLE-6");
    fires(&Base::new().rules(&slip), "lint/misspelt-citation", "MODLE-6", &["looks like `MODEL-6`"]);
    let other = rule("odd", "intake.findings == 3").replace("MODEL-4", "RUNBOOK-6");
    silent(&Base::new().rules(&other), "lint/misspelt-citation");
    silent(
        &Base::new().rules(&rule("odd", "intake.findings == 3").replace("MODEL-4", "MODEL-44")),
        "lint/misspelt-citation",
    );
    let entry = "teams:\n  privacy-team: { title: Privacy, cites: [MODL-5] }\n";
    fires(&Base::new().with("catalogue.yaml", entry), "lint/misspelt-citation", "MODL-5", &["`MODEL-5`"]);
}

fn tier(id: &str, condition: &str, tier: u8) -> String {
    rule(id, condition).replace(".notify(\"lead\")", &format!(".tier({tier})"))
}

#[test]
fn tiers_that_nothing_can_get() {
    let all = Base::new().rules(&tier("all", "intake.internet || !intake.internet", 2));
    fires(&all, "lint/deep-review-for-all", "default_tier: 1", &["no intake can stay below tier 2"]);
    let most = Base::new().rules(&tier("most", "intake.internet || !intake.personal", 2));
    silent(&most, "lint/deep-review-for-all");
    silent(&most, "lint/unreachable-tier");
    // Self-service, because whatever earns it also gets more.
    let base = Base::new().rules(&tier("template-too", "intake.template == \"complete\"", 1));
    fires(&base, "lint/unreachable-tier", "\"0\"", &["tier 0 (Self-service)", "another asks for more"]);
    // A rule that only the interpreter can run may do anything.
    let loops = "{ let n = 0; for link in intake.links { n += 1; } n > 3 }";
    silent(&base.rules(&tier("loop", loops, 0)), "lint/deep-review-for-all");
    let highest = Base::new().replace("topics/rules.rhai", "    .tier(3)\n", "");
    fires(&highest, "lint/unreachable-tier", "\"3\"", &["no rule asks for it"]);
    silent(&highest.with("remit.yaml", "default_tier: 3\n"), "lint/unreachable-tier");
    let narrow =
        Base::new().rules(&tier("template-too", "intake.template == \"complete\" && intake.internet", 1));
    silent(&narrow, "lint/unreachable-tier");
}

#[test]
fn tiers_that_are_slow_or_alone() {
    let default = |tier: u8| Base::new().with("remit.yaml", &format!("default_tier: {tier}\n"));
    fires(&default(2), "lint/high-default-tier", "default_tier: 2", &["tier 2"]);
    silent(&default(0), "lint/high-default-tier");
    let board = |more: &str| {
        let entry = format!("tiers:\n  \"3\":\n    title: Board\n{more}");
        Base::new().with("catalogue.yaml", &entry)
    };
    fires(&board(""), "lint/no-turnaround", "\"3\"", &["tier 3"]);
    let soon = "    turnaround: { routine: { decide: 3 days } }\n";
    silent(&board(soon), "lint/no-turnaround");
    let approvals = |text: &str| board(&format!("{soon}    approvals: {{ {text} }}\n"));
    fires(&approvals("approve: [board, lead], review: [lead]"), "lint/self-review", "lead", &["tier 3"]);
    silent(&approvals("approve: [board], review: [board, lead]"), "lint/self-review");
    silent(&approvals("approve: [board]"), "lint/self-review");
}

#[test]
fn people_who_cannot_decide() {
    let with = |fragment: &str| Base::new().with("catalogue.yaml", fragment);
    let escalation = |to: &str| with(&format!("escalations:\n  disputed: {{ title: Teams disagree{to} }}\n"));
    fires(&escalation(""), "lint/escalation-to-nobody", "disputed", &["goes to nobody"]);
    silent(&escalation(", to: { roles: [board] }"), "lint/escalation-to-nobody");
    let decision = |outcomes: &str| {
        with(&format!(
            "decisions:\n  exception: {{ title: Exception, owner: board, outcomes: [{outcomes}] }}\n"
        ))
    };
    fires(&decision("approve"), "lint/single-outcome", "exception", &["can only end in `approve`"]);
    silent(&decision("approve, reject"), "lint/single-outcome");
    let roles = |owner: &str, lead: &str| {
        with(&format!(
            "roles:\n  owner: {{ title: Owner, alternates: [{owner}] }}\n  lead: {{ title: Lead, alternates: [{lead}] }}\n"
        ))
    };
    fires(
        &roles("lead", "owner"),
        "lint/circular-alternates",
        "owner",
        &["`lead`, `owner` stand in for each other"],
    );
    fires(&roles("owner, board", "board"), "lint/circular-alternates", "owner", &["stands in for itself"]);
    silent(&roles("lead", "owner, board"), "lint/circular-alternates");
    let rung = |number: u8| {
        with(&format!("routes:\n  privacy: {{ title: Privacy, owner: privacy-team, ladder: {number} }}\n"))
    };
    fires(&rung(3), "lint/shared-rung", "privacy", &["`board` and `privacy`"]);
    silent(&rung(4), "lint/shared-rung");
}

#[test]
fn artifacts_that_are_hard_to_have() {
    let bare = "artifacts:\n  threat-model: { title: Threat model }\n";
    fires(&Base::new().with("catalogue.yaml", bare), "lint/evidence-only", "threat-model", &[]);
    silent(&Base::new(), "lint/evidence-only");
    silent(&Base::new().with("catalogue.yaml", bare), "lint/unsatisfiable-artifact");
    let without = Base::new().replace("intake.schema.json", ", \"role\": \"evidence\"", "");
    fires(&without.with("catalogue.yaml", bare), "lint/unsatisfiable-artifact", "threat-model", &[]);
}

#[test]
fn levels_are_set_by_the_manifest_and_by_whoever_asks() {
    let unused = Base::new().with("catalogue.yaml", "teams:\n  legal: { title: Legal }\n");
    let lints = |text: &str| unused.clone().with("remit.yaml", &format!("lints:\n{text}"));
    silent(&lints("  lint/unused-entry: allow\n"), "lint/unused-entry");
    let error = lints("  lint/unused-entry: { level: error, because: it is published }\n").check();
    assert!(error.diagnostics.iter().any(|found| found.is_error() && found.code.0 == "lint/unused-entry"));
    fires(
        &lints("  lint/unsued-entry: allow\n  lint/unused-entry: allow\n"),
        "lint/unknown-code",
        "lint/unsued-entry",
        &[],
    );
    // What keeps a pack from loading cannot be allowed.
    fires(&lints("  rules/syntax: allow\n"), "lint/unknown-code", "rules/syntax", &[]);
    let quiet = Base::new()
        .rules("rule(\"odd\").when(|intake| intake.findings == 3).notify(\"lead\").cites(\"MODEL-4\");");
    fires(&quiet, "rules/no-reason", "odd", &[]);
    silent(&quiet.with("remit.yaml", "lints:\n  rules/no-reason: allow\n"), "rules/no-reason");
    let wrong = lints("  lint/unused-entry: loud\n").check();
    assert_eq!(wrong.of("pack/wrong-value"), [("loud".to_owned(), "`loud` is no level".to_owned())]);

    let files = FileMap::of("", remit_rules::FILES);
    let pack = pack::load(&files).usable().unwrap();
    let asked = [(lint::codes::ASSUMPTION, Level::Allow), (lint::codes::EVIDENCE_ONLY, Level::Error)];
    let found = lint::lint(&pack, &files, &lint::examples(&pack, &files), vec![], &asked);
    let of = |code: Code| {
        found.iter().filter(|found| found.code == code).map(|found| found.severity).collect::<Vec<_>>()
    };
    assert_eq!(of(lint::codes::ASSUMPTION), []);
    assert!(of(lint::codes::EVIDENCE_ONLY).iter().all(|severity| *severity == Severity::Error));
}

#[test]
fn the_default_pack_is_clean() {
    let files = FileMap::of("", remit_rules::FILES);
    let loaded = pack::load(&files);
    let found = loaded.diagnostics.clone();
    let pack = loaded.usable().unwrap();
    let found = lint::lint(&pack, &files, &lint::examples(&pack, &files), found, &[]);
    let wrong: Vec<String> = found
        .iter()
        .filter(|found| found.severity > Severity::Info)
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let assumed = found.iter().filter(|found| found.code == lint::codes::ASSUMPTION).count();
    assert_eq!(assumed, pack.catalogue.assumptions.len());
    assert!(assumed > 10);
    for setting in pack.manifest.lints {
        assert!(setting.because.is_some(), "`{}` is set without a reason", setting.code.value);
    }
}
