//! What a step needs on the machine, and how it gets there.
//!
//! Installs what is missing where that surprises nobody: a compile target through rustup, a Debian package
//! where we are root already. Everywhere else it says what to install. Never calls `sudo`.

use crate::command::{self, Line, output};
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
    /// A command that works once Debian packages are there, for what is no program on the path.
    Command {
        /// What has to succeed.
        line: Line,
        /// What makes it.
        packages: &'static [&'static str],
    },
    /// The packages that a folder's lock file names, from npm.
    Npm {
        /// The folder, seen from the top of the repository.
        folder: &'static str,
    },
}

/// The browser that pages and editors are tried in.
pub(crate) const CHROMIUM: Need = Need::Program { name: "chromium", package: "chromium" };

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
            Self::Program { name, package } => install(&[name, "--version"], &[package]).map(|()| Ready::Yes),
            Self::Command { line, packages } => install(line, packages).map(|()| Ready::Yes),
            Self::Npm { folder } => npm(folder).map(|()| Ready::Yes),
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

fn install(works: &[&str], packages: &[&str]) -> Result<(), String> {
    if output(works).is_some() {
        return Ok(());
    }
    let (what, names) = (works.join(" "), packages.join(" "));
    let root = output(&["id", "-u"]).is_some_and(|id| id.trim() == "0");
    if !root || output(&["apt-get", "--version"]).is_none() {
        return Err(format!("`{what}` does not work; install what it needs (in Debian: {names})"));
    }
    println!("installing: {names} from Debian, for `{what}`");
    command::run(&["apt-get", "update", "-qq"])?;
    let install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    command::run(&[install.as_slice(), packages].concat())?;
    if output(works).is_some() { Ok(()) } else { Err(format!("`{what}` does not work even with {names}")) }
}

/// Installs what a folder's lock file names, unless that is what stands there.
fn npm(folder: &str) -> Result<(), String> {
    let (locked, installed) = (
        format!("{folder}/package-lock.json"),
        // Written by npm at the end of an installation.
        format!("{folder}/node_modules/.package-lock.json"),
    );
    let age = |path: &str| command::root().join(path).metadata().and_then(|file| file.modified()).ok();
    if age(&installed).zip(age(&locked)).is_some_and(|(installed, locked)| installed >= locked) {
        return Ok(());
    }
    if output(&["npm", "--version"]).is_none() {
        return Err("`npm` is missing; install Node.js 20 or newer".to_owned());
    }
    println!("installing: the npm packages of {folder}, into {folder}/node_modules");
    // None of them has to run anything at its installation.
    command::run(&[
        "npm",
        "ci",
        "--prefix",
        folder,
        "--ignore-scripts",
        "--no-progress",
        "--loglevel",
        "error",
    ])
}
