//! From Rhai's positions to byte spans.
//!
//! Rhai keeps only where a token starts, as a line and a column of characters, and counts lines by `\n`
//! alone. Where a token ends is found again in the text.

use crate::source::Span;
use rhai::Position;

/// The lines of a rule file as Rhai counts them.
#[derive(Debug, Clone)]
pub(crate) struct Positions<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let breaks =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The first place past which Rhai, which counts in 16 bits, would lose count.
    pub(crate) fn too_long(&self) -> Option<Span> {
        const MOST: usize = u16::MAX as usize;
        if let Some(line) = self.starts.get(MOST - 1) {
            return Some(Span::at(*line));
        }
        let ends = self.starts.iter().skip(1).copied().chain([self.text.len()]);
        self.starts.iter().zip(ends).find_map(|(start, end)| {
            let line = self.text.get(*start..end).filter(|line| line.len() >= MOST)?;
            let (most, _) = line.char_indices().nth(MOST - 2)?;
            Some(Span::new(*start, start + most))
        })
    }

    /// The line of an offset, and how many characters stand before it there; both from 0.
    pub(crate) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        (line, self.text.get(start..offset).unwrap_or_default().chars().count())
    }

    /// The byte offset of a position; the end of the text where it has none.
    pub(crate) fn offset(&self, position: Position) -> usize {
        let Some(line) = position.line().and_then(|line| self.starts.get(line - 1)) else {
            return self.text.len();
        };
        let column = position.position().unwrap_or(1).saturating_sub(1);
        let rest = self.text.get(*line..).unwrap_or_default();
        line + rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset)
    }

    /// The token that starts at a position.
    pub(crate) fn token(&self, position: Position) -> Span {
        self.token_at(self.offset(position))
    }

    /// The token that starts at an offset.
    pub(crate) fn token_at(&self, start: usize) -> Span {
        let rest = self.text.get(start..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { return Span::at(start) };
        let len = match first {
            '"' | '`' | '\'' => string_len(rest),
            c if c.is_alphanumeric() || c == '_' => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            _ => {
                let operator =
                    ["===", "...", "..=", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "..", "!in", "=>"];
                operator
                    .iter()
                    .find(|operator| rest.starts_with(**operator))
                    .map_or(first.len_utf8(), |found| found.len())
            }
        };
        Span::new(start, start + len)
    }

    /// The literal that starts at a position; of a negative number Rhai knows where its sign stands.
    pub(crate) fn literal(&self, position: Position) -> Span {
        let token = self.token(position);
        let rest = self.text.get(token.end as usize..).unwrap_or_default();
        let digits = rest.trim_start();
        if self.text.get(token.range()) != Some("-") || !digits.starts_with(|c: char| c.is_ascii_digit()) {
            return token;
        }
        token.to(self.token_at(token.end as usize + (rest.len() - digits.len())))
    }

    /// A span with the parentheses that it cuts through: Rhai's tree does not have them.
    pub(crate) fn balanced(&self, span: Span) -> Span {
        let (mut depth, mut least) = (0isize, 0isize);
        let inside = self.text.get(..span.end as usize).unwrap_or_default();
        for (_, piece) in pieces(inside, span.start as usize) {
            match piece {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            least = least.min(depth);
        }
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        for _ in least..0 {
            let before = self.text.get(..start).unwrap_or_default().trim_end();
            let Some(before) = before.strip_suffix('(') else { break };
            start = before.len();
        }
        for _ in least..depth {
            let after = self.text.get(end..).unwrap_or_default();
            let Some(rest) = after.trim_start().strip_prefix(')') else { break };
            end = self.text.len() - rest.len();
        }
        Span::new(start, end)
    }

    /// The end of the bracket that opens at or after `from`, with nothing but white space between; `from`
    /// itself where none opens.
    pub(crate) fn bracket_end(&self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        let opens = from + (rest.len() - rest.trim_start().len());
        let mut depth = 0usize;
        for (offset, piece) in pieces(self.text, opens) {
            match piece {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let opened = matches!(piece, ")" | "]" | "}");
                return if opened { offset + piece.len() } else { from };
            }
        }
        from
    }
}

/// The length of the string literal that `text` starts with; to the end where it is not closed.
fn string_len(text: &str) -> usize {
    let mut characters = text.char_indices();
    let Some((_, quote)) = characters.next() else { return 0 };
    while let Some((offset, character)) = characters.next() {
        match character {
            '\\' if quote != '`' => {
                characters.next();
            }
            '\n' if quote != '`' => return offset,
            c if c == quote => return offset + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// The text from an offset on, as strings, comments, words and single characters, with their offsets. Good
/// enough to count brackets by, in a file that may be broken.
pub(crate) fn pieces(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment_len(rest)
        } else if matches!(first, '"' | '`') {
            string_len(rest)
        } else if first == '\'' {
            // A character literal, or a stray quote that must not swallow the file.
            let len = string_len(rest);
            if len <= 12 { len } else { 1 }
        } else if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let piece = rest.get(..len)?;
        let offset = at;
        at += len;
        Some((offset, piece))
    })
}

/// Block comments nest in Rhai.
fn comment_len(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'/'), Some(b'*')) => {
                depth += 1;
                at += 2;
            }
            (Some(b'*'), Some(b'/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a span that cuts a character should stop the test")]
mod tests {
    use super::*;

    #[test]
    fn tokens_end_where_they_end() {
        let text = "a.b == \"x\\\"y\" && \u{1F980}(1, [2, \")\"]) // )";
        let positions = Positions::new(text);
        let token = |needle: &str| {
            let span = positions.token_at(text.find(needle).unwrap());
            text[span.range()].to_owned()
        };
        assert_eq!(token("b ="), "b");
        assert_eq!(token("=="), "==");
        assert_eq!(token("\"x"), "\"x\\\"y\"");
        let open = text.find('(').unwrap();
        assert_eq!(&text[open..positions.bracket_end(open)], "(1, [2, \")\"])");
    }
}
