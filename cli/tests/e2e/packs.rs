//! Other packs: a copy of the default one with a rule changed, broken ones, and hostile ones.

use crate::program::{Outcome, Program, remit};
use crate::scratch::{Scratch, edit};
use crate::{TODAY, fixtures, top};
use serde_json::Value;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

fn check(arguments: &[&str]) -> Program {
    let fixed = ["check", "--today", TODAY];
    remit(fixed.iter().chain(arguments)).within(&top())
}

fn append(path: &Path, text: &str) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

/// Decides an example by a pack.
fn decide(pack: &Path, example: &str) -> Outcome {
    let path = format!("rules/examples/{example}");
    check(&[&path, "--format", "json", "--pack", pack.to_str().unwrap()]).run()
}

fn traced<'r>(report: &'r Value, rule: &str) -> &'r Value {
    let mut traces = report["trace"].as_array().unwrap().iter();
    traces.find(|trace| trace["rule"] == rule).unwrap_or(&Value::Null)
}

#[test]
fn a_copy_of_the_default_pack_decides_as_the_default_pack() {
    let scratch = Scratch::new();
    let pack = scratch.default_pack();
    let copied = check(&["rules/examples", "--format", "json", "--pack", pack.to_str().unwrap()]).run();
    let built_in = check(&["rules/examples", "--format", "json"]).run();
    // Only the names of the pack's files differ.
    let prefix = format!("{}/", pack.to_str().unwrap());
    assert_eq!(copied.out.replace(&prefix, "default/"), built_in.out);
    assert_eq!((copied.code, copied.err.as_str()), (0, ""));
}

/// The small pack among the default one's examples has examples and cases of its own.
#[test]
fn a_pack_inside_a_pack_is_no_part_of_it() {
    let coverage =
        |arguments: &[&str]| remit(["test", "--coverage"].iter().chain(arguments)).within(&top()).run();
    let (on_disk, built_in) = (coverage(&["--pack", "rules"]), coverage(&[]));
    assert_eq!((on_disk.code, on_disk.out), (0, built_in.out));
}

#[test]
fn the_packs_folder_may_be_named_from_anywhere() {
    let by = |folder: &Path, pack: &str| {
        let example = top().join("rules/examples/golden-path-bootstrap.intake.yaml");
        check(&[example.to_str().unwrap(), "--pack", pack]).within(folder).run().expect_code(0).out
    };
    let (top, rules) = (top(), top().join("rules"));
    let from_top = by(&top, "rules");
    assert!(from_top.contains(" rules/topics/tiers.rhai:"), "{from_top}");
    assert_eq!(by(&top, "rules/"), from_top);
    assert!(by(&rules, ".").contains(" ./topics/tiers.rhai:"));
}

/// The promise of the README: copy the rules, change a threshold, see the difference.
#[test]
fn a_changed_threshold_changes_the_decision() {
    let scratch = Scratch::new();
    let pack = scratch.default_pack();
    let example = "exception-renewed-third-time.intake.yaml";
    let before = decide(&pack, example).expect_code(0).reports().swap_remove(0);
    assert_eq!(before["tier"]["settled"], 3);
    assert_eq!(traced(&before, "repeated-exceptions")["verdict"], "fires");

    edit(&pack.join("topics/tiers.rhai"), "const REPEATED_RENEWALS = 2;", "const REPEATED_RENEWALS = 9;");
    edit(&pack.join("topics/tiers.rhai"), "const REPEATED_EXCEPTIONS = 2;", "const REPEATED_EXCEPTIONS = 9;");
    let after = decide(&pack, example).expect_code(0).reports().swap_remove(0);
    assert_eq!(traced(&after, "repeated-exceptions"), &Value::Null);
    assert!(after["tier"]["settled"].as_u64() < Some(3), "{}", after["tier"]);
    assert_ne!(before["pack"]["digest"], after["pack"]["digest"]);
}

