//! Snippets: keys with what they want, written as the text around them is.

use super::analysis::Known;
use super::spot::wants;
use remit_core::document::{self, Format, Limits};
use remit_core::schema::{Field, Kind};
use remit_core::source::Source;

/// Writes fields as snippets; its tab stops are numbered in the order of writing.
pub(super) struct Writer {
    json: bool,
    /// The column of keys; `None` inside brackets.
    column: Option<usize>,
    unit: usize,
    newline: &'static str,
    stops: usize,
}

impl Writer {
    pub(super) fn new(text: &str, json: bool, column: Option<usize>) -> Self {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Self { json, column, unit: unit(text), newline, stops: 0 }
    }

    /// A key, as it is written here.
    pub(super) fn key(&self, key: &str) -> String {
        quoted(key, self.json, self.column.is_none())
    }

    fn stop(&mut self) -> usize {
        self.stops += 1;
        self.stops
    }

    /// A key, its colon, and what it wants.
    pub(super) fn field(&mut self, known: Known<'_>, field: &Field) -> String {
        let key = escape(&self.key(&field.key));
        let value = self.inside(known, field);
        let blank = if value.starts_with(['\n', '\r']) { "" } else { " " };
        format!("{key}:{blank}{value}")
    }

    /// What stands behind a key's colon.
    pub(super) fn inside(&mut self, known: Known<'_>, field: &Field) -> String {
        match &field.kind {
            Kind::Group(_) => self.group(known, field),
            Kind::List { item, .. } => {
                let item = known.schema().field(*item);
                match self.column {
                    None => format!("[{}]", self.nested(known, item)),
                    Some(column) => {
                        let indent = column + self.unit;
                        self.column = Some(indent);
                        let item = self.item(known, item);
                        self.column = Some(column);
                        format!("{}{}- {item}", self.newline, " ".repeat(indent))
                    }
                }
            }
            _ => self.value(field),
        }
    }

    /// An item of a list whose dash stands in the writer's column.
    pub(super) fn item(&mut self, known: Known<'_>, item: &Field) -> String {
        let Some(column) = self.column else { return self.nested(known, item) };
        if !matches!(item.kind, Kind::Group(_)) {
            return self.value(item);
        }
        self.column = Some(column + 2);
        let mut keys: Vec<String> =
            wanted(known, item).into_iter().map(|field| self.field(known, field)).collect();
        self.column = Some(column);
        if keys.is_empty() {
            keys.push(format!("${}", self.stop()));
        }
        keys.join(&format!("{}{}", self.newline, " ".repeat(column + 2)))
    }

    fn group(&mut self, known: Known<'_>, field: &Field) -> String {
        let Some(column) = self.column else { return self.nested(known, field) };
        let indent = column + self.unit;
        self.column = Some(indent);
        let fields = wanted(known, field);
        let mut text = String::new();
        for field in &fields {
            let line = self.field(known, field);
            text.push_str(&format!("{}{}{line}", self.newline, " ".repeat(indent)));
        }
        if fields.is_empty() {
            let stop = self.stop();
            text.push_str(&format!("{}{}${stop}", self.newline, " ".repeat(indent)));
        }
        self.column = Some(column);
        text
    }

    /// A group inside brackets.
    fn nested(&mut self, known: Known<'_>, field: &Field) -> String {
        if !matches!(field.kind, Kind::Group(_)) {
            return self.value(field);
        }
        let column = self.column.take();
        let fields = wanted(known, field);
        let keys: Vec<String> = fields.into_iter().map(|field| self.field(known, field)).collect();
        self.column = column;
        if keys.is_empty() {
            let stop = self.stop();
            return format!("{{ ${stop} \\}}");
        }
        format!("{{ {} \\}}", keys.join(", "))
    }

    fn value(&mut self, field: &Field) -> String {
        let stop = self.stop();
        let flow = self.column.is_none();
        match &field.kind {
            Kind::Bool => format!("${{{stop}|true,false|}}"),
            Kind::Choice(choices) => {
                let values: Vec<String> =
                    choices.names().map(|name| choice(&quoted(name, self.json, flow))).collect();
                format!("${{{stop}|{}|}}", values.join(","))
            }
            Kind::Text(_) if self.json => format!("\"${stop}\""),
            _ => format!("${stop}"),
        }
    }
}

/// The fields of a group that a new one starts with: what it wants, of what is asked; where it wants nothing,
/// what could change the decision.
fn wanted<'a>(known: Known<'a>, group: &Field) -> Vec<&'a Field> {
    let schema = known.schema();
    let asked = |field: &&Field| {
        field.applies.as_ref().and_then(|applies| known.facts().applies(applies)) != Some(false)
    };
    let required: Vec<&Field> = wants(schema, group).into_iter().filter(asked).collect();
    if !required.is_empty() {
        return required;
    }
    let questions = known.decision().questions.iter().map(|question| schema.slot(question.slot));
    let mut open: Vec<&Field> = questions.filter(|field| field.parent == Some(group.id)).collect();
    open.sort_by_key(|field| field.id);
    open
}

/// A text inside a snippet.
pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// A text among a snippet's choices.
fn choice(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|").replace('$', "\\$").replace('}', "\\}")
}

/// A text as it is written as a value: bare where that means the same, else in double quotes.
pub(super) fn quoted(text: &str, json: bool, flow: bool) -> String {
    let bare = |text: &str| {
        let written = if flow { format!("a: {{b: {text}}}") } else { format!("a: {text}") };
        let document = document::parse(Source::new("", &written), Format::Yaml, &Limits::default());
        let node = document.root.as_ref().and_then(|root| root.get("a"));
        let node = if flow { node.and_then(|node| node.get("b")) } else { node };
        document.is_clean() && node.and_then(|node| node.as_text()) == Some(text)
    };
    let words = text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '_')
        && text.starts_with(|c: char| c.is_ascii_lowercase());
    let keyword = matches!(text, "true" | "false" | "null");
    if !json && (words && !keyword || bare(text)) {
        return text.to_owned();
    }
    serde_json::to_string(text).unwrap_or_else(|_| format!("\"{}\"", text.escape_default()))
}

/// The number of blanks by which this text indents.
pub(super) fn unit(text: &str) -> usize {
    let mut last = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if indent > last {
            return (indent - last).min(8);
        }
        last = indent;
    }
    2
}
