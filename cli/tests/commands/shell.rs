//! Completions, manual pages, and what every command has.

use crate::{Folder, Ran, check, remit};
use std::collections::BTreeSet;

fn run(arguments: &[&str]) -> Ran {
    Ran::of(remit().args(arguments), "")
}

#[test]
fn each_shell_gets_completions_with_the_packs_topics_and_the_gates() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let text = run(&["completions", shell]).ok(0);
        assert!(text.contains("remit") && text.contains("markdown"), "{shell}");
        if shell != "powershell" {
            // PowerShell's script completes names of options only.
            assert!(text.contains("service-lines") && text.contains("missing-evidence"), "{shell}");
        }
        let other = run(&["completions", shell, "--pack", "rules/examples/packs/vendor-intake"]).ok(0);
        assert!(!other.contains("service-lines"), "{shell}");
    }
    assert_eq!(run(&["completions", "tcsh"]).code, 64);
}

#[test]
#[cfg(unix)]
fn the_completions_are_a_script_that_bash_reads() {
    let text = run(&["completions", "bash"]).ok(0);
    let ran = Ran::of(std::process::Command::new("bash").args(["-n"]), text);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn every_command_has_a_manual_page() {
    assert!(run(&["man"]).ok(0).contains(".TH remit 1"));
    let folder = Folder::new();
    folder.run(&["man", "pages"]).ok(0);
    let pages: BTreeSet<String> = std::fs::read_dir(folder.0.join("pages"))
        .expect("the folder was made")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    for command in [
        "",
        "-check",
        "-test",
        "-pack",
        "-schema",
        "-new",
        "-new-rule",
        "-new-intake",
        "-completions",
        "-man",
    ] {
        let page = format!("remit{command}.1");
        assert!(pages.contains(&page), "no {page} among {pages:?}");
        assert!(folder.text(&format!("pages/{page}")).contains(&format!(".TH remit{command} 1")), "{page}");
    }
    folder.put("file", "");
    let ran = folder.run(&["man", "file"]);
    assert!(ran.code == 74 && ran.err.contains("the manual cannot be written to `file`"), "{}", ran.err);
    assert_eq!(folder.text("file"), "");
}

/// Every command that reads a pack takes `--pack`, and says the same where there is none.
#[test]
fn every_command_takes_a_pack() {
    for command in [
        &["check", "rules/examples"][..],
        &["test"],
        &["schema"],
        &["pack"],
        &["completions", "bash"],
        &["new", "intake"],
        &["new", "rule", "x", "--topic", "tiers"],
        &["new", "case", "x", "--example", "y"],
    ] {
        let ran = run(&[command, &["--pack", "/no/such/folder"]].concat());
        assert_eq!(ran.code, 3, "{command:?}");
        assert!(ran.err.contains("the pack `/no/such/folder` is not there (named by --pack)"), "{}", ran.err);
    }
    assert_eq!(check(&["--gate", "tier-9"]).code, 64);
}
