//! Everything that has to pass, as one table. A new kind of check is a new row.

use crate::command::{self, Line};
use crate::setup::{CHROMIUM, Need, Ready};
use crate::wasm;
use std::time::{Duration, Instant};

/// One thing that has to pass.
struct Step {
    /// What `--only` calls it.
    name: &'static str,
    /// What it proves, in a few words.
    proves: &'static str,
    needs: &'static [Need],
    /// Runs only when it is asked for.
    by_name: bool,
    /// Run in order; each must succeed.
    commands: &'static [Line],
}

/// In the order of running: what is quick to fail comes first.
const STEPS: &[Step] = &[
    Step {
        name: "format",
        proves: "the code is laid out as rustfmt does it",
        needs: &[Need::Component { subcommand: "fmt", component: "rustfmt" }],
        by_name: false,
        commands: &[
            &["cargo", "fmt", "--all", "--check"],
            &["cargo", "fmt", "--manifest-path", "tests/peers/rhai/Cargo.toml", "--check"],
            &["cargo", "fmt", "--manifest-path", "xtask/bindgen/Cargo.toml", "--check"],
        ],
    },
    Step {
        name: "lints",
        proves: "clippy finds nothing, in any target with any feature",
        needs: &[Need::Component { subcommand: "clippy", component: "clippy" }],
        by_name: false,
        commands: &[&[
            "cargo",
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]],
    },
    Step {
        name: "tests",
        proves: "all tests pass: units, documentation, house rules, end to end",
        needs: &[Need::Program { name: "git", package: "git" }],
        by_name: false,
        commands: &[&["cargo", "test", "--workspace", "--all-features"]],
    },
    Step {
        name: "clients",
        proves: "real clients get on with `remit lsp`: VS Code's JSON-RPC, Neovim, Emacs",
        needs: &[
            Need::Program { name: "nvim", package: "neovim" },
            // Debian keeps eglot where only a started Emacs looks.
            Need::Command {
                line: &["emacs", "--batch", "-f", "package-activate-all", "-l", "eglot"],
                packages: &["emacs-nox", "elpa-eglot"],
            },
            Need::Npm { folder: "lsp/tests/clients" },
        ],
        by_name: false,
        commands: &[
            // The example is not for this step: with it, all libraries are those of the tests, and none is
            // compiled anew.
            &["cargo", "build", "--workspace", "--all-features", "--bin", "remit", "--example", "corpus"],
            &["npm", "test", "--silent", "--prefix", "lsp/tests/clients"],
        ],
    },
    Step {
        name: "wasm",
        proves: "the engine and what editors ask of it build where there is no file, clock or network",
        needs: &[Need::Target("wasm32-unknown-unknown")],
        by_name: false,
        commands: &[&[
            "cargo",
            "check",
            "-p",
            "remit-core",
            "-p",
            "remit-protocol",
            "--lib",
            "--target",
            "wasm32-unknown-unknown",
        ]],
    },
    Step {
        name: "npm",
        proves: "the npm package does not grow, and is the engine: same answers, same types, in every host",
        needs: BROWSER,
        by_name: false,
        commands: &[
            &["cargo", "xtask", "wasm"],
            &["cargo", "xtask", "wasm", "--check-types"],
            &["node", "wasm/node_modules/typescript/bin/tsc", "-p", "wasm/engine/tests/consumer"],
            &["cargo", "build", "--quiet", "--workspace", "--all-features", "--example", "corpus"],
            &["target/debug/examples/corpus", "target/wasm/corpus.ndjson"],
            &["npm", "test", "--silent", "--prefix", "wasm/engine"],
        ],
    },
    Step {
        name: "playground",
        proves: "the playground does in Chromium what people do with it, also with bad input",
        needs: BROWSER,
        by_name: false,
        commands: &[
            // With the engine of the step before, where that has run.
            &["cargo", "xtask", "playground", "--build", "target/playground/site"],
            &["npm", "test", "--silent", "--prefix", "wasm/playground"],
        ],
    },
    Step {
        name: "vscode",
        proves: "the extension's package works in VS Code's workbench and in VS Code for the Web, in Chromium",
        needs: BROWSER,
        // Takes the engine that the playground is made of, where that has run, and installs its own editors.
        by_name: true,
        commands: &[&["cargo", "xtask", "vsix"], &["node", "lsp/vscode/e2e/run.mjs"]],
    },
];

/// What it takes to build for the browser, and to try it there.
const BROWSER: &[Need] = &[Need::Target("wasm32-unknown-unknown"), CHROMIUM, wasm::PACKAGES];

/// How a step ended.
enum Outcome {
    Passed,
    Skipped(String),
    Failed(String),
}

/// The names of all steps.
pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// Prints the steps.
pub(crate) fn list() {
    for step in STEPS {
        let when = if step.by_name { " (only with `--only`)" } else { "" };
        println!("{:12} {}{when}", step.name, step.proves);
    }
}

/// Runs the steps in order, or those of them in `only`, up to the first failure. Whether all passed.
pub(crate) fn run(only: &[String]) -> bool {
    let chosen = STEPS.iter().filter(|step| {
        if only.is_empty() { !step.by_name } else { only.iter().any(|name| name == step.name) }
    });
    let began = Instant::now();
    let mut passed = 0;
    let mut skipped = vec![];
    for step in chosen {
        println!("== {}: {}", step.name, step.proves);
        let start = Instant::now();
        let outcome = step.run();
        let took = seconds(start.elapsed());
        match outcome {
            Outcome::Passed => {
                passed += 1;
                println!("== {}: passed in {took}", step.name);
            }
            Outcome::Skipped(why) => {
                println!("== {}: skipped: {why}", step.name);
                skipped.push(step.name);
            }
            Outcome::Failed(why) => {
                println!("== {}: failed after {took}: {why}", step.name);
                println!(
                    "{passed} passed, 1 failed: `{name}`; run it alone with `cargo xtask test --only {name}`",
                    name = step.name
                );
                return false;
            }
        }
    }
    let left_out =
        if skipped.is_empty() { String::new() } else { format!(", without {}", skipped.join(" and ")) };
    println!("== all steps took {}{left_out}", seconds(began.elapsed()));
    println!("{passed} passed, 0 failed");
    true
}

impl Step {
    fn run(&self) -> Outcome {
        for need in self.needs {
            match need.meet() {
                Ok(Ready::Yes) => {}
                Ok(Ready::Skip(why)) => return Outcome::Skipped(why),
                Err(why) => return Outcome::Failed(why),
            }
        }
        let failure = self.commands.iter().find_map(|line| command::run(line).err());
        failure.map_or(Outcome::Passed, Outcome::Failed)
    }
}

fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}
