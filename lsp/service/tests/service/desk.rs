//! A desk to try an intake at: a text in which `‸` marks the cursor, and what the service says there.

use remit_service::answer::{CodeAction, Completion, Edit, Span};
use remit_service::{Service, Snapshot};

pub(crate) const DAY: &str = "2026-11-20";

/// A service with the default pack, on a Friday.
pub(crate) fn service() -> Service {
    let mut service = Service::new(remit_rules::FILES);
    service.set_today(Some(DAY.parse().unwrap()));
    service
}

pub(crate) struct Desk {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) cursor: usize,
    pub(crate) snapshot: Snapshot,
}

/// A YAML intake.
pub(crate) fn yaml(marked: &str) -> Desk {
    desk("work/a.intake.yaml", marked)
}

/// A JSON intake.
pub(crate) fn json(marked: &str) -> Desk {
    desk("work/a.intake.json", marked)
}

pub(crate) fn desk(id: &str, marked: &str) -> Desk {
    let mut service = service();
    let cursor = marked.find('‸').unwrap_or(marked.len());
    let text = marked.replace('‸', "");
    service.open(id, &text, 1);
    Desk { id: id.to_owned(), text, cursor, snapshot: service.snapshot() }
}

impl Desk {
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).expect("a span lies in the text, on characters")
    }

    pub(crate) fn everything(&self) -> Span {
        Span::new(0, self.text.len())
    }

    pub(crate) fn completions(&self) -> Vec<Completion> {
        self.snapshot.completions(&self.id, self.cursor)
    }

    pub(crate) fn labels(&self) -> Vec<String> {
        self.completions().into_iter().map(|found| found.label).collect()
    }

    /// The text once a completion is accepted, with its tab stops filled by their first choice.
    pub(crate) fn accept(&self, label: &str) -> String {
        let found = self.completions();
        let found = found.iter().find(|found| found.label == label);
        let found = found.unwrap_or_else(|| panic!("no completion `{label}` among {:?}", self.labels()));
        assert!(found.span.start as usize <= self.cursor && self.cursor <= found.span.end as usize);
        assert!(!self.slice(found.span).contains('\n'), "an editor replaces within a line");
        let text = if found.snippet { fill(&found.text) } else { found.text.clone() };
        let place = remit_service::answer::Place { file: self.id.clone(), span: found.span };
        let mut edits = found.more.clone();
        edits.push(Edit { place, text });
        apply(&self.text, &edits)
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

    pub(crate) fn actions(&self) -> Vec<CodeAction> {
        self.snapshot.code_actions(&self.id, Span::new(self.cursor, self.cursor))
    }

    pub(crate) fn titles(&self) -> Vec<String> {
        self.actions().into_iter().map(|action| action.title).collect()
    }

    /// The desk once the action whose title starts so is taken.
    pub(crate) fn take(&self, title: &str) -> Self {
        let actions = self.actions();
        let action = actions.iter().find(|action| action.title.starts_with(title));
        let action = action.unwrap_or_else(|| panic!("no action `{title}` among {:?}", self.titles()));
        desk(&self.id, &apply(&self.text, &action.edits))
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

/// A snippet as an editor leaves it when every stop is passed with its first choice.
pub(crate) fn fill(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let next = rest.chars().next().expect("a backslash escapes something");
                out.push(next);
                rest = &rest[next.len_utf8()..];
            }
            '$' if rest.starts_with('{') => {
                let end = rest.find('}').expect("a tab stop closes");
                let inside = rest[1..end].trim_start_matches(|c: char| c.is_ascii_digit());
                let choice =
                    inside.trim_start_matches(['|', ':']).split([',', '|']).next().unwrap_or_default();
                out.push_str(choice);
                rest = &rest[end + 1..];
            }
            '$' => rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()),
            c => out.push(c),
        }
    }
    out
}
