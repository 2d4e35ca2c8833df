//! The benchmarks: programs in `tests/benches`, built in release. None of them ever fails for being slow.

use crate::command;

/// Each with what it measures.
const BENCHES: [(&str, &str); 2] = [
    ("verdicts", "compiled conditions against the same conditions as plain Rhai closures"),
    ("pipeline", "loading a pack, and each stage from an intake's text on"),
];

/// The names of all benchmarks.
pub(crate) fn names() -> Vec<&'static str> {
    BENCHES.iter().map(|(name, _)| *name).collect()
}

/// Runs one benchmark, or all. Whether they could be built and run.
pub(crate) fn run(only: Option<&str>) -> bool {
    for (name, measures) in BENCHES.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)) {
        println!("== {name}: {measures}");
        let line = ["cargo", "bench", "--quiet", "--package", "remit-tests", "--bench", *name];
        if let Err(why) = command::run(&line) {
            println!("{why}; run it alone with `cargo xtask bench {name}`");
            return false;
        }
    }
    true
}
