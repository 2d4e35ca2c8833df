//! Case files that are right, wrong and hostile: what is reported where, what is rewritten, what is counted.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a broken expectation should stop the test"
)]

use remit_core::cases::{self, Run, State, Suite};
use remit_core::coverage::{self, Coverage};
use remit_core::diagnostic::Diagnostic;
use remit_core::engine::Engine;
use remit_core::pack::{self, FileMap};
use remit_core::render::Paint;
use remit_core::source::Source;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let loaded = pack::load(&FileMap::of("", remit_rules::FILES));
    Engine::new(loaded.usable().expect("the default pack loads"))
});

/// The default pack's files with these tests in place of its own.
fn files(tests: &[(&str, &str)]) -> FileMap {
    let mut files = FileMap::new("");
    for (path, bytes) in remit_rules::FILES.iter().filter(|(path, _)| !path.starts_with("tests/")) {
        files.put(*path, *bytes);
    }
    tests.iter().for_each(|(path, text)| files.put(format!("tests/{path}"), *text));
    files
}

fn suite(tests: &[(&str, &str)]) -> Suite {
    cases::read(&files(tests), &ENGINE.pack)
}

fn run(suite: &Suite) -> Run {
    cases::run(&ENGINE, suite, &|_| true, &mut |_| {})
}

/// Code and underlined text of each diagnostic.
fn told<'d>(suite: &Suite, found: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<(&'d str, String)> {
    let text = |found: &Diagnostic| {
        let sources = suite.sources();
        let source = sources.iter().find(|source| *source.id() == found.location.source);
        source.map_or_else(String::new, |source| source.slice(found.location.span).to_owned())
    };
    found.into_iter().map(|found| (found.code.0, text(found))).collect()
}

/// What reading one case file reports.
fn faults(text: &str) -> Vec<(String, String)> {
    let suite = suite(&[("a.case.yaml", text)]);
    let faults = told(&suite, &suite.diagnostics);
    faults.into_iter().map(|(code, text)| (code.to_owned(), text)).collect()
}

