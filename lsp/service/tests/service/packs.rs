//! Which pack decides, and what happens while it is being edited.

use crate::desk::service;
use remit_service::{Change, Config, DEFAULT_PACK, FileKind, PackState, RootConfig, Service};

const INTAKE: &str = "exposure:\n  internet: true\n  changes: true\n";

/// The default pack's files in a folder of the host's.
fn put_pack(service: &mut Service, folder: &str) {
    for (path, bytes) in remit_rules::FILES {
        service.set_file(&format!("{folder}/{path}"), bytes.to_vec());
    }
}

fn tier(service: &Service, id: &str) -> Option<u8> {
    service.snapshot().decision(id).map(|report| report.tier.ceiling)
}

#[test]
fn the_nearest_folder_with_a_manifest_decides_then_the_setting_then_the_default() {
    let mut service = service();
    put_pack(&mut service, "w/policy");
    put_pack(&mut service, "shared/pack");
    for id in ["w/policy/examples/mine.intake.yaml", "w/team/a.intake.yaml", "else/a.intake.yaml"] {
        service.open(id, INTAKE, 1);
    }
    let roots = vec![RootConfig { root: "w".to_owned(), pack: Some("shared/pack/".to_owned()) }];
    service.set_config(Config { roots, ..Config::default() });
    let snapshot = service.snapshot();
    let root = |id: &str| snapshot.pack_info(id).root;
    assert_eq!(root("w/policy/examples/mine.intake.yaml").as_deref(), Some("w/policy"));
    assert_eq!(root("w/team/a.intake.yaml").as_deref(), Some("shared/pack"));
    assert_eq!(root("else/a.intake.yaml"), None);
    assert_eq!(snapshot.pack_info("else/a.intake.yaml").state, PackState::Default);
    assert_eq!(snapshot.pack_roots(), ["shared/pack", "w/policy"]);
    assert!(snapshot.notices().is_empty());
}

#[test]
fn a_changed_rule_changes_the_answer_and_a_broken_one_keeps_the_last() {
    let mut service = service();
    put_pack(&mut service, "p");
    let (id, topic) = ("p/a.intake.yaml", "p/topics/tiers.rhai");
    service.open(id, INTAKE, 1);
    assert_eq!(service.snapshot().decision(id).unwrap().tier.floor, 2);
    let rules = service.snapshot().text(topic).unwrap().to_owned();
    let three =
        rules.replacen("intake.exposure.changes)\n    .tier(2)", "intake.exposure.changes)\n    .tier(3)", 1);
    assert_ne!(rules, three);
    service.open(topic, &three, 1);
    assert_eq!(service.snapshot().decision(id).unwrap().tier.floor, 3, "an open buffer covers the disk");
    service.change(topic, vec![Change::Full(format!("{three}\nrule(\"half"))], 2).unwrap();
    let snapshot = service.snapshot();
    assert_eq!(snapshot.decision(id).unwrap().tier.floor, 3, "the last good pack decides");
    assert_eq!(snapshot.pack_info(id).state, PackState::LastGood);
    assert_eq!(snapshot.notices().len(), 1);
    assert!(snapshot.notices()[0].message.contains("the last version that did is used"));
    assert!(snapshot.diagnostics(id).iter().any(|found| found.code == "pack/not-loaded"));
    assert!(!snapshot.diagnostics(topic).is_empty(), "the topic says what is wrong with it");
    service.close(topic).unwrap();
    assert_eq!(service.snapshot().decision(id).unwrap().tier.floor, 2, "closing brings the disk back");
    assert_eq!(snapshot.decision(id).unwrap().tier.floor, 3, "an old snapshot answers as it was");
}

#[test]
fn a_pack_that_never_loaded_decides_nothing_and_says_so() {
    let mut service = service();
    put_pack(&mut service, "p");
    assert!(service.remove_file("p/catalogue.yaml"));
    service.open("p/a.intake.yaml", "exposure:\n  internet: yes\n", 1);
    let snapshot = service.snapshot();
    assert_eq!(tier(&service, "p/a.intake.yaml"), None);
    assert_eq!(snapshot.pack_info("p/a.intake.yaml").state, PackState::Broken);
    assert_eq!(snapshot.lacking(), ["p/catalogue.yaml"]);
    let codes: Vec<String> =
        snapshot.diagnostics("p/a.intake.yaml").into_iter().map(|found| found.code).collect();
    assert!(
        codes.contains(&"pack/not-loaded".to_owned()) && codes.contains(&"intake/wrong-type".to_owned()),
        "{codes:?}"
    );
    service.set_file("p/remit.yaml", "format: 99\n");
    let snapshot = service.snapshot();
    assert!(snapshot.hover("p/a.intake.yaml", 2).is_none());
    assert!(snapshot.completions("p/a.intake.yaml", 0).is_empty());
    assert!(!snapshot.symbols("p/a.intake.yaml").is_empty(), "what needs no pack still works");
}

