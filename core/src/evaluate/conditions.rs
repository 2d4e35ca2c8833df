//! What a condition says of facts, read straight off its tree. Explanations use this; verdicts by the
//! thousand use the [`Program`](super::Program) made from it.

use super::truth::Truth;
use crate::fact::{Fact, Row};
use crate::facts::Facts;
use crate::rules::condition::{
    Comparison, Condition, ConditionKind, Quantifier, Subject, SubjectPlace, Term, Test, TextTest,
};
use crate::schema::{Kind, Schema};
use std::borrow::Cow;

/// What conditions are asked of: an intake's facts and, inside a quantifier, the item at hand.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The schema that numbers the facts.
    pub schema: &'a Schema,
    /// The facts.
    pub facts: &'a Facts,
    /// The item at hand.
    pub row: Option<&'a Row>,
}

/// What a term comes to.
#[derive(Debug, Clone, PartialEq)]
enum Value<'a> {
    Unknown,
    /// A number that is known to lie between two, both included.
    Between(i64, i64),
    Text(Cow<'a, str>),
}

impl<'a> Scope<'a> {
    /// The scope of an intake's facts.
    pub fn new(schema: &'a Schema, facts: &'a Facts) -> Self {
        Self { schema, facts, row: None }
    }

    fn with(self, row: &'a Row) -> Self {
        Self { row: Some(row), ..self }
    }

    /// Whether a condition holds.
    pub fn holds(self, condition: &Condition) -> Truth {
        match &condition.kind {
            ConditionKind::Const(value) => Truth::from(*value),
            ConditionKind::Not(inner) => !self.holds(inner),
            ConditionKind::And(parts) => {
                parts.iter().map(|part| self.holds(part)).fold(Truth::Yes, Truth::and)
            }
            ConditionKind::Or(parts) => parts.iter().map(|part| self.holds(part)).fold(Truth::No, Truth::or),
            ConditionKind::If(parts) => {
                let [test, first, second] = &**parts;
                choose(self.holds(test), || self.holds(first), || self.holds(second))
            }
            ConditionKind::Test(test) => self.test(test),
        }
    }

    /// Whether a test holds.
    pub fn test(self, test: &Test) -> Truth {
        match test {
            Test::Is { subject, set } => {
                let bit = match self.fact(*subject) {
                    Fact::Bool(value) => u16::from(*value),
                    Fact::Choice(index) => *index,
                    _ => return Truth::Unsettled,
                };
                Truth::from(set.checked_shr(u32::from(bit)).unwrap_or(0) & 1 == 1)
            }
            Test::Compare { how, left, right } => compare(*how, &self.term(left), &self.term(right)),
            Test::Text { how, subject, argument } => match (self.term(subject), self.term(argument)) {
                (Value::Text(subject), Value::Text(argument)) => Truth::from(match how {
                    TextTest::Contains => subject.contains(&*argument),
                    TextTest::StartsWith => subject.starts_with(&*argument),
                    TextTest::EndsWith => subject.ends_with(&*argument),
                }),
                _ => Truth::Unsettled,
            },
            Test::Quantified { quantifier, list, predicate } => {
                let Some(rows) = self.fact(*list).rows() else { return Truth::Unsettled };
                let verdicts = rows.iter().map(|row| self.with(row).holds(predicate));
                match quantifier {
                    Quantifier::Some => verdicts.fold(Truth::No, Truth::or),
                    Quantifier::All => verdicts.fold(Truth::Yes, Truth::and),
                }
            }
        }
    }

