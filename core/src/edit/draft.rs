//! Drafts: replacements that would put an answer into its place. Several are made where one could disturb
//! something; [`super::set`] takes the first that provably does not.

use super::literal::Literal;
use super::place::{Place, Step};
use super::scalar::{Around, Quotes};
use super::style::{Style, indent};
use crate::document::{Document, Entry, Format, Node, Value};
use crate::schema::{Field, Schema};
use crate::source::{Source, Span};

/// Replacements of bytes, none overlapping another.
pub(super) type Draft = Vec<(Span, String)>;

/// Makes drafts for one document.
pub(super) struct Drafter<'a> {
    pub(super) schema: &'a Schema,
    pub(super) document: &'a Document,
    pub(super) style: Style,
}

impl<'a> Drafter<'a> {
    pub(super) fn new(document: &'a Document, schema: &'a Schema) -> Self {
        Self { schema, document, style: Style::of(document) }
    }

    pub(super) fn source(&self) -> &'a Source {
        &self.document.source
    }

    /// Drafts that set an answer, the best first.
    pub(super) fn set(&self, place: &Place<'_>, steps: &[Step<'_>], value: &Literal) -> Vec<Draft> {
        let keys: Vec<&str> = steps.iter().map(|step| step.field.key.as_str()).collect();
        let after = |done: usize| keys.get(done..).unwrap_or_default();
        match place {
            Place::Nowhere(node) => vec![self.first(*node, &keys, value)],
            Place::Key { map, entry } => self.replace(map, entry, value),
            Place::Under { map, entry, done } => self.under(map, entry, after(*done), value),
            Place::Inside { map, done } => {
                let Some(field) = steps.get(*done).map(|step| step.field) else { return vec![] };
                if self.is_flow(map) {
                    self.in_flow(map, field, after(*done), value)
                } else {
                    self.in_block(map, field, after(*done), value)
                }
            }
        }
    }

    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.document.format == Format::Json || self.source().slice(node.span).starts_with(['{', '['])
    }

    /// Into a text that holds nothing but comments.
    fn first(&self, null: Option<&Node>, keys: &[&str], value: &Literal) -> Draft {
        let text = self.source().text();
        let newline = self.style.newline;
        let ends_line = text.is_empty() || text == "\u{FEFF}" || text.ends_with(['\n', '\r']);
        let json = self.document.format == Format::Json;
        let written =
            if json { self.style.group(keys, value, "") } else { self.style.lines(keys, value, "") };
        match null {
            Some(node) => vec![(node.span, written)],
            None if ends_line => vec![(Span::at(text.len()), format!("{written}{newline}"))],
            None => vec![(Span::at(text.len()), format!("{newline}{written}{newline}"))],
        }
    }

    /// Where the key is there already.
    fn replace(&self, map: &Node, entry: &Entry, value: &Literal) -> Vec<Draft> {
        let old = &entry.value;
        let written = self.source().slice(old.span);
        let quotes = match written.chars().next() {
            Some('"') => Quotes::Double,
            Some('\'') => Quotes::Single,
            _ => Quotes::Fewest,
        };
        let around = if self.is_flow(map) { Around::Flow } else { Around::Block };
        let flat = || self.style.inline(value, around, quotes);
        let key_indent = indent(self.source(), entry.key_span.start as usize);
        let mut drafts = vec![];
        let is_silent =
            matches!(&old.value, Value::Null) || matches!(&old.value, Value::List(items) if items.is_empty());
        if let (Around::Block, Some(key_indent)) = (around, key_indent)
            && (is_silent || quotes == Quotes::Fewest)
        {
            let (here, below) = self.style.value(value, key_indent);
            if !below.is_empty() {
                drafts.extend(self.below(entry, &here, &below));
            }
        }
        if around == Around::Flow && self.style.tall {
            let line = self.line_indent(entry.key_span.start as usize);
            drafts.push(self.fill(entry, &self.style.flow(&[], value, line)));
        }
        drafts.push(self.fill(entry, &flat()));
        drafts
    }

    /// Puts a value on its key's line in the place of what stands there.
    fn fill(&self, entry: &Entry, text: &str) -> Draft {
        let span = entry.value.span;
        if !span.is_empty() {
            return vec![(span, text.to_owned())];
        }
        let colon = if self.has_colon(entry) { " " } else { ": " };
        vec![(span, format!("{colon}{text}"))]
    }

    fn has_colon(&self, entry: &Entry) -> bool {
        let between = Span::new(entry.key_span.end as usize, entry.value.span.start as usize);
        self.source().slice(between).contains(':')
    }

    /// Puts a value on the lines below its key; `here` follows the colon.
    fn below(&self, entry: &Entry, here: &str, below: &str) -> Option<Draft> {
        let source = self.source();
        let span = entry.value.span;
        let between = source.slice(Span::new(entry.key_span.end as usize, span.start as usize));
        if between.contains('#') {
            return None;
        }
        let colon = entry.key_span.end as usize + between.find(':')? + 1;
        let end = source.line_span(source.line_of((span.end as usize).max(colon)))?.end as usize;
        let old = Span::new(colon, span.end as usize);
        let rest = source.slice(Span::new(old.end as usize, end));
        if rest.trim().is_empty() {
            return Some(vec![(Span::new(colon, end), format!("{here}{below}"))]);
        }
        Some(vec![(old, here.to_owned()), (Span::at(end), below.to_owned())])
    }

    /// Where a group's key stands without a value.
    fn under(&self, map: &Node, entry: &Entry, keys: &[&str], value: &Literal) -> Vec<Draft> {
        let flat = self.style.group(keys, value, self.line_indent(entry.key_span.start as usize));
        let mut drafts = vec![];
        if !self.is_flow(map)
            && let Some(indent) = indent(self.source(), entry.key_span.start as usize)
        {
            let inner = format!("{indent}{}", self.style.unit);
            let below = format!("{}{}", self.style.newline, self.style.lines(keys, value, &inner));
            drafts.extend(self.below(entry, "", &below));
        }
        drafts.push(self.fill(entry, &flat));
        drafts
    }

    /// The white space at the start of an offset's line.
    pub(super) fn line_indent(&self, offset: usize) -> &'a str {
        let line = self.source().line_span(self.source().line_of(offset)).unwrap_or_default();
        let text = self.source().slice(line).trim_start_matches('\u{FEFF}');
        let rest = text.trim_start_matches([' ', '\t']);
        text.get(..text.len() - rest.len()).unwrap_or_default()
    }

    /// The entries beside which a field belongs: the nearest before it by the schema, and the nearest after.
    fn neighbours<'d>(&self, map: &'d Node, field: &Field) -> (Option<&'d Entry>, Option<&'d Entry>) {
        let siblings = field.parent.map_or(&[][..], |parent| self.schema.children(self.schema.field(parent)));
        let place = |key: &str| siblings.iter().position(|id| self.schema.field(*id).key == key);
        let own = place(&field.key);
        let known = || own_entries(map).filter_map(|entry| Some((place(&entry.key)?, entry)));
        let before = known().filter(|(place, _)| Some(*place) < own).max_by_key(|(place, _)| *place);
        let after = known().filter(|(place, _)| Some(*place) > own).min_by_key(|(place, _)| *place);
        (before.map(|(_, entry)| entry), after.map(|(_, entry)| entry))
    }

    fn in_block(&self, map: &Node, field: &Field, keys: &[&str], value: &Literal) -> Vec<Draft> {
        let (before, after) = self.neighbours(map, field);
        let last = own_entries(map).max_by_key(|entry| entry.key_span.start);
        let first = own_entries(map).min_by_key(|entry| entry.key_span.start);
        let write = |beside: &Entry| {
            let indent = indent(self.source(), beside.key_span.start as usize)?;
            Some(self.style.lines(keys, value, indent))
        };
        let follow = |entry: &Entry| Some(self.lines_after(entry.key_span, entry.value.span, &write(entry)?));
        let precede = |entry: &Entry| self.lines_before(entry, &write(entry)?);
        let mut drafts: Vec<Draft> = vec![];
        drafts.extend(before.and_then(follow));
        if before.is_none() {
            drafts.extend(after.and_then(precede));
        }
        drafts.extend(last.and_then(follow));
        drafts.extend(first.and_then(precede));
        if last.is_none()
            && let Some(indent) = indent(self.source(), map.span.start as usize)
        {
            // Only a merge key stands there.
            let lines = self.style.lines(keys, value, indent);
            drafts.push(self.lines_after(Span::at(map.span.start as usize), map.span, &lines));
        }
        drafts
    }

    /// Lines after a key or an item and everything that belongs to it: comments that are indented deeper too.
    pub(super) fn lines_after(&self, key: Span, value: Span, lines: &str) -> Draft {
        let source = self.source();
        let column = source.line_column(key.start as usize).column;
        let mut line = source.line_of(key.end.max(value.end) as usize);
        let mut next = line + 1;
        while let Some(span) = source.line_span(next) {
            let text = source.slice(span);
            let comment = text.trim_start();
            let deep = text.len() - comment.len() >= column as usize;
            match (comment.is_empty(), comment.starts_with('#') && deep) {
                (true, _) => {}
                (false, true) => line = next,
                (false, false) => break,
            }
            next += 1;
        }
        let newline = self.style.newline;
        match source.line_span(line + 1) {
            // The last line has no line break, and needs none.
            None => vec![(Span::at(source.text().len()), format!("{newline}{lines}"))],
            Some(after) => vec![(Span::at(after.start as usize), format!("{lines}{newline}"))],
        }
    }

    /// Lines before a key and the comment above it. A comment that opens the file is about the file.
    fn lines_before(&self, entry: &Entry, lines: &str) -> Option<Draft> {
        let source = self.source();
        let own = source.line_of(entry.key_span.start as usize);
        let mut line = own;
        while let Some(above) = line.checked_sub(1) {
            let text = source.slice(source.line_span(above)?);
            if !text.trim_start_matches('\u{FEFF}').trim_start().starts_with('#') {
                break;
            }
            line = above;
        }
        let line = if line == 0 { own } else { line };
        let span = source.line_span(line)?;
        let mark = if source.slice(span).starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Some(vec![(Span::at(span.start as usize + mark), format!("{lines}{}", self.style.newline))])
    }

    fn in_flow(&self, map: &Node, field: &Field, keys: &[&str], value: &Literal) -> Vec<Draft> {
        let (before, after) = self.neighbours(map, field);
        let span_of = |entry: &Entry| entry.key_span.to(entry.value.span);
        let last = own_entries(map).max_by_key(|entry| entry.key_span.start);
        let write = |indent: &str| self.style.flow(keys, value, indent);
        let mut drafts = vec![];
        if let Some(before) = before {
            drafts.extend(self.flow_after(span_of(before), &write));
        } else if let Some(after) = after {
            drafts.push(self.flow_before(span_of(after), &write));
        }
        match last {
            Some(last) => drafts.extend(self.flow_after(span_of(last), &write)),
            None => drafts.push(self.flow_only(map, &write)),
        }
        drafts
    }

    /// After a part of a list or mapping in brackets.
    pub(super) fn flow_after(&self, part: Span, write: &dyn Fn(&str) -> String) -> Option<Draft> {
        let source = self.source();
        let end = part.end as usize;
        let Some(indent) = indent(source, part.start as usize) else {
            let text = write(self.line_indent(part.start as usize));
            return Some(vec![(Span::at(end), format!("{}{text}", self.style.comma))]);
        };
        let text = write(indent);
        let (newline, rest) = (self.style.newline, source.text().get(end..)?);
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let comma = rest.get(blanks..)?.starts_with(',');
        let after = if comma { end + blanks + 1 } else { end };
        let line_end = source.line_span(source.line_of(after))?.end as usize;
        let remark = source.slice(Span::new(after, line_end)).trim_start();
        Some(match (comma, remark.is_empty(), remark.starts_with('#')) {
            (true, true, _) | (true, _, true) => {
                vec![(Span::at(line_end), format!("{newline}{indent}{text},"))]
            }
            (false, _, true) => {
                vec![
                    (Span::at(end), ",".to_owned()),
                    (Span::at(line_end), format!("{newline}{indent}{text}")),
                ]
            }
            _ => vec![(Span::at(end), format!(",{newline}{indent}{text}"))],
        })
    }

    fn flow_before(&self, part: Span, write: &dyn Fn(&str) -> String) -> Draft {
        let start = part.start as usize;
        let text = match indent(self.source(), start) {
            Some(indent) => format!("{},{}{indent}", write(indent), self.style.newline),
            None => format!("{}{}", write(self.line_indent(start)), self.style.comma),
        };
        vec![(Span::at(start), text)]
    }

    /// Between brackets with nothing in them.
    pub(super) fn flow_only(&self, container: &Node, write: &dyn Fn(&str) -> String) -> Draft {
        let span = container.span;
        let (open, close) = (span.start as usize + 1, (span.end as usize).saturating_sub(1));
        let inside = Span::new(open, close.max(open));
        let outer = self.line_indent(span.start as usize);
        if !self.source().slice(inside).trim().is_empty() {
            return vec![(Span::at(open), format!(" {} ", write(outer)))];
        }
        let text = if self.style.tall {
            let (newline, inner) = (self.style.newline, format!("{outer}{}", self.style.unit));
            format!("{newline}{inner}{}{newline}{outer}", write(&inner))
        } else if self.style.quoted || matches!(container.value, Value::List(_)) {
            write(outer)
        } else {
            format!(" {} ", write(outer))
        };
        vec![(inside, text)]
    }
}

/// The entries that are written in a mapping itself.
pub(super) fn own_entries(map: &Node) -> impl Iterator<Item = &Entry> {
    map.as_map().unwrap_or_default().iter().filter(|entry| !entry.merged)
}
