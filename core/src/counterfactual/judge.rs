//! Whether facts satisfy goals, and if not, answers of which one has to change.

use super::goal::{Goal, GoalKind, Wanted};
use super::reason::{self, Reason};
use crate::catalogue::TierNumber;
use crate::decide::{self, Index, Standing, Tiers};
use crate::engine::Engine;
use crate::evaluate::Truth;
use crate::facts::Facts;
use crate::pack::Pack;
use crate::rules::Rule;
use std::ops::ControlFlow;

/// What facts come to.
pub(super) enum Judgement {
    /// All goals are met, whatever is still answered.
    Met,
    /// Not; to meet them, one of these answers has to change. Empty where nothing could.
    Blocked(Reason),
}

pub(super) struct Judge<'a> {
    pub(super) engine: &'a Engine,
    pub(super) goals: &'a [Goal],
    /// How many sets of facts were judged.
    pub(super) work: usize,
    /// A reason had to be guessed, so that the search proves nothing.
    pub(super) guessed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Yes,
    No,
    /// It depends on answers that are not there.
    Open,
}

impl<'a> Judge<'a> {
    pub(super) fn new(engine: &'a Engine, goals: &'a [Goal]) -> Self {
        Self { engine, goals, work: 0, guessed: false }
    }

    fn pack(&self) -> &'a Pack {
        &self.engine.pack
    }

    fn index(&self) -> &'a Index {
        self.engine.index()
    }

    pub(super) fn judge(&mut self, facts: &Facts) -> Judgement {
        self.work += 1;
        let pack = self.pack();
        let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, facts, &mut vec![]);
        let met: Vec<Met> = self.goals.iter().map(|goal| self.goal(goal, facts, &verdicts)).collect();
        if met.iter().all(|met| *met == Met::Yes) {
            return Judgement::Met;
        }
        let blocked = self.goals.iter().zip(&met).filter(|(_, met)| **met == Met::No);
        let reasons = blocked.map(|(goal, _)| self.blocked(goal, facts, &verdicts));
        if let Some(reason) = reasons.min_by_key(Reason::len) {
            return Judgement::Blocked(reason);
        }
        self.open(facts, &verdicts)
    }

    /// Goals that depend on answers that are not there: met if every completion meets them. If one does not,
    /// whatever keeps that one from it has to change.
    fn open(&mut self, facts: &Facts, verdicts: &[Truth]) -> Judgement {
        let mut blocked: Option<Reason> = None;
        let mut seen = 0;
        let mut unclear = false;
        let all =
            decide::completions(self.pack(), self.index(), facts, verdicts, &mut |complete, verdicts| {
                seen += 1;
                for goal in self.goals {
                    match self.goal(goal, complete, verdicts) {
                        Met::Yes => {}
                        Met::No => {
                            // What the completion says of an open question depends on what that is asked for.
                            blocked = Some(reason::with_gates(
                                &self.pack().schema,
                                facts,
                                &self.blocked(goal, complete, verdicts),
                            ));
                            return ControlFlow::Break(());
                        }
                        Met::Open => unclear = true,
                    }
                }
                if unclear { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
        self.work += seen / 16;
        match (all, blocked) {
            (_, Some(reason)) => Judgement::Blocked(reason),
            (Some(_), None) if !unclear => Judgement::Met,
            _ => self.guess(facts, verdicts),
        }
    }

    /// Too many completions to try: the bounds that a decision has decide, and any answer that an unsettled
    /// rule reads may help.
    fn guess(&mut self, facts: &Facts, verdicts: &[Truth]) -> Judgement {
        let (pack, index) = (self.pack(), self.index());
        let bounds = decide::bounds(pack, index, facts, verdicts);
        self.work += 64;
        let met = self.goals.iter().all(|goal| {
            let point = |number: usize| bounds.points.get(number).copied().unwrap_or(Truth::No);
            self.met(goal, facts, bounds.tiers, &point, verdicts) == Met::Yes
        });
        if met {
            return Judgement::Met;
        }
        self.guessed = true;
        let unsettled = pack.rules.rules().iter().zip(verdicts).filter(|(_, truth)| !truth.is_settled());
        let reads = unsettled.flat_map(|(rule, _)| reason::reads(&pack.schema, rule, facts));
        Judgement::Blocked(reads.collect())
    }

    fn goal(&self, goal: &Goal, facts: &Facts, verdicts: &[Truth]) -> Met {
        let point = |number: usize| {
            let rules = self.index().rules_of(number).iter();
            rules.filter_map(|rule| verdicts.get(*rule).copied()).fold(Truth::No, Truth::or)
        };
        self.met(goal, facts, self.index().tiers(verdicts), &point, verdicts)
    }

    fn met(
        &self,
        goal: &Goal,
        facts: &Facts,
        tiers: Tiers,
        point: &dyn Fn(usize) -> Truth,
        verdicts: &[Truth],
    ) -> Met {
        match &goal.kind {
            GoalKind::Tier(wanted) if tiers.and(*wanted) == tiers => Met::Yes,
            GoalKind::Tier(wanted) if tiers.and(*wanted) == Tiers::NONE => Met::No,
            GoalKind::Tier(_) => Met::Open,
            GoalKind::Ready if decide::missing(self.pack(), facts).is_empty() => Met::Yes,
            GoalKind::Ready => Met::No,
            GoalKind::Point(wanted) => {
                let by_rule = wanted.number.map_or(Truth::No, point);
                let by_tier = wanted.artifact.as_ref().map_or(Truth::No, |artifact| {
                    let asked = decide::of_tiers(self.pack(), self.index(), tiers, verdicts);
                    match asked.get(artifact) {
                        Some((Standing::Certain, _)) => Truth::Yes,
                        Some(_) => Truth::Unsettled,
                        None => Truth::No,
                    }
                });
                match (by_rule.or(by_tier), wanted.present) {
                    (Truth::Unsettled, _) => Met::Open,
                    (truth, present) if (truth == Truth::Yes) == present => Met::Yes,
                    _ => Met::No,
                }
            }
        }
    }

    /// Answers that keep a goal from being met, whatever the others become.
    fn blocked(&self, goal: &Goal, facts: &Facts, verdicts: &[Truth]) -> Reason {
        match &goal.kind {
            GoalKind::Tier(wanted) => {
                wanted.iter().flat_map(|tier| self.not_the_tier(tier, facts, verdicts)).collect()
            }
            GoalKind::Ready => {
                let missing = decide::missing(self.pack(), facts);
                let schema = &self.pack().schema;
                let reasons = missing.iter().map(|missing| self.asked(missing.slot, facts, schema));
                reasons.min_by_key(Reason::len).unwrap_or_default()
            }
            GoalKind::Point(wanted) => self.not_the_point(wanted, facts, verdicts),
        }
    }

    /// A missing answer, and what says that it is asked for.
    fn asked(&self, slot: crate::schema::Slot, facts: &Facts, schema: &crate::schema::Schema) -> Reason {
        let gates = schema.slot(slot).applies.iter().flat_map(|applies| applies.any.iter().flatten());
        let gates: Reason = gates.map(|given| given.slot).collect();
        let mut reason = reason::with_gates(schema, facts, &gates);
        reason.insert(slot);
        reason
    }

    /// Why the tier is not this one, all verdicts that matter being settled.
    fn not_the_tier(&self, tier: TierNumber, facts: &Facts, verdicts: &[Truth]) -> Reason {
        let index = self.index();
        let with = |wanted: &dyn Fn(TierNumber) -> bool, truth: Truth| -> Vec<Reason> {
            self.rules(verdicts, truth)
                .filter(|(number, _)| index.tier_of(*number).is_some_and(wanted))
                .map(|(_, rule)| reason::of_rule(&self.pack().schema, rule, facts, truth))
                .collect()
        };
        let fewest = |reasons: Vec<Reason>| reasons.into_iter().min_by_key(Reason::len);
        if let Some(higher) = fewest(with(&|other| other > tier, Truth::Yes)) {
            return higher;
        }
        let mut reason: Reason = with(&|other| other == tier, Truth::No).into_iter().flatten().collect();
        if tier == index.default_tier {
            // By default it would be this one, if nothing else fired.
            reason.extend(fewest(with(&|other| other < tier, Truth::Yes)).unwrap_or_default());
        }
        reason
    }

    fn not_the_point(&self, wanted: &Wanted, facts: &Facts, verdicts: &[Truth]) -> Reason {
        let (pack, index) = (self.pack(), self.index());
        let rules = wanted.number.map_or(&[][..], |number| index.rules_of(number));
        let unwanted = if wanted.present { Truth::No } else { Truth::Yes };
        let keeping = |(_, rule): (usize, &Rule)| reason::of_rule(&pack.schema, rule, facts, unwanted);
        let mine = self.rules(verdicts, unwanted).filter(|(number, _)| rules.contains(number)).map(keeping);
        let of_tiers = || -> Reason {
            // An artifact of a tier: whatever any rule says about tiers may change that.
            let asked = (0..verdicts.len()).zip(pack.rules.rules());
            let asked = asked.filter(|(number, _)| index.tier_of(*number).is_some());
            asked
                .flat_map(|(number, rule)| match verdicts.get(number) {
                    Some(truth) if truth.is_settled() => reason::of_rule(&pack.schema, rule, facts, *truth),
                    _ => reason::reads(&pack.schema, rule, facts),
                })
                .collect()
        };
        match (wanted.present, &wanted.artifact) {
            (true, artifact) => {
                let more = artifact.as_ref().map(|_| of_tiers()).unwrap_or_default();
                mine.flatten().chain(more).collect()
            }
            (false, None) => mine.min_by_key(Reason::len).unwrap_or_default(),
            (false, Some(_)) => mine.min_by_key(Reason::len).unwrap_or_else(of_tiers),
        }
    }

    fn rules<'v>(
        &self,
        verdicts: &'v [Truth],
        truth: Truth,
    ) -> impl Iterator<Item = (usize, &'a Rule)> + use<'v, 'a> {
        let rules = self.pack().rules.rules().iter().zip(verdicts).enumerate();
        rules.filter(move |(_, (_, found))| **found == truth).map(|(number, (rule, _))| (number, rule))
    }
}