fn check(text: &str, expected: &[(&str, &str)]) {
    let found = faults(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(code, text)| (code.as_str(), text.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

const QUIET: &str = "example: internal-docs-site-tweak.intake.yaml\n";

#[test]
fn what_is_wrong_is_said_at_its_token() {
    let case = |rest: &str| format!("{QUIET}{rest}");
    check(
        &case("expect: { routes: [advisry], tier: 7, redy: true }\n"),
        &[("case/unknown-name", "advisry"), ("case/wrong-value", "7"), ("case/unknown-key", "redy")],
    );
    check(
        &case("changes: { chnge.iam: true, a..b: 1 }\nexpect: { tier: 1 }\n"),
        &[("case/unknown-path", "chnge.iam"), ("case/unknown-path", "a..b")],
    );
    check(
        &case("expect: { evidence: { thret-model: claimed, threat-model: seen } }\n"),
        &[("case/unknown-name", "thret-model"), ("case/wrong-value", "seen")],
    );
    check(
        &case("expect: { dates: { decid: 2026-11-20, decide: soon }, approvals: { aprove: [] } }\n"),
        &[("case/unknown-name", "decid"), ("case/wrong-value", "soon"), ("case/unknown-key", "aprove")],
    );
    check(
        &case("expect: { tier: { flor: 1 }, ready: [servce.owner], flags: [golden-path] }\n"),
        &[
            ("case/unknown-key", "flor"),
            ("case/unknown-path", "servce.owner"),
            ("case/unknown-name", "golden-path"),
        ],
    );
    check(&case("today: soon\nexpect: { tier: 1 }\n"), &[("case/wrong-value", "soon")]);
    check(&case("exepct: { tier: 1 }\n"), &[("case/no-expectation", ""), ("case/unknown-key", "exepct")]);
    check(
        "example: internal-doc-site-tweak.intake.yaml\nexpect: { tier: 1 }\n",
        &[("case/unknown-example", "internal-doc-site-tweak.intake.yaml")],
    );
    check("expect: { tier: 1 }\n", &[("case/no-input", "")]);
    check(
        &case("intake: {}\nexpect: { tier: 1 }\n"),
        &[("case/no-input", QUIET.trim_start_matches("example: ").trim())],
    );
    check(
        "example: ../../../etc/passwd\nexpect: { tier: 1 }\n",
        &[("case/unknown-example", "../../../etc/passwd")],
    );
}

#[test]
fn a_did_you_mean_mends_it() {
    let suite = suite(&[("a.case.yaml", &format!("{QUIET}expect: {{ routes: [advisry] }}\n"))]);
    let fix = &suite.diagnostics[0].fixes[0];
    assert_eq!(fix.title, "replace with `advisory`");
    assert_eq!(suite.diagnostics[0].help.as_deref(), Some("did you mean `advisory`?"));
}

#[test]
fn files_that_are_no_cases_are_reported_and_nothing_panics() {
    check("", &[("case/no-expectation", "")]);
    check("# only a comment\n", &[("case/no-expectation", "")]);
    check("[a, b]\n", &[("case/no-expectation", "[a, b]")]);
    check("cases: 7\n", &[("case/wrong-value", "7")]);
    check("cases: [7]\n", &[("case/wrong-value", "7")]);
    let odd = [
        "expect: [",
        "cases:\n  - name: x\n    expect: *nothing\n",
        "example: {}\nexpect: []\n",
        "changes: [1]\nintake: 7\nexpect: { tier: [] }\n",
        "cases:\n  - {}\n  - { name: [] }\n  - ~\n",
        "example: a\nexample: b\nexpect: { tier: 1, tier: 2 }\n",
        "intake: {}\nchanges: { service: 7, service.name: x }\nexpect: { tier: 1 }\n",
        "intake: {}\nchanges: { ? [a] : b }\nexpect: { tier: 1 }\n",
        "expect: { ready: { has: true }, questions: { first: [] }, valid: 1, settled: x }\nintake: {}\n",
        "\u{feff}intake: {}\r\nexpect:\r\n\ttier: 1\r\n",
    ];
    for text in odd {
        let suite = suite(&[("odd.case.yaml", text)]);
        assert!(suite.diagnostics.iter().any(Diagnostic::is_error), "{text:?}");
        run(&suite);
    }
    let bytes = [0xff, 0xfe, b'a', 0, 0x80];
    let mut files = files(&[]);
    files.put("tests/bytes.case.yaml", bytes);
    assert!(cases::read(&files, &ENGINE.pack).diagnostics.iter().any(Diagnostic::is_error));
}

#[test]
fn a_huge_file_is_refused_and_a_long_one_cut() {
    let long = format!("{QUIET}expect: {{ tier: 1 }}\n# {}", "x".repeat(cases::MAX_BYTES));
    check(&long, &[("document/too-large", "")]);
    let item = |number: usize| format!("  - {{ name: n{number}, expect: {{ valid: true }} }}\n");
    let many: String = (0..=cases::MAX_CASES).map(item).collect();
    let suite = suite(&[("many.case.yaml", &format!("{QUIET}cases:\n{many}"))]);
    assert_eq!(told(&suite, &suite.diagnostics), [("case/too-many", String::new())]);
    assert_eq!(suite.len(), cases::MAX_CASES);
}

#[test]
fn cases_that_contradict_each_other_are_told_across_files() {
    let with = |expect: &str| format!("{QUIET}changes: {{ risk.disputed: true }}\nexpect: {expect}\n");
    let pair = |one: &str, other: &str| {
        let suite = suite(&[("a.case.yaml", &with(one)), ("b.case.yaml", &with(other))]);
        told(&suite, &suite.diagnostics).into_iter().map(|(code, _)| code.to_owned()).collect::<Vec<_>>()
    };
    let contradiction = ["case/contradiction"];
    assert_eq!(pair("{ tier: 3 }", "{ tier: 2 }"), contradiction);
    assert_eq!(pair("{ tier: { floor: 1 } }", "{ tier: { floor: 2, ceiling: 3 } }"), contradiction);
    assert_eq!(pair("{ routes: [board] }", "{ routes: { has: [advisory] } }"), contradiction);
    assert_eq!(pair("{ routes: { lacks: [board] } }", "{ routes: { has: [board] } }"), contradiction);
    assert_eq!(pair("{ ready: true }", "{ ready: [service.owner] }"), contradiction);
    assert_eq!(pair("{ routes: [board, privacy] }", "{ routes: [privacy, board] }"), [""; 0]);
    assert_eq!(pair("{ tier: { floor: 2 } }", "{ tier: { ceiling: 3 } }"), [""; 0]);
    assert_eq!(pair("{ routes: { has: [board] } }", "{ routes: { has: [privacy] } }"), [""; 0]);
    // Written another way it is the same intake still.
    let other = "{ cases: [ { name: x, example: internal-docs-site-tweak.intake.yaml, expect: { tier: 2 }, \
                 changes: { risk: { unresolved: false, disputed: true, detection: 'yes' } } } ] }";
    let suite = suite(&[("a.case.yaml", &with("{ tier: 3 }")), ("b.case.yaml", other)]);
    assert_eq!(told(&suite, &suite.diagnostics)[0].0, "case/contradiction");
    assert_eq!(suite.diagnostics[0].labels[0].location.source.as_str(), "tests/a.case.yaml");
}

#[test]
fn a_case_with_an_invalid_intake_says_so_or_is_wrong() {
    let text = |expect: &str| format!("{QUIET}changes: {{ environment: prdo }}\nexpect: {expect}\n");
    let silent = suite(&[("a.case.yaml", &text("{ tier: 1 }"))]);
    let outcome = run(&silent);
    assert_eq!(outcome.count(State::Wrong), 1);
    assert_eq!(outcome.diagnostics[0].code.0, "case/invalid-intake");
    // The fault is in the case file, where the change is, and not in the example.
    let label = &outcome.diagnostics[0].labels[0].location;
    assert_eq!(label.source.as_str(), "tests/a.case.yaml");
    assert_eq!(silent.files[0].source.slice(label.span), "prdo");
    let said = suite(&[("a.case.yaml", &text("{ valid: false, diagnostics: [intake/unknown-choice] }"))]);
    assert_eq!(run(&said).count(State::Passed), 1);
}

#[test]
fn every_part_of_a_decision_can_be_expected() {
    let text = "example: suspected-exploitation.intake.yaml\ntoday: 2026-11-22\nexpect:\n\
        \x20 tier: { floor: 1, ceiling: 3 }\n  valid: true\n  settled: false\n\
        \x20 ready: { has: [trust_tier], lacks: [service.name] }\n\
        \x20 routes: incident\n  possible_routes: { has: [board], lacks: [remediation-governance] }\n\
        \x20 possible_escalations: { has: [undetectable] }\n\
        \x20 notifications: [incident-commander]\n  rules: { has: [suspected-exploitation] }\n\
        \x20 possible_rules: { has: [undetectable] }\n  questions: { first: risk.detection }\n\
        \x20 dates: { respond: 2026-11-21, due/deadline: none, route/incident: 2026-11-21 }\n\
        \x20 assumptions: { has: [exception.kind] }\n  ruled_out: { has: [route/exception-board] }\n\
        \x20 overdue: { has: [due/respond, route/incident], lacks: [due/decide] }\n  evidence: { previous-exception: none }\n\
        \x20 approvals: { possible_approve: { has: [product-security] }, inform: [], window: 1 business day }\n";
    let suite = suite(&[("a.case.yaml", text)]);
    assert_eq!(told(&suite, &suite.diagnostics), []);
    let run = run(&suite);
    let failed: Vec<&str> =
        run.outcomes[0].failures.iter().map(|failure| failure.diagnostic.message.as_str()).collect();
    assert_eq!(failed, [""; 0]);
}

#[test]
fn a_failure_that_is_about_one_name_of_many_does_not_list_the_many() {
    let messages = |expect: &str| {
        let text = format!("intake: {{ environment: test }}\nexpect: {{ {expect} }}\n");
        let run = run(&suite(&[("a.case.yaml", &text)]));
        let failures = run.outcomes[0].failures.iter().map(|failure| &failure.diagnostic);
        failures.map(|found| (found.message.clone(), found.note.clone().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(
        messages("possible_rules: { lacks: [golden-path] }"),
        [("`possible_rules` must lack [golden-path]".to_owned(), "found too: `golden-path`".to_owned())]
    );
    let (message, note) = messages("possible_rules: [golden-path]").remove(0);
    assert_eq!(message, "`possible_rules` is not [golden-path]");
    assert!(note.starts_with("found too: `"), "{note}");
}

/// Blesses one case file; gives its new text and the codes of what was refused.
fn bless(text: &str) -> (String, Vec<&'static str>) {
    let suite = suite(&[("a.case.yaml", text)]);
    assert_eq!(told(&suite, suite.diagnostics.iter().filter(|found| found.is_error())), []);
    let (blessed, refused) = cases::bless(&ENGINE, &suite, &run(&suite));
    let text = blessed.first().map_or_else(|| text.to_owned(), |blessed| blessed.text.clone());
    (text, refused.iter().map(|found| found.code.0).collect())
}

#[test]
fn blessing_changes_what_failed_and_nothing_else() {
    let blessed = |before: &str, after: &str| {
        let text = |expect: &str| format!("# above\n{QUIET}# between\nexpect:   # beside\n{expect}# below\n");
        let (found, refused) = bless(&text(before));
        assert_eq!((found, refused), (text(after), vec![]));
    };
    blessed("  tier: 3 # why\n", "  tier: 1 # why\n");
    blessed("  tier: {floor: 0,   ceiling: 3}\n", "  tier: {floor: 1,   ceiling: 1}\n");
    blessed("  ready: [service.owner] # x\n", "  ready: true # x\n");
    blessed("  routes: [ board , advisory ] # x\n", "  routes: [ advisory ] # x\n");
    blessed("  routes: [board]\n  tier: 1\n", "  routes: [advisory]\n  tier: 1\n");
    blessed("  routes: []\n", "  routes: [advisory]\n");
    blessed("  decisions: [policy-update]\n", "  decisions: []\n");
    blessed("  rules:\n    # kept\n    - golden-path\n", "  rules:\n    # kept\n    - meaningful-change\n");
    blessed(
        "  rules:\n    - golden-path # gone\n    - meaningful-change # stays\n    - undetectable\n",
        "  rules:\n    - meaningful-change # stays\n",
    );
    blessed("  decisions:\n    - policy-update\n  tier: 1\n", "  decisions: []\n  tier: 1\n");
    blessed(
        "  rules: { has: [meaningful-change, golden-path] }\n",
        "  rules: { has: [meaningful-change] }\n",
    );
    blessed("  evidence: { change-diff: missing }\n", "  evidence: { change-diff: claimed }\n");
    blessed("  dates: { decide: none }\n", "  dates: { decide: 2026-11-24 }\n");
}

#[test]
fn blessing_adds_names_in_order_and_keeps_line_ends() {
    let text = "example: post-incident-hardening.intake.yaml\r\nexpect:\r\n  services:\r\n    - cloud-review # c\r\n";
    let (found, refused) = bless(text);
    assert_eq!(refused, [""; 0]);
    assert_eq!(found, format!("{text}    - incident-partnership\r\n    - platform-standards\r\n"));
    let text = "example: post-incident-hardening.intake.yaml\nexpect: { services: [platform-standards] }";
    let (found, _) = bless(text);
    let services = "services: [cloud-review, incident-partnership, platform-standards]";
    assert_eq!(found, text.replace("services: [platform-standards]", services));
    // A list that would make its line too long is written a name a line.
    let text = "example: disputed-and-undetectable.intake.yaml\nexpect:\n  missing: []\n  tier: 3\n";
    let (found, _) = bless(text);
    assert!(found.contains("  missing:\n    - architecture-diagram\n    - business-"), "{found}");
    assert!(found.ends_with("    - threat-model\n  tier: 3\n"), "{found}");
}

#[test]
fn comments_between_names_in_brackets_stay() {
    let text = |names: &str| {
        format!("example: audit-season-narrative.intake.yaml\nexpect:\n  missing: [{names}  ]\n  tier: 1\n")
    };
    let of = |before: &str, after: &str| assert_eq!(bless(&text(before)), (text(after), vec![]));
    of(
        "\n    change-diff, # a\n    # b\n    design-note, # c\n    threat-model # d\n",
        "\n    change-diff, # a\n    # b\n    design-note, # c\n     # d\n",
    );
    of(
        "\n    threat-model, # a\n    change-diff, design-note\n",
        "\n     # a\n    change-diff, design-note\n",
    );
    of(" change-diff, threat-model, design-note ", " change-diff, design-note ");
    of(" threat-model, design-note ", " change-diff, design-note ");
}

#[test]
fn what_cannot_be_blessed_alone_is_left() {
    // Both cases have one list: to change it for the one would change the other.
    let text = format!(
        "cases:\n  - name: one\n    {QUIET}    expect: {{ services: &s [design-review] }}\n  - name: two\n    \
         {QUIET}    changes: {{ change.new_service: true }}\n    expect: {{ services: *s }}\n"
    );
    let (found, refused) = bless(&text);
    assert_eq!((found, refused), (text, vec!["case/not-blessed"]));
    let text = format!("{QUIET}expect: {{ rules: {{ has: [golden-path] }} }}\n");
    let (found, refused) = bless(&text);
    assert_eq!((found, refused), (text, vec!["case/not-blessed"]));
}

#[test]
fn a_failure_shows_the_expectation_and_the_rule() {
    let text = format!("{QUIET}changes: {{ risk.disputed: true }}\nexpect: {{ tier: 2 }}\n");
    let suite = suite(&[("a.case.yaml", &text)]);
    let shown = cases::text(&ENGINE.pack, &suite, &run(&suite), &[], &[], Paint::PLAIN);
    for part in
        ["FAILED  a", "`tier` is 3, not 2", "tests/a.case.yaml:3:17", "rule(\"teams-disagree\")", "1 failed"]
    {
        assert!(shown.contains(part), "no `{part}` in\n{shown}");
    }
}

#[test]
fn junit_is_well_formed_whatever_the_names_are() {
    let text = format!(
        "{QUIET}cases:\n  - name: \"<a> & \\\"b\\\" \\x01 ]]>\"\n    expect: {{ tier: 2 }}\n  - name: wrong\n    expect: {{ teir: 1 }}\n"
    );
    let suite = suite(&[("a.case.yaml", &text), ("empty.case.yaml", "")]);
    let found: Vec<&Diagnostic> = suite.diagnostics.iter().collect();
    let xml = cases::junit(&ENGINE.pack, &suite, &run(&suite), &found, &[]);
    assert!(xml.contains("name=\"a: &lt;a&gt; &amp; &quot;b&quot; \u{fffd} ]]&gt;\""), "{xml}");
    assert!(xml.contains("tests=\"3\" failures=\"1\" errors=\"2\""), "{xml}");
    // Each element that is opened is closed, and no bare `<` or `&` is left.
    let mut open = vec![];
    for tag in xml.split('<').skip(2) {
        let (tag, rest) = tag.split_once('>').unwrap();
        assert!(!rest.contains(['>', '"']) || !rest.contains('>'), "{rest}");
        let name = tag.trim_matches('/').split_whitespace().next().unwrap();
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name)),
            (_, true) => {}
            _ => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
}

/// A pack of three questions and the rules of `topic`.
fn small(topic: &str) -> Engine {
    let mut files = FileMap::new("");
    files.put(
        "remit.yaml",
        "format: 1\nname: small\nversion: 1.0.0\nschema: s.json\ncatalogue: c.yaml\ntopics: [t.rhai]\ntests: tests\n",
    );
    let yes_no = |name: &str| {
        format!(
            r#""{name}": {{"title": "{name}", "description": "x", "type": "boolean",
            "x-remit": {{"question": "{name}?", "silence": "unknown"}}}}"#
        )
    };
    let names: Vec<String> = ["a", "b", "c"].into_iter().map(yes_no).collect();
    let list = r#""items": {"title": "Items", "description": "x", "type": "array",
        "x-remit": {"question": "Which?", "silence": {"assume": []}},
        "items": {"type": "object", "additionalProperties": false, "properties": {
            "x": {"title": "X", "description": "x", "type": "boolean", "x-remit": {"question": "X?", "silence": "unknown"}},
            "y": {"title": "Y", "description": "x", "type": "boolean", "x-remit": {"question": "Y?", "silence": "unknown"}}}}}"#;
    files.put(
        "s.json",
        format!(
            r#"{{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "T", "description": "x",
            "type": "object", "additionalProperties": false, "properties": {{{}, {list}}}}}"#,
            names.join(", ")
        ),
    );
    let tier = |number: u8| format!("  {number}: {{ title: T{number}, description: x, artifacts: [] }}\n");
    files.put("c.yaml", format!("tiers:\n{}", (0..4).map(tier).collect::<String>()));
    files.put("t.rhai", topic);
    let loaded = pack::load(&files);
    Engine::new(loaded.usable().unwrap_or_else(|loaded| panic!("{:#?}", loaded.diagnostics)))
}

