//! On which of a pack's example intakes its rules fire.

use super::View;
use crate::files::File;
use crate::kind::FileKind;
use crate::packs::Ready;
use remit_core::document::Document;
use remit_core::evaluate::Truth;
use remit_core::{decide, facts, intake};
use std::sync::Arc;

/// What the rules of a pack say about its examples.
pub(crate) struct Firings {
    pub(crate) examples: Vec<Arc<File>>,
    /// For each example, what each rule says, and the tier that is decided.
    verdicts: Vec<(Vec<Truth>, Option<u8>)>,
}

impl Firings {
    fn new(ready: &Ready, examples: Vec<Arc<File>>) -> Self {
        let pack = ready.pack();
        let ask = |file: &Arc<File>| {
            let document: Document = (*file.document()).clone();
            let mut unheard = vec![];
            let intake = intake::admit(document, &pack.schema);
            let facts = facts::derive(&intake, &pack.schema, &mut unheard);
            let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut unheard);
            let decision = decide::decide(pack, &ready.index, &intake, &facts, &verdicts, None, &mut unheard);
            (verdicts, decision.tier())
        };
        let verdicts = examples.iter().map(ask).collect();
        Self { examples, verdicts }
    }

    fn is_of(&self, examples: &[Arc<File>]) -> bool {
        self.examples.len() == examples.len()
            && self.examples.iter().zip(examples).all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// The examples for which a rule says so.
    pub(crate) fn of(&self, rule: usize, verdict: Truth) -> Vec<&Arc<File>> {
        let pairs = self.examples.iter().zip(&self.verdicts);
        pairs
            .filter(|(_, (verdicts, _))| verdicts.get(rule) == Some(&verdict))
            .map(|(example, _)| example)
            .collect()
    }
}

impl View<'_> {
    /// The example intakes of the pack.
    pub(crate) fn examples(&self) -> Vec<Arc<File>> {
        let folder = self.examples_folder();
        let inside = |file: &Arc<File>| {
            self.snapshot.kind(file.id()) == FileKind::Intake
                && self.path_of(file.id()).is_some_and(|path| path.starts_with(&folder))
        };
        self.files().into_iter().filter(inside).collect()
    }

    /// What the rules of the pack say about its examples.
    pub(crate) fn firings(&self) -> Option<Arc<Firings>> {
        let ready = self.model.as_ref()?;
        let examples = self.examples();
        Some(ready.firings.get(|known| known.is_of(&examples), || Firings::new(ready, examples.clone())))
    }
}

/// The name of an example without its folder and ending.
pub(crate) fn short(id: &str) -> &str {
    let name = id.rsplit('/').next().unwrap_or(id);
    name.split(".intake.").next().unwrap_or(name)
}
