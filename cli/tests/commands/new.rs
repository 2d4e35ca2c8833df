//! What `remit new` makes works as it is, and what was there stays as it was.

use crate::{Folder, root};
use serde_json::Value;
use std::fs;

const VENDOR: &str = "rules/examples/packs/vendor-intake";

#[test]
fn a_new_pack_loads_without_a_word_and_its_tests_pass() {
    let folder = Folder::new();
    let said = folder.run(&["new", "pack", "my \"Pack\" {{title}}"]).ok(0);
    assert!(said.contains("made the pack `my-pack-title`"), "{said}");
    fs::rename(folder.0.join("my \"Pack\" {{title}}"), folder.0.join("p")).expect("it was made");
    let ran = folder.run(&["check", "--pack", "p", "p/examples", "-v", "--today", "2026-11-13"]);
    assert_eq!(ran.err, "remit: pack my-pack-title 0.1.0, in `p`: named by --pack\n");
    assert!(ran.ok(0).contains("Tier 2 · Review — New price list (EX-1)"));
    let ran = folder.run(&["test", "--pack", "p", "--require-coverage"]);
    assert_eq!(ran.err, "");
    assert!(ran.ok(0).contains("5 cases: 5 passed"));
}

#[test]
fn a_new_rule_fires_and_does_not_and_disturbs_nothing() {
    let folder = Folder::new();
    folder.run(&["new", "pack", "fresh"]).ok(0);
    folder.copy(VENDOR, "vendor");
    for part in ["remit.yaml", "catalogue.yaml", "intake.schema.json", "topics", "examples", "tests"] {
        folder.copy(&format!("rules/{part}"), &format!("default/{part}"));
    }
    for (pack, topic, path) in [
        ("fresh", "tiers", "topics/tiers.rhai"),
        ("vendor", "conduct.rhai", "topics/conduct.rhai"),
        ("default", "topics/routing.rhai", "topics/routing.rhai"),
    ] {
        let path = format!("{pack}/{path}");
        let before = folder.text(&path);
        for id in ["my-rule", "my-other-rule"] {
            let ran = folder.run(&["new", "rule", id, "--topic", topic, "--pack", pack]);
            assert_eq!(ran.err, "", "{pack}");
            let said = ran.ok(0);
            let line: usize = said
                .split_once(&format!("{path}:"))
                .and_then(|(_, rest)| rest.split_once('\n'))
                .and_then(|(number, _)| number.parse().ok())
                .expect("it says where");
            let text = folder.text(&path);
            assert_eq!(text.lines().nth(line - 1), Some(format!("rule(\"{id}\")").as_str()), "{pack}");
        }
        assert!(folder.text(&path).starts_with(&before), "{pack}");
        let ran = folder.run(&["test", "--pack", pack]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{pack}: {}", ran.out);
        let ran = folder.run(&["test", "--pack", pack, "--filter", "my-rule"]);
        assert!(ran.ok(0).contains("2 cases: 2 passed"), "{pack}");
    }
}

#[test]
fn a_rule_goes_into_a_file_as_it_is_written() {
    let folder = Folder::new();
    folder.copy(VENDOR, "p");
    let crlf = folder.text("p/topics/data.rhai").trim_end().replace('\n', "\r\n");
    folder.put("p/topics/data.rhai", &crlf);
    folder.run(&["new", "rule", "x", "-t", "data", "--pack", "p"]).ok(0);
    let text = folder.text("p/topics/data.rhai");
    assert!(text.starts_with(&format!("{crlf}\r\n\r\n///")), "{text}");
    assert!(!text.replace("\r\n", "").contains('\n'), "{text:?}");
    folder.run(&["test", "--pack", "p"]).ok(0);
}

#[test]
fn a_new_case_holds_what_is_decided() {
    let folder = Folder::new();
    folder.copy(VENDOR, "p");
    for (name, example) in
        [("a", "payroll-service"), ("b", "chat-assistant-draft.intake.yaml"), ("c", "cousins-cleaning")]
    {
        folder.run(&["new", "case", name, "-e", example, "--pack", "p"]).ok(0);
        let ran = folder.run(&["test", "--pack", "p", "--filter", name]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{example}: {}", ran.out);
    }
    let text = folder.text("p/tests/a.case.yaml").replace("tier: 2", "tier: 1");
    folder.put("p/tests/a.case.yaml", text);
    assert_eq!(folder.run(&["test", "--pack", "p"]).code, 1, "what it holds is compared");
    let ran = folder.run(&["new", "case", "d", "-e", "pay-roll-service", "--pack", "p"]);
    assert_eq!(ran.code, 64);
    assert!(ran.err.contains("did you mean `payroll-service`?"), "{}", ran.err);
}

/// The paths of the answers that a report misses.
fn missing(report: &Value) -> Vec<String> {
    let missing = report["ready"]["missing"].as_array().expect("it is a list");
    missing.iter().filter_map(|missing| missing["path"].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_new_intake_asks_for_everything_that_is_needed_and_is_valid() {
    let vendor = root().join(VENDOR);
    let vendor = vendor.to_string_lossy();
    for pack in [None, Some(&*vendor)] {
        let folder = Folder::new();
        let flag: Vec<&str> = pack.iter().flat_map(|pack| ["--pack", pack]).collect();
        let run = |arguments: &[&str]| folder.run(&[arguments, &flag].concat());
        folder.put("nothing.intake.json", "{}");
        run(&["new", "intake", "yaml"]).ok(0);
        run(&["new", "intake", "json", "--json"]).ok(0);
        assert_eq!(run(&["new", "intake"]).ok(0), folder.text("yaml.intake.yaml"));
        // With everything in it that it offers.
        let all: Vec<String> = folder.text("yaml.intake.yaml").lines().map(uncommented).collect();
        folder.put("all.intake.yaml", all.join("\n"));
        let ran = run(&["check", "--format", "json"]);
        let reports: Value = serde_json::from_str(&ran.ok(0)).expect("it is JSON");
        let reports = reports.as_array().expect("it is a list");
        assert_eq!(reports.len(), 4);
        let nothing = missing(&reports[2]);
        assert!(!nothing.is_empty());
        for report in reports {
            let source = report["intake"]["source"].as_str().unwrap_or_default();
            assert_eq!(report["valid"], true, "{source}: {}", report["diagnostics"]);
            assert_eq!(missing(report), nothing, "{source}");
        }
        // Whatever can be answered stands in it.
        let schema: Value = serde_json::from_str(&run(&["schema"]).ok(0)).expect("it is JSON");
        let fields = schema["properties"].as_object().expect("it has fields");
        for key in fields.keys() {
            assert!(all.iter().any(|line| line.starts_with(&format!("{key}:"))), "{key}");
        }
    }
}

/// A line with the `#` of a key taken away; a remark has a space behind it.
fn uncommented(line: &str) -> String {
    match line.strip_prefix('#') {
        Some(rest) if (rest.len() - rest.trim_start().len()) % 2 == 0 => rest.to_owned(),
        _ => line.to_owned(),
    }
}

#[test]
fn what_is_there_is_left_as_it_is() {
    let folder = Folder::new();
    folder.copy(VENDOR, "p");
    folder.put("x.intake.yaml", "mine");
    folder.put("p/tests/x.case.yaml", "mine");
    folder.put("full/y", "mine");
    folder.put("file", "mine");
    let topic = folder.text("p/topics/data.rhai");
    for (command, said) in [
        (&["new", "intake", "x"][..], "`x.intake.yaml` is there already, and is left as it is"),
        (&["new", "intake", "x.yaml"], "`x.intake.yaml` is there already"),
        (&["new", "case", "x", "-e", "cables", "--pack", "p"], "`p/tests/x.case.yaml` is there already"),
        (&["new", "rule", "x", "-t", "data", "--pack", "p"], "`p/tests/x.case.yaml` is there already"),
        (&["new", "pack", "full"], "`full` is not empty, and is left as it is"),
        (&["new", "pack", "file"], "`file` is a file, and is left as it is"),
        (&["new", "pack", "file/below"], "is a file, and is left as it is"),
        (&["new", "intake", "no/such/x"], "its folder is not there"),
    ] {
        let ran = folder.run(command);
        assert_eq!((ran.code, ran.out.as_str()), (74, ""), "{command:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{command:?}: {}", ran.err);
    }
    let ran = folder.run(&["new", "rule", "data-about-people", "-t", "data", "--pack", "p"]);
    assert!(
        ran.code == 64
            && ran.err.contains("there is a rule `data-about-people` already, at p/topics/data.rhai:4"),
        "{}",
        ran.err
    );
    for path in ["x.intake.yaml", "p/tests/x.case.yaml", "full/y", "file"] {
        assert_eq!(folder.text(path), "mine");
    }
    assert_eq!(folder.text("p/topics/data.rhai"), topic);
}

/// What the README promises a team that wants the default pack, but not quite.
#[test]
fn a_pack_that_extends_another_works_as_it_is() {
    let folder = Folder::new();
    let ran = folder.run(&["new", "pack", "portal", "--extends", "default"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("portal/tests/portal-rule.case.yaml"), "{}", ran.out);
    // One that adds to that one, named from where its files lie.
    let ran = folder.run(&["new", "pack", "teams/more", "--extends", "portal"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(folder.text("teams/more/remit.yaml").contains("extends: \"../../portal\""));
    for (pack, inherited) in [("portal", 43), ("teams/more", 44)] {
        let ran = folder.run(&["test", "--pack", pack, "--require-coverage"]);
        assert!(ran.code == 0 && ran.out.contains("2 cases: 2 passed"), "{}{}", ran.out, ran.err);
        assert!(ran.out.contains("rules that fire        1 of 1"), "{}", ran.out);
        let ran = folder.run(&["lint", "--pack", pack, "--deny", "warnings"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        let ran = folder.run(&["pack", "--pack", pack]);
        assert!(ran.out.contains(&format!("{inherited} of them inherited")), "{}", ran.out);
    }
    let ran = folder.run(&["new", "case", "bootstrap", "-e", "golden-path-bootstrap", "--pack", "portal"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(folder.run(&["test", "--pack", "portal"]).out, "3 cases: 3 passed\n");
    let manifest = folder.text("portal/remit.yaml");
    folder.put("portal/remit.yaml", manifest.replace("extends: default", "extends: ../teams/more"));
    let ran = folder.run(&["pack", "--pack", "portal"]);
    assert!(ran.code == 3 && ran.err.contains("this pack extends itself"), "{}", ran.err);
    for (base, said) in
        [("nowhere", "`nowhere` is no pack to extend"), ("defualt", "`default` is the built-in one")]
    {
        let ran = folder.run(&["new", "pack", "other", "--extends", base]);
        assert!(ran.code == 64 && ran.err.contains(said), "{}", ran.err);
        assert!(!folder.0.join("other").exists());
    }
}

#[test]
fn names_that_are_none_are_refused() {
    let folder = Folder::new();
    folder.copy(VENDOR, "p");
    for bad in ["../x", "X", "a b", "", "1", "x\"); y(\"", "ä", "-x", "a\nb", &"x".repeat(99)] {
        for command in [["rule", "-t", "data"], ["case", "-e", "cables"]] {
            let arguments = [&["new"], &command[..], &["--pack", "p", "--", bad]].concat();
            let ran = folder.run(&arguments);
            assert_eq!((ran.code, ran.out.as_str()), (64, ""), "{bad:?}");
        }
    }
    for bad in ["x/", ".", "..", ".hidden", "a\nb", "/"] {
        let ran = folder.run(&["new", "intake", "--", bad]);
        assert_eq!((ran.code, ran.out.as_str()), (64, ""), "{bad:?}: {}", ran.err);
    }
    let ran = folder.run(&["new", "rule", "x", "-t", "dta", "--pack", "p"]);
    assert!(ran.code == 64 && ran.err.contains("did you mean `data`?"), "{}", ran.err);
    let ran = folder.run(&["new", "rule", "x", "-t", "data"]);
    assert!(ran.code == 64 && ran.err.contains("the built-in pack cannot be added to"), "{}", ran.err);
    let before = folder.text("p/remit.yaml");
    folder.put("p/remit.yaml", before.replace("tests: tests", "tests: ../outside"));
    let ran = folder.run(&["new", "rule", "x", "-t", "data", "--pack", "p"]);
    assert!(ran.code == 3 && ran.err.contains("lies outside the pack"), "{}", ran.err);
    assert!(!folder.0.join("outside").exists());
}
