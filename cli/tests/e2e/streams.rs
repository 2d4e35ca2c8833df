//! Standard input and output: pipes that close, disks that are full, colour.

use crate::program::{Program, remit, wait};
use crate::{TODAY, top};
use std::fs;
use std::io::Read;

const TIER_2: &str = "rules/examples/public-payments-endpoint.intake.yaml";

fn check(arguments: &[&str]) -> Program {
    let fixed = ["check", "--today", TODAY];
    remit(fixed.iter().chain(arguments)).within(&top())
}

#[test]
fn standard_input_gives_what_the_file_gives() {
    for name in ["golden-path-bootstrap.intake.yaml", "privileged-deploy-pipeline.intake.json"] {
        let path = format!("rules/examples/{name}");
        let bytes = fs::read(top().join(&path)).unwrap();
        for format in ["text", "json"] {
            let from_file = check(&[&path, "--format", format]).run().expect_code(0);
            let from_input = check(&["-", "--format", format]).input(bytes.clone()).run().expect_code(0);
            assert_eq!(from_input.out.replace("<stdin>", &path), from_file.out);
        }
    }
}

#[test]
fn empty_input_is_an_empty_intake() {
    let ran = check(&["-"]).input("").run().expect_code(2);
    assert!(ran.out.contains("this intake is empty"), "{}", ran.out);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_has_a_code() {
    for arguments in ["check rules/examples", "check rules/examples --format json", "schema", "check --help"]
    {
        let line = format!("exec \"$0\" {arguments} > /dev/full");
        let ran = Program::new("sh", ["-c", &line, env!("CARGO_BIN_EXE_remit")]).within(&top()).run();
        assert_eq!(ran.code, 74, "{arguments}: {}", ran.err);
        assert_eq!(ran.err, "remit: cannot write the output: no storage space\n", "{arguments}");
    }
}

/// As `head -1` does: reads a little, closes, and the code is still the decision's.
#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let folder = "rules/examples";
    for (arguments, code) in [
        (&["check", folder, "--format", "json"][..], 0),
        (&["check", folder, "--gate", "tier-3"], 1),
        (&["check", folder, "tests/intakes/wrong-types.intake.yaml"], 2),
        (&["schema"], 0),
        (&["--help"], 0),
    ] {
        let mut child = remit(arguments).within(&top()).start();
        let mut out = child.stdout.take().unwrap();
        let mut first = [0; 1];
        out.read_exact(&mut first).unwrap();
        drop(out);
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(wait(&mut child), code, "{arguments:?}: {err}");
        assert_eq!(err, "", "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    const ESCAPE: char = '\u{1b}';
    let broken = "tests/intakes/wrong-choice-is-not-counted.intake.yaml";
    let plain = check(&[TIER_2, broken]).run();
    assert!(!plain.out.contains(ESCAPE), "a pipe is no terminal");
    let painted = check(&[TIER_2, broken, "--color", "always"]).run();
    assert!(painted.out.contains(ESCAPE));
    assert_eq!(without_colour(&painted.out), plain.out, "colour adds no words");
    assert_eq!(check(&[TIER_2, broken, "--color", "always"]).env("NO_COLOR", "1").run().out, painted.out);
    assert_eq!(check(&[TIER_2, broken, "--color", "never"]).run().out, plain.out);
    assert_eq!(check(&[TIER_2, broken]).env("NO_COLOR", "1").run().out, plain.out);
}

#[test]
fn json_is_never_painted() {
    let plain = check(&[TIER_2, "--format", "json"]).run();
    assert_eq!(check(&[TIER_2, "--format", "json", "--color", "always"]).run().out, plain.out);
}

fn without_colour(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| piece.split_once('m').map_or(piece, |(_, rest)| rest));
    std::iter::once(first).chain(rest).collect()
}
