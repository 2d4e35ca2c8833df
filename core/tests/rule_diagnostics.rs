//! What is said of a mistake in a rule file: the code, the underlined text, and what to do. Each case is the
//! snippet with its mistake; the underlined text is written out, so that no case counts offsets.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]

mod nasty;

use remit_core::diagnostic::{Diagnostic, Severity};
use remit_core::pack::{self, FileMap, Loaded};

fn load(text: &str) -> Loaded {
    pack::load(&files(text))
}

fn files(text: &str) -> FileMap {
    nasty::pack(text, "rule(\"sound\").when(|i| i.yes).tier(1).because(\"it is sound\");\n")
}

fn underlined(loaded: &Loaded, diagnostic: &Diagnostic) -> String {
    let source = loaded.sources.iter().find(|source| *source.id() == diagnostic.location.source);
    source.map(|source| source.slice(diagnostic.location.span).to_owned()).unwrap_or_default()
}

fn of_rules(loaded: &Loaded) -> Vec<&Diagnostic> {
    loaded.diagnostics.iter().filter(|d| !d.code.0.starts_with("schema/")).collect()
}

/// The one diagnostic of a topic: its code, what it underlines, a part of its message and its help. Where it
/// has a fix, the fixed topic is clean.
fn check(text: &str, code: &str, at: &str, says: &str) {
    let loaded = load(text);
    let found = of_rules(&loaded);
    let told: Vec<_> =
        found.iter().map(|d| (d.code.0, underlined(&loaded, d), &d.message, &d.help)).collect();
    assert!(loaded.pack.as_ref().unwrap().rules.rule("sound").is_some(), "{text}: the other topic is read");
    assert_eq!(told.len(), 1, "{text}\n{told:#?}");
    assert_eq!((told[0].0, told[0].1.as_str()), (code, at), "{text}\n{told:#?}");
    let words = format!("{} | {}", told[0].2, told[0].3.as_deref().unwrap_or_default());
    assert!(words.contains(says), "{text}\n`{words}` does not say `{says}`");
    assert!(!told[0].2.ends_with('.') && !told[0].2.starts_with(char::is_uppercase), "{words}");
    for fix in &found[0].fixes {
        let mut fixed = text.to_owned();
        for edit in fix.edits.iter().rev() {
            fixed.replace_range(edit.location.span.range(), &edit.text);
        }
        let after = load(&fixed);
        // That a condition runs in the interpreter is no mistake.
        let left: Vec<_> =
            of_rules(&after).into_iter().filter(|found| found.severity > Severity::Info).collect();
        assert!(left.is_empty(), "fixed to {fixed}\n{left:#?}");
    }
}

fn rule(condition: &str) -> String {
    format!("rule(\"a\").when(|i| {condition}).tier(1).because(\"so\");\n")
}

