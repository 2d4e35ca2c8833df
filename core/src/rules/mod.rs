//! Rules: a condition over the intake, and effects that are known before any intake is seen.
//!
//! Topics are read from Rhai's syntax tree and never run. Conditions are compiled to data
//! ([`condition::Condition`]); what cannot be compiled runs in the interpreter, and says so.

pub mod codes;
pub mod condition;
mod effect;
pub(crate) mod engine;
mod items;
mod lower;
mod parse;
mod positions;
mod scan;
mod topic;
mod usage;

pub use effect::{Effect, EffectKind, Verb};
pub use topic::{Constant, Function, MAX_BYTES, RuleDeclaration, Topic, read};

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::schema::{Schema, Slot};
use crate::source::{Location, Source, Span};
use condition::{At, Condition, SubjectPlace};
use effect::{Meaning, Reader};
use lower::{Lowering, Names, Stop};
use positions::Positions;
use rhai::{AST, Dynamic, Position};
use std::collections::{BTreeMap, BTreeSet};

/// The rules of a pack.
#[derive(Debug)]
pub struct RuleSet {
    topics: Vec<Topic>,
    rules: Vec<Rule>,
    ast: AST,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The `///` comment above it.
    pub doc: String,
    /// When it fires.
    pub body: Body,
    /// What it then does.
    pub effects: Vec<Effect>,
    /// Why, in its author's words.
    pub because: String,
    /// The rows of the source documents that it serves.
    pub cites: Vec<String>,
    /// Which topic it stands in.
    pub topic: u16,
    /// The whole rule.
    pub span: Span,
    /// Its id, without the quotes.
    pub id_span: Span,
    /// Its condition.
    pub condition_span: Span,
    /// The slots that its condition reads, in schema order.
    pub reads: Vec<Slot>,
    /// Rhai's name for its closure.
    pub(crate) closure: String,
}

/// When a rule fires.
#[derive(Debug)]
pub enum Body {
    /// As data.
    Compiled(Condition),
    /// Only the interpreter can tell.
    Interpreted {
        /// What the condition uses that cannot be compiled.
        why: String,
        /// Where.
        at: At,
    },
}

impl RuleSet {
    /// The rules, in the order of topics and lines.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The topics, in the pack's order.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The rule with an id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The text that a rule stands in.
    pub fn source(&self, topic: u16) -> &Source {
        &self.topics.get(topic as usize).expect("a rule's topic is one of the pack's").source
    }

    /// A place in a topic.
    pub fn locate(&self, at: At) -> Location {
        self.source(at.topic).locate(at.span)
    }

    /// What a helper that takes the intake asks of it, as data; `None` where it cannot be compiled, or gives
    /// something other than yes or no. For tools that show it: rules have their helpers put in.
    pub fn helper(&self, schema: &Schema, name: &str) -> Option<Condition> {
        let mut unheard = vec![];
        let names = names(&self.topics, 0, &mut unheard);
        let (topic, function) = names.functions.get(name).copied()?;
        Lowering::new(schema, &names, topic, &mut unheard).closure(function).ok()
    }

    /// Functions and closures, for the interpreter.
    pub(crate) fn ast(&self) -> &AST {
        &self.ast
    }

    /// The pack's constants with their values as they are written, in the order of topics and lines.
    pub fn constants(&self) -> impl Iterator<Item = (&str, String)> {
        let constants = self.topics.iter().flat_map(|topic| &topic.constants);
        constants.filter_map(|constant| Some((constant.name.value.as_str(), constant.text()?)))
    }

    /// The pack's constants, for the interpreter.
    pub(crate) fn values(&self) -> BTreeMap<String, Dynamic> {
        let constants = self.topics.iter().flat_map(|topic| &topic.constants);
        constants
            .filter_map(|constant| {
                Some((constant.name.value.clone(), constant.value.get_literal_value(None)?))
            })
            .collect()
    }

    /// Where a rule failed in the interpreter. Rhai does not say in which file, so a place outside the rule
    /// means its condition.
    pub(crate) fn place(&self, rule: &Rule, position: Position) -> Location {
        let source = self.source(rule.topic);
        let token = Positions::new(source.text()).token(position);
        let inside = !position.is_none() && rule.span.touches(token.start as usize) && !token.is_empty();
        source.locate(if inside { token } else { rule.condition_span })
    }
}

