//! Reading a mapping of a pack file as a record: typed keys, each with its span, and a diagnostic for every
//! key that is missing, unknown or of the wrong kind.

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::document::{Entry, Node, Value};
use crate::source::{Places, Span};
use crate::suggest;

/// A key that a pack file must have is missing: a role without `title`.
pub const MISSING_KEY: Code = Code("pack/missing-key");
/// A key of a pack file that means nothing: `titel`.
pub const UNKNOWN_KEY: Code = Code("pack/unknown-key");
/// A value of a pack file that is of the wrong kind: `on_top: perhaps`.
pub const WRONG_VALUE: Code = Code("pack/wrong-value");

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands, in the file that it was read from.
    pub span: Span,
}

/// A mapping that is being read. Keys that were never asked for are reported by [`Record::finish`].
pub struct Record<'a, 'd> {
    source: &'a dyn Places,
    what: String,
    span: Span,
    entries: &'a [Entry],
    asked: Vec<&'static str>,
    out: &'d mut Vec<Diagnostic>,
}

impl<'a, 'd> Record<'a, 'd> {
    /// Starts to read `node`, which `what` names for people. A node that is no mapping reads as an empty one.
    pub fn new(
        source: &'a dyn Places,
        node: &'a Node,
        what: impl Into<String>,
        out: &'d mut Vec<Diagnostic>,
    ) -> Self {
        let what = what.into();
        let entries = node.as_map();
        if entries.is_none() && !node.is_silent() {
            let message = format!("{what} is {}, but must be a mapping", node.value.kind());
            out.push(Diagnostic::error(WRONG_VALUE, source.locate(node.span), message));
        }
        Self { source, what, span: node.span, entries: entries.unwrap_or_default(), asked: vec![], out }
    }

    /// Reports something about a place of this file.
    pub fn error(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.out.push(Diagnostic::error(code, self.source.locate(span), message));
        self.out.last_mut().expect("a diagnostic was pushed in the line above")
    }

    /// The diagnostics so far, for a reader of a part.
    pub fn out(&mut self) -> &mut Vec<Diagnostic> {
        self.out
    }

    /// Where the record stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The value of a key, whatever it is; `null` is as good as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        let entry = self.entries.iter().find(|entry| entry.key == key && !entry.duplicate)?;
        (!entry.value.is_silent()).then_some(&entry.value)
    }

    fn wrong<T>(&mut self, key: &str, span: Span, wants: &str) -> Option<T> {
        let message = format!("`{key}` of {} must be {wants}", self.what);
        self.error(WRONG_VALUE, span, message);
        None
    }

    /// Text, if it is there.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Text(text) => Some(Spanned { value: text.clone(), span: node.span }),
            // `version: 1.0` is a number to YAML and a text to whoever wrote it.
            Value::Number(text) => Some(Spanned { value: text.clone(), span: node.span }),
            _ => self.wrong(key, node.span, "text"),
        }
    }

    /// Text that must be there.
    pub fn needs_text(&mut self, key: &'static str) -> Spanned<String> {
        let text = self.text(key);
        let present = self.node(key).is_some();
        text.unwrap_or_else(|| {
            let span = self.span;
            if !present {
                let message = format!("{} has no `{key}`", self.what);
                self.error(MISSING_KEY, Span::new(span.start as usize, span.start as usize), message);
            }
            Spanned { value: String::new(), span }
        })
    }

    /// True or false; absent is false.
    pub fn flag(&mut self, key: &'static str) -> bool {
        match self.node(key) {
            None => false,
            Some(node) => {
                node.as_bool().or_else(|| self.wrong(key, node.span, "`true` or `false`")).unwrap_or(false)
            }
        }
    }

    /// A whole number, if it is there.
    pub fn int(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        let node = self.node(key)?;
        match node.as_int() {
            Some(value) => Some(Spanned { value, span: node.span }),
            None => self.wrong(key, node.span, "a whole number"),
        }
    }

    /// A list of texts; one text is a list of one, absent is empty.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key) else { return vec![] };
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        let mut texts = vec![];
        for item in items {
            match item.as_text() {
                Some(text) => texts.push(Spanned { value: text.to_owned(), span: item.span }),
                None => {
                    self.wrong::<()>(key, item.span, "a list of texts");
                }
            }
        }
        texts
    }

    /// The entries of a mapping under a key; absent is empty.
    pub fn entries(&mut self, key: &'static str) -> &'a [Entry] {
        let Some(node) = self.node(key) else { return &[] };
        match node.as_map() {
            Some(entries) => entries,
            None => {
                self.wrong::<()>(key, node.span, "a mapping");
                &[]
            }
        }
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&entry.key.as_str())) {
            let at = self.source.locate(entry.key_span);
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let mut diagnostic = Diagnostic::error(UNKNOWN_KEY, at.clone(), message);
            // `{ because: one, two }` is two keys to YAML.
            let is_words = entry.key.contains(' ') && entry.value.is_silent() && entry.value.span.is_empty();
            diagnostic = match suggest::nearest(&entry.key, self.asked.iter().copied()) {
                Some(known) => {
                    diagnostic.help(format!("did you mean `{known}`?")).fix(Fix::replace(at, known))
                }
                None if is_words => diagnostic.help(
                    "if it belongs to the text before it: between braces, a text with a comma needs quotes",
                ),
                None => {
                    // A reader may ask twice for one key.
                    let asked: std::collections::BTreeSet<&str> = self.asked.iter().copied().collect();
                    diagnostic.help(format!("it may have {}", suggest::all_of(asked)))
                }
            };
            self.out.push(diagnostic);
        }
    }
}
