//! Making files, and never touching one that is there.

use super::Refusal;
use crate::packs::{display, reason};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes a file that is not there yet.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Refusal> {
    let shown = display(path);
    let result = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    result.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Refusal::output(format!("`{shown}` is there already, and is left as it is"))
        }
        io::ErrorKind::NotFound => {
            Refusal::output(format!("`{shown}` cannot be made: its folder is not there"))
        }
        _ => Refusal::output(format!("`{shown}` cannot be made: {}", reason(&error))),
    })
}

/// Makes a folder and those above it, where they are not there.
pub(super) fn folder(path: &Path) -> Result<(), Refusal> {
    fs::create_dir_all(path).map_err(|error| {
        Refusal::output(format!("the folder `{}` cannot be made: {}", display(path), reason(&error)))
    })
}

/// Adds text at the end of a file.
pub(super) fn append(path: &Path, text: &str) -> Result<(), Refusal> {
    let result =
        OpenOptions::new().append(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    result.map_err(|error| {
        Refusal::output(format!("`{}` cannot be added to: {}", display(path), reason(&error)))
    })
}
