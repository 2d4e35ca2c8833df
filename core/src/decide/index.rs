//! What a pack's rules can ever ask for, numbered once: its *points*.

use super::domains::Domains;
use super::tiers::{Tiers, possible};
use crate::catalogue::{MAX_TIER, TierNumber};
use crate::evaluate::Truth;
use crate::pack::Pack;
use crate::rules::{EffectKind, Verb};
use std::collections::BTreeMap;

/// The points of a pack, and which rule makes which.
#[derive(Debug)]
pub struct Index {
    /// All points, in the order in which a decision lists them.
    pub(crate) points: Vec<PointKey>,
    /// For each rule, the points that it makes.
    by_rule: Vec<Vec<usize>>,
    /// For each point, the rules that make it.
    by_point: Vec<Vec<usize>>,
    /// For each rule, its highest tier.
    tier_of: Vec<Option<TierNumber>>,
    pub(crate) default_tier: TierNumber,
    pub(crate) domains: Domains,
}

/// What a point is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PointKey {
    /// An entry of the catalogue, named by rules.
    Entry(Verb, String),
    /// A remark, by its rule and its place in it.
    Flag(usize, usize),
}

impl Index {
    /// Numbers the points of a pack.
    pub fn new(pack: &Pack) -> Self {
        let mut rules_of: BTreeMap<(usize, usize, PointKey), Vec<usize>> = BTreeMap::new();
        let mut tier_of = vec![];
        for (number, rule) in pack.rules.rules().iter().enumerate() {
            let mut tier = None;
            for (place, effect) in rule.effects.iter().enumerate() {
                let key = match &effect.kind {
                    EffectKind::Tier(asked) => {
                        tier = tier.max(Some(*asked));
                        continue;
                    }
                    EffectKind::Within(_) => continue,
                    EffectKind::Names(verb, id) => PointKey::Entry(*verb, id.clone()),
                    EffectKind::Flag(..) => PointKey::Flag(number, place),
                };
                let rank = rank(pack, &key);
                let rules = rules_of.entry((rank.0, rank.1, key)).or_default();
                if rules.last() != Some(&number) {
                    rules.push(number);
                }
            }
            tier_of.push(tier);
        }
        let mut by_rule = vec![vec![]; tier_of.len()];
        for (point, rules) in rules_of.values().enumerate() {
            for rule in rules {
                if let Some(points) = by_rule.get_mut(*rule) {
                    points.push(point);
                }
            }
        }
        let by_point = rules_of.values().cloned().collect();
        let points = rules_of.into_keys().map(|(_, _, key)| key).collect();
        let domains = Domains::new(&pack.schema, &pack.rules);
        Self { points, by_rule, by_point, tier_of, default_tier: pack.default_tier, domains }
    }

    /// The points that a rule makes.
    pub(crate) fn points_of(&self, rule: usize) -> &[usize] {
        self.by_rule.get(rule).map_or(&[], Vec::as_slice)
    }

    /// The rules that make a point, in the pack's order.
    pub(crate) fn rules_of(&self, point: usize) -> &[usize] {
        self.by_point.get(point).map_or(&[], Vec::as_slice)
    }

    /// The tier that a rule asks for.
    pub(crate) fn tier_of(&self, rule: usize) -> Option<TierNumber> {
        self.tier_of.get(rule).copied().flatten()
    }

    /// For each tier, whether a rule asks for it.
    pub(super) fn asked(&self, verdicts: &[Truth]) -> [Truth; MAX_TIER as usize + 1] {
        let mut asked = [Truth::No; MAX_TIER as usize + 1];
        for (tier, truth) in self.tier_of.iter().zip(verdicts) {
            if let Some(place) = tier.and_then(|tier| asked.get_mut(usize::from(tier))) {
                *place = place.or(*truth);
            }
        }
        asked
    }

    /// The tiers that verdicts leave possible.
    pub(crate) fn tiers(&self, verdicts: &[Truth]) -> Tiers {
        let asked = self.tier_of.iter().zip(verdicts).filter_map(|(tier, truth)| Some(((*tier)?, *truth)));
        possible(asked, self.default_tier)
    }
}

/// Where a point stands among all: by kind, then as the catalogue lists it.
fn rank(pack: &Pack, key: &PointKey) -> (usize, usize) {
    match key {
        PointKey::Entry(verb, id) => {
            let kind = Verb::ALL.iter().position(|known| known == verb).unwrap_or(Verb::ALL.len());
            let place = pack.catalogue.heads(verb.section()).iter().position(|head| head.id == *id);
            (kind, place.unwrap_or(usize::MAX))
        }
        PointKey::Flag(rule, place) => (Verb::ALL.len(), rule * 1_000 + place),
    }
}
