//! What is wrong with a file of a pack: what loading the pack found in it, what its syntax says where the pack
//! does not read it, and that nobody reads it.

use super::View;
use crate::answer::{Diagnostic, Edit, Fix, Place, Severity, Span};
use crate::kind::FileKind;
use remit_core::diagnostic as core;
use remit_core::lint::codes::{self, UNLISTED_TOPIC as UNLISTED};
use remit_core::pack::MANIFEST;

impl View<'_> {
    /// Everything that is wrong with the file.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        match self.review() {
            Some(review) => self.found(&review.diagnostics),
            None => self.found(&self.pack.version.diagnostics),
        }
    }

    /// What loading the pack finds, and the file's own syntax; `None` where everything is known anyway. Lints and
    /// failing tests take longer.
    pub(crate) fn quick_diagnostics(&self) -> Option<Vec<Diagnostic>> {
        if self.is_reviewed() { None } else { Some(self.found(&self.pack.version.diagnostics)) }
    }

    fn found(&self, of_pack: &[core::Diagnostic]) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = vec![];
        let unlisted = self.unlisted();
        let own = |diagnostic: &&core::Diagnostic| {
            // Said in the file itself, with a fix.
            let again = unlisted.is_some() && diagnostic.code == UNLISTED;
            diagnostic.location.source.as_str() == self.file.id() && !again
        };
        found.extend(of_pack.iter().filter(own).map(Diagnostic::from));
        let is_read = self.pack.version.sources.iter().any(|source| source.id().as_str() == self.file.id());
        match self.kind {
            FileKind::Rules if !is_read => {
                let mut out = vec![];
                remit_core::rules::read(self.file.source(), &mut out);
                found.extend(out.iter().map(Diagnostic::from));
                found.extend(unlisted);
            }
            FileKind::Case => found.extend(self.file.document().diagnostics.iter().map(Diagnostic::from)),
            _ if !is_read => found.extend(self.file.document().diagnostics.iter().map(Diagnostic::from)),
            _ => {}
        }
        for assumption in found.iter_mut().filter(|found| found.code == codes::ASSUMPTION.0) {
            // Half of a catalogue may be assumed: a faint mark will do.
            assumption.severity = assumption.severity.min(Severity::Hint);
        }
        found.sort_by(|one, other| (one.span, &one.code).cmp(&(other.span, &other.code)));
        found.dedup();
        found
    }

    /// A rule file that the manifest does not name.
    fn unlisted(&self) -> Option<Diagnostic> {
        if self.kind != FileKind::Rules {
            return None;
        }
        let path = self.path_of(self.file.id())?;
        let manifest = self.file_at(MANIFEST)?;
        if self.topic_paths().iter().any(|known| known == path) {
            return None;
        }
        let first = self.text().lines().next().map_or(0, str::len);
        let document = manifest.document();
        let topics = document.root.as_ref().and_then(|root| root.get("topics"));
        let last = topics.and_then(|topics| topics.as_list()?.last()).map(|last| last.span);
        let fix = last.and_then(|last| self.listed(manifest, last.into(), path));
        Some(Diagnostic {
            code: UNLISTED.to_string(),
            severity: Severity::Warning,
            message: format!("the pack does not name `{path}`, so its rules decide nothing"),
            span: Span::new(0, first),
            help: Some(format!("add it to `topics` in `{MANIFEST}`")),
            related: vec![],
            fixes: fix.into_iter().collect(),
        })
    }

    /// The change that names a topic behind the last one.
    fn listed(&self, manifest: &crate::files::File, last: Span, path: &str) -> Option<Fix> {
        let text = manifest.text();
        let before = text.get(..last.start as usize)?;
        let line = before.rsplit('\n').next().unwrap_or_default();
        let insert = if line.trim() == "-" { format!("\n{line}{path}") } else { format!(", {path}") };
        let place = Place { file: manifest.id().to_owned(), span: Span { start: last.end, end: last.end } };
        Some(Fix {
            title: format!("name `{path}` in `{MANIFEST}`"),
            edits: vec![Edit { place, text: insert }],
        })
    }
}
