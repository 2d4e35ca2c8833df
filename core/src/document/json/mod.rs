//! JSON (RFC 8259) by recursive descent, going on after every mistake.
//!
//! What a mistake makes doubtful is [`Value::Broken`]; what it leaves plain (a comma is missing, a key has
//! no quotes) is read as it was meant, and reported all the same.

mod brackets;
mod lexical;
mod missing;

use super::characters::clean;
use super::expand::{holds, too_deep};
use super::explain::closing_of;
use super::faults::{Faults, quoted};
use super::keys::mark_duplicates;
use super::limits::Limits;
use super::{Entry, Node, Value, codes};
use crate::source::Span;

/// Reads JSON: the tree, and what was passed over. With `lossy`, the text was decoded with replacement
/// characters, and values that hold one are not trusted.
pub(super) fn read(
    text: &str,
    lossy: bool,
    limits: &Limits,
    faults: &mut Faults<'_>,
) -> (Option<Node>, Vec<Span>) {
    let cleaned = clean(text, lossy, faults);
    let mut parser = Parser {
        text: &cleaned.text,
        untrusted: &cleaned.untrusted,
        position: if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 },
        open: vec![],
        nodes_left: limits.max_nodes,
        depth_limit: limits.depth(),
        max_nodes: limits.max_nodes,
        after_unclosed: false,
        skipped: vec![],
        faults,
    };
    parser.white_space();
    let root = if parser.at_end() { None } else { Some(parser.root()) };
    (root, parser.skipped)
}

/// What stands before the next item.
#[derive(Clone, Copy)]
enum Separator {
    /// Nothing that needs a comma.
    Start,
    /// A comma, and where.
    Comma(usize),
    /// An item without a comma after it.
    None(Span),
}

struct Parser<'t, 'f, 's> {
    text: &'t str,
    untrusted: &'t [usize],
    position: usize,
    /// The brackets that are open, outermost first.
    open: Vec<char>,
    nodes_left: usize,
    depth_limit: usize,
    max_nodes: usize,
    /// A list or text just ended because a bracket or quote was missing: that a comma is missing too is no
    /// news.
    after_unclosed: bool,
    skipped: Vec<Span>,
    faults: &'f mut Faults<'s>,
}

