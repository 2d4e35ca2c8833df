//! The operands of a condition, and which evaluations show that they matter.

use crate::evaluate::{Scope, Truth};
use crate::facts::Facts;
use crate::rules::condition::{At, Condition, ConditionKind, Subject, Term, Test};
use crate::schema::Schema;

/// An atomic test of a condition.
#[derive(Debug, Clone)]
pub struct Operand {
    /// Where it was written: a helper may stand in another topic than its rule.
    pub at: At,
    /// How often it was evaluated; each item of a list counts.
    pub seen: u32,
    /// How often it was shown to matter: first index whether it held, second whether its condition did.
    shown: [[u32; 2]; 2],
}

impl Operand {
    /// How often it was shown to matter while it held, or did not.
    pub fn shown(&self, holds: bool) -> u32 {
        let counts = if holds { self.shown[1] } else { self.shown[0] };
        counts[0] + counts[1]
    }

    /// Whether two evaluations show that the condition turns on it.
    pub fn is_covered(&self) -> bool {
        let [[no_no, no_yes], [yes_no, yes_yes]] = self.shown;
        (yes_yes > 0 && no_no > 0) || (yes_no > 0 && no_yes > 0)
    }
}

/// The operands of a condition, nothing seen yet.
pub(super) fn of(condition: &Condition) -> Vec<Operand> {
    let mut operands = vec![];
    collect(condition, &mut operands);
    operands
}

fn collect(condition: &Condition, operands: &mut Vec<Operand>) {
    let own = leaves(condition);
    operands.extend(own.iter().map(|(at, _)| Operand { at: *at, seen: 0, shown: [[0; 2]; 2] }));
    for (_, test) in own {
        nested(test, &mut |inner| collect(inner.condition, operands));
    }
}

/// Takes in one evaluation of a condition.
pub(super) fn add(operands: &mut [Operand], condition: &Condition, schema: &Schema, facts: &Facts) {
    record(operands, condition, Scope::new(schema, facts));
}

/// Records a condition in a scope. Its own operands are the first of `operands`.
fn record(operands: &mut [Operand], condition: &Condition, scope: Scope<'_>) {
    let own = leaves(condition);
    let mut values: Vec<Truth> = own.iter().map(|(_, test)| scope.test(test)).collect();
    let Some((mine, mut rest)) = operands.split_at_mut_checked(own.len()) else { return };
    for (number, operand) in mine.iter_mut().enumerate() {
        let Some(value) = values.get(number).copied() else { continue };
        operand.seen += 1;
        let mut with = |trial: Truth| {
            values.get_mut(number).into_iter().for_each(|place| *place = trial);
            outcome(condition, &mut values.iter().copied())
        };
        let (yes, no) = (with(Truth::Yes), with(Truth::No));
        with(value);
        if value.is_settled() && yes.is_settled() && no.is_settled() && yes != no {
            let outcome = if value == Truth::Yes { yes } else { no };
            let [no_counts, yes_counts] = &mut operand.shown;
            let [no_count, yes_count] = if value == Truth::Yes { yes_counts } else { no_counts };
            *(if outcome == Truth::Yes { yes_count } else { no_count }) += 1;
        }
    }
    for (_, test) in own {
        nested(test, &mut |inner| {
            let (inside, after) = std::mem::take(&mut rest).split_at_mut(count(inner.condition));
            match inner.list {
                Some(list) => {
                    for row in scope.fact(list).rows().unwrap_or_default() {
                        record(inside, inner.condition, Scope { row: Some(row), ..scope });
                    }
                }
                None => record(inside, inner.condition, scope),
            }
            rest = after;
        });
    }
}

/// How many operands a condition has, with those inside its quantifiers.
fn count(condition: &Condition) -> usize {
    let own = leaves(condition);
    let mut number = own.len();
    for (_, test) in own {
        nested(test, &mut |inner| number += count(inner.condition));
    }
    number
}

/// What a condition comes to where its operands are these, in order.
fn outcome(condition: &Condition, values: &mut dyn Iterator<Item = Truth>) -> Truth {
    match &condition.kind {
        ConditionKind::Const(value) => Truth::from(*value),
        ConditionKind::Not(inner) => !outcome(inner, values),
        ConditionKind::And(parts) => {
            parts.iter().fold(Truth::Yes, |truth, part| truth.and(outcome(part, values)))
        }
        ConditionKind::Or(parts) => {
            parts.iter().fold(Truth::No, |truth, part| truth.or(outcome(part, values)))
        }
        ConditionKind::If(parts) => {
            let [test, first, second] = &**parts;
            let test = outcome(test, values);
            let (first, second) = (outcome(first, values), outcome(second, values));
            match test {
                Truth::Yes => first,
                Truth::No => second,
                Truth::Unsettled if first == second => first,
                Truth::Unsettled => Truth::Unsettled,
            }
        }
        ConditionKind::Test(_) => values.next().unwrap_or(Truth::Unsettled),
    }
}

/// The tests that a condition is built from, in order.
fn leaves(condition: &Condition) -> Vec<(At, &Test)> {
    fn walk<'c>(condition: &'c Condition, found: &mut Vec<(At, &'c Test)>) {
        match &condition.kind {
            ConditionKind::Const(_) => {}
            ConditionKind::Not(inner) => walk(inner, found),
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                parts.iter().for_each(|part| walk(part, found));
            }
            ConditionKind::If(parts) => parts.iter().for_each(|part| walk(part, found)),
            ConditionKind::Test(test) => found.push((condition.at, test)),
        }
    }
    let mut found = vec![];
    walk(condition, &mut found);
    found
}

/// A condition inside a test.
struct Inner<'c> {
    condition: &'c Condition,
    /// The list whose items it is asked of; none where it is asked of the same things as the test.
    list: Option<Subject>,
}

/// Calls `visit` for each condition directly inside a test.
fn nested<'c>(test: &'c Test, visit: &mut dyn FnMut(Inner<'c>)) {
    match test {
        Test::Is { .. } => {}
        Test::Compare { left, right, .. } => {
            inside(left, visit);
            inside(right, visit);
        }
        Test::Text { subject, argument, .. } => {
            inside(subject, visit);
            inside(argument, visit);
        }
        Test::Quantified { list, predicate, .. } => {
            visit(Inner { condition: predicate, list: Some(*list) });
        }
    }
}

fn inside<'c>(term: &'c Term, visit: &mut dyn FnMut(Inner<'c>)) {
    match term {
        Term::Int(_) | Term::Text(_) | Term::Field(_) | Term::Rank(_) => {}
        Term::Length(inner) | Term::Case { text: inner, .. } => inside(inner, visit),
        Term::Count { list, predicate } => {
            if let Some(predicate) = predicate {
                visit(Inner { condition: predicate, list: Some(*list) });
            }
        }
        Term::Arithmetic { left, right, .. } => {
            inside(left, visit);
            inside(right, visit);
        }
        Term::If(condition, arms) => {
            visit(Inner { condition, list: None });
            arms.iter().for_each(|arm| inside(arm, visit));
        }
    }
}
