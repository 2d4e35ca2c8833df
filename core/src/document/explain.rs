//! Says in our own words what is wrong with YAML syntax.
//!
//! The parser tells where it got stuck and why; recovery tells which text had to go. The second is what the
//! user has to mend, so it is looked at first, and what it looks like usually says what the mistake is.

use super::codes;
use super::faults::{Faults, quoted};
use super::limits::Limits;
use super::lines::{Line, closing_quote, colon};
use super::wording::wording;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::source::Span;
use granit_parser::ErrorKind;

/// What recovery blanked to read on.
#[derive(Debug)]
pub(super) enum Masked {
    /// The value after a key or a dash.
    Value(Span),
    /// A line.
    Line(Span),
    /// The tabs that stood where spaces belong.
    Tabs(Vec<Span>),
}

/// The diagnostic for a syntax error at `offset`, given what was masked to get past it. `text` is what was
/// parsed: the text of the source, earlier masks blanked.
pub(super) fn explain(
    kind: &ErrorKind,
    offset: usize,
    text: &str,
    masked: Option<&Masked>,
    faults: &Faults<'_>,
) -> Diagnostic {
    if let Some(Masked::Tabs(tabs)) = masked {
        return tabs_fault(tabs, faults);
    }
    let line = match masked {
        Some(Masked::Value(span) | Masked::Line(span)) => faults.source().line_of(span.start as usize),
        _ => faults.source().line_of(offset),
    };
    if let Some(tab) = indented_with_tab(line, faults) {
        return tabs_fault(&[tab], faults);
    }
    if matches!(kind, ErrorKind::RecursionLimitExceeded) {
        let width = text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = Span::new(offset, offset + width);
        return faults
            .error(codes::TOO_DEEP, span, "this stands too many levels deep")
            .help("what is inside is not read");
    }
    let place = place(offset, text, masked, faults);
    let written = text.get(place.span.range()).unwrap_or_default();
    if let Some(fault) = conflict_fault(&place, written, faults) {
        return fault;
    }
    let fault = by_character(kind, offset, text, written, faults)
        .or_else(|| by_text(&place, written, faults))
        .unwrap_or_else(|| by_kind(kind, offset, &place, text, faults));
    if masked.is_none() && fault.labels.is_empty() {
        return fault.label(faults.source().locate(Span::at(offset)), "the text from here on is not read");
    }
    fault
}

/// The error for a document with more values than allowed.
pub(super) fn too_many_values(offset: usize, limits: &Limits, faults: &Faults<'_>) -> Diagnostic {
    let message = format!("the document holds more than {} values", limits.max_nodes);
    faults.error(codes::TOO_MANY_VALUES, Span::at(offset), message).help("what stands after this is not read")
}

/// The text to underline.
struct Place {
    span: Span,
    /// It is a value, not a whole line.
    is_value: bool,
}

fn place(offset: usize, text: &str, masked: Option<&Masked>, faults: &Faults<'_>) -> Place {
    match masked {
        Some(Masked::Value(span)) => Place { span: *span, is_value: true },
        Some(Masked::Line(span)) => Place { span: *span, is_value: false },
        _ => {
            let at = faults.source().line_of(offset);
            let line = (0..=at)
                .rev()
                .take(1000)
                .filter_map(|line| Line::of(faults.source(), text, line))
                .find(|line| !line.text.is_empty());
            Place { span: line.map_or(Span::at(offset), |line| line.content), is_value: false }
        }
    }
}

fn tabs_fault(tabs: &[Span], faults: &Faults<'_>) -> Diagnostic {
    let first = tabs.first().copied().unwrap_or_default();
    let others = match tabs.len().saturating_sub(1) {
        0 => String::new(),
        1 => " (one more line is, too)".to_owned(),
        more => format!(" ({more} more lines are, too)"),
    };
    let edits = tabs.iter().map(|span| Edit {
        location: faults.source().locate(*span),
        text: faults.source().slice(*span).replace('\t', "  "),
    });
    let fix = Fix { title: "indent with spaces".to_owned(), edits: edits.collect() };
    faults
        .error(codes::TAB_INDENTATION, first, format!("this line is indented with a tab{others}"))
        .help("indent with spaces; yaml does not allow tabs there")
        .fix(fix)
}

/// The indentation of a line, if there is a tab in it.
fn indented_with_tab(line: usize, faults: &Faults<'_>) -> Option<Span> {
    let span = faults.source().line_span(line)?;
    let line = faults.source().slice(span);
    let width = line.len() - line.trim_start_matches([' ', '\t']).len();
    let tab = line.get(..width)?.find('\t')?;
    Some(Span::new(span.start as usize + tab, span.start as usize + width))
}