/// A pack that adds to another is one pack to its author: what comes from below is known, and found.
#[test]
fn a_pack_that_extends_another_knows_what_that_one_has() {
    let mut service = service();
    put_pack(&mut service, "w/base");
    for (folder, extends) in [("w/own", "default"), ("w/far", "../base")] {
        let manifest = format!(
            "format: 1\nname: own\nversion: 1.0.0\nextends: {extends}\nschema: s.json\ntopics: [t.rhai]\n"
        );
        service.set_file(&format!("{folder}/remit.yaml"), manifest);
        let schema = r#"{ "properties": { "data": { "properties": { "copies": { "title": "Copies", "type": "integer", "x-remit": { "question": "How many?" } } } } } }"#;
        service.set_file(&format!("{folder}/s.json"), schema);
        let rules = "rule(\"own\")\n    .when(|i| auth_changes(i) && i.data.copies > REPEATED_BREACHES)\n    .route(\"privacy\")\n    .because(\"x\");\n";
        let (topic, intake) = (format!("{folder}/t.rhai"), format!("{folder}/a.intake.yaml"));
        service.open(&topic, rules, 1);
        service.open(&intake, INTAKE, 1);
        let snapshot = service.snapshot();
        assert_eq!(snapshot.pack_info(&intake).state, PackState::Good, "{:?}", snapshot.notices());
        let found = snapshot.diagnostics(&topic);
        let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(codes, ["lint/no-example-fires"], "all that it takes from below is known: {found:?}");
        assert_eq!(tier(&service, &intake), Some(3));
        let base = if extends == "default" { "default" } else { "w/base" };
        for (name, file) in [
            ("auth_changes", format!("{base}/topics/routing.rhai")),
            ("REPEATED_BREACHES", format!("{base}/topics/routing.rhai")),
            ("privacy", format!("{base}/catalogue.yaml")),
            ("copies", format!("{folder}/s.json")),
        ] {
            let places = snapshot.definition(&topic, rules.find(name).unwrap() + 1);
            let files: Vec<&str> = places.iter().map(|place| place.file.as_str()).collect();
            assert_eq!(files, [file.as_str()], "{name}");
            assert_eq!(
                snapshot.text(&file).unwrap().get(places[0].span.range()).unwrap().trim_matches('"'),
                name
            );
        }
        assert!(snapshot.rename(&topic, rules.find("auth_changes").unwrap() + 1, "other").is_err());
        let hover = snapshot.hover(&topic, rules.find("auth_changes").unwrap() + 1).unwrap();
        assert!(hover.markdown.contains("authentication changes"), "{}", hover.markdown);
        let symbols = snapshot.symbols(&format!("{folder}/s.json"));
        assert_eq!(symbols.len(), 1, "the base's questions are not this file's");
        assert_eq!(symbols[0].children[0].name, "copies");
    }
    let affected = service.snapshot().affected_by("w/base/topics/tiers.rhai");
    assert!(affected.contains(&"w/far/a.intake.yaml".to_owned()), "{affected:?}");
    assert!(!affected.contains(&"w/own/a.intake.yaml".to_owned()), "{affected:?}");
    service.remove_file("w/base/catalogue.yaml");
    let snapshot = service.snapshot();
    assert!(snapshot.lacking().contains(&"w/base/catalogue.yaml".to_owned()));
    assert_eq!(snapshot.pack_info("w/far/a.intake.yaml").state, PackState::LastGood);
}

#[test]
fn kinds_follow_names_and_manifests() {
    let mut service = service();
    put_pack(&mut service, "p");
    let snapshot = service.snapshot();
    for (id, kind) in [
        ("p/remit.yaml", FileKind::Manifest),
        ("p/catalogue.yaml", FileKind::Catalogue),
        ("p/intake.schema.json", FileKind::Schema),
        ("p/topics/tiers.rhai", FileKind::Rules),
        ("p/tests/half-filled-draft.case.yaml", FileKind::Case),
        ("p/examples/privileged-deploy-pipeline.intake.json", FileKind::Intake),
        ("default/catalogue.yaml", FileKind::Catalogue),
        ("q/catalogue.yaml", FileKind::Other),
        ("p/readme.md", FileKind::Other),
    ] {
        assert_eq!(snapshot.kind(id), kind, "{id}");
    }
    assert!(snapshot.text(&format!("{DEFAULT_PACK}topics/tiers.rhai")).is_some());
}

