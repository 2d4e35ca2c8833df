//! `remit/status`: which pack each open file belongs to, and what is wrong with packs. A pack that stays broken
//! is also told to people, once until it is mended: somebody who is typing a rule breaks it at every key.

use crate::convert::message_type;
use crate::diagnostics;
use crate::documents::Moment;
use crate::host::Shared;
use remit_service::answer::Severity;
use remit_service::{FileKind, Notice, PackState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{Location, Url};

/// A pack that is broken for less than this is being typed.
const STANDS: Duration = Duration::from_secs(1);

/// `remit/status`.
pub(crate) enum StatusChanged {}

/// What `remit/status` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StatusParams {
    /// Every open file with its pack.
    pub(crate) files: Vec<FileStatus>,
    /// What is wrong with packs.
    pub(crate) notices: Vec<PackNotice>,
}

/// An open file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FileStatus {
    pub(crate) uri: Url,
    pub(crate) kind: FileKind,
    pub(crate) pack: PackStatus,
}

/// The pack of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PackStatus {
    /// Its folder; `null` for the embedded pack.
    pub(crate) root: Option<Url>,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) state: PackState,
}

/// Something wrong with a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PackNotice {
    /// Its folder.
    pub(crate) root: Option<Url>,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    /// The first place to look at.
    pub(crate) location: Option<Location>,
}

impl Notification for StatusChanged {
    type Params = StatusParams;
    const METHOD: &'static str = "remit/status";
}

pub(crate) struct Status {
    shared: Arc<Shared>,
    /// Something may be otherwise than was told.
    dirty: bool,
    told: Option<StatusParams>,
    notices: Vec<Notice>,
    /// Packs whose fault people know about.
    said: BTreeSet<String>,
    /// When to speak of those that they do not.
    speak_at: Option<Instant>,
}

impl Status {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        let shared = Arc::clone(shared);
        Self { shared, dirty: false, told: None, notices: vec![], said: BTreeSet::new(), speak_at: None }
    }

    /// Whether a file is an intake by its name: no pack changes with it.
    pub(crate) fn is_intake(&self, id: &str) -> bool {
        FileKind::of_name(id) == FileKind::Intake
    }

    /// A file was opened, closed or changed.
    pub(crate) fn changed(&mut self) {
        self.dirty = true;
    }

    /// How long until there is something to say to people.
    pub(crate) fn wait(&self) -> Option<Duration> {
        self.speak_at.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Looks at all packs, if something happened, and tells the client what is new.
    pub(crate) async fn look(&mut self) {
        if !std::mem::take(&mut self.dirty) {
            return;
        }
        let (moment, open) = {
            let state = self.shared.state();
            (state.moment(), state.open_ids())
        };
        let shared = Arc::clone(&self.shared);
        let seen = self.shared.workers.run(move || {
            let notices = moment.snapshot.notices();
            (status(&shared, &moment, &open, &notices), notices)
        });
        let Ok((now, notices)) = seen.await else { return };
        self.said.retain(|root| notices.iter().any(|notice| notice.root == *root));
        let unsaid = notices.iter().any(|notice| !self.said.contains(&notice.root));
        self.speak_at = unsaid.then(|| self.speak_at.unwrap_or_else(|| Instant::now() + STANDS));
        self.notices = notices;
        if self.told.as_ref() != Some(&now) {
            self.shared.client.send_notification::<StatusChanged>(now.clone()).await;
            self.told = Some(now);
        }
        self.refresh();
    }

    /// What editors draw into the text and above it hangs on the pack too; they ask only when the text changes.
    fn refresh(&self) {
        let refreshes = self.shared.abilities().refreshes;
        let client = self.shared.client.clone();
        // Beside: the client may take its time to answer.
        self.shared.spawn(async move {
            // An error means that the client cannot: then it shows what it shows.
            if refreshes.lenses {
                let _ = client.code_lens_refresh().await;
            }
            if refreshes.hints {
                let _ = client.inlay_hint_refresh().await;
            }
            if refreshes.tokens {
                let _ = client.semantic_tokens_refresh().await;
            }
        });
    }

    /// Tells people about packs that stayed broken.
    pub(crate) async fn tell(&mut self) {
        self.speak_at = None;
        for notice in &self.notices {
            if self.said.insert(notice.root.clone()) {
                self.shared.client.show_message(message_type(notice.severity), &notice.message).await;
            }
        }
    }
}

fn status(shared: &Shared, moment: &Moment, open: &[String], notices: &[Notice]) -> StatusParams {
    let files = open.iter().filter_map(|id| {
        let kind = moment.snapshot.kind(id);
        if kind == FileKind::Other {
            return None;
        }
        let pack = moment.snapshot.pack_info(id);
        let root = pack.root.as_ref().and_then(|root| moment.names.uri(root));
        let pack = PackStatus { root, name: pack.name, version: pack.version, state: pack.state };
        Some(FileStatus { uri: moment.names.uri(id)?, kind, pack })
    });
    let notices = notices.iter().map(|notice| PackNotice {
        root: moment.names.uri(&notice.root),
        severity: notice.severity,
        message: notice.message.clone(),
        location: notice.place.as_ref().and_then(|place| diagnostics::place(shared, moment, place)),
    });
    StatusParams { files: files.collect(), notices: notices.collect() }
}
