//! A desk to try an intake at.

pub(crate) use crate::cursor::Cursor as Desk;
use crate::cursor::apply;
use remit_service::Service;
use remit_service::answer::{Edit, Span};

pub(crate) const DAY: &str = "2026-11-20";

/// A service with the default pack, on a Friday.
pub(crate) fn service() -> Service {
    let mut service = Service::new(remit_rules::FILES);
    service.set_today(Some(DAY.parse().unwrap()));
    service
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
    Desk::open(&mut service(), id, marked)
}

impl Desk {
    pub(crate) fn everything(&self) -> Span {
        Span::new(0, self.text.len())
    }

    /// The text once a completion is accepted, with its tab stops filled by their first choice.
    pub(crate) fn accept(&self, label: &str) -> String {
        let found = self.completion(label);
        let text = if found.snippet { fill(&found.text) } else { found.text.clone() };
        let place = remit_service::answer::Place { file: self.id.clone(), span: found.span };
        let mut edits = found.more.clone();
        edits.push(Edit { place, text });
        apply(&self.text, &edits)
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