/// Faults that the parser places exactly: a character that may not start a text, a bad escape.
fn by_character(
    kind: &ErrorKind,
    offset: usize,
    text: &str,
    written: &str,
    faults: &Faults<'_>,
) -> Option<Diagnostic> {
    match kind {
        ErrorKind::UnexpectedCharacter { character: character @ ('@' | '`' | '%') } => {
            let rest = text.get(offset..)?;
            let line = rest.split(['\n', '\r']).next().unwrap_or_default();
            let in_brackets = written.starts_with(['[', '{']);
            let line = line.split(|c| in_brackets && matches!(c, ',' | ']' | '}')).next().unwrap_or_default();
            let line = line.split(" #").next().unwrap_or_default().trim_end();
            let span = Span::new(offset, offset + line.len());
            let shown = if *character == '`' { "a backtick".to_owned() } else { format!("`{character}`") };
            let fault = faults
                .error(codes::RESERVED_CHARACTER, span, format!("text may not start with {shown}"))
                .help("put the text in quotes");
            Some(fault.fix(quote(span, line, faults)))
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => Some(escape_fault(offset, text, faults)),
        _ => None,
    }
}

/// The parser names only the quote where the text opens; the escape is searched from there.
fn escape_fault(offset: usize, text: &str, faults: &Faults<'_>) -> Diagnostic {
    let rest = text.get(offset..).unwrap_or_default();
    let mut characters = rest.char_indices();
    let mut bad = Span::new(offset, offset + rest.chars().next().map_or(0, char::len_utf8));
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            continue;
        }
        let Some((next, escaped)) = characters.next() else { break };
        let digits = match escaped {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ if "0abt\tnvfre \"/\\N_LP\n\r".contains(escaped) => continue,
            _ => 0,
        };
        let hex: String = rest
            .get(next + 1..)
            .unwrap_or_default()
            .chars()
            .take(digits)
            .take_while(char::is_ascii_hexdigit)
            .collect();
        let sound =
            hex.len() == digits && u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).is_some();
        if digits == 0 || !sound {
            bad = Span::new(offset + at, offset + next + escaped.len_utf8() + hex.len());
            break;
        }
    }
    let written = text.get(bad.range()).unwrap_or_default();
    faults.error(codes::ESCAPE, bad, format!("{} is not an escape that yaml knows", quoted(written))).help(
        "write `\\\\` for a backslash, or put the text in single quotes, where a backslash is only itself",
    )
}

/// A line that a version control system left where two people changed the same lines.
fn conflict_fault(place: &Place, written: &str, faults: &Faults<'_>) -> Option<Diagnostic> {
    let mark = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].into_iter().find(|mark| {
        written.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })?;
    (!place.is_value).then(|| {
        faults
            .error(codes::CONFLICT, place.span, format!("`{mark}` is the mark of a merge conflict"))
            .help("keep one of the two versions, and remove the lines that mark them")
    })
}

/// Faults that the masked text shows by itself.
fn by_text(place: &Place, written: &str, faults: &Faults<'_>) -> Option<Diagnostic> {
    let (start, value) = if place.is_value {
        (0, written)
    } else {
        let line = Line { text: written, content: place.span };
        match line.value() {
            Some((_, span)) => (
                (span.start - place.span.start) as usize,
                written.get((span.start - place.span.start) as usize..)?,
            ),
            None => (0, written),
        }
    };
    let span = Span::new(place.span.start as usize + start, place.span.end as usize);
    if let Some(fault) = quote_fault(span, value, faults) {
        return Some(fault);
    }
    if value.starts_with(['[', '{']) {
        return bracket_fault(span, value, faults);
    }
    if written.starts_with(['[', '{']) {
        return bracket_fault(place.span, written, faults);
    }
    if !place.is_value && (written == "-" || written.starts_with("- ")) {
        return line_fault(place.span, written, faults);
    }
    if start > 0 || place.is_value {
        return colon(value).map(|_| {
            faults
                .error(
                    codes::NESTED_MAPPING,
                    span,
                    format!("{} holds a second `: ` on one line", quoted(value)),
                )
                .help("put the text in quotes, or the inner key on a line of its own, indented further")
                .fix(quote(span, value, faults))
        });
    }
    line_fault(place.span, written, faults)
}

/// A text in quotes that never close, or that goes on after they did.
fn quote_fault(span: Span, value: &str, faults: &Faults<'_>) -> Option<Diagnostic> {
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let Some(end) = closing_quote(value, quote) else {
        let end = span.end as usize;
        return Some(
            faults
                .error(codes::UNCLOSED_QUOTE, span, "the quote that opens here is never closed")
                .help(format!("close it with {}", if quote == '"' { "`\"`" } else { "`'`" }))
                .fix(faults.fix("close the quote", Span::at(end), quote)),
        );
    };
    let rest = value.get(end..)?;
    let text = rest.trim_start();
    if text.is_empty() || text.starts_with(['#', ':', ',', ']', '}']) {
        return None;
    }
    let start = span.start as usize + end + (rest.len() - text.len());
    Some(
        faults
            .error(
                codes::TEXT_AFTER_QUOTE,
                Span::new(start, span.end as usize),
                "there is text after the closing quote",
            )
            .help(if quote == '"' {
                "write `\\\"` for a quote inside the text"
            } else {
                "write `''` for a quote inside the text"
            }),
    )
}

