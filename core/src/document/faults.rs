//! Collects what is wrong with one source, up to a bound.

use super::limits::Limits;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, sort};
use crate::source::{Source, Span};

/// The diagnostics of one source while it is being read.
pub(super) struct Faults<'s> {
    source: &'s Source,
    found: Vec<Diagnostic>,
    most: usize,
}

impl<'s> Faults<'s> {
    /// None so far.
    pub(super) fn new(source: &'s Source, limits: &Limits) -> Self {
        Self { source, found: vec![], most: limits.max_diagnostics.max(1) }
    }

    /// The source they are about.
    pub(super) fn source(&self) -> &'s Source {
        self.source
    }

    /// An error at a place of this source, not yet reported.
    pub(super) fn error(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.source.locate(span), message)
    }

    /// A warning at a place of this source, not yet reported.
    pub(super) fn warning(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, self.source.locate(span), message)
    }

    /// A fix that replaces one place of this source.
    pub(super) fn fix(&self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
        let edits = vec![Edit { location: self.source.locate(span), text: text.into() }];
        Fix { title: title.into(), edits }
    }

    /// Reports one. Past the bound it is dropped: the document is known to be broken by then.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < self.most {
            self.found.push(diagnostic);
        }
    }

    /// Everything reported, in order of place.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        sort(&mut self.found);
        // A text that was read twice, as a value and then as the key it is, was reported twice.
        self.found.dedup();
        self.found
    }
}

/// `text` as it may stand in a message: on one line, not too long, without what would upset a terminal.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|character| if character.is_control() || character == '`' { ' ' } else { character })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
