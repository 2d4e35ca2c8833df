//! What a draft can still become: which tiers, which points, and which open questions decide it.
//!
//! Kleene verdicts are sound but coarse: `a || !a` is unsettled to them. Where the open answers' finite choices
//! multiply to at most [`MAX_COMPLETIONS`], every completion is tried, and the bounds are exact. Beyond that
//! each open answer is tried alone, which still tightens.

use super::Index;
use super::tiers::Tiers;
use crate::catalogue::MAX_TIER;
use crate::evaluate::{Register, Truth};
use crate::fact::Fact;
use crate::facts::{Facts, Origin};
use crate::pack::Pack;
use crate::schema::{Schema, Silence, Slot};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// As many completions of a draft are tried at the most.
pub const MAX_COMPLETIONS: usize = 4_096;

/// What a draft can still become.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// The tiers that it can still get.
    pub tiers: Tiers,
    /// What is so of each point of the pack, by its number in the index.
    pub points: Vec<Truth>,
    /// The open questions that can still change something, in schema order.
    pub influences: Vec<Influence>,
    /// Every completion was tried.
    pub exact: bool,
}

/// How much an open question can still change.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// The question.
    pub slot: Slot,
    /// How many tiers narrower the range gets by an answer, on average over the answers, in thousandths.
    pub narrows: u32,
    /// Numbers of the points that it touches.
    pub touches: BTreeSet<usize>,
}

pub(crate) fn bounds(pack: &Pack, index: &Index, facts: &Facts, verdicts: &[Truth]) -> Bounds {
    let base = Outcome::of(index, verdicts);
    let unsettled = verdicts.contains(&Truth::Unsettled);
    if !unsettled {
        return Bounds { tiers: base.tiers, points: base.points, influences: vec![], exact: true };
    }
    let open = open(pack, facts, verdicts);
    let mut trial = Trial::new(pack, index, facts, verdicts);
    let tried: Vec<Slot> = open.iter().copied().filter(|slot| !index.domains.of(*slot).is_empty()).collect();
    let completions = tried.iter().try_fold(1usize, |product, slot| {
        product.checked_mul(index.domains.of(*slot).len()).filter(|product| *product <= MAX_COMPLETIONS)
    });
    let mut bounds = match completions {
        Some(count) => trial.all(&tried, count),
        None => trial.each(&tried, &base),
    };
    // A question without an end of answers was not tried.
    bounds.exact &= tried.len() == open.len();
    // What has no end of answers is known only by the rules that read it.
    for slot in open.iter().filter(|slot| !tried.contains(slot)) {
        let readers = pack.rules.rules().iter().zip(verdicts).enumerate();
        let readers =
            readers.filter(|(_, (rule, truth))| **truth == Truth::Unsettled && rule.reads.contains(slot));
        let touches: BTreeSet<usize> = readers
            .flat_map(|(rule, _)| index.points_of(rule))
            .copied()
            .filter(|point| bounds.points.get(*point) == Some(&Truth::Unsettled))
            .collect();
        let moves_tier = bounds.tiers.width() > 0;
        if !touches.is_empty() || moves_tier {
            bounds.influences.push(Influence { slot: *slot, narrows: 0, touches });
        }
    }
    bounds.influences.sort_by_key(|influence| influence.slot);
    bounds
}

/// Shows every completion of a draft to `visit`, until it says that it has seen enough. `None` where there are
/// too many, or where there is no end of answers to an open question.
pub(crate) fn completions(
    pack: &Pack,
    index: &Index,
    facts: &Facts,
    verdicts: &[Truth],
    visit: &mut dyn FnMut(&Facts, &[Truth]) -> ControlFlow<()>,
) -> Option<ControlFlow<()>> {
    let slots = open(pack, facts, verdicts);
    let domains: Vec<&[Fact]> = slots.iter().map(|slot| index.domains.of(*slot)).collect();
    let count = domains.iter().try_fold(1usize, |product, domain| {
        product.checked_mul(domain.len()).filter(|product| (1..=MAX_COMPLETIONS).contains(product))
    })?;
    let mut trial = Trial::new(pack, index, facts, verdicts);
    for completion in 0..count {
        trial.complete(&slots, &domains, completion);
        trial.run();
        if visit(&trial.facts, &trial.verdicts).is_break() {
            return Some(ControlFlow::Break(()));
        }
    }
    Some(ControlFlow::Continue(()))
}

