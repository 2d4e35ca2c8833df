//! The developers' tasks. `cargo xtask test` is all that CI runs, and runs on a laptop just as well.
//!
//! Tasks only start other programs: nothing of the engine is linked here, so that this builds first and fast.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developers' tool talks to developers")]

mod bench;
mod command;
mod playground;
mod setup;
mod steps;
mod vscode;
mod wasm;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Tasks for those who work on Remit.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run everything that has to pass, in order, up to the first failure.
    Test {
        /// Run this step alone; may be given more than once.
        #[arg(long, value_name = "STEP", value_parser = steps::names())]
        only: Vec<String>,
        /// List the steps and run none.
        #[arg(long)]
        list: bool,
    },
    /// Build the npm package `@remit/engine`, print what it weighs, and fail where that has grown.
    Wasm {
        /// Build this one alone.
        #[arg(long, value_name = "BUILD", value_parser = wasm::names())]
        only: Option<String>,
        /// Build quickly, without optimising.
        #[arg(long)]
        dev: bool,
        /// Write its TypeScript types anew from the Rust types, and build nothing.
        #[arg(long)]
        types: bool,
        /// Only say whether its TypeScript types are those of the Rust types.
        #[arg(long, conflicts_with = "types")]
        check_types: bool,
    },
    /// Build the policy playground and serve it on this machine.
    Playground {
        /// The port to serve it on; any that is free unless given.
        #[arg(long, value_name = "PORT", conflicts_with = "build")]
        port: Option<u16>,
        /// Only build it, into this folder: a static site for any web server.
        #[arg(long, value_name = "DIR")]
        build: Option<PathBuf>,
    },
    /// Draw the README's pictures anew: those of the terminal.
    Pictures {
        /// Draw that of the playground instead, which is built first.
        #[arg(long)]
        page: bool,
    },
    /// Package the VS Code extension with the server inside, and hold its size to its budget.
    Vsix {
        /// Build the server quickly, without optimising.
        #[arg(long)]
        dev: bool,
    },
    /// Build in release and run the benchmarks.
    Bench {
        /// Run this benchmark alone.
        #[arg(value_parser = bench::names())]
        name: Option<String>,
    },
}

/// The test that holds the pictures to the program writes them where it is told to.
const PICTURES: command::Line = &[
    "cargo",
    "test",
    "--quiet",
    "--package",
    "remit",
    "--test",
    "e2e",
    "pictures::pictures_show_what_the_program_prints",
];

fn main() -> ExitCode {
    let passed = match Arguments::parse().task {
        Task::Test { list: true, .. } => {
            steps::list();
            true
        }
        Task::Test { only, .. } => steps::run(&only),
        Task::Wasm { types: true, .. } => said(wasm::types(false)),
        Task::Wasm { check_types: true, .. } => said(wasm::types(true)),
        Task::Wasm { only, dev, .. } => {
            let wanted = wasm::Wanted { only, dev };
            said(wasm::build(&wanted).and_then(|()| wasm::weigh(&wanted)))
        }
        Task::Playground { build: Some(folder), .. } => said(playground::build_into(&folder)),
        Task::Playground { port, .. } => said(playground::serve(port)),
        Task::Pictures { page: true } => said(playground::picture()),
        Task::Pictures { page: false } => said(command::run_with(("REMIT_BLESS", "1"), PICTURES)),
        Task::Vsix { dev } => said(vscode::package(dev)),
        Task::Bench { name } => bench::run(name.as_deref()),
    };
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether something worked; says why where it did not.
fn said(result: Result<(), String>) -> bool {
    result.inspect_err(|why| eprintln!("{why}")).is_ok()
}
