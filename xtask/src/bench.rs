//! The benchmarks: programs in `tests/benches`, built in release, and the playground's in a browser. None of them
//! ever fails for being slow.

use crate::setup::CHROMIUM;
use crate::{command, playground, vscode};

/// A benchmark.
struct Bench {
    name: &'static str,
    measures: &'static str,
    run: fn() -> Result<(), String>,
}

const BENCHES: [Bench; 6] = [
    Bench {
        name: "verdicts",
        measures: "compiled conditions against the same conditions as plain Rhai closures",
        run: || program("verdicts"),
    },
    Bench {
        name: "pipeline",
        measures: "loading a pack, and each stage from an intake's text on",
        run: || program("pipeline"),
    },
    Bench { name: "lsp", measures: "how long an editor waits for `remit lsp`, through the pipe", run: lsp },
    Bench {
        name: "wasm",
        measures: "the npm package in Node against the native engine; wants `cargo xtask wasm` before it",
        run: wasm,
    },
    Bench {
        name: "playground",
        measures: "from a key to the decision, and from nothing to the first one, in Chromium",
        run: playground,
    },
    Bench {
        name: "vscode",
        measures: "from the extension's start to the first diagnostics, and from a key to the status bar",
        run: vscode,
    },
];

/// The names of all benchmarks.
pub(crate) fn names() -> Vec<&'static str> {
    BENCHES.iter().map(|bench| bench.name).collect()
}

/// Runs one benchmark, or all. Whether they could be built and run.
pub(crate) fn run(only: Option<&str>) -> bool {
    for bench in BENCHES.iter().filter(|bench| only.is_none_or(|only| only == bench.name)) {
        println!("== {}: {}", bench.name, bench.measures);
        if let Err(why) = (bench.run)() {
            println!("{why}; run it alone with `cargo xtask bench {}`", bench.name);
            return false;
        }
    }
    true
}

/// One of the programs in `tests/benches`.
fn program(name: &str) -> Result<(), String> {
    command::run(&["cargo", "bench", "--quiet", "--package", "remit-tests", "--bench", name])
}

fn lsp() -> Result<(), String> {
    command::run(&["cargo", "build", "--quiet", "--release", "--package", "remit"])?;
    program("lsp")
}

fn wasm() -> Result<(), String> {
    let native = ["cargo", "build", "--quiet", "--release", "--package", "remit-wasm", "--example", "speed"];
    command::run(&native)?;
    command::run(&["node", "wasm/engine/bench/speed.mjs", "target/release/examples/speed"])
}

fn playground() -> Result<(), String> {
    CHROMIUM.meet()?;
    playground::build()?;
    command::run(&["node", "wasm/playground/bench.mjs"])
}

fn vscode() -> Result<(), String> {
    CHROMIUM.meet()?;
    vscode::package(false)?;
    command::run(&["node", "lsp/vscode/e2e/run.mjs", "--bench"])
}
