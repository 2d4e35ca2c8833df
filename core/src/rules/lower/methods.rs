//! Methods of texts and lists.

use super::{List, Lowering, Stop, Typed};
use crate::diagnostic::Fix;
use crate::rules::codes;
use crate::rules::condition::{Condition, ConditionKind, Quantifier, Term, Test, TextTest};
use crate::source::Span;
use crate::suggest;
use rhai::FnCallExpr;

/// Methods that conditions have, by what they are called on.
const TEXT_METHODS: [&str; 7] =
    ["contains", "starts_with", "ends_with", "len", "is_empty", "to_lower", "to_upper"];
const LIST_METHODS: [&str; 6] = ["some", "all", "filter", "len", "is_empty", "contains"];

/// Methods and functions that only the interpreter has.
const INTERPRETED: [&str; 31] = [
    "abs",
    "sign",
    "min",
    "max",
    "to_int",
    "parse_int",
    "to_string",
    "type_of",
    "split",
    "index_of",
    "sub_string",
    "crop",
    "replace",
    "trim",
    "chars",
    "bytes",
    "find",
    "find_map",
    "map",
    "reduce",
    "first",
    "last",
    "get",
    "sort",
    "reverse",
    "dedup",
    "extract",
    "none",
    "is_odd",
    "is_even",
    "range",
];

/// Whether a method of texts or lists is called so.
pub(super) fn is_method(name: &str) -> bool {
    TEXT_METHODS.contains(&name) || LIST_METHODS.contains(&name)
}

/// Whether only the interpreter has a function called so.
pub(super) fn is_builtin(name: &str) -> bool {
    INTERPRETED.contains(&name)
}

/// The number of items that are meant.
pub(super) fn count(list: List) -> Term {
    Term::Count { list: list.subject, predicate: list.filter.map(Box::new) }
}