/// Makes the rules of a pack from its topics, of which the first `inherited` are those of the pack that it extends.
pub fn compile(
    topics: Vec<Topic>,
    inherited: usize,
    schema: &Schema,
    catalogue: &Catalogue,
    out: &mut Vec<Diagnostic>,
) -> RuleSet {
    let mut ast = AST::empty();
    for topic in &topics {
        ast.combine(topic.ast.clone());
    }
    let rules = {
        let names = names(&topics, inherited, out);
        for (index, topic) in (0u16..).zip(&topics) {
            for function in &topic.functions {
                scan::forbidden(&names, index, function, out);
                // The interpreter would prefer the helper to the method of that name, the compiler would not.
                if lower::is_built_in(&function.name) {
                    let at = topic.source.locate(function.name_span);
                    let message = format!("`{}` is built in, so no helper can be called so", function.name);
                    out.push(
                        Diagnostic::error(codes::DUPLICATE_NAME, at, message).help("give it another name"),
                    );
                }
            }
        }
        let mut rules = vec![];
        let mut ids: BTreeMap<&str, (Location, usize)> = BTreeMap::new();
        for (index, topic) in (0u16..).zip(&topics) {
            for declaration in &topic.rules {
                let mut compiler =
                    Compiler { schema, catalogue, names: &names, topic: index, source: &topic.source, out };
                let Some(rule) = compiler.rule(declaration) else { continue };
                let at = topic.source.locate(declaration.id.span);
                match ids.get(declaration.id.value.as_str()) {
                    Some((first, known)) => {
                        let replaces = *known < inherited && index as usize >= inherited;
                        let help = if replaces {
                            "give it another id, or name the first one under `switch_off` in the manifest: then this one takes its place"
                        } else {
                            "give one of them another id; ids are what tests, exceptions and reports refer to"
                        };
                        let message = format!("a second rule is called `{}`", rule.id);
                        out.push(
                            Diagnostic::error(codes::DUPLICATE_RULE, at, message)
                                .label(first.clone(), "the first one is here")
                                .help(help),
                        );
                    }
                    None => {
                        ids.insert(&declaration.id.value, (at, index as usize));
                        rules.push(rule);
                    }
                }
            }
        }
        rules
    };
    RuleSet { topics, rules, ast }
}

/// Functions and constants by name; two of one name are an error.
fn names<'a>(topics: &'a [Topic], inherited: usize, out: &mut Vec<Diagnostic>) -> Names<'a> {
    let mut functions: BTreeMap<&str, (u16, &Function)> = BTreeMap::new();
    let mut constants: BTreeMap<&str, (u16, &Constant)> = BTreeMap::new();
    let mut twice = |name: &str, at: Location, first: Location, help: &str| {
        out.push(
            Diagnostic::error(codes::DUPLICATE_NAME, at, format!("`{name}` is declared twice"))
                .label(first, "the first one is here")
                .help(help),
        );
    };
    let shared = "helpers and constants are shared by all topics of a pack, and of the pack that it extends";
    let constant_of_base =
        "a constant of the pack that this one extends gets another value under `constants` in the manifest";
    for (index, topic) in (0u16..).zip(topics) {
        let locate = |topic: u16, span| topics.get(topic as usize).map(|topic| topic.source.locate(span));
        for function in &topic.functions {
            if let Some((first, known)) = functions.get(function.name.as_str()) {
                let first = locate(*first, known.name_span);
                first.into_iter().for_each(|first| {
                    twice(&function.name, topic.source.locate(function.name_span), first, shared);
                });
            } else {
                functions.insert(&function.name, (index, function));
            }
        }
        for constant in &topic.constants {
            if let Some((first, known)) = constants.get(constant.name.value.as_str()) {
                let replaces = (*first as usize) < inherited && index as usize >= inherited;
                let help = if replaces { constant_of_base } else { shared };
                let first = locate(*first, known.name.span);
                first.into_iter().for_each(|first| {
                    twice(&constant.name.value, topic.source.locate(constant.name.span), first, help);
                });
            } else {
                constants.insert(&constant.name.value, (index, constant));
            }
        }
    }
    let positions = topics.iter().map(|topic| Positions::new(topic.source.text())).collect();
    let closures = topics.iter().map(|topic| &topic.closures).collect();
    for topic in topics {
        for constant in
            topic.constants.iter().filter(|constant| constant.value.get_literal_value(None).is_none())
        {
            let at = topic.source.locate(constant.name.span);
            out.push(Diagnostic::error(
                codes::BAD_ARGUMENT,
                at,
                "a constant is a literal: a text, a number, `true`, or a list of them",
            ));
        }
    }
    Names { topics, positions, functions, constants, closures }
}

struct Compiler<'a, 'n, 'd> {
    schema: &'a Schema,
    catalogue: &'a Catalogue,
    names: &'n Names<'a>,
    topic: u16,
    source: &'a Source,
    out: &'d mut Vec<Diagnostic>,
}

