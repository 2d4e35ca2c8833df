//! The lines of YAML text as recovery sees them: indentation, dashes, key, value.

use crate::source::{Source, Span};

/// A line, and what is on it apart from white space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Its text from the first visible character to the last.
    pub(super) text: &'t str,
    /// Where that stands.
    pub(super) content: Span,
}

impl<'t> Line<'t> {
    /// The line with this number. `text` is the text of `source`, or a masked form of it.
    pub(super) fn of(source: &Source, text: &'t str, number: usize) -> Option<Self> {
        let span = source.line_span(number)?;
        let line = text.get(span.range())?;
        let content = line.trim();
        let start = span.start as usize + (line.len() - line.trim_start().len());
        Some(Self { text: content, content: Span::new(start, start + content.len()) })
    }

    /// Whether it says nothing: it is empty or a comment.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() || self.text.starts_with('#')
    }

    /// What stands after the dashes of list items.
    pub(super) fn after_dashes(&self) -> (usize, &'t str) {
        let mut rest = self.text;
        while let Some(item) = rest.strip_prefix('-').filter(|item| item.starts_with([' ', '\t'])) {
            rest = item.trim_start();
        }
        (self.text.len() - rest.len(), rest)
    }

    /// Whether it starts a text or list that goes on below: on purpose, or because something is missing.
    pub(super) fn leaves_open(&self) -> bool {
        let value =
            self.value().and_then(|(_, span)| self.text.get((span.start - self.content.start) as usize..));
        leaves_open(self.after_dashes().1) || value.is_some_and(leaves_open)
    }

    /// The value after `key:` or `- `: the offset right after the colon or dash, and what stands there. No
    /// value, no answer.
    pub(super) fn value(&self) -> Option<(usize, Span)> {
        let start = self.content.start as usize;
        let (dashes, rest) = self.after_dashes();
        if let Some(colon) = colon(rest) {
            let after = dashes + colon + 1;
            let value = self.text.get(after..)?;
            let blanks = value.len() - value.trim_start().len();
            let span = Span::new(start + after + blanks, self.content.end as usize);
            return (!span.is_empty()).then_some((start + after, span));
        }
        let dash = self.text.get(..dashes)?.rfind('-')? + 1;
        (!rest.is_empty()).then_some((start + dash, Span::new(start + dashes, self.content.end as usize)))
    }
}

/// The offset of the colon after the key that a text starts with.
pub(super) fn colon(text: &str) -> Option<usize> {
    let mut quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let mut escaped = false;
    for (offset, character) in text.char_indices() {
        if let Some(open) = quote {
            if offset > 0 && character == open && !escaped {
                quote = None;
            }
            escaped = character == '\\' && open == '"' && !escaped;
        } else if character == ':' {
            let rest = text.get(offset + 1..).unwrap_or_default();
            if rest.is_empty() || rest.starts_with([' ', '\t']) {
                return Some(offset);
            }
        } else if character == '#' && text.get(..offset).is_some_and(|before| before.ends_with([' ', '\t'])) {
            return None;
        }
    }
    None
}

/// The offset after the quote that closes a text.
pub(super) fn closing_quote(value: &str, quote: char) -> Option<usize> {
    let mut characters = value.char_indices().skip(1).peekable();
    while let Some((offset, character)) = characters.next() {
        if quote == '"' && character == '\\' {
            characters.next();
        } else if character == quote {
            if quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == '\'') {
                characters.next();
            } else {
                return Some(offset + 1);
            }
        }
    }
    None
}

/// Whether a text starts with a quote or bracket that it does not close.
fn leaves_open(text: &str) -> bool {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => closing_quote(text, quote).is_none(),
        Some('[' | '{') => {
            let opened = text.matches(['[', '{']).count();
            opened > text.matches([']', '}']).count()
        }
        _ => false,
    }
}

/// If a line is indented with tabs: the text with every tab of every indentation turned into a blank, and
/// the spans of those tabs. A file that is indented with nothing but tabs then reads as it was meant.
pub(super) fn tab_indentation(source: &Source, text: &str, line: usize) -> Option<(String, Vec<Span>)> {
    let indentation = |number: usize| {
        let span = source.line_span(number)?;
        let line = text.get(span.range())?;
        let width = line.len() - line.trim_start_matches([' ', '\t']).len();
        let start = span.start as usize;
        line.get(..width)
            .filter(|indentation| indentation.contains('\t'))
            .map(|_| Span::new(start, start + width))
    };
    let nearby = [Some(line), line.checked_sub(1), Some(line + 1)];
    nearby.into_iter().flatten().find_map(indentation)?;
    let tabs: Vec<Span> = (0..source.line_count()).filter_map(indentation).collect();
    let mut mended = String::with_capacity(text.len());
    let mut copied = 0;
    for span in &tabs {
        mended.push_str(text.get(copied..span.start as usize)?);
        mended.extend(std::iter::repeat_n(' ', span.len()));
        copied = span.end as usize;
    }
    mended.push_str(text.get(copied..)?);
    Some((mended, tabs))
}
