//! Reasons: few answers that keep something as it is. Whatever changes it has to change one of them, so a
//! search need not look anywhere else.

use crate::evaluate::{Scope, Truth};
use crate::facts::{Facts, Origin};
use crate::rules::condition::{Condition, ConditionKind, Subject, SubjectPlace};
use crate::rules::{Body, Rule};
use crate::schema::{Schema, Slot};
use std::collections::BTreeSet;

/// Answers, by slot.
pub(super) type Reason = BTreeSet<Slot>;

/// Answers that keep a settled rule as it is, whatever the others become.
pub(super) fn of_rule(schema: &Schema, rule: &Rule, facts: &Facts, truth: Truth) -> Reason {
    let slots = match &rule.body {
        Body::Compiled(condition) => {
            let mut slots = Reason::new();
            keep(Scope::new(schema, facts), condition, truth, &mut slots);
            slots
        }
        Body::Interpreted { .. } => rule.reads.iter().copied().collect(),
    };
    with_gates(schema, facts, &slots)
}

/// Everything that a rule reads, and what decides whether that is asked.
pub(super) fn reads(schema: &Schema, rule: &Rule, facts: &Facts) -> Reason {
    with_gates(schema, facts, &rule.reads.iter().copied().collect())
}

/// Slots, and those that decide what these read, or whether they are asked at all.
pub(super) fn with_gates(schema: &Schema, facts: &Facts, slots: &Reason) -> Reason {
    let mut all = Reason::new();
    let mut todo: Vec<Slot> = slots.iter().copied().collect();
    while let Some(slot) = todo.pop() {
        let answered = matches!(facts.origin(slot), Origin::Answered { .. } | Origin::Void { .. });
        if !all.insert(slot) || (answered && is_asked(schema, facts, slot)) {
            continue;
        }
        let gates = schema.slot(slot).applies.iter().flat_map(|applies| applies.any.iter().flatten());
        todo.extend(gates.map(|given| given.slot));
    }
    all
}

/// Whether a question is asked, or may be.
pub(super) fn is_asked(schema: &Schema, facts: &Facts, slot: Slot) -> bool {
    schema.slot(slot).applies.as_ref().is_none_or(|applies| facts.applies(applies) != Some(false))
}

fn keep(scope: Scope<'_>, condition: &Condition, truth: Truth, slots: &mut Reason) {
    match &condition.kind {
        ConditionKind::Const(_) => {}
        ConditionKind::Not(inner) => keep(scope, inner, !truth, slots),
        // One part that fails keeps the whole from holding; to keep it holding, all parts must.
        ConditionKind::And(parts) if truth == Truth::No => keep_one(scope, parts, truth, slots),
        ConditionKind::Or(parts) if truth == Truth::Yes => keep_one(scope, parts, truth, slots),
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            parts.iter().for_each(|part| keep(scope, part, truth, slots));
        }
        ConditionKind::If(parts) => {
            let [test, first, second] = &**parts;
            let held = scope.holds(test);
            if held.is_settled() {
                keep(scope, test, held, slots);
            }
            if held != Truth::No {
                keep(scope, first, truth, slots);
            }
            if held != Truth::Yes {
                keep(scope, second, truth, slots);
            }
        }
        ConditionKind::Test(test) => test.reads(&mut |subject: Subject| {
            if let SubjectPlace::Slot(slot) = subject.place {
                slots.insert(slot);
            }
        }),
    }
}

/// The part with this truth that rests on the fewest answers.
fn keep_one(scope: Scope<'_>, parts: &[Condition], truth: Truth, slots: &mut Reason) {
    let reasons = parts.iter().filter(|part| scope.holds(part) == truth).map(|part| {
        let mut reason = Reason::new();
        keep(scope, part, truth, &mut reason);
        reason
    });
    if let Some(reason) = reasons.min_by_key(BTreeSet::len) {
        slots.extend(reason);
    }
}
