//! The words of a rule file, found without a parser, so that a file which is being typed has them too.
//!
//! Every byte of the text lies in one token or is white space; no text makes this fail.

use crate::answer::Span;

/// A token of a rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TokenKind {
    /// There is none: what stands before the first and after the last one.
    #[default]
    None,
    /// `// …` and `/* … */`.
    Comment,
    /// `/// …`, which documents what follows.
    Doc,
    /// A text in quotes, perhaps without the last one.
    Text,
    /// A number.
    Number,
    /// A name or a word of the language.
    Word,
    /// An operator, a bracket, anything else.
    Mark,
}

const MARKS: [&str; 20] = [
    "===", "...", "..=", "**=", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "..", "=>", "::", "+=", "-=",
    "*=", "/=", "?[",
];

/// The words of the rule language that name nothing.
pub(crate) const KEYWORDS: [&str; 22] = [
    "fn", "const", "let", "if", "else", "true", "false", "in", "return", "switch", "while", "loop", "for",
    "do", "until", "break", "continue", "try", "catch", "throw", "private", "this",
];

/// All tokens of a text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = vec![];
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() || first == '\u{feff}' {
            at += first.len_utf8();
            continue;
        }
        let (kind, len) = token(rest, first);
        tokens.push(Token { kind, span: Span::new(at, at + len) });
        at += len;
    }
    tokens
}

fn token(rest: &str, first: char) -> (TokenKind, usize) {
    if rest.starts_with("//") {
        let line = rest.find('\n').unwrap_or(rest.len());
        let len = rest.get(..line).map_or(line, |line| line.trim_end().len());
        let doc = rest.starts_with("///") && !rest.starts_with("////");
        return (if doc { TokenKind::Doc } else { TokenKind::Comment }, len);
    }
    if rest.starts_with("/*") {
        return (TokenKind::Comment, comment_len(rest));
    }
    match first {
        '"' | '`' => (TokenKind::Text, text_len(rest)),
        '\'' => match text_len(rest) {
            // A character, or a stray quote that must not swallow the line.
            len if len <= 12 && rest.get(1..len).is_some_and(|inner| inner.ends_with('\'')) => {
                (TokenKind::Text, len)
            }
            _ => (TokenKind::Mark, 1),
        },
        c if c.is_ascii_digit() => {
            let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (TokenKind::Number, len)
        }
        c if c.is_alphanumeric() || c == '_' => (TokenKind::Word, word_len(rest)),
        _ => {
            let known = MARKS.iter().find(|mark| rest.starts_with(**mark));
            // `!in` is one operator, `!inside` is not.
            let not_in = rest.starts_with("!in") && word_len(rest.get(1..).unwrap_or_default()) == 2;
            (TokenKind::Mark, if not_in { 3 } else { known.map_or(first.len_utf8(), |mark| mark.len()) })
        }
    }
}

fn word_len(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

/// The length of the text that starts here; to the end of the line, or of the file, where it is not closed.
fn text_len(text: &str) -> usize {
    let mut characters = text.char_indices();
    let Some((_, quote)) = characters.next() else { return 0 };
    while let Some((offset, character)) = characters.next() {
        match character {
            '\\' if quote != '`' => {
                // A line that ends in a backslash goes on.
                characters.next();
            }
            '\n' | '\r' if quote != '`' => return offset,
            c if c == quote => return offset + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
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

    fn words(text: &str) -> Vec<(TokenKind, &str)> {
        tokens(text).iter().map(|token| (token.kind, &text[token.span.range()])).collect()
    }

    #[test]
    fn a_text_without_its_last_quote_ends_with_its_line() {
        use TokenKind::{Comment, Doc, Mark, Number, Text, Word};
        assert_eq!(
            words("a.b!=\"x\\\"\n12 !in 'y' /// d\n// c\n\u{1F980} '"),
            [
                (Word, "a"),
                (Mark, "."),
                (Word, "b"),
                (Mark, "!="),
                (Text, "\"x\\\""),
                (Number, "12"),
                (Mark, "!in"),
                (Text, "'y'"),
                (Doc, "/// d"),
                (Comment, "// c"),
                (Mark, "\u{1F980}"),
                (Mark, "'"),
            ]
        );
    }
}
