//! `remit new`: scaffolds that work as they are. What exists is never overwritten.

mod case;
mod intake;
mod pack;
mod rule;
mod write;

use crate::args::{Colour, NewCommand, PackArgs};
use crate::exit;
use crate::output::complain;
use crate::packs::{self, Choice, display};
use remit_core::cases::{flow, scalar};
use std::path::{Path, PathBuf};

/// Why nothing was made: what to say, and the exit code.
struct Refusal {
    message: String,
    code: u8,
}

impl Refusal {
    /// The command line asks for something that cannot be.
    fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: exit::USAGE }
    }

    /// The pack does not load, or what it names is not there. An empty message: it was said already.
    fn pack(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: exit::PACK }
    }

    /// Something cannot be written.
    fn output(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: exit::OUTPUT }
    }
}

pub(crate) fn run(command: &NewCommand) -> u8 {
    let made = match command {
        NewCommand::Intake(arguments) => intake::run(arguments),
        NewCommand::Rule(arguments) => rule::run(arguments),
        NewCommand::Pack(arguments) => pack::run(arguments),
        NewCommand::Case(arguments) => case::run(arguments),
    };
    match made {
        Ok(code) => code,
        Err(Refusal { message, code }) => {
            if !message.is_empty() {
                complain(&message);
            }
            code
        }
    }
}

/// The folder of the pack that is to be added to, and how it was chosen.
fn folder(arguments: &PackArgs) -> Result<(PathBuf, Choice), Refusal> {
    let choice = packs::choose(arguments.pack.as_deref(), Colour::Auto).ok_or_else(|| Refusal::pack(""))?;
    match choice.folder.clone() {
        Some(folder) => Ok((folder, choice)),
        None => Err(Refusal::usage(
            "the built-in pack cannot be added to: name the folder of yours with --pack, or make one with `remit new pack DIR`",
        )),
    }
}

/// A path inside a pack that its manifest names, as a path of this system. The manifest of somebody else's pack
/// may say anything; nothing is written outside.
fn inside(root: &Path, path: &str) -> Result<PathBuf, Refusal> {
    let stays = !path.is_empty()
        && !path.starts_with('/')
        && !path.contains(['\\', ':'])
        && !path.split('/').any(|part| part == "..");
    if stays {
        return Ok(root.join(path));
    }
    Err(Refusal::pack(format!(
        "`{path}`, which the manifest in `{}` names, lies outside the pack",
        display(root)
    )))
}

/// Whether a word can be the id of a rule, or the name of a case.
fn is_id(word: &str) -> bool {
    let letters = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    letters && word.starts_with(|c: char| c.is_ascii_lowercase()) && word.len() <= 80
}

/// A path as a shell takes it back as one word.
fn quoted(path: &Path) -> String {
    let shown = display(path);
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '+' | ',');
    if shown.chars().all(plain) && !shown.starts_with('-') {
        return shown;
    }
    let start = if shown.starts_with('-') { "./" } else { "" };
    format!("'{start}{}'", shown.replace('\'', "'\\''"))
}
