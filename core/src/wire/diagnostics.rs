//! Diagnostics and places, as they go over the wire.

use super::v1;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Location, Source};

/// A diagnostic with its places as lines and columns. `sources` are the texts that it may speak of; a place
/// in any other text has line 1, column 1.
pub fn diagnostic(diagnostic: &Diagnostic, sources: &[&Source]) -> v1::Diagnostic {
    let place = |at: &Location| location(at, sources);
    v1::Diagnostic {
        code: diagnostic.code.to_string(),
        severity: severity(diagnostic.severity),
        message: diagnostic.message.clone(),
        location: place(&diagnostic.location),
        note: diagnostic.note.clone(),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| v1::Label { location: place(&label.location), message: label.message.clone() })
            .collect(),
        help: diagnostic.help.clone(),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|fix| v1::Fix {
                title: fix.title.clone(),
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| v1::Edit { location: place(&edit.location), text: edit.text.clone() })
                    .collect(),
            })
            .collect(),
    }
}

pub(super) fn severity(severity: Severity) -> v1::Severity {
    match severity {
        Severity::Info => v1::Severity::Info,
        Severity::Warning => v1::Severity::Warning,
        Severity::Error => v1::Severity::Error,
    }
}

/// A place as lines and columns, under the same conditions.
pub fn location(at: &Location, sources: &[&Source]) -> v1::Location {
    let source = sources.iter().find(|source| *source.id() == at.source);
    let position = |offset: u32| {
        let place = source.map(|source| source.line_column(offset as usize));
        v1::Position {
            line: place.map_or(1, |place| place.line),
            column: place.map_or(1, |place| place.column),
            offset,
        }
    };
    v1::Location { source: at.source.to_string(), start: position(at.span.start), end: position(at.span.end) }
}
