//! A policy pack: manifest, catalogue, intake schema and rule topics, loaded and checked together.
//!
//! Loading never fails half-way: whatever can be read is read, and everything that is wrong is reported. A
//! pack with an error decides nothing ([`Loaded::usable`]), but tools can still look into it.
//!
//! A pack may extend another. The two are read as one: the base's topics come before its own, and catalogue and
//! schema are merged ([`Layers`](crate::document::Layers)) before they are read, so that nothing to the right of
//! here knows of how many packs a pack is made.

pub mod codes;
mod digest;
mod load;
mod manifest;

pub use digest::digest;
pub use load::load;
pub use manifest::{Level, Manifest, Setting, SwitchedOff};

use crate::catalogue::{Catalogue, TierNumber};
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::edit;
use crate::evaluate::Evaluator;
use crate::rules::{Rule, RuleSet};
use crate::schema::Schema;
use crate::source::{Source, SourceId};
use crate::suggest;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// What a pack writes to extend the built-in one.
pub const DEFAULT: &str = "default";

/// The manifest's name in a pack's folder.
pub const MANIFEST: &str = "remit.yaml";

/// The format of packs that this engine reads.
pub const FORMAT: i64 = 1;

/// A pack's files: the only window through which the engine sees them.
pub trait Files {
    /// The name that sources of this pack get in front of their path: `my-pack/`.
    fn prefix(&self) -> &str;

    /// The bytes of a file, by its path inside the pack, with forward slashes; or why there are none.
    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String>;

    /// The paths of all files below a folder of the pack, sorted; empty where there is no such folder. The
    /// pack itself is `""`. What belongs to another pack inside this one is left out ([`own_paths`]).
    fn list(&self, folder: &str) -> Vec<String>;

    /// The files of the pack that this one extends, by the name that its manifest gives: `default`, or a path
    /// from this pack's folder; or why there are none.
    fn base(&self, name: &str) -> Result<Box<dyn Files + '_>, String>;
}

/// The paths of a folder without those of packs inside it: a pack among a pack's examples is no part of it.
pub fn own_paths(paths: Vec<String>) -> Vec<String> {
    let manifests = paths.iter().filter_map(|path| path.strip_suffix(MANIFEST));
    let inner: Vec<String> = manifests.filter(|folder| folder.ends_with('/')).map(str::to_owned).collect();
    let is_own = |path: &String| !inner.iter().any(|folder| path.starts_with(folder));
    paths.into_iter().filter(is_own).collect()
}

/// Says that a host has no pack of this name, with a suggestion where it looks like a slip. For hosts' [`Files`].
pub fn no_base(name: &str) -> String {
    match suggest::nearest(name, [DEFAULT]) {
        Some(meant) => format!("there is no such pack; did you mean `{meant}`?"),
        None => format!(
            "it is neither `{DEFAULT}`, the built-in pack, nor the path of a folder such as `../base`"
        ),
    }
}

/// Files in memory: an embedded pack, an editor's buffers, a test's.
#[derive(Debug, Clone, Default)]
pub struct FileMap {
    prefix: String,
    files: BTreeMap<String, Vec<u8>>,
    bases: BTreeMap<String, FileMap>,
}

impl FileMap {
    /// No files yet; sources are named `prefix` and their path.
    pub fn new(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..Self::default() }
    }

    /// Files from a list of path and bytes.
    pub fn of(prefix: impl Into<String>, files: &[(&str, &[u8])]) -> Self {
        let files = files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
        Self { prefix: prefix.into(), files, ..Self::default() }
    }

    /// Adds a pack that this one may extend, by the name that its manifest gives.
    #[must_use]
    pub fn with_base(mut self, name: impl Into<String>, base: FileMap) -> Self {
        self.bases.insert(name.into(), base);
        self
    }

    /// Adds or replaces a file.
    pub fn put(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.files.remove(path)
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl Files for FileMap {
    fn prefix(&self) -> &str {
        &self.prefix
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        self.files
            .get(path)
            .map(|bytes| Cow::Borrowed(bytes.as_slice()))
            .ok_or_else(|| "it is not there".to_owned())
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let start = match folder.trim_end_matches('/') {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        own_paths(self.paths().filter(|path| path.starts_with(&start)).map(str::to_owned).collect())
    }

    fn base(&self, name: &str) -> Result<Box<dyn Files + '_>, String> {
        self.bases.get(name).map(|base| Box::new(base) as Box<dyn Files>).ok_or_else(|| no_base(name))
    }
}

impl<F: Files + ?Sized> Files for &F {
    fn prefix(&self) -> &str {
        (**self).prefix()
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        (**self).read(path)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        (**self).list(folder)
    }

    fn base(&self, name: &str) -> Result<Box<dyn Files + '_>, String> {
        (**self).base(name)
    }
}

