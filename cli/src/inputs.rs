//! From what was named on the command line to the intakes to decide, in an order that does not depend on the
//! file system.

use crate::packs::{display, read, reason};
use remit_core::document::Format;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// An intake larger than this is refused by the engine, so no more of it is read.
const MAX_BYTES: u64 = 8 << 20;

/// How the files of a folder are told to be intakes.
const ENDINGS: [&str; 3] = [".intake.yaml", ".intake.yml", ".intake.json"];

/// An intake, or why there is none.
pub(crate) struct Input {
    /// Its path as it is shown; `<stdin>` for standard input.
    pub(crate) name: String,
    /// Its bytes, or why they could not be read.
    pub(crate) content: Result<(Vec<u8>, Format), String>,
}

/// Where an intake is to be read from.
pub(crate) enum Place {
    Stdin,
    File(PathBuf),
    /// Something that cannot be read, and why.
    Nothing(PathBuf, String),
}

/// Every intake that was named: files as they are, folders searched. Nothing is read yet.
pub(crate) fn find(inputs: &[PathBuf]) -> Vec<Place> {
    let mut places = vec![];
    for input in inputs {
        if input.as_os_str() == "-" {
            places.push(Place::Stdin);
        } else if input.is_dir() {
            let before = places.len();
            walk(input, &mut places);
            if places.len() == before {
                let reason = format!("no intakes in this folder: their names end in {}", ENDINGS.join(", "));
                places.push(Place::Nothing(input.clone(), reason));
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
                let is_intake = ENDINGS.iter().any(|ending| name.ends_with(ending));
                if is_intake && !entry.file_type().is_dir() {
                    places.push(Place::File(entry.path().to_owned()));
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let reason = error.io_error().map_or_else(|| error.to_string(), reason);
                places.push(Place::Nothing(path, reason));
            }
        }
    }
}

impl Place {
    /// Reads the intake.
    pub(crate) fn open(&self) -> Input {
        match self {
            Self::Stdin => {
                let mut bytes = vec![];
                let result = io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
                let content = result.map_err(|error| reason(&error)).map(|_| {
                    let format = Format::sniff("<stdin>", &String::from_utf8_lossy(&bytes));
                    (bytes, format)
                });
                Input { name: "<stdin>".to_owned(), content }
            }
            Self::File(path) => {
                let name = display(path);
                let content = read(path, MAX_BYTES).map_err(|error| reason(&error));
                let content = content.map(|bytes| (bytes, Format::of_name(&name)));
                Input { name, content }
            }
            Self::Nothing(path, reason) => Input { name: display(path), content: Err(reason.clone()) },
        }
    }
}
