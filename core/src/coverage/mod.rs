//! Coverage: what a set of intakes has shown of a pack.
//!
//! A rule is covered when it was seen to fire and seen not to. An operand (an atomic test of a compiled
//! condition, at each place where it stands after helpers are put in) is covered when it was *shown to
//! matter*, by masking MC/DC:
//!
//! * An evaluation shows an operand where, everything else as it was in that evaluation, the condition holds
//!   with the operand one way and does not with it the other way: no other operand masks it.
//! * It is covered by two evaluations that show it, one where it holds and one where it does not, whose
//!   conditions came out differently. The others may differ between the two (that is the *masking* form;
//!   where they do not, the pair is a unique-cause pair, which counts too).
//!
//! So operands that depend on each other (`x == "a" || x == "b"`) can be covered, and an operand that no
//! intake can bring to bear stands out. A condition inside a quantifier is asked of each list item, so there
//! the items are the evaluations. Answers that are not there show nothing, but do not spoil what others show.
//!
//! Of a pack that extends another only its own rules are watched: the others are covered by their own pack's tests.
//!
//! Nothing here reads or prints; [`Coverage::add`] is shown what was decided, [`Coverage::gaps`] says what is
//! left.

pub mod codes;
mod excuse;
mod gaps;
mod lcov;
mod operands;
mod report;
mod text;

use codes::{INCOMPLETE_EXCUSE, NEEDLESS_EXCUSE, UNKNOWN_EXCUSE};
pub use excuse::{EXCUSES, Excuse, ExcuseKind, read as read_excuses};
pub use gaps::{Gap, GapKind, Gaps};
pub use lcov::lcov;
pub use operands::Operand;
pub use report::report;
pub use text::text;

use crate::decide::{self, Standing};
use crate::engine::{Checked, Engine};
use crate::evaluate::Truth;
use crate::pack::Pack;
use crate::rules::Body;
use crate::schema::{FieldId, Kind, Place};
use std::collections::{BTreeMap, BTreeSet};

/// What a set of intakes has shown of a pack.
#[derive(Debug)]
pub struct Coverage {
    /// How many intakes there were.
    pub inputs: usize,
    /// One for each rule of the pack itself, in the pack's order.
    pub rules: Vec<RuleCoverage>,
    /// How often each choice of each choice field of the pack itself that a rule reads was seen, by field and place.
    pub choices: BTreeMap<FieldId, Vec<u32>>,
    /// How often each tier was settled on.
    pub tiers: Vec<(u8, u32)>,
    /// How often each point was certain that those rules name, by id, in the order of a decision.
    pub points: Vec<(String, u32)>,
    /// The places of those points among a decision's.
    places: Vec<usize>,
}

/// What was seen of a rule.
#[derive(Debug, Default, Clone)]
pub struct RuleCoverage {
    /// Its place among the pack's rules.
    pub rule: usize,
    /// How often it fired.
    pub fires: u32,
    /// How often it did not.
    pub silent: u32,
    /// How often it waited for answers.
    pub unsettled: u32,
    /// The operands of its condition, in the order in which they are written; those inside a quantifier
    /// after those around it. Empty where only the interpreter can run it.
    pub operands: Vec<Operand>,
}

impl Coverage {
    /// Nothing seen yet.
    pub fn new(pack: &Pack) -> Self {
        let mut rules = vec![];
        let mut choices = BTreeMap::new();
        let mut note = |id: FieldId| {
            let field = pack.schema.field(id);
            let known = field.choices().filter(|_| !pack.inherits(&pack.schema.declared(field).source));
            if let Some(known) = known {
                choices.entry(id).or_insert_with(|| vec![0; known.values.len()]);
            }
        };
        for (number, rule) in pack.rules.rules().iter().enumerate().filter(|(_, rule)| pack.owns(rule)) {
            let mut seen = RuleCoverage { rule: number, ..RuleCoverage::default() };
            match &rule.body {
                Body::Compiled(condition) => {
                    seen.operands = operands::of(condition);
                    condition.reads(&mut |subject| note(subject.field));
                }
                Body::Interpreted { .. } => {
                    rule.reads.iter().for_each(|slot| note(pack.schema.slot(*slot).id));
                }
            }
            rules.push(seen);
        }
        let tiers = pack.catalogue.tiers.iter().map(|tier| (tier.number, 0)).collect();
        Self { inputs: 0, rules, choices, tiers, points: vec![], places: vec![] }
    }

    /// Takes in what was decided about an intake.
    pub fn add(&mut self, engine: &Engine, checked: &Checked) {
        self.inputs += 1;
        let pack = &engine.pack;
        for seen in &mut self.rules {
            let (Some(rule), Some(verdict)) =
                (pack.rules.rules().get(seen.rule), checked.verdicts.get(seen.rule))
            else {
                continue;
            };
            match verdict {
                Truth::Yes => seen.fires += 1,
                Truth::No => seen.silent += 1,
                Truth::Unsettled => seen.unsettled += 1,
            }
            if let Body::Compiled(condition) = &rule.body {
                operands::add(&mut seen.operands, condition, &pack.schema, &checked.facts);
            }
        }
        self.add_choices(pack, checked);
        if let Some(tier) = checked.decision.tier()
            && let Some((_, count)) = self.tiers.iter_mut().find(|(known, _)| *known == tier)
        {
            *count += 1;
        }
        // A decision lists every point of the pack, always in one order.
        let points = &checked.decision.points;
        if self.points.is_empty() {
            let named: BTreeSet<usize> =
                self.rules.iter().flat_map(|seen| engine.index().points_of(seen.rule)).copied().collect();
            self.places = named.into_iter().collect();
            let own = self.places.iter().filter_map(|place| points.get(*place));
            self.points = own.map(|point| (decide::id(pack, &point.key), 0)).collect();
        }
        for (place, (_, count)) in self.places.iter().zip(&mut self.points) {
            let certain = points.get(*place).is_some_and(|point| point.standing == Standing::Certain);
            *count += u32::from(certain);
        }
    }

    fn add_choices(&mut self, pack: &Pack, checked: &Checked) {
        for (slot, field) in pack.schema.slots() {
            let fact = checked.facts.value(slot);
            if let Some(counts) = self.choices.get_mut(&field.id) {
                count(counts, fact);
            }
            let Kind::List { columns, .. } = &field.kind else { continue };
            for column in columns {
                let Some(counts) = self.choices.get_mut(column) else { continue };
                let Place::Column(place) = pack.schema.field(*column).place else { continue };
                for row in fact.rows().unwrap_or_default() {
                    if let Some(cell) = row.cells.get(place as usize) {
                        count(counts, cell);
                    }
                }
            }
        }
    }
}

fn count(counts: &mut [u32], fact: &crate::fact::Fact) {
    if let crate::fact::Fact::Choice(index) = fact
        && let Some(count) = counts.get_mut(*index as usize)
    {
        *count += 1;
    }
}
