//! Each format, on the examples and on one broken intake.

use crate::{Folder, check, root};
use serde_json::Value;
use std::collections::BTreeSet;

const BROKEN: &str = "rules/examples/half-filled-draft.intake.yaml";

/// An intake with a fault that has a fix, one that has none, and a placeholder.
fn broken() -> Folder {
    let folder = Folder::new();
    let text = std::fs::read_to_string(root().join(BROKEN)).expect("the example is there");
    folder.put("a b.intake.yaml", text + "\nenvironment: prodution\nurgency: 7\ntrust_tier: TBD\n");
    folder
}

fn sarif(text: &str) -> Value {
    let mut schema: Value = serde_json::from_str(include_str!("../../../tests/schemas/sarif-2.1.0.json"))
        .expect("the schema is JSON");
    // As published it has a bracket too many in the patterns of a language, which is no regular expression to
    // everybody; no language is printed.
    let mut removed = 0;
    for of in ["run", "toolComponent"] {
        let language = schema["definitions"][of]["properties"]["language"].as_object_mut();
        removed += usize::from(language.is_some_and(|language| language.remove("pattern").is_some()));
    }
    assert_eq!(removed, 2);
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let log: Value = serde_json::from_str(text).expect("SARIF is JSON");
    let faults: Vec<String> =
        validator.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    log
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().expect("there are results")
}

#[test]
fn sarif_is_what_its_published_schema_says() {
    sarif(&check(&["rules/examples", "--format", "sarif", "--gate", "tier-2,missing-evidence,flag"]).ok(1));
    sarif(
        &check(&["rules/examples/golden-path-bootstrap.intake.yaml", "--format", "sarif", "--quiet"]).ok(0),
    );
    let folder = broken();
    let log = sarif(&folder.run(&["check", "--format", "sarif"]).ok(2));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    for result in results(&log) {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let at = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(at["uri"], "a%20b.intake.yaml");
        assert_eq!(at["uriBaseId"], "%SRCROOT%");
    }
    let choice = results(&log).iter().find(|result| result["ruleId"] == "intake/unknown-choice");
    let fix = &choice.expect("the misspelt choice is reported")["fixes"][0]["artifactChanges"][0];
    let replacement = &fix["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "production");
    let region = &replacement["deletedRegion"];
    let line = region["startLine"].as_u64().expect("a line") as usize;
    let text = folder.text("a b.intake.yaml");
    let line = text.lines().nth(line - 1).expect("the line is there");
    let column = |key: &str| region[key].as_u64().expect("a column") as usize - 1;
    assert_eq!(&line[column("startColumn")..column("endColumn")], "prodution");
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_results_apart() {
    let folder = broken();
    let prints = || {
        let log = sarif(&folder.run(&["check", "--format", "sarif", "--gate", "not-ready"]).ok(2));
        let print = |result: &Value| {
            (
                result["partialFingerprints"]["primaryLocationLineHash"]
                    .as_str()
                    .expect("it has one")
                    .to_owned(),
                result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().expect("a line"),
            )
        };
        results(&log).iter().map(print).collect::<Vec<_>>()
    };
    let before = prints();
    let moved = format!("# a\n# b\n# c\n{}", folder.text("a b.intake.yaml"));
    folder.put("a b.intake.yaml", moved);
    let after = prints();
    let hashes =
        |prints: &[(String, u64)]| prints.iter().map(|(hash, _)| hash.clone()).collect::<BTreeSet<_>>();
    assert_eq!(hashes(&before), hashes(&after));
    assert_eq!(hashes(&before).len(), before.len(), "two results have one fingerprint");
    assert!(before.iter().zip(&after).any(|(before, after)| before.1 + 3 == after.1));
}

#[test]
fn junit_has_a_case_for_each_intake_and_fails_what_is_stopped() {
    let text = check(&["rules/examples", "--format", "junit", "--gate", "tier-3"]).ok(1);
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let suites = document.root_element();
    assert_eq!(suites.tag_name().name(), "testsuites");
    let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    let failed: Vec<_> = document.descendants().filter(|node| node.has_tag_name("failure")).collect();
    assert_eq!(suites.attribute("tests"), Some(cases.len().to_string().as_str()));
    assert_eq!(suites.attribute("failures"), Some(failed.len().to_string().as_str()));
    let json: Value =
        serde_json::from_str(&check(&["rules/examples", "--format", "json"]).ok(0)).expect("it is JSON");
    let reports = json.as_array().expect("it is a list");
    let stopped = reports.iter().filter(|report| report["tier"]["ceiling"].as_u64() >= Some(3)).count();
    assert_eq!((cases.len(), failed.len()), (reports.len(), stopped));
    assert!(failed.iter().all(|failure| failure.attribute("type") == Some("gate")));

    let text = broken().run(&["check", "--format", "junit"]).ok(2);
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let failure = document.descendants().find(|node| node.has_tag_name("failure")).expect("it fails");
    assert_eq!(failure.attribute("type"), Some("invalid"));
    assert!(failure.text().unwrap_or_default().contains("`prodution` is not a choice of `environment`"));
}

#[test]
fn github_annotations_point_at_the_line() {
    let folder = broken();
    let text = folder.run(&["check", "--format", "github", "--gate", "not-ready"]).ok(2);
    let number = folder.text("a b.intake.yaml").lines().position(|line| line.contains("prodution"));
    let number = number.expect("the line is there") + 1;
    let wanted = format!(
        "::error file=a b.intake.yaml,line={number},endLine={number},col=14,endColumn=23,title=remit%3A intake/unknown-choice::"
    );
    assert!(text.lines().any(|line| line.starts_with(&wanted)), "{text}");
    assert!(text.lines().any(|line| line.contains("title=remit%3A gate/not-ready::")), "{text}");
    let last = text.lines().last().unwrap_or_default();
    assert!(last.starts_with("::notice file=a b.intake.yaml,line=1,title=remit::Tier 1–3"), "{last}");
}

#[test]
fn ndjson_holds_the_reports_of_json() {
    let json: Value =
        serde_json::from_str(&check(&["rules/examples", "--format", "json"]).ok(0)).expect("it is JSON");
    let lines = check(&["rules/examples", "--format", "ndjson"]).ok(0);
    let reports: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(json.as_array(), Some(&reports));
}

#[test]
fn a_comment_says_the_tier_first_and_folds_the_rest() {
    let text = check(&["rules/examples/public-payments-endpoint.intake.yaml", "--format", "markdown"]).ok(0);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("<!-- remit:check -->"));
    assert_eq!(lines.next(), Some("### Tier 2 · Deep review — payment-intents-api (PAY-2214)"));
    let source = "rules/examples/public-payments-endpoint.intake.yaml";
    assert!(text.contains(&format!("]({source}#L20)")), "{text}");
    assert!(text.contains("| **missing** evidence | Threat model: "), "{text}");
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());

    let base = "https://git.example.com/team/repo/blob/abc/";
    let text = check(&[source, "--format", "markdown", "--link-base", base]).ok(0);
    assert!(text.contains(&format!("]({base}{source}#L20)")), "{text}");
    assert_eq!(check(&["--format", "markdown", "--link-base", "javascript:alert(1)"]).code, 64);
    assert_eq!(check(&["--format", "markdown", "--link-base", "https://x/) [a](b"]).code, 64);
}

