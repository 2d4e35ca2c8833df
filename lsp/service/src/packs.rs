//! Which pack a file belongs to, and the packs themselves, loaded when somebody asks and kept while their
//! files stay the same.

use crate::answer::{Place, Severity};
use crate::files::{File, FileSet, Kept, Origin};
use crate::intake::Readers;
use crate::kind::{folder, join};
use crate::policy::{Firings, Review};
use crate::service::{Config, State};
use remit_core::decide::Index;
use remit_core::diagnostic::Diagnostic;
use remit_core::engine::Engine;
use remit_core::pack::{self, FileMap, Loaded, MANIFEST, Pack};
use remit_core::source::Source;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// What the ids of the embedded default pack's files start with, in every host.
pub const DEFAULT_PACK: &str = "default/";

/// As many versions of one pack are kept: snapshots of before and after a change ask in turn.
const KEPT_VERSIONS: usize = 3;

/// How it stands with a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PackState {
    /// The embedded default pack.
    Default,
    /// It was loaded from the host's files.
    Good,
    /// It does not load; the last version that did decides.
    LastGood,
    /// It does not load and never did: nothing is decided.
    Broken,
}

/// The pack that a file belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackInfo {
    /// The id of its folder; `None` for the embedded default.
    pub root: Option<String>,
    /// Its name; empty where the manifest cannot be read.
    pub name: String,
    /// Its version.
    pub version: String,
    /// How it stands with it.
    pub state: PackState,
}

/// Something about a whole pack that people have to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notice {
    /// The id of the pack's folder.
    pub root: String,
    /// How bad.
    pub severity: Severity,
    /// What happened.
    pub message: String,
    /// The first place to look at.
    pub place: Option<Place>,
}

/// A pack, ready to be asked about.
pub(crate) struct Ready {
    pub(crate) engine: Engine,
    pub(crate) index: Index,
    pub(crate) readers: Readers,
    /// On which of the pack's examples its rules fire, as long as the examples stay the same.
    pub(crate) firings: Kept<Firings>,
    /// What its lints and its tests say, as long as its files stay the same.
    pub(crate) review: Kept<Review>,
}

impl Ready {
    fn new(pack: Pack) -> Self {
        let (index, readers) = (Index::new(&pack), Readers::new(&pack));
        Self { engine: Engine::new(pack), index, readers, firings: Kept::default(), review: Kept::default() }
    }

    pub(crate) fn pack(&self) -> &Pack {
        &self.engine.pack
    }
}

/// What loading one version of a pack gave.
pub(crate) struct Version {
    /// The pack as far as it could be read.
    pub(crate) ready: Option<Arc<Ready>>,
    /// Nothing in it is an error.
    pub(crate) usable: bool,
    /// What is wrong with it.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Every text that was read.
    pub(crate) sources: Vec<Source>,
    /// Ids that were asked for, with what stood there.
    reads: Reads,
}

/// Ids of files that were asked for, with what stood there.
type Reads = Vec<(String, Option<Arc<File>>)>;

/// The pack that decides a file.
#[derive(Clone)]
pub(crate) struct Chosen {
    /// Its folder; `None` for the embedded default.
    pub(crate) root: Option<String>,
    /// What the files of now give.
    pub(crate) version: Arc<Version>,
    /// What to ask: the version of now, or the last good one.
    pub(crate) ready: Option<Arc<Ready>>,
    pub(crate) state: PackState,
}

impl Chosen {
    /// Whether intakes are decided by it.
    pub(crate) fn decides(&self) -> bool {
        self.state != PackState::Broken
    }

    pub(crate) fn info(&self) -> PackInfo {
        let manifest = self.ready.as_ref().map(|ready| &ready.pack().manifest);
        PackInfo {
            root: self.root.clone(),
            name: manifest.map(|manifest| manifest.name.clone()).unwrap_or_default(),
            version: manifest.map(|manifest| manifest.version.clone()).unwrap_or_default(),
            state: self.state,
        }
    }

    /// What people have to be told about it.
    pub(crate) fn notice(&self) -> Option<Notice> {
        let root = self.root.clone()?;
        let consequence = match self.state {
            PackState::LastGood => "the last version that did is used",
            PackState::Broken => "nothing is decided by it",
            PackState::Default | PackState::Good => return None,
        };
        let errors = self.version.diagnostics.iter().filter(|found| found.is_error());
        let (count, first) = (errors.clone().count(), errors.clone().next());
        let why = first.map_or_else(String::new, |first| format!(": {}", first.message));
        let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
        let message = format!("the pack in `{root}` does not load, so {consequence}{why}{more}");
        Some(Notice {
            root,
            severity: Severity::Warning,
            message,
            place: first.map(|first| (&first.location).into()),
        })
    }
}

