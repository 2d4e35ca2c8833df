//! What a rule that does not fire would need.

use super::words;
use crate::evaluate::{Scope, Truth};
use crate::facts::Facts;
use crate::rules::condition::{Condition, ConditionKind};
use crate::rules::{Body, Rule};
use crate::schema::Schema;

/// What of a rule's condition is not so, in plain words; all of it would have to be for the rule to fire. Empty
/// for a rule that fires, and for one that only the interpreter can run.
pub fn lacks(schema: &Schema, rule: &Rule, facts: &Facts) -> Vec<String> {
    let mut found = vec![];
    if let Body::Compiled(condition) = &rule.body {
        collect(Scope::new(schema, facts), condition, true, &mut found);
    }
    found
}

fn collect(scope: Scope<'_>, condition: &Condition, wanted: bool, found: &mut Vec<String>) {
    if scope.holds(condition) == Truth::from(wanted) {
        return;
    }
    match (&condition.kind, wanted) {
        (ConditionKind::Not(inner), wanted) => collect(scope, inner, !wanted, found),
        (ConditionKind::And(parts), true) | (ConditionKind::Or(parts), false) => {
            parts.iter().for_each(|part| collect(scope, part, wanted, found));
        }
        _ => {
            let said = words::part(scope.schema, condition, wanted);
            if !found.contains(&said) {
                found.push(said);
            }
        }
    }
}
