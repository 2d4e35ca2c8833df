//! `remit test` as a pipeline and a person meet it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn remit(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_remit")).args(arguments).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

/// A copy of the default pack in a folder of its own, with these files changed.
fn pack(name: &str, changed: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("test-{name}"));
    let _ = std::fs::remove_dir_all(&root);
    let changed = changed.iter().map(|(path, text)| (*path, text.as_bytes()));
    for (path, bytes) in remit_rules::FILES.iter().copied().chain(changed) {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("the folder is made");
        std::fs::write(file, bytes).expect("the file is written");
    }
    root
}

fn test(root: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let output = remit(&[&["test", "--pack", root.to_str().expect("the path is UTF-8")], more].concat());
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

const FAILING: (&str, &str) = (
    "tests/wrong.case.yaml",
    "# a comment\nexample: internal-docs-site-tweak.intake.yaml\nexpect:\n  tier: 2 # beside\n  routes: [board]\n",
);

#[test]
fn the_default_pack_passes_and_is_covered() {
    let output = remit(&["test", "--require-coverage"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert!(shown.contains(" passed\n") && !shown.contains("Not covered"), "{shown}");
}

#[test]
fn exit_codes_tell_failures_from_mistakes() {
    assert_eq!(test(&pack("failing", &[FAILING]), &[]).0, Some(1));
    assert_eq!(test(&pack("failing-filtered", &[FAILING]), &["--filter", "GOLDEN"]).0, Some(0));
    let mistake = ("tests/mistake.case.yaml", "example: nowhere.intake.yaml\nexpect: { tier: 1 }\n");
    let (code, shown, _) = test(&pack("mistake", &[FAILING, mistake]), &[]);
    assert_eq!(code, Some(2));
    assert!(shown.contains("error[case/unknown-example]") && shown.contains("FAILED  wrong"), "{shown}");
    assert_eq!(test(&pack("broken", &[("topics/tiers.rhai", "rule(")]), &[]).0, Some(3));
    assert_eq!(remit(&["test", "--bless"]).status.code(), Some(64));
    assert_eq!(remit(&["test", "--format", "junit", "--coverage"]).status.code(), Some(64));
    let needless = ("tests/uncovered.yaml", "uncovered: [{ tier: 3, because: never }]\n");
    let root = pack("needless", &[needless]);
    assert_eq!(test(&root, &[]).0, Some(0));
    let (code, shown, _) = test(&root, &["--coverage"]);
    assert_eq!(code, Some(2));
    assert!(
        shown.contains("coverage/needless-excuse") && shown.contains("tests/uncovered.yaml:1:15"),
        "{shown}"
    );
}

#[test]
fn a_gap_fails_only_where_coverage_is_required() {
    let rule = "rule(\"new\").when(|intake| intake.change.iam && intake.change.network)\n    .tier(1).because(\"x\").cites(\"X-1\");\n";
    let root = pack("gap", &[]);
    let topic = root.join("topics/rights.rhai");
    let old = std::fs::read_to_string(&topic).expect("the topic is there");
    std::fs::write(&topic, format!("{old}\n{rule}")).expect("the topic is written");
    let (code, shown, _) = test(&root, &["--coverage"]);
    assert_eq!(code, Some(0), "{shown}");
    let line = old.lines().count() + 2;
    assert!(shown.contains(&format!("rights.rhai:{line}:27: `intake.change.iam` never decides")), "{shown}");
    assert_eq!(test(&root, &["--require-coverage"]).0, Some(1));
}

#[test]
fn blessing_rewrites_the_file_and_leaves_the_rest() {
    let root = pack("bless", &[FAILING]);
    let (code, _, aside) = test(&root, &["--bless"]);
    assert_eq!(code, Some(0), "{aside}");
    assert!(aside.contains("1 case of ") && aside.contains("rewritten"), "{aside}");
    let now = std::fs::read_to_string(root.join(FAILING.0)).expect("the case is there");
    assert_eq!(now, FAILING.1.replace("tier: 2", "tier: 1").replace("[board]", "[advisory]"));
    assert_eq!(test(&root, &[]).0, Some(0));
    let left = std::fs::read_dir(root.join("tests")).expect("the folder is there");
    let stray =
        left.filter_map(Result::ok).filter(|entry| entry.file_name().to_string_lossy().starts_with('.'));
    assert_eq!(stray.count(), 0, "nothing else is left behind");
}

#[test]
fn a_read_only_file_stays_and_is_reported() {
    let root = pack("read-only", &[FAILING]);
    let path = root.join(FAILING.0);
    let mut permissions = std::fs::metadata(&path).expect("the case is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions.clone()).expect("permissions are set");
    let (code, _, aside) = test(&root, &["--bless"]);
    assert_eq!(code, Some(2), "{aside}");
    assert!(aside.contains("stays as it is: it is read-only"), "{aside}");
    assert_eq!(std::fs::read_to_string(&path).expect("the case is there"), FAILING.1);
}

#[test]
fn coverage_goes_to_a_file_or_has_standard_output_to_itself() {
    let (code, shown, aside) = test(&pack("lcov", &[]), &["--coverage", "lcov"]);
    assert_eq!(code, Some(0));
    assert!(shown.starts_with("TN:remit\nSF:") && aside.contains(" passed"), "{aside}");
    let root = pack("files", &[FAILING]);
    let file = root.join("coverage.json");
    let file = file.to_str().expect("the path is UTF-8");
    let (code, xml, _) = test(&root, &["--format", "junit", "--coverage", "json", "--coverage-file", file]);
    assert_eq!(code, Some(1));
    assert!(xml.starts_with("<?xml") && xml.contains("<failure message="), "{xml}");
    let written = std::fs::read(file).expect("the coverage is written");
    let coverage: serde_json::Value = serde_json::from_slice(&written).expect("it is JSON");
    assert_eq!((&coverage["json"], &coverage["complete"]), (&1.into(), &true.into()));
    let (code, _, aside) = test(&root, &["--coverage", "--coverage-file", "/nowhere/at/all"]);
    assert_eq!(code, Some(74), "{aside}");
}

#[test]
fn a_report_is_as_its_schema_says() {
    let root = pack("schema", &[FAILING, ("tests/mistake.case.yaml", "expect: { teir: 1 }\n")]);
    let (_, shown, _) = test(&root, &["--format", "json", "--coverage", "json"]);
    let report: serde_json::Value = serde_json::from_str(&shown).expect("it is JSON");
    let schema = remit(&["schema", "--tests"]).stdout;
    let schema: serde_json::Value = serde_json::from_slice(&schema).expect("the schema is JSON");
    let required = schema["required"].as_array().expect("the schema requires something");
    assert!(required.iter().all(|key| report.get(key.as_str().unwrap_or_default()).is_some()));
    assert_eq!(
        (&report["failed"], &report["passed"].as_u64().is_some_and(|passed| passed > 90)),
        (&1.into(), &true)
    );
    let failure =
        &report["cases"].as_array().expect("there are cases").iter().find(|case| case["name"] == "wrong");
    let failure = &failure.expect("the case is reported")["failures"][0];
    assert_eq!(
        (&failure["aspect"], &failure["wanted"], &failure["found"]),
        (&"tier".into(), &"2".into(), &"1".into())
    );
    assert_eq!(failure["diagnostic"]["location"]["start"]["line"], 4);
    assert!(report["coverage"]["summary"].as_array().is_some_and(|summary| summary.len() == 6));
}