/// The packs that one snapshot has asked for, by their folders.
#[derive(Default)]
pub(crate) struct Choices(Mutex<BTreeMap<String, Chosen>>);

impl Clone for Choices {
    /// A copy is for another state of the files, so it knows nothing yet.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choices")
    }
}

impl Choices {
    fn get(&self, root: &str, choose: impl FnOnce() -> Chosen) -> Chosen {
        let mut chosen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = chosen.get(root) {
            return known.clone();
        }
        let new = choose();
        chosen.insert(root.to_owned(), new.clone());
        new
    }
}

#[derive(Default)]
struct Known {
    versions: Vec<Arc<Version>>,
    last_good: Option<Arc<Ready>>,
}

/// All packs that were asked for.
pub(crate) struct Packs {
    default: Chosen,
    default_files: BTreeMap<String, Arc<File>>,
    known: Mutex<BTreeMap<String, Known>>,
}

impl fmt::Debug for Packs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Packs")
    }
}

impl Packs {
    pub(crate) fn new(default: &[(&str, &[u8])]) -> Self {
        let version = Arc::new(version(pack::load(&FileMap::of(DEFAULT_PACK, default)), vec![]));
        let state = if version.usable { PackState::Default } else { PackState::Broken };
        let ready = version.ready.clone();
        let files = default.iter().map(|(path, bytes)| {
            let id = format!("{DEFAULT_PACK}{path}");
            let file = File::fed(&id, bytes.to_vec(), Origin::BuiltIn);
            (id, file)
        });
        Self {
            default_files: files.collect(),
            default: Chosen { root: None, version, ready, state },
            known: Mutex::default(),
        }
    }

    /// A file of the embedded pack.
    pub(crate) fn built_in(&self, id: &str) -> Option<&Arc<File>> {
        self.default_files.get(id)
    }

    pub(crate) fn built_in_files(&self) -> impl Iterator<Item = &Arc<File>> {
        self.default_files.values()
    }

    /// The folder of the pack that a file belongs to; `None` for the embedded default.
    pub(crate) fn root_of(files: &FileSet, config: &Config, id: &str) -> Option<String> {
        let mut around = folder(id);
        loop {
            let here = around.unwrap_or_default();
            if files.get(&join(here, MANIFEST)).is_some() {
                return Some(here.to_owned());
            }
            match around {
                Some(inner) => around = folder(inner),
                None => break,
            }
        }
        let inside =
            |root: &str| root.is_empty() || id.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
        let around = config.roots.iter().filter(|root| inside(root.root.trim_end_matches('/')));
        let set = around.max_by_key(|root| root.root.len())?;
        set.pack.as_ref().map(|pack| pack.trim_end_matches('/').to_owned())
    }

    /// The pack that a file belongs to.
    pub(crate) fn choose(&self, state: &State, id: &str) -> Chosen {
        match Self::root_of(&state.files, &state.config, id) {
            _ if self.default_files.contains_key(id) && state.files.get(id).is_none() => self.default.clone(),
            Some(root) => self.at(state, &root),
            None => self.default.clone(),
        }
    }

    /// The pack in a folder.
    pub(crate) fn at(&self, state: &State, root: &str) -> Chosen {
        state.chosen.get(root, || self.load(&state.files, root))
    }

    /// The embedded pack.
    pub(crate) fn default(&self) -> Chosen {
        self.default.clone()
    }

    /// The files of a pack, as the engine sees them.
    pub(crate) fn files<'a>(&'a self, state: &'a State, root: Option<&'a str>) -> Box<dyn pack::Files + 'a> {
        match root {
            Some(root) => Box::new(Folder::new(&state.files, root, &self.default_files)),
            None => Box::new(BuiltIn(&self.default_files)),
        }
    }

    fn load(&self, files: &FileSet, root: &str) -> Chosen {
        let mut packs = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = packs.entry(root.to_owned()).or_default();
        let fresh = known.versions.iter().position(|version| version.is_fresh(files));
        let version = match fresh {
            Some(place) => known.versions.remove(place),
            None => {
                let folder = Folder::new(files, root, &self.default_files);
                let loaded = pack::load(&folder);
                Arc::new(version(loaded, folder.reads.take()))
            }
        };
        known.versions.insert(0, Arc::clone(&version));
        known.versions.truncate(KEPT_VERSIONS);
        let (ready, state) = if version.usable {
            known.last_good.clone_from(&version.ready);
            (version.ready.clone(), PackState::Good)
        } else if let Some(last) = &known.last_good {
            (Some(Arc::clone(last)), PackState::LastGood)
        } else {
            (version.ready.clone(), PackState::Broken)
        };
        Chosen { root: Some(root.to_owned()), version, ready, state }
    }
}

