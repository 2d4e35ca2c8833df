//! Packs that mean harm, or were written by somebody in a hurry: no panic, no overflow of a browser's stack,
//! an answer in bounded time, a diagnostic at the place, and everything else in the pack read all the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]
#![allow(clippy::print_stderr, reason = "how long things take is worth seeing")]

mod nasty;

use remit_core::diagnostic::{Diagnostic, Severity};
use remit_core::evaluate::Truth;
use remit_core::fact::Fact;
use remit_core::facts::Facts;
use remit_core::pack::{self, FileMap, Loaded};
use remit_core::rules::Body;
use std::time::{Duration, Instant};

/// A rule that must survive whatever stands beside it.
const SOUND: &str = "rule(\"sound\").when(|i| i.yes).tier(1).because(\"it is sound\");\n";

/// Codes and underlined texts.
type Told = Vec<(&'static str, String)>;

/// As large as a browser's.
const STACK: usize = 1 << 20;

/// Runs in a thread with a small stack, and not for long.
fn small<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let start = Instant::now();
    let answer = std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
    answer
}

fn rule(id: &str, condition: &str) -> String {
    format!("rule(\"{id}\").when(|i| {condition}).tier(1).because(\"it tries\");\n")
}

fn load(text: &str) -> Loaded {
    let files = nasty::pack(text, SOUND);
    small(move || pack::load(&files))
}

/// Code and underlined text of every diagnostic of `severity` or worse.
fn told(loaded: &Loaded, severity: Severity) -> Told {
    let chosen =
        loaded.diagnostics.iter().filter(|d| d.severity >= severity && !d.code.0.starts_with("schema/"));
    chosen.map(|d| (d.code.0, underlined(loaded, d))).collect()
}

fn underlined(loaded: &Loaded, diagnostic: &Diagnostic) -> String {
    let source = loaded.sources.iter().find(|source| *source.id() == diagnostic.location.source);
    source.map(|source| source.slice(diagnostic.location.span).to_owned()).unwrap_or_default()
}

fn sound(loaded: &Loaded) {
    let pack = loaded.pack.as_ref().expect("the pack is there");
    assert!(pack.rules.rule("sound").is_some(), "{:?}", loaded.diagnostics);
}

/// Loads a topic, asks all its rules with everything answered, and gives the diagnostics of both.
fn run(text: &str) -> (Told, Told) {
    let files = nasty::pack(text, SOUND);
    small(move || {
        let loaded = pack::load(&files);
        sound(&loaded);
        let pack = loaded.pack.as_ref().unwrap();
        let mut facts = Facts::of(&pack.schema, []);
        for (slot, field) in pack.schema.slots() {
            match field.path.as_str() {
                "yes" | "no" => facts.set(slot, Fact::Bool(true)),
                "n" | "m" => facts.set(slot, Fact::Int(0)),
                "text" => facts.set(slot, Fact::Text("alpha".into())),
                _ => {}
            }
        }
        let mut out = vec![];
        let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut out);
        let asked = pack.rules.rules().iter().zip(&verdicts);
        for (rule, verdict) in asked {
            let expected =
                if rule.id == "sound" || rule.id == "fine" { Truth::Yes } else { Truth::Unsettled };
            assert_eq!(*verdict, expected, "`{}`: {out:?}", rule.id);
        }
        let ran = out.iter().map(|d| (d.code.0, underlined(&loaded, d))).collect();
        (told(&loaded, Severity::Info), ran)
    })
}

