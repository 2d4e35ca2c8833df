//! What somebody would like the decision to be instead.

use crate::catalogue::{MAX_TIER, TierNumber};
use crate::decide::{self, PointKey, Tiers};
use crate::engine::Engine;
use crate::rules::Verb;
use crate::suggest;
use std::fmt;

/// Something that a decision should hold, for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What.
    pub(super) kind: GoalKind,
    /// As it was asked for.
    said: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GoalKind {
    /// The tier is one of these.
    Tier(Tiers),
    /// A point is, or is not, part of the decision.
    Point(Wanted),
    /// The minimum intake is there.
    Ready,
}

/// A point that is wanted, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Its number among the points that rules make.
    pub(super) number: Option<usize>,
    /// The artifact that tiers may ask for too.
    pub(super) artifact: Option<String>,
    pub(super) present: bool,
}

impl Goal {
    /// Reads a goal: `tier=1`, `tier<=1`, `-route/deep-review` or `no route/deep-review`, `+route/advisory`,
    /// `ready`. Says what is wrong with any other text.
    pub fn parse(text: &str, engine: &Engine) -> Result<Self, String> {
        let said = text.trim().to_owned();
        let kind = if said.eq_ignore_ascii_case("ready") {
            GoalKind::Ready
        } else if let Some(rest) = said.strip_prefix("tier") {
            GoalKind::Tier(tiers(rest).ok_or_else(|| {
                format!("`{said}` names no tier; write `tier=1` or `tier<=1`, from 0 to {MAX_TIER}")
            })?)
        } else {
            let (id, present) = signed(&said);
            GoalKind::Point(wanted(id, present, engine)?)
        };
        Ok(Self { kind, said })
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

fn signed(text: &str) -> (&str, bool) {
    let without = ["no ", "not ", "without "].iter().find_map(|word| text.strip_prefix(word));
    match (text.strip_prefix('-').or(without), text.strip_prefix('+').or_else(|| text.strip_prefix("with ")))
    {
        (Some(id), _) => (id.trim(), false),
        (None, Some(id)) => (id.trim(), true),
        (None, None) => (text, true),
    }
}

fn tiers(text: &str) -> Option<Tiers> {
    let text = text.trim();
    let (how, number) = ["<=", ">=", "==", "=", "<", ">", " "]
        .iter()
        .find_map(|how| Some((*how, text.strip_prefix(how)?)))
        .unwrap_or(("=", text));
    let number: TierNumber = number.trim().parse().ok().filter(|number| *number <= MAX_TIER)?;
    let fits = |tier: TierNumber| match how {
        "<=" => tier <= number,
        ">=" => tier >= number,
        "<" => tier < number,
        ">" => tier > number,
        _ => tier == number,
    };
    let fitting = (0..=MAX_TIER).filter(|tier| fits(*tier));
    Some(fitting.fold(Tiers::NONE, |tiers, tier| tiers.or(Tiers::one(tier))))
        .filter(|tiers| *tiers != Tiers::NONE)
}

fn wanted(id: &str, present: bool, engine: &Engine) -> Result<Wanted, String> {
    let pack = &engine.pack;
    let keys = &engine.index().points;
    let number = keys.iter().position(|key| decide::id(pack, key) == id);
    let of_artifact = |id: &str| format!("{}/{id}", Verb::Require.point());
    let artifact =
        pack.catalogue.artifacts.ids().find(|artifact| of_artifact(artifact) == id).map(str::to_owned);
    if number.is_some() || artifact.is_some() {
        return Ok(Wanted { number, artifact, present });
    }
    let mut known: Vec<String> = keys.iter().map(|key: &PointKey| decide::id(pack, key)).collect();
    known.extend(pack.catalogue.artifacts.ids().map(of_artifact));
    // `deep-review` is `route/deep-review` to a person.
    let bare = known.iter().find(|point| point.rsplit('/').next() == Some(id));
    let meant = bare.map(String::as_str).or_else(|| suggest::nearest(id, known.iter().map(String::as_str)));
    let hint = match meant {
        Some(meant) => format!("did you mean `{}{meant}`?", if present { "+" } else { "-" }),
        None => "goals are such as `tier=1`, `tier<=1`, `-route/deep-review`, `+route/advisory` and `ready`"
            .to_owned(),
    };
    Err(format!("`{id}` is no goal: no rule of this pack can ask for it; {hint}"))
}
