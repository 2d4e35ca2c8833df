//! Conditions as statements about *things* that take values, with nothing in between.
//!
//! A thing is a field, a number or text that is computed from fields, how two of those compare, or a test
//! that is looked into no further. Things of the last kinds are taken to be free, so that what is proved of
//! them holds whatever they really are.

use crate::rules::condition::{At, Comparison, Condition, ConditionKind, Quantifier, Subject, Term, Test};
use crate::schema::{Choices, FieldId, Kind, Schema};
use crate::source::Span;
use std::fmt::Debug;
use std::sync::Arc;

/// What a condition says, by things and their values.
#[derive(Debug, Clone)]
pub(super) enum Formula {
    Const(bool),
    Not(Box<Formula>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    If(Box<[Formula; 3]>),
    Has(Thing, Values),
}

/// Something that takes a value. The texts are what was written, without the place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// A field of the intake or of a list's item.
    Field(FieldId),
    /// How many items of a list are so.
    Count { list: FieldId, of: String },
    /// A number that is computed; `natural` where it is never negative.
    Number { written: String, natural: bool },
    /// A text that is computed.
    Text(String),
    /// How the first compares with the second.
    Order(String, String),
    /// A test that is looked into no further.
    Opaque(String),
}

/// Which values are meant.
#[derive(Debug, Clone)]
pub(super) enum Values {
    /// Choices by their bits; for yes/no, bit 0 is no.
    Set(u64),
    /// Numbers that compare so.
    Number(Comparison, i64),
    /// Texts that compare so.
    Text(Comparison, Arc<str>),
    /// Orders in which two things compare so.
    Order(Comparison),
    /// Whatever is tested is so.
    So,
}

/// Reads conditions. What is asked of list items is kept beside, for it says something of other things.
pub(super) struct Reader<'a> {
    pub schema: &'a Schema,
    /// For each count, what is asked of the items.
    pub asked: Vec<(Thing, Formula)>,
}

impl Reader<'_> {
    pub(super) fn condition(&mut self, condition: &Condition) -> Formula {
        match &condition.kind {
            ConditionKind::Const(value) => Formula::Const(*value),
            ConditionKind::Not(inner) => Formula::Not(Box::new(self.condition(inner))),
            ConditionKind::And(parts) => {
                Formula::All(parts.iter().map(|part| self.condition(part)).collect())
            }
            ConditionKind::Or(parts) => Formula::Any(parts.iter().map(|part| self.condition(part)).collect()),
            ConditionKind::If(parts) => {
                let [test, first, second] = &**parts;
                let parts = [self.condition(test), self.condition(first), self.condition(second)];
                Formula::If(Box::new(parts))
            }
            ConditionKind::Test(test) => self.test(test),
        }
    }

    fn test(&mut self, test: &Test) -> Formula {
        match test {
            Test::Is { subject, set } => Formula::Has(Thing::Field(subject.field), Values::Set(*set)),
            Test::Compare { how, left, right } => self.compare(*how, left, right),
            Test::Text { .. } => Formula::Has(Thing::Opaque(written(&bare_test(test))), Values::So),
            Test::Quantified { quantifier: Quantifier::Some, list, predicate } => {
                let thing = self.count(list.field, Some(predicate));
                Formula::Has(thing, Values::Number(Comparison::GreaterOrEqual, 1))
            }
            Test::Quantified { quantifier: Quantifier::All, list, predicate } => {
                let otherwise = opposite(predicate);
                let thing = self.count(list.field, Some(&otherwise));
                Formula::Has(thing, Values::Number(Comparison::Equal, 0))
            }
        }
    }

    fn count(&mut self, list: FieldId, predicate: Option<&Condition>) -> Thing {
        let predicate = predicate.filter(|asked| !matches!(asked.kind, ConditionKind::Const(true)));
        let of = predicate.map_or_else(String::new, |predicate| written(&bare(predicate)));
        let thing = Thing::Count { list, of };
        if let Some(predicate) = predicate
            && !self.asked.iter().any(|(known, _)| *known == thing)
        {
            let formula = self.condition(predicate);
            self.asked.push((thing.clone(), formula));
        }
        thing
    }

    fn compare(&mut self, how: Comparison, left: &Term, right: &Term) -> Formula {
        match (left, right) {
            (Term::If(test, arms), other) => {
                let [first, second] = &**arms;
                let (first, second) = (self.compare(how, first, other), self.compare(how, second, other));
                Formula::If(Box::new([self.condition(test), first, second]))
            }
            (other, Term::If(..)) => self.compare(how.flip(), right, other),
            (Term::Int(left), Term::Int(right)) => Formula::Const(how.holds(left.cmp(right))),
            (Term::Text(left), Term::Text(right)) => Formula::Const(how.holds(left.cmp(right))),
            (Term::Int(_) | Term::Text(_), _) => self.compare(how.flip(), right, left),
            (left, Term::Int(number)) => Formula::Has(self.thing(left), Values::Number(how, *number)),
            (Term::Field(subject), Term::Text(text)) if self.choices(*subject).is_some() => {
                self.choice(*subject, |choice, _| how.holds(choice.cmp(text)))
            }
            (left, Term::Text(text)) => Formula::Has(self.thing(left), Values::Text(how, Arc::clone(text))),
            (Term::Rank(left), Term::Rank(right)) => {
                self.pairs(*left, *right, |(_, first), (_, second)| how.holds(first.cmp(&second)))
            }
            (Term::Field(left), Term::Field(right))
                if self.choices(*left).is_some() && self.choices(*right).is_some() =>
            {
                self.pairs(*left, *right, |(first, _), (second, _)| how.holds(first.cmp(second)))
            }
            (left, right) => {
                let (first, second) = (written(&bare_term(left)), written(&bare_term(right)));
                match first.cmp(&second) {
                    std::cmp::Ordering::Equal => Formula::Const(how.holds(std::cmp::Ordering::Equal)),
                    std::cmp::Ordering::Less => Formula::Has(Thing::Order(first, second), Values::Order(how)),
                    std::cmp::Ordering::Greater => {
                        Formula::Has(Thing::Order(second, first), Values::Order(how.flip()))
                    }
                }
            }
        }
    }

    /// What a term is, where it is compared with a literal.
    fn thing(&mut self, term: &Term) -> Thing {
        match term {
            Term::Field(subject) | Term::Rank(subject) => Thing::Field(subject.field),
            Term::Count { list, predicate } => self.count(list.field, predicate.as_deref()),
            Term::Case { .. } => Thing::Text(written(&bare_term(term))),
            other => Thing::Number {
                written: written(&bare_term(other)),
                natural: matches!(other, Term::Length(_)),
            },
        }
    }

    fn choices(&self, subject: Subject) -> Option<&Choices> {
        self.schema.field(subject.field).choices()
    }

    /// The choices of a field that are so, by name and place.
    fn choice(&self, subject: Subject, so: impl Fn(&str, usize) -> bool) -> Formula {
        let names = self.choices(subject).into_iter().flat_map(Choices::names).enumerate();
        let set = names.filter(|(place, name)| so(name, *place)).fold(0, |set, (place, _)| set | 1 << place);
        Formula::Has(Thing::Field(subject.field), Values::Set(set))
    }

    /// The pairs of choices of two fields that are so.
    fn pairs(
        &self,
        left: Subject,
        right: Subject,
        so: impl Fn((&str, usize), (&str, usize)) -> bool,
    ) -> Formula {
        let names = self.choices(left).into_iter().flat_map(Choices::names).enumerate();
        let cases = names.map(|(place, name)| {
            let left = Formula::Has(Thing::Field(left.field), Values::Set(1 << place));
            let right = self.choice(right, |other, rank| so((name, place), (other, rank)));
            Formula::All(vec![left, right])
        });
        Formula::Any(cases.collect())
    }
}