/// What intakes show of the operands of a pack's first rule: for each whether it is covered.
fn covered(engine: &Engine, intakes: &[&str]) -> Vec<bool> {
    let mut seen = Coverage::new(&engine.pack);
    for intake in intakes {
        let format = remit_core::document::Format::Yaml;
        seen.add(engine, &engine.check_bytes("intake", intake.as_bytes(), format, None));
    }
    seen.rules[0].operands.iter().map(coverage::Operand::is_covered).collect()
}

fn rule(condition: &str) -> String {
    format!("rule(\"r\").when(|i| {condition}).tier(1).because(\"x\");\n")
}

#[test]
fn an_operand_is_covered_by_two_intakes_that_turn_on_it() {
    let and = small(&rule("i.a && i.b"));
    assert_eq!(covered(&and, &["{a: true, b: true}"]), [false, false]);
    assert_eq!(covered(&and, &["{a: true, b: true}", "{a: false, b: true}"]), [true, false]);
    // Where both are false, each masks the other.
    assert_eq!(covered(&and, &["{a: true, b: true}", "{a: false, b: false}"]), [false, false]);
    assert_eq!(
        covered(&and, &["{a: true, b: true}", "{a: false, b: true}", "{a: true, b: false}"]),
        [true, true]
    );
    // What is not answered shows nothing about itself, but what it cannot mask is shown.
    assert_eq!(covered(&and, &["{a: true, b: true}", "{a: false}"]), [false, false]);
    let or = small(&rule("i.a || i.b || i.c"));
    let three =
        ["{a: true, b: false, c: false}", "{a: false, b: true, c: false}", "{a: false, b: false, c: false}"];
    assert_eq!(covered(&or, &three), [true, true, false]);
}

