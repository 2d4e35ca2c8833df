//! One type for everything wrong with any source, whoever found it and whoever shows it.
//!
//! Messages are lowercase, end without a full stop, put what the user typed in backticks and name no Rust
//! type. A [`Code`] is `stage/fault`, stable, and documented.

use crate::source::Location;
use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to know; nothing is wrong.
    Info,
    /// Probably not what was meant; the answer still counts.
    Warning,
    /// Wrong: the part that it names does not count.
    Error,
}

impl Severity {
    /// Its name on the wire and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A stable name for a kind of fault: `stage/fault`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A second place that helps to understand the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub location: Location,
    /// By what.
    pub text: String,
}

/// A change that would mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What it does, as a menu entry: "replace with `restricted`".
    pub title: String,
    /// The replacements, none overlapping another.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// The fix that replaces one place with `text`.
    pub fn replace(location: Location, text: &str) -> Self {
        let title = format!("replace with `{text}`");
        Self { title, edits: vec![Edit { location, text: text.to_owned() }] }
    }
}

/// Something wrong, or worth knowing, at a place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of fault.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What happened.
    pub message: String,
    /// Where.
    pub location: Location,
    /// What stands at the place, in a few words; shown beside the underline.
    pub note: Option<String>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// Changes that would mend it, the best first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic with a message and a place; the rest is added with the methods below.
    pub fn new(severity: Severity, code: Code, location: Location, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, severity, message, location, note: None, labels: vec![], help: None, fixes: vec![] }
    }

    /// An error: what it names does not count.
    pub fn error(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, location, message)
    }

    /// A warning: what it names counts, but is probably not meant.
    pub fn warning(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, location, message)
    }

    /// Adds what is to be seen at the place itself.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, location: Location, message: impl Into<String>) -> Self {
        self.labels.push(Label { location, message: message.into() });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a change that would mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the one order that every host shows: by source, place, code, message.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (&a.location, a.code, &a.message).cmp(&(&b.location, b.code, &b.message)));
}
