//! From what was named on the command line to the intakes to decide, in an order that does not depend on the
//! file system.

use crate::packs::{display, read, reason};
use remit_core::document::{Format, Limits};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// How the files of a folder are told to be intakes.
const ENDINGS: [&str; 3] = [".intake.yaml", ".intake.yml", ".intake.json"];

/// An intake, or why there is none.
pub(crate) struct Input {
    /// Its path as it is shown; `<stdin>` for standard input.
    pub(crate) name: String,
    /// Its bytes, or what to say of it.
    pub(crate) content: Result<(Vec<u8>, Format), String>,
}

/// Where an intake is to be read from.
pub(crate) enum Place {
    Stdin,
    File(PathBuf),
    /// Something that cannot be read, and what to say of it.
    Nothing(PathBuf, String),
}

/// Every intake that was named: files as they are, folders searched. Nothing is read yet.
///
/// What somebody names is read even where it is a pipe or a device, as `cat` would: a shell's `<(…)` is one.
/// What is only found in a folder is read if it is a file, so that nothing in there makes anybody wait.
pub(crate) fn find(inputs: &[PathBuf]) -> Vec<Place> {
    let mut places = vec![];
    for input in inputs {
        if input.as_os_str() == "-" {
            places.push(Place::Stdin);
        } else if input.is_dir() {
            let before = places.len();
            walk(input, &mut places);
            if places.len() == before {
                let said = format!(
                    "there are no intakes in `{}`: their names end in {}",
                    display(input),
                    ENDINGS.join(", ")
                );
                places.push(Place::Nothing(input.clone(), said));
            }
        } else {
            places.push(Place::File(input.clone()));
        }
    }
    places
}

fn walk(folder: &Path, places: &mut Vec<Place>) {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.') && name.len() > 1;
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(move |entry| {
        let skipped = entry.depth() > 0
            && (hidden(entry.file_name())
                || (entry.file_type().is_dir() && entry.file_name() == "node_modules"));
        !skipped
    });
    for entry in entries {
        match entry {
            Ok(entry) => {
                let name = entry.file_name().to_string_lossy();
                if entry.depth() > 0 && ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                    places.push(found(entry.into_path()));
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let reason = error.io_error().map_or_else(|| error.to_string(), reason);
                places.push(unreadable(path, &reason));
            }
        }
    }
}

/// What is found under the name of an intake. A link is what it leads to.
fn found(path: PathBuf) -> Place {
    match fs::metadata(&path) {
        Ok(metadata) if metadata.is_file() => Place::File(path),
        Ok(metadata) if metadata.is_dir() => unreadable(path, "it is a folder"),
        Ok(_) => unreadable(path, "it is a pipe or a device; name it on the command line to read it"),
        Err(error) if path.is_symlink() && error.kind() == io::ErrorKind::NotFound => {
            unreadable(path, "it is a link that leads nowhere")
        }
        Err(error) => unreadable(path, &reason(&error)),
    }
}

fn unreadable(path: PathBuf, reason: &str) -> Place {
    let said = cannot_read(&display(&path), reason);
    Place::Nothing(path, said)
}

fn cannot_read(name: &str, reason: &str) -> String {
    format!("`{name}` cannot be read: {reason}")
}

/// The engine refuses what is larger, so no more than one byte more of it is read.
fn max_bytes() -> u64 {
    u64::try_from(Limits::default().max_bytes).unwrap_or(u64::MAX)
}

impl Place {
    /// Reads the intake.
    pub(crate) fn open(&self) -> Input {
        match self {
            Self::Stdin => {
                let mut bytes = vec![];
                let name = "<stdin>".to_owned();
                let result = io::stdin().lock().take(max_bytes() + 1).read_to_end(&mut bytes);
                let content = result.map_err(|error| cannot_read(&name, &reason(&error))).map(|_| {
                    let format = Format::sniff(&name, &String::from_utf8_lossy(&bytes));
                    (bytes, format)
                });
                Input { name, content }
            }
            Self::File(path) => {
                let name = display(path);
                let content = read(path, max_bytes()).map_err(|error| cannot_read(&name, &reason(&error)));
                let content = content.map(|bytes| (bytes, Format::of_name(&name)));
                Input { name, content }
            }
            Self::Nothing(path, said) => Input { name: display(path), content: Err(said.clone()) },
        }
    }
}
