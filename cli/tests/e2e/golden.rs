//! What the program prints, to the letter. Beside each fixture stands a file with the exit code and both
//! streams; `REMIT_BLESS=1 cargo test -p remit --test e2e` writes them anew, for a person to read.

use crate::program::remit;
use crate::{TODAY, fixtures, top};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The examples whose whole output is kept: one of each kind that reads differently.
const EXAMPLES: [&str; 6] = [
    "exception-renewed-third-time.intake.yaml",
    "golden-path-bootstrap.intake.yaml",
    "half-filled-draft.intake.yaml",
    "privileged-deploy-pipeline.intake.json",
    "public-payments-endpoint.intake.yaml",
    "suspected-exploitation.intake.yaml",
];

/// The packs that do not load.
const PACKS: [&str; 2] = ["broken", "no-manifest"];

#[test]
fn broken_intakes_are_explained() {
    let folder = fixtures("intakes");
    let names = intakes(&folder);
    assert!(names.len() >= 25, "the fixtures are missing");
    let faults = names.iter().filter_map(|name| compare(&folder, name, &folder.join(golden(name))));
    report(&faults.collect::<Vec<_>>());
}

#[test]
fn examples_read_well() {
    // From the top, as the README says: inside `rules/` the pack that lies there would be found.
    let faults = EXAMPLES.iter().filter_map(|name| {
        compare(&top(), &format!("rules/examples/{name}"), &fixtures("examples").join(golden(name)))
    });
    report(&faults.collect::<Vec<_>>());
}

/// Packs that do not load; the intake is not looked at.
#[test]
fn broken_packs_are_explained() {
    let folder = fixtures("packs");
    let faults = PACKS.iter().filter_map(|pack| {
        let golden = folder.join(format!("{pack}.out"));
        compare_line(&folder, &format!("schema --pack {pack}"), &golden)
    });
    report(&faults.collect::<Vec<_>>());
}

#[test]
fn every_expected_output_has_its_intake() {
    if is_blessing() {
        // The files are being written.
        return;
    }
    let known = |names: Vec<String>| names.iter().map(|name| golden(name)).collect::<BTreeSet<_>>();
    let broken = known(intakes(&fixtures("intakes")));
    let examples = known(EXAMPLES.iter().map(|name| (*name).to_owned()).collect());
    let packs = PACKS.iter().map(|pack| format!("{pack}.out")).collect();
    for (folder, known) in [("intakes", broken), ("examples", examples), ("packs", packs)] {
        let found: BTreeSet<String> =
            files(&fixtures(folder)).into_iter().filter(|name| name.ends_with(".out")).collect();
        assert_eq!(found, known, "in tests/{folder}");
    }
}

/// `missing-owner.out` for `missing-owner.intake.yaml`.
fn golden(name: &str) -> String {
    format!("{}.out", name.split('.').next().unwrap())
}

fn intakes(folder: &Path) -> Vec<String> {
    files(folder).into_iter().filter(|name| name.contains(".intake.")).collect()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn compare(folder: &Path, name: &str, golden: &Path) -> Option<String> {
    compare_line(folder, &format!("check {name} --today {TODAY}"), golden)
}

/// Runs a command line in a folder; what differs from the expected output, if anything does.
fn compare_line(folder: &Path, line: &str, golden: &Path) -> Option<String> {
    let ran = remit(line.split(' ')).within(folder).run();
    let found = format!(
        "$ remit {line}\nexit code {}\n\n--- standard output\n{}\n--- standard error\n{}",
        ran.code, ran.out, ran.err
    );
    if is_blessing() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(golden, found).unwrap();
        return None;
    }
    let expected = fs::read_to_string(golden).unwrap_or_default();
    (expected != found).then(|| format!("remit {line}: {}", difference(&expected, &found)))
}

pub(crate) fn is_blessing() -> bool {
    std::env::var_os("REMIT_BLESS").is_some_and(|value| value == "1")
}

/// The first line that differs.
fn difference(expected: &str, found: &str) -> String {
    let mut lines = expected.lines().zip(found.lines()).enumerate();
    match lines.find(|(_, (one, other))| one != other) {
        Some((at, (one, other))) => format!("line {}\n  expected  {one}\n  found     {other}", at + 1),
        None => format!("{} lines expected, {} found", expected.lines().count(), found.lines().count()),
    }
}

#[track_caller]
fn report(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "\n{}\n\nif that is how it should read, write the files anew with REMIT_BLESS=1 and look at the difference",
        faults.join("\n")
    );
}
