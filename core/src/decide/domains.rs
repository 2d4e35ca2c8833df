//! Which answers are worth trying for an open question.
//!
//! A yes/no question has two, a choice as many as it has. A number that rules only compare with literals has
//! one for each stretch between them; a text that rules only compare with literals has those and one more.

use crate::fact::Fact;
use crate::rules::condition::{Comparison, Condition, ConditionKind, Subject, SubjectPlace, Term, Test};
use crate::rules::{Body, RuleSet};
use crate::schema::{Kind, Schema, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// The answers worth trying, by slot; empty where there is no end of them.
#[derive(Debug, Default)]
pub(crate) struct Domains(Vec<Vec<Fact>>);

#[derive(Default)]
struct Literals {
    numbers: BTreeMap<Slot, BTreeSet<i64>>,
    texts: BTreeMap<Slot, BTreeSet<String>>,
    /// Read in a way that literals do not capture.
    endless: BTreeSet<Slot>,
}

impl Domains {
    pub(super) fn new(schema: &Schema, rules: &RuleSet) -> Self {
        let mut literals = Literals::default();
        for rule in rules.rules() {
            match &rule.body {
                Body::Compiled(condition) => literals.condition(condition),
                Body::Interpreted { .. } => literals.endless.extend(&rule.reads),
            }
        }
        Self(schema.slots().map(|(slot, field)| literals.domain(slot, &field.kind)).collect())
    }

    /// The answers worth trying for a slot; empty where there is no end of them.
    pub(crate) fn of(&self, slot: Slot) -> &[Fact] {
        self.0.get(slot.index()).map_or(&[], Vec::as_slice)
    }
}

impl Literals {
    fn domain(&self, slot: Slot, kind: &Kind) -> Vec<Fact> {
        match kind {
            Kind::Bool => vec![Fact::Bool(false), Fact::Bool(true)],
            Kind::Choice(choices) => {
                (0u16..).zip(&choices.values).map(|(index, _)| Fact::Choice(index)).collect()
            }
            Kind::Int { .. } | Kind::Text(_) if self.endless.contains(&slot) => vec![],
            Kind::Int { min, max } => {
                let literals = self.numbers.get(&slot);
                let around = literals
                    .into_iter()
                    .flatten()
                    .flat_map(|number| [number.saturating_sub(1), *number, number.saturating_add(1)]);
                let clip = |number: i64| {
                    number
                        .clamp(min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX).max(min.unwrap_or(i64::MIN)))
                };
                let numbers: BTreeSet<i64> = around.map(clip).collect();
                numbers.into_iter().map(Fact::Int).collect()
            }
            Kind::Text(_) => {
                let literals = self.texts.get(&slot);
                let other = literals.map(|_| "\u{1}".to_owned());
                literals
                    .into_iter()
                    .flatten()
                    .cloned()
                    .chain(other)
                    .map(|text| Fact::Text(text.into()))
                    .collect()
            }
            Kind::Group(_) | Kind::List { .. } => vec![],
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Const(_) => {}
            ConditionKind::Not(inner) => self.condition(inner),
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            ConditionKind::If(parts) => parts.iter().for_each(|part| self.condition(part)),
            ConditionKind::Test(test) => self.test(test),
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Is { .. } => {}
            Test::Compare { how, left, right } => {
                self.compare(*how, left, right);
                self.compare(*how, right, left);
            }
            Test::Text { subject, argument, .. } => {
                self.term(subject);
                self.term(argument);
            }
            Test::Quantified { predicate, .. } => self.condition(predicate),
        }
    }

    fn compare(&mut self, how: Comparison, term: &Term, other: &Term) {
        match (term, other) {
            (Term::Field(Subject { place: SubjectPlace::Slot(slot), .. }), Term::Int(number)) => {
                self.numbers.entry(*slot).or_default().insert(*number);
            }
            (Term::Field(Subject { place: SubjectPlace::Slot(slot), .. }), Term::Text(text))
                if !how.needs_order() =>
            {
                self.texts.entry(*slot).or_default().insert(text.to_string());
            }
            (Term::Int(_) | Term::Text(_), Term::Field(_)) => {}
            (term, _) => self.term(term),
        }
    }

    /// A term that is not compared with a literal: every field in it can take any value.
    fn term(&mut self, term: &Term) {
        term.reads(&mut |subject| {
            if let SubjectPlace::Slot(slot) = subject.place {
                self.endless.insert(slot);
            }
        });
    }
}
