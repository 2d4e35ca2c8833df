//! From what was named on the command line to the intakes to decide, in an order that does not depend on the
//! file system.

use crate::args::InputFormat;
use crate::packs::{display, read, reason};
use remit_core::document::Format;
use remit_core::pack::MANIFEST;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// An intake larger than this is refused by the engine, so no more of it is read.
pub(crate) const MAX_BYTES: u64 = 8 << 20;

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
            let packs = walk(input, &mut places);
            if places.len() == before {
                let mut reason =
                    format!("no intakes in this folder: their names end in {}", ENDINGS.join(", "));
                if let Some(pack) = packs.first() {
                    let pack = display(pack);
                    reason
                        .push_str(&format!("; what is in a pack, such as `{pack}`, has to be named itself"));
                }
                places.push(Place::Nothing(input.clone(), reason));
            }
        } else {
            places.push(Place::File(input.clone()));
        }
    }
    places
}

/// Adds the intakes of a folder, and gives the policy packs that it passed over: the examples of a pack are no
/// intakes of the repository that holds it.
fn walk(folder: &Path, places: &mut Vec<Place>) -> Vec<PathBuf> {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.') && name.len() > 1;
    let packs = std::cell::RefCell::new(vec![]);
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| {
        if entry.depth() == 0 {
            return true;
        }
        let is_folder = entry.file_type().is_dir();
        if hidden(entry.file_name()) || (is_folder && entry.file_name() == "node_modules") {
            return false;
        }
        let is_pack = is_folder && entry.path().join(MANIFEST).is_file();
        if is_pack {
            packs.borrow_mut().push(entry.path().to_owned());
        }
        !is_pack
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
    packs.into_inner()
}

impl Place {
    /// The path; `-` for standard input.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("-"),
            Self::File(path) | Self::Nothing(path, _) => path,
        }
    }

    /// Reads the intake.
    pub(crate) fn open(&self, as_what: InputFormat) -> Input {
        let mut input = self.read();
        if let (Ok((_, format)), Some(wanted)) = (&mut input.content, as_what.document()) {
            *format = wanted;
        }
        input
    }

    /// Reads one intake a line.
    pub(crate) fn lines(&self) -> Lines {
        let name = match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) | Self::Nothing(path, _) => display(path),
        };
        let reader: Result<Box<dyn BufRead>, String> = match self {
            Self::Stdin => Ok(Box::new(io::stdin().lock())),
            Self::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(BufReader::new(file))),
                Err(error) => Err(reason(&error)),
            },
            Self::Nothing(_, reason) => Err(reason.clone()),
        };
        match reader {
            Ok(reader) => Lines { name, reader: Some(reader), number: 0, failed: None },
            Err(reason) => Lines { name, reader: None, number: 0, failed: Some(reason) },
        }
    }

    fn read(&self) -> Input {
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

/// The intakes of a file, or of standard input, that holds one JSON document a line. An empty line is none.
pub(crate) struct Lines {
    name: String,
    reader: Option<Box<dyn BufRead>>,
    /// Of the line read last, from 1.
    number: usize,
    failed: Option<String>,
}

impl Iterator for Lines {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        if let Some(reason) = self.failed.take() {
            return Some(Input { name: self.name.clone(), content: Err(reason) });
        }
        loop {
            let reader = self.reader.as_mut()?;
            let mut line = vec![];
            // One byte more than a line may have, and its line break.
            let read = reader.by_ref().take(MAX_BYTES + 2).read_until(b'\n', &mut line);
            self.number += 1;
            let name = format!("{}:{}", self.name, self.number);
            match read {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    // Nothing says where the next line begins, or that there is one.
                    self.reader = None;
                    return Some(Input { name, content: Err(reason(&error)) });
                }
            }
            if line.ends_with(b"\n") {
                line.pop();
            } else if line.len() as u64 > MAX_BYTES {
                let skipped = skip_line(reader);
                if skipped.is_err() {
                    self.reader = None;
                }
            }
            if line.len() as u64 > MAX_BYTES {
                let content = Err(format!("the line is longer than {} MiB", MAX_BYTES >> 20));
                return Some(Input { name, content });
            }
            if line.iter().any(|byte| !byte.is_ascii_whitespace()) {
                return Some(Input { name, content: Ok((line, Format::Json)) });
            }
        }
    }
}

/// Reads to the end of the line, and keeps nothing of it.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                reader.consume(end + 1);
                return Ok(());
            }
            None => {
                let length = buffer.len();
                reader.consume(length);
            }
        }
    }
}
