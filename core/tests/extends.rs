//! Packs that extend the default one: what they add, what they change, and every mistake with its place.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy sees tests only in `#[test]` functions; what they call may stop just as well"
)]

use remit_core::cases::{self, State};
use remit_core::coverage::Coverage;
use remit_core::diagnostic::Diagnostic;
use remit_core::document::Format;
use remit_core::engine::Engine;
use remit_core::explain::Target;
use remit_core::lint;
use remit_core::pack::{self, FileMap, Loaded, Pack};
use remit_core::wire::{self, v1};

const MANIFEST: &str = "format: 1\nname: portal\nversion: 2.0.0\nextends: default\n";

fn default() -> FileMap {
    FileMap::of("default/", remit_rules::FILES)
}

/// A pack of these files that extends the default one.
fn files(own: &[(&str, &str)]) -> FileMap {
    let own: Vec<(&str, &[u8])> = own.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    FileMap::of("portal/", &own).with_base("default", default())
}

fn load(own: &[(&str, &str)]) -> Pack {
    pack::load(&files(own)).usable().unwrap_or_else(|loaded| panic!("{:#?}", loaded.diagnostics))
}

/// A pack whose manifest has these lines more.
fn with(lines: &str) -> Pack {
    load(&[("remit.yaml", &format!("{MANIFEST}{lines}"))])
}

fn report(pack: Pack, intake: &str) -> v1::Report {
    let engine = Engine::new(pack);
    let checked = engine.check_bytes("i.intake.yaml", intake.as_bytes(), Format::Yaml, None);
    wire::report(&engine, &checked)
}

fn example(name: &str) -> &'static str {
    let path = format!("examples/{name}.intake.yaml");
    let (_, bytes) = remit_rules::FILES.iter().find(|(known, _)| *known == path).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

/// The text that a diagnostic points at.
fn underlined(loaded: &Loaded, found: &Diagnostic) -> String {
    let source = loaded.sources.iter().find(|source| *source.id() == found.location.source).unwrap();
    source.slice(found.location.span).to_owned()
}

/// Loading gives one error of this code, at this text of this file, which says so.
#[track_caller]
fn wrong(own: &[(&str, &str)], code: &str, file: &str, at: &str, said: &str) {
    let loaded = pack::load(&files(own));
    let errors: Vec<&Diagnostic> = loaded.diagnostics.iter().filter(|found| found.is_error()).collect();
    let [only] = errors.as_slice() else { panic!("{errors:#?}") };
    let help = only.help.clone().unwrap_or_default();
    assert_eq!((only.code.0, only.location.source.as_str()), (code, file));
    assert_eq!(underlined(&loaded, only), at);
    assert!(format!("{}; {help}", only.message).contains(said), "{} {help}", only.message);
}

#[test]
fn a_pack_that_adds_nothing_decides_as_its_base() {
    let base = pack::load(&default()).usable().unwrap();
    let own = with("");
    assert_eq!(own.rules.rules().len(), base.rules.rules().len());
    assert_eq!(own.default_tier, base.default_tier);
    assert_eq!(own.schema.json(), base.schema.json());
    assert_ne!(own.digest, base.digest);
    assert_eq!(own.bases[0].digest, base.digest);
    let intake = example("public-payments-endpoint");
    let decided = v1::Report { pack: report(base, intake).pack, ..report(own, intake) };
    assert_eq!(decided, report(pack::load(&default()).usable().unwrap(), intake));
}

#[test]
fn what_a_pack_is_made_of_shows_in_its_digest() {
    let changed = {
        let mut base = default();
        base.put("topics/rights.rhai", "");
        let own = FileMap::of("portal/", &[("remit.yaml", MANIFEST.as_bytes())]);
        pack::load(&own.with_base("default", base)).pack.unwrap().digest
    };
    let digests = [with("").digest, with("title: Another\n").digest, changed];
    assert!(digests[0] != digests[1] && digests[0] != digests[2], "{digests:?}");
    assert_eq!(with("").digest, with("").digest);
}