    /// The value of a field.
    pub fn fact(self, subject: Subject) -> &'a Fact {
        match subject.place {
            SubjectPlace::Slot(slot) => self.facts.value(slot),
            SubjectPlace::Column(column) => {
                self.row.and_then(|row| row.cells.get(column as usize)).unwrap_or(&Fact::Unknown)
            }
        }
    }

    fn term(self, term: &'a Term) -> Value<'a> {
        match term {
            Term::Int(number) => Value::Between(*number, *number),
            Term::Text(text) => Value::Text(Cow::Borrowed(text)),
            Term::Field(subject) => match self.fact(*subject) {
                Fact::Int(number) => Value::Between(*number, *number),
                Fact::Text(text) => Value::Text(Cow::Borrowed(text)),
                Fact::Choice(index) => {
                    self.choice(*subject, *index).map_or(Value::Unknown, |text| Value::Text(text.into()))
                }
                _ => Value::Unknown,
            },
            Term::Rank(subject) => match self.fact(*subject) {
                Fact::Choice(index) => Value::Between(i64::from(*index), i64::from(*index)),
                _ => Value::Unknown,
            },
            Term::Length(text) => match self.term(text) {
                Value::Text(text) => {
                    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
                    Value::Between(length, length)
                }
                _ => Value::Unknown,
            },
            Term::Case { upper, text } => match self.term(text) {
                Value::Text(text) if *upper => Value::Text(text.to_uppercase().into()),
                Value::Text(text) => Value::Text(text.to_lowercase().into()),
                _ => Value::Unknown,
            },
            Term::Count { list, predicate } => {
                let Some(rows) = self.fact(*list).rows() else { return Value::Unknown };
                let (mut least, mut most) = (0, 0);
                for row in rows {
                    match predicate.as_ref().map_or(Truth::Yes, |predicate| self.with(row).holds(predicate)) {
                        Truth::Yes => (least, most) = (least + 1, most + 1),
                        Truth::Unsettled => most += 1,
                        Truth::No => {}
                    }
                }
                Value::Between(least, most)
            }
            Term::Arithmetic { how, left, right } => match (self.term(left), self.term(right)) {
                (Value::Between(a, b), Value::Between(c, d)) if a == b && c == d => {
                    how.of(a, c).map_or(Value::Unknown, |number| Value::Between(number, number))
                }
                _ => Value::Unknown,
            },
            Term::If(condition, arms) => {
                let [first, second] = &**arms;
                match self.holds(condition) {
                    Truth::Yes => self.term(first),
                    Truth::No => self.term(second),
                    Truth::Unsettled => match (self.term(first), self.term(second)) {
                        (first, second) if first == second => first,
                        (Value::Between(a, b), Value::Between(c, d)) => Value::Between(a.min(c), b.max(d)),
                        _ => Value::Unknown,
                    },
                }
            }
        }
    }

    fn choice(self, subject: Subject, index: u16) -> Option<&'a str> {
        match &self.schema.field(subject.field).kind {
            Kind::Choice(choices) => choices.values.get(index as usize).map(|choice| choice.value.as_str()),
            _ => None,
        }
    }
}

/// `if`, where the test may be unsettled: two branches that agree settle it.
pub(super) fn choose(test: Truth, first: impl FnOnce() -> Truth, second: impl FnOnce() -> Truth) -> Truth {
    match test {
        Truth::Yes => first(),
        Truth::No => second(),
        Truth::Unsettled => {
            let (first, second) = (first(), second());
            if first == second { first } else { Truth::Unsettled }
        }
    }
}

fn compare(how: Comparison, left: &Value<'_>, right: &Value<'_>) -> Truth {
    match (left, right) {
        (Value::Between(a, b), Value::Between(c, d)) => {
            // Settled where every pair of numbers agrees; the ends of both ranges tell.
            let verdict = match how {
                Comparison::Equal if a == b && c == d => return Truth::from(a == c),
                Comparison::NotEqual if a == b && c == d => return Truth::from(a != c),
                Comparison::Equal | Comparison::NotEqual => {
                    let apart = b < c || d < a;
                    return if apart { Truth::from(how == Comparison::NotEqual) } else { Truth::Unsettled };
                }
                Comparison::Less | Comparison::LessOrEqual => (how.holds(b.cmp(c)), how.holds(a.cmp(d))),
                Comparison::Greater | Comparison::GreaterOrEqual => {
                    (how.holds(a.cmp(d)), how.holds(b.cmp(c)))
                }
            };
            match verdict {
                (true, _) => Truth::Yes,
                (_, false) => Truth::No,
                _ => Truth::Unsettled,
            }
        }
        (Value::Text(left), Value::Text(right)) => Truth::from(how.holds(left.as_ref().cmp(right.as_ref()))),
        _ => Truth::Unsettled,
    }
}
