//! `remit/status`: which pack each open file belongs to, and what is wrong with packs. A pack that stays broken
//! is also told to people, once until it is mended: somebody who is typing a rule breaks it at every key.

use crate::convert;
use crate::state::Moment;
use lsp_types::notification::Notification;
use lsp_types::{Location, ShowMessageParams, Url};
use remit_service::answer::Severity;
use remit_service::{FileKind, Notice, PackInfo, PackState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// `remit/status`.
#[derive(Debug)]
pub enum StatusChanged {}

/// What `remit/status` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusParams {
    /// Every open file with its pack.
    pub files: Vec<FileStatus>,
    /// What is wrong with packs.
    pub notices: Vec<PackNotice>,
}

/// An open file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileStatus {
    /// The file.
    pub uri: Url,
    /// What it is.
    pub kind: FileKind,
    /// Its pack.
    pub pack: PackStatus,
}

/// The pack of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackStatus {
    /// Its folder; `null` for the embedded pack.
    pub root: Option<Url>,
    /// Its name; empty where the manifest cannot be read.
    pub name: String,
    /// Its version.
    pub version: String,
    /// How it stands with it.
    pub state: PackState,
}

impl PackStatus {
    /// A pack as the client is told of it.
    pub fn of(moment: &Moment, pack: PackInfo) -> Self {
        let root = pack.root.as_ref().and_then(|root| moment.names.uri(root));
        Self { root, name: pack.name, version: pack.version, state: pack.state }
    }
}

/// Something wrong with a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackNotice {
    /// Its folder.
    pub root: Option<Url>,
    /// How bad.
    pub severity: Severity,
    /// What happened.
    pub message: String,
    /// The first place to look at.
    pub location: Option<Location>,
}

impl Notification for StatusChanged {
    type Params = StatusParams;
    const METHOD: &'static str = "remit/status";
}

/// What was told, and what is to be told.
#[derive(Debug, Default)]
pub struct Statuses {
    /// Something may be otherwise than was told.
    dirty: bool,
    told: Option<StatusParams>,
    notices: Vec<Notice>,
    /// Packs whose fault people know about.
    said: BTreeSet<String>,
}

impl Statuses {
    /// A file was opened, closed or changed.
    pub fn changed(&mut self) {
        self.dirty = true;
    }

    /// Whether to look at all packs again.
    pub fn is_due(&self) -> bool {
        self.dirty
    }

    /// Whether something happened since this was asked last.
    pub fn take_due(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// Takes in how it stands. What is new for the client.
    pub fn seen(&mut self, now: StatusParams, notices: Vec<Notice>) -> Option<StatusParams> {
        self.said.retain(|root| notices.iter().any(|notice| notice.root == *root));
        self.notices = notices;
        let new = self.told.as_ref() != Some(&now);
        new.then(|| self.told.insert(now).clone())
    }

    /// Whether there is a broken pack that people do not know about.
    pub fn is_unsaid(&self) -> bool {
        self.notices.iter().any(|notice| !self.said.contains(&notice.root))
    }

    /// What to tell people about packs that stayed broken.
    pub fn say(&mut self) -> Vec<ShowMessageParams> {
        let said = &mut self.said;
        let new = self.notices.iter().filter(|notice| said.insert(notice.root.clone()));
        new.map(|notice| ShowMessageParams {
            typ: convert::message_type(notice.severity),
            message: notice.message.clone(),
        })
        .collect()
    }
}

/// How it stands with open files and with packs.
pub fn status(moment: &Moment, open: &[String], notices: &[Notice]) -> StatusParams {
    let files = open.iter().filter_map(|id| {
        let kind = moment.snapshot.kind(id);
        if kind == FileKind::Other {
            return None;
        }
        let pack = PackStatus::of(moment, moment.snapshot.pack_info(id));
        Some(FileStatus { uri: moment.names.uri(id)?, kind, pack })
    });
    let notices = notices.iter().map(|notice| PackNotice {
        root: moment.names.uri(&notice.root),
        severity: notice.severity,
        message: notice.message.clone(),
        location: notice.place.as_ref().and_then(|place| convert::location(moment, place)),
    });
    StatusParams { files: files.collect(), notices: notices.collect() }
}
