//! Which rules read which field, and where: the pack's conditions, turned round.

use remit_core::pack::Pack;
use remit_core::rules::Body;
use remit_core::rules::condition::{At, Condition, ConditionKind};
use remit_core::schema::{FieldId, Schema};
use std::collections::BTreeMap;

/// A rule that reads a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reader {
    /// The rule, by its place among the pack's.
    pub(crate) rule: usize,
    /// The test that reads it; in a helper, the helper's.
    pub(crate) at: At,
}

/// The readers of every field of a pack.
#[derive(Debug)]
pub(crate) struct Readers(BTreeMap<FieldId, Vec<Reader>>);

impl Readers {
    pub(crate) fn new(pack: &Pack) -> Self {
        let mut readers: BTreeMap<FieldId, Vec<Reader>> = BTreeMap::new();
        for (rule, of) in pack.rules.rules().iter().enumerate() {
            match &of.body {
                Body::Compiled(condition) => {
                    walk(condition, &mut |field, at| {
                        readers.entry(field).or_default().push(Reader { rule, at });
                    });
                }
                Body::Interpreted { .. } => {
                    let at = At { topic: of.topic, span: of.condition_span };
                    for slot in &of.reads {
                        readers.entry(pack.schema.slot(*slot).id).or_default().push(Reader { rule, at });
                    }
                }
            }
        }
        for found in readers.values_mut() {
            found.sort_unstable();
            found.dedup();
        }
        Self(readers)
    }

    /// The readers of one field, in the rules' order.
    pub(crate) fn of(&self, field: FieldId) -> &[Reader] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The readers of a field and of everything in it.
    pub(crate) fn within(&self, schema: &Schema, field: FieldId) -> Vec<Reader> {
        let mut found = self.of(field).to_vec();
        let inside = schema.fields().iter().filter(|other| is_inside(schema, other.parent, field));
        // What a condition reads of a list it reads of its items too.
        inside.for_each(|other| found.extend(self.of(other.id)));
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn is_inside(schema: &Schema, mut parent: Option<FieldId>, field: FieldId) -> bool {
    while let Some(id) = parent {
        if id == field {
            return true;
        }
        parent = schema.field(id).parent;
    }
    false
}

/// The rules among readers, each once, in their order.
pub(crate) fn rules(readers: &[Reader]) -> Vec<usize> {
    let mut rules: Vec<usize> = readers.iter().map(|reader| reader.rule).collect();
    rules.dedup();
    rules
}

fn walk(condition: &Condition, found: &mut dyn FnMut(FieldId, At)) {
    match &condition.kind {
        ConditionKind::Const(_) => {}
        ConditionKind::Not(inner) => walk(inner, found),
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            parts.iter().for_each(|part| walk(part, found));
        }
        ConditionKind::If(parts) => parts.iter().for_each(|part| walk(part, found)),
        ConditionKind::Test(test) => {
            let mut fields = vec![];
            test.reads(&mut |subject| fields.push(subject.field));
            fields.into_iter().for_each(|field| found(field, condition.at));
        }
    }
}