#[test]
fn conditions() {
    for (condition, code, at, says) in [
        ("i.yess", "unknown-path", "yess", "did you mean `yes`"),
        ("i.deep.wel.flag", "unknown-path", "wel", "did you mean `well`"),
        ("i.gate", "unknown-path", "gate", "did you mean `gated`"),
        ("i.size > 1", "unknown-path", "size", "there is `deep.well.size`"),
        ("i.zzzzzz", "unknown-path", "zzzzzz", "the intake has `yes`"),
        ("i.yes.no", "unknown-path", "no", "has no field `no`"),
        ("i.rows.some(|r| r.knid == \"red\")", "unknown-path", "knid", "did you mean `kind`"),
        ("i.colour == \"gren\"", "impossible-literal", "\"gren\"", "did you mean `green`"),
        ("\"gren\" != i.colour", "impossible-literal", "\"gren\"", "`colour` is never `gren`"),
        ("i.colour in [\"red\", \"gren\"]", "impossible-literal", "\"gren\"", "did you mean `green`"),
        ("i.colour !in [\"rot\"]", "impossible-literal", "\"rot\"", "it is `red`, `green` or `blue`"),
        ("i.rank > \"hihg\"", "impossible-literal", "\"hihg\"", "did you mean `high`"),
        ("\"gren\" in i.hues", "impossible-literal", "\"gren\"", "never `gren`"),
        ("i.small == 9", "impossible-literal", "9", "`small` is never `9`"),
        ("i.from > \"soon\"", "impossible-literal", "\"soon\"", "`soon` is no date"),
        ("i.n == \"3\"", "type-mismatch", "i.n == \"3\"", "can never be compared"),
        ("i.yes == \"true\"", "type-mismatch", "i.yes == \"true\"", "write `true` without quotes"),
        ("i.yes == 1", "type-mismatch", "i.yes == 1", "can never be compared"),
        ("i.n + i.text > 1", "type-mismatch", "i.n + i.text", "cannot be combined"),
        ("i.colour > \"red\"", "unordered", ">", "have no order"),
        ("i.text < i.other", "unordered", "<", "no order"),
        ("i.yes > i.no", "unordered", ">", "no order"),
        ("i.rank > i.scale", "unordered", ">", "one order"),
        ("i.colour", "type-mismatch", "i.colour", "as in `== \"red\"`"),
        ("i.yes && i.n", "type-mismatch", "i.n", "as in `> 0`"),
        ("i.deep", "type-mismatch", "i.deep", "a group of fields"),
        ("i.deep == 1", "type-mismatch", "i.deep == 1", "a group of fields"),
        ("i", "type-mismatch", "i", "the intake itself"),
        ("i.rows", "type-mismatch", "i.rows", "is_empty()"),
        ("!i.rows", "type-mismatch", "i.rows", "is_empty()"),
        ("\"x\"", "type-mismatch", "\"x\"", "no condition"),
        ("i.yes in 1..3", "type-mismatch", "i.yes in 1..3", "never in a range"),
        ("1 in i.text", "type-mismatch", "1", "never part of a text"),
        ("1 in i.n", "type-mismatch", "i.n", "holds nothing"),
        ("\"x\" in i.rows", "type-mismatch", "\"x\" in i.rows", ".some(|item|"),
        ("if i.yes { i.no }", "type-mismatch", "if", "without an `else`"),
        ("j.yes", "unknown-variable", "j", "did you mean `i`"),
        ("i.yes && limit > 1", "unknown-variable", "limit", "no variable `limit`"),
        ("i.rows.some(|r| r.ok && i.yes)", "unknown-variable", "i", "further out"),
        ("this.yes", "unknown-variable", "this", "`this`"),
        ("nothing(i)", "unknown-function", "nothing", "no function `nothing`"),
        ("i.text.strats_with(\"a\")", "unknown-function", "strats_with", "did you mean `starts_with`"),
        ("i.rows.any(|r| r.ok)", "unknown-function", "any", "a list has no method `any`"),
        ("i.yes.len()", "unknown-function", "len", "no method"),
        ("i.rows.some()", "bad-argument", "i.rows.some()", "takes 1 arguments"),
        ("i.text.contains(1)", "type-mismatch", "1", "looks for a text"),
    ] {
        check(&rule(condition), &format!("rules/{code}"), at, says);
    }
}

#[test]
fn helpers() {
    let helper = "fn touches(d) { d.flag }\n";
    for (text, code, at, says) in [
        (
            format!("{helper}{}", rule("touchse(i.deep.well)")),
            "unknown-function",
            "touchse",
            "did you mean `touches`",
        ),
        (
            format!("{helper}{}", rule("i.deep.well.touches()")),
            "unknown-function",
            "touches",
            "write `touches(…)`",
        ),
        (
            format!("{helper}{}", rule("touches(i.deep.well, 1)")),
            "bad-argument",
            "touches(i.deep.well, 1)",
            "takes 1",
        ),
        (
            format!("{helper}{}", rule("touches(i.deep)")),
            "unknown-path",
            "flag",
            "`deep` has no field `flag`",
        ),
        (format!("{helper}fn touches(x) {{ x.flag }}\n"), "duplicate-name", "touches", "declared twice"),
        (
            format!("{helper}fn touches(x, y) {{ x.flag && y }}\n"),
            "duplicate-name",
            "touches",
            "declared twice",
        ),
        ("const A = 1;\nconst A = 2;\n".to_owned(), "duplicate-name", "A", "declared twice"),
        ("const A = 1 + 2;\n".to_owned(), "bad-argument", "A", "a constant is a literal"),
        (rule("f(i)") + "fn f(i) { i.yess }\n", "unknown-path", "yess", "did you mean `yes`"),
        (rule("{ try { i.yes } catch { i.no } }"), "forbidden", "try", "could hide"),
        (rule("{ let n = 0; while n < 3 { n += 1; } i.yes }"), "interpreted", "while", "a loop"),
    ] {
        check(&text, &format!("rules/{code}"), at, says);
    }
}

