//! Changes that are offered at a place in a file of a pack.

use super::examples::short;
use super::script::{Item, ItemKind, Script};
use super::shape::{self, Shape, Step};
use super::{View, methods};
use crate::answer::{ActionKind, CodeAction, Diagnostic, Edit, NewFile, Place, Span};
use crate::kind::FileKind;
use remit_core::catalogue::Section;
use remit_core::document::Node;
use remit_core::evaluate::Truth;
use remit_core::rules::codes;

impl View<'_> {
    pub(crate) fn code_actions(&self, range: Span) -> Vec<CodeAction> {
        let mut actions = vec![];
        for found in self.diagnostics().iter().filter(|found| found.span.meets(range)) {
            self.fixes(found, &mut actions);
        }
        if self.kind == FileKind::Rules {
            let script = self.script();
            let item = script.item_at(range.start as usize).filter(|item| item.kind == ItemKind::Rule);
            if let Some(item) = item {
                self.rule_actions(&script, item, &mut actions);
            }
        }
        let mut seen: Vec<CodeAction> = vec![];
        for action in actions {
            if !seen.iter().any(|known| known.title == action.title && known.edits == action.edits) {
                seen.push(action);
            }
        }
        seen
    }

    fn edit(&self, start: u32, end: u32, text: impl Into<String>) -> Edit {
        let place = Place { file: self.file.id().to_owned(), span: Span { start, end } };
        Edit { place, text: text.into() }
    }

    /// What would mend a diagnostic.
    fn fixes(&self, found: &Diagnostic, actions: &mut Vec<CodeAction>) {
        let mends = vec![(found.code.clone(), found.span)];
        for (place, fix) in found.fixes.iter().enumerate() {
            actions.push(CodeAction {
                title: fix.title.clone(),
                kind: ActionKind::QuickFix,
                edits: fix.edits.clone(),
                creates: vec![],
                mends: mends.clone(),
                preferred: place == 0,
            });
        }
        if found.code == codes::NO_REASON.0 {
            let script = self.script();
            if let Some(item) = script.item_at(found.span.start as usize) {
                let mut action = self.append(&script, item, "because", "why it matters");
                action.mends.clone_from(&mends);
                (action.kind, action.preferred) = (ActionKind::QuickFix, true);
                actions.push(action);
            }
        }
        if found.code == codes::UNKNOWN_ENTRY.0 {
            actions.extend(self.new_entry(found, mends));
        }
    }

    /// Adds a method at the end of a rule.
    fn append(&self, script: &Script, item: &Item, method: &str, argument: &str) -> CodeAction {
        let (last, indent) = chain_end(script, item);
        let text = format!("\n{indent}.{method}(\"{argument}\")");
        CodeAction {
            title: format!("add `.{method}(\"…\")`"),
            kind: ActionKind::Fill,
            edits: vec![self.edit(last, last, text)],
            creates: vec![],
            mends: vec![],
            preferred: false,
        }
    }

    fn rule_actions(&self, script: &Script, item: &Item, actions: &mut Vec<CodeAction>) {
        let Some(id) = item.name.map(|name| script.value(name)).filter(|id| !id.is_empty()) else { return };
        let has = |method: &str| item.calls.iter().any(|call| script.says(call.name) == method);
        let broken =
            item.calls.iter().any(|call| call.open.is_none_or(|open| script.partner(open).is_none()));
        if !broken {
            if !has("because") && !actions.iter().any(|action| action.title.contains("because")) {
                actions.push(self.append(script, item, "because", "why it matters"));
            }
            if !has("cites") {
                actions.push(self.append(script, item, "cites", "the row it serves"));
            }
        }
        self.test_cases(id, actions);
        if self.pack.root.is_some() {
            actions.push(self.comment_out(script, item, id));
        }
    }

    /// A rule as a comment decides nothing, and can be brought back.
    fn comment_out(&self, script: &Script, item: &Item, id: &str) -> CodeAction {
        let span = script.item_span(item);
        let text = script.text();
        let line_start = |offset: usize| {
            text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
        };
        let mut edits = vec![];
        let mut at = line_start(span.start as usize);
        for line in text.get(at..span.end as usize).unwrap_or_default().split_inclusive('\n') {
            if !line.trim().is_empty() {
                let place = u32::try_from(at).unwrap_or_default();
                edits.push(self.edit(place, place, "// "));
            }
            at += line.len();
        }
        CodeAction {
            title: format!("turn `{id}` off"),
            kind: ActionKind::Rewrite,
            edits,
            creates: vec![],
            mends: vec![],
            preferred: false,
        }
    }

    /// Test cases that hold what a rule says about an example: one where it fires, one where it does not.
    fn test_cases(&self, id: &str, actions: &mut Vec<CodeAction>) {
        let (Some(pack), Some(firings), Some(_)) = (self.pack(), self.firings(), &self.pack.root) else {
            return;
        };
        let Some(number) = pack.rules.rules().iter().position(|rule| rule.id == id) else { return };
        let folder = pack.manifest.tests.as_deref().unwrap_or("tests").trim_end_matches('/');
        let examples = self.examples_folder();
        for (verdict, key, says, suffix) in
            [(Truth::Yes, "has", "fires", ""), (Truth::No, "lacks", "does not fire", "-not")]
        {
            let Some(example) = firings.of(number, verdict).first().copied() else { continue };
            let path = format!("{folder}/{id}{suffix}.case.yaml");
            if self.file_at(&path).is_some() {
                continue;
            }
            let Some(name) = self.path_of(example.id()).and_then(|path| path.strip_prefix(&examples)) else {
                continue;
            };
            let text = format!("example: {name}\nexpect:\n  rules: {{ {key}: [{id}] }}\n");
            actions.push(CodeAction {
                title: format!("add a test: `{id}` {says} on `{}`", short(name)),
                kind: ActionKind::Rewrite,
                edits: vec![],
                creates: vec![NewFile { file: self.id_of(&path), text }],
                mends: vec![],
                preferred: false,
            });
        }
    }

    /// The entry that a rule names and the catalogue does not have.
    fn new_entry(&self, found: &Diagnostic, mends: Vec<(String, Span)>) -> Option<CodeAction> {
        let script = self.script();
        let token = script.at(found.span.start as usize + 1)?;
        let open = script.parent(token)?;
        let section = methods::verb(script.says(open.checked_sub(1)?))?.section();
        let id = script.value(token);
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(good) || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        self.pack.root.as_ref()?;
        let edit = self.entry_edit(section, id)?;
        Some(CodeAction {
            title: format!("add the {} `{id}` to the catalogue", section.singular()),
            kind: ActionKind::QuickFix,
            edits: vec![edit],
            creates: vec![],
            mends,
            preferred: false,
        })
    }

    fn entry_edit(&self, section: Section, id: &str) -> Option<Edit> {
        let catalogue = self.file_at(&self.pack()?.manifest.catalogue.as_ref()?.value)?;
        if catalogue.id().ends_with(".json") {
            return None;
        }
        let document = catalogue.document();
        let text = catalogue.text();
        let root = document.root.as_ref()?;
        let section_node = root.get(section.key());
        let entries = section_node.and_then(Node::as_map).unwrap_or_default();
        let indent = match entries.first() {
            Some(first) => {
                let line = text.get(..first.key_span.start as usize)?.rsplit('\n').next()?;
                if !line.trim().is_empty() {
                    // `{ … }` on one line: nothing that could be put in well.
                    return None;
                }
                line.to_owned()
            }
            None => "  ".to_owned(),
        };
        let title = sentence(id);
        let mut entry = format!("{indent}{id}:\n{indent}  title: {title}\n");
        for key in needed(section).filter(|key| *key != "title") {
            let value = match key {
                "owner" => {
                    self.catalogue().and_then(|known| known.roles.ids().next()).unwrap_or("…").to_owned()
                }
                _ => "…".to_owned(),
            };
            entry.push_str(&format!("{indent}  {key}: {value}\n"));
        }
        let (offset, before) = match entries.last() {
            Some(last) => line_end(text, last.value.span.end as usize),
            None if section_node.is_some() => return None,
            None => {
                entry = format!("{}:\n{entry}", section.key());
                (text.len(), if text.ends_with('\n') { "" } else { "\n" })
            }
        };
        let place = Place { file: catalogue.id().to_owned(), span: Span::new(offset, offset) };
        Some(Edit { place, text: format!("{before}{entry}") })
    }
}

