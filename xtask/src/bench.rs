//! The benchmarks: programs in `tests/benches`, built in release, and the playground's in a browser. None of them
//! ever fails for being slow.

use crate::setup::Need;
use crate::{command, playground, vscode};

/// A benchmark.
struct Bench {
    name: &'static str,
    measures: &'static str,
    /// A package whose programs it starts.
    starts: Option<&'static str>,
}

const BENCHES: [Bench; 6] = [
    Bench {
        name: "verdicts",
        measures: "compiled conditions against the same conditions as plain Rhai closures",
        starts: None,
    },
    Bench {
        name: "pipeline",
        measures: "loading a pack, and each stage from an intake's text on",
        starts: None,
    },
    Bench {
        name: "lsp",
        measures: "how long an editor waits for `remit lsp`, through the pipe",
        starts: Some("remit"),
    },
    Bench {
        name: WASM,
        measures: "the npm package in Node against the native engine; wants `cargo xtask wasm` before it",
        starts: None,
    },
    Bench {
        name: PLAYGROUND,
        measures: "from a key to the decision, and from nothing to the first one, in Chromium",
        starts: None,
    },
    Bench {
        name: VSCODE,
        measures: "from the extension's start to the first diagnostics, and from a key to the status bar",
        starts: None,
    },
];

/// The one that runs in Node.
const WASM: &str = "wasm";

/// The one that runs in a browser.
const PLAYGROUND: &str = "playground";

/// The one that runs in VS Code's workbench.
const VSCODE: &str = "vscode";

/// The names of all benchmarks.
pub(crate) fn names() -> Vec<&'static str> {
    BENCHES.iter().map(|bench| bench.name).collect()
}

/// Runs one benchmark, or all. Whether they could be built and run.
pub(crate) fn run(only: Option<&str>) -> bool {
    for bench in BENCHES.iter().filter(|bench| only.is_none_or(|only| only == bench.name)) {
        println!("== {}: {}", bench.name, bench.measures);
        if let Err(why) = bench.run() {
            println!("{why}; run it alone with `cargo xtask bench {}`", bench.name);
            return false;
        }
    }
    true
}

impl Bench {
    fn run(&self) -> Result<(), String> {
        if self.name == WASM {
            let native =
                ["cargo", "build", "--quiet", "--release", "--package", "remit-wasm", "--example", "speed"];
            command::run(&native)?;
            return command::run(&["node", "wasm/engine/bench/speed.mjs", "target/release/examples/speed"]);
        }
        if self.name == PLAYGROUND {
            Need::Program { name: "chromium", package: "chromium" }.meet()?;
            playground::build()?;
            return command::run(&["node", "wasm/playground/bench.mjs"]);
        }
        if self.name == VSCODE {
            Need::Program { name: "chromium", package: "chromium" }.meet()?;
            vscode::package(false)?;
            return command::run(&["node", "lsp/vscode/e2e/run.mjs", "--bench"]);
        }
        if let Some(package) = self.starts {
            command::run(&["cargo", "build", "--quiet", "--release", "--package", package])?;
        }
        command::run(&["cargo", "bench", "--quiet", "--package", "remit-tests", "--bench", self.name])
    }
}