/// A condition that only the interpreter can run is typed as far as it has types.
#[test]
fn mistakes_inside_what_cannot_be_compiled() {
    let looped = |body: &str| rule(&format!("{{ let n = 0; for r in i.rows {{ {body} }} n > 1 }}"));
    let after = |end: &str| rule(&format!("{{ let n = 0; while n < 3 {{ n += 1; }} {end} }}"));
    for (text, code, at, says) in [
        (looped("if r.okk { n += 1; }"), "unknown-path", "okk", "did you mean `ok`?"),
        (
            looped("if i.colour == \"rde\" { n += 1; }"),
            "impossible-literal",
            "\"rde\"",
            "did you mean `red`?",
        ),
        (looped("n += if i.colour < \"red\" { 1 } else { 2 };"), "unordered", "<", "have no order"),
        (looped("while i.n { n += 1; }"), "type-mismatch", "i.n", "no condition"),
        (
            looped("let c = i.colour; if c == \"bleu\" { n += 1; }"),
            "impossible-literal",
            "\"bleu\"",
            "did you mean `blue`?",
        ),
        (looped("n += nothing(r);"), "unknown-function", "nothing", "there is no function"),
        (after("nowhere > 1"), "unknown-variable", "nowhere", "there is no variable"),
        (after("n > 1 && i.gatedd"), "unknown-path", "gatedd", "did you mean `gated`?"),
        (after("i.n"), "type-mismatch", "i.n", "no condition"),
        (after("i.rows.some(|r| r.nothing == n)"), "unknown-path", "nothing", "no field `nothing`"),
        (after("i.rows.map(|r| r.okk).len() > n"), "unknown-path", "okk", "did you mean `ok`?"),
        (after("`${i.colouur}` == \"x\""), "unknown-path", "colouur", "did you mean `colour`?"),
        (
            format!("fn f(i) {{ let n = 0; while n < 1 {{ n += i.nn; }} n > 0 }}\n{}", rule("f(i)")),
            "unknown-path",
            "nn",
            "did you mean `n`?",
        ),
    ] {
        check(&text, &format!("rules/{code}"), at, says);
    }
    // What has no type is left alone, and so is what is there to be changed.
    for sound in [
        looped("if r.ok { n += 1; }"),
        looped("let found = []; found.push(r.ok); n += found.len();"),
        looped("let word = \"a\"; word.pad(3, \"b\"); if word == \"abb\" { n += 1; }"),
        looped("let c = i.colour; c = \"purple\"; if c == \"purple\" { n += 1; }"),
        after("let x = i.n; x -= 1; x > n"),
        after("switch n { 1 => i.yes, _ => i.no }"),
        after("if n == 3 { return i.yes; } i.no"),
        after("#{ a: i.n }.a > n"),
        format!("fn f(i, d) {{ if d > 3 {{ i.yes }} else {{ f(i, d + 1) }} }}\n{}", rule("f(i, 0)")),
    ] {
        let loaded = load(&sound);
        let found: Vec<_> = of_rules(&loaded).into_iter().filter(|found| found.is_error()).collect();
        assert!(found.is_empty(), "{sound}\n{found:#?}");
    }
}

