//! Finding and loading the policy pack.

use crate::args::Colour;
use crate::output::{aside, complain, paint};
use remit_core::diagnostic::Diagnostic;
use remit_core::pack::{self, FileMap, Files, Pack};
use remit_core::render;
use remit_core::source::Source;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// No file of a pack is larger than this.
const MAX_BYTES: u64 = 16 << 20;

/// A pack in a folder.
struct Folder {
    root: PathBuf,
    prefix: String,
}

impl Files for Folder {
    fn prefix(&self) -> &str {
        &self.prefix
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        let path = self.root.join(path);
        // A pipe would make everybody wait for whoever writes to it.
        if path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
            return Err("it is a pipe or a device, not a file".to_owned());
        }
        read(&path, MAX_BYTES).map(Cow::Owned).map_err(|error| reason(&error))
    }
}

/// Reads a file, but never more than a little over `limit` bytes of it.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![];
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why the system would not, in a few words.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is a file, not a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// A path as diagnostics name it: forward slashes on every system. Where a backslash is a letter like any
/// other, it stays.
pub(crate) fn display(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// Loads the pack in a folder, or the built-in one. `None` where it has errors; they have been printed.
pub(crate) fn load(folder: Option<&Path>, colour: Colour) -> Option<Pack> {
    let loaded = match folder {
        Some(root) => {
            let prefix = format!("{}/", display(root).trim_end_matches('/'));
            pack::load(&Folder { root: root.to_owned(), prefix })
        }
        None => pack::load(&FileMap::of("default/", remit_rules::FILES)),
    };
    let sources: Vec<&Source> = loaded.sources.iter().collect();
    // An interpreted condition is worth knowing when one writes it, not each time that it is used.
    let shown =
        loaded.diagnostics.iter().filter(|found| found.severity > remit_core::diagnostic::Severity::Info);
    print(shown, &sources, colour);
    let name = folder
        .map_or_else(|| "the default pack".to_owned(), |folder| format!("the pack in `{}`", display(folder)));
    let errors = loaded.diagnostics.iter().filter(|found| found.is_error()).count();
    match loaded.usable() {
        Ok(pack) => Some(pack),
        Err(_) => {
            let count = if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") };
            complain(&format!("{name} does not load: {count}; nothing was decided"));
            None
        }
    }
}

fn print<'a>(found: impl Iterator<Item = &'a Diagnostic>, sources: &[&Source], colour: Colour) {
    let paint = paint(colour, &io::stderr());
    for diagnostic in found {
        aside(&render::diagnostic(diagnostic, sources, paint));
        aside("\n");
    }
}
