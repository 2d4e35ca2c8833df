//! What is open and what was fed, and moments of it: what requests are answered from.

use crate::abilities::Abilities;
use crate::convert::Converter;
use crate::names::Names;
use lsp_types::{InitializeParams, Position, Url};
use remit_service::{Change, DEFAULT_PACK, File, FileKind, Service, Snapshot, UnknownFile};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An open file.
#[derive(Debug)]
struct Opened {
    /// Counts every change of any file, so that equal numbers mean equal text, whatever versions say.
    stamp: u64,
    version: i32,
}

/// Everything that changes: the service's files, what the client has open, and who the client is.
#[derive(Debug)]
pub struct State {
    /// The service.
    pub service: Service,
    names: Names,
    abilities: Arc<Abilities>,
    open: BTreeMap<String, Opened>,
    clock: u64,
}

/// A moment: what requests are answered from. Cheap to clone, and good on any thread.
#[derive(Debug, Clone)]
pub struct Moment {
    /// All files.
    pub snapshot: Snapshot,
    /// Their names.
    pub names: Names,
    /// What the client can do.
    pub abilities: Arc<Abilities>,
}

impl State {
    /// Nothing is open, and nobody has introduced himself.
    pub fn new(service: Service, names: Names) -> Self {
        let abilities = Arc::new(Abilities::of(&InitializeParams::default()));
        Self { service, names, abilities, open: BTreeMap::new(), clock: 0 }
    }

    /// The client introduced itself.
    pub fn meet(&mut self, params: &InitializeParams) {
        self.abilities = Arc::new(Abilities::of(params));
        if self.abilities.virtual_documents {
            self.names.stay_virtual();
        }
    }

    /// What the client can do; nothing, before it said so.
    pub fn abilities(&self) -> Arc<Abilities> {
        Arc::clone(&self.abilities)
    }

    /// Everything as it is now.
    pub fn moment(&self) -> Moment {
        Moment {
            snapshot: self.service.snapshot(),
            names: self.names.clone(),
            abilities: Arc::clone(&self.abilities),
        }
    }

    /// The names of files.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// A file was opened; its id.
    pub fn open(&mut self, uri: &Url, language: &str, version: i32, text: &str) -> String {
        let id = self.names.id(uri);
        self.names.opened(&id, uri);
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
    ///
    /// # Errors
    ///
    /// When the file is not open.
    pub fn change(&mut self, uri: &Url, changes: Vec<Change>, version: i32) -> Result<String, UnknownFile> {
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
    pub fn close(&mut self, uri: &Url) -> Option<String> {
        let id = self.names.id(uri);
        self.open.remove(&id)?;
        self.names.closed(&id);
        // Not open in the service: one of the embedded pack's.
        let _ = self.service.close(&id);
        Some(id)
    }

    /// The client says what a file holds, or that there is none; its id, and whether that is something new. The
    /// embedded pack's files stay, and what is open covers what was fed.
    pub fn feed(&mut self, uri: &Url, text: Option<String>) -> (String, bool) {
        let id = self.names.id(uri);
        if id.starts_with(DEFAULT_PACK) {
            return (id, false);
        }
        let covered = self.is_open(&id);
        let changed = match text {
            Some(text) => {
                let same = self.service.snapshot().text(&id) == Some(text.as_str());
                self.names.fed(&id, uri);
                // What is the same keeps what was found out about it.
                if !same || covered {
                    self.service.set_file(&id, text);
                }
                !same
            }
            None => {
                self.names.forgotten(&id);
                self.service.remove_file(&id)
            }
        };
        (id, changed && !covered)
    }

    /// The ids of all open files.
    pub fn open_ids(&self) -> Vec<String> {
        self.open.keys().cloned().collect()
    }

    /// Whether a file is open.
    pub fn is_open(&self, id: &str) -> bool {
        self.open.contains_key(id)
    }

    /// Which text of an open file it is, and its version.
    pub fn stamp(&self, id: &str) -> Option<(u64, i32)> {
        self.open.get(id).map(|opened| (opened.stamp, opened.version))
    }
}

/// A file at a moment, to be asked about.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) moment: &'a Moment,
    pub(crate) id: String,
    file: &'a Arc<File>,
}

impl<'a> Asked<'a> {
    /// The file that a client names; `None` for one that there is not.
    pub(crate) fn of(moment: &'a Moment, uri: &Url) -> Option<Self> {
        let id = moment.names.id(uri);
        let file = moment.snapshot.file(&id)?;
        Some(Self { moment, id, file })
    }

    pub(crate) fn snapshot(&self) -> &'a Snapshot {
        &self.moment.snapshot
    }

    pub(crate) fn converter(&self) -> Converter<'_> {
        Converter { moment: self.moment, id: &self.id, source: self.file.source() }
    }

    pub(crate) fn offset(&self, position: Position) -> usize {
        self.converter().offset(position)
    }
}
