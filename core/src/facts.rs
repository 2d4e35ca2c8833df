//! Derivation: from an intake's answers to facts, one a slot, silence resolved.

use crate::diagnostic::Diagnostic;
use crate::fact::Fact;
use crate::intake::{Answer, Intake};
use crate::schema::{Applies, Given, Schema, Silence, Slot, codes};
use crate::source::Span;
use std::sync::Arc;

/// What an unanswered bit reads as.
const UNKNOWN: u8 = u8::MAX;

/// The facts of an intake: what rules read.
#[derive(Debug, Clone)]
pub struct Facts {
    values: Vec<Fact>,
    /// For yes/no fields and choices the value as a small number, so that a test of it is one shift.
    bits: Vec<u8>,
    origins: Vec<Origin>,
    /// Values that hold without an intake; resolving leaves them alone.
    supposed: Vec<bool>,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Somebody answered.
    Answered {
        /// Where the key stands.
        key: Span,
        /// Where the value stands.
        value: Span,
    },
    /// Nobody answered, and the schema says what to assume.
    Assumed,
    /// Another answer says that it is not asked.
    NotApplicable,
    /// Nobody answered.
    Unanswered,
    /// What was answered does not count.
    Void {
        /// Where it stands.
        value: Span,
    },
}

impl Facts {
    /// Facts without an intake: what `values` says, everything else unanswered. For tests, benchmarks and
    /// analyses of a pack.
    pub fn of(schema: &Schema, values: impl IntoIterator<Item = (Slot, Fact)>) -> Self {
        let mut facts = Self::empty(schema);
        for (slot, value) in values {
            facts.suppose(slot, value);
        }
        facts
    }

    fn empty(schema: &Schema) -> Self {
        let count = schema.slot_count();
        Self {
            values: vec![Fact::Unknown; count],
            bits: vec![UNKNOWN; count],
            origins: vec![Origin::Unanswered; count],
            supposed: vec![false; count],
        }
    }

    /// The value of a slot.
    pub fn value(&self, slot: Slot) -> &Fact {
        self.values.get(slot.index()).unwrap_or(&Fact::Unknown)
    }

    /// Where the value of a slot comes from.
    pub fn origin(&self, slot: Slot) -> Origin {
        self.origins.get(slot.index()).copied().unwrap_or(Origin::Unanswered)
    }

    /// Changes the value of a slot as an answer would: [`resolve`](Self::resolve) keeps it and follows it.
    pub fn suppose(&mut self, slot: Slot, value: Fact) {
        if let Some(supposed) = self.supposed.get_mut(slot.index()) {
            *supposed = value.is_known();
        }
        self.set(slot, value);
    }

    /// Changes the value of a slot; its origin stays, so that resolving takes the value of a slot that nobody
    /// answered away again.
    pub fn set(&mut self, slot: Slot, value: Fact) {
        let bit = match &value {
            Fact::Bool(value) => u8::from(*value),
            Fact::Choice(index) => u8::try_from(*index).unwrap_or(UNKNOWN),
            _ => UNKNOWN,
        };
        if let (Some(place), Some(place_bit)) =
            (self.values.get_mut(slot.index()), self.bits.get_mut(slot.index()))
        {
            *place = value;
            *place_bit = bit;
        }
    }

    /// Sets a slot to an answer, as if somebody had written it. What depends on it follows with the next
    /// [`Facts::resolve`].
    pub fn answer(&mut self, slot: Slot, value: Fact) {
        self.set(slot, value);
        let written = Origin::Answered { key: Span::at(0), value: Span::at(0) };
        self.origins.get_mut(slot.index()).into_iter().for_each(|place| *place = written);
    }

    /// The value of a yes/no field or a choice as a number; `None` where it is unknown.
    pub(crate) fn bit(&self, slot: Slot) -> Option<u8> {
        self.bits.get(slot.index()).copied().filter(|bit| *bit != UNKNOWN)
    }

    /// The slots whose value is not known, in schema order.
    pub fn open(&self) -> impl Iterator<Item = Slot> {
        (0u16..).map(Slot).zip(&self.values).filter(|(_, value)| !value.is_known()).map(|(slot, _)| slot)
    }

    /// Resolves what does not apply and what is assumed, for slots that nobody answered. Called again after
    /// slots were [supposed](Self::suppose), it follows the change.
    pub fn resolve(&mut self, schema: &Schema) {
        let mut done = vec![false; schema.slot_count()];
        for (slot, _) in schema.slots() {
            self.resolve_slot(schema, slot, &mut done);
        }
    }