/// A policy pack.
pub struct Pack {
    /// Its name, version and parts.
    pub manifest: Manifest,
    /// What its rules can name.
    pub catalogue: Catalogue,
    /// What its intakes can hold.
    pub schema: Arc<Schema>,
    /// Its rules.
    pub rules: RuleSet,
    /// Its rules, ready to be asked.
    pub evaluator: Evaluator,
    /// The tier where no rule of any tier fires: its own, or its base's.
    pub default_tier: TierNumber,
    /// SHA-256 over its files, in hexadecimal; the digest of the pack that it extends is part of it.
    pub digest: String,
    /// Every text that it was loaded from; its manifest is the first.
    pub sources: Vec<Source>,
    /// The packs that it extends, the nearest first.
    pub bases: Vec<Base>,
    /// The rules of those that do not count.
    pub switched_off: Vec<SwitchedOff>,
}

/// A pack that another extends.
#[derive(Debug, Clone)]
pub struct Base {
    /// Its manifest.
    pub manifest: Manifest,
    /// Its digest.
    pub digest: String,
    /// What its texts are called.
    sources: BTreeSet<SourceId>,
}

impl Pack {
    /// Whether a text belongs to a pack that this one extends, and so is not its author's to change.
    pub fn inherits(&self, source: &SourceId) -> bool {
        self.bases.iter().any(|base| base.sources.contains(source))
    }

    /// Whether a rule stands in this pack itself, and not in one that it extends.
    pub fn owns(&self, rule: &Rule) -> bool {
        self.bases.is_empty() || !self.inherits(self.rules.source(rule.topic).id())
    }

    /// Calls `read` with this pack's manifest and files, then with those of each pack that it extends, the nearest
    /// first.
    pub fn each(&self, files: &dyn Files, read: &mut dyn FnMut(&Manifest, &dyn Files)) {
        fn walk(
            own: &Manifest,
            files: &dyn Files,
            bases: &[Base],
            read: &mut dyn FnMut(&Manifest, &dyn Files),
        ) {
            read(own, files);
            let (Some(extends), [base, rest @ ..]) = (&own.extends, bases) else { return };
            if let Ok(files) = files.base(&extends.value) {
                walk(&base.manifest, &*files, rest, read);
            }
        }
        walk(&self.manifest, files, &self.bases, read);
    }
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pack({} {})", self.manifest.name, self.manifest.version)
    }
}

impl Pack {
    /// An intake with every question and no answer.
    pub fn blank_intake(&self, format: Format) -> String {
        let Manifest { title, name, version, .. } = &self.manifest;
        let title = if title.is_empty() { name } else { title };
        edit::blank(&self.schema, &format!("An intake for: {title} ({name} {version})."), format)
    }
}

/// What loading a pack gave.
#[derive(Debug)]
pub struct Loaded {
    /// The pack, as far as it could be read; `None` where a part that everything needs is missing.
    pub pack: Option<Pack>,
    /// What is wrong with it, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every text that was read, to show diagnostics in.
    pub sources: Vec<Source>,
}

impl Loaded {
    /// The pack, if it may decide: nothing in it is an error.
    pub fn usable(self) -> Result<Pack, Box<Self>> {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Box::new(self));
        }
        match self.pack {
            Some(pack) => Ok(pack),
            None => Err(Box::new(self)),
        }
    }
}

/// A pack stays inside its folder, whatever its manifest says.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains(['\\', ':'])
        && !path.split('/').any(|part| part == "..")
}
