//! The one task that publishes: diagnostics, decisions, and how it stands with packs.
//!
//! A change is answered at once. What was computed for a text that is no longer the last one is thrown away, and
//! then the burst is waited out, shortly, before the next attempt.

use crate::host::Shared;
use crate::status::Status;
use remit_protocol::Moment;
use remit_protocol::lsp_types::Url;
use remit_protocol::lsp_types::notification::PublishDiagnostics;
use remit_protocol::publish::{self, DecisionChanged, DecisionParams, Found};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

/// In a burst, the next change is waited for this long,
const QUIET: Duration = Duration::from_millis(2);
/// but never longer than this.
const PATIENCE: Duration = Duration::from_millis(20);
/// What takes longer begins once nothing has happened for this long.
const PAUSE: Duration = Duration::from_millis(150);

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

/// Publishes until the session ends.
pub(crate) async fn run(shared: Arc<Shared>, mut events: mpsc::UnboundedReceiver<Event>) {
    let mut publisher = Publisher {
        status: Status::new(&shared),
        shared,
        known: Default::default(),
        outrun: false,
        decisions: Arc::default(),
    };
    loop {
        if !publisher.known.is_due() {
            // While somebody types, nothing begins that takes long.
            let rest = publisher.known.is_later().then_some(PAUSE);
            let tell = publisher.status.wait();
            let event = match rest.into_iter().chain(tell).min() {
                None => events.recv().await,
                Some(until) => match timeout(until, events.recv()).await {
                    Ok(event) => event,
                    Err(_) if rest.is_some_and(|rest| rest <= until) => {
                        publisher.publish_more().await;
                        continue;
                    }
                    Err(_) => {
                        publisher.status.tell().await;
                        continue;
                    }
                },
            };
            let Some(event) = event else { return };
            publisher.take(event).await;
            if publisher.outrun {
                publisher.wait_for_quiet(&mut events).await;
            }
        }
        while let Ok(event) = events.try_recv() {
            publisher.take(event).await;
        }
        if let Some(id) = publisher.known.take() {
            publisher.publish(id).await;
        }
        if !publisher.known.is_due() {
            publisher.status.look().await;
        }
    }
}

struct Publisher {
    shared: Arc<Shared>,
    status: Status,
    known: publish::Publisher,
    /// Changes come faster than they are answered.
    outrun: bool,
    /// How many decisions were to be told of each file: only the last one is.
    decisions: Arc<Mutex<BTreeMap<String, u64>>>,
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
                if self.known.is_alone(&self.shared.moment(), &id) {
                    self.known.urge(id);
                } else {
                    self.urge_all(id).await;
                }
            }
            Event::Fed(id) => self.urge_all(id).await,
            Event::Everything => {
                self.status.changed();
                let ids = self.shared.state().open_ids();
                ids.into_iter().for_each(|id| self.known.urge(id));
            }
            Event::Closed(id, uri) => {
                if let Some(empty) = self.known.closed(&id, uri) {
                    self.shared.client.send_notification::<PublishDiagnostics>(empty).await;
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
        ids.into_iter().rev().for_each(|id| self.known.urge(id));
    }

    async fn publish(&mut self, id: String) {
        let (stamp, version, moment) = {
            let state = self.shared.state();
            let Some((stamp, version)) = state.stamp(&id) else { return };
            (stamp, version, state.moment())
        };
        let Some(uri) = moment.names.uri(&id) else { return };
        let (asked, of) = (moment.clone(), id.clone());
        let found = self.shared.workers.run(move || publish::first(&asked, &of)).await;
        self.outrun = !self.is_current(&id, stamp);
        if self.outrun {
            return;
        }
        // Something that cannot be answered is no reason to leave old marks standing.
        let found = found.unwrap_or(Found { diagnostics: vec![], whole: true });
        if let Some(new) = self.known.publish(&id, uri.clone(), (stamp, version), found) {
            self.shared.client.send_notification::<PublishDiagnostics>(new).await;
        }
        if moment.abilities.decisions {
            self.tell_decision(id, uri, version, stamp, moment);
        }
    }

    /// Says the rest of a file of which a part was said.
    async fn publish_more(&mut self) {
        let Some(id) = self.known.take_later() else { return };
        let (text, moment) = {
            let state = self.shared.state();
            let Some(text) = state.stamp(&id) else { return };
            (text, state.moment())
        };
        let Some(uri) = moment.names.uri(&id) else { return };
        let of = id.clone();
        let Ok(found) = self.shared.workers.run(move || publish::all(&moment, &of)).await else { return };
        // Else it is due, and comes again after that.
        if self.is_current(&id, text.0)
            && let Some(new) = self.known.publish(&id, uri, text, found)
        {
            self.shared.client.send_notification::<PublishDiagnostics>(new).await;
        }
    }

    fn is_current(&self, id: &str, stamp: u64) -> bool {
        is_current(&self.shared, id, stamp)
    }

    /// Tells the decision, beside: the next change does not wait for it.
    fn tell_decision(&self, id: String, uri: Url, version: i32, stamp: u64, moment: Moment) {
        let (shared, decisions, of) = (Arc::clone(&self.shared), Arc::clone(&self.decisions), id.clone());
        let asked = move |more: u64| {
            let mut counts = decisions.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(of.clone()).or_default();
            *count += more;
            *count
        };
        let own = asked(1);
        self.shared.spawn(async move {
            let of = id.clone();
            let report = shared.workers.run(move || publish::report(&moment, &of)).await;
            let Ok(Some(report)) = report else { return };
            if is_current(&shared, &id, stamp) && asked(0) == own {
                let params = DecisionParams { uri, version, report };
                shared.client.send_notification::<DecisionChanged>(params).await;
            }
        });
    }
}

/// Whether the text of a file is still the one with this stamp.
fn is_current(shared: &Shared, id: &str, stamp: u64) -> bool {
    shared.state().stamp(id).is_some_and(|(now, _)| now == stamp)
}
