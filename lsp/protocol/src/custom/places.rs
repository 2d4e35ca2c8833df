//! Places of `json v1` as LSP's.

use crate::convert;
use crate::state::Moment;
use lsp_types::Location;
use remit_service::answer::{Place, Span};
use remit_service::v1;
use serde::Deserialize;

/// A place of `json v1`, as a client gives it back.
#[derive(Debug, Clone, Deserialize)]
pub struct WireLocation {
    /// What the host calls the text.
    pub source: String,
    /// Where it begins.
    pub start: WirePosition,
    /// Where it ends.
    pub end: WirePosition,
}

/// A position of `json v1`; its line and column say the same.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct WirePosition {
    /// Offset from the start of the text, in bytes.
    pub offset: u32,
}

/// What `remit/locate` asks.
#[derive(Debug, Clone, Deserialize)]
pub struct LocateParams {
    /// Places of `json v1`.
    pub locations: Vec<WireLocation>,
}

/// `remit/locate`: where places are, one for one.
pub fn locate(moment: &Moment, params: &LocateParams) -> Vec<Option<Location>> {
    let place = |at: &WireLocation| Place {
        file: at.source.clone(),
        span: Span { start: at.start.offset, end: at.end.offset.max(at.start.offset) },
    };
    params.locations.iter().map(|at| convert::location(moment, &place(at))).collect()
}

/// A place of `json v1` in the client's words.
pub(super) fn location(moment: &Moment, at: &v1::Location) -> Option<Location> {
    let span = Span { start: at.start.offset, end: at.end.offset };
    convert::location(moment, &Place { file: at.source.clone(), span })
}
