//! The client's files: what it was asked for, and what is awaited. Each is asked for once, until something says
//! that it changed.

use crate::state::Moment;
use lsp_types::Url;
use lsp_types::notification::Notification;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The manifest of a pack.
const MANIFEST: &str = "remit.yaml";
/// Nothing larger is looked into.
const MAX_FILE: usize = 4 * 1024 * 1024;
/// So far up is a pack looked for.
const MAX_FOLDERS: usize = 64;

/// `remit/files`.
#[derive(Debug)]
pub enum FilesFed {}

/// What `remit/files` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FilesParams {
    /// The files.
    pub files: Vec<FileText>,
}

/// A file that the client has, or has not.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileText {
    /// The file.
    pub uri: Url,
    /// What it holds; `null` where there is none.
    pub text: Option<String>,
}

impl Notification for FilesFed {
    type Params = FilesParams;
    const METHOD: &'static str = "remit/files";
}

impl FileText {
    /// What is looked into.
    pub(super) fn read(self) -> Option<String> {
        self.text.filter(|text| text.len() <= MAX_FILE)
    }
}

/// `remit/lacking`.
#[derive(Debug)]
pub enum FilesLacking {}

/// What `remit/lacking` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LackingParams {
    /// Files that the server wants to see.
    pub uris: Vec<Url>,
}

impl Notification for FilesLacking {
    type Params = LackingParams;
    const METHOD: &'static str = "remit/lacking";
}

/// What the client was asked for.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// It has said how it stands with these, or was asked to.
    known: BTreeSet<String>,
    /// It has not answered.
    waiting: BTreeSet<String>,
    /// To be asked for next, because they may have changed.
    again: BTreeSet<String>,
    /// Files were fed, opened or set since it was looked what is lacking.
    stale: bool,
}

impl Asking {
    /// Packs may name other files now.
    pub(super) fn changed(&mut self) {
        self.stale = true;
    }

    /// The client said how it stands with a file.
    pub(super) fn answered(&mut self, id: &str) {
        self.waiting.remove(id);
        self.again.remove(id);
        self.known.insert(id.to_owned());
    }

    /// A file may be another one now.
    pub(super) fn look_again(&mut self, id: &str) {
        if is_in_a_folder(id) {
            self.again.insert(id.to_owned());
        }
    }

    /// A file does not concern the server any more, until the client speaks of it again.
    pub(super) fn forget(&mut self, id: &str) {
        self.stale = true;
        self.known.remove(id);
        self.waiting.remove(id);
        self.again.remove(id);
    }

    /// Whether the client was ever asked for a file, or fed it.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    pub(super) fn is_due(&self) -> bool {
        self.stale || !self.again.is_empty()
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The client does not answer: what it was asked for is not there.
    pub(super) fn give_up(&mut self) {
        self.waiting.clear();
    }

    /// What to ask for now. `open` are the ids of open files.
    pub(super) fn ask(&mut self, moment: &Moment, open: &[String]) -> Vec<Url> {
        let mut wanted = std::mem::take(&mut self.again);
        if std::mem::take(&mut self.stale) {
            let mut lacking: BTreeSet<String> = moment.snapshot.lacking().into_iter().collect();
            for id in open {
                lacking.extend(around(moment, id));
            }
            wanted.extend(lacking.into_iter().filter(|id| is_in_a_folder(id) && !self.known.contains(id)));
        }
        wanted.retain(|id| !self.waiting.contains(id));
        let mut uris = vec![];
        for id in wanted {
            if let Some(uri) = moment.names.uri(&id) {
                uris.push(uri);
                // What is open covers what the client will say.
                if !open.contains(&id) {
                    self.waiting.insert(id.clone());
                }
            }
            self.known.insert(id);
        }
        uris
    }

    /// Whether what is said of a file may change with what is awaited.
    pub(super) fn holds(&self, moment: &Moment, id: &str) -> bool {
        if self.waiting.is_empty() {
            return false;
        }
        let root = moment.snapshot.pack_root(id);
        // A pack that extends another is made of files elsewhere too.
        let lacking = root.as_ref().map(|root| moment.snapshot.lacking_in(root)).unwrap_or_default();
        self.waiting.iter().any(|awaited| {
            let of_pack = root.as_ref().is_some_and(|root| is_inside(awaited, root));
            let around = awaited.strip_suffix(MANIFEST).is_some_and(|folder| id.starts_with(folder));
            of_pack || around || awaited == id || lacking.contains(awaited)
        })
    }
}

/// The manifests that may lie around a file, up to the nearest that is known to be there.
fn around(moment: &Moment, id: &str) -> Vec<String> {
    let mut found = vec![];
    let mut folder = id;
    while let Some((parent, _)) = folder.rsplit_once('/').filter(|_| found.len() < MAX_FOLDERS) {
        folder = parent;
        let manifest = format!("{folder}/{MANIFEST}");
        if moment.snapshot.file(&manifest).is_some() {
            break;
        }
        // Above a host there is nothing.
        if folder.ends_with('/') {
            break;
        }
        found.push(manifest);
    }
    found
}

fn is_inside(id: &str, folder: &str) -> bool {
    id.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a file has a place beside which others lie: `untitled:Untitled-1` has none.
fn is_in_a_folder(id: &str) -> bool {
    id.contains('/') && !id.starts_with(remit_service::DEFAULT_PACK)
}
