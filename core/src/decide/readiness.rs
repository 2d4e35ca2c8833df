//! Readiness: what of the minimum intake is not there. Nothing starts without it, except what never waits.

use super::{evidence, is_asked};
use crate::facts::{Facts, Origin};
use crate::pack::Pack;
use crate::schema::{Kind, Slot};

/// A part of the minimum intake that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The field.
    pub slot: Slot,
    /// Something is written there that does not count.
    pub void: bool,
}

pub(crate) fn missing(pack: &Pack, facts: &Facts) -> Vec<Missing> {
    let schema = &pack.schema;
    let mut missing = vec![];
    for (slot, field) in schema.slots().filter(|(_, field)| field.required && is_asked(facts, field)) {
        let there = match &field.kind {
            Kind::List { .. } => evidence::has_items(schema, facts, slot),
            _ => facts.value(slot).is_known(),
        };
        if !there {
            missing.push(Missing { slot, void: matches!(facts.origin(slot), Origin::Void { .. }) });
        }
    }
    missing
}
