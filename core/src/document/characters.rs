//! Characters that no document may hold. They are replaced by blanks, so that the rest can be read, and
//! what they stand in is not trusted.

use super::faults::Faults;
use super::{Document, Node, Value, codes};
use crate::source::Span;
use std::borrow::Cow;

/// A text that is safe to parse, and the offsets of everything in it that was replaced.
pub(super) struct Cleaned<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) untrusted: Vec<usize>,
}

/// Replaces what may not stand in a text by blanks of the same length, and reports it. With `lossy`, the
/// replacement characters of a decoding that failed are not trusted either; those were reported before.
pub(super) fn clean<'t>(text: &'t str, lossy: bool, faults: &mut Faults<'_>) -> Cleaned<'t> {
    let mut untrusted = vec![];
    let mut cleaned: Option<String> = None;
    let mut forbidden: Vec<(usize, char)> = vec![];
    for (offset, character) in text.char_indices() {
        let banned = is_forbidden(character) || (character == '\u{FEFF}' && offset > 0);
        if banned || (lossy && character == char::REPLACEMENT_CHARACTER) {
            untrusted.push(offset);
        }
        if banned {
            cleaned.get_or_insert_with(|| text.get(..offset).unwrap_or_default().to_owned());
            forbidden.push((offset, character));
        }
        if let Some(cleaned) = &mut cleaned {
            if banned {
                cleaned.extend(std::iter::repeat_n(' ', character.len_utf8()));
            } else {
                cleaned.push(character);
            }
        }
    }
    report(&forbidden, faults);
    Cleaned { text: cleaned.map_or(Cow::Borrowed(text), Cow::Owned), untrusted }
}

/// One diagnostic for each run of them that stands together.
fn report(forbidden: &[(usize, char)], faults: &mut Faults<'_>) {
    let mut rest = forbidden;
    while let Some(&(start, first)) = rest.first() {
        let mut end = start;
        let mut run = 0;
        for &(offset, character) in rest {
            if offset != end {
                break;
            }
            end = offset + character.len_utf8();
            run += 1;
        }
        rest = rest.get(run..).unwrap_or_default();
        let span = Span::new(start, end);
        let what = if first == '\0' {
            "a NUL character".to_owned()
        } else if first == '\u{FEFF}' {
            "a byte order mark".to_owned()
        } else {
            format!("the character U+{:04X}", u32::from(first))
        };
        let fault = faults
            .error(codes::CONTROL_CHARACTER, span, format!("{what} may not stand here"))
            .help("remove it; in double quotes it may be written as an escape such as `\\u0007`")
            .fix(faults.fix("remove it", span, ""));
        faults.report(fault);
    }
}

/// Whether YAML forbids a character everywhere.
fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{FFFE}' | '\u{FFFF}' => true,
        _ => character.is_control(),
    }
}

/// Moves every span of a document that ends inside a character to that character's edge. Blanks for a
/// character of several bytes are several, so a parser may have stopped between them.
pub(super) fn align(document: &mut Document) {
    if !document.diagnostics.iter().any(|fault| fault.code == codes::CONTROL_CHARACTER) {
        return;
    }
    let source = document.source.clone();
    let text = source.text();
    if let Some(root) = &mut document.root {
        align_node(root, text);
    }
    for span in &mut document.skipped {
        *span = aligned(*span, text);
    }
    for fault in &mut document.diagnostics {
        fault.location.span = aligned(fault.location.span, text);
        for label in &mut fault.labels {
            label.location.span = aligned(label.location.span, text);
        }
        for edit in fault.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.location.span = aligned(edit.location.span, text);
        }
    }
}

fn align_node(node: &mut Node, text: &str) {
    node.span = aligned(node.span, text);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| align_node(item, text)),
        Value::Map(entries) => {
            for entry in entries {
                entry.key_span = aligned(entry.key_span, text);
                align_node(&mut entry.value, text);
            }
        }
        _ => {}
    }
}

fn aligned(span: Span, text: &str) -> Span {
    let start = text.floor_char_boundary(span.start as usize);
    let end = if span.is_empty() { start } else { text.ceil_char_boundary(span.end as usize) };
    Span::new(start, end)
}