/// The open slots that unsettled rules read, and the open slots that decide whether those apply; each after
/// the slots that it depends on.
fn open(pack: &Pack, facts: &Facts, verdicts: &[Truth]) -> Vec<Slot> {
    fn add(schema: &Schema, facts: &Facts, slot: Slot, order: &mut Vec<Slot>) {
        if facts.value(slot).is_known() || order.contains(&slot) {
            return;
        }
        for given in schema.slot(slot).applies.iter().flat_map(|applies| applies.any.iter().flatten()) {
            add(schema, facts, given.slot, order);
        }
        if !order.contains(&slot) {
            order.push(slot);
        }
    }
    let mut order = vec![];
    for (rule, _) in pack.rules.rules().iter().zip(verdicts).filter(|(_, truth)| **truth == Truth::Unsettled)
    {
        for slot in &rule.reads {
            add(&pack.schema, facts, *slot, &mut order);
        }
    }
    order
}

/// What one set of verdicts comes to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Outcome {
    tiers: Tiers,
    points: Vec<Truth>,
    /// Which tiers a rule asks for: a tier whose artifacts come on top cares about the lower ones too.
    asked: [Truth; MAX_TIER as usize + 1],
}

impl Outcome {
    fn of(index: &Index, verdicts: &[Truth]) -> Self {
        let mut points = vec![Truth::No; index.points.len()];
        for (rule, truth) in verdicts.iter().enumerate().filter(|(_, truth)| **truth != Truth::No) {
            for point in index.points_of(rule) {
                if let Some(place) = points.get_mut(*point) {
                    *place = place.or(*truth);
                }
            }
        }
        Self { tiers: index.tiers(verdicts), points, asked: index.asked(verdicts) }
    }

    /// Adds another outcome that is possible too: only what is the same in both stays settled.
    fn widen(&mut self, other: &Self) {
        self.tiers = self.tiers.or(other.tiers);
        for (point, other) in self.points.iter_mut().zip(&other.points) {
            if point != other {
                *point = Truth::Unsettled;
            }
        }
    }

    /// Adds what is known besides: of two bounds that both hold, each tier must be in both.
    fn narrow(&mut self, other: &Self) {
        let both = self.tiers.and(other.tiers);
        if both != Tiers::NONE {
            self.tiers = both;
        }
        for (point, other) in self.points.iter_mut().zip(&other.points) {
            if *point == Truth::Unsettled {
                *point = *other;
            }
        }
    }

    fn differences<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        self.points.iter().zip(&other.points).enumerate().filter(|(_, (a, b))| a != b).map(|(point, _)| point)
    }
}

struct Trial<'a> {
    pack: &'a Pack,
    index: &'a Index,
    facts: Facts,
    register: Register,
    verdicts: Vec<Truth>,
}

impl<'a> Trial<'a> {
    fn new(pack: &'a Pack, index: &'a Index, facts: &Facts, verdicts: &[Truth]) -> Self {
        let (facts, verdicts) = (facts.clone(), verdicts.to_vec());
        Self { pack, index, facts, register: Register::default(), verdicts }
    }

    fn run(&mut self) {
        self.pack.evaluator.compiled(&self.pack.schema, &self.facts, &mut self.register, &mut self.verdicts);
    }

    /// Answers all open slots by the number of a completion.
    fn complete(&mut self, slots: &[Slot], domains: &[&[Fact]], completion: usize) {
        let mut rest = completion;
        for (slot, domain) in slots.iter().zip(domains) {
            if let Some(answer) = domain.get(rest % domain.len()) {
                self.answer(*slot, answer);
            }
            rest /= domain.len();
        }
    }

    fn outcome(&mut self) -> Outcome {
        self.run();
        Outcome::of(self.index, &self.verdicts)
    }

    /// Sets an open slot to an answer, or to what it means that it does not apply or is assumed.
    fn answer(&mut self, slot: Slot, answer: &Fact) {
        let field = self.pack.schema.slot(slot);
        let void = matches!(self.facts.origin(slot), Origin::Void { .. });
        let applies = field.applies.as_ref().map(|applies| (self.facts.applies(applies), applies));
        let value = match (applies, &field.silence) {
            (Some((Some(false), applies)), _) if !void => applies.otherwise.clone(),
            (_, Silence::Assume(assumed)) if !void => assumed.clone(),
            _ => answer.clone(),
        };
        self.facts.set(slot, value);
    }

