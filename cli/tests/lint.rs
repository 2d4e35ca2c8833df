//! `remit lint` as a pipeline and a person meet it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn remit(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_remit")).args(arguments).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

/// A copy of the default pack in a folder of its own, changed.
fn pack(name: &str, change: impl Fn(&str, String) -> String) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&root);
    for (path, bytes) in remit_rules::FILES {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("the folder is made");
        std::fs::write(file, change(path, text(bytes))).expect("the file is written");
    }
    root
}

#[test]
fn the_default_pack_has_remarks_and_nothing_else() {
    let output = remit(&["lint", "--deny", "warnings"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    let last = shown.lines().last().expect("there is a summary");
    assert!(last.contains("no errors, no warnings") && last.contains("39 values are assumed"), "{last}");
    assert!(shown.contains("info[lint/assumption]: assumed: tiers.2.turnaround"), "{shown}");
}

#[test]
fn levels_decide_the_exit_code() {
    let root = pack("levels", |path, text| match path {
        "catalogue.yaml" => text.replace("\nteams:\n", "\nteams:\n  legal: { title: Legal }\n"),
        _ => text,
    });
    let folder = root.to_str().expect("the path is UTF-8");
    let code = |more: &[&str]| {
        let output = remit(&[&["lint", "--pack", folder], more].concat());
        (output.status.code(), text(&output.stdout))
    };
    let (plain, shown) = code(&[]);
    assert_eq!(plain, Some(0));
    assert!(shown.contains("warning[lint/unused-entry]: no rule names the team `legal`"), "{shown}");
    assert_eq!(code(&["--deny", "warnings"]).0, Some(1));
    assert_eq!(code(&["--level", "lint/unused-entry=error"]).0, Some(1));
    assert_eq!(code(&["--deny", "warnings", "--level", "lint/unused-entry=allow"]).0, Some(0));
    let output = remit(&["lint", "--level", "lint/unsued-entry=allow"]);
    assert_eq!(output.status.code(), Some(64));
    assert!(text(&output.stderr).contains("did you mean `lint/unused-entry`?"));
}

#[test]
fn a_pack_that_does_not_load_is_said_to_be_one() {
    let root = pack("broken", |path, text| match path {
        "topics/tiers.rhai" => text.replace("intake.exposure.changes", "intake.exposure.chnages"),
        _ => text,
    });
    let output = remit(&["lint", "--pack", root.to_str().expect("the path is UTF-8")]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{shown}");
    assert!(shown.contains("error[rules/unknown-path]") && shown.contains("does not load"), "{shown}");
    let empty = Path::new(env!("CARGO_TARGET_TMPDIR")).join("empty");
    std::fs::create_dir_all(&empty).expect("the folder is made");
    let output = remit(&["lint", "--pack", empty.to_str().expect("the path is UTF-8")]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stdout).contains("pack/missing-file"));
}

#[test]
fn json_says_what_text_says() {
    let output = remit(&["lint", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the output is JSON");
    assert_eq!((&report["pack"]["name"], &report["loads"]), (&"default".into(), &true.into()));
    let count = report["diagnostics"].as_array().map(Vec::len);
    assert_eq!(count, report["summary"]["remarks"].as_u64().map(|count| count as usize));
    assert_eq!(report["diagnostics"][0]["severity"], "info");
}

#[test]
fn a_page_is_printed_for_a_person() {
    let output = remit(&["lint", "--explain", "rules/unknown-path"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert!(shown.starts_with("rules/unknown-path\n") && shown.contains("  Wrong:\n    rule("), "{shown}");
    let output = remit(&["lint", "--explain", "rules/unknown-pat"]);
    assert_eq!(output.status.code(), Some(64));
    assert!(text(&output.stderr).contains("did you mean `rules/unknown-path`?"));
}

/// The first block of a kind on the page of a code.
fn example(code: &str, kind: &str) -> String {
    let page = text(&remit(&["lint", "--explain", code]).stdout);
    let lines = page.lines().skip_while(|line| !line.starts_with(&format!("  {kind}"))).skip(1);
    lines.take_while(|line| line.starts_with("    ")).map(|line| format!("{}\n", line.trim())).collect()
}

#[test]
fn what_pages_say_of_the_configuration_is_so() {
    for code in ["config/syntax", "config/unknown-key", "config/wrong-value"] {
        for kind in ["Wrong", "Right"] {
            let folder =
                Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{kind}", code.replace('/', "-")));
            std::fs::create_dir_all(&folder).expect("the folder is made");
            std::fs::write(folder.join(".remit.toml"), example(code, kind)).expect("the file is written");
            let output = Command::new(env!("CARGO_BIN_EXE_remit"))
                .args(["check", "-"])
                .current_dir(&folder)
                .stdin(std::process::Stdio::null())
                .output()
                .expect("the binary runs");
            let said = text(&output.stderr);
            assert_eq!(said.contains(&format!("error[{code}]")), kind == "Wrong", "{code}, {kind}: {said}");
        }
    }
}

#[test]
fn the_codes_of_this_host_are_given_as_their_pages_say() {
    let output = remit(&["check", "no-such-file.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("host/unreadable"), "{}", text(&output.stdout));
    assert!(
        text(&remit(&["lint", "--explain", "host/unreadable"]).stdout)
            .contains("remit check no-such-file.yaml")
    );
}