#[test]
fn what_never_ends_ends() {
    let (load, ran) = run(&rule("for-ever", "{ loop {} true }"));
    assert_eq!(load, [("rules/interpreted", "loop".to_owned())]);
    assert_eq!(ran.len(), 1);
    assert_eq!(ran[0].0, "rules/limit");
    for (text, code) in [
        ("fn f(i) { f(i) }\n", "rules/limit"),
        ("fn f(i) { g(i) }\nfn g(i) { f(i) }\n", "rules/limit"),
        ("fn f(i) { let s = \"x\"; for n in 0..60 { s += s; } s.len() > 3 }\n", "rules/limit"),
        ("fn f(i) { let s = [1]; for n in 0..60 { s += s; } s.len() > 3 }\n", "rules/limit"),
        ("fn f(i) { let s = [1]; for n in 0..60 { s = [s, s]; } s.len() > 3 }\n", "rules/limit"),
        ("fn f(i) { let s = \"\"; s.pad(999999999, \"x\"); s.len() > 3 }\n", "rules/limit"),
        ("fn f(i) { let s = []; s.pad(999999999, 1); s.len() > 3 }\n", "rules/limit"),
        ("fn f(i) { for n in 0..9223372036854775807 { } true }\n", "rules/limit"),
        ("fn f(i) { throw \"no\"; }\n", "rules/failed"),
        ("fn f(i) { let x = 1; x += 1; x / i.n > 2 }\n", "rules/failed"),
        ("fn f(i) { let x = 1; x += 1; x }\n", "rules/failed"),
        ("fn f(i) { let x = 1; x += 1; x.nothing() }\n", "rules/failed"),
    ] {
        let (_, ran) = run(&format!("{text}{}", rule("tries", "f(i)")));
        assert_eq!(ran.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{text}: {ran:?}");
    }
}

#[test]
fn a_compiled_condition_that_fails_is_unsettled() {
    for condition in ["10 / i.n > 2", "10 % i.n == 2", "9223372036854775807 + i.n + 1 > 2"] {
        let (load, ran) = run(&rule("tries", condition));
        assert_eq!((load, ran), (vec![], vec![]), "{condition}");
    }
}

#[test]
fn nesting_does_not_reach_the_bottom_of_the_stack() {
    let many = |text: &str, times: usize| text.repeat(times);
    for condition in [
        format!("{}i.yes{}", many("(", 5_000), many(")", 5_000)),
        format!("{}i.yes", many("!", 5_000)),
        format!("{}i.n > 0", many("-", 5_000)),
        format!("{}i.yes{}", many("i.rows.some(|r|\n", 2_000), many(")", 2_000)),
        format!("{}i.yes{}", many("{ ", 5_000), many(" }", 5_000)),
        format!("i.n in {}{}", many("[", 5_000), many("]", 5_000)),
        format!("i.n > 1{}", many("\n + 1", 20_000)),
        format!("i.yes{}", many("\n == i.yes", 20_000)),
        format!("i{}", many("\n.deep", 20_000)),
        format!("i{}", many("[\"deep\"\n]", 20_000)),
        format!("i.rows{}.is_empty()", many("\n.filter(|r| r.ok)", 5_000)),
        format!("i.text{} == \"a\"", many("\n.to_lower()", 5_000)),
        format!("{}i.yes", many("if i.yes { i.no }\nelse ", 5_000) + "{") + "}",
        format!("i.n in 1{}", many("\n..2", 20_000)),
        format!("i.n{}", many("\n ?? 1", 20_000)),
        format!("i.yes{}", many("\n & i.yes", 20_000)),
        format!("i.n{} > 1", many("\n ** 2", 20_000)),
        many("|x| ", 5_000),
        many("`${", 5_000),
        many("#{a:", 5_000),
        many("/*", 30_000),
    ] {
        let loaded = load(&format!("{}{}", rule("deep", &condition), rule("fine", "i.yes")));
        sound(&loaded);
        let short: String = condition.chars().take(40).collect();
        let fine = loaded.pack.as_ref().unwrap().rules.rule("fine").is_some();
        assert!(fine || short.starts_with("/*"), "{short}: {:?}", told(&loaded, Severity::Error).len());
        let codes: Vec<&str> = told(&loaded, Severity::Info).iter().map(|(code, _)| *code).collect();
        let expected = ["rules/syntax", "rules/too-large", "rules/interpreted"];
        assert!(codes.iter().any(|code| expected.contains(code)), "{short}: {codes:?}");
    }
}

#[test]
fn long_but_flat_is_no_fault() {
    for joint in [" || ", " && "] {
        let condition = vec!["i.n == 1\n"; 64].join(joint);
        let loaded = load(&rule("long", &condition));
        sound(&loaded);
        assert_eq!(told(&loaded, Severity::Info), [], "{joint}");
    }
}

#[test]
fn what_grows_when_helpers_are_put_in_does_not_grow_for_ever() {
    let mut helpers = String::from("fn h0(i) { i.yes }\n");
    for n in 1..41 {
        helpers.push_str(&format!("fn h{n}(i) {{ h{}(i) && h{}(i) }}\n", n - 1, n - 1));
    }
    let lets: String = (1..41).map(|n| format!("let x{n} = x{} && x{};\n", n - 1, n - 1)).collect();
    let numbers: String = (1..41).map(|n| format!("let x{n} = x{} + x{};\n", n - 1, n - 1)).collect();
    let nots: String = (1..2_000).map(|n| format!("let x{n} = !x{};\n", n - 1)).collect();
    let many: String = (1..20_000).map(|n| format!("let x{n} = i.yes;\n")).collect();
    let early: String = (1..2_000).map(|_| "if i.yes { return i.no; }\n".to_owned()).collect();
    let equal = (0..40).fold("i.yes".to_owned(), |inner, _| format!("i.no == ({inner})"));
    let ranges =
        (0..40).fold("i.n".to_owned(), |inner, _| format!("(if {inner} in 1..5 {{ 1 }} else {{ 2 }})"));
    for (text, condition) in [
        (helpers.as_str(), "h40(i)".to_owned()),
        ("fn g(x) { x && x }\n", (0..12).fold("i.yes".to_owned(), |inner, _| format!("g(g({inner}))"))),
        ("", format!("{{ let x0 = i.yes;\n{lets} x40 }}")),
        ("", format!("{{ let x0 = i.n;\n{numbers} x40 > 3 }}")),
        ("", format!("{{ let x0 = i.yes;\n{nots} x1999 }}")),
        ("", format!("{{ {many} x1 }}")),
        ("", format!("{{ {early} i.yes }}")),
        ("", equal),
        ("", format!("{ranges} == 1")),
    ] {
        let start = Instant::now();
        let loaded = load(&format!("{text}{}", rule("grows", &condition)));
        sound(&loaded);
        let short: String = condition.chars().take(60).collect();
        let codes: Vec<&str> = told(&loaded, Severity::Info).iter().map(|(code, _)| *code).collect();
        assert!(start.elapsed() < Duration::from_secs(30), "{short}: {:?}", start.elapsed());
        assert!(
            codes.is_empty()
                || codes == ["rules/interpreted"]
                || codes == ["rules/syntax"]
                || codes == ["rules/too-large"],
            "{short}: {codes:?}"
        );
    }
}

#[test]
fn a_helper_chain_as_deep_as_allowed_runs_on_a_small_stack() {
    let mut text = String::new();
    for n in 0..40 {
        let next = format!("f{}(i)", n + 1);
        let body = (0..20).fold(next, |inner, _| format!("!({inner})"));
        text.push_str(&format!("fn f{n}(i) {{ {body} }}\n"));
    }
    text.push_str("fn f40(i) { i.yes }\n");
    let (load, ran) = run(&format!("{text}{}", rule("deep", "f0(i)")));
    assert_eq!(load.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["rules/interpreted"]);
    assert_eq!(ran.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["rules/limit"]);
}

#[test]
fn what_reaches_outside_is_refused() {
    for (text, code, at) in [
        (rule("e", "eval(\"i.yes\")"), "rules/syntax", "eval"),
        (rule("e", "{ import \"x\" as y; true }"), "rules/syntax", "import"),
        ("import \"x\" as y;\n".to_owned(), "rules/syntax", "import"),
        (rule("e", "{ print(i); true }"), "rules/unknown-function", "print"),
        (rule("e", "switch i.n { 1 => true, _ => false }"), "rules/interpreted", "switch"),
        (rule("e", "nowhere::f(i)"), "rules/syntax", ":"),
        ("eval(\"1\");\n".to_owned(), "rules/syntax", "eval"),
        ("print(\"1\");\n".to_owned(), "rules/top-level", "print(\"1\");"),
    ] {
        let loaded = load(&text);
        sound(&loaded);
        let told = told(&loaded, Severity::Info);
        assert!(told.iter().any(|(found, text)| *found == code && text.starts_with(at)), "{text}: {told:?}");
    }
}

#[test]
fn thousands_of_rules_are_read_in_seconds() {
    let start = Instant::now();
    let text: String =
        (0..9_000).map(|n| rule(&format!("r{n}"), &format!("i.n > {n} && i.rows.some(|r| r.ok)"))).collect();
    let loaded = load(&text);
    sound(&loaded);
    assert_eq!(told(&loaded, Severity::Info), []);
    assert_eq!(loaded.pack.as_ref().unwrap().rules.rules().len(), 9_001);
    eprintln!("9,000 rules: {:?}", start.elapsed());
    let start = Instant::now();
    let text: String = (0..100_000).map(|n| rule(&format!("r{n}"), "i.yes")).collect();
    let loaded = load(&text);
    sound(&loaded);
    assert_eq!(told(&loaded, Severity::Info), [("rules/too-large", String::new())]);
    eprintln!("100,000 rules: {:?}", start.elapsed());
}

#[test]
fn thousands_of_broken_statements_do_not_hide_the_sound_ones() {
    let start = Instant::now();
    let text: String = (0..9_000).map(|n| format!("rule(\"r{n}\").when(|i| i.yes &&);\n")).collect();
    let loaded = load(&format!("{text}{}", rule("fine", "i.yes")));
    sound(&loaded);
    assert!(loaded.pack.as_ref().unwrap().rules.rule("fine").is_some());
    let told = told(&loaded, Severity::Info);
    assert!(told.iter().all(|(code, _)| *code == "rules/syntax") && !told.is_empty());
    eprintln!("9,000 broken: {:?}, {} diagnostics", start.elapsed(), told.len());
    for statement in [
        "fn f(){}\n",
        "x;",
        "rule(\n",
        "rule(\"a\").when(|i| i.yes).tier(1);\n",
        "const X = 1;\n",
        "fn ",
        "((",
        "\"",
        ";",
    ] {
        let start = Instant::now();
        let loaded = load(&format!("{}\n{}", statement.repeat(50_000), rule("fine", "i.yes")));
        sound(&loaded);
        assert!(loaded.diagnostics.len() < 110_000);
        eprintln!("50,000 {statement:?}: {:?}, {} diagnostics", start.elapsed(), loaded.diagnostics.len());
    }
}

#[test]
fn what_is_missing_or_foreign_is_said_at_its_name() {
    let whole = || nasty::pack("", SOUND);
    let without = |path: &str| {
        let mut files = whole();
        files.remove(path);
        files
    };
    let with = |path: &str, text: &str| {
        let mut files = whole();
        files.put(path, text);
        files
    };
    let manifest = |from: &str, to: &str| with("remit.yaml", &nasty::MANIFEST.replace(from, to));
    let schema = |from: &str, to: &str| with("schema.json", &nasty::SCHEMA.replacen(from, to, 1));
    let circle = r#""yes": { "type": "boolean", "x-remit": { "applies_when": { "gated": true }, "otherwise": false } }"#;
    let plain = r#""yes": { "type": "boolean" }"#;
    let reference = |to: &str| format!(r##""yes": {{ "$ref": "{to}" }}"##);
    for (files, code, at, sound) in [
        (without("remit.yaml"), "pack/missing-file", "", false),
        (without("schema.json"), "pack/missing-file", "schema.json", false),
        (without("catalogue.yaml"), "pack/missing-file", "catalogue.yaml", true),
        (without("a.rhai"), "pack/missing-file", "a.rhai", true),
        (with("remit.yaml", ""), "pack/empty-file", "", false),
        (with("remit.yaml", "- 1"), "pack/empty-file", "- 1", false),
        (with("schema.json", "[]"), "pack/empty-file", "[]", false),
        (with("catalogue.yaml", "3"), "pack/empty-file", "3", true),
        (manifest("format: 1", "format: 2"), "pack/format", "2", false),
        (manifest("format: 1\n", ""), "pack/missing-key", "", false),
        (manifest("a.rhai", "../a.rhai"), "pack/missing-file", "../a.rhai", true),
        (manifest("a.rhai", "/etc/passwd"), "pack/missing-file", "/etc/passwd", true),
        (manifest("a.rhai", "x/../../a.rhai"), "pack/missing-file", "x/../../a.rhai", true),
        (manifest("name: nasty", "nmae: nasty"), "pack/unknown-key", "nmae", true),
        (manifest("name: nasty", "name: nasty\ndefault_tier: 9"), "pack/wrong-value", "9", true),
        (schema(plain, circle), "schema/circular", "\"yes\"", true),
        (schema(plain, &reference("#/properties/yes")), "schema/", "", false),
        (schema(plain, &reference("#/$defs/nowhere")), "schema/", "", false),
        (schema("\"type\": \"object\"", "\"type\": \"objekt\""), "schema/unsupported", "", false),
        (schema("\"boolean\"", "\"number\""), "schema/unsupported", "\"number\"", false),
        (schema("\"boolean\"", "[[[["), "", "", false),
        (schema("\"boolean\"", "7"), "schema/unsupported", "", false),
    ] {
        let loaded = small(move || pack::load(&files));
        let found: Vec<_> =
            loaded.diagnostics.iter().map(|d| (d.code.0, underlined(&loaded, d), &d.message)).collect();
        assert!(
            found.iter().any(|(c, text, _)| c.starts_with(code) && (at.is_empty() || text == at)),
            "{code} at `{at}`: {found:?}"
        );
        if sound {
            self::sound(&loaded);
        }
    }
}

#[test]
fn a_catalogue_with_wrong_types_everywhere_is_read_as_far_as_it_goes() {
    for wrong in [
        "7",
        "yes",
        "\"x\"",
        "[]",
        "[[1], {a: b}]",
        "{}",
        "{ a: 1 }",
        "{ a: { b: [1, {}] } }",
        "~",
        "!!binary x",
    ] {
        let mut text = String::new();
        for key in [
            "tiers",
            "routes",
            "services",
            "artifacts",
            "roles",
            "teams",
            "outcomes",
            "decisions",
            "escalations",
            "obligations",
            "calendar",
            "assumptions",
        ] {
            text.push_str(&format!("{key}: {wrong}\n"));
        }
        let mut files = nasty::pack("", SOUND);
        files.put("catalogue.yaml", text);
        let loaded = small(move || pack::load(&files));
        sound(&loaded);
        assert!(loaded.diagnostics.iter().any(|d| d.code.0 == "catalogue/bad-tier"), "{wrong}");
        let mut text = nasty::CATALOGUE.to_owned();
        for key in ["artifacts", "roles", "teams", "decisions", "escalations", "obligations"] {
            text.push_str(&format!("{key}:\n  x: {{ title: {wrong}, alternates: {wrong}, owner: {wrong}, to: {wrong}, satisfied_by: {wrong}, outcomes: {wrong}, within: {wrong} }}\n"));
        }
        let mut files = nasty::pack("", SOUND);
        files.put("catalogue.yaml", text);
        let loaded = small(move || pack::load(&files));
        sound(&loaded);
    }
}

#[test]
fn a_rule_that_the_interpreter_runs_still_reads_what_it_reads() {
    let loaded = load(&format!(
        "{}{}",
        rule("loops", "{ let n = 0; for r in i.rows { n += r.size; } n > i.n }"),
        rule("indexes", "{ let k = \"yes\"; i[k] }")
    ));
    sound(&loaded);
    let pack = loaded.pack.as_ref().unwrap();
    let paths = |id: &str| -> Vec<&str> {
        let rule = pack.rules.rule(id).unwrap();
        assert!(matches!(rule.body, Body::Interpreted { .. }));
        rule.reads.iter().map(|slot| pack.schema.slot(*slot).path.as_str()).collect()
    };
    assert_eq!(paths("loops"), ["n", "rows"]);
    assert_eq!(paths("indexes").len(), pack.schema.slot_count(), "any path may be meant");
}

#[test]
fn try_is_refused_wherever_it_hides() {
    for text in [
        rule("t", "{ try { i.yes } catch { false } }"),
        format!("fn f(i) {{ try {{ return i.yes; }} catch {{ return false; }} }}\n{}", rule("t", "f(i)")),
        rule("t", "i.rows.some(|r| { try { return r.ok; } catch { return false; } })"),
    ] {
        let loaded = load(&text);
        sound(&loaded);
        let told = told(&loaded, Severity::Error);
        assert_eq!(told, [("rules/forbidden", "try".to_owned())], "{text}");
        assert!(loaded.pack.as_ref().unwrap().rules.rule("t").is_none(), "{text}");
    }
}

#[test]
fn a_helper_cannot_hide_what_is_built_in() {
    let loaded = load("fn contains(a, b) { true }\n");
    assert_eq!(told(&loaded, Severity::Error), [("rules/duplicate-name", "contains".to_owned())]);
}

/// The text of a rule is data: what looks like our own notation inside it changes nothing.
#[test]
fn two_texts_are_two_tests_whatever_stands_in_them() {
    let text = ["a", "b"].map(|c| rule(c, &format!("i.text == \"x, at: At {{ {c}}} }}\"")));
    let files: FileMap = nasty::pack(&text.concat(), SOUND);
    let loaded = pack::load(&files);
    let pack = loaded.pack.as_ref().unwrap();
    let (slot, _) = pack.schema.slots().find(|(_, field)| field.path == "text").unwrap();
    let facts = Facts::of(&pack.schema, [(slot, Fact::Text("x, at: At { a} }".into()))]);
    let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut vec![]);
    assert_eq!(verdicts[..2], [Truth::Yes, Truth::No]);
}