#[test]
fn effects() {
    let with = |effects: &str| format!("rule(\"a\").when(|i| i.yes){effects}.because(\"so\");\n");
    for (effects, code, at, says) in [
        (".route(\"advisroy\")", "unknown-entry", "\"advisroy\"", "did you mean `advisory`"),
        (".route(\"nowhere\")", "unknown-entry", "\"nowhere\"", "the catalogue has `advisory`"),
        (".tier(4)", "bad-argument", "4", "0, 1, 2 or 3"),
        (".tier(-1)", "bad-argument", "-1", "0, 1, 2 or 3"),
        (".tier(\"1\")", "bad-argument", "\"1\"", "0, 1, 2 or 3"),
        (".tier()", "bad-argument", "tier()", "wants one argument"),
        (".tier(1).within(\"soon\")", "bad-argument", "\"soon\"", "`4 hours`"),
        (".flag(\"fatal\", \"x\")", "bad-argument", "\"fatal\"", "`error`, `warning` or `info`"),
        (".flag(\"error\")", "bad-argument", "flag(\"error\")", "a severity and a message"),
        (".rout(\"advisory\")", "unknown-effect", "rout", "did you mean `route`"),
        (".route(i.colour)", "bad-argument", "i", "written out"),
        ("", "no-effect", "a", "does nothing"),
    ] {
        check(&with(effects), &format!("rules/{code}"), at, says);
    }
    for (text, code, at, says) in [
        ("rule(\"a\").tier(1).because(\"so\");", "condition", "a", "no condition"),
        (
            "rule(\"a\").when(|i| i.yes).when(|i| i.no).tier(1).because(\"so\");",
            "condition",
            "a",
            "two conditions",
        ),
        ("rule(\"a\").when(|i, j| i.yes).tier(1).because(\"so\");", "condition", "|", "one parameter"),
        ("rule(\"a\").when(|| true).tier(1).because(\"so\");", "condition", "||", "one parameter"),
        ("rule(\"a\").when(true).tier(1).because(\"so\");", "bad-argument", "when(true)", "|intake|"),
        ("rule(\"a\").when(|i| i.yes).tier(1);", "no-reason", "a", "does not say why"),
        (
            "rule(\"a\").when(|i| i.yes).tier(1).because(\"so\").because(\"too\");",
            "bad-argument",
            "because(\"too\")",
            "one reason",
        ),
        ("rule(\"A b\").when(|i| i.yes).tier(1).because(\"so\");", "bad-id", "A b", "lowercase"),
        ("rule().when(|i| i.yes).tier(1).because(\"so\");", "bad-id", "rule()", "starts with its id"),
        ("rule(\"\").when(|i| i.yes).tier(1).because(\"so\");", "bad-id", "\"\"", "lowercase"),
        ("rule(\"sound\").when(|i| i.yes).tier(1).because(\"so\");", "duplicate-rule", "sound", "another id"),
    ] {
        check(text, &format!("rules/{code}"), at, says);
    }
}

#[test]
fn what_is_no_rule() {
    for (text, code, at, says) in [
        ("let x = 1;\n", "top-level", "let x = 1;", "neither a rule"),
        ("1 + 2;\n", "top-level", "1 + 2;", "neither a rule"),
        ("loop { }\n", "top-level", "loop { }", "neither a rule"),
        ("rulee(\"a\").tier(1);\n", "top-level", "rulee(\"a\").tier(1);", "neither a rule"),
        (
            "rule(\"x\").when(|i| i.yes).tier(1).because(\"so\")\nconst A = 1;\n",
            "syntax",
            ")",
            "does not end in `;`",
        ),
        ("rule(\"x\").when(|i| (i.yes).tier(1);\nconst A = 1;\n", "syntax", ";", "missing `,`"),
        ("rule(\"x\").when(|i| i.yes &&);\n", "syntax", ")", ""),
        ("const A = \"open;\n", "syntax", "\"open;", "cannot be read"),
        ("fn f(i) { i.yes\n", "syntax", "s", "missing"),
        ("const A = 'ab';\n", "syntax", "'ab'", "cannot be read"),
    ] {
        check(text, &format!("rules/{code}"), at, says);
    }
    for empty in ["", "\n", "// nothing\n", "\u{feff}", ";;;"] {
        assert!(of_rules(&load(empty)).is_empty(), "{empty:?}");
    }
}

