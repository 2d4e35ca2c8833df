//! From a closure's syntax tree to a [`Condition`]: names resolved against the schema, types checked, helper
//! functions inlined.
//!
//! What a condition cannot say (loops, assignment, recursion, …) is not an error: the rule then runs in the
//! interpreter. What can never be right (an unknown path, an impossible literal, …) is an error at its token.

mod check;
mod compare;
mod expression;
mod methods;

use super::codes;
use super::condition::{At, Condition, ConditionKind, Size, Subject, SubjectPlace, Term};
use super::positions::Positions;
use super::topic::{Constant, Function, Topic};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{FieldId, Kind, Place, Schema};
use crate::source::Span;
use rhai::{Expr, Position};
use std::collections::{BTreeMap, BTreeSet};

/// A condition that grows beyond this when its helpers are put in runs in the interpreter.
const MAX_PARTS: usize = 20_000;
/// Helpers that call helpers deeper than this are left to the interpreter.
const MAX_CALLS: usize = 24;
/// Parts inside each other, those of helpers included: a browser's stack is small.
const MAX_DEPTH: usize = 96;
/// Variables that can be seen at one place; the interpreter allows as many.
const MAX_VARIABLES: usize = 256;

/// Whether a function of this name comes with the language, so that a helper would hide it.
pub(super) fn is_built_in(name: &str) -> bool {
    methods::is_method(name) || methods::is_builtin(name)
}

/// What a pack's topics declare together.
pub(super) struct Names<'a> {
    pub topics: &'a [Topic],
    pub positions: Vec<Positions<'a>>,
    pub functions: BTreeMap<&'a str, (u16, &'a Function)>,
    pub constants: BTreeMap<&'a str, (u16, &'a Constant)>,
    /// Closures by Rhai's name for them, for each topic.
    pub closures: Vec<&'a BTreeMap<String, Function>>,
}

/// Why there is no condition.
#[derive(Debug, Clone)]
pub(super) enum Stop {
    /// It is wrong, and a diagnostic says how.
    Wrong,
    /// Only the interpreter can run it.
    Interpret {
        /// What it uses.
        why: String,
        /// Where.
        at: At,
    },
}

/// A value of the rule language while it is being lowered.
#[derive(Debug, Clone)]
pub(super) enum Typed {
    Bool(Condition),
    Int(Term),
    Text(Term),
    Choice(Subject),
    Group(FieldId),
    List(List),
    /// `["a", "b"]`
    Array(Vec<(Typed, Span)>),
    /// `1..5`
    Range(Term, Term, bool),
}

impl Typed {
    fn size(&self) -> Size {
        match self {
            Self::Bool(condition) => condition.size(),
            Self::Int(term) | Self::Text(term) => term.size(),
            Self::Choice(_) | Self::Group(_) => Size::ONE,
            Self::List(list) => list.filter.iter().fold(Size::ONE, |size, filter| size.with(filter.size())),
            Self::Array(values) => values.iter().fold(Size::ONE, |size, (value, _)| size.with(value.size())),
            Self::Range(first, last, _) => Size::ONE.with(first.size()).with(last.size()),
        }
    }
}

/// A list, and which of its items are meant.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub subject: Subject,
    pub item: FieldId,
    pub filter: Option<Condition>,
}

/// Lowers one rule's condition.
pub(super) struct Lowering<'a, 'n, 'd> {
    pub schema: &'a Schema,
    pub names: &'n Names<'a>,
    pub out: &'d mut Vec<Diagnostic>,
    topic: u16,
    /// The variables that can be seen here; without a value where only the interpreter can tell it.
    variables: Vec<(String, Option<Typed>)>,
    /// Variables of the function that is being checked which do not keep their value.
    changing: BTreeSet<String>,
    /// Helpers that were checked.
    seen: BTreeSet<String>,
    /// Variables of the functions further out, to tell a captured variable from an unknown one.
    outer: Vec<String>,
    calls: Vec<String>,
    parts: usize,
    depth: usize,
}