#[test]
fn a_new_rule_is_in_the_decision_with_its_reason_and_its_line() {
    let scratch = Scratch::new();
    let pack = scratch.default_pack();
    let topic = pack.join("topics/tiers.rhai");
    let line = fs::read_to_string(&topic).unwrap().lines().count() + 1;
    append(
        &topic,
        "rule(\"meeting-rooms\").when(|intake| intake.service.name.contains(\"room\")).tier(2)\n    \
         .because(\"somebody once flooded a meeting room\");\n",
    );
    let path = "rules/examples/golden-path-bootstrap.intake.yaml";
    let ran = check(&[path, "--pack", pack.to_str().unwrap()]).run().expect_code(0);
    assert!(ran.out.starts_with("Tier 2 · "), "{}", ran.out);
    assert!(ran.out.contains("somebody once flooded a meeting room"), "{}", ran.out);
    assert!(ran.out.contains(&format!("/topics/tiers.rhai:{line}\n")), "{}", ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn a_rule_that_only_the_interpreter_can_run_counts() {
    let scratch = Scratch::new();
    let pack = scratch.default_pack();
    append(
        &pack.join("topics/tiers.rhai"),
        "fn links_of(intake, kind) {\n    let count = 0;\n    for link in intake.links {\n        \
         if link.kind == kind { count += 1; }\n    }\n    count\n}\n\n\
         rule(\"one-pull-request\").when(|intake| links_of(intake, \"pr\") == 1).tier(3)\n    \
         .because(\"there is exactly one pull request\");\n",
    );
    let ran = decide(&pack, "golden-path-bootstrap.intake.yaml").expect_code(0);
    assert_eq!(ran.err, "", "that it is interpreted is no news each time that it is used");
    let report = &ran.reports()[0];
    assert_eq!(report["tier"]["settled"], 3);
    assert_eq!(traced(report, "one-pull-request")["verdict"], "fires");
    // Where the links are not given, it cannot be said.
    let draft = decide(&pack, "half-filled-draft.intake.yaml").expect_code(0);
    assert_eq!(traced(&draft.reports()[0], "one-pull-request")["verdict"], "unsettled");
}

/// Rules that never come to an end, or to an answer: everything else is decided, the rule counts as unsettled,
/// its author is told where, and nobody else's intake becomes invalid by it.
#[test]
fn a_rule_that_fails_is_unsettled_and_shown() {
    for (name, condition, code) in [
        ("endless", "{ loop {} true }", "rules/limit"),
        ("recursive", "recursive(intake)", "rules/limit"),
        ("greedy", "{ let text = \"x\"; for n in 0..99 { text += text; } text.len() > 9 }", "rules/limit"),
        ("raising", "{ throw \"no\"; true }", "rules/failed"),
    ] {
        let scratch = Scratch::new();
        let pack = scratch.default_pack();
        append(
            &pack.join("topics/tiers.rhai"),
            &format!(
                "fn recursive(intake) {{ recursive(intake) }}\n\n\
                 rule(\"{name}\").when(|intake| {condition}).tier(3).because(\"it tries\");\n"
            ),
        );
        let ran = decide(&pack, "golden-path-bootstrap.intake.yaml").expect_code(0);
        let report = &ran.reports()[0];
        assert_eq!(report["valid"], true, "{name}: it is not the intake's fault");
        assert_eq!((&report["tier"]["floor"], &report["tier"]["ceiling"]), (&0.into(), &3.into()), "{name}");
        assert_eq!(traced(report, name)["verdict"], "unsettled");
        assert_eq!(traced(report, "golden-path")["verdict"], "fires");
        let found = report["diagnostics"].as_array().unwrap();
        assert!(found.iter().any(|found| found["code"] == code), "{name}: {found:?}");
        assert!(ran.took < Duration::from_secs(30), "{name} took {:?}", ran.took);

        // A gate counts what is possible.
        let path = "rules/examples/golden-path-bootstrap.intake.yaml";
        let pack = pack.to_str().unwrap();
        let text = check(&[path, "--pack", pack, "--gate", "tier-3"]).run().expect_code(1).out;
        assert!(text.contains(&format!("[{code}]")), "{name}:\n{text}");
        assert!(text.contains("Stopped by gate tier-3: possibly tier 3"), "{name}:\n{text}");
        let text = check(&[path, "--pack", pack, "--gate", "unsettled"]).run().expect_code(1).out;
        assert!(
            text.contains("Stopped by gate unsettled: not every rule could be decided"),
            "{name}:\n{text}"
        );
    }
}

#[test]
fn a_pack_that_does_not_load_decides_nothing() {
    let example = top().join("rules/examples/golden-path-bootstrap.intake.yaml");
    let example = example.to_str().unwrap();
    for (pack, said) in [
        ("no-such-folder", "remit: the pack `no-such-folder` is not there (named by --pack)"),
        ("no-manifest", "the pack's file `remit.yaml` cannot be read: it is not there"),
        ("no-manifest/catalogue.yaml", "remit: the pack `no-manifest/catalogue.yaml` is no folder"),
        ("broken", "there is no artifact `threat-modle`"),
    ] {
        for command in [&["check", example, "--today", TODAY, "--format", "json"][..], &["schema"]] {
            let ran = remit(command).arg("--pack").arg(pack).within(&fixtures("packs")).run().expect_code(3);
            assert_eq!(ran.out, "", "{pack}");
            assert!(ran.err.contains(said), "{pack}:\n{}", ran.err);
            assert!(ran.err.contains("nothing was decided"), "{}", ran.err);
        }
    }
    // Decisions are shaped as they are whatever the pack.
    remit(["schema", "--decision", "--pack", "broken"]).within(&fixtures("packs")).run().expect_code(0);
}

#[cfg(unix)]
#[test]
fn a_pack_that_is_a_pipe_makes_nobody_wait() {
    let scratch = Scratch::new();
    let pack = scratch.default_pack();
    fs::remove_file(pack.join("catalogue.yaml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", pack.join("catalogue.yaml")).unwrap();
    let ran = decide(&pack, "golden-path-bootstrap.intake.yaml").expect_code(3);
    assert!(
        ran.err.contains("`catalogue.yaml` cannot be read: it is a pipe or a device, not a file"),
        "{}",
        ran.err
    );
}
