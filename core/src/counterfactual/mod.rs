//! Counterfactuals: the smallest change of answers with which the decision would be another.
//!
//! The search deepens by the number of changed answers, so that what it finds first is smallest. At each step
//! it looks for few answers that keep a goal from being met, and changes only those: whatever meets the goal has
//! to change one of them. Where that leads nowhere, it is proof that no change of answers would do it.
//!
//! It changes answers to questions that apply. Numbers and texts are tried where rules tell them apart.

mod answers;
mod goal;
mod judge;
mod reason;
#[cfg(test)]
mod tests;

pub use goal::Goal;

use crate::edit::{self, Literal, Refusal};
use crate::engine::{Checked, Engine};
use crate::fact::Fact;
use crate::facts::{Facts, Origin};
use crate::intake::Answer;
use crate::schema::{Kind, Slot};
use judge::{Judge, Judgement};
use std::collections::{BTreeMap, BTreeSet};

/// How far a search goes. Bounds are counts, never times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// At most so many answers are changed.
    pub changes: usize,
    /// At most so many sets of answers are judged.
    pub work: usize,
    /// At most so many ways are given.
    pub ways: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { changes: 8, work: 30_000, ways: 3 }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// It is so already.
    pub already: bool,
    /// The smallest ways, the best first; all change the same number of answers.
    pub ways: Vec<Way>,
    /// No way with as many changes or fewer was left out.
    pub complete_to: usize,
    /// No way was left out at all: where there is none, there is none.
    pub exhausted: bool,
}

/// Answers that together would do it.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// What changes, in schema order.
    pub changes: Vec<Change>,
}

/// One answer that would be another.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The question.
    pub slot: Slot,
    /// What its answer would be. For a list, the list with its new item.
    pub to: Fact,
    /// Other answers that would do as well.
    pub or: Vec<Fact>,
    /// Any answer would do; `to` only stands in for it.
    pub any: bool,
}

/// Looks for the smallest changes of answers with which all goals would be met.
pub fn search(engine: &Engine, checked: &Checked, goals: &[Goal], limits: Limits) -> Outcome {
    Search {
        judge: Judge::new(engine, goals),
        limits,
        found: BTreeSet::new(),
        seen: BTreeSet::new(),
        cut: false,
        sampled: false,
        engine,
        trials: vec![],
    }
    .run(&checked.facts)
}

/// Changes on the way, by slot: the number of the answer among the trials.
type Changed = BTreeMap<Slot, usize>;

struct Search<'a> {
    judge: Judge<'a>,
    engine: &'a Engine,
    limits: Limits,
    found: BTreeSet<Changed>,
    seen: BTreeSet<Changed>,
    /// The answers tried for each slot.
    trials: Vec<Trials>,
    /// A branch ended because it would have changed too many answers.
    cut: bool,
    /// Some question has more answers than were tried.
    sampled: bool,
}

#[derive(Default, Clone)]
struct Trials {
    made: bool,
    answers: Vec<Fact>,
    all: bool,
}