impl<'a, 'n, 'd> Lowering<'a, 'n, 'd> {
    pub(super) fn new(
        schema: &'a Schema,
        names: &'n Names<'a>,
        topic: u16,
        out: &'d mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            schema,
            names,
            out,
            topic,
            variables: vec![],
            changing: BTreeSet::new(),
            seen: BTreeSet::new(),
            outer: vec![],
            calls: vec![],
            parts: 0,
            depth: 0,
        }
    }

    /// Lowers a closure over the intake.
    pub(super) fn closure(&mut self, closure: &Function) -> Result<Condition, Stop> {
        let [parameter] = closure.params.as_slice() else {
            let message = "a condition takes one parameter, the intake";
            return Err(self.wrong(codes::CONDITION, closure.name_span, message));
        };
        self.variables.push((parameter.clone(), Some(Typed::Group(self.schema.root().id))));
        let value = self.block(&closure.body)?;
        let span = closure.body.last().map_or(closure.name_span, |statement| self.statement_span(statement));
        self.copied(&value, span)?;
        self.condition(value, span)
    }

    /// Counts a value that is about to be copied, so that variables that hold each other twice, and then that
    /// twice again, cannot grow without end.
    fn copied(&mut self, value: &Typed, span: Span) -> Result<(), Stop> {
        let size = value.size();
        self.parts = self.parts.saturating_add(size.parts);
        if self.parts > MAX_PARTS || size.depth > MAX_DEPTH {
            return self.interpret(
                span,
                "more parts than a compiled condition may have once its variables are put in",
            );
        }
        Ok(())
    }

    fn positions(&self) -> &'n Positions<'a> {
        self.names.positions.get(self.topic as usize).expect("the topic being lowered is one of the pack's")
    }

    fn at(&self, span: Span) -> At {
        At { topic: self.topic, span }
    }

    fn token(&self, position: Position) -> Span {
        self.positions().token(position)
    }

    fn diagnostic(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        let source = &self
            .names
            .topics
            .get(self.topic as usize)
            .expect("the topic being lowered is one of the pack's")
            .source;
        Diagnostic::error(code, source.locate(span), message)
    }

    /// Reports an error once, however often the helper that holds it is put in.
    fn report(&mut self, diagnostic: Diagnostic) -> Stop {
        if !self.out.contains(&diagnostic) {
            self.out.push(diagnostic);
        }
        Stop::Wrong
    }

    fn wrong(&mut self, code: Code, span: Span, message: impl Into<String>) -> Stop {
        let diagnostic = self.diagnostic(code, span, message);
        self.report(diagnostic)
    }

    fn interpret<T>(&self, span: Span, why: impl Into<String>) -> Result<T, Stop> {
        Err(Stop::Interpret { why: why.into(), at: self.at(span) })
    }

    fn make(&self, kind: ConditionKind, span: Span) -> Condition {
        Condition { kind, at: self.at(span) }
    }

    /// A value where a condition is wanted.
    fn condition(&mut self, value: Typed, span: Span) -> Result<Condition, Stop> {
        let Typed::Bool(condition) = value else {
            let what = self.describe(&value);
            let mut diagnostic = self.diagnostic(
                codes::TYPE_MISMATCH,
                span,
                format!("{what} is no condition: it is neither so nor not so"),
            );
            diagnostic.help = match &value {
                Typed::Choice(subject) => self
                    .schema
                    .field(subject.field)
                    .choices()
                    .and_then(|choices| choices.names().next())
                    .map(|name| format!("compare it with one of its choices, as in `== \"{name}\"`")),
                Typed::Int(_) => Some("compare it, as in `> 0`".to_owned()),
                Typed::List(_) => Some("ask `!….is_empty()` or `….some(|item| …)`".to_owned()),
                _ => None,
            };
            return Err(self.report(diagnostic));
        };
        Ok(condition)
    }

    /// A value in a person's words.
    fn describe(&self, value: &Typed) -> String {
        let field = |subject: &Subject| format!("`{}`", self.schema.field(subject.field).path);
        match value {
            Typed::Bool(_) => "a condition".to_owned(),
            Typed::Int(Term::Int(number)) => format!("the number `{number}`"),
            Typed::Int(Term::Field(subject)) => format!("{}, a number,", field(subject)),
            Typed::Int(_) => "a number".to_owned(),
            Typed::Text(Term::Text(text)) => format!("the text `{text}`"),
            Typed::Text(Term::Field(subject)) => format!("{}, a text,", field(subject)),
            Typed::Text(_) => "a text".to_owned(),
            Typed::Choice(subject) => format!("{}, a choice,", field(subject)),
            Typed::Group(id) => match self.schema.field(*id).path.as_str() {
                "" => "the intake itself".to_owned(),
                path => format!("`{path}`, a group of fields,"),
            },
            Typed::List(list) => format!("{}, a list,", field(&list.subject)),
            Typed::Array(_) => "a list of literals".to_owned(),
            Typed::Range(..) => "a range".to_owned(),
        }
    }

    /// Reading a field.
    fn read(&self, id: FieldId, span: Span) -> Typed {
        let field = self.schema.field(id);
        let place = match field.place {
            Place::Group => return Typed::Group(id),
            Place::Slot(slot) => SubjectPlace::Slot(slot),
            Place::Column(column) => SubjectPlace::Column(column),
        };
        let subject = Subject { field: id, place };
        match &field.kind {
            Kind::Bool => {
                let test = super::condition::Test::Is { subject, set: 0b10 };
                Typed::Bool(self.make(ConditionKind::Test(test), span))
            }
            Kind::Int { .. } => Typed::Int(Term::Field(subject)),
            Kind::Text(_) => Typed::Text(Term::Field(subject)),
            Kind::Choice(_) => Typed::Choice(subject),
            Kind::Group(_) => Typed::Group(id),
            Kind::List { item, .. } => Typed::List(List { subject, item: *item, filter: None }),
        }
    }

    /// The span of a whole expression, from its first token to its last.
    fn extent(&self, expr: &Expr) -> Span {
        self.positions().balanced(self.tokens(expr))
    }

    fn tokens(&self, expr: &Expr) -> Span {
        let positions = self.positions();
        let call = |position: Position| {
            let name = positions.token(position);
            Span::new(name.start as usize, positions.bracket_end(name.end as usize))
        };
        match expr {
            Expr::Dot(pair, ..) => self.extent(&pair.lhs).to(self.extent(&pair.rhs)),
            Expr::Index(pair, ..) => {
                let inside = self.extent(&pair.lhs).to(self.extent(&pair.rhs));
                Span::new(inside.start as usize, inside.end as usize + 1)
            }
            Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => {
                parts.iter().map(|part| self.extent(part)).reduce(Span::to).unwrap_or_default()
            }
            Expr::FnCall(call_expr, position) => {
                let name = positions.token(*position);
                let word =
                    self.names.topics.get(self.topic as usize).map_or("", |topic| topic.source.slice(name));
                match call_expr.args.as_slice() {
                    [first, second] if word != call_expr.name.as_str() || call_expr.op_token.is_some() => {
                        self.extent(first).to(self.extent(second))
                    }
                    [only] if call_expr.op_token.is_some() => name.to(self.extent(only)),
                    _ => call(*position),
                }
            }
            Expr::MethodCall(_, position) => call(*position),
            Expr::Array(_, position) | Expr::Map(_, position) => {
                let start = positions.offset(*position);
                Span::new(start, positions.bracket_end(start).max(start + 1))
            }
            Expr::Stmt(block) => {
                let start = positions.offset(block.span().start());
                let end = block.span().end();
                if end.is_none() {
                    positions.token_at(start)
                } else {
                    Span::new(start, positions.offset(end) + 1)
                }
            }
            other => positions.literal(other.start_position()),
        }
    }

    fn statement_span(&self, statement: &rhai::Stmt) -> Span {
        match statement {
            rhai::Stmt::Expr(expr) => self.extent(expr),
            other => self.token(other.position()),
        }
    }
}
