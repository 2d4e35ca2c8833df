//! From the text of a topic to Rhai's syntax trees, some statements at a time, past the broken ones.

use super::codes;
use super::engine::parser;
use super::items::Item;
use super::positions::Positions;
use super::topic::first_line;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::source::{Source, Span};
use rhai::{AST, ParseErrorType};
use std::collections::BTreeSet;
use std::ops::Range;

/// A statement may have this many bytes: Rhai looks up variables in time that grows with their number.
const MAX_STATEMENT: usize = 32 * 1024;
/// Statements that are parsed together. Rhai hands out a function's body only by copying the table of all
/// functions, so a file that is parsed in one go would take time that grows with its square.
const TOGETHER: usize = 64;
/// How often statements that do not go together are parsed apart, before the file counts as hopeless.
const PATIENCE: usize = 512;

/// Parses some statements at a time; those that are broken are reported and left out.
pub(super) fn parse(
    source: &Source,
    positions: &Positions<'_>,
    items: &[Item],
    out: &mut Vec<Diagnostic>,
) -> Vec<AST> {
    let engine = parser();
    let mut asts = vec![];
    let mut masked = BTreeSet::new();
    let mut patience = PATIENCE;
    let mut waiting: Vec<Range<usize>> =
        (0..items.len()).step_by(TOGETHER).map(|start| start..items.len().min(start + TOGETHER)).collect();
    waiting.reverse();
    while let Some(range) = waiting.pop() {
        let mut attempt = engine.compile(prepare(source, positions, items, range.clone(), &masked));
        if attempt.is_err() && find_broken(source, items, range.clone(), &mut masked, out) {
            attempt = engine.compile(prepare(source, positions, items, range.clone(), &masked));
        }
        match attempt {
            Ok(ast) => asts.push(ast),
            // Each of them is fine, but two functions have one name, or there are too many of them.
            Err(_) if range.len() > 1 && patience > 0 => {
                patience -= 1;
                let middle = range.start.midpoint(range.end);
                waiting.extend([middle..range.end, range.start..middle]);
            }
            Err(error) => {
                if let Some(item) = items.get(range.start) {
                    out.push(syntax(source, item, &error));
                }
                masked.extend(range);
            }
        }
    }
    unterminated(source, items, &masked, out);
    asts
}

/// Parses each of these statements alone and reports those that are broken; whether any is.
fn find_broken(
    source: &Source,
    items: &[Item],
    range: Range<usize>,
    masked: &mut BTreeSet<usize>,
    out: &mut Vec<Diagnostic>,
) -> bool {
    let engine = parser();
    let before = masked.len();
    for (index, item) in items.iter().enumerate().take(range.end).skip(range.start) {
        if masked.contains(&index) {
            continue;
        }
        if item.span.len() > MAX_STATEMENT {
            masked.insert(index);
            let at = source.locate(first_line(source, item.span));
            let message =
                format!("a statement may have {MAX_STATEMENT} bytes, and this one has {}", item.span.len());
            out.push(
                Diagnostic::error(codes::TOO_LARGE, at, message)
                    .help("this statement is left out; split it into helper functions"),
            );
            continue;
        }
        let mut text = source.slice(item.span).to_owned();
        if !item.terminated {
            text.push(';');
        }
        if let Err(error) = engine.compile(&text) {
            masked.insert(index);
            out.push(syntax(source, item, &error));
        }
    }
    masked.len() > before
}

/// The text that Rhai parses for some statements: lines and columns as in the file, everything else blank.
fn prepare(
    source: &Source,
    positions: &Positions<'_>,
    items: &[Item],
    range: Range<usize>,
    masked: &BTreeSet<usize>,
) -> String {
    let text = source.text();
    let mut prepared = String::new();
    let mut at = None;
    for (index, item) in items.iter().enumerate().take(range.end).skip(range.start) {
        let start = item.span.start as usize;
        if masked.contains(&index) {
            continue;
        }
        if item.span.len() > MAX_STATEMENT {
            // Nothing can be made of it, so that it is looked for and left out.
            return "(".to_owned();
        }
        match at {
            None => {
                let (line, column) = positions.line_and_column(start);
                prepared.extend(std::iter::repeat_n('\n', line).chain(std::iter::repeat_n(' ', column)));
            }
            Some(at) => {
                let gap = text.get(at..start).unwrap_or_default();
                prepared.extend(gap.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            }
        }
        prepared.push_str(source.slice(item.span));
        if !item.terminated {
            prepared.push(';');
        }
        at = Some(item.span.end as usize);
    }
    prepared
}

/// Reports statements that do not end in `;`: they were read as if they did. The last one may go without.
fn unterminated(source: &Source, items: &[Item], masked: &BTreeSet<usize>, out: &mut Vec<Diagnostic>) {
    let last = items.len().saturating_sub(1);
    for (index, item) in items.iter().enumerate() {
        if item.terminated || masked.contains(&index) || index == last {
            continue;
        }
        let end = Span::at(item.span.end as usize);
        let at = source.locate(Span::new(item.span.end.saturating_sub(1) as usize, item.span.end as usize));
        let fix = Fix {
            title: "insert `;`".to_owned(),
            edits: vec![Edit { location: source.locate(end), text: ";".to_owned() }],
        };
        out.push(Diagnostic::error(codes::SYNTAX, at, "this statement does not end in `;`").fix(fix));
    }
}

/// What Rhai says of a statement that it was given alone.
fn syntax(source: &Source, item: &Item, error: &rhai::ParseError) -> Diagnostic {
    let start = item.span.start as usize;
    let token = Positions::new(source.slice(item.span)).token(error.position());
    let mut span = Span::new(start + token.start as usize, start + token.end as usize);
    if span.start < item.span.start || span.start >= item.span.end || span.is_empty() {
        // Noticed past the statement: point at its last token.
        let body = source.slice(item.span).trim_end();
        let end = item.span.start as usize + body.len();
        let last = body.char_indices().next_back().map_or(0, |(offset, _)| offset);
        span = Span::new(item.span.start as usize + last, end);
    }
    let detail = match error.err_type() {
        ParseErrorType::BadInput(fault) => format!("this cannot be read: {fault}"),
        ParseErrorType::UnexpectedEOF => "the rule ends in the middle".to_owned(),
        ParseErrorType::MissingToken(token, purpose) => format!("missing `{token}` {purpose}"),
        fault => fault.to_string(),
    };
    let mut letters = detail.chars();
    let message: String =
        letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default();
    Diagnostic::error(codes::SYNTAX, source.locate(span), message.trim_end_matches('.'))
        .help("this statement is left out; everything else in the file is read")
}
