//! A text in which `‸` marks the cursor, and what the service says there.

use remit_service::answer::{CodeAction, Completion, Edit, Span};
use remit_service::{Service, Snapshot};

pub(crate) struct Cursor {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) cursor: usize,
    pub(crate) snapshot: Snapshot,
}

impl Cursor {
    /// Opens a file in which the cursor is marked, or stands at the end.
    pub(crate) fn open(service: &mut Service, id: &str, marked: &str) -> Self {
        let cursor = marked.find('‸').unwrap_or(marked.len());
        let text = marked.replace('‸', "");
        service.open(id, &text, 1);
        Self { id: id.to_owned(), text, cursor, snapshot: service.snapshot() }
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).expect("a span lies in the text, on characters")
    }

    pub(crate) fn completions(&self) -> Vec<Completion> {
        self.snapshot.completions(&self.id, self.cursor)
    }

    pub(crate) fn labels(&self) -> Vec<String> {
        self.completions().into_iter().map(|found| found.label).collect()
    }

    /// A completion that is offered, and that an editor would take.
    pub(crate) fn completion(&self, label: &str) -> Completion {
        let found = self.completions().into_iter().find(|found| found.label == label);
        let found = found.unwrap_or_else(|| panic!("no completion `{label}` among {:?}", self.labels()));
        assert!(found.span.start as usize <= self.cursor && self.cursor <= found.span.end as usize);
        assert!(!self.slice(found.span).contains('\n'), "an editor replaces within a line");
        found
    }

    pub(crate) fn hover(&self) -> String {
        self.snapshot.hover(&self.id, self.cursor).map(|hover| hover.markdown).unwrap_or_default()
    }

    /// `code at "text": message` of each diagnostic.
    pub(crate) fn diagnostics(&self) -> Vec<String> {
        let found = self.snapshot.diagnostics(&self.id).into_iter();
        found
            .map(|found| format!("{} at {:?}: {}", found.code, self.slice(found.span), found.message))
            .collect()
    }

    /// The actions that are offered at the cursor.
    pub(crate) fn actions(&self) -> Vec<CodeAction> {
        self.snapshot.code_actions(&self.id, Span::new(self.cursor, self.cursor))
    }
}

/// Applies edits that all speak of the text as it was.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    for pair in edits.windows(2) {
        assert!(pair[0].place.span.end <= pair[1].place.span.start, "edits overlap: {edits:?}");
    }
    let mut text = text.to_owned();
    for edit in edits.into_iter().rev() {
        text.replace_range(edit.place.span.range(), &edit.text);
    }
    text
}
