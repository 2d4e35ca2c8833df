//! From what was named on the command line to the intakes to decide, in an order that does not depend on the
//! file system.

use crate::args::InputFormat;
use crate::packs::{display, read, reason};
use remit_core::document::{Format, Limits};
use remit_core::pack::MANIFEST;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A line of intakes longer than this is passed over: no intake may be longer.
const MAX_LINE: u64 = 2 << 20;

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
            let packs = walk(input, &mut places);
            if places.len() == before {
                let folder = display(input);
                let endings = ENDINGS.join(", ");
                let mut said = format!("there are no intakes in `{folder}`: their names end in {endings}");
                if let Some(pack) = packs.first() {
                    let pack = display(pack);
                    said.push_str(&format!("; what is in a pack, such as `{pack}`, has to be named itself"));
                }
                places.push(Place::Nothing(input.clone(), said));
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
                if is_intake && entry.depth() > 0 {
                    // `./a` is `a` to everything that reads paths beside a repository.
                    let path = entry.path().strip_prefix(".").unwrap_or(entry.path());
                    places.push(found(path.to_owned()));
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let reason = error.io_error().map_or_else(|| error.to_string(), reason);
                places.push(unreadable(path, &reason));
            }
        }
    }
    packs.into_inner()
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
pub(crate) fn max_bytes() -> u64 {
    u64::try_from(Limits::default().max_bytes).unwrap_or(u64::MAX)
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
                Err(error) => Err(cannot_read(&name, &reason(&error))),
            },
            Self::Nothing(_, said) => Err(said.clone()),
        };
        match reader {
            Ok(reader) => Lines { name, reader: Some(reader), number: 0, failed: None },
            Err(said) => Lines { name, reader: None, number: 0, failed: Some(said) },
        }
    }

    fn read(&self) -> Input {
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
        if let Some(said) = self.failed.take() {
            return Some(Input { name: self.name.clone(), content: Err(said) });
        }
        loop {
            let reader = self.reader.as_mut()?;
            let mut line = vec![];
            // One byte more than a line may have, and its line break.
            let read = reader.by_ref().take(MAX_LINE + 2).read_until(b'\n', &mut line);
            self.number += 1;
            let name = format!("{}:{}", self.name, self.number);
            match read {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    // Nothing says where the next line begins, or that there is one.
                    self.reader = None;
                    let content = Err(cannot_read(&name, &reason(&error)));
                    return Some(Input { name, content });
                }
            }
            if line.ends_with(b"\n") {
                line.pop();
            } else if line.len() as u64 > MAX_LINE {
                let skipped = skip_line(reader);
                if skipped.is_err() {
                    self.reader = None;
                }
            }
            if line.len() as u64 > MAX_LINE {
                let why = format!("the line is longer than {} MiB", MAX_LINE >> 20);
                let content = Err(cannot_read(&name, &why));
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
