//! The words of JSON: white space and comments, texts, numbers, literals.

use super::Parser;
use super::{codes, quoted};
use crate::document::{Node, Value, scalar};
use crate::source::Span;

/// A text as it was read.
pub(super) struct Text {
    pub(super) span: Span,
    pub(super) text: String,
    /// Nothing in it is doubtful.
    pub(super) sound: bool,
}

impl<'t> Parser<'t, '_, '_> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn at_end(&self) -> bool {
        self.position >= self.text.len()
    }

    /// Passes over white space, and over comments, which JSON does not have.
    pub(super) fn white_space(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            self.position += blanks;
            let rest = self.rest();
            let comment = if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else if rest.starts_with("//") || rest.starts_with('#') {
                rest.find(['\n', '\r']).unwrap_or(rest.len())
            } else if let Some(space) = rest.chars().next().filter(|next| next.is_whitespace()) {
                self.strange_space(space);
                continue;
            } else {
                return;
            };
            let span = Span::new(self.position, self.position + comment);
            let fault = self
                .faults
                .error(codes::COMMENT, span, "json has no comments")
                .help("remove it, or write the document in yaml, where `#` starts a comment");
            let fix = self.faults.fix("remove the comment", span, "");
            self.faults.report(fault.fix(fix));
            self.skipped.push(span);
            self.position += comment;
        }
    }

    fn strange_space(&mut self, space: char) {
        let span = Span::new(self.position, self.position + space.len_utf8());
        let message = format!("the space character U+{:04X} may not stand here", u32::from(space));
        let fault = self.faults.error(codes::SYNTAX, span, message);
        let fix = self.faults.fix("replace with a space", span, " ");
        self.faults.report(fault.fix(fix));
        self.position = span.end as usize;
    }

    /// A key: text in double quotes, or what was written instead.
    pub(super) fn key(&mut self) -> Option<Text> {
        if matches!(self.peek(), Some('"' | '\'')) {
            return Some(self.string(true));
        }
        let start = self.position;
        let word = self.bare_word();
        if word.is_empty() {
            self.unexpected_character();
            return None;
        }
        let span = Span::new(start, start + word.len());
        self.position = span.end as usize;
        let fault = self
            .faults
            .error(codes::UNQUOTED_KEY, span, format!("the key {} is not in double quotes", quoted(word)))
            .help(format!("write {}", quoted(&format!("\"{word}\""))));
        let fix = self.faults.fix("put it in quotes", span, format!("\"{word}\""));
        self.faults.report(fault.fix(fix));
        Some(Text { span, text: word.to_owned(), sound: true })
    }

    /// The text up to what separates words.
    fn bare_word(&self) -> &'t str {
        let rest = self.rest();
        let is_separator = |c: char| {
            c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '\'' | '=' | ';')
        };
        let word = rest.split(is_separator).next().unwrap_or_default();
        let comment = word.find("//").or_else(|| word.find("/*")).filter(|&at| at > 0);
        comment.and_then(|at| word.get(..at)).unwrap_or(word)
    }

    /// Words without quotes, up to what ends a value: people forget the quotes of more than one word.
    fn bare_words(&self) -> &'t str {
        let is_end =
            |c: char| matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '\'' | '=' | ';' | '\n' | '\r');
        self.rest().split(is_end).next().unwrap_or_default().trim_end()
    }

    /// A text in quotes, single or double. Without its closing quote it ends with the line.
    pub(super) fn string(&mut self, is_key: bool) -> Text {
        let start = self.position;
        let quote = self.peek().unwrap_or('"');
        self.position += 1;
        let mut text = String::new();
        let mut sound = true;
        loop {
            let rest = self.rest();
            let plain = rest.find([quote, '\\', '\n', '\r', '\t']).unwrap_or(rest.len());
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.position += plain;
            match self.peek() {
                Some('\\') => match self.escape() {
                    Some(character) => text.push(character),
                    None => sound = false,
                },
                Some('\t') => {
                    sound = false;
                    self.raw_tab();
                }
                Some(found) if found == quote => {
                    self.position += 1;
                    break;
                }
                _ => return self.unclosed_string(start, quote, is_key),
            }
        }
        let span = Span::new(start, self.position);
        if quote == '\'' {
            self.single_quotes(span, &text);
        }
        Text { span, text, sound }
    }

    fn unclosed_string(&mut self, start: usize, quote: char, is_key: bool) -> Text {
        let line = self.text.get(start..self.position).unwrap_or_default().trim_end();
        // A key goes to its colon; what follows a value on its line is most likely the comma.
        let kept = match line.find(':').filter(|_| is_key) {
            Some(colon) => line.get(..colon).unwrap_or_default().trim_end(),
            None => line.trim_end_matches([',', '}', ']']).trim_end(),
        };
        let span = Span::new(start, start + kept.len().max(1));
        self.position = span.end as usize;
        self.after_unclosed = true;
        let fault = self
            .faults
            .error(codes::UNCLOSED_QUOTE, span, "the quote that opens here is never closed")
            .help(if quote == '"' { "close it with `\"`" } else { "close it with `'`" });
        let fix = self.faults.fix("close the quote", Span::at(span.end as usize), quote);
        self.faults.report(fault.fix(fix));
        Text { span, text: kept.get(1..).unwrap_or_default().to_owned(), sound: false }
    }

    fn single_quotes(&mut self, span: Span, text: &str) {
        let fault = self
            .faults
            .error(codes::SINGLE_QUOTES, span, "json puts text in double quotes, not single ones")
            .help("use `\"`");
        let fix = self.faults.fix("use double quotes", span, serde_json::Value::from(text).to_string());
        self.faults.report(fault.fix(fix));
    }

    fn raw_tab(&mut self) {
        let span = Span::new(self.position, self.position + 1);
        let fault = self
            .faults
            .error(codes::CONTROL_CHARACTER, span, "a tab may not stand in a text as it is")
            .help("write `\\t`");
        let fix = self.faults.fix("replace with `\\t`", span, "\\t");
        self.faults.report(fault.fix(fix));
        self.position += 1;
    }

    /// The character that an escape stands for; none, and a diagnostic, if it stands for none.
    fn escape(&mut self) -> Option<char> {
        let start = self.position;
        let letter = self.rest().chars().nth(1);
        let character = match letter {
            Some('"') => '"',
            Some('\\') => '\\',
            Some('/') => '/',
            Some('b') => '\u{8}',
            Some('f') => '\u{C}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode_escape(),
            _ => {
                let width = letter.filter(|letter| !matches!(letter, '\n' | '\r')).map_or(0, char::len_utf8);
                self.position += 1 + width;
                self.bad_escape(start, "is not an escape that json knows", "write `\\\\` for a backslash");
                return None;
            }
        };
        self.position += 2;
        Some(character)
    }

    fn unicode_escape(&mut self) -> Option<char> {
        let start = self.position;
        let Some(first) = self.hex_unit() else {
            self.bad_escape(start, "is not a whole escape", "write four hexadecimal digits after `\\u`");
            return None;
        };
        if let Some(character) = char::from_u32(first) {
            return Some(character);
        }
        let after_first = self.position;
        if first < 0xDC00
            && self.rest().starts_with("\\u")
            && let Some(second @ 0xDC00..=0xDFFF) = self.hex_unit()
        {
            return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        }
        self.position = after_first;
        self.bad_escape(start, "is half of a character", "write both halves, or the character itself");
        None
    }

    /// Reads `\uXXXX`; without four digits it passes over those there are.
    fn hex_unit(&mut self) -> Option<u32> {
        let digits = self.rest().get(2..).unwrap_or_default();
        let count = digits.bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
        let unit = digits
            .get(..count)
            .filter(|_| count == 4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.position += 2 + count;
        unit
    }

    fn bad_escape(&mut self, start: usize, problem: &str, help: &str) {
        let span = Span::new(start, self.position);
        let written = self.text.get(span.range()).unwrap_or_default();
        let fault =
            self.faults.error(codes::ESCAPE, span, format!("{} {problem}", quoted(written))).help(help);
        self.faults.report(fault);
    }

    pub(super) fn number(&mut self) -> Node {
        let start = self.position;
        let written = self.bare_word();
        let written = written.split(['/', '#']).next().unwrap_or_default();
        let span = Span::new(start, start + written.len().max(1));
        self.position = span.end as usize;
        if scalar::is_json_number(written) {
            let value = written.parse().map_or_else(|_| Value::Number(written.to_owned()), Value::Int);
            return Node::new(span, value);
        }
        let fault =
            self.faults.error(codes::NUMBER, span, format!("{} is not a number of json", quoted(written)));
        let fault = match scalar::number(written) {
            Some(Value::Int(plain)) => {
                fault.fix(self.faults.fix(format!("replace with `{plain}`"), span, plain.to_string()))
            }
            _ => fault.help("write digits, such as `1` or `0.5`; put anything else in quotes"),
        };
        self.faults.report(fault);
        Node::new(span, Value::Broken)
    }

    /// `true`, `false`, `null`, or a word that is none of them.
    pub(super) fn word(&mut self) -> Node {
        let start = self.position;
        let word = self.bare_word();
        let width = if word.is_empty() { self.peek().map_or(0, char::len_utf8) } else { word.len() };
        let known = match word {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            "null" => Some(Value::Null),
            _ => None,
        };
        if let Some(value) = known {
            self.position += width;
            return Node::new(Span::new(start, self.position), value);
        }
        let more = self.bare_words().len();
        let span = Span::new(start, start + width.max(more));
        self.position = span.end as usize;
        let written = self.text.get(span.range()).unwrap_or_default();
        let meant = match written.to_ascii_lowercase().as_str() {
            "true" => Some("true"),
            "false" => Some("false"),
            "null" | "none" | "nil" | "undefined" => Some("null"),
            _ => None,
        };
        let fault =
            self.faults.error(codes::LITERAL, span, format!("{} is not a value of json", quoted(written)));
        let fault = match meant {
            Some(meant) => fault.help(format!("write `{meant}`")).fix(self.faults.fix(
                format!("replace with `{meant}`"),
                span,
                meant,
            )),
            None => fault.help("put text in double quotes").fix(self.faults.fix(
                "put it in quotes",
                span,
                serde_json::Value::from(written).to_string(),
            )),
        };
        self.faults.report(fault);
        Node::new(span, Value::Broken)
    }
}
