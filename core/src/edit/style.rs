//! How a text is written: its line breaks, its indentation, its quotes.

use super::literal::Literal;
use super::scalar::{self, Around, Quotes};
use crate::document::{Document, Format, Node, Value};
use crate::source::{Source, Span};

/// How a text is written, taken from what it holds already.
#[derive(Debug, Clone)]
pub(super) struct Style {
    pub(super) newline: &'static str,
    /// One step of indentation.
    pub(super) unit: String,
    /// Keys and texts stand in double quotes everywhere, as in JSON.
    pub(super) quoted: bool,
    /// Brackets break lines, as in JSON that is made to be read.
    pub(super) tall: bool,
    colon: &'static str,
    pub(super) comma: &'static str,
}

impl Style {
    pub(super) fn of(document: &Document) -> Self {
        let source = &document.source;
        let json = document.format == Format::Json;
        let root = document.root.as_ref();
        let first = root.and_then(Node::as_map).and_then(<[_]>::first);
        let between = first.map(|entry| {
            source.slice(Span::new(entry.key_span.end as usize, entry.value.span.start as usize))
        });
        let tight = json && between.is_some_and(|between| between == ":");
        let quoted = json || first.is_some_and(|entry| source.slice(entry.key_span).starts_with('"'));
        let tall =
            json && root.is_none_or(|root| first.is_none() || source.slice(root.span).contains(['\n', '\r']));
        Self {
            newline: newline(source.text()),
            unit: unit(document).unwrap_or_else(|| "  ".to_owned()),
            quoted,
            tall,
            colon: if tight { ":" } else { ": " },
            comma: if tight { "," } else { ", " },
        }
    }

    fn key(&self, key: &str, around: Around) -> String {
        let quotes = if self.quoted { Quotes::Double } else { Quotes::Fewest };
        scalar::text(key, around, quotes)
    }