const SCHEMA: &str = r#"{
  "required": ["requester", "portal"],
  "properties": {
    "requester": { "x-remit": { "question": "Whom do we call?" } },
    "portal": {
      "title": "Portal", "type": "object", "additionalProperties": false, "required": ["component"],
      "properties": {
        "component": { "title": "Component", "type": "string", "x-remit": { "question": "Which component?" } },
        "paying": { "title": "Paying customers", "type": "boolean", "x-remit": { "question": "Do customers pay?", "silence": { "assume": false } } }
      }
    },
    "data": { "properties": {
      "sensitivity": { "enum": ["secret"], "x-remit": { "choices": { "secret": "State secrets" } } },
      "backups": { "title": "Backups", "type": "boolean", "x-remit": { "question": "Are there backups?", "silence": { "assume": true } } }
    } },
    "links": { "items": { "properties": { "kind": { "enum": ["scorecard"] } } } }
  }
}"#;

const CATALOGUE: &str = "
tiers:
  \"2\": { title: Thorough review, turnaround: { urgent: { decide: 3 business days } } }
routes:
  scorecard: { title: Scorecard, owner: portal-team }
teams:
  portal-team: { title: Portal team }
artifacts:
  scorecard: { title: Scorecard, satisfied_by: { links: [scorecard] } }
calendar:
  holidays: [2026-11-23]
";