#[test]
fn masking_pairs_may_differ_elsewhere() {
    // (a && b) || c: a is shown to hold with b, and not to hold with another b only where c masks nothing.
    let engine = small(&rule("(i.a && i.b) || i.c"));
    let intakes = ["{a: true, b: true, c: false}", "{a: false, b: true, c: false}"];
    assert_eq!(covered(&engine, &intakes), [true, false, false]);
    let masked = ["{a: true, b: true, c: true}", "{a: false, b: true, c: true}"];
    assert_eq!(covered(&engine, &masked), [false, false, false]);
    let all = [
        "{a: true, b: true, c: false}",
        "{a: false, b: true, c: false}",
        "{a: true, b: false, c: false}",
        "{a: false, b: false, c: true}",
    ];
    assert_eq!(covered(&engine, &all), [true, true, true]);
    let choice = small(&rule("if i.a { i.b } else { i.c }"));
    let intakes = ["{a: true, b: true, c: false}", "{a: false, b: true, c: false}"];
    assert!(covered(&choice, &intakes)[0]);
}

#[test]
fn inside_a_list_the_items_are_what_shows() {
    let engine = small(&rule("i.items.some(|item| item.x && item.y)"));
    let intake = "{items: [{x: true, y: true}, {x: false, y: true}]}";
    // The quantifier itself was only seen to hold; of what it asks, x was shown both ways.
    assert_eq!(covered(&engine, &[intake]), [false, true, false]);
    let more = ["{items: [{x: true, y: true}]}", "{items: [{x: true, y: false}]}", "{items: []}", intake];
    assert_eq!(covered(&engine, &more), [true, true, true]);
}

