//! Folders: everything in them that is an intake is reported, in order, whatever state it is in.

use crate::program::{Program, remit};
use crate::scratch::Scratch;
use crate::{TODAY, fixtures, top};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

fn check(arguments: &[&str]) -> Program {
    let fixed = ["check", "--today", TODAY];
    remit(fixed.iter().chain(arguments))
}

fn example() -> String {
    fs::read_to_string(top().join("rules/examples/golden-path-bootstrap.intake.yaml")).unwrap()
}

fn sources(reports: &[Value]) -> Vec<&str> {
    reports.iter().map(|report| report["intake"]["source"].as_str().unwrap()).collect()
}

/// The fixtures that are invalid, and the example cut off in the middle of a value or with a line in excess.
fn broken() -> Vec<(String, Vec<u8>)> {
    let mut broken = vec![];
    let mut names: Vec<_> =
        fs::read_dir(fixtures("intakes")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.extension().is_some_and(|extension| extension == "out")) {
        if fs::read_to_string(path).unwrap().lines().nth(1) == Some("exit code 2") {
            let yaml = path.with_extension("intake.yaml");
            let (ending, path) =
                if yaml.exists() { ("yaml", yaml) } else { ("json", path.with_extension("intake.json")) };
            broken.push((ending.to_owned(), fs::read(path).unwrap()));
        }
    }
    assert!(broken.len() >= 20, "only {} of the fixtures are invalid", broken.len());
    let example = example();
    for line in 0..37 - broken.len() {
        let mut lines: Vec<&str> = example.lines().collect();
        lines.insert(line, "  this is no line of an intake");
        broken.push(("yaml".to_owned(), lines.join("\n").into_bytes()));
    }
    broken
}

#[test]
fn of_a_thousand_intakes_none_is_lost() {
    let scratch = Scratch::new();
    let example = example();
    let broken = broken();
    // Every 27th is broken: 27 × 37 = 999.
    let mut expected_broken = BTreeSet::new();
    let mut expected = vec![];
    for number in 0..1000 {
        let (ending, bytes) = match broken.get(number / 27).filter(|_| number % 27 == 13) {
            Some((ending, bytes)) => (ending.as_str(), bytes.clone()),
            None => ("yml", example.replace("meeting-room-board", &format!("service-{number}")).into_bytes()),
        };
        let name = format!("intakes/team-{}/{number:03}.intake.{ending}", number / 100);
        if ending != "yml" {
            expected_broken.insert(name.clone());
        }
        scratch.write(&name, bytes);
        expected.push(name);
    }
    assert_eq!(expected_broken.len(), 37);

    let json = check(&["intakes", "--format", "json"]).within(scratch.path()).run().expect_code(2);
    assert_eq!(json.err, "");
    let reports = json.reports();
    assert_eq!(sources(&reports), expected, "all of them, sorted");
    for report in &reports {
        let name = report["intake"]["source"].as_str().unwrap();
        let errors =
            report["diagnostics"].as_array().unwrap().iter().filter(|found| found["severity"] == "error");
        let is_broken = expected_broken.contains(name);
        assert_eq!(report["valid"], !is_broken, "{name}");
        assert_eq!(errors.count() > 0, is_broken, "{name}");
        if !is_broken {
            assert_eq!(report["tier"]["settled"], 0, "{name}");
        }
    }

    let text = check(&["intakes"]).within(scratch.path()).run().expect_code(2);
    let summary = text.out.lines().last().unwrap();
    assert!(summary.starts_with("1000 intakes — "), "{summary}");
    assert!(summary.contains("tier 0: 963,") && summary.contains("invalid: 37"), "{summary}");
    for name in &expected {
        assert!(text.out.contains(name.as_str()), "the text does not tell of {name}");
    }
    assert!(json.took < Duration::from_secs(60), "{:?}", json.took);
}

#[test]
fn folders_are_searched_in_order_and_hidden_ones_are_not() {
    let scratch = Scratch::new();
    let example = example();
    for name in [
        "b.intake.yml",
        "a/z.intake.json",
        "a/deep/er/x.intake.yaml",
        "c.intake.yaml",
        "B.intake.yaml",
        ".hidden/h.intake.yaml",
        ".h.intake.yaml",
        "node_modules/n.intake.yaml",
        "notes.yaml",
        "intake.yaml",
        "old.intake.yaml.bak",
    ] {
        scratch.write(name, &example);
    }
    let ran = check(&["--format", "json"]).within(scratch.path()).run();
    let reports = ran.reports();
    let expected =
        ["B.intake.yaml", "a/deep/er/x.intake.yaml", "a/z.intake.json", "b.intake.yml", "c.intake.yaml"];
    assert_eq!(sources(&reports), expected);
    let hidden = check(&[".hidden", "notes.yaml", "--format", "json"]).within(scratch.path()).run();
    let reports = hidden.expect_code(0).reports();
    assert_eq!(sources(&reports), [".hidden/h.intake.yaml", "notes.yaml"], "what is named is taken");
}