const TOPIC: &str = "
rule(\"paying-customers\")
    .when(|intake| intake.portal.paying && !low_risk_on_golden_path(intake))
    .tier(2)
    .route(\"scorecard\")
    .require(\"scorecard\")
    .because(\"customers pay for it\");
rule(\"secret\")
    .when(|intake| intake.data.sensitivity == \"secret\" && !intake.data.backups)
    .tier(3)
    .because(\"secrets without a copy\");
";

fn grown() -> [(&'static str, &'static str); 4] {
    [
        (
            "remit.yaml",
            "format: 1\nname: portal\nversion: 2.0.0\nextends: default\nschema: s.json\ncatalogue: c.yaml\ntopics: [t.rhai]\n",
        ),
        ("s.json", SCHEMA),
        ("c.yaml", CATALOGUE),
        ("t.rhai", TOPIC),
    ]
}

#[test]
fn questions_entries_and_rules_are_added() {
    let pack = load(&grown());
    let base = pack::load(&default()).usable().unwrap();
    assert_eq!(pack.rules.rules().len(), base.rules.rules().len() + 2);
    let field = |path: &str| pack.schema.at(path).unwrap_or_else(|| panic!("no {path}"));
    assert_eq!(field("requester").question, "Whom do we call?");
    assert!(
        field("requester").required && field("portal.component").required && field("service.owner").required
    );
    let choices = field("data.sensitivity").choices().unwrap();
    assert!(choices.ordered && choices.names().last() == Some("secret"), "{choices:?}");
    assert_eq!(choices.values.last().unwrap().title, "State secrets");
    // Every field says in which file it stands.
    let at = |path: &str| pack.schema.declared(field(path)).source.to_string();
    assert_eq!(at("data.sensitivity"), "default/intake.schema.json");
    assert_eq!(at("data.backups"), "portal/s.json");
    let tier = pack.catalogue.tier(2).unwrap();
    assert_eq!(tier.head.title, "Thorough review");
    assert_eq!(tier.head.declared.as_ref().unwrap().source.as_str(), "default/catalogue.yaml");
    assert!(!tier.artifacts.is_empty(), "what is not named stays");
    assert_eq!(
        pack.catalogue
            .head(remit_core::catalogue::Section::Routes, "scorecard")
            .unwrap()
            .declared
            .as_ref()
            .unwrap()
            .source
            .as_str(),
        "portal/c.yaml"
    );
    assert_eq!((pack.catalogue.calendar.weekend.len(), pack.catalogue.calendar.holidays.len()), (2, 1));
}

#[test]
fn a_decision_comes_from_both() {
    let intake = format!(
        "{}\nportal: {{ component: checkout, paying: true }}\n",
        example("contained-iam-change").replace("submitted_on: 2026-11-12", "submitted_on: 2026-11-20")
    );
    let report = report(load(&grown()), &intake);
    assert!(report.valid, "{:#?}", report.diagnostics);
    assert_eq!(report.tier.settled, Some(2));
    let fires: Vec<&str> = report.trace.iter().map(|trace| trace.rule.as_str()).collect();
    assert!(fires.contains(&"paying-customers") && fires.contains(&"identity-change-contained"), "{fires:?}");
    let of =
        |rule: &str| report.trace.iter().find(|trace| trace.rule == rule).unwrap().location.source.clone();
    assert_eq!(of("paying-customers"), "portal/t.rhai");
    assert_eq!(of("identity-change-contained"), "default/topics/routing.rhai");
    assert_eq!(report.pack.extends[0].name, "default");
    // The holiday on the Monday moves the decision by a day.
    let decide = report.dates.iter().find(|date| date.id == "due/decide").unwrap();
    assert_eq!(decide.by.as_deref(), Some("2026-12-07"), "{decide:?}");
}

#[test]
fn a_rule_is_switched_off_and_may_be_replaced() {
    let off = "switch_off:\n  undetectable: Our platform watches everything.\n";
    let pack = with(off);
    assert!(pack.rules.rule("undetectable").is_none());
    assert_eq!(pack.switched_off[0].because, "Our platform watches everything.");
    let engine = Engine::new(pack);
    let asked = Target::parse("undetectable", &engine.pack, engine.index()).unwrap_err();
    assert!(asked.contains("switches the rule `undetectable` off: Our platform watches"), "{asked}");
    let report = report(with(off), example("disputed-and-undetectable"));
    assert_eq!(report.pack.switched_off[0].rule, "undetectable");
    assert!(!report.escalations.iter().any(|point| point.point.name == "undetectable"));
    let own = "rule(\"undetectable\").when(|i| i.risk.detection == \"no\").tier(2).because(\"ours\");";
    let manifest = format!("{MANIFEST}{off}topics: [t.rhai]\n");
    let replaced = load(&[("remit.yaml", &manifest), ("t.rhai", own)]);
    assert_eq!(replaced.rules.rule("undetectable").unwrap().because, "ours");
}

#[test]
fn a_constant_gets_another_value() {
    let fires = |pack: Pack| {
        let report = report(pack, example("repeated-sla-breaches"));
        report.trace.iter().any(|trace| trace.rule == "repeated-sla-breaches")
    };
    assert!(fires(with("")));
    assert!(!fires(with("constants: { REPEATED_BREACHES: 4 }\n")));
    // The interpreter reads the same one.
    let topic = "rule(\"loop\").when(|i| { let n = 0; for l in i.links { n += 1; } REPEATED_BREACHES == 4 }).tier(3).because(\"x\");";
    let manifest = format!("{MANIFEST}constants: {{ REPEATED_BREACHES: 4 }}\ntopics: [t.rhai]\n");
    let pack = load(&[("remit.yaml", &manifest), ("t.rhai", topic)]);
    assert_eq!(report(pack, example("repeated-sla-breaches")).tier.settled, Some(3));
}

#[test]
fn null_takes_an_entry_away_and_an_empty_key_does_not() {
    let manifest = format!(
        "{MANIFEST}catalogue: c.yaml\nswitch_off: {{ third-party-involved: Vendors are assessed elsewhere. }}\n"
    );
    let pack = load(&[("remit.yaml", &manifest), ("c.yaml", "routes:\n  vendor-security: null\nteams:\n")]);
    let routes: Vec<&str> = pack.catalogue.routes.ids().collect();
    assert!(!routes.contains(&"vendor-security") && routes.contains(&"privacy"), "{routes:?}");
    assert!(pack.catalogue.teams.get("privacy-team").is_some());
    let manifest = format!("{MANIFEST}catalogue: c.yaml\n");
    let own = [("remit.yaml", manifest.as_str()), ("c.yaml", "routes:\n  vendor-security: null\n")];
    wrong(
        &own,
        "rules/unknown-entry",
        "default/topics/shepherding.rhai",
        "\"vendor-security\"",
        "vendor-security",
    );
}

#[test]
fn packs_extend_each_other_in_a_row() {
    let middle = files(&[("remit.yaml", MANIFEST), ("t.rhai", "")]);
    let top = "format: 1\nname: top\nversion: 1.0.0\nextends: ../portal\nconstants: { REPEATED_BREACHES: 3 }\ntopics: [t.rhai]\n";
    let topic = "rule(\"top\").when(|i| auth_changes(i)).tier(3).because(\"x\");";
    let files = FileMap::of("top/", &[("remit.yaml", top.as_bytes()), ("t.rhai", topic.as_bytes())]);
    let pack = pack::load(&files.with_base("../portal", middle)).usable().unwrap();
    let names: Vec<&str> = pack.bases.iter().map(|base| base.manifest.name.as_str()).collect();
    assert_eq!(names, ["portal", "default"]);
    assert!(
        pack.owns(pack.rules.rule("top").unwrap()) && !pack.owns(pack.rules.rule("golden-path").unwrap())
    );
}

#[test]
fn every_mistake_has_a_place() {
    let manifest = |lines: &str| format!("{MANIFEST}{lines}");
    let whole = |lines: &str| format!("format: 1\nname: portal\nversion: 2.0.0\n{lines}");
    let at = "portal/remit.yaml";
    for (text, code, place, said) in [
        (whole("extends: defualt\n"), "pack/unknown-base", "defualt", "did you mean `default`?"),
        (whole("extends: ../nowhere\n"), "pack/unknown-base", "../nowhere", "neither `default`"),
        (
            manifest("switch_off: { undetectible: why }\n"),
            "pack/unknown-rule",
            "undetectible",
            "did you mean `undetectable`?",
        ),
        (manifest("switch_off: { undetectable: }\n"), "pack/wrong-value", "undetectable", "nobody says why"),
        (
            manifest("constants: { REPEATED_BREECHES: 1 }\n"),
            "pack/unknown-constant",
            "REPEATED_BREECHES",
            "did you mean `REPEATED_BREACHES`?",
        ),
        (
            manifest("constants: { REPEATED_BREACHES: many }\n"),
            "pack/wrong-value",
            "many",
            "must be a whole number",
        ),
        (manifest("default_tier: 7\n"), "pack/wrong-value", "7", "no tier"),
        (manifest("extand: x\n"), "pack/unknown-key", "extand", "did you mean `extends`?"),
    ] {
        wrong(&[("remit.yaml", &text)], code, at, place, said);
    }
    let manifest = manifest("schema: s.json\ncatalogue: c.yaml\ntopics: [t.rhai]\n");
    let own = |schema: &'static str, catalogue: &'static str, topic: &'static str| {
        [("s.json", schema), ("c.yaml", catalogue), ("t.rhai", topic)]
    };
    let not = "is what the pack that this one extends says";
    for (files, code, file, place, said) in [
        (
            own(r#"{"properties":{"blast_radius":{"type":"integer"}}}"#, "{}", ""),
            "schema/not-an-addition",
            "s.json",
            "\"type\"",
            not,
        ),
        (
            own(r#"{"properties":{"blast_radius":{"x-remit":{"ordered":false}}}}"#, "{}", ""),
            "schema/not-an-addition",
            "s.json",
            "\"ordered\"",
            not,
        ),
        (
            own(r#"{"required":["reqester"]}"#, "{}", ""),
            "schema/unknown-reference",
            "default/intake.schema.json",
            "",
            "reqester",
        ),
        (
            own("{}", "routes: { advisory: { owner: nobody } }", ""),
            "catalogue/unknown-id",
            "c.yaml",
            "nobody",
            "there is no role `nobody`",
        ),
        (
            own("{}", "{}", "rule(\"golden-path\").when(|i| i.exposure.internet).tier(1).because(\"x\");"),
            "rules/duplicate-rule",
            "t.rhai",
            "golden-path",
            "under `switch_off`",
        ),
        (
            own("{}", "{}", "const REPEATED_BREACHES = 3;"),
            "rules/duplicate-name",
            "t.rhai",
            "REPEATED_BREACHES",
            "under `constants`",
        ),
        (
            own("{}", "{}", "rule(\"x\").when(|i| i.portl).tier(1).because(\"x\");"),
            "rules/unknown-path",
            "t.rhai",
            "portl",
            "portl",
        ),
    ] {
        let mut all = vec![("remit.yaml", manifest.as_str())];
        all.extend(files);
        let file = if file.contains('/') { file.to_owned() } else { format!("portal/{file}") };
        if place.is_empty() {
            let loaded = pack::load(&self::files(&all));
            assert!(
                loaded.diagnostics.iter().any(|found| found.code.0 == code && found.message.contains(said))
            );
            continue;
        }
        wrong(&all, code, &file, place, said);
    }
}

#[test]
fn a_circle_ends() {
    let text = "format: 1\nname: portal\nversion: 1.0.0\nextends: ../portal\n";
    let one = || FileMap::of("portal/", &[("remit.yaml", text.as_bytes())]);
    let loaded = pack::load(&one().with_base("../portal", one()));
    let [found] = loaded.diagnostics.as_slice() else { panic!("{:#?}", loaded.diagnostics) };
    assert_eq!(found.code.0, "pack/circular-base");
    assert_eq!(found.message, "this pack extends itself: `portal` extends `portal`");
    // However the host calls them.
    let mut files = FileMap::of("0/", &[("remit.yaml", text.as_bytes())]);
    for number in 1..40 {
        let above = FileMap::of(format!("{number}/"), &[("remit.yaml", text.as_bytes())]);
        files = above.with_base("../portal", files);
    }
    let loaded = pack::load(&files);
    assert!(loaded.diagnostics.iter().any(|found| found.code.0 == "pack/circular-base"));
}

#[test]
fn lints_and_coverage_are_about_the_packs_own_part() {
    let mut all = grown().to_vec();
    all.push(("tests/t.case.yaml", "example: contained-iam-change.intake.yaml\nexpect: { tier: 1 }\n"));
    all[0].1 = "format: 1\nname: portal\nversion: 2.0.0\nextends: default\nschema: s.json\ncatalogue: c.yaml\ntopics: [t.rhai]\ntests: tests\n";
    let files = files(&all);
    let loaded = pack::load(&files);
    let found = loaded.diagnostics.clone();
    let engine = Engine::new(loaded.usable().unwrap());
    let observations = lint::examples(&engine.pack, &files);
    assert_eq!(observations.len(), 17, "the base's examples show what its rules do");
    let lints = lint::lint(&engine.pack, &files, &observations, found, &[]);
    let own: Vec<(&str, &str)> =
        lints.iter().map(|found| (found.code.0, found.location.source.as_str())).collect();
    assert!(own.iter().all(|(_, file)| file.starts_with("portal/")), "{own:?}");
    assert!(own.contains(&("lint/no-example-fires", "portal/t.rhai")), "{own:?}");
    // What the base takes for granted is for everybody to decide: one sentence, at the word that brings it in.
    let assumed: Vec<_> = lints.iter().filter(|found| found.code == lint::codes::ASSUMPTION).collect();
    let [only] = assumed.as_slice() else { panic!("{assumed:#?}") };
    assert!(only.message.starts_with("`default` takes 39 values"), "{}", only.message);
    assert!(only.help.as_deref().unwrap_or_default().contains("tiers.0.turnaround"));
    let suite = cases::read(&files, &engine.pack);
    let mut seen = Coverage::new(&engine.pack);
    let run = cases::run(&engine, &suite, &|_| true, &mut |checked| seen.add(&engine, checked));
    assert_eq!((run.count(State::Passed), run.count(State::Failed), run.count(State::Wrong)), (1, 0, 0));
    assert_eq!(seen.rules.len(), 2);
    let points: Vec<&str> = seen.points.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(points, ["route/scorecard", "requirement/scorecard"]);
}
