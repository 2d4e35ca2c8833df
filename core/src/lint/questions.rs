//! Questions that nobody needs the answer to, and answers that nobody tells apart.

use super::codes;
use crate::diagnostic::Diagnostic;
use crate::fact::Fact;
use crate::pack::Pack;
use crate::rules::Body;
use crate::rules::condition::{Condition, ConditionKind, Subject, Term, Test};
use crate::schema::{Choices, Field, FieldId, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// Questions that no rule, role, artifact or other question reads. A text may be for the people who review, and
/// one that the minimum intake asks for is.
pub(super) fn unread(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let schema = &pack.schema;
    let mut read: BTreeSet<FieldId> = BTreeSet::new();
    for rule in pack.rules.rules() {
        read.extend(rule.reads.iter().map(|slot| schema.slot(*slot).id));
    }
    for (_, field) in schema.slots() {
        let givens = field.applies.iter().flat_map(|applies| applies.any.iter().flatten());
        read.extend(givens.map(|given| schema.slot(given.slot).id));
    }
    let named = pack.catalogue.artifacts.iter().flat_map(|artifact| &artifact.fields);
    read.extend(named.filter_map(|path| schema.at(&path.value)).map(|field| field.id));
    for (_, field) in schema.slots() {
        let is_text = matches!(field.kind, Kind::Text(_));
        if field.role.is_some() || (field.required && is_text) || read.contains(&field.id) {
            continue;
        }
        let at = schema.declared(field);
        if is_text {
            let message = format!("only people read the answer to `{}`", field.path);
            out.push(
                Diagnostic::warning(codes::UNREAD_TEXT, at, message)
                    .help("let it be `required` if they need it; if they do not, take the question out"),
            );
            continue;
        }
        let message = format!("nothing reads the answer to `{}`", field.path);
        out.push(
            Diagnostic::warning(codes::UNREAD_QUESTION, at, message)
                .help("take the question out, or write the rule that needs it: every question costs each requester a minute"),
        );
    }
}

/// Choices of a question that mean the same to every rule.
pub(super) fn same_choices(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let mut told = Told { sets: BTreeMap::new(), apart: BTreeSet::new() };
    for rule in pack.rules.rules() {
        match &rule.body {
            Body::Compiled(condition) => told.condition(condition),
            Body::Interpreted { .. } => {
                told.apart.extend(rule.reads.iter().map(|slot| pack.schema.slot(*slot).id));
            }
        }
    }
    for (_, field) in pack.schema.slots() {
        for given in field.applies.iter().flat_map(|applies| applies.any.iter().flatten()) {
            let bits = given.one_of.iter().filter_map(|fact| match fact {
                Fact::Choice(place) => 1u64.checked_shl(u32::from(*place)),
                _ => None,
            });
            let set = bits.fold(0, |set, bit| set | bit);
            told.sets.entry(pack.schema.slot(given.slot).id).or_default().insert(set);
        }
    }
    for field in pack.schema.fields().iter().filter(|field| !is_for_engine(pack, field)) {
        let (Some(choices), Some(sets)) = (field.choices(), told.sets.get(&field.id)) else { continue };
        if !told.apart.contains(&field.id) {
            report(pack, field, choices, sets, out);
        }
    }
}

/// Whether the engine itself reads a field, or the list that it stands in.
fn is_for_engine(pack: &Pack, field: &Field) -> bool {
    let parent = field.parent.map(|parent| pack.schema.field(parent));
    field.role.is_some() || parent.is_some_and(|parent| is_for_engine(pack, parent))
}

fn report(pack: &Pack, field: &Field, choices: &Choices, sets: &BTreeSet<u64>, out: &mut Vec<Diagnostic>) {
    let mut classes: BTreeMap<Vec<bool>, Vec<&str>> = BTreeMap::new();
    for (place, name) in choices.names().enumerate() {
        let class = sets.iter().map(|set| set >> place & 1 == 1).collect();
        classes.entry(class).or_default().push(name);
    }
    let mut same: Vec<&Vec<&str>> = classes.values().filter(|names| names.len() > 1).collect();
    same.sort_by_key(|names| choices.position(names.first().copied().unwrap_or_default()));
    if same.is_empty() {
        return;
    }
    let list = |names: &Vec<&str>| match names.as_slice() {
        [init @ .., last] => format!("`{}` and `{last}`", init.join("`, `")),
        [] => String::new(),
    };
    let said: Vec<String> = same.into_iter().map(list).collect();
    let message = format!("to every rule {} of `{}` mean the same", said.join(", as well as "), field.path);
    out.push(
        Diagnostic::warning(codes::SAME_CHOICES, pack.schema.declared(field), message)
            .help("keep them if people need the words; otherwise fewer choices are easier to get right"),
    );
}

/// Which sets of choices conditions ask for.
struct Told {
    sets: BTreeMap<FieldId, BTreeSet<u64>>,
    /// Fields whose choices are compared one by one.
    apart: BTreeSet<FieldId>,
}

impl Told {
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
            Test::Is { subject: Subject { field, .. }, set } => {
                self.sets.entry(*field).or_default().insert(*set);
            }
            Test::Compare { left, right, .. } => {
                self.term(left);
                self.term(right);
            }
            Test::Text { subject, argument, .. } => {
                self.term(subject);
                self.term(argument);
            }
            Test::Quantified { predicate, .. } => self.condition(predicate),
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Int(_) | Term::Text(_) => {}
            Term::Field(subject) | Term::Rank(subject) => {
                self.apart.insert(subject.field);
            }
            Term::Length(inner) | Term::Case { text: inner, .. } => self.term(inner),
            Term::Count { predicate, .. } => {
                if let Some(predicate) = predicate {
                    self.condition(predicate);
                }
            }
            Term::Arithmetic { left, right, .. } => {
                self.term(left);
                self.term(right);
            }
            Term::If(test, arms) => {
                self.condition(test);
                arms.iter().for_each(|arm| self.term(arm));
            }
        }
    }
}