/// A list or mapping in brackets that do not match.
fn bracket_fault(span: Span, value: &str, faults: &Faults<'_>) -> Option<Diagnostic> {
    let mut open: Vec<(usize, char)> = vec![];
    let mut quote: Option<char> = None;
    for (offset, character) in value.char_indices() {
        match (quote, character) {
            (Some(opened), _) if opened == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '[' | '{') => open.push((offset, character)),
            (None, ']' | '}') => match open.pop() {
                Some((_, '[')) if character == ']' => {}
                Some((_, '{')) if character == '}' => {}
                opened => return Some(wrong_bracket(span, offset, character, opened, faults)),
            },
            _ => {}
        }
    }
    let (offset, character) = *open.first()?;
    let closing: String = open.iter().rev().map(|(_, open)| closing_of(*open)).collect();
    let start = span.start as usize + offset;
    Some(
        faults
            .error(
                codes::UNCLOSED_BRACKET,
                Span::new(start, span.end as usize),
                format!("the `{character}` that opens here is never closed"),
            )
            .help(format!("close it with `{closing}`"))
            .fix(faults.fix(format!("close it with `{closing}`"), Span::at(span.end as usize), closing)),
    )
}

fn wrong_bracket(
    span: Span,
    offset: usize,
    found: char,
    opened: Option<(usize, char)>,
    faults: &Faults<'_>,
) -> Diagnostic {
    let at = span.start as usize + offset;
    let here = Span::new(at, at + 1);
    match opened {
        Some((opening, open)) => {
            let wanted = closing_of(open);
            let from = span.start as usize + opening;
            faults
                .error(codes::UNEXPECTED_BRACKET, here, format!("`{found}` closes what `{open}` opened"))
                .label(faults.source().locate(Span::new(from, from + 1)), "opened here")
                .fix(faults.fix(format!("replace with `{wanted}`"), here, wanted))
        }
        None => faults
            .error(codes::UNEXPECTED_BRACKET, here, format!("`{found}` closes nothing"))
            .fix(faults.fix("remove it", here, "")),
    }
}

pub(super) fn closing_of(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

/// Faults of a line as a whole: a word where a key should be, an item where a key should be.
fn line_fault(span: Span, written: &str, faults: &Faults<'_>) -> Option<Diagnostic> {
    let start = span.start as usize;
    if written == "-" || written.starts_with("- ") {
        return Some(
            faults
                .error(codes::LIST_ITEM, span, "a list item may not stand between the keys of a mapping")
                .help("give the list a key of its own, and indent its items below it"),
        );
    }
    if colon(written).is_some() || written.starts_with(['?', '%', '&', '*', '!', '|', '>', ']', '}', ',']) {
        return None;
    }
    if let Some(item) = written.strip_prefix('-').filter(|item| !item.starts_with('-') && !item.is_empty()) {
        return Some(
            faults
                .error(
                    codes::LIST_ITEM,
                    span,
                    format!("{} needs a space after its dash to be a list item", quoted(written)),
                )
                .help(format!("write {}", quoted(&format!("- {item}"))))
                .fix(faults.fix("insert a space", Span::at(start + 1), " ")),
        );
    }
    let (help, fix) = match written.find(':') {
        Some(at) => {
            ("put a space after the colon", faults.fix("insert a space", Span::at(start + at + 1), " "))
        }
        None => ("write `key: value`", faults.fix("insert `:`", Span::at(span.end as usize), ":")),
    };
    let fault =
        faults.error(codes::MISSING_COLON, span, format!("{} is not a key with a value", quoted(written)));
    Some(fault.help(help).fix(fix))
}

/// What is left is told by the parser's kind of error, at the line where it got stuck.
fn by_kind(kind: &ErrorKind, offset: usize, passed: &Place, text: &str, faults: &Faults<'_>) -> Diagnostic {
    let (code, message, help) = wording(kind);
    let source = faults.source();
    let passed_line = source.line_of(passed.span.start as usize);
    let stuck = Line::of(source, text, source.line_of(offset)).filter(|line| !line.is_blank());
    let elsewhere =
        stuck.map(|line| line.content).filter(|line| source.line_of(line.start as usize) != passed_line);
    let mut fault = faults.error(code, elsewhere.unwrap_or(passed.span), message);
    if elsewhere.is_some() {
        fault = fault.label(source.locate(passed.span), "passed over to read on");
    }
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// The fix that puts a text in double quotes.
pub(super) fn quote(span: Span, text: &str, faults: &Faults<'_>) -> Fix {
    let quoted = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    faults.fix("put it in quotes", span, quoted)
}
