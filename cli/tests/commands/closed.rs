//! Output that nobody reads, or that cannot be written.

use crate::remit;
use std::process::Stdio;

const FORMATS: [&str; 7] = ["text", "json", "ndjson", "markdown", "sarif", "junit", "github"];

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for format in FORMATS {
        let mut child = remit()
            .args(["check", "rules/examples", "rules/examples", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
    for arguments in [&["schema"][..], &["pack"], &["man"], &["completions", "bash"], &["new", "intake"]] {
        let mut child = remit()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_has_an_exit_code_of_its_own() {
    for format in FORMATS {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = remit()
            .args(["check", "rules/examples", "--format", format])
            .stdout(full)
            .output()
            .expect("the binary starts");
        assert_eq!(output.status.code(), Some(74), "{format}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("cannot write the output"), "{format}: {said}");
    }
}