impl Parser<'_, '_, '_> {
    fn root(&mut self) -> Node {
        let root = self.value();
        self.white_space();
        if !self.at_end() {
            self.text_after_root();
        }
        root
    }

    fn text_after_root(&mut self) {
        let start = self.position;
        let rest = Span::new(start, start + self.rest().trim_end().len());
        let line = self.rest().split(['\n', '\r']).next().unwrap_or_default().trim_end();
        let place = Span::new(start, start + line.len());
        let fault = match self.peek() {
            Some(bracket @ (']' | '}')) => self
                .faults
                .error(
                    codes::UNEXPECTED_BRACKET,
                    Span::new(start, start + 1),
                    format!("`{bracket}` closes nothing"),
                )
                .help("remove it; what stands after it is not read"),
            Some('{' | '[' | '"') => self
                .faults
                .error(codes::SEVERAL_DOCUMENTS, place, "a second value starts here; only the first is read")
                .help("put both in a list, or each in a file of its own"),
            _ => self
                .faults
                .error(codes::SYNTAX, place, "there is text after the end of the value")
                .help("remove it; it is not read"),
        };
        self.faults.report(fault);
        self.skipped.push(rest);
    }

    /// A value. The caller has made sure that there is text left.
    fn value(&mut self) -> Node {
        let start = self.position;
        if self.nodes_left == 0 {
            return self.too_many_values();
        }
        self.nodes_left -= 1;
        match self.peek() {
            Some('{' | '[') if self.open.len() >= self.depth_limit => self.skip_too_deep(),
            Some('{') => self.object(),
            Some('[') => self.array(),
            Some('"' | '\'') => {
                let text = self.string(false);
                let sound = text.sound && !holds(self.untrusted, text.span);
                Node::new(text.span, if sound { Value::Text(text.text) } else { Value::Broken })
            }
            Some('-' | '+' | '.' | '0'..='9') => self.number(),
            Some(_) => self.word(),
            None => Node::new(Span::at(start), Value::Broken),
        }
    }

    fn array(&mut self) -> Node {
        let start = self.enter('[');
        let mut items: Vec<Node> = vec![];
        let mut before = Separator::Start;
        let closed = loop {
            self.white_space();
            match self.peek() {
                None => {
                    self.unclosed(start, '[');
                    break false;
                }
                Some(']') => {
                    self.close(before);
                    break true;
                }
                Some('}') => {
                    let here = self.position;
                    if self.ends_outer(start, '[') {
                        break self.position > here;
                    }
                    before = self.separator(before);
                }
                Some(',') => {
                    items.push(Node::new(Span::at(self.position), Value::Broken));
                    before = self.doubled_comma();
                }
                Some(':') => self.unexpected_character(),
                Some(_) => {
                    let from = self.position;
                    let excused = std::mem::take(&mut self.after_unclosed);
                    let item = self.value();
                    if self.is_key_of_outer(&item) {
                        self.position = from;
                        self.after_unclosed = true;
                        self.unclosed(start, '[');
                        break false;
                    }
                    if !excused {
                        self.missing_comma(from, before);
                    }
                    before = self.separator(Separator::None(item.span));
                    items.push(item);
                }
            }
        };
        if !closed && items.last().is_none_or(|last| last.value != Value::Broken) {
            // Nobody should take it for complete.
            let read = self.text.get(..self.position).unwrap_or_default().trim_end();
            items.push(Node::new(Span::at(read.len()), Value::Broken));
        }
        self.leave(start, Value::List(items))
    }

    fn object(&mut self) -> Node {
        let start = self.enter('{');
        let mut entries: Vec<Entry> = vec![];
        let mut before = Separator::Start;
        loop {
            self.white_space();
            match self.peek() {
                None => break self.unclosed(start, '{'),
                Some('}') => break self.close(before),
                Some(']') => {
                    if self.ends_outer(start, '{') {
                        break;
                    }
                    before = self.separator(before);
                }
                Some(',') => before = self.doubled_comma(),
                Some(':' | '{' | '[') => {
                    self.not_a_key();
                    before = self.separator(Separator::Start);
                }
                Some(_) => {
                    if !std::mem::take(&mut self.after_unclosed) {
                        self.missing_comma(self.position, before);
                    }
                    let from = self.position;
                    let read = match self.entry() {
                        Some(entry) => {
                            let read = entry.key_span.to(entry.value.span);
                            entries.push(entry);
                            read
                        }
                        None => Span::new(from, self.position),
                    };
                    before = self.separator(Separator::None(read));
                }
            }
        }
        mark_duplicates(&mut entries, self.faults);
        self.leave(start, Value::Map(entries))
    }

    /// Passes over the closing bracket.
    fn close(&mut self, before: Separator) {
        if let Separator::Comma(comma) = before {
            self.trailing_comma(comma);
        }
        self.position += 1;
    }

    fn entry(&mut self) -> Option<Entry> {
        let key = self.key()?;
        self.white_space();
        let has_colon = self.colon(key.span);
        let after = if has_colon { self.position } else { key.span.end as usize };
        self.white_space();
        let value = match self.peek() {
            None | Some(',' | '}' | ']') => {
                if has_colon {
                    self.missing_value(key.span, "after this key");
                }
                Node::new(Span::at(after), Value::Broken)
            }
            Some(_) => {
                let from = self.position;
                let value = self.value();
                // `"a":` and, on the next line, `"b": 1`.
                if self.is_next_key(&value) {
                    self.position = from;
                    self.after_unclosed = true;
                    if has_colon {
                        self.missing_value(key.span, "after this key");
                    }
                    Node::new(Span::at(after), Value::Broken)
                } else {
                    value
                }
            }
        };
        Some(Entry { key: key.text, key_span: key.span, value, duplicate: false, merged: false })
    }

    /// Passes over the colon after a key; false where there is none.
    fn colon(&mut self, key: Span) -> bool {
        match self.peek() {
            Some(':') => {
                self.position += 1;
                return true;
            }
            Some('=') => {
                let here = self.position;
                let arrow = if self.rest().starts_with("=>") { 2 } else { 1 };
                let span = Span::new(here, here + arrow);
                let fault =
                    self.faults.error(codes::MISSING_COLON, span, "a key and its value are joined by `:`");
                let fix = self.faults.fix("replace with `:`", span, ":");
                self.faults.report(fault.fix(fix));
                self.position += arrow;
                return true;
            }
            _ => {}
        }
        if std::mem::take(&mut self.after_unclosed) {
            return false;
        }
        let fault = self
            .faults
            .error(codes::MISSING_COLON, key, "this key has no `:` after it")
            .help("write the key, a colon, and the value");
        let fix = self.faults.fix("insert `:`", Span::at(key.end as usize), ":");
        self.faults.report(fault.fix(fix));
        false
    }

    /// Passes over a comma; without one, what stood `before` is what is known.
    fn separator(&mut self, before: Separator) -> Separator {
        self.white_space();
        let here = self.position;
        match self.peek() {
            Some(',') => {}
            Some(';') => {
                let span = Span::new(here, here + 1);
                let fault =
                    self.faults.error(codes::MISSING_COMMA, span, "items are separated by `,`, not `;`");
                let fix = self.faults.fix("replace with `,`", span, ",");
                self.faults.report(fault.fix(fix));
            }
            _ => return before,
        }
        self.position += 1;
        Separator::Comma(here)
    }

    /// At a comma before which nothing stands.
    fn doubled_comma(&mut self) -> Separator {
        let here = self.position;
        self.missing_value(Span::new(here, here + 1), "before this comma");
        self.position += 1;
        Separator::Start
    }

    fn enter(&mut self, bracket: char) -> usize {
        let start = self.position;
        self.open.push(bracket);
        self.position += 1;
        self.after_unclosed = false;
        start
    }

    fn leave(&mut self, start: usize, value: Value) -> Node {
        self.open.pop();
        // An unclosed one ends before the white space that made its end visible.
        let read = self.text.get(start..self.position).unwrap_or_default();
        let end = if read.ends_with([']', '}']) { self.position } else { start + read.trim_end().len() };
        Node::new(Span::new(start, end), value)
    }

    /// Whether a value that was read is the next key, not a value: it stands before a colon.
    fn is_next_key(&mut self, value: &Node) -> bool {
        if value.span.is_empty()
            || !self.text.get(value.span.range()).is_some_and(|text| text.starts_with(['"', '\'']))
        {
            return false;
        }
        self.rest().trim_start().starts_with(':')
    }

    /// Whether an item that was read in a list is a key of the object around the list.
    fn is_key_of_outer(&mut self, item: &Node) -> bool {
        self.open.contains(&'{') && self.is_next_key(item)
    }

    fn too_many_values(&mut self) -> Node {
        let here = self.position;
        let message = format!("the document holds more than {} values", self.max_nodes);
        let fault = self.faults.error(codes::TOO_MANY_VALUES, Span::at(here), message);
        self.faults.report(fault.help("what stands after this is not read"));
        let end = here + self.rest().trim_end().len();
        self.skipped.push(Span::new(here, end));
        self.stop();
        Node::new(Span::at(here), Value::Broken)
    }

    /// Goes to the end of the text, as if it were closed in order: what is wrong was said.
    fn stop(&mut self) {
        self.position = self.text.len();
        self.open.iter_mut().for_each(|open| *open = ' ');
    }

    fn not_a_key(&mut self) {
        let here = self.position;
        let found = self.peek().unwrap_or_default();
        let fault = self.faults.error(
            codes::SYNTAX,
            Span::new(here, here + 1),
            format!("a key in double quotes belongs here, not `{found}`"),
        );
        self.faults.report(fault);
        if matches!(found, '{' | '[') {
            // Read it, so that its brackets close, and forget it.
            let from = self.position;
            self.value();
            self.white_space();
            if self.peek() == Some(':') {
                self.position += 1;
                self.white_space();
                if !matches!(self.peek(), None | Some(',' | '}' | ']')) {
                    self.value();
                }
            }
            self.skipped.push(Span::new(from, self.position));
        } else {
            self.position += 1;
        }
    }

    fn unexpected_character(&mut self) {
        let here = self.position;
        let found = self.rest().chars().next().unwrap_or_default();
        let span = Span::new(here, here + found.len_utf8());
        let fault = self.faults.error(
            codes::SYNTAX,
            span,
            format!("{} does not belong here", quoted(found.encode_utf8(&mut [0; 4]))),
        );
        self.faults.report(fault);
        self.skipped.push(span);
        self.position = span.end as usize;
    }
}
