//! What a step needs on the machine, and how it gets there.
//!
//! Installs what is missing where that surprises nobody: a compile target through rustup, a Debian package
//! where we are root already. Everywhere else it says what to install. Never calls `sudo`.

use crate::command::{self, output};
use std::path::Path;

/// Something that a step needs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Need {
    /// A subcommand of cargo that comes as a rustup component. Where it is missing the step is skipped: an
    /// older checkout of the tool would judge differently from the one that CI has.
    Component {
        /// `fmt` of `cargo fmt`.
        subcommand: &'static str,
        /// `rustfmt`.
        component: &'static str,
    },
    /// A compile target.
    Target(&'static str),
    /// A program on the path.
    Program {
        /// Its name.
        name: &'static str,
        /// The Debian package that has it.
        package: &'static str,
    },
}

/// Whether a step can run.
pub(crate) enum Ready {
    /// It can.
    Yes,
    /// It is left out, for this reason.
    Skip(String),
}

impl Need {
    /// Sees to it that the need is met.
    pub(crate) fn meet(self) -> Result<Ready, String> {
        match self {
            Self::Component { subcommand, component } => Ok(component_is_there(subcommand, component)),
            Self::Target(target) => add_target(target).map(|()| Ready::Yes),
            Self::Program { name, package } => install(name, package).map(|()| Ready::Yes),
        }
    }
}

fn component_is_there(subcommand: &str, component: &str) -> Ready {
    if output(&["cargo", subcommand, "--version"]).is_some() {
        return Ready::Yes;
    }
    Ready::Skip(format!("`cargo {subcommand}` is not installed; `rustup component add {component}` gets it"))
}

fn add_target(target: &str) -> Result<(), String> {
    // Asks the compiler, not rustup: a distribution's Rust may bring the target without rustup.
    let library = output(&["rustc", "--print", "target-libdir", "--target", target]);
    if library.is_some_and(|path| Path::new(path.trim()).is_dir()) {
        return Ok(());
    }
    if output(&["rustup", "--version"]).is_none() {
        return Err(format!("the compile target {target} is missing, and there is no rustup to add it"));
    }
    println!("installing: the compile target {target}, with rustup");
    command::run(&["rustup", "target", "add", target])
}

fn install(name: &str, package: &str) -> Result<(), String> {
    if output(&[name, "--version"]).is_some() {
        return Ok(());
    }
    let root = output(&["id", "-u"]).is_some_and(|id| id.trim() == "0");
    if !root || output(&["apt-get", "--version"]).is_none() {
        return Err(format!("`{name}` is missing; install it (in Debian the package is `{package}`)"));
    }
    println!("installing: the Debian package {package}, for `{name}`");
    command::run(&["apt-get", "update", "-qq"])?;
    command::run(&["apt-get", "install", "-y", "-qq", "--no-install-recommends", package])
}
