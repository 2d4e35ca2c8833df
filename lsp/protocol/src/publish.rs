//! What the client is told without asking: which open files are due, and what was said of them last.

use crate::convert::Converter;
use crate::state::Moment;
use lsp_types::notification::Notification;
use lsp_types::{Diagnostic, PublishDiagnosticsParams, Url};
use remit_service::FileKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

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
    /// What was published last, for which text.
    published: BTreeMap<String, (u64, Vec<Diagnostic>)>,
}

impl Publisher {
    /// Whether a change of a file changes nothing but its own answers: an intake that was spoken of before.
    pub fn is_alone(&self, id: &str) -> bool {
        self.published.contains_key(id) && FileKind::of_name(id) == FileKind::Intake
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
        let shown = self.published.remove(id).is_some_and(|(_, shown)| !shown.is_empty());
        shown.then(|| PublishDiagnosticsParams::new(uri, vec![], None))
    }

    /// What to publish of a text, by its stamp; `None` where that was done.
    pub fn publish(
        &mut self,
        id: &str,
        uri: Url,
        (stamp, version): (u64, i32),
        found: Vec<Diagnostic>,
    ) -> Option<PublishDiagnosticsParams> {
        let same = self.published.get(id).is_some_and(|(then, shown)| *then == stamp && *shown == found);
        if same {
            return None;
        }
        self.published.insert(id.to_owned(), (stamp, found.clone()));
        Some(PublishDiagnosticsParams::new(uri, found, Some(version)))
    }
}

/// The diagnostics of a file.
pub fn diagnostics(moment: &Moment, id: &str) -> Vec<Diagnostic> {
    let Some(file) = moment.snapshot.file(id) else { return vec![] };
    let converter = Converter { moment, id, source: file.source() };
    let found = moment.snapshot.diagnostics(id);
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
