//! Everything that the program prints as JSON is as the schema says that `remit schema` prints for it.

use crate::program::remit;
use crate::scratch::Scratch;
use crate::{TODAY, fixtures, top};
use serde_json::Value;

/// A shape's flag, the exit code, and what prints it.
const PRINTED: [(&str, i32, &str); 21] = [
    ("--tests", 0, "test --format json"),
    ("--tests", 0, "test --format json --coverage json --pack rules/examples/packs/portal"),
    ("--tests", 2, "test --format json --pack {broken}"),
    ("--coverage", 0, "test --coverage json"),
    ("--coverage", 0, "test --coverage json --filter golden --pack rules/examples/packs/vendor-intake"),
    ("--lint", 0, "lint --format json"),
    ("--lint", 0, "lint --format json --pack rules/examples/packs/portal"),
    ("--lint", 3, "lint --format json --pack tests/packs/broken"),
    ("--lint", 3, "lint --format json --pack tests/packs/no-manifest"),
    ("--explanation", 0, "explain rules/examples/half-filled-draft.intake.yaml --format json"),
    ("--explanation", 0, "explain rules/examples/disputed-and-undetectable.intake.yaml --format json"),
    (
        "--explanation",
        0,
        "explain rules/examples/half-filled-draft.intake.yaml route/deep-review --format json",
    ),
    ("--explanation", 0, "explain rules/examples/half-filled-draft.intake.yaml tier --format json"),
    ("--explanation", 0, "explain rules/examples/half-filled-draft.intake.yaml golden-path --format json"),
    (
        "--explanation",
        0,
        "explain rules/examples/half-filled-draft.intake.yaml data.sensitivity --format json",
    ),
    ("--questions", 0, "questions rules/examples/half-filled-draft.intake.yaml --all --format json"),
    ("--questions", 0, "questions rules/examples/golden-path-bootstrap.intake.yaml --format json"),
    ("--instead", 0, "explain rules/examples/half-filled-draft.intake.yaml --instead tier=3 --format json"),
    (
        "--instead",
        0,
        "explain rules/examples/public-payments-endpoint.intake.yaml --instead tier=1 --format json",
    ),
    (
        "--instead",
        0,
        "explain rules/examples/golden-path-bootstrap.intake.yaml --instead tier=0 --format json",
    ),
    (
        "--instead",
        0,
        "explain rules/examples/golden-path-bootstrap.intake.yaml --instead tier=0 --instead tier=3 --format json",
    ),
];

fn validator(flag: &str) -> jsonschema::Validator {
    let ran = remit(["schema", flag]).run().expect_code(0);
    jsonschema::validator_for(&serde_json::from_str(&ran.out).unwrap()).unwrap()
}

/// What a command prints as JSON.
fn printed(line: &str, code: i32, broken: &str) -> Value {
    let words = line.split(' ').map(|word| if word == "{broken}" { broken } else { word });
    let mut arguments: Vec<&str> = words.collect();
    if line.starts_with("explain") {
        arguments.extend(["--today", TODAY]);
    }
    let ran = remit(arguments).within(&top()).run().expect_code(code);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{line}: {error}\n{}", ran.out))
}

#[test]
fn everything_is_as_its_schema_says() {
    let scratch = Scratch::new();
    let pack = scratch.default_pack();
    scratch.write(
        "pack/tests/wrong.case.yaml",
        "example: half-filled-draft.intake.yaml\nexpect: { tier: 0, teir: 1 }\n",
    );
    scratch
        .write("pack/tests/fails.case.yaml", "example: half-filled-draft.intake.yaml\nexpect: { tier: 0 }\n");
    for (flag, code, line) in PRINTED {
        let value = printed(line, code, pack.to_str().unwrap());
        let validator = validator(flag);
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{line}:\n{}", faults.join("\n"));
        // Otherwise that would prove nothing.
        let required = ["json", "pack", "summary", "rules", "report", "goals", "open"];
        let without = required.iter().find_map(|key| {
            let mut without = value.clone();
            without.as_object_mut()?.shift_remove(*key).map(|_| without)
        });
        assert!(!validator.is_valid(&without.unwrap()), "{flag} takes anything");
    }
}

#[test]
fn one_schema_is_printed_at_a_time() {
    let ran = remit(["schema", "--lint", "--tests"]).run();
    assert_eq!((ran.code, ran.out.as_str()), (64, ""));
    // A pack that does not load has no say in what the program prints.
    remit(["schema", "--lint", "--pack", "broken"]).within(&fixtures("packs")).run().expect_code(0);
}

/// The packs among the examples are shown to people, so nothing about them may be wrong.
#[test]
fn the_example_packs_are_sound() {
    for pack in ["vendor-intake", "portal"] {
        let pack = format!("rules/examples/packs/{pack}");
        let run = |arguments: &[&str]| remit(arguments.iter().chain(&["--pack", &pack])).within(&top()).run();
        run(&["test", "--require-coverage"]).expect_code(0);
        run(&["lint", "--deny", "warnings"]).expect_code(0);
        run(&["check", &format!("{pack}/examples"), "--today", TODAY]).expect_code(0);
    }
}