/// The mistake stands where it stands, whatever comes before it.
#[test]
fn places_survive_odd_texts() {
    let wrong = "rule(\"a\").when(|i| i.yess).tier(1).because(\"so\");";
    for text in [
        format!("\u{feff}{wrong}"),
        format!("// ä\r\n\r\n{wrong}\r\n"),
        format!("/* 🦀 */ {wrong}"),
        wrong.replace("i.yess", "i.text == \"🦀ä\" || i.yess"),
        wrong.replace("i.yess", "i.text == \"🦀ä\"\r\n || /* ö */ i.yess"),
        format!("const A = \"ä\"; {wrong}"),
        format!("const A = 1;{wrong}"),
        format!("{}{wrong}", "\n".repeat(60_000)),
        format!("{}{wrong}", " ".repeat(60_000)),
        format!("{}\n{wrong}", "// x\n".repeat(50_000)),
    ] {
        check(&text, "rules/unknown-path", "yess", "did you mean `yes`");
    }
}

#[test]
fn a_file_that_rhai_could_not_count_is_refused_at_the_place() {
    let sound = rule("i.yes");
    for (text, says) in [
        (format!("{}{sound}", "\n".repeat(66_000)), "65535 lines"),
        (format!("{}{sound}", " ".repeat(66_000)), "65535 lines"),
        (format!("{}{sound}", "// x\n".repeat(250_000)), "bytes"),
        (rule(&vec!["i.yes\n"; 10_000].join("||")), "a statement may have"),
    ] {
        let loaded = load(&text);
        let found = of_rules(&loaded);
        assert_eq!(found.len(), 1, "{says}: {found:#?}");
        assert_eq!(found[0].code.0, "rules/too-large");
        assert!(found[0].message.contains(says), "{}", found[0].message);
        assert!((found[0].location.span.end as usize) <= text.len());
    }
}

/// A broken statement in the middle costs itself only, and two statements on one line are two.
#[test]
fn the_statements_around_a_broken_one_are_read() {
    for broken in [
        "rule(\"x\").when(|i| (i.yes",
        "fn f( {",
        "const = 3;",
        "rule(\"x\").when(|i| i.a[);",
        "}}}}",
        "\"open",
    ] {
        let first = rule("i.yes");
        let last = rule("i.no").replace("\"a\"", "\"b\"");
        let loaded = load(&format!("/// About a.\n{first}{broken}\n/// About b.\n{last}"));
        let pack = loaded.pack.as_ref().unwrap();
        let docs = ["a", "b"].map(|id| pack.rules.rule(id).map(|rule| rule.doc.as_str()));
        assert_eq!(docs[0], Some("About a."), "{broken}");
        assert!(docs[1].is_some(), "{broken}: {:?}", of_rules(&loaded));
        let found = of_rules(&loaded);
        assert!(!found.is_empty() && found.iter().all(|d| d.is_error()), "{broken}: {found:#?}");
    }
    let loaded = load(&format!("{}{}", rule("i.yes").trim_end(), rule("i.no").replace("\"a\"", "\"b\"")));
    let rules = &loaded.pack.as_ref().unwrap().rules;
    let span = |id: &str| rules.rule(id).unwrap().span;
    assert!(span("a").end <= span("b").start);
    let spans = ["a", "b"].map(|id| rules.source(0).slice(rules.rule(id).unwrap().condition_span));
    assert_eq!(spans, ["|i| i.yes", "|i| i.no"]);
}

/// What a condition's parts point at.
#[test]
fn parts_point_at_what_is_written() {
    use remit_core::rules::Body;
    for condition in [
        "i.colour in [\"red\", \"blue\"]",
        "i.colour !in [\"red\"]",
        "!(i.yes || i.no)",
        "(i.yes || i.no) && (i.gated)",
        "i.rows.filter(|r| r.ok).len() > 1",
        "i.text.to_lower().contains(\"x\")",
        "i.n in 1..=3",
        "-i.n > 3",
        "i[\"yes\"]",
    ] {
        let loaded = load(&rule(condition));
        let rules = &loaded.pack.as_ref().unwrap().rules;
        let Body::Compiled(compiled) = &rules.rule("a").unwrap().body else { panic!("{condition}") };
        assert_eq!(rules.source(compiled.at.topic).slice(compiled.at.span), condition);
    }
}