#[test]
fn an_empty_folder_is_no_success() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path().join("empty")).unwrap();
    let ran = check(&["empty"]).within(scratch.path()).run().expect_code(2);
    assert!(
        ran.out.contains("there are no intakes in `empty`: their names end in .intake.yaml"),
        "{}",
        ran.out
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_decided() {
    let scratch = Scratch::new();
    let example = example();
    let folder = scratch.path();
    scratch.write("a.intake.yaml", &example);
    std::os::unix::fs::symlink("nowhere", folder.join("b.intake.yaml")).unwrap();
    scratch.write("c.intake.yaml/inside.intake.yaml", &example);
    std::os::unix::fs::symlink("a.intake.yaml", folder.join("d.intake.yaml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("e.intake.yaml")).unwrap();
    pipe(&folder.join("f.intake.yaml"));
    std::os::unix::fs::symlink("..", folder.join("g")).unwrap();
    scratch.write("h.intake.yaml", &example);
    let ran = check(&[".", "--format", "json"]).within(folder).run().expect_code(2);
    let reports = ran.reports();
    let said: Vec<String> = reports
        .iter()
        .map(|report| {
            let first = &report["diagnostics"][0];
            let unreadable = first["code"] == "host/unreadable";
            let what = if unreadable { first["message"].as_str().unwrap() } else { "decided" };
            format!("{}: {what}", report["intake"]["source"].as_str().unwrap())
        })
        .collect();
    let device = "it is a pipe or a device; name it on the command line to read it";
    assert_eq!(
        said,
        [
            "a.intake.yaml: decided".to_owned(),
            "b.intake.yaml: `b.intake.yaml` cannot be read: it is a link that leads nowhere".to_owned(),
            "c.intake.yaml: `c.intake.yaml` cannot be read: it is a folder".to_owned(),
            "c.intake.yaml/inside.intake.yaml: decided".to_owned(),
            "d.intake.yaml: decided".to_owned(),
            format!("e.intake.yaml: `e.intake.yaml` cannot be read: {device}"),
            format!("f.intake.yaml: `f.intake.yaml` cannot be read: {device}"),
            "h.intake.yaml: decided".to_owned(),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_is_read() {
    let scratch = Scratch::new();
    let path = scratch.path().join("p");
    pipe(&path);
    let writer = std::thread::spawn({
        let path = path.clone();
        move || fs::write(path, example())
    });
    let reports = check(&["p", "--format", "json"]).within(scratch.path()).run().expect_code(0).reports();
    writer.join().unwrap().unwrap();
    assert_eq!(reports[0]["tier"]["settled"], 0);
}

/// The file that never ends, one of 50 MB and one of 50 GB, with little memory to read them into.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_too_large_is_refused_at_once() {
    let scratch = Scratch::new();
    scratch.write("50mb", "a: 1\n".repeat(10_000_000));
    fs::File::create(scratch.path().join("50gb")).unwrap().set_len(50 << 30).unwrap();
    let line = "ulimit -v 262144; exec \"$0\" check /dev/zero 50mb 50gb --format json";
    let ran = Program::new("sh", ["-c", line, env!("CARGO_BIN_EXE_remit")]).within(scratch.path()).run();
    let ran = ran.expect_code(2);
    assert!(ran.took < Duration::from_secs(20), "{:?}", ran.took);
    let reports = ran.reports();
    assert_eq!(reports.len(), 3);
    for report in &reports {
        assert_eq!(report["diagnostics"][0]["code"], "document/too-large", "{}", report["intake"]["source"]);
        assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1, "{}", report["intake"]["source"]);
    }
    let line = "ulimit -v 262144; exec \"$0\" check - < /dev/zero";
    let ran = Program::new("sh", ["-c", line, env!("CARGO_BIN_EXE_remit")]).run().expect_code(2);
    assert!(ran.out.contains("[document/too-large]"), "{}", ran.out);
}

#[cfg(unix)]
fn pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}
