//! What the client is told without asking: which open files are due, and what was said of them last.
//!
//! A file of a pack is spoken of twice: at once of what loading the pack finds, and once nobody types of lints and
//! failing tests too. A text that stays the same keeps its marks until then.

use crate::convert::Converter;
use crate::state::Moment;
use lsp_types::notification::Notification;
use lsp_types::{Diagnostic, PublishDiagnosticsParams, Url};
use remit_service::{FileKind, answer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// `remit/decision`.
#[derive(Debug)]
pub enum DecisionChanged {}

/// What `remit/decision` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecisionParams {
    /// The intake.
    pub uri: Url,
    /// The version that was decided about.
    pub version: i32,
    /// `json v1`; `null` where nothing is decided.
    pub report: Value,
}

impl Notification for DecisionChanged {
    type Params = DecisionParams;
    const METHOD: &'static str = "remit/decision";
}

/// Which open files are due, and what was published of them last.
#[derive(Debug, Default)]
pub struct Publisher {
    /// Open files whose answers may be others now, the most urgent last.
    due: Vec<String>,
    /// Open files of which not everything was said.
    later: BTreeSet<String>,
    /// What was published last, for which text.
    published: BTreeMap<String, (u64, Vec<Diagnostic>)>,
}

impl Publisher {
    /// Whether a change of a file changes nothing but its own answers: an intake that was spoken of before, and is
    /// no example of a pack's.
    pub fn is_alone(&self, moment: &Moment, id: &str) -> bool {
        self.published.contains_key(id)
            && FileKind::of_name(id) == FileKind::Intake
            && !moment.snapshot.is_example(id)
    }

    /// A file is due, before all others.
    pub fn urge(&mut self, id: String) {
        self.due.retain(|due| *due != id);
        self.due.push(id);
    }

    /// Whether anything is due.
    pub fn is_due(&self) -> bool {
        !self.due.is_empty()
    }

    /// Whether any file that is due is one of these.
    pub fn any(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.due.iter().any(|id| wanted(id))
    }

    /// The most urgent file: what was touched last is what somebody looks at.
    pub fn take(&mut self) -> Option<String> {
        self.due.pop()
    }

    /// The most urgent file that can be spoken of now.
    pub fn take_of(&mut self, ready: impl Fn(&str) -> bool) -> Option<String> {
        let at = self.due.iter().rposition(|id| ready(id))?;
        Some(self.due.remove(at))
    }

    /// A file was closed. What takes back what was said of it.
    pub fn closed(&mut self, id: &str, uri: Url) -> Option<PublishDiagnosticsParams> {
        self.due.retain(|due| due != id);
        self.later.remove(id);
        let shown = self.published.remove(id).is_some_and(|(_, shown)| !shown.is_empty());
        shown.then(|| PublishDiagnosticsParams::new(uri, vec![], None))
    }

    /// Whether there is more to say, once nothing is due.
    pub fn is_later(&self) -> bool {
        !self.later.is_empty()
    }

    /// A file of which there is more to say.
    pub fn take_later(&mut self) -> Option<String> {
        self.later.pop_first()
    }

    /// What to publish of a text, by its stamp; `None` where that was done, or comes with the rest later.
    pub fn publish(
        &mut self,
        id: &str,
        uri: Url,
        (stamp, version): (u64, i32),
        found: Found,
    ) -> Option<PublishDiagnosticsParams> {
        let Found { diagnostics, whole } = found;
        let known = self.published.get(id).filter(|(then, _)| *then == stamp);
        let same = known.is_some_and(|(_, shown)| *shown == diagnostics || !whole);
        if whole {
            self.later.remove(id);
        } else {
            self.later.insert(id.to_owned());
        }
        if same {
            return None;
        }
        self.published.insert(id.to_owned(), (stamp, diagnostics.clone()));
        Some(PublishDiagnosticsParams::new(uri, diagnostics, Some(version)))
    }
}

/// What was found in a file.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// In order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// It is everything; else there is more to find, which takes longer.
    pub whole: bool,
}

/// What is quickly found in a file.
pub fn first(moment: &Moment, id: &str) -> Found {
    match moment.snapshot.quick_diagnostics(id) {
        Some(quick) => Found { diagnostics: converted(moment, id, quick), whole: false },
        None => all(moment, id),
    }
}

/// Everything that is found in a file.
pub fn all(moment: &Moment, id: &str) -> Found {
    Found { diagnostics: converted(moment, id, moment.snapshot.diagnostics(id)), whole: true }
}

fn converted(moment: &Moment, id: &str, found: Vec<answer::Diagnostic>) -> Vec<Diagnostic> {
    let Some(file) = moment.snapshot.file(id) else { return vec![] };
    let converter = Converter { moment, id, source: file.source() };
    found.into_iter().map(|found| converter.diagnostic(found)).collect()
}

/// What to say about a file's decision: nothing for what is no intake, `null` where none can be taken.
pub fn report(moment: &Moment, id: &str) -> Option<Value> {
    if moment.snapshot.kind(id) != FileKind::Intake {
        return None;
    }
    let report = moment.snapshot.decision(id);
    Some(report.and_then(|report| serde_json::to_value(&*report).ok()).unwrap_or_default())
}
