//! The one task that publishes: diagnostics, decisions, and how it stands with packs.
//!
//! Changes come in bursts; a burst is waited out, shortly, and what was computed for a text that is no longer
//! the last one is thrown away.

use crate::convert::{self, Converter};
use crate::documents::Moment;
use crate::host::Shared;
use crate::status::Status;
use remit_service::v1;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{Diagnostic, Url};

/// After a change, the next one is waited for this long,
const QUIET: Duration = Duration::from_millis(2);
/// but never longer than this.
const PATIENCE: Duration = Duration::from_millis(20);

/// Something happened that diagnostics may depend on.
#[derive(Debug)]
pub(crate) enum Event {
    /// An open file is another one now.
    Touched(String),
    /// A file on the disk is another one now.
    Fed(String),
    /// Everything may be: settings, packs.
    Everything,
    /// A file was closed.
    Closed(String, Url),
}

/// `remit/decision`.
pub(crate) enum DecisionChanged {}

/// What `remit/decision` says.
#[derive(Debug, Serialize, serde::Deserialize)]
pub(crate) struct DecisionParams {
    /// The intake.
    pub(crate) uri: Url,
    /// The version that was decided about.
    pub(crate) version: i32,
    /// `json v1`; `null` where nothing is decided.
    pub(crate) report: serde_json::Value,
}

impl Notification for DecisionChanged {
    type Params = DecisionParams;
    const METHOD: &'static str = "remit/decision";
}

/// Publishes until the session ends.
pub(crate) async fn run(shared: Arc<Shared>, mut events: mpsc::UnboundedReceiver<Event>) {
    let mut publisher =
        Publisher { status: Status::new(&shared), shared, due: vec![], published: BTreeMap::new() };
    loop {
        if publisher.due.is_empty() {
            let event = match publisher.status.wait() {
                None => events.recv().await,
                Some(until) => match timeout(until, events.recv()).await {
                    Ok(event) => event,
                    Err(_) => {
                        publisher.status.tell().await;
                        continue;
                    }
                },
            };
            let Some(event) = event else { return };
            publisher.take(event).await;
            publisher.wait_for_quiet(&mut events).await;
        }
        while let Ok(event) = events.try_recv() {
            publisher.take(event).await;
        }
        // What was touched last is what somebody looks at.
        if let Some(id) = publisher.due.pop() {
            publisher.publish(id).await;
        }
        if publisher.due.is_empty() {
            publisher.status.look().await;
        }
    }
}

struct Publisher {
    shared: Arc<Shared>,
    status: Status,
    /// Open files whose answers may be others now, the most urgent last.
    due: Vec<String>,
    /// What was published last, for which text.
    published: BTreeMap<String, (u64, Vec<Diagnostic>)>,
}

impl Publisher {
    async fn wait_for_quiet(&mut self, events: &mut mpsc::UnboundedReceiver<Event>) {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match timeout(QUIET, events.recv()).await {
                Ok(Some(event)) => self.take(event).await,
                Ok(None) | Err(_) => return,
            }
        }
    }

    async fn take(&mut self, event: Event) {
        match event {
            Event::Touched(id) => {
                // An intake that is open already changes nothing but itself.
                if self.published.contains_key(&id) && self.status.is_intake(&id) {
                    self.urge(id);
                } else {
                    self.urge_all(id).await;
                }
            }
            Event::Fed(id) => self.urge_all(id).await,
            Event::Everything => {
                self.status.changed();
                let ids = self.shared.state().open_ids();
                ids.into_iter().for_each(|id| self.urge(id));
            }
            Event::Closed(id, uri) => {
                self.due.retain(|due| *due != id);
                if self.published.remove(&id).is_some_and(|(_, shown)| !shown.is_empty()) {
                    self.shared.client.publish_diagnostics(uri, vec![], None).await;
                }
                self.urge_all(id).await;
            }
        }
    }

    /// Every open file whose answers change with this one; itself first, if it is open.
    async fn urge_all(&mut self, id: String) {
        self.status.changed();
        let moment = self.shared.moment();
        let affected = self.shared.workers.run(move || moment.snapshot.affected_by(&id)).await;
        let mut ids = affected.unwrap_or_default();
        {
            let state = self.shared.state();
            ids.retain(|id| state.is_open(id));
        }
        ids.into_iter().rev().for_each(|id| self.urge(id));
    }

    fn urge(&mut self, id: String) {
        self.due.retain(|due| *due != id);
        self.due.push(id);
    }

    async fn publish(&mut self, id: String) {
        let (stamp, version, moment) = {
            let state = self.shared.state();
            let Some((stamp, version)) = state.stamp(&id) else { return };
            (stamp, version, state.moment())
        };
        let Some(uri) = moment.names.uri(&id) else { return };
        let (asked, abilities, of) = (moment.clone(), self.shared.abilities(), id.clone());
        let found = self.shared.workers.run(move || diagnostics(&asked, &abilities, &of)).await;
        if !self.is_current(&id, stamp) {
            return;
        }
        // Something that cannot be answered is no reason to leave old marks standing.
        let found = found.unwrap_or_default();
        let same = self.published.get(&id).is_some_and(|(then, shown)| *then == stamp && *shown == found);
        if !same {
            self.shared.client.publish_diagnostics(uri.clone(), found.clone(), Some(version)).await;
            self.published.insert(id.clone(), (stamp, found));
        }
        if self.shared.abilities().decisions {
            self.tell_decision(id, uri, version, stamp, moment).await;
        }
    }

    fn is_current(&self, id: &str, stamp: u64) -> bool {
        self.shared.state().stamp(id).is_some_and(|(now, _)| now == stamp)
    }

    async fn tell_decision(&self, id: String, uri: Url, version: i32, stamp: u64, moment: Moment) {
        let of = id.clone();
        let report = self.shared.workers.run(move || report(&moment, &of)).await;
        let Ok(Some(report)) = report else { return };
        if self.is_current(&id, stamp) {
            let params = DecisionParams { uri, version, report };
            self.shared.client.send_notification::<DecisionChanged>(params).await;
        }
    }
}

fn diagnostics(moment: &Moment, abilities: &crate::abilities::Abilities, id: &str) -> Vec<Diagnostic> {
    let Some(file) = moment.snapshot.file(id) else { return vec![] };
    let converter = Converter { moment, abilities, id, source: file.source() };
    let found = moment.snapshot.diagnostics(id);
    found.into_iter().map(|found| converter.diagnostic(found)).collect()
}

/// What to say about a file's decision: nothing for what is no intake, `null` where none can be taken.
pub(crate) fn report(moment: &Moment, id: &str) -> Option<serde_json::Value> {
    if moment.snapshot.kind(id) != remit_service::FileKind::Intake {
        return None;
    }
    let report: Option<Arc<v1::Report>> = moment.snapshot.decision(id);
    Some(report.and_then(|report| serde_json::to_value(&*report).ok()).unwrap_or_default())
}

/// A place as the client names it.
pub(crate) fn place(
    shared: &Shared,
    moment: &Moment,
    place: &remit_service::answer::Place,
) -> Option<tower_lsp::lsp_types::Location> {
    convert::location(moment, place, shared.encoding())
}