/// What a rule file is offered behind `intake.`.
fn fields(service: &mut Service, topic: &str) -> Vec<String> {
    let text = "rule(\"a\")\n    .when(|intake| intake.";
    service.open(topic, &format!("{text})\n    .tier(1);\n"), 1);
    let found = service.snapshot().completions(topic, text.len());
    found.into_iter().map(|found| found.label).collect()
}

#[test]
fn a_pack_that_never_loaded_is_not_taken_for_the_built_in_one() {
    let manifest = "format: 1\nname: own\nversion: 1.0.0\nschema: s.json\ntopics: [t.rhai]\n";
    let own = r#"{ "type": "object", "properties": { "copies": { "type": "integer" } } }"#;
    for (manifest, schema, offered) in [
        (manifest.to_owned(), Some(own), &["copies"][..]),
        (manifest.replace("name: own", "name: [own"), Some(own), &["copies"]),
        (manifest.replace("format: 1", "format: 9"), Some(own), &[]),
        (manifest.replace("schema: s.json\n", ""), Some(own), &[]),
        (manifest.to_owned(), Some("{ \"type\": "), &[]),
        (manifest.to_owned(), None, &[]),
        (format!("{manifest}extends: ../nowhere\n"), Some(own), &[]),
    ] {
        let mut service = service();
        service.set_file("p/remit.yaml", manifest.as_str());
        if let Some(schema) = schema {
            service.set_file("p/s.json", schema);
        }
        let found = fields(&mut service, "p/t.rhai");
        assert_eq!(found, offered, "{manifest}{schema:?}");
        assert_eq!(service.snapshot().pack_info("p/t.rhai").state, PackState::Broken);
    }
}

#[test]
fn a_script_that_belongs_to_no_pack_is_left_alone() {
    let mut service = service();
    put_pack(&mut service, "shared");
    let roots = vec![RootConfig { root: "w".to_owned(), pack: Some("shared".to_owned()) }];
    service.set_config(Config { roots, ..Config::default() });
    let script = "fn on_hit(player) { player.health -= 1; }\nlet intake = ;\n";
    for id in ["w/game/topics/hit.rhai", "else/hit.rhai"] {
        service.open(id, script, 1);
        let snapshot = service.snapshot();
        assert_eq!(snapshot.kind(id), FileKind::Other, "{id}");
        assert!(snapshot.diagnostics(id).is_empty() && snapshot.quick_diagnostics(id).is_none(), "{id}");
        assert!(fields(&mut service, id).is_empty(), "{id}");
    }
    service.open("w/game/topics/hit.rhai", script, 2);
    service.set_file("w/game/remit.yaml", "format: 1\nname: game\nversion: 1.0.0\n");
    assert!(!service.snapshot().diagnostics("w/game/topics/hit.rhai").is_empty(), "now it is a pack's");
}

#[test]
fn a_change_of_a_pack_reaches_its_open_intakes_only() {
    let mut service = service();
    put_pack(&mut service, "p");
    service.open("p/a.intake.yaml", INTAKE, 1);
    service.open("q/b.intake.yaml", INTAKE, 1);
    let snapshot = service.snapshot();
    assert_eq!(snapshot.affected_by("p/catalogue.yaml"), ["p/catalogue.yaml", "p/a.intake.yaml"]);
    assert_eq!(snapshot.affected_by("q/b.intake.yaml"), ["q/b.intake.yaml"]);
}

#[test]
fn snapshots_are_good_on_other_threads() {
    let mut service = service();
    service.open("a.intake.yaml", INTAKE, 1);
    let snapshot = service.snapshot();
    let asked = std::thread::spawn(move || {
        (snapshot.version("a.intake.yaml"), snapshot.diagnostics("a.intake.yaml").len())
    });
    service.change("a.intake.yaml", vec![Change::Full(String::new())], 2).unwrap();
    assert_eq!(service.snapshot().version("a.intake.yaml"), Some(2));
    let (version, found) = asked.join().unwrap();
    assert_eq!(version, Some(1));
    assert!(found > 1);
    assert!(service.change("b.intake.yaml", vec![], 1).is_err());
    assert!(service.close("b.intake.yaml").is_err());
}

#[test]
fn today_decides_what_is_overdue() {
    let mut service = service();
    service.open("a.intake.yaml", "submitted_on: 2026-11-19\nexposure:\n  internet: true\n", 1);
    let timing =
        |service: &Service| format!("{:?}", service.snapshot().decision("a.intake.yaml").unwrap().dates);
    let before = timing(&service);
    service.set_today(Some("2027-11-20".parse().unwrap()));
    assert_ne!(before, timing(&service));
    assert!(timing(&service).contains("Overdue"));
}