impl Formula {
    /// Calls `visit` for each thing and what is asked of it.
    pub(super) fn visit(&self, visit: &mut dyn FnMut(&Thing, &Values)) {
        match self {
            Self::Const(_) => {}
            Self::Not(inner) => inner.visit(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(visit)),
            Self::If(parts) => parts.iter().for_each(|part| part.visit(visit)),
            Self::Has(thing, values) => visit(thing, values),
        }
    }
}

/// Whether a field's values are numbers, texts or choices that a thing can take.
pub(super) fn is_value(kind: &Kind) -> bool {
    matches!(kind, Kind::Bool | Kind::Int { .. } | Kind::Text(_) | Kind::Choice(_))
}

fn written(part: &impl Debug) -> String {
    format!("{part:?}")
}

const NOWHERE: At = At { topic: 0, span: Span { start: 0, end: 0 } };

fn opposite(condition: &Condition) -> Condition {
    match &condition.kind {
        ConditionKind::Not(inner) => (**inner).clone(),
        ConditionKind::Const(value) => Condition { kind: ConditionKind::Const(!value), at: condition.at },
        _ => Condition { kind: ConditionKind::Not(Box::new(condition.clone())), at: condition.at },
    }
}

/// A condition without the places where it was written: what is written twice is one thing.
fn bare(condition: &Condition) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(bare).collect();
    let kind = match &condition.kind {
        ConditionKind::Const(value) => ConditionKind::Const(*value),
        ConditionKind::Not(inner) => ConditionKind::Not(Box::new(bare(inner))),
        ConditionKind::And(parts) => ConditionKind::And(all(parts)),
        ConditionKind::Or(parts) => ConditionKind::Or(all(parts)),
        ConditionKind::If(parts) => {
            let [test, first, second] = &**parts;
            ConditionKind::If(Box::new([bare(test), bare(first), bare(second)]))
        }
        ConditionKind::Test(test) => ConditionKind::Test(bare_test(test)),
    };
    Condition { kind, at: NOWHERE }
}

fn bare_test(test: &Test) -> Test {
    match test {
        Test::Is { .. } => test.clone(),
        Test::Compare { how, left, right } => {
            Test::Compare { how: *how, left: bare_term(left), right: bare_term(right) }
        }
        Test::Text { how, subject, argument } => {
            Test::Text { how: *how, subject: bare_term(subject), argument: bare_term(argument) }
        }
        Test::Quantified { quantifier, list, predicate } => {
            Test::Quantified { quantifier: *quantifier, list: *list, predicate: Box::new(bare(predicate)) }
        }
    }
}

fn bare_term(term: &Term) -> Term {
    match term {
        Term::Int(_) | Term::Text(_) | Term::Field(_) | Term::Rank(_) => term.clone(),
        Term::Length(text) => Term::Length(Box::new(bare_term(text))),
        Term::Case { upper, text } => Term::Case { upper: *upper, text: Box::new(bare_term(text)) },
        Term::Count { list, predicate } => Term::Count {
            list: *list,
            predicate: predicate.as_deref().map(|predicate| Box::new(bare(predicate))),
        },
        Term::Arithmetic { how, left, right } => {
            Term::Arithmetic { how: *how, left: Box::new(bare_term(left)), right: Box::new(bare_term(right)) }
        }
        Term::If(test, arms) => {
            let [first, second] = &**arms;
            Term::If(Box::new(bare(test)), Box::new([bare_term(first), bare_term(second)]))
        }
    }
}