impl Compiler<'_, '_, '_> {
    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.out.push(Diagnostic::error(code, self.source.locate(span), message));
        self.out.last_mut().expect("a diagnostic was pushed in the line above")
    }

    /// `None` where the rule cannot be used; a diagnostic says why.
    fn rule(&mut self, declaration: &RuleDeclaration) -> Option<Rule> {
        let id = &declaration.id;
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        // Where there is no id at all, the topic's reader has said so.
        if id.value.is_empty() && id.span.is_empty() || !id.value.chars().all(good) {
            let quoted = Span { start: id.span.start.saturating_sub(1), end: id.span.end + 1 };
            let span = if id.value.is_empty() { quoted } else { id.span };
            let diagnostic = self.error(codes::BAD_ID, span, format!("`{}` is no id for a rule", id.value));
            diagnostic.help = Some("an id has lowercase letters, digits and dashes".to_owned());
        }
        let mut conditions = vec![];
        let mut effects = vec![];
        let mut because = None;
        let mut cites = vec![];
        for call in &declaration.calls {
            let mut reader = Reader {
                source: self.source,
                catalogue: self.catalogue,
                constants: &self.names.constants,
                out: self.out,
            };
            match reader.read(call) {
                Meaning::When(closure, span) => conditions.push((closure, span)),
                Meaning::Effect(kind) => effects.push(Effect { kind, span: call.span }),
                Meaning::Because(text) => {
                    if because.replace(text).is_some() {
                        self.error(codes::BAD_ARGUMENT, call.span, "a rule gives one reason");
                    }
                }
                Meaning::Cites(rows) => cites.extend(rows),
                Meaning::Nothing => {}
            }
        }
        if declaration
            .calls
            .iter()
            .all(|call| matches!(call.name.value.as_str(), "when" | "because" | "cites"))
        {
            let diagnostic = self.error(codes::NO_EFFECT, id.span, "this rule does nothing when it fires");
            diagnostic.help = Some("add an effect, such as `.tier(1)` or `.route(\"advisory\")`".to_owned());
        }
        if !declaration.calls.iter().any(|call| call.name.value == "because") {
            let at = self.source.locate(id.span);
            self.out.push(
                Diagnostic::warning(codes::NO_REASON, at, "this rule does not say why")
                    .help("add `.because(\"…\")`: whoever gets the decision reads it"),
            );
        }
        let whens = declaration.calls.iter().filter(|call| call.name.value == "when").count();
        let (closure, condition_span) = match conditions.as_slice() {
            [(closure, span)] if whens == 1 => (*closure, *span),
            _ => {
                if whens != 1 {
                    let message = if whens == 0 {
                        "this rule has no condition"
                    } else {
                        "this rule has two conditions"
                    };
                    let diagnostic = self.error(codes::CONDITION, id.span, message);
                    diagnostic.help = Some("a rule has one `.when(|intake| …)`".to_owned());
                }
                return None;
            }
        };
        let (body, reads) = self.body(closure)?;
        // A rule that nothing can refer to is left out.
        if id.value.is_empty() {
            return None;
        }
        Some(Rule {
            id: id.value.clone(),
            doc: declaration.doc.clone(),
            body,
            effects,
            because: because.unwrap_or_default(),
            cites,
            topic: self.topic,
            span: declaration.span,
            id_span: id.span,
            condition_span,
            reads,
            closure: closure.name.clone(),
        })
    }

    fn body(&mut self, closure: &Function) -> Option<(Body, Vec<Slot>)> {
        let before = self.out.len();
        scan::forbidden(self.names, self.topic, closure, self.out);
        let lowered = Lowering::new(self.schema, self.names, self.topic, self.out).closure(closure);
        match lowered {
            Ok(condition) => {
                let mut slots = BTreeSet::new();
                condition.reads(&mut |subject| {
                    if let SubjectPlace::Slot(slot) = subject.place {
                        slots.insert(slot);
                    }
                });
                Some((Body::Compiled(condition), slots.into_iter().collect()))
            }
            Err(Stop::Wrong) => None,
            Err(Stop::Interpret { why, at }) => {
                Lowering::new(self.schema, self.names, self.topic, self.out).check(closure);
                let reads = scan::reads(self.schema, self.names, self.topic, closure)?;
                if self.out.iter().skip(before).any(Diagnostic::is_error) {
                    return None;
                }
                let source = &self.names.topics.get(at.topic as usize)?.source;
                self.out.push(
                    Diagnostic::new(Severity::Info, codes::INTERPRETED, source.locate(at.span), format!("{why}: this condition runs in the interpreter"))
                        .help("it is slower there, is explained only as a whole, and an unanswered question unsettles all of it"),
                );
                Some((Body::Interpreted { why, at }, reads))
            }
        }
    }
}