    /// Every completion.
    fn all(&mut self, slots: &[Slot], count: usize) -> Bounds {
        let domains: Vec<&[Fact]> = slots.iter().map(|slot| self.index.domains.of(*slot)).collect();
        let mut known: BTreeMap<Outcome, usize> = BTreeMap::new();
        // Which distinct outcome each completion has; there are far fewer of them than completions.
        let mut which: Vec<usize> = Vec::with_capacity(count);
        for completion in 0..count {
            self.complete(slots, &domains, completion);
            let outcome = self.outcome();
            let next = known.len();
            which.push(*known.entry(outcome).or_insert(next));
        }
        let mut outcomes: Vec<(usize, Outcome)> =
            known.into_iter().map(|(outcome, number)| (number, outcome)).collect();
        outcomes.sort_by_key(|(number, _)| *number);
        let outcomes: Vec<Outcome> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
        let Some(mut whole) = outcomes.first().cloned() else {
            return Bounds { tiers: Tiers::NONE, points: vec![], influences: vec![], exact: true };
        };
        outcomes.iter().for_each(|outcome| whole.widen(outcome));
        let mut influences = vec![];
        let mut stride = 1;
        for (slot, domain) in slots.iter().zip(&domains) {
            influences.extend(influence(*slot, stride, domain.len(), &which, &outcomes, whole.tiers));
            stride *= domain.len();
        }
        Bounds { tiers: whole.tiers, points: whole.points, influences, exact: true }
    }

    /// Each open answer alone.
    fn each(&mut self, slots: &[Slot], base: &Outcome) -> Bounds {
        let mut whole = base.clone();
        let mut influences = vec![];
        let drafts = self.facts.clone();
        for slot in slots {
            let mut outcomes: Vec<Outcome> = vec![];
            for answer in self.index.domains.of(*slot) {
                self.facts.clone_from(&drafts);
                self.facts.suppose(*slot, answer.clone());
                self.facts.resolve(&self.pack.schema);
                outcomes.push(self.outcome());
            }
            let Some(mut any) = outcomes.first().cloned() else { continue };
            outcomes.iter().for_each(|outcome| any.widen(outcome));
            whole.narrow(&any);
            let widths: u32 = outcomes.iter().map(|outcome| u32::from(outcome.tiers.width())).sum();
            let touches: BTreeSet<usize> =
                outcomes.iter().flat_map(|outcome| base.differences(outcome)).collect();
            let differ =
                outcomes.iter().any(|outcome| outcome.tiers != base.tiers || outcome.asked != base.asked);
            if differ || !touches.is_empty() {
                let answers = u32::try_from(outcomes.len()).unwrap_or(u32::MAX).max(1);
                let narrows =
                    (u32::from(base.tiers.width()) * 1_000).saturating_sub(widths * 1_000 / answers);
                influences.push(Influence { slot: *slot, narrows, touches });
            }
        }
        for influence in &mut influences {
            influence.touches.retain(|point| whole.points.get(*point) == Some(&Truth::Unsettled));
        }
        influences.retain(|influence| {
            influence.narrows > 0 || !influence.touches.is_empty() || whole.tiers.width() > 0
        });
        Bounds { tiers: whole.tiers, points: whole.points, influences, exact: false }
    }
}

/// What one question changes, all others held still; `None` where it changes nothing.
fn influence(
    slot: Slot,
    stride: usize,
    answers: usize,
    which: &[usize],
    outcomes: &[Outcome],
    whole: Tiers,
) -> Option<Influence> {
    let mut pairs = BTreeSet::new();
    let mut by_answer = vec![Tiers::NONE; answers];
    for (completion, outcome) in which.iter().enumerate() {
        let digit = completion / stride % answers;
        if let (Some(tiers), Some(outcome)) = (by_answer.get_mut(digit), outcomes.get(*outcome)) {
            *tiers = tiers.or(outcome.tiers);
        }
        let first = which.get(completion - digit * stride).copied().unwrap_or(*outcome);
        if first != *outcome {
            pairs.insert((first.min(*outcome), first.max(*outcome)));
        }
    }
    if pairs.is_empty() {
        return None;
    }
    let mut touches = BTreeSet::new();
    for (first, second) in pairs {
        if let (Some(first), Some(second)) = (outcomes.get(first), outcomes.get(second)) {
            touches.extend(first.differences(second));
        }
    }
    let widths: u32 = by_answer.iter().map(|tiers| u32::from(tiers.width())).sum();
    let answers = u32::try_from(answers).unwrap_or(u32::MAX).max(1);
    let narrows = (u32::from(whole.width()) * 1_000).saturating_sub(widths * 1_000 / answers);
    Some(Influence { slot, narrows, touches })
}