impl Search<'_> {
    fn run(mut self, facts: &Facts) -> Outcome {
        self.trials = vec![Trials::default(); self.engine.pack.schema.slot_count()];
        if let Judgement::Met = self.judge.judge(facts) {
            return Outcome { already: true, ways: vec![], complete_to: 0, exhausted: true };
        }
        let mut complete_to = 0;
        for depth in 1..=self.limits.changes {
            self.cut = false;
            self.seen.clear();
            self.deepen(facts, facts, &Changed::new(), depth);
            let exhausted = !self.cut && !self.is_spent() && !self.sampled && !self.judge.guessed;
            if !self.is_spent() && !self.judge.guessed && !self.sampled {
                complete_to = depth;
            }
            if !self.found.is_empty() || exhausted {
                return Outcome { already: false, ways: self.ways(facts), complete_to, exhausted };
            }
            if self.is_spent() || !self.cut {
                break;
            }
        }
        Outcome { already: false, ways: vec![], complete_to, exhausted: false }
    }

    fn is_spent(&self) -> bool {
        self.judge.work >= self.limits.work
    }

    /// Judges facts with some answers changed, and changes one more of those that are in the way.
    fn deepen(&mut self, original: &Facts, facts: &Facts, changed: &Changed, depth: usize) {
        if self.is_spent() || !self.seen.insert(changed.clone()) {
            return;
        }
        let blocked = match self.judge.judge(facts) {
            Judgement::Met => {
                // An answer to a question that is no longer asked would contradict the others.
                let schema = &self.engine.pack.schema;
                if changed.keys().all(|slot| reason::is_asked(schema, facts, *slot)) {
                    self.found.insert(changed.clone());
                }
                return;
            }
            Judgement::Blocked(reason) => reason,
        };
        if changed.len() >= depth {
            self.cut |= blocked.iter().any(|slot| !changed.contains_key(slot));
            return;
        }
        for slot in blocked.into_iter().filter(|slot| !changed.contains_key(slot)) {
            // A question that is not asked has no answer to change.
            if !reason::is_asked(&self.engine.pack.schema, facts, slot) {
                continue;
            }
            let trials = self.trials(original, slot);
            for (number, answer) in
                trials.iter().enumerate().filter(|(_, answer)| *answer != facts.value(slot))
            {
                let mut next = facts.clone();
                next.answer(slot, answer.clone());
                next.resolve(&self.engine.pack.schema);
                let mut changed = changed.clone();
                changed.insert(slot, number);
                self.deepen(original, &next, &changed, depth);
            }
        }
    }

    /// The answers to try for a question, always the same.
    fn trials(&mut self, original: &Facts, slot: Slot) -> Vec<Fact> {
        let Some(trials) = self.trials.get_mut(slot.index()) else { return vec![] };
        if !trials.made {
            let (answers, all) = answers::of(&self.engine.pack.schema, self.engine.index(), original, slot);
            *trials = Trials { made: true, answers, all };
        }
        self.sampled |= !trials.all;
        trials.answers.clone()
    }

    fn ways(&self, facts: &Facts) -> Vec<Way> {
        let schema = &self.engine.pack.schema;
        let fewest = self.found.iter().map(BTreeMap::len).min().unwrap_or(0);
        let mut by_slots: BTreeMap<Vec<Slot>, Vec<Vec<Fact>>> = BTreeMap::new();
        for changed in self.found.iter().filter(|changed| changed.len() == fewest) {
            let answers = changed.iter().filter_map(|(slot, number)| {
                self.trials.get(slot.index()).and_then(|trials| trials.answers.get(*number)).cloned()
            });
            by_slots.entry(changed.keys().copied().collect()).or_default().push(answers.collect());
        }
        let mut ways: Vec<(usize, Way)> = by_slots
            .into_iter()
            .map(|(slots, mut answers)| {
                answers.sort_by_key(|answers| self.price(facts, &slots, answers));
                let (best, others) =
                    answers.split_first().map_or((&[][..], &[][..]), |(best, others)| (best, others));
                let changes = slots.iter().zip(best).enumerate().map(|(place, (slot, to))| {
                    let field = schema.slot(*slot);
                    let same = |other: &&Vec<Fact>| {
                        other
                            .iter()
                            .zip(best)
                            .enumerate()
                            .all(|(at, (other, best))| at == place || other == best)
                    };
                    let or =
                        others.iter().filter(same).filter_map(|other| other.get(place).cloned()).collect();
                    Change { slot: *slot, to: to.clone(), or, any: answers::is_stand_in(field, to) }
                });
                (self.price(facts, &slots, best), Way { changes: changes.collect() })
            })
            .collect();
        ways.sort_by(|(one, a), (other, b)| {
            let slots = |way: &Way| way.changes.iter().map(|change| change.slot).collect::<Vec<_>>();
            one.cmp(other).then_with(|| slots(a).cmp(&slots(b)))
        });
        ways.into_iter().map(|(_, way)| way).take(self.limits.ways).collect()
    }

    /// How much a way asks of somebody beyond its number of changes: to answer against an assumption, to leave
    /// answers behind that no longer apply, to go far along a scale.
    fn price(&self, facts: &Facts, slots: &[Slot], answers: &[Fact]) -> usize {
        let schema = &self.engine.pack.schema;
        let mut after = facts.clone();
        let mut price = 0;
        for (slot, answer) in slots.iter().zip(answers) {
            price += match (facts.origin(*slot), facts.value(*slot), answer) {
                (Origin::Assumed, ..) => 100,
                (_, Fact::Choice(from), Fact::Choice(to)) => usize::from(from.abs_diff(*to)),
                (_, Fact::Int(from), Fact::Int(to)) => {
                    usize::try_from(from.abs_diff(*to)).unwrap_or(20).min(20)
                }
                _ => 1,
            };
            after.answer(*slot, answer.clone());
        }
        after.resolve(schema);
        let contradictions = schema.slots().filter(|(slot, field)| {
            let answered = matches!(after.origin(*slot), Origin::Answered { .. });
            let otherwise = field.applies.as_ref().filter(|applies| after.applies(applies) == Some(false));
            answered && otherwise.is_some_and(|applies| *after.value(*slot) != applies.otherwise)
        });
        price + 1_000 * contradictions.count()
    }
}

impl Way {
    /// The intake with the answers of this way. Where any answer would do, something that stands in for it is
    /// written.
    pub fn write(&self, engine: &Engine, checked: &Checked) -> Result<String, Refusal> {
        let schema = &engine.pack.schema;
        let document = &checked.intake.document;
        let mut text = document.source.text().to_owned();
        for change in &self.changes {
            let field = schema.slot(change.slot);
            let Some(literal) = answers::literal(schema, field, &change.to) else { continue };
            let document = crate::document::parse(
                crate::source::Source::new(document.source.id().as_str(), &text),
                document.format,
                &crate::document::Limits::default(),
            );
            let edits = match &field.kind {
                Kind::List { .. } => edit::append(&document, schema, &field.path, &literal)?,
                _ => edit::set(&document, schema, &field.path, &literal)?,
            };
            text = edit::apply(&text, &edits);
        }
        Ok(text)
    }
}

impl Change {
    /// The answer as it would be written; for a list, its new item.
    pub fn literal(&self, engine: &Engine) -> Option<Literal> {
        let schema = &engine.pack.schema;
        answers::literal(schema, schema.slot(self.slot), &self.to)
    }

    /// Whether nobody has answered the question yet.
    pub fn is_open(&self, checked: &Checked) -> bool {
        matches!(checked.intake.answer(self.slot), Answer::Silent { .. })
    }
}