#[test]
fn excuses_are_held_to_the_pack() {
    let read = |text: &str| {
        let mut out = vec![];
        let files = files(&[("uncovered.yaml", text)]);
        let (excuses, source) = coverage::read_excuses(&files, &ENGINE.pack, &mut out);
        let source: Source = source.unwrap();
        let told: Vec<(&str, String)> =
            out.iter().map(|found| (found.code.0, source.slice(found.location.span).to_owned())).collect();
        (excuses.len(), told)
    };
    let (count, told) = read(
        "uncovered:\n\
         - { rule: golden-path, operand: 'intake.trust_tier  <  \"critical\"', because: x }\n\
         - { rule: golden-pth, operand: a, because: x }\n\
         - { rule: golden-path, operand: intake.trust_tier, because: x }\n\
         - { choice: environment, value: tset, because: x }\n\
         - { choice: environmnt, value: test, because: x }\n\
         - { tier: 9, because: x }\n\
         - { point: route/bord, because: x }\n\
         - { rule: golden-path, because: x }\n\
         - { tier: 3 }\n\
         - { tier: 3, because: x }\n\
         - 7\n",
    );
    assert_eq!(count, 2);
    let codes: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "coverage/unknown-excuse").count(), 6, "{told:?}");
    assert!(told.contains(&("coverage/unknown-excuse", "golden-pth".to_owned())), "{told:?}");
    assert!(told.contains(&("coverage/unknown-excuse", "tset".to_owned())), "{told:?}");
    assert!(codes.contains(&"coverage/incomplete-excuse") && codes.contains(&"pack/missing-key"), "{told:?}");
}