#[test]
fn a_comment_is_never_longer_than_a_forge_takes() {
    let folder = Folder::new();
    let long = "<&*_`|@".repeat(10);
    let text = std::fs::read_to_string(root().join(BROKEN)).expect("the example is there");
    for (count, note) in [
        (1, None),
        (30, Some("The reasons are left out")),
        (90, Some("Only the tiers are shown")),
        (400, Some("more intakes are not shown")),
    ] {
        for number in 0..count {
            let wrong = if number == count - 1 { "environment: prodution\n" } else { "" };
            folder.put(&format!("x{number}.intake.yaml"), format!("{text}\nid: '{number} {long}'\n{wrong}"));
        }
        let comment = folder.run(&["check", "--format", "markdown"]).ok(2);
        let length = comment.encode_utf16().count();
        assert!(length <= 65_000, "{count} intakes: {length}");
        assert!(comment.starts_with("<!-- remit:check -->\n"));
        assert!(comment.contains(&format!("x{}.intake.yaml", count - 1)), "what is wrong is always shown");
        match note {
            Some(note) => assert!(comment.contains(note), "{count} intakes, {length}: no `{note}`"),
            None => assert!(comment.contains("<details>")),
        }
        folder.put(&format!("x{}.intake.yaml", count - 1), format!("{text}\nid: '{long}'\n"));
    }
}

#[test]
fn quiet_leaves_out_what_is_fine() {
    assert_eq!(check(&["rules/examples", "--quiet"]).ok(0), "");
    let text = check(&["rules/examples", "--quiet", "--gate", "overdue"]).ok(1);
    assert!(text.contains("Stopped by gate overdue") && !text.contains("Who decides"), "{text}");
    let folder = broken();
    folder.copy("rules/examples/golden-path-bootstrap.intake.yaml", "fine.intake.yaml");
    let text = folder.run(&["check", "--quiet"]).ok(2);
    assert!(text.contains("prodution") && !text.contains("fine.intake.yaml"), "{text}");
    let lines = folder.run(&["check", "--quiet", "--format", "ndjson"]).ok(2);
    assert_eq!(lines.lines().count(), 1);
}
