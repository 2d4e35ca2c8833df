//! Completion, for text that is half-written: only what stands before the cursor is needed.

mod data;
mod expression;
mod rules;
mod texts;

use super::View;
use crate::answer::{Completion, CompletionKind, Span};
use crate::kind::FileKind;

impl View<'_> {
    pub(crate) fn completions(&self, offset: usize) -> Vec<Completion> {
        let offset = self.text().floor_char_boundary(offset);
        match self.kind {
            FileKind::Rules => rules::complete(self, offset),
            FileKind::Manifest | FileKind::Catalogue | FileKind::Case => data::complete(self, offset),
            _ => vec![],
        }
    }
}

/// A list that is being made. Each entry ranks behind those before it.
struct Listing {
    span: Span,
    found: Vec<Completion>,
}

impl Listing {
    fn new(span: Span) -> Self {
        Self { span, found: vec![] }
    }

    /// Adds an entry that writes its label; change the rest on what comes back.
    fn add(&mut self, kind: CompletionKind, label: impl Into<String>) -> &mut Completion {
        let label = label.into();
        let rank = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
        self.found.push(Completion {
            text: label.clone(),
            label,
            kind,
            detail: None,
            documentation: None,
            span: self.span,
            snippet: false,
            more: vec![],
            filter: None,
            rank,
            again: false,
        });
        self.found.last_mut().expect("an entry was pushed in the line above")
    }

    fn finish(self) -> Vec<Completion> {
        self.found
    }
}

/// A literal inside a snippet.
fn literal(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