    /// A value on one line. `quotes` is how the value that it replaces was quoted.
    pub(super) fn inline(&self, value: &Literal, around: Around, quotes: Quotes) -> String {
        match value {
            Literal::Bool(value) => value.to_string(),
            Literal::Int(value) => value.to_string(),
            Literal::Text(text) => {
                let quotes = if self.quoted { Quotes::Double } else { quotes };
                scalar::text(text, around, quotes)
            }
            Literal::List(items) => {
                let items: Vec<String> =
                    items.iter().map(|item| self.inline(item, Around::Flow, Quotes::Fewest)).collect();
                format!("[{}]", items.join(self.comma))
            }
            Literal::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| self.pair(key, &self.inline(value, Around::Flow, Quotes::Fewest)))
                    .collect();
                self.braces(&entries.join(self.comma))
            }
        }
    }

    fn pair(&self, key: &str, value: &str) -> String {
        format!("{}{}{value}", self.key(key, Around::Flow), self.colon)
    }

    fn braces(&self, inside: &str) -> String {
        match (inside.is_empty(), self.quoted) {
            (true, _) => "{}".to_owned(),
            (false, true) => format!("{{{inside}}}"),
            (false, false) => format!("{{ {inside} }}"),
        }
    }

    /// Keys inside each other down to a value, between brackets. `indent` is that of the line it starts on.
    pub(super) fn flow(&self, keys: &[&str], value: &Literal, indent: &str) -> String {
        match keys {
            [] if self.tall => self.tall(value, indent),
            [] => self.inline(value, Around::Flow, Quotes::Fewest),
            [key, rest @ ..] => self.pair(key, &self.group(rest, value, indent)),
        }
    }

    /// As [`Style::flow`], with the brackets of the group that the keys stand in.
    pub(super) fn group(&self, keys: &[&str], value: &Literal, indent: &str) -> String {
        match keys {
            [] => self.flow(&[], value, indent),
            keys if self.tall => {
                let (newline, inner) = (self.newline, format!("{indent}{}", self.unit));
                let inside = self.flow(keys, value, &inner);
                format!("{{{newline}{inner}{inside}{newline}{indent}}}")
            }
            keys => self.braces(&self.flow(keys, value, indent)),
        }
    }

    /// A value between brackets, one part a line.
    fn tall(&self, value: &Literal, indent: &str) -> String {
        let (newline, inner) = (self.newline, format!("{indent}{}", self.unit));
        let parts: Vec<String> = match value {
            Literal::List(items) => items.iter().map(|item| self.tall(item, &inner)).collect(),
            Literal::Map(entries) => {
                entries.iter().map(|(key, value)| self.pair(key, &self.tall(value, &inner))).collect()
            }
            _ => vec![],
        };
        if parts.is_empty() {
            return self.inline(value, Around::Flow, Quotes::Double);
        }
        let (open, close) = if matches!(value, Literal::List(_)) { ("[", "]") } else { ("{", "}") };
        let joint = format!(",{newline}{inner}");
        format!("{open}{newline}{inner}{}{newline}{indent}{close}", parts.join(&joint))
    }

    /// Lines that hold keys inside each other down to a value, without the last line break.
    pub(super) fn lines(&self, keys: &[&str], value: &Literal, indent: &str) -> String {
        let Some((key, rest)) = keys.split_first() else { return String::new() };
        let key = self.key(key, Around::Block);
        if rest.is_empty() {
            let (here, below) = self.value(value, indent);
            return format!("{indent}{key}:{here}{below}");
        }
        let below = self.lines(rest, value, &format!("{indent}{}", self.unit));
        format!("{indent}{key}:{}{below}", self.newline)
    }

    /// What follows a key and its colon: on the same line, and below it, each with what separates it from what
    /// stands before. `indent` is that of the key.
    pub(super) fn value(&self, value: &Literal, indent: &str) -> (String, String) {
        let inner = format!("{indent}{}", self.unit);
        match value {
            Literal::Text(text) if !self.quoted => match scalar::block(text) {
                Some((header, lines)) => {
                    let below = lines.iter().map(|line| {
                        let indent = if line.is_empty() { "" } else { &inner };
                        format!("{}{indent}{line}", self.newline)
                    });
                    (format!(" {header}"), below.collect())
                }
                None => (format!(" {}", self.inline(value, Around::Block, Quotes::Fewest)), String::new()),
            },
            Literal::List(items) if !items.is_empty() => {
                let below =
                    items.iter().map(|item| format!("{}{}", self.newline, self.item(item, &inner, false)));
                (String::new(), below.collect())
            }
            Literal::Map(entries) if !entries.is_empty() => {
                let below = entries.iter().map(|(key, value)| {
                    format!("{}{}", self.newline, self.lines(&[key.as_str()], value, &inner))
                });
                (String::new(), below.collect())
            }
            value => (format!(" {}", self.inline(value, Around::Block, Quotes::Fewest)), String::new()),
        }
    }

    /// The lines of an item of a list; `inline` keeps a mapping on one line.
    pub(super) fn item(&self, item: &Literal, indent: &str, inline: bool) -> String {
        match item {
            Literal::Map(entries) if !inline && !entries.is_empty() => {
                let inner = format!("{indent}  ");
                let lines: Vec<String> =
                    entries.iter().map(|(key, value)| self.lines(&[key.as_str()], value, &inner)).collect();
                let lines = lines.join(self.newline);
                format!("{indent}- {}", lines.trim_start_matches(' '))
            }
            item => format!("{indent}- {}", self.inline(item, Around::Block, Quotes::Fewest)),
        }
    }
}

/// The line break that a text uses.
fn newline(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) => "\r\n",
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with('\r')) => "\r",
        _ => "\n",
    }
}

/// The white space before an offset, if nothing else stands before it on its line.
pub(super) fn indent(source: &Source, offset: usize) -> Option<&str> {
    let line = source.line_span(source.line_of(offset))?;
    let before = source.slice(Span::new(line.start as usize, offset));
    let before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
    before.chars().all(|c| matches!(c, ' ' | '\t')).then_some(before)
}

/// One step of indentation, as the first group inside another has it.
fn unit(document: &Document) -> Option<String> {
    let source = &document.source;
    let root = document.root.as_ref()?;
    let of = |node: &Node| {
        let first = node.as_map()?.iter().find(|entry| !entry.merged)?;
        indent(source, first.key_span.start as usize)
    };
    let outer = of(root)?;
    if !outer.is_empty() {
        // JSON: the root's own brackets are one step out.
        return Some(outer.to_owned());
    }
    root.as_map()?.iter().filter(|entry| !entry.merged).find_map(|entry| {
        let inner = match &entry.value.value {
            Value::Map(_) => of(&entry.value)?,
            _ => return None,
        };
        (!inner.is_empty() && !inner.contains('\t')).then(|| inner.to_owned())
    })
}
