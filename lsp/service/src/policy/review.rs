//! What reading a whole pack closely finds, beyond what loading it does: its lints, and its policy tests, run.

use super::View;
use crate::files::File;
use crate::packs::{PackState, Ready};
use remit_core::cases;
use remit_core::diagnostic::Diagnostic;
use remit_core::lint::{self, Observation};
use remit_core::pack::Files;
use std::sync::Arc;

/// What was found in a pack, good as long as its files stay the same.
pub(crate) struct Review {
    files: Vec<Arc<File>>,
    state: PackState,
    /// Everything that is wrong with the pack, what loading it found included.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Review {
    fn new(ready: &Ready, pack: &dyn Files, loaded: &[Diagnostic], state: PackState) -> Self {
        let mut observations = lint::examples(ready.pack(), pack);
        let suite = cases::read(pack, ready.pack());
        let run = cases::run(&ready.engine, &suite, &|_| true, &mut |checked| {
            let name = checked.intake.document.source.id().to_string();
            observations.push(Observation { name, verdicts: checked.verdicts.clone() });
        });
        // A version that is no longer there has lints in texts that are no longer there.
        let mut diagnostics = match state {
            PackState::Good | PackState::Default => {
                lint::lint(ready.pack(), pack, &observations, loaded.to_vec(), &[])
            }
            PackState::LastGood | PackState::Broken => loaded.to_vec(),
        };
        diagnostics.extend(suite.diagnostics);
        diagnostics.extend(run.diagnostics);
        let failures = run.outcomes.into_iter().flat_map(|outcome| outcome.failures);
        diagnostics.extend(failures.map(|failure| failure.diagnostic));
        Self { files: vec![], state, diagnostics }
    }

    fn is_of(&self, files: &[Arc<File>], state: PackState) -> bool {
        let same = |(one, other): (&Arc<File>, &Arc<File>)| Arc::ptr_eq(one, other);
        self.state == state && self.files.len() == files.len() && self.files.iter().zip(files).all(same)
    }
}

impl View<'_> {
    /// The review of the pack; `None` where it never loaded.
    pub(super) fn review(&self) -> Option<Arc<Review>> {
        let ready = self.pack.ready.as_ref().filter(|_| self.pack.decides())?;
        let (files, state) = (self.files(), self.pack.state);
        Some(ready.review.get(
            |known| known.is_of(&files, state),
            || {
                let pack = self.snapshot.pack_files(self.pack.root.as_deref());
                let review = Review::new(ready, &*pack, &self.pack.version.diagnostics, state);
                Review { files: files.clone(), ..review }
            },
        ))
    }

    /// Whether the review is known, or there is none: then everything is said as quickly as a part of it.
    pub(super) fn is_reviewed(&self) -> bool {
        let Some(ready) = self.pack.ready.as_ref().filter(|_| self.pack.decides()) else { return true };
        let (files, state) = (self.files(), self.pack.state);
        ready.review.is(|known| known.is_of(&files, state))
    }
}