impl Lowering<'_, '_, '_> {
    /// `subject.name(…)`
    pub(super) fn method(
        &mut self,
        subject: Typed,
        call: &FnCallExpr,
        token: Span,
        span: Span,
    ) -> Result<Typed, Stop> {
        match subject {
            Typed::List(list) => self.list_method(list, call, token, span),
            Typed::Text(term) => self.text_method(term, call, token, span),
            Typed::Array(values) if call.name == "contains" => {
                let [needle] = call.args.as_slice() else { return Err(self.arguments(call, 1, span)) };
                let needle_span = self.extent(needle);
                let needle = self.expr(needle)?;
                self.holds((Typed::Array(values), span), (needle, needle_span), span)
            }
            other => {
                if self.names.functions.contains_key(call.name.as_str()) {
                    let name = &call.name;
                    let diagnostic = self
                        .diagnostic(
                            codes::UNKNOWN_FUNCTION,
                            token,
                            format!("`{name}` is a helper, not a method"),
                        )
                        .help(format!("write `{name}(…)`"));
                    return Err(self.report(diagnostic));
                }
                if is_builtin(&call.name) {
                    return self.interpret(span, format!("`{}`", call.name));
                }
                let what = self.describe(&other);
                Err(self.wrong(
                    codes::UNKNOWN_FUNCTION,
                    token,
                    format!("{what} has no method `{}`", call.name),
                ))
            }
        }
    }

    fn list_method(&mut self, list: List, call: &FnCallExpr, token: Span, span: Span) -> Result<Typed, Stop> {
        let argument = call.args.first();
        let quantified = |lowering: &Self, quantifier, list: List, predicate| {
            let test = Test::Quantified { quantifier, list: list.subject, predicate: Box::new(predicate) };
            Typed::Bool(lowering.make(ConditionKind::Test(test), span))
        };
        match (call.name.as_str(), call.args.len()) {
            ("some", 1) => {
                let asked = self.predicate(argument, &list, span)?;
                let asked = self.narrowed(list.filter.clone(), asked);
                Ok(quantified(self, Quantifier::Some, list, asked))
            }
            ("all", 1) => {
                let asked = self.predicate(argument, &list, span)?;
                let asked = match list.filter.clone() {
                    None => asked,
                    Some(filter) => {
                        let at = filter.at;
                        let outside = Condition { kind: ConditionKind::Not(Box::new(filter)), at };
                        Condition { kind: ConditionKind::Or(vec![outside, asked]), at }
                    }
                };
                Ok(quantified(self, Quantifier::All, list, asked))
            }
            ("filter", 1) => {
                let asked = self.predicate(argument, &list, span)?;
                let filter = Some(self.narrowed(list.filter.clone(), asked));
                Ok(Typed::List(List { filter, ..list }))
            }
            ("len", 0) => Ok(Typed::Int(count(list))),
            ("is_empty", 0) => Ok(Typed::Bool(self.is_empty(list, span))),
            ("contains", 1) => {
                let Some(needle) = argument else { return Err(self.arguments(call, 1, span)) };
                let needle_span = self.extent(needle);
                let needle = self.expr(needle)?;
                self.holds((Typed::List(list), span), (needle, needle_span), span)
            }
            _ => Err(self.no_method("a list", &LIST_METHODS, call, token, span)?),
        }
    }

    fn narrowed(&self, filter: Option<Condition>, asked: Condition) -> Condition {
        match filter {
            None => asked,
            Some(filter) => {
                let at = asked.at;
                Condition { kind: ConditionKind::And(vec![filter, asked]), at }
            }
        }
    }

    pub(super) fn is_empty(&self, list: List, span: Span) -> Condition {
        let any = list.filter.unwrap_or_else(|| self.make(ConditionKind::Const(true), span));
        let test =
            Test::Quantified { quantifier: Quantifier::Some, list: list.subject, predicate: Box::new(any) };
        let some = self.make(ConditionKind::Test(test), span);
        self.make(ConditionKind::Not(Box::new(some)), span)
    }

    fn text_method(
        &mut self,
        subject: Term,
        call: &FnCallExpr,
        token: Span,
        span: Span,
    ) -> Result<Typed, Stop> {
        let how = match call.name.as_str() {
            "contains" => Some(TextTest::Contains),
            "starts_with" => Some(TextTest::StartsWith),
            "ends_with" => Some(TextTest::EndsWith),
            _ => None,
        };
        if let Some(how) = how {
            let [argument] = call.args.as_slice() else { return Err(self.arguments(call, 1, span)) };
            let argument_span = self.extent(argument);
            let value = self.expr(argument)?;
            let Typed::Text(argument) = self.plain(value.clone()) else {
                let what = self.describe(&value);
                let message = format!("`{}` looks for a text, not for {what}", call.name);
                return Err(self.wrong(codes::TYPE_MISMATCH, argument_span, message));
            };
            let test = Test::Text { how, subject, argument };
            return Ok(Typed::Bool(self.make(ConditionKind::Test(test), span)));
        }
        match (call.name.as_str(), call.args.len()) {
            ("len", 0) => Ok(Typed::Int(Term::Length(Box::new(subject)))),
            ("is_empty", 0) => {
                let how = crate::rules::condition::Comparison::Equal;
                let test = Test::Compare { how, left: Term::Length(Box::new(subject)), right: Term::Int(0) };
                Ok(Typed::Bool(self.make(ConditionKind::Test(test), span)))
            }
            ("to_lower", 0) => Ok(Typed::Text(Term::Case { upper: false, text: Box::new(subject) })),
            ("to_upper", 0) => Ok(Typed::Text(Term::Case { upper: true, text: Box::new(subject) })),
            _ => Err(self.no_method("a text", &TEXT_METHODS, call, token, span)?),
        }
    }

    /// A method that is not there, or that only the interpreter has.
    fn no_method(
        &mut self,
        what: &str,
        known: &[&str],
        call: &FnCallExpr,
        token: Span,
        span: Span,
    ) -> Result<Stop, Stop> {
        let name = call.name.as_str();
        if known.contains(&name) {
            return Ok(self.arguments(
                call,
                usize::from(matches!(name, "some" | "all" | "filter" | "contains")),
                span,
            ));
        }
        if is_builtin(name) {
            return self.interpret(span, format!("`{name}`"));
        }
        let mut diagnostic =
            self.diagnostic(codes::UNKNOWN_FUNCTION, token, format!("{what} has no method `{name}`"));
        diagnostic = match suggest::nearest(name, known.iter().copied()) {
            Some(meant) => {
                let fix = Fix::replace(diagnostic.location.clone(), meant);
                diagnostic.help(format!("did you mean `{meant}`?")).fix(fix)
            }
            None => diagnostic.help(format!("it has {}", suggest::all_of(known.iter().copied()))),
        };
        Ok(self.report(diagnostic))
    }

    fn arguments(&mut self, call: &FnCallExpr, wanted: usize, span: Span) -> Stop {
        let message = format!("`{}` takes {wanted} arguments, not {}", call.name, call.args.len());
        self.wrong(codes::BAD_ARGUMENT, span, message)
    }
}
