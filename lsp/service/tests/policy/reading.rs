//! Reading a pack: hovers, outlines, colours, remarks in and above lines, calls.

use crate::desk::{edited, more, original, whole};
use remit_service::answer::{Command, Symbol, TokenKind};
use remit_service::{Config, Service};

const TOPIC: &str = "topics/spend.rhai";

#[test]
fn hovering_a_rule_says_when_it_fires_and_how_often() {
    let desk = edited(TOPIC, "rule(\"large-purchase\")", "rule(\"large-pur‸chase\")");
    let page = desk.hover();
    for wanted in
        ["Large sums are lost", "When ", "tier 2", "Supplier review", "larger contracts", "examples"]
    {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn hovering_names_says_what_they_are() {
    for (from, to, wanted) in [
        (
            "rule(\"large-purchase\")\n    .when(|intake| intake.spend.yearly_eur",
            "rule(\"large-purchase\")\n    .when(|intake| intake.spend.year‸ly_eur",
            "spend.yearly_eur",
        ),
        ("intake.data.gets == \"none\"", "intake.data.gets == \"no‸ne\"", "`none`"),
        (".route(\"tender\")", ".route(\"ten‸der\")", "tender"),
        (".notify(\"finance\")", ".not‸ify(\"finance\")", ".notify("),
        (">= LARGE)", ">= LAR‸GE)", "100_000"),
        ("!work_depends_on_them(intake)", "!work_depends‸_on_them(intake)", "fn work_depends_on_them"),
    ] {
        let page = edited(TOPIC, from, to).hover();
        assert!(page.contains(wanted), "{to}: {page:?}");
    }
    assert_eq!(edited(TOPIC, "// What it costs", "// What ‸it costs").hover(), "");
}

#[test]
fn the_call_around_the_cursor_is_explained() {
    for (marked, wanted, place) in [
        ("rule(\"x\").route(‸", "route(route)", 0),
        ("rule(\"x\").flag(\"info\", ‸", "flag(severity, message)", 1),
        ("rule(\"x\").when(|intake| intake.links.some(‸", "some(", 0),
        ("rule(\"x\").when(|intake| work_depends_on_them(‸", "work_depends_on_them(intake)", 0),
        ("rule(‸", "rule(id)", 0),
    ] {
        let desk = more(TOPIC, marked);
        let help = desk.snapshot.signature_help(desk.id(), desk.cursor);
        let help = help.unwrap_or_else(|| panic!("{marked}: no help"));
        let signature = &help.signatures[help.signature as usize];
        assert!(signature.label.contains(wanted), "{marked}: {}", signature.label);
        assert_eq!(help.parameter, place, "{marked}");
    }
}

fn outline(symbols: &[Symbol], depth: usize, lines: &mut Vec<String>) {
    for symbol in symbols {
        lines.push(format!("{}{}", "  ".repeat(depth), symbol.name));
        assert!(symbol.span.start <= symbol.name_span.start && symbol.name_span.end <= symbol.span.end);
        outline(&symbol.children, depth + 1, lines);
    }
}

#[test]
fn outlines_name_what_there_is() {
    let show = |path: &str, text: &str| {
        let desk = whole(path, text);
        let mut lines = vec![];
        outline(&desk.snapshot.symbols(desk.id()), 0, &mut lines);
        lines
    };
    let rules = show(TOPIC, &original(TOPIC));
    for name in ["SMALL", "holds_data_about_people", "small-purchase", "not-in-the-budget"] {
        assert!(rules.iter().any(|line| line.trim() == name), "{name}: {rules:?}");
    }
    // A statement that is being written does not empty the outline.
    let broken = show(TOPIC, &format!("{}\nrule(\"x\").when(|i| i.", original(TOPIC)));
    assert_eq!(broken[..rules.len()], rules[..]);
    let cases = show("tests/spend.case.yaml", &original("tests/spend.case.yaml"));
    assert!(cases.iter().any(|line| line.trim() == "exactly what a buyer may spend"), "{cases:?}");
    let catalogue = show("catalogue.yaml", &original("catalogue.yaml"));
    assert!(catalogue.iter().any(|line| line.trim() == "supplier-review"), "{catalogue:?}");
}

#[test]
fn colours_know_what_words_mean() {
    let desk = whole(TOPIC, &original(TOPIC));
    let tokens = desk.snapshot.semantic_tokens(desk.id());
    assert!(
        tokens.is_sorted_by(|one, next| one.span.end <= next.span.start),
        "in order, and none over another"
    );
    let kind = |text: &str| {
        let token = tokens.iter().find(|token| desk.slice(token.span).trim_matches('"') == text);
        token.unwrap_or_else(|| panic!("no token `{text}`")).kind
    };
    for (text, wanted) in [
        ("small-purchase", TokenKind::Rule),
        ("when", TokenKind::Method),
        ("holds_data_about_people", TokenKind::Function),
        ("intake", TokenKind::Parameter),
        ("LARGE", TokenKind::Variable),
        ("yearly_eur", TokenKind::Field),
        ("goods", TokenKind::Choice),
        ("supplier-review", TokenKind::Entry),
        ("100_000", TokenKind::Number),
    ] {
        assert_eq!(kind(text), wanted, "{text}");
    }
}

#[test]
fn above_a_rule_stands_how_often_it_fires_and_a_way_to_test_it() {
    let desk = whole(TOPIC, &original(TOPIC));
    let lenses = desk.snapshot.code_lenses(desk.id());
    let fires: Vec<&str> =
        lenses.iter().map(|lens| lens.title.as_str()).filter(|title| title.starts_with("fires on")).collect();
    assert_eq!(fires.len(), original(TOPIC).matches("\nrule(").count());
    assert!(fires.iter().all(|title| title.contains("of 4 examples")), "{fires:?}");
    let tests = lenses.iter().filter(|lens| matches!(&lens.command, Command::RunTests(Some(_)))).count();
    assert_eq!(tests, fires.len());
}

#[test]
fn types_are_drawn_behind_fields_once_they_are_asked_for() {
    let desk = whole(TOPIC, &original(TOPIC));
    let all = remit_service::answer::Span::new(0, desk.text.len());
    let hints = desk.snapshot.inlay_hints(desk.id(), all);
    assert!(hints.iter().all(|hint| !hint.label.contains('(')), "not unless they are asked for: {hints:?}");
    assert!(
        hints.iter().any(|hint| hint.label == " supplier review"),
        "a tier is called by its name: {hints:?}"
    );
    let mut service = Service::new(remit_rules::FILES);
    service.set_config(Config { type_hints: true, inlay_hints: false, ..Config::default() });
    service.open_as(
        "a.rhai",
        remit_service::FileKind::Rules,
        "rule(\"x\").when(|intake| intake.environment == \"production\").tier(1);",
        1,
    );
    let snapshot = service.snapshot();
    let hints = snapshot.inlay_hints("a.rhai", remit_service::answer::Span::new(0, 100));
    assert_eq!(hints.len(), 1, "{hints:?}");
    assert!(hints[0].label.contains("production"), "{hints:?}");
}

#[test]
fn files_fold_and_grow_selections() {
    for path in [TOPIC, "catalogue.yaml", "tests/spend.case.yaml", "intake.schema.json"] {
        let desk = whole(path, &original(path));
        let folds = desk.snapshot.folding(desk.id());
        assert!(folds.len() > 3, "{path}: {folds:?}");
        let middle = desk.text.len() / 2;
        let middle = (middle..).find(|at| desk.text.is_char_boundary(*at)).unwrap();
        let [ranges] = desk.snapshot.selection_ranges(desk.id(), &[middle]).try_into().unwrap();
        assert!(ranges.len() > 1, "{path}: {ranges:?}");
        assert!(
            ranges.is_sorted_by(|inner, outer| outer.start <= inner.start && inner.end <= outer.end),
            "{path}: {ranges:?}"
        );
    }
}
