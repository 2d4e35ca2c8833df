//! What is to be said once nothing more comes: files to ask for, diagnostics, decisions, how it stands with packs.

use super::Server;
use super::files::{FilesLacking, LackingParams};
use crate::publish::{self, DecisionChanged, DecisionParams};
use crate::status;
use lsp_types::Url;
use lsp_types::notification::{PublishDiagnostics, ShowMessage};
use lsp_types::request::{CodeLensRefresh, InlayHintRefreshRequest, Request, SemanticTokensRefresh};

/// Something happened that diagnostics may depend on.
#[derive(Debug)]
pub(super) enum Event {
    /// An open file is another one now.
    Touched(String),
    /// A file that is not open is another one now.
    Fed(String),
    /// Everything may be: settings, folders, the day.
    Everything,
    /// A file was closed.
    Closed(String, Url),
}

impl Server {
    /// Whether [`Server::pump`] has something to do.
    pub fn is_due(&self) -> bool {
        if self.ended().is_some() {
            return false;
        }
        let may_speak = !self.asking.is_waiting();
        let speaks = self.publisher.is_due() && (may_speak || self.speaks());
        let idle = self.statuses.is_due() || self.publisher.is_later();
        !self.events.is_empty() || self.asking.is_due() || speaks || (may_speak && idle)
    }

    /// Whether any due file does not hang on what is awaited.
    fn speaks(&self) -> bool {
        let moment = self.state.moment();
        self.publisher.any(|id| !self.asking.holds(&moment, id))
    }

    /// Does one piece of what is due. What to send to the client, in order.
    pub fn pump(&mut self) -> Vec<String> {
        if self.ended().is_none() {
            for event in std::mem::take(&mut self.events) {
                self.heed(event);
            }
            if self.asking.is_due() {
                self.ask_for_files();
            } else if !self.publish() && !self.asking.is_waiting() {
                if self.statuses.take_due() {
                    self.look();
                } else {
                    self.publish_more();
                }
            }
        }
        std::mem::take(&mut self.out)
    }

    /// Whether something waits for the client: files that it was asked for, or a pack that it may be about to mend.
    pub fn is_unsettled(&self) -> bool {
        self.ended().is_none() && (self.asking.is_waiting() || self.statuses.is_unsaid())
    }

    /// Enough time has passed: what was asked for does not come, and packs that are broken stay so. What to send to
    /// the client, in order.
    pub fn settle(&mut self) -> Vec<String> {
        if self.asking.is_waiting() {
            self.asking.give_up();
            // What was held back is due: people are told about packs when it was said.
        } else if self.ended().is_none() && !self.is_due() {
            for message in self.statuses.say() {
                self.tell::<ShowMessage>(&message);
            }
        }
        std::mem::take(&mut self.out)
    }

    fn heed(&mut self, event: Event) {
        match event {
            Event::Touched(id) if self.publisher.is_alone(&self.state.moment(), &id) => {
                self.publisher.urge(id);
            }
            Event::Touched(id) | Event::Fed(id) => self.urge_all(&id),
            Event::Everything => {
                self.statuses.changed();
                self.state.open_ids().into_iter().for_each(|id| self.publisher.urge(id));
            }
            Event::Closed(id, uri) => {
                if let Some(empty) = self.publisher.closed(&id, uri) {
                    self.tell::<PublishDiagnostics>(&empty);
                }
                self.urge_all(&id);
            }
        }
    }

    /// Every open file whose answers change with this one; itself first, if it is open.
    fn urge_all(&mut self, id: &str) {
        self.statuses.changed();
        let affected = self.state.moment().snapshot.affected_by(id);
        let open = affected.into_iter().rev().filter(|id| self.state.is_open(id));
        open.for_each(|id| self.publisher.urge(id));
    }

    fn ask_for_files(&mut self) {
        let uris = self.asking.ask(&self.state.moment(), &self.state.open_ids());
        if !uris.is_empty() {
            self.tell::<FilesLacking>(&LackingParams { uris });
        }
    }

    /// Speaks of the most urgent file that can be spoken of. Whether there was one.
    fn publish(&mut self) -> bool {
        let moment = self.state.moment();
        let asking = &self.asking;
        let Some(id) = self.publisher.take_of(|id| !asking.holds(&moment, id)) else { return false };
        let (Some(uri), Some((stamp, version))) = (moment.names.uri(&id), self.state.stamp(&id)) else {
            return true;
        };
        let found = publish::first(&moment, &id);
        if let Some(new) = self.publisher.publish(&id, uri.clone(), (stamp, version), found) {
            self.tell::<PublishDiagnostics>(&new);
        }
        if moment.abilities.decisions
            && let Some(report) = publish::report(&moment, &id)
        {
            self.tell::<DecisionChanged>(&DecisionParams { uri, version, report });
        }
        true
    }

    /// Says the rest of a file of which a part was said.
    fn publish_more(&mut self) {
        let Some(id) = self.publisher.take_later() else { return };
        let moment = self.state.moment();
        let (Some(uri), Some(text)) = (moment.names.uri(&id), self.state.stamp(&id)) else { return };
        if let Some(new) = self.publisher.publish(&id, uri, text, publish::all(&moment, &id)) {
            self.tell::<PublishDiagnostics>(&new);
        }
    }

    /// Looks at all packs, and tells the client what is new.
    fn look(&mut self) {
        let moment = self.state.moment();
        let notices = moment.snapshot.notices();
        let now = status::status(&moment, &self.state.open_ids(), &notices);
        if let Some(new) = self.statuses.seen(now, notices) {
            self.tell::<status::StatusChanged>(&new);
        }
        // What editors draw into the text and above it hangs on the pack too; they ask only when the text changes.
        let refreshes = moment.abilities.refreshes;
        if refreshes.lenses {
            self.ask_to_refresh(CodeLensRefresh::METHOD);
        }
        if refreshes.hints {
            self.ask_to_refresh(InlayHintRefreshRequest::METHOD);
        }
        if refreshes.tokens {
            self.ask_to_refresh(SemanticTokensRefresh::METHOD);
        }
    }
}