/// The offset behind the line that holds an offset, and what has to be written to be on a line of its own.
fn line_end(text: &str, offset: usize) -> (usize, &'static str) {
    // A block of text ends with its line already.
    if offset > 0 && text.as_bytes().get(offset - 1) == Some(&b'\n') {
        return (offset, "");
    }
    match text.get(offset..).and_then(|rest| rest.find('\n')) {
        Some(newline) => (offset + newline + 1, ""),
        None => (text.len(), "\n"),
    }
}

/// The keys that an entry of a section cannot be without.
fn needed(section: Section) -> impl Iterator<Item = &'static str> {
    let root = shape::of(FileKind::Catalogue).and_then(|shape| shape.under(section.key()));
    let keys: &'static [shape::Key] = match root {
        Some(Step::Shape(Shape::Entries(_, keys))) => keys,
        _ => &[],
    };
    keys.iter().filter(|key| key.needed).map(|key| key.name)
}

/// `data-flow-diagram` as a title.
fn sentence(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Where the chain of a rule ends, and how its methods are indented.
fn chain_end(script: &Script, item: &Item) -> (u32, String) {
    let last = item.calls.last().map_or(item.tokens.start, |call| call.last);
    let indent = item.calls.iter().skip(1).rev().find_map(|call| {
        let dot = script.span(call.name.checked_sub(1)?).start as usize;
        let line = script.text().get(..dot)?.rsplit('\n').next()?;
        line.trim().is_empty().then(|| line.to_owned())
    });
    (script.span(last).end, indent.unwrap_or_else(|| "    ".to_owned()))
}
