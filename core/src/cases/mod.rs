//! Policy tests: cases as data, run against the pack that they lie in.
//!
//! A case file (`*.case.yaml` in the folder that the manifest calls `tests`) holds one case, or several that
//! share an intake:
//!
//! ```yaml
//! example: public-payments-endpoint.intake.yaml   # or `intake:` and the intake itself
//! today: 2026-11-20                               # what due dates are compared with; none unless given
//! cases:
//!   - name: a service that only other services reach
//!     changes:                                    # path: value, one after another; null removes
//!       change.public_endpoint: false
//!       links[0].kind: design
//!       links[1]: null
//!     expect:                                     # what is not mentioned is not checked
//!       tier: 2
//!       routes: [deep-review]                     # these and no others
//!       rules: { has: [sensitive-data], lacks: [new-trust-boundary] }
//! ```
//!
//! [`read`] makes a [`Suite`] of them, [`run`] decides and compares, [`bless`] rewrites what differs. Nothing
//! here knows a file system, prints or writes.

pub mod aspect;
mod bless;
mod change;
pub mod codes;
mod compare;
mod conflict;
mod draft;
mod expect;
mod read;
mod report;
mod run;
mod text;

pub use aspect::Aspect;
pub use bless::{Blessed, bless};
pub use draft::{Start, draft, flow, scalar};
pub use expect::{Expectation, Want};
pub use read::{MAX_BYTES, MAX_CASES, read};
pub use report::{junit, report};
pub use run::{Failure, Outcome, Run, State, run};
pub use text::text;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Format, Node};
use crate::source::{Source, Span};
use change::{Change, Joined};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The cases and examples of a pack.
#[derive(Debug, Default)]
pub struct Suite {
    /// Case files, by path.
    pub files: Vec<CaseFile>,
    /// Example intakes, by path.
    pub examples: Vec<Example>,
    /// What is wrong with the case files.
    pub diagnostics: Vec<Diagnostic>,
}

/// An example intake.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its path inside the examples folder, as cases name it.
    pub name: String,
    /// What was read.
    pub document: Document,
}

/// A case file.
#[derive(Debug)]
pub struct CaseFile {
    /// Its path inside the pack.
    pub path: String,
    /// Its path inside the tests folder, without `.case.yaml`.
    pub stem: String,
    /// Its text.
    pub source: Source,
    /// Its cases, in order.
    pub cases: Vec<Case>,
    /// Examples that its cases change, each joined with this file's text.
    joined: BTreeMap<usize, Joined>,
}

/// A case.
#[derive(Debug)]
pub struct Case {
    /// The file's stem, and the case's own name if it has one: `tiers: a public endpoint`.
    pub name: String,
    /// The whole case.
    pub span: Span,
    /// Its name, or where it begins.
    pub heading: Span,
    /// What it expects, in order.
    pub expectations: Vec<Expectation>,
    /// The day that due dates are compared with.
    pub today: Option<Date>,
    /// Something in it is an error, so it is not run.
    pub wrong: bool,
    /// What it shares with the other cases of its file.
    shared: Vec<Span>,
    input: Input,
    changes: Vec<Change>,
}

/// What a case starts from.
#[derive(Debug, Clone)]
enum Input {
    /// An example, by its place in the suite.
    Example(usize),
    /// An intake that is written in the case.
    Inline(Node),
}

impl Suite {
    /// How many cases there are.
    pub fn len(&self) -> usize {
        self.files.iter().map(|file| file.cases.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every text that a diagnostic about a case may speak of.
    pub fn sources(&self) -> Vec<&Source> {
        let files = self.files.iter().map(|file| &file.source);
        files.chain(self.examples.iter().map(|example| &example.document.source)).collect()
    }

    /// The intake of a case, its changes made.
    fn document(&self, file: &CaseFile, case: &Case) -> Document {
        let mut document = match &case.input {
            Input::Example(number) => match self.examples.get(*number) {
                Some(example) => example.document.clone(),
                None => Self::inline(file, None),
            },
            Input::Inline(node) => Self::inline(file, Some(node.clone())),
        };
        let joined = self.joined(file, case);
        if let Some(joined) = joined {
            document.source = joined.source.clone();
        }
        let base = joined.map_or(0, |joined| joined.base);
        let empty = || Node::new(Span::at(0), crate::document::Value::Map(vec![]));
        for change in &case.changes {
            // A change that cannot be made was reported when the case was read, and such a case is not run.
            let _ = change.apply(document.root.get_or_insert_with(empty), base);
        }
        document
    }

    fn inline(file: &CaseFile, root: Option<Node>) -> Document {
        let source = file.source.clone();
        Document { source, format: Format::Yaml, root, diagnostics: vec![], skipped: vec![] }
    }

    fn joined<'s>(&self, file: &'s CaseFile, case: &Case) -> Option<&'s Joined> {
        match case.input {
            Input::Example(number) if !case.changes.is_empty() => file.joined.get(&number),
            _ => None,
        }
    }
}
