//! The engine: a pack, ready to decide intakes.

use crate::decide::{self, Decision, Index};
use crate::diagnostic::{self, Diagnostic};
use crate::document::{self, Document, Format, Limits};
use crate::evaluate::Truth;
use crate::facts::{self, Facts};
use crate::intake::{self, Intake};
use crate::pack::{Pack, digest};
use jiff::civil::Date;

/// A pack, ready to decide intakes.
#[derive(Debug)]
pub struct Engine {
    /// The pack.
    pub pack: Pack,
    index: Index,
    limits: Limits,
}

/// Everything that was found out about one intake, stage by stage.
#[derive(Debug)]
pub struct Checked {
    /// What was written.
    pub intake: Intake,
    /// What it means, silence resolved.
    pub facts: Facts,
    /// What each rule says, in the pack's order.
    pub verdicts: Vec<Truth>,
    /// What is decided.
    pub decision: Decision,
    /// Everything to know about the text and the rules, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// The day that due dates were compared with.
    pub today: Option<Date>,
    /// SHA-256 of the intake's text, in hexadecimal.
    pub digest: String,
}

impl Engine {
    /// Makes a pack ready.
    pub fn new(pack: Pack) -> Self {
        let index = Index::new(&pack);
        Self { pack, index, limits: Limits::default() }
    }

    /// What the pack's rules can ever ask for.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Decides an intake from bytes. `name` is what the host calls it.
    pub fn check_bytes(&self, name: &str, bytes: &[u8], format: Format, today: Option<Date>) -> Checked {
        self.check(document::from_bytes(name, bytes, format, &self.limits), today)
    }

    /// Decides a document.
    pub fn check(&self, document: Document, today: Option<Date>) -> Checked {
        let pack = &self.pack;
        let digest = digest([("intake", document.source.text().as_bytes())]);
        let mut intake = intake::admit(document, &pack.schema);
        let mut out = std::mem::take(&mut intake.diagnostics);
        let facts = facts::derive(&intake, &pack.schema, &mut out);
        let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut out);
        let decision = decide::decide(pack, &self.index, &intake, &facts, &verdicts, today, &mut out);
        diagnostic::sort(&mut out);
        Checked { intake, facts, verdicts, decision, diagnostics: out, today, digest }
    }
}

impl Checked {
    /// Whether nothing is wrong with what was written. A rule that failed is the pack's fault, not the
    /// intake's.
    pub fn is_valid(&self) -> bool {
        let own = self.intake.document.source.id();
        !self.diagnostics.iter().any(|diagnostic| diagnostic.is_error() && diagnostic.location.source == *own)
    }
}
