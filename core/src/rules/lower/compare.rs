//! Comparisons and membership, where most mistakes in a rule are made.

use super::{List, Lowering, Stop, Typed};
use crate::diagnostic::Fix;
use crate::rules::codes;
use crate::rules::condition::{
    Comparison, Condition, ConditionKind, Quantifier, Subject, SubjectPlace, Term, Test,
};
use crate::schema::{Choices, Kind, TextFormat};
use crate::source::Span;
use crate::suggest;

impl Lowering<'_, '_, '_> {
    /// `left == right`, `left < right`, …
    pub(super) fn compare(
        &mut self,
        how: Comparison,
        (left, left_span): (Typed, Span),
        (right, right_span): (Typed, Span),
        span: Span,
        operator: Span,
    ) -> Result<Typed, Stop> {
        match (left, right) {
            (Typed::Choice(subject), Typed::Text(Term::Text(literal))) => {
                let set = self.choices(subject, how, &literal, right_span, operator)?;
                Ok(self.is(subject, set, span))
            }
            (Typed::Text(Term::Text(literal)), Typed::Choice(subject)) => {
                let set = self.choices(subject, how.flip(), &literal, left_span, operator)?;
                Ok(self.is(subject, set, span))
            }
            (Typed::Choice(left), Typed::Choice(right)) => self.two_choices(how, left, right, span, operator),
            (Typed::Bool(left), Typed::Bool(right)) if !how.needs_order() => {
                // The right side is written twice below.
                let right = Typed::Bool(right);
                self.copied(&right, right_span)?;
                let Typed::Bool(right) = right else { return Err(Stop::Wrong) };
                Ok(Typed::Bool(self.same(left, right, how == Comparison::Equal, span)))
            }
            (Typed::Bool(_), Typed::Bool(_)) => {
                Err(self.unordered(how, "yes and no have no order", operator))
            }
            (Typed::Int(left), Typed::Int(right)) => {
                self.reachable(&left, how, &right, right_span)?;
                self.reachable(&right, how.flip(), &left, left_span)?;
                Ok(self.test(Test::Compare { how, left, right }, span))
            }
            (left @ (Typed::Text(_) | Typed::Choice(_)), right @ (Typed::Text(_) | Typed::Choice(_))) => {
                let (Typed::Text(left), Typed::Text(right)) = (self.plain(left), self.plain(right)) else {
                    return Err(Stop::Wrong);
                };
                self.dates(&left, &right, right_span)?;
                self.dates(&right, &left, left_span)?;
                if how.needs_order() && !self.is_date(&left) && !self.is_date(&right) {
                    return Err(self.unordered(how, "texts have no order that a rule could mean", operator));
                }
                Ok(self.test(Test::Compare { how, left, right }, span))
            }
            (left, right) => {
                let message =
                    format!("{} can never be compared with {}", self.describe(&left), self.describe(&right));
                let mut diagnostic = self.diagnostic(codes::TYPE_MISMATCH, span, message);
                if let (Typed::Bool(_), Typed::Text(Term::Text(text)))
                | (Typed::Text(Term::Text(text)), Typed::Bool(_)) = (&left, &right)
                {
                    let meant = matches!(&**text, "true" | "yes");
                    if meant || matches!(&**text, "false" | "no") {
                        diagnostic = diagnostic.help(format!("write `{meant}` without quotes"));
                    }
                }
                Err(self.report(diagnostic))
            }
        }
    }

    fn test(&self, test: Test, span: Span) -> Typed {
        Typed::Bool(self.make(ConditionKind::Test(test), span))
    }

    fn is(&self, subject: Subject, set: u64, span: Span) -> Typed {
        self.test(Test::Is { subject, set }, span)
    }

    fn same(&self, left: Condition, right: Condition, equal: bool, span: Span) -> Condition {
        let not = |condition: Condition| {
            let at = condition.at;
            Condition { kind: ConditionKind::Not(Box::new(condition)), at }
        };
        let whole = |condition: Condition| Condition { at: self.at(span), ..condition };
        match (&left.kind, &right.kind) {
            (_, ConditionKind::Const(value)) => whole(if *value == equal { left } else { not(left) }),
            (ConditionKind::Const(value), _) => whole(if *value == equal { right } else { not(right) }),
            _ => {
                let (first, second) =
                    if equal { (right.clone(), not(right)) } else { (not(right.clone()), right) };
                self.make(ConditionKind::If(Box::new([left, first, second])), span)
            }
        }
    }

    fn unordered(&mut self, how: Comparison, why: &str, operator: Span) -> Stop {
        let message = format!("`{}` means nothing here: {why}", how.operator());
        let diagnostic = self.diagnostic(codes::UNORDERED, operator, message);
        self.report(diagnostic.help("use `==`, `!=` or `in [ … ]`"))
    }

    /// The choices that compare so with a literal, as bits.
    fn choices(
        &mut self,
        subject: Subject,
        how: Comparison,
        literal: &str,
        span: Span,
        operator: Span,
    ) -> Result<u64, Stop> {
        let field = self.schema.field(subject.field);
        let Kind::Choice(choices) = &field.kind else { return Err(Stop::Wrong) };
        let Some(position) = choices.position(literal) else {
            return Err(self.impossible(&field.path, choices, literal, span));
        };
        if how.needs_order() && !choices.ordered {
            let why = format!("the choices of `{}` have no order", field.path);
            return Err(self.unordered(how, &why, operator));
        }
        let set = (0u16..).zip(&choices.values).filter(|(index, _)| how.holds(index.cmp(&position)));
        Ok(set.fold(0, |set, (index, _)| set | 1 << index))
    }

    fn impossible(&mut self, path: &str, choices: &Choices, literal: &str, span: Span) -> Stop {
        let mut diagnostic =
            self.diagnostic(codes::IMPOSSIBLE_LITERAL, span, format!("`{path}` is never `{literal}`"));
        diagnostic = match suggest::nearest(literal, choices.names()) {
            Some(meant) => {
                let mut fix = Fix::replace(diagnostic.location.clone(), meant);
                fix.edits.iter_mut().for_each(|edit| edit.text = format!("\"{meant}\""));
                diagnostic.help(format!("did you mean `{meant}`?")).fix(fix)
            }
            None => diagnostic.help(format!("it is {}", suggest::list_of(choices.names()))),
        };
        self.report(diagnostic)
    }

    fn two_choices(
        &mut self,
        how: Comparison,
        left: Subject,
        right: Subject,
        span: Span,
        operator: Span,
    ) -> Result<Typed, Stop> {
        let (a, b) = (self.schema.field(left.field), self.schema.field(right.field));
        let (Kind::Choice(first), Kind::Choice(second)) = (&a.kind, &b.kind) else { return Err(Stop::Wrong) };
        let same = first
            .values
            .iter()
            .map(|choice| &choice.value)
            .eq(second.values.iter().map(|choice| &choice.value));
        if how.needs_order() && !(same && first.ordered && second.ordered) {
            let why = format!("`{}` and `{}` do not share one order", a.path, b.path);
            return Err(self.unordered(how, &why, operator));
        }
        let (left, right) = if same {
            (Term::Rank(left), Term::Rank(right))
        } else {
            (Term::Field(left), Term::Field(right))
        };
        Ok(self.test(Test::Compare { how, left, right }, span))
    }

    /// A number that a field can never be makes a comparison that is no question.
    fn reachable(&mut self, term: &Term, how: Comparison, literal: &Term, span: Span) -> Result<(), Stop> {
        let (Term::Field(subject), Term::Int(number)) = (term, literal) else { return Ok(()) };
        let field = self.schema.field(subject.field);
        let Kind::Int { min, max } = &field.kind else { return Ok(()) };
        let below = min.is_some_and(|min| *number < min);
        let above = max.is_some_and(|max| *number > max);
        if how.needs_order() || !(below || above) {
            return Ok(());
        }
        Err(self.wrong(codes::IMPOSSIBLE_LITERAL, span, format!("`{}` is never `{number}`", field.path)))
    }

    fn is_date(&self, term: &Term) -> bool {
        let Term::Field(subject) = term else { return false };
        matches!(self.schema.field(subject.field).kind, Kind::Text(TextFormat::Date))
    }

    /// A date is compared with a date.
    fn dates(&mut self, term: &Term, literal: &Term, span: Span) -> Result<(), Stop> {
        let Term::Text(text) = literal else { return Ok(()) };
        if !self.is_date(term) || crate::calendar::date(text).is_some() {
            return Ok(());
        }
        Err(self.wrong(codes::IMPOSSIBLE_LITERAL, span, format!("`{text}` is no date")))
    }

    /// `needle in haystack`
    pub(super) fn holds(
        &mut self,
        (haystack, haystack_span): (Typed, Span),
        (needle, needle_span): (Typed, Span),
        span: Span,
    ) -> Result<Typed, Stop> {
        match haystack {
            Typed::Array(values) => self.one_of(&values, (needle, needle_span), span),
            Typed::Range(first, last, inclusive) => {
                let Typed::Int(needle) = needle else {
                    let what = self.describe(&needle);
                    return Err(self.wrong(
                        codes::TYPE_MISMATCH,
                        span,
                        format!("{what} is never in a range of numbers"),
                    ));
                };
                self.copied(&Typed::Int(needle.clone()), needle_span)?;
                let upper = if inclusive { Comparison::LessOrEqual } else { Comparison::Less };
                let from =
                    Test::Compare { how: Comparison::GreaterOrEqual, left: needle.clone(), right: first };
                let to = Test::Compare { how: upper, left: needle, right: last };
                let parts = [from, to].map(|test| self.make(ConditionKind::Test(test), span)).to_vec();
                Ok(Typed::Bool(self.make(ConditionKind::And(parts), span)))
            }
            Typed::List(list) => self.list_holds(list, (needle, needle_span), span),
            Typed::Text(subject) => {
                let Typed::Text(argument) = self.plain(needle.clone()) else {
                    let what = self.describe(&needle);
                    return Err(self.wrong(
                        codes::TYPE_MISMATCH,
                        needle_span,
                        format!("{what} is never part of a text"),
                    ));
                };
                let how = crate::rules::condition::TextTest::Contains;
                Ok(self.test(Test::Text { how, subject, argument }, span))
            }
            other => {
                let what = self.describe(&other);
                Err(self.wrong(
                    codes::TYPE_MISMATCH,
                    haystack_span,
                    format!("{what} holds nothing that could be looked for"),
                ))
            }
        }
    }

    fn one_of(
        &mut self,
        values: &[(Typed, Span)],
        (needle, needle_span): (Typed, Span),
        span: Span,
    ) -> Result<Typed, Stop> {
        if let Typed::Choice(subject) = needle {
            let mut set = 0;
            let mut fault = None;
            for (value, value_span) in values {
                match value {
                    Typed::Text(Term::Text(literal)) => {
                        match self.choices(subject, Comparison::Equal, literal, *value_span, span) {
                            Ok(bits) => set |= bits,
                            Err(stop) => fault = Some(stop),
                        }
                    }
                    _ => return self.interpret(*value_span, "a list of something other than texts"),
                }
            }
            return fault.map_or_else(|| Ok(self.is(subject, set, span)), Err);
        }
        let mut parts = vec![];
        for (value, value_span) in values {
            self.copied(&needle, needle_span)?;
            let pair = ((needle.clone(), needle_span), (value.clone(), *value_span));
            let Typed::Bool(part) =
                self.compare(Comparison::Equal, pair.0, pair.1, *value_span, *value_span)?
            else {
                return Err(Stop::Wrong);
            };
            parts.push(part);
        }
        Ok(Typed::Bool(self.make(ConditionKind::Or(parts), span)))
    }

    /// A list of plain values holds this one: some item is equal to it.
    fn list_holds(
        &mut self,
        list: List,
        (needle, needle_span): (Typed, Span),
        span: Span,
    ) -> Result<Typed, Stop> {
        let item = self.read(list.item, span);
        if matches!(item, Typed::Group(_) | Typed::List(_)) {
            let path = self.schema.field(list.subject.field).path.clone();
            let diagnostic = self
                .diagnostic(codes::TYPE_MISMATCH, span, format!("the items of `{path}` are groups of fields"))
                .help("ask `.some(|item| item.… == …)`");
            return Err(self.report(diagnostic));
        }
        let reads_item = |value: &Typed| match value {
            Typed::Int(term) | Typed::Text(term) => {
                let mut found = false;
                term.reads(&mut |subject| found |= matches!(subject.place, SubjectPlace::Column(_)));
                found
            }
            Typed::Choice(subject) => matches!(subject.place, SubjectPlace::Column(_)),
            _ => true,
        };
        if reads_item(&needle) {
            return self.interpret(needle_span, "an item that is looked for in a list of its own");
        }
        let Typed::Bool(same) =
            self.compare(Comparison::Equal, (item, span), (needle, needle_span), span, span)?
        else {
            return Err(Stop::Wrong);
        };
        let predicate = match list.filter {
            None => same,
            Some(filter) => self.make(ConditionKind::And(vec![filter, same]), span),
        };
        let test = Test::Quantified {
            quantifier: Quantifier::Some,
            list: list.subject,
            predicate: Box::new(predicate),
        };
        Ok(self.test(test, span))
    }
}
