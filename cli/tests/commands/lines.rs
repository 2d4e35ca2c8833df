//! One intake a line.

use crate::{Folder, Ran, remit};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

fn stream() -> Command {
    let mut command = remit();
    command.args(["check", "-", "--input", "ndjson", "--format", "ndjson"]);
    command
}

fn reports(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn sources(reports: &[Value]) -> Vec<(&str, bool)> {
    reports
        .iter()
        .map(|report| {
            (
                report["intake"]["source"].as_str().unwrap_or_default(),
                report["valid"].as_bool().unwrap_or(false),
            )
        })
        .collect()
}

#[test]
fn a_broken_line_costs_only_itself() {
    let input = "{\"id\":\"A\"}\n\n  \r\n{\"id\": \n[1]\n\u{feff}{\"id\":\"B\"}\r\n{\"id\":\"C\"}";
    let ran = Ran::of(&mut stream(), input);
    assert_eq!(ran.code, 2);
    let reports = reports(&ran.out);
    assert_eq!(
        sources(&reports),
        [
            ("<stdin>:1", true),
            ("<stdin>:4", false),
            ("<stdin>:5", false),
            ("<stdin>:6", true),
            ("<stdin>:7", true)
        ]
    );
    assert_eq!(reports[4]["intake"]["id"], "C", "the last line needs no line break");
    let ran = Ran::of(&mut stream(), "\u{0}\u{ff}\n");
    assert_eq!((ran.code, reports_of(&ran)), (2, 1));
    assert_eq!(Ran::of(&mut stream(), "").ok(0), "");
}

fn reports_of(ran: &Ran) -> usize {
    reports(&ran.out).len()
}

#[test]
fn a_line_without_end_is_passed_over() {
    let long = format!("{{\"id\":\"{}\"}}\n", "x".repeat(3 << 20));
    let exact = format!("{{\"id\":\"B\"}}{}\n", " ".repeat((2 << 20) - 10));
    let ran = Ran::of(
        &mut stream(),
        format!("{{\"id\":\"A\"}}\n{long}{exact}{{\"id\":\"C\"}}\n{}", "y".repeat(3 << 20)),
    );
    assert_eq!(ran.code, 2);
    let reports = reports(&ran.out);
    assert_eq!(
        sources(&reports),
        [
            ("<stdin>:1", true),
            ("<stdin>:2", false),
            ("<stdin>:3", true),
            ("<stdin>:4", true),
            ("<stdin>:5", false)
        ]
    );
    let said = reports[1]["diagnostics"][0]["message"].as_str().unwrap_or_default();
    assert!(said.contains("the line is longer than 2 MiB"), "{said}");
}

#[test]
fn each_answer_comes_before_the_next_question() {
    let mut child = stream().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary starts");
    let mut input = child.stdin.take().expect("it was piped");
    let mut output = BufReader::new(child.stdout.take().expect("it was piped"));
    for id in ["A", "B", "C"] {
        writeln!(input, "{{\"id\":\"{id}\"}}").expect("it reads");
        input.flush().expect("it reads");
        let mut line = String::new();
        // Would wait for ever if answers were kept back.
        output.read_line(&mut line).expect("it answers");
        let report: Value = serde_json::from_str(&line).expect("it is JSON");
        assert_eq!(report["intake"]["id"], id);
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn it_ends_when_nobody_reads_any_more() {
    let mut child = stream()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("it was piped");
    // Goes on until the other end is gone; a program that read for ever would hang this test.
    while input.write_all(b"{\"id\":\"A\"}\n").is_ok() {}
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn files_are_read_by_line_too_and_every_format_takes_lines() {
    let folder = Folder::new();
    folder.put("all.ndjson", "{\"id\":\"A\"}\n{\"id\":\"B\"}\n");
    for format in ["text", "json", "ndjson", "markdown", "sarif", "junit", "github"] {
        let text = folder.run(&["check", "all.ndjson", "--input", "ndjson", "--format", format]).ok(0);
        assert!(text.contains("all.ndjson:2") || text.contains("all.ndjson%3A2"), "{format}: {text}");
    }
    let ran = folder.run(&["check", "nothing.ndjson", "--input", "ndjson", "--format", "ndjson"]);
    assert_eq!((ran.code, reports_of(&ran)), (2, 1));
}