#[test]
fn an_excuse_hides_a_gap_and_goes_when_the_gap_does() {
    let files = files(&[("uncovered.yaml", "uncovered: [{ tier: 3, because: never so bad }]\n")]);
    let mut out = vec![];
    let (excuses, _) = coverage::read_excuses(&files, &ENGINE.pack, &mut out);
    let mut seen = Coverage::new(&ENGINE.pack);
    let gaps = seen.gaps(&ENGINE.pack, &excuses);
    assert_eq!((gaps.excused().count(), gaps.diagnostics.len()), (1, 0));
    let suite = suite(&[(
        "a.case.yaml",
        &format!("{QUIET}changes: {{ risk.disputed: true }}\nexpect: {{ tier: 3 }}\n"),
    )]);
    cases::run(&ENGINE, &suite, &|_| true, &mut |checked| seen.add(&ENGINE, checked));
    let gaps = seen.gaps(&ENGINE.pack, &excuses);
    assert_eq!(gaps.excused().count(), 0);
    assert_eq!(gaps.diagnostics[0].code.0, "coverage/needless-excuse");
}

#[test]
fn a_tracefile_adds_up() {
    let suite = suite(&[("a.case.yaml", &format!("{QUIET}expect: {{ tier: 1 }}\n"))]);
    let mut seen = Coverage::new(&ENGINE.pack);
    cases::run(&ENGINE, &suite, &|_| true, &mut |checked| seen.add(&ENGINE, checked));
    let trace = coverage::lcov(&ENGINE.pack, &seen);
    let records: Vec<&str> = trace.split("end_of_record\n").filter(|record| !record.is_empty()).collect();
    assert_eq!(records.len(), ENGINE.pack.rules.topics().len());
    let mut operands = 0;
    for record in records {
        let of = |key: &str| record.lines().filter_map(|line| line.strip_prefix(key)).collect::<Vec<_>>();
        let number = |key: &str| of(key)[0].parse::<usize>().unwrap();
        let hit = |values: &[&str]| {
            values.iter().filter(|value| !matches!(value.rsplit(',').next(), Some("0" | "-"))).count()
        };
        assert_eq!((of("SF:").len(), of("TN:")[0]), (1, "remit"));
        assert_eq!((number("LF:"), number("LH:")), (of("DA:").len(), hit(&of("DA:"))));
        assert_eq!((number("BRF:"), number("BRH:")), (of("BRDA:").len(), hit(&of("BRDA:"))));
        assert_eq!(number("FNF:"), of("FN:").len());
        let hit = of("FNDA:").iter().filter(|value| !value.starts_with("0,")).count();
        assert_eq!((number("FNF:"), number("FNH:")), (of("FNDA:").len(), hit));
        operands += of("BRDA:").len() / 2;
    }
    assert_eq!(operands, seen.rules.iter().map(|rule| rule.operands.len()).sum::<usize>());
}

#[cfg(feature = "schema")]
#[test]
fn a_report_is_as_its_schema_says() {
    let text = format!(
        "{QUIET}cases:\n  - {{ name: a, expect: {{ tier: 3 }} }}\n  - {{ name: b, expect: {{ teir: 1 }} }}\n"
    );
    let suite = suite(&[("a.case.yaml", &text)]);
    let mut seen = Coverage::new(&ENGINE.pack);
    let run = cases::run(&ENGINE, &suite, &|_| true, &mut |checked| seen.add(&ENGINE, checked));
    let gaps = seen.gaps(&ENGINE.pack, &[]);
    let coverage = coverage::report(&ENGINE.pack, &seen, &gaps);
    let found: Vec<&Diagnostic> = suite.diagnostics.iter().collect();
    let report = cases::report(&ENGINE.pack, &suite, &run, &found, &[], Some(coverage));
    let json = serde_json::to_value(&report).unwrap();
    let schema = remit_core::wire::Shape::Tests.schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, [""; 0]);
    assert_eq!((report.failed, report.wrong, report.coverage.unwrap().complete), (1, 1, false));
}
