//! `remit`: the terminal host. It reads files, knows what day it is, prints, and sets exit codes; everything
//! else is the engine's.

mod args;
mod check;
mod config;
mod exit;
mod explain;
mod inputs;
mod lint;
mod lsp;
mod new;
mod output;
mod pack;
mod packs;
mod questions;
mod schema;
mod shell;
mod test;

use args::{Command, Remit};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let remit = match Remit::try_parse() {
        Ok(remit) => remit,
        Err(error) => {
            // Help and version are no errors; a mistake in the arguments has an exit code of its own.
            let code = if error.use_stderr() { exit::USAGE } else { exit::OK };
            return ExitCode::from(output::written(error.print(), code));
        }
    };
    let code = match remit.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Questions(arguments) => questions::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Pack(arguments) => pack::run(&arguments),
        Command::New(command) => new::run(&command),
        Command::Lsp(arguments) => lsp::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man(arguments) => shell::man(&arguments),
    };
    ExitCode::from(code)
}
