//! What is open, and how the client's URIs and the service's ids name the same files.
//!
//! An id is a path with `/`, not escaped, for files on the disk, `default/…` for the files of the embedded
//! pack, and the URI itself for everything else (`untitled:Untitled-1`).

use crate::builtin::BuiltIn;
use remit_service::{Change, DEFAULT_PACK, FileKind, Service, Snapshot, UnknownFile};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tower_lsp::lsp_types::Url;

/// The names of files, both ways. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// As the client wrote them: it compares letter by letter.
    open: Arc<BTreeMap<String, Url>>,
    built_in: Arc<BuiltIn>,
}

impl Names {
    /// The client shows `remit:` URIs itself.
    pub(crate) fn stay_virtual(&self) {
        self.built_in.stay_virtual();
    }

    /// The id of a file that the client names.
    pub(crate) fn id(&self, uri: &Url) -> String {
        if let Some(path) = self.built_in.path_of(uri) {
            return format!("{DEFAULT_PACK}{path}");
        }
        path(uri).and_then(|path| id_of_path(&path)).unwrap_or_else(|| uri.as_str().to_owned())
    }

    /// How the client names a file.
    pub(crate) fn uri(&self, id: &str) -> Option<Url> {
        if let Some(uri) = self.open.get(id) {
            return Some(uri.clone());
        }
        if let Some(path) = id.strip_prefix(DEFAULT_PACK) {
            return self.built_in.uri(path);
        }
        match path_of_id(id) {
            Some(path) => Url::from_file_path(path).ok(),
            None => Url::parse(id).ok(),
        }
    }
}

fn path(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() == "file" { uri.to_file_path().ok() } else { None }
}

/// The id of a file on the disk; `None` where its path is no text.
pub(crate) fn id_of_path(path: &std::path::Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() })
}

/// Where a file would be on the disk; `None` for one that is not there.
pub(crate) fn path_of_id(id: &str) -> Option<PathBuf> {
    let path = PathBuf::from(id);
    path.is_absolute().then_some(path)
}

/// An open file.
#[derive(Debug)]
struct Opened {
    /// Counts every change of any file, so that equal numbers mean equal text, whatever versions say.
    stamp: u64,
    version: i32,
}

/// Everything that changes: the service's files, and what the client has open.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) service: Service,
    names: Names,
    open: BTreeMap<String, Opened>,
    clock: u64,
}

/// A moment: what requests are answered from.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    pub(crate) snapshot: Snapshot,
    pub(crate) names: Names,
}

impl State {
    pub(crate) fn new(service: Service, built_in: BuiltIn) -> Self {
        let names = Names { open: Arc::default(), built_in: Arc::new(built_in) };
        Self { service, names, open: BTreeMap::new(), clock: 0 }
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment { snapshot: self.service.snapshot(), names: self.names.clone() }
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// A file was opened; its id.
    pub(crate) fn open(&mut self, uri: &Url, language: &str, version: i32, text: &str) -> String {
        let id = self.names.id(uri);
        Arc::make_mut(&mut self.names.open).insert(id.clone(), uri.clone());
        self.touch(&id, version);
        // The embedded pack's files are as they are: what is on the screen is what is known already.
        if !id.starts_with(DEFAULT_PACK) {
            match FileKind::of_language(language) {
                Some(kind) if FileKind::of_name(&id) == FileKind::Other => {
                    self.service.open_as(&id, kind, text, version);
                }
                _ => self.service.open(&id, text, version),
            }
        }
        id
    }

    fn touch(&mut self, id: &str, version: i32) {
        self.clock += 1;
        self.open.insert(id.to_owned(), Opened { stamp: self.clock, version });
    }

    /// An open file was changed. What was never opened stays as it is.
    pub(crate) fn change(
        &mut self,
        uri: &Url,
        changes: Vec<Change>,
        version: i32,
    ) -> Result<String, UnknownFile> {
        let id = self.names.id(uri);
        if !self.open.contains_key(&id) {
            return Err(UnknownFile(uri.as_str().to_owned()));
        }
        if !id.starts_with(DEFAULT_PACK) {
            self.service.change(&id, changes, version)?;
        }
        self.touch(&id, version);
        Ok(id)
    }

    /// A file was closed; its id, if it was open.
    pub(crate) fn close(&mut self, uri: &Url) -> Option<String> {
        let id = self.names.id(uri);
        self.open.remove(&id)?;
        Arc::make_mut(&mut self.names.open).remove(&id);
        // Not open in the service: one of the embedded pack's.
        let _ = self.service.close(&id);
        Some(id)
    }

    /// The ids of all open files.
    pub(crate) fn open_ids(&self) -> Vec<String> {
        self.open.keys().cloned().collect()
    }

    /// Whether a file is open.
    pub(crate) fn is_open(&self, id: &str) -> bool {
        self.open.contains_key(id)
    }

    /// Which text of an open file it is, and its version.
    pub(crate) fn stamp(&self, id: &str) -> Option<(u64, i32)> {
        self.open.get(id).map(|opened| (opened.stamp, opened.version))
    }
}
