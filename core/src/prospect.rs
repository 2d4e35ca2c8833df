//! Prospects: what each answer to an open question would lead to.

use crate::decide::{self, Tiers};
use crate::engine::{Checked, Engine};
use crate::fact::Fact;
use crate::schema::{Field, Kind, Slot};

/// An answer to an open question, and the tiers that it leaves possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Prospect {
    /// The answer. For a number it is the least of a stretch that rules do not tell apart.
    pub answer: Fact,
    /// The greatest number of that stretch; `None` for anything else, and where there is no end to it.
    pub up_to: Option<i64>,
    /// What the tier can still become then.
    pub tiers: Tiers,
}

/// What each answer would lead to, all other answers staying as they are; empty where there is no end of
/// answers, or where no rule tells them apart.
pub fn prospects(engine: &Engine, checked: &Checked, slot: Slot) -> Vec<Prospect> {
    let pack = &engine.pack;
    let field = pack.schema.slot(slot);
    let mut prospects = vec![];
    for (answer, up_to) in answers(field, engine.index().domains.of(slot)) {
        let mut facts = checked.facts.clone();
        facts.answer(slot, answer.clone());
        facts.resolve(&pack.schema);
        let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut vec![]);
        let tiers = decide::bounds(pack, engine.index(), &facts, &verdicts).tiers;
        prospects.push(Prospect { answer, up_to, tiers });
    }
    join(prospects)
}

/// The answers as people would give them: texts that nobody can list are left out, numbers become stretches.
fn answers(field: &Field, domain: &[Fact]) -> Vec<(Fact, Option<i64>)> {
    let Kind::Int { min, max } = field.kind else {
        let listed = domain.iter().filter(|fact| !matches!(fact, Fact::Text(text) if &**text == "\u{1}"));
        return listed.map(|fact| (fact.clone(), None)).collect();
    };
    let mut numbers: Vec<i64> =
        domain.iter().filter_map(|fact| if let Fact::Int(n) = fact { Some(*n) } else { None }).collect();
    // What lies below the first number that rules tell apart leads to the same.
    numbers.first_mut().into_iter().zip(min).for_each(|(first, min)| *first = min);
    let ends = numbers.iter().skip(1).map(|next| Some(next - 1)).chain([max]);
    numbers.iter().zip(ends).map(|(from, to)| (Fact::Int(*from), to)).collect()
}

/// Stretches of numbers that lead to the same become one.
fn join(prospects: Vec<Prospect>) -> Vec<Prospect> {
    let mut joined: Vec<Prospect> = vec![];
    for prospect in prospects {
        match joined.last_mut() {
            Some(last)
                if matches!((&last.answer, &prospect.answer), (Fact::Int(_), Fact::Int(_)))
                    && last.tiers == prospect.tiers =>
            {
                last.up_to = prospect.up_to;
            }
            _ => joined.push(prospect),
        }
    }
    joined
}

impl Prospect {
    /// The answer as people say it: `Restricted`, `yes`, `2 or more`.
    pub fn words(&self, field: &Field) -> String {
        let one = crate::explain::words::value(field, &self.answer);
        match (&self.answer, self.up_to) {
            (Fact::Int(from), Some(to)) if from == &to => one,
            (Fact::Int(_), Some(to)) if Some(to) != max_of(field) => format!("{one} to {to}"),
            (Fact::Int(_), _) => format!("{one} or more"),
            _ => one,
        }
    }
}

fn max_of(field: &Field) -> Option<i64> {
    if let Kind::Int { max, .. } = field.kind { max } else { None }
}
