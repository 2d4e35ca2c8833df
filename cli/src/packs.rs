//! Finding and loading the policy pack.

use crate::args::Colour;
use crate::config::Config;
use crate::output::{aside, complain, paint};
use remit_core::diagnostic::Diagnostic;
use remit_core::pack::{self, FileMap, Files, MANIFEST, Pack};
use remit_core::render;
use remit_core::source::Source;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// No file of a pack is larger than this.
const MAX_BYTES: u64 = 16 << 20;
/// No pack has more files than this.
const MAX_FILES: usize = 100_000;

/// A pack in a folder.
pub(crate) struct Folder {
    root: PathBuf,
    prefix: String,
}

impl Folder {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), prefix: format!("{}/", display(root).trim_end_matches('/')) }
    }
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

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = !folder.starts_with('/') && !folder.split('/').any(|part| part == "..");
        // A pack inside this one is no part of it.
        let own = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.path().join(MANIFEST).is_file();
        let walk = || WalkDir::new(self.root.join(folder)).into_iter().filter_entry(own);
        let files = inside.then(walk).into_iter().flatten();
        let files = files.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
        let mut paths: Vec<String> = files
            .filter_map(|entry| Some(display(entry.path().strip_prefix(&self.root).ok()?)))
            .take(MAX_FILES)
            .collect();
        paths.sort();
        paths
    }

    fn base(&self, name: &str) -> Result<Box<dyn Files + '_>, String> {
        if name == pack::DEFAULT {
            return Ok(built_in());
        }
        // An absolute path would make it another pack on another machine.
        let is_path = name.contains(['/', '.']) && !name.contains('\\') && Path::new(name).is_relative();
        if !is_path {
            return Err(pack::no_base(name));
        }
        Ok(Box::new(Self::new(&plain(&self.root.join(name)))))
    }
}

/// The files of the built-in pack.
fn built_in() -> Box<dyn Files> {
    Box::new(FileMap::of("default/", remit_rules::FILES))
}

/// A path without `.` and without `x/..`.
pub(crate) fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
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

/// Which pack is used, and why that one.
pub(crate) struct Choice {
    /// Its folder; `None` for the built-in one.
    pub(crate) folder: Option<PathBuf>,
    /// Why it is that one.
    pub(crate) why: String,
}

impl Choice {
    /// Chooses: the flag, `REMIT_PACK`, the nearest folder upwards that names a pack or is one, the built-in one.
    /// `None` where what was named is no folder; it has been said.
    pub(crate) fn make(flag: Option<&Path>, config: &Config) -> Option<Self> {
        let named = std::env::var_os("REMIT_PACK").filter(|value| !value.is_empty());
        let (folder, why) = if let Some(folder) = flag {
            (folder.to_owned(), "named by --pack".to_owned())
        } else if let Some(folder) = named {
            (PathBuf::from(folder), "named by the environment variable REMIT_PACK".to_owned())
        } else if let Some((folder, why)) = &config.pack {
            (folder.clone(), why.clone())
        } else {
            return Some(Self { folder: None, why: "no other was named or found".to_owned() });
        };
        if folder.is_dir() {
            return Some(Self { folder: Some(folder), why });
        }
        let what = if folder.exists() { "is no folder" } else { "is not there" };
        complain(&format!("the pack `{}` {what} ({why}); nothing was decided", display(&folder)));
        None
    }

    /// Where it lies, in a few words.
    pub(crate) fn place(&self) -> String {
        self.folder
            .as_deref()
            .map_or_else(|| "built in".to_owned(), |folder| format!("in `{}`", display(folder)))
    }

    /// Its files.
    pub(crate) fn files(&self) -> Box<dyn Files> {
        match &self.folder {
            Some(root) => Box::new(Folder::new(root)),
            None => built_in(),
        }
    }

    fn name(&self) -> String {
        let folder = self.folder.as_deref();
        folder.map_or_else(
            || "the default pack".to_owned(),
            |folder| format!("the pack in `{}`", display(folder)),
        )
    }
}

/// In one line: which pack it is, where it lies, and why it is used.
pub(crate) fn describe(pack: &Pack, choice: &Choice) -> String {
    let manifest = &pack.manifest;
    format!("pack {} {}, {}: {}", manifest.name, manifest.version, choice.place(), choice.why)
}

/// Chooses a pack, by `--pack` if it is given. `None` where there is none to be had; it has been said.
pub(crate) fn choose(folder: Option<&Path>, colour: Colour) -> Option<Choice> {
    Choice::make(folder, &Config::find(colour)?)
}

/// Loads the pack in a folder, or else the one that is found. `None` where there is none or it has errors; they
/// have been printed.
pub(crate) fn load(folder: Option<&Path>, colour: Colour) -> Option<Pack> {
    load_chosen(&choose(folder, colour)?, colour)
}

/// Loads a pack that was chosen. `None` where it has errors; they have been printed.
pub(crate) fn load_chosen(choice: &Choice, colour: Colour) -> Option<Pack> {
    let loaded = pack::load(&*choice.files());
    let sources: Vec<&Source> = loaded.sources.iter().collect();
    // An interpreted condition is worth knowing when one writes it, not each time that it is used.
    let shown =
        loaded.diagnostics.iter().filter(|found| found.severity > remit_core::diagnostic::Severity::Info);
    print(shown, &sources, colour);
    let errors = loaded.diagnostics.iter().filter(|found| found.is_error()).count();
    match loaded.usable() {
        Ok(pack) => Some(pack),
        Err(_) => {
            let count = if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") };
            complain(&format!("{} does not load: {count}; nothing was decided", choice.name()));
            None
        }
    }
}

/// Prints diagnostics on standard error.
pub(crate) fn print<'a>(found: impl Iterator<Item = &'a Diagnostic>, sources: &[&Source], colour: Colour) {
    let paint = paint(colour, &io::stderr());
    for diagnostic in found {
        aside(&render::diagnostic(diagnostic, sources, paint));
        aside("\n");
    }
}
