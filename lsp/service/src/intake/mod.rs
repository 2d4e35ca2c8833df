//! Intakes: what an editor asks about one, answered from its one analysis.
//!
//! The text is parsed and decided once a version ([`Analysis`]); every query reads that. Completion alone
//! also reads the text around the cursor, because half-written lines are no tree yet.

mod analysis;
mod readers;

pub(crate) use analysis::Analysis;
pub(crate) use readers::Readers;

use crate::answer::{
    CodeAction, CodeLens, Completion, Diagnostic, Fold, Hover, InlayHint, Link, Place, Span, Symbol,
};
use crate::service::Config;
use std::sync::Arc;

/// An analysed intake under a configuration: what queries are asked of.
pub(crate) struct View {
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) config: Arc<Config>,
}

impl View {
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![]
    }
    pub(crate) fn completions(&self, _offset: usize) -> Vec<Completion> {
        vec![]
    }
    pub(crate) fn hover(&self, _offset: usize) -> Option<Hover> {
        None
    }
    pub(crate) fn inlay_hints(&self, _range: Span) -> Vec<InlayHint> {
        vec![]
    }
    pub(crate) fn code_lenses(&self) -> Vec<CodeLens> {
        vec![]
    }
    pub(crate) fn code_actions(&self, _range: Span) -> Vec<CodeAction> {
        vec![]
    }
    pub(crate) fn definition(&self, _offset: usize) -> Vec<Place> {
        vec![]
    }
    pub(crate) fn declaration(&self, _offset: usize) -> Vec<Place> {
        vec![]
    }
    pub(crate) fn references(&self, _offset: usize) -> Vec<Place> {
        vec![]
    }
    pub(crate) fn symbols(&self) -> Vec<Symbol> {
        vec![]
    }
    pub(crate) fn folding(&self) -> Vec<Fold> {
        vec![]
    }
    pub(crate) fn selection_range(&self, _offset: usize) -> Vec<Span> {
        vec![]
    }
    pub(crate) fn links(&self) -> Vec<Link> {
        vec![]
    }
}
