//! What the service answers: plain data, with files by id and places by byte offset.
//!
//! No type of an editor protocol is here; a host converts. Texts are Markdown where a field says so, else plain.

use remit_core::cases::codes::FAILED;
use serde::{Deserialize, Serialize};

macro_rules! answers {
    ($($(#[$meta:meta])* $kind:ident $name:ident { $($body:tt)* })*) => {
        $(
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            $(#[$meta])*
            pub $kind $name { $($body)* }
        )*
    };
}

answers! {
    /// A range of bytes in one file: `start` is the first byte, `end` the one after the last. Both lie on
    /// boundaries of characters.
    #[derive(Copy, PartialOrd, Ord, Hash, Default)]
    struct Span {
        /// Offset of the first byte.
        pub start: u32,
        /// Offset of the byte after the last one.
        pub end: u32,
    }

    /// A range in a file.
    #[derive(PartialOrd, Ord, Hash)]
    struct Place {
        /// Which file, by the host's id, or an id below [`DEFAULT_PACK`](crate::DEFAULT_PACK).
        pub file: String,
        /// Where in it.
        pub span: Span,
    }

    /// How much attention something wants.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    #[serde(rename_all = "snake_case")]
    enum Severity {
        /// A faint mark: something that could be done.
        Hint,
        /// Something to know.
        Info,
        /// Probably not meant.
        Warning,
        /// Wrong.
        Error,
    }

    /// Something wrong with a file, or worth knowing.
    struct Diagnostic {
        /// Stable code: `intake/unknown-choice`.
        pub code: String,
        /// How bad.
        pub severity: Severity,
        /// What happened, in one line.
        pub message: String,
        /// Where, in the file that was asked about.
        pub span: Span,
        /// What to do about it.
        pub help: Option<String>,
        /// Other places that explain it.
        pub related: Vec<Related>,
        /// Changes that would mend it, the best first.
        pub fixes: Vec<Fix>,
    }

    /// A second place that helps to understand a diagnostic.
    struct Related {
        /// Where.
        pub place: Place,
        /// What is to be seen there.
        pub message: String,
    }

    /// One replacement of text; an empty span inserts.
    #[derive(PartialOrd, Ord)]
    struct Edit {
        /// What is replaced.
        pub place: Place,
        /// By what.
        pub text: String,
    }

    /// A change that would mend something.
    struct Fix {
        /// What it does, as a menu entry.
        pub title: String,
        /// The replacements; none overlaps another, and all speak of the text as it was.
        pub edits: Vec<Edit>,
    }

    /// Something that could stand at the cursor.
    struct Completion {
        /// What the list shows.
        pub label: String,
        /// What it is.
        pub kind: CompletionKind,
        /// A few words beside the label.
        pub detail: Option<String>,
        /// More about it, in Markdown.
        pub documentation: Option<String>,
        /// What is replaced: it holds the cursor and ends on its line.
        pub span: Span,
        /// By what. Lines after the first are indented as they shall stand in the file; nothing is to be added.
        pub text: String,
        /// `text` is a snippet: `$1`, `${1:hint}`, `${1|a,b|}`, `$0`; a literal `$`, `}` or `\` has a `\` before it.
        pub snippet: bool,
        /// Further replacements elsewhere in the same file, such as a comma before the cursor.
        pub more: Vec<Edit>,
        /// What the typed text is compared with, where that is not the label.
        pub filter: Option<String>,
        /// The place in the list, from 0.
        pub rank: u32,
        /// Ask for completions again once this one is accepted: a value comes next.
        pub again: bool,
    }

    /// What a completion is.
    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    enum CompletionKind {
        /// A field of an intake, or a key of a pack file.
        Field,
        /// A group of fields.
        Group,
        /// One of a field's choices.
        Choice,
        /// A plain value: `true`, a date, a text that was used before.
        Value,
        /// An entry of the catalogue.
        Entry,
        /// A method of a rule.
        Method,
        /// A function.
        Function,
        /// A constant or variable.
        Variable,
        /// A word of the language.
        Keyword,
        /// A whole piece of text, such as a rule.
        Snippet,
    }

    /// What is to be known about a place.
    struct Hover {
        /// What it speaks of.
        pub span: Span,
        /// Markdown.
        pub markdown: String,
    }

    /// A remark that an editor draws into a line, without changing it.
    struct InlayHint {
        /// Where it is drawn, in bytes: after the character before this offset.
        pub offset: u32,
        /// What is drawn, with the blank that separates it.
        pub label: String,
        /// More about it, in Markdown.
        pub tooltip: Option<String>,
        /// Where a click leads.
        pub target: Option<Place>,
        /// What it is.
        pub kind: HintKind,
    }

    /// What an inlay hint says.
    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    enum HintKind {
        /// What the line causes.
        Effect,
        /// The type of what stands there.
        Type,
    }

    /// A remark above a line that can be clicked.
    struct CodeLens {
        /// What it stands above.
        pub span: Span,
        /// What it says.
        pub title: String,
        /// What a click does.
        pub command: Command,
    }

    /// What a click asks the host to do.
    #[serde(rename_all = "snake_case")]
    enum Command {
        /// Nothing: it only says something.
        Nothing,
        /// Show the decision about this file.
        ShowDecision,
        /// Put the cursor there.
        GoTo(Place),
        /// List these places.
        ShowPlaces(Vec<Place>),
        /// Run the policy tests of the pack; with an id, only those that name that rule.
        RunTests(Option<String>),
    }

    /// A change that is offered at a place.
    struct CodeAction {
        /// What it does, as a menu entry.
        pub title: String,
        /// What kind of change it is.
        pub kind: ActionKind,
        /// The replacements, perhaps in several files; none overlaps another.
        pub edits: Vec<Edit>,
        /// Files to be made, with their text.
        pub creates: Vec<NewFile>,
        /// Codes and places of the diagnostics that it mends.
        pub mends: Vec<(String, Span)>,
        /// It is what one would most likely do.
        pub preferred: bool,
    }

    /// A file that a change makes.
    struct NewFile {
        /// Its id; the folder is one that the host has named before.
        pub file: String,
        /// Its text.
        pub text: String,
    }

    /// What kind of change an action is.
    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    enum ActionKind {
        /// Mends a diagnostic.
        QuickFix,
        /// Answers a question or fills in what is missing.
        Fill,
        /// Changes how something is written.
        Rewrite,
    }

    /// A part of a file, for outlines.
    struct Symbol {
        /// Its name.
        pub name: String,
        /// A few words beside it: a value.
        pub detail: Option<String>,
        /// What it is.
        pub kind: SymbolKind,
        /// All of it.
        pub span: Span,
        /// Its name in the text; inside `span`.
        pub name_span: Span,
        /// What stands in it.
        pub children: Vec<Symbol>,
    }

    /// What a symbol is.
    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    enum SymbolKind {
        /// A whole intake.
        Intake,
        /// A group of fields.
        Group,
        /// A field with a yes or no.
        Bool,
        /// A field with a number.
        Number,
        /// A field with text.
        Text,
        /// A field with a choice.
        Choice,
        /// A list.
        List,
        /// An item of a list.
        Item,
        /// A rule.
        Rule,
        /// A function of a topic.
        Function,
        /// A constant of a topic.
        Constant,
        /// An entry of the catalogue.
        Entry,
        /// A policy test.
        Case,
    }

    /// A symbol of the workspace.
    struct WorkspaceSymbol {
        /// Its name.
        pub name: String,
        /// What it is.
        pub kind: SymbolKind,
        /// Where.
        pub place: Place,
        /// What it stands in: a pack, a section, a folder.
        pub container: Option<String>,
    }

    /// A part that can be folded: from the end of the line of `span.start` to the end of the line of `span.end`.
    struct Fold {
        /// The part.
        pub span: Span,
        /// It is a comment.
        pub comment: bool,
    }

    /// A part of a text that leads somewhere.
    struct Link {
        /// The part.
        pub span: Span,
        /// Where it leads.
        pub target: LinkTarget,
    }

    /// Where a link leads.
    #[serde(rename_all = "snake_case")]
    enum LinkTarget {
        /// To a web address.
        Address(String),
        /// To a file.
        File(String),
    }

    /// A token with a meaning that colour can show.
    struct SemanticToken {
        /// Where.
        pub span: Span,
        /// What.
        pub kind: TokenKind,
        /// It is declared here.
        pub declaration: bool,
    }

    /// What a token means.
    #[derive(Copy, PartialOrd, Ord)]
    #[serde(rename_all = "snake_case")]
    enum TokenKind {
        /// The id of a rule.
        Rule,
        /// A method of a rule.
        Method,
        /// A function.
        Function,
        /// A parameter.
        Parameter,
        /// A constant or variable.
        Variable,
        /// A field of the intake.
        Field,
        /// A choice of a field.
        Choice,
        /// An entry of the catalogue.
        Entry,
        /// A word of the language.
        Keyword,
        /// A number.
        Number,
        /// Text.
        Text,
        /// A comment.
        Comment,
        /// An operator.
        Operator,
    }

    /// The signature of the call around the cursor.
    struct SignatureHelp {
        /// The signatures that there are.
        pub signatures: Vec<Signature>,
        /// Which of them it is.
        pub signature: u32,
        /// Which parameter the cursor is in.
        pub parameter: u32,
    }

    /// A signature.
    struct Signature {
        /// As it is written: `tier(number)`.
        pub label: String,
        /// What it is for, in Markdown.
        pub documentation: Option<String>,
        /// Its parameters.
        pub parameters: Vec<Parameter>,
    }

    /// A parameter of a signature.
    struct Parameter {
        /// Its part of the label.
        pub label: String,
        /// What it is for, in Markdown.
        pub documentation: Option<String>,
    }
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        remit_core::source::Span::new(start, end).into()
    }

    /// As a range of `usize`, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two have a byte, an end or a cursor in common.
    pub fn meets(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

impl From<remit_core::source::Span> for Span {
    fn from(span: remit_core::source::Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

impl From<Span> for remit_core::source::Span {
    fn from(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

impl From<&remit_core::source::Location> for Place {
    fn from(at: &remit_core::source::Location) -> Self {
        Self { file: at.source.as_str().to_owned(), span: at.span.into() }
    }
}

impl From<remit_core::diagnostic::Severity> for Severity {
    fn from(severity: remit_core::diagnostic::Severity) -> Self {
        match severity {
            remit_core::diagnostic::Severity::Info => Self::Info,
            remit_core::diagnostic::Severity::Warning => Self::Warning,
            remit_core::diagnostic::Severity::Error => Self::Error,
        }
    }
}

impl From<&remit_core::diagnostic::Fix> for Fix {
    fn from(fix: &remit_core::diagnostic::Fix) -> Self {
        let edits =
            fix.edits.iter().map(|edit| Edit { place: (&edit.location).into(), text: edit.text.clone() });
        Self { title: fix.title.clone(), edits: edits.collect() }
    }
}

impl From<&remit_core::diagnostic::Diagnostic> for Diagnostic {
    fn from(found: &remit_core::diagnostic::Diagnostic) -> Self {
        let related = found
            .labels
            .iter()
            .map(|label| Related { place: (&label.location).into(), message: label.message.clone() });
        // A failing test says in its note what differs; other notes only label an underline.
        let note = found.note.iter().filter(|_| found.code == FAILED);
        let said: Vec<&str> = note.chain(&found.help).map(String::as_str).collect();
        Self {
            code: found.code.to_string(),
            severity: found.severity.into(),
            message: found.message.clone(),
            span: found.location.span.into(),
            help: (!said.is_empty()).then(|| said.join("\n")),
            related: related.collect(),
            fixes: found.fixes.iter().map(Fix::from).collect(),
        }
    }
}
