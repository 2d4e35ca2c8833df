//! When to look at packs, and when to speak of what is wrong with them: what a clock adds to
//! `remit_protocol::status`.

use crate::host::Shared;
use remit_protocol::lsp_types::notification::ShowMessage;
use remit_protocol::status::{StatusChanged, Statuses, status};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A pack that is broken for less than this is being typed.
const STANDS: Duration = Duration::from_secs(1);

pub(crate) struct Status {
    shared: Arc<Shared>,
    known: Statuses,
    /// When to speak of broken packs that people do not know about.
    speak_at: Option<Instant>,
}

impl Status {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared), known: Statuses::default(), speak_at: None }
    }

    /// A file was opened, closed or changed.
    pub(crate) fn changed(&mut self) {
        self.known.changed();
    }

    /// How long until there is something to say to people.
    pub(crate) fn wait(&self) -> Option<Duration> {
        self.speak_at.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Looks at all packs, if something happened, and tells the client what is new.
    pub(crate) async fn look(&mut self) {
        if !self.known.take_due() {
            return;
        }
        let (moment, open) = {
            let state = self.shared.state();
            (state.moment(), state.open_ids())
        };
        let seen = self.shared.workers.run(move || {
            let notices = moment.snapshot.notices();
            (status(&moment, &open, &notices), notices)
        });
        let Ok((now, notices)) = seen.await else { return };
        let new = self.known.seen(now, notices);
        let unsaid = self.known.is_unsaid();
        self.speak_at = unsaid.then(|| self.speak_at.unwrap_or_else(|| Instant::now() + STANDS));
        if let Some(new) = new {
            self.shared.client.send_notification::<StatusChanged>(new).await;
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
        for message in self.known.say() {
            self.shared.client.send_notification::<ShowMessage>(message).await;
        }
    }
}
