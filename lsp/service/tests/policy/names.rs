//! Going to names, finding them and changing them, across all files of a pack.

use crate::desk::{Desk, edited, original};

const TOPIC: &str = "topics/spend.rhai";

/// The same text, with a cursor before the last letter of a part of it.
fn at(path: &str, part: &str) -> Desk {
    let middle = part.len() - 1;
    edited(path, part, &format!("{}‸{}", &part[..middle], &part[middle..]))
}

/// Every file that a rename changes has the new name wherever the old one stood, and the pack still loads.
fn renamed(mut desk: Desk, old: &str, new: &str) -> Vec<String> {
    let files = desk.rename(new).unwrap();
    assert_eq!(desk.errors(), Vec::<String>::new());
    for (path, text) in &files {
        let before = original(path);
        assert!(text.matches(new).count() > 0, "{path}");
        assert_eq!(
            text.len() as i64 - before.len() as i64,
            (text.matches(new).count() as i64 - before.matches(new).count() as i64)
                * (new.len() as i64 - old.len() as i64),
            "{path}: nothing else changes"
        );
    }
    files.into_keys().collect()
}

#[test]
fn a_rule() {
    let desk = at(TOPIC, "rule(\"large-purchase");
    assert_eq!(desk.definition(), ["topics/spend.rhai:29: large-purchase"]);
    assert!(
        desk.references().iter().any(|place| place.starts_with("tests/spend.case.yaml:")),
        "{:?}",
        desk.references()
    );
    let files = renamed(desk, "large-purchase", "dear");
    assert!(
        files.contains(&"tests/spend.case.yaml".to_owned()) && files.contains(&TOPIC.to_owned()),
        "{files:?}"
    );
    // From a test too.
    let desk = at("tests/spend.case.yaml", "rules: [everyday-purchase, large-purchase");
    assert_eq!(desk.definition(), ["topics/spend.rhai:29: large-purchase"]);
}

#[test]
fn a_helper_function() {
    let desk = at("topics/data.rhai", "holds_data_about_people");
    assert_eq!(desk.definition(), ["topics/spend.rhai:7: holds_data_about_people"]);
    let files = renamed(desk, "holds_data_about_people", "personal");
    assert_eq!(files, ["topics/data.rhai", TOPIC]);
}

#[test]
fn a_constant() {
    let desk = at(TOPIC, "const TENDER_FROM");
    assert_eq!(desk.references().len(), 2, "{:?}", desk.references());
    assert_eq!(renamed(desk, "TENDER_FROM", "THREE_OFFERS_FROM"), [TOPIC]);
}

#[test]
fn a_parameter_stays_in_its_closure() {
    let desk = edited(
        TOPIC,
        ".when(|intake| intake.spend.yearly_eur >= LARGE)",
        ".when(|int‸ake| intake.spend.yearly_eur >= LARGE)",
    );
    assert_eq!(desk.references().len(), 2);
    let mut desk = desk;
    let files = desk.rename("it").unwrap();
    assert!(files[TOPIC].contains(".when(|it| it.spend.yearly_eur >= LARGE)"));
    assert!(files[TOPIC].contains(".when(|intake| intake.spend.yearly_eur > SMALL)"));
}

#[test]
fn an_entry_of_the_catalogue() {
    let desk = at("topics/data.rhai", ".route(\"data-protection");
    let [definition] = desk.definition().try_into().unwrap();
    assert!(
        definition.starts_with("catalogue.yaml:") && definition.ends_with(": data-protection"),
        "{definition}"
    );
    let files = renamed(desk, "data-protection", "privacy");
    for path in ["catalogue.yaml", "topics/data.rhai", "tests/data.case.yaml"] {
        assert!(files.iter().any(|file| file == path), "{path}: {files:?}");
    }
}

#[test]
fn a_field_of_a_schema_that_is_written_by_hand() {
    let desk = at(TOPIC, "intake.spend.offers");
    let [definition] = desk.definition().try_into().unwrap();
    assert!(definition.starts_with("intake.schema.json:"), "{definition}");
    let files = renamed(desk, "offers", "bids");
    for path in ["intake.schema.json", TOPIC, "tests/spend.case.yaml", "examples/cables.intake.yaml"] {
        assert!(files.iter().any(|file| file == path), "{path}: {files:?}");
    }
}

#[test]
fn names_that_would_break_something_are_refused_with_the_reason() {
    for (desk, name, why) in [
        (at(TOPIC, "rule(\"large-purchase"), "small-purchase", "`small-purchase`"),
        (at(TOPIC, "rule(\"large-purchase"), "not a name", "not a name"),
        (at(TOPIC, "rule(\"large-purchase"), "", ""),
        (at("topics/data.rhai", "holds_data_about_people"), "work_depends_on_them", "work_depends_on_them"),
        (at("topics/data.rhai", "holds_data_about_people"), "while", "while"),
        (at(TOPIC, "const TENDER_FROM"), "SMALL", "SMALL"),
        (at("topics/data.rhai", ".route(\"data-protection"), "direct", "direct"),
        (at(TOPIC, "intake.spend.offers"), "budgeted", "budgeted"),
        (at(TOPIC, "// What it costs"), "x", ""),
    ] {
        let mut desk = desk;
        let refused = desk.rename(name).unwrap_err();
        assert!(refused.contains(why) && !refused.is_empty(), "{name}: {refused}");
    }
}

#[test]
fn names_are_found_in_half_written_files_too() {
    let desk = crate::desk::more(
        TOPIC,
        "rule(\"x\")\n    .when(|intake| holds_data_about_peo‸ple(intake) && intake.\n    .route(\"",
    );
    assert_eq!(desk.definition(), ["topics/spend.rhai:7: holds_data_about_people"]);
    let desk =
        crate::desk::more(TOPIC, "rule(\"x\")\n    .when(|intake| intake.spend.off‸ers > \n    .route(\"dir");
    assert_eq!(desk.definition().len(), 1);
    assert!(desk.hover().contains("spend.offers"), "{}", desk.hover());
}

#[test]
fn a_file_that_is_named_opens() {
    assert_eq!(at("remit.yaml", "topics/spend.rhai").definition(), ["topics/spend.rhai:1: "]);
    assert_eq!(
        at("tests/spend.case.yaml", "example: cables.intake.yaml").definition(),
        ["examples/cables.intake.yaml:1: "]
    );
}

#[test]
fn all_names_are_found_by_their_letters() {
    let desk = at(TOPIC, "const TENDER_FROM");
    let find = |query: &str| -> Vec<String> {
        desk.snapshot.workspace_symbols(query).into_iter().map(|symbol| symbol.name).collect()
    };
    assert_eq!(find("largepur"), ["large-purchase"]);
    assert!(find("holdsdata").contains(&"holds_data_about_people".to_owned()));
    assert!(find("suprev").contains(&"supplier-review".to_owned()));
    assert!(find("no such name").is_empty());
}