    fn resolve_slot(&mut self, schema: &Schema, slot: Slot, done: &mut [bool]) {
        match done.get_mut(slot.index()) {
            Some(done) if !*done => *done = true,
            _ => return,
        }
        let supposed = self.supposed.get(slot.index()).copied().unwrap_or_default();
        if supposed || matches!(self.origin(slot), Origin::Answered { .. } | Origin::Void { .. }) {
            return;
        }
        let field = schema.slot(slot);
        let mut applies = Some(true);
        if let Some(condition) = &field.applies {
            for given in condition.any.iter().flatten() {
                self.resolve_slot(schema, given.slot, done);
            }
            applies = self.applies(condition);
        }
        let (value, origin) = match (applies, &field.applies, &field.silence) {
            (Some(false), Some(condition), _) => (condition.otherwise.clone(), Origin::NotApplicable),
            (Some(_), _, Silence::Assume(fact)) => (fact.clone(), Origin::Assumed),
            // It may apply or not, but where both mean the same value there is nothing to ask.
            (None, Some(condition), Silence::Assume(fact)) if *fact == condition.otherwise => {
                (fact.clone(), Origin::Assumed)
            }
            _ => (Fact::Unknown, Origin::Unanswered),
        };
        self.set(slot, value);
        if let Some(place) = self.origins.get_mut(slot.index()) {
            *place = origin;
        }
    }

    /// Whether a field applies; `None` where that depends on an answer that is not there.
    pub fn applies(&self, applies: &Applies) -> Option<bool> {
        let mut open = false;
        for case in &applies.any {
            let verdicts: Vec<Option<bool>> = case.iter().map(|given| self.is_given(given)).collect();
            if verdicts.iter().all(|verdict| *verdict == Some(true)) {
                return Some(true);
            }
            open |= !verdicts.contains(&Some(false));
        }
        if open { None } else { Some(false) }
    }

    fn is_given(&self, given: &Given) -> Option<bool> {
        let value = self.value(given.slot);
        value.is_known().then(|| given.one_of.contains(value))
    }
}

/// Derives the facts of an intake. Answers to questions that do not apply count, and are remarked on.
pub fn derive(intake: &Intake, schema: &Schema, out: &mut Vec<Diagnostic>) -> Facts {
    let mut facts = Facts::empty(schema);
    for (slot, _) in schema.slots() {
        let (value, origin) = match intake.answer(slot) {
            Answer::Given { fact, key, span } => {
                (silent_cells(schema, slot, fact), Origin::Answered { key: *key, value: *span })
            }
            Answer::Void { span } => (Fact::Unknown, Origin::Void { value: *span }),
            Answer::Silent { .. } => continue,
        };
        facts.set(slot, value);
        if let Some(place) = facts.origins.get_mut(slot.index()) {
            *place = origin;
        }
    }
    facts.resolve(schema);
    for (slot, field) in schema.slots() {
        let (Some(applies), Origin::Answered { key, .. }) = (&field.applies, facts.origin(slot)) else {
            continue;
        };
        if facts.applies(applies) == Some(false) && *facts.value(slot) != applies.otherwise {
            let given: Vec<String> = applies
                .any
                .iter()
                .flatten()
                .map(|given| format!("`{}`", schema.slot(given.slot).path))
                .collect();
            let message = format!(
                "`{}` is answered, although {} says that it does not apply",
                field.path,
                given.join(" and ")
            );
            out.push(
                Diagnostic::warning(codes::NOT_APPLICABLE, intake.document.source.locate(key), message)
                    .help("the answer counts; change one of them if they contradict each other"),
            );
        }
    }
    facts
}

/// Inside a list, silence is resolved cell by cell.
fn silent_cells(schema: &Schema, slot: Slot, fact: &Fact) -> Fact {
    let crate::schema::Kind::List { columns, .. } = &schema.slot(slot).kind else { return fact.clone() };
    let assumed: Vec<Option<&Fact>> = columns
        .iter()
        .map(|id| match &schema.field(*id).silence {
            Silence::Assume(fact) => Some(fact),
            Silence::Unknown => None,
        })
        .collect();
    let Some(rows) = fact.rows().filter(|_| assumed.iter().any(Option::is_some)) else { return fact.clone() };
    let rows = rows.iter().map(|row| {
        let cells = row.cells.iter().zip(&assumed);
        let cells = cells.map(|(cell, assumed)| match assumed {
            Some(fact) if !cell.is_known() => (*fact).clone(),
            _ => cell.clone(),
        });
        crate::fact::Row { span: row.span, cells: cells.collect() }
    });
    Fact::List(rows.collect::<Arc<[_]>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Format, Layers, Limits};

    #[test]
    fn what_is_supposed_stays_and_what_hangs_on_it_follows() {
        let text = r#"{ "type": "object", "properties": {
            "gate": { "type": "boolean" },
            "behind": { "type": "boolean", "x-remit": { "applies_when": { "gate": true }, "otherwise": false } } } }"#;
        let document =
            document::from_bytes("s.json", text.as_bytes(), Format::of_name("s.json"), &Limits::default());
        let schema = crate::schema::read(&Layers::new(document).unwrap(), &mut vec![]).unwrap();
        let (gate, behind) = (Slot(0), Slot(1));
        let mut facts = Facts::of(&schema, []);
        for (value, follows) in [
            (Fact::Bool(false), Fact::Bool(false)),
            (Fact::Bool(true), Fact::Unknown),
            (Fact::Unknown, Fact::Unknown),
        ] {
            facts.suppose(gate, value.clone());
            facts.resolve(&schema);
            assert_eq!((facts.value(gate), facts.value(behind)), (&value, &follows));
        }
        facts.set(gate, Fact::Bool(true));
        facts.resolve(&schema);
        assert_eq!(facts.value(gate), &Fact::Unknown);
    }
}
