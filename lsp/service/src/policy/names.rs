//! Names: what a place in a file of a pack speaks of, and every place that speaks of the same.

use super::methods;
use super::script::{Call, Item, ItemKind, Script};
use super::tokens::{KEYWORDS, TokenKind};
use super::typing::{Typing, Variable};
use crate::answer::Span;
use remit_core::catalogue::{Catalogue, Section};
use remit_core::schema::{Field, Schema};

/// What a place speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// A rule, by its id.
    Rule(String),
    /// A helper.
    Function(String),
    /// A constant of the pack.
    Constant(String),
    /// A parameter or variable, by the place in this file where it is declared.
    Local(Span),
    /// An entry of the catalogue.
    Entry(Section, String),
    /// A field of the intake, by its path.
    Field(String),
    /// One of the choices of a field.
    Choice(String, String),
    /// A row of the source documents.
    Citation(String),
    /// A method of a rule.
    Builder(String),
    /// A method of a text (`false`) or a list (`true`).
    Member(String, bool),
    /// A file of the pack, by its path inside it.
    File(String),
    /// A key that the format of a file knows, with what it is for.
    Key(String, &'static str),
}

/// A place that speaks of something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    pub(crate) span: Span,
    pub(crate) target: Target,
    /// It is declared here.
    pub(crate) declares: bool,
}

impl Occurrence {
    pub(crate) fn of(span: Span, target: Target) -> Self {
        Self { span, target, declares: false }
    }

    pub(crate) fn declaration(span: Span, target: Target) -> Self {
        Self { span, target, declares: true }
    }
}

/// The section that a name belongs to, where it could be one of several.
pub(crate) fn section_of(catalogue: Option<&Catalogue>, sections: &[Section], id: &str) -> Section {
    let has = |section: &&Section| catalogue.is_some_and(|catalogue| catalogue.head(**section, id).is_some());
    sections.iter().find(has).or(sections.first()).copied().unwrap_or(Section::Roles)
}

/// The path of a field as rules, cases and people write it; the item of a list is its list.
pub(crate) fn path_of(schema: &Schema, field: &Field) -> String {
    match field.parent {
        Some(parent) if field.key == "[]" => path_of(schema, schema.field(parent)),
        _ => field.path.clone(),
    }
}

/// Everything that a rule file speaks of, in order of place.
pub(crate) fn in_script(script: &Script, typing: &Typing<'_>) -> Vec<Occurrence> {
    let mut search = Search { script, typing, found: vec![] };
    for item in &script.items {
        search.item(item);
    }
    search.found.sort();
    search.found.dedup();
    search.found
}

struct Search<'a, 's> {
    script: &'s Script,
    typing: &'s Typing<'a>,
    found: Vec<Occurrence>,
}

impl Search<'_, '_> {
    fn push(&mut self, span: Span, target: Target) {
        self.found.push(Occurrence::of(span, target));
    }

    fn declare(&mut self, span: Span, target: Target) {
        self.found.push(Occurrence::declaration(span, target));
    }

    fn item(&mut self, item: &Item) {
        let script = self.script;
        let mut skip = vec![];
        if let Some(name) = item.name {
            skip.push(name);
            match item.kind {
                ItemKind::Rule => {
                    self.declare(script.inside(name), Target::Rule(script.value(name).to_owned()));
                }
                ItemKind::Function => {
                    self.declare(script.span(name), Target::Function(script.says(name).to_owned()));
                }
                ItemKind::Constant => {
                    self.declare(script.span(name), Target::Constant(script.says(name).to_owned()));
                }
                ItemKind::Stray => {}
            }
        }
        for call in item.calls.iter().skip(1) {
            skip.push(call.name);
            self.call(call);
        }
        for token in item.tokens.clone().filter(|token| !skip.contains(token)) {
            match script.kind(token) {
                TokenKind::Word => self.word(item, token),
                TokenKind::Text => self.text(token),
                _ => {}
            }
        }
    }

    fn call(&mut self, call: &Call) {
        let script = self.script;
        let name = script.says(call.name);
        self.push(script.span(call.name), Target::Builder(name.to_owned()));
        let texts = call.arguments.iter().map(|range| range.start);
        let texts: Vec<usize> = texts.filter(|token| script.kind(*token) == TokenKind::Text).collect();
        match (name, methods::verb(name)) {
            (_, Some(verb)) => {
                for token in texts {
                    let id = script.value(token).to_owned();
                    self.push(script.inside(token), Target::Entry(verb.section(), id));
                }
            }
            ("cites", _) => {
                for token in texts {
                    self.push(script.inside(token), Target::Citation(script.value(token).to_owned()));
                }
            }
            ("tier", _) => {
                for token in call.arguments.iter().map(|range| range.start) {
                    if script.kind(token) == TokenKind::Number {
                        let number = script.says(token).to_owned();
                        self.push(script.span(token), Target::Entry(Section::Tiers, number));
                    }
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, item: &Item, token: usize) {
        let script = self.script;
        let (name, span) = (script.says(token), script.span(token));
        if matches!(script.before(token), "." | "?.") {
            let Some(dot) = token.checked_sub(1) else { return };
            if let Some(field) = self.typing.property(script, token) {
                self.push(span, Target::Field(field.path.clone()));
                return;
            }
            let receiver = self.typing.field(self.typing.receiver(script, dot));
            let list =
                receiver.is_some_and(|field| matches!(field.kind, remit_core::schema::Kind::List { .. }));
            let list = list || matches!(name, "some" | "all" | "filter");
            if methods::member(name, list).is_some() {
                self.push(span, Target::Member(name.to_owned(), list));
            }
            return;
        }
        if KEYWORDS.contains(&name) || (name == "rule" && item.kind == ItemKind::Rule) {
            return;
        }
        if script.says(token + 1) == "(" && item.tokens.contains(&(token + 1)) {
            self.push(span, Target::Function(name.to_owned()));
            return;
        }
        match self.typing.variable(script, token, 0) {
            Variable::Local(declared, _) if declared == token => {
                self.declare(span, Target::Local(span));
            }
            Variable::Local(declared, _) => self.push(span, Target::Local(script.span(declared))),
            Variable::Constant => self.push(span, Target::Constant(name.to_owned())),
            Variable::Unknown => {}
        }
    }

    fn text(&mut self, token: usize) {
        let script = self.script;
        if script.before(token) == "[" && script.says(token + 1) == "]" {
            // `intake["change"]`
            let field = token.checked_sub(2).and_then(|receiver| {
                let schema = self.typing.schema?;
                let group = self.typing.field(self.typing.ending_at(script, receiver, 0))?;
                schema.child(group, script.value(token))
            });
            if let Some(field) = field {
                self.push(script.inside(token), Target::Field(field.path.clone()));
                return;
            }
        }
        if let Some(field) = self.typing.compared(script, token)
            && field.choices().is_some()
        {
            let value = script.value(token).to_owned();
            let path = self.typing.schema.map(|schema| path_of(schema, field)).unwrap_or_default();
            self.push(script.inside(token), Target::Choice(path, value));
        }
    }
}