impl Version {
    /// Whether loading again would give the same.
    fn is_fresh(&self, files: &FileSet) -> bool {
        self.reads.iter().all(|(id, then)| match (files.get(id), then) {
            (Some(now), Some(then)) => Arc::ptr_eq(now, then) || now.bytes() == then.bytes(),
            (now, then) => now.is_none() && then.is_none(),
        })
    }

    /// Whether a file was asked for.
    pub(crate) fn reads(&self, id: &str) -> bool {
        self.reads.iter().any(|(known, _)| known == id)
    }

    /// Ids that were asked for and are not there.
    pub(crate) fn lacks(&self) -> impl Iterator<Item = &str> {
        self.reads.iter().filter(|(_, file)| file.is_none()).map(|(id, _)| id.as_str())
    }
}

fn version(loaded: Loaded, reads: Reads) -> Version {
    let usable = loaded.pack.is_some() && !loaded.diagnostics.iter().any(Diagnostic::is_error);
    let Loaded { pack, diagnostics, sources } = loaded;
    Version { ready: pack.map(|pack| Arc::new(Ready::new(pack))), usable, diagnostics, sources, reads }
}

/// What the ids of the files in a folder start with.
fn prefix(root: &str) -> String {
    if root.is_empty() { String::new() } else { format!("{root}/") }
}

/// The folder at a path from another one; `None` where it leads out of all that there is.
fn beside(root: &str, path: &str) -> Option<String> {
    // Files on a disk lie below its root.
    let (disk, folders) = root.strip_prefix('/').map_or(("", root), |folders| ("/", folders));
    let mut at = folders.to_owned();
    for part in path.split('/') {
        at = match part {
            "" | "." => at,
            ".." if at.is_empty() => return None,
            ".." => folder(&at).unwrap_or_default().to_owned(),
            part => join(&at, part),
        };
    }
    Some(format!("{disk}{at}"))
}

/// The files below a folder, as the engine sees them; remembers what was asked for.
struct Folder<'a> {
    files: &'a FileSet,
    root: String,
    prefix: String,
    default: &'a BTreeMap<String, Arc<File>>,
    /// Shared with the packs that this one extends.
    reads: Rc<RefCell<Reads>>,
}

impl<'a> Folder<'a> {
    fn new(files: &'a FileSet, root: &str, default: &'a BTreeMap<String, Arc<File>>) -> Self {
        Self { files, root: root.to_owned(), prefix: prefix(root), default, reads: Rc::default() }
    }
}

/// The files of the embedded pack, by id.
struct BuiltIn<'a>(&'a BTreeMap<String, Arc<File>>);

impl pack::Files for BuiltIn<'_> {
    fn prefix(&self) -> &str {
        DEFAULT_PACK
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        let file = self.0.get(&format!("{DEFAULT_PACK}{path}"));
        file.map(|file| Cow::Borrowed(file.bytes())).ok_or_else(|| "it is not there".to_owned())
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let paths = self.0.keys().filter_map(|id| id.strip_prefix(DEFAULT_PACK));
        paths.filter(|path| is_below(path, folder)).map(str::to_owned).collect()
    }

    fn base(&self, name: &str) -> Result<Box<dyn pack::Files + '_>, String> {
        Err(pack::no_base(name))
    }
}

/// Whether a path lies below a folder of a pack.
fn is_below(path: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

impl pack::Files for Folder<'_> {
    fn prefix(&self) -> &str {
        &self.prefix
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        let id = join(&self.root, path);
        let file = self.files.get(&id);
        self.reads.borrow_mut().push((id, file.cloned()));
        file.map(|file| Cow::Borrowed(file.bytes())).ok_or_else(|| "it is not there".to_owned())
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let paths = self.files.iter().filter_map(|file| file.id().strip_prefix(&self.prefix));
        let mut paths: Vec<String> = paths.filter(|path| is_below(path, folder)).map(str::to_owned).collect();
        paths.sort();
        pack::own_paths(paths)
    }

    fn base(&self, name: &str) -> Result<Box<dyn pack::Files + '_>, String> {
        if name == pack::DEFAULT {
            return Ok(Box::new(BuiltIn(self.default)));
        }
        let is_path = name.contains(['/', '.']) && !name.contains('\\') && !name.starts_with('/');
        let root = is_path.then(|| beside(&self.root, name)).flatten().ok_or_else(|| pack::no_base(name))?;
        let base = Folder::new(self.files, &root, self.default);
        Ok(Box::new(Folder { reads: Rc::clone(&self.reads), ..base }))
    }
}
