//! Decision: one total, ordered fold of the verdicts. The same for the same input, always.

mod bounds;
mod domains;
mod due;
mod evidence;
mod index;
mod people;
mod readiness;
mod tiers;

pub use bounds::{Influence, MAX_COMPLETIONS};
pub(crate) use bounds::{bounds, completions};
pub use due::{Due, Timing};
pub(crate) use evidence::of_tiers;
pub use evidence::{Evidence, EvidenceState, UNKNOWN_ARTIFACT, WAIVER_INCOMPLETE};
pub use index::{Index, PointKey};
pub use people::{Approval, ApprovalKind};
pub use readiness::Missing;
pub(crate) use readiness::missing;
pub use tiers::Tiers;

use crate::calendar::Duration;
use crate::catalogue::TierNumber;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::Truth;
use crate::facts::{Facts, Origin};
use crate::intake::Intake;
use crate::pack::Pack;
use crate::rules::{EffectKind, Verb};
use crate::schema::{Field, Role, Slot};
use due::Clock;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The deadline that the intake asks for lies before the day on which it will be decided.
pub const DEADLINE_NOT_REACHABLE: Code = Code("intake/deadline-not-reachable");

/// Whether a point is part of the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It is, whatever is still answered.
    Certain,
    /// It depends on answers that are not there.
    Possible,
    /// It is not, whatever is still answered.
    RuledOut,
}

impl From<Truth> for Standing {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Yes => Self::Certain,
            Truth::Unsettled => Self::Possible,
            Truth::No => Self::RuledOut,
        }
    }
}

/// What is decided about an intake.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The tier, or the tiers that it can still become.
    pub tiers: Tiers,
    /// The rules that give the tier: those that fire and ask for it.
    pub tier_rules: Vec<usize>,
    /// What the minimum intake lacks, in schema order.
    pub missing: Vec<Missing>,
    /// Everything that rules ask for, in order of kind and catalogue; also what is ruled out.
    pub points: Vec<Point>,
    /// Required artifacts, in the catalogue's order, with what there is of each.
    pub requirements: Vec<Requirement>,
    /// Who approves, reviews and is told.
    pub approvals: Vec<Approval>,
    /// How long each approver has.
    pub window: Option<Duration>,
    /// By when somebody answers and decides.
    pub deadlines: Vec<Milestone>,
    /// The open questions that still matter, the most telling first.
    pub questions: Vec<Question>,
    /// Every completion of the draft was tried, so that ranges are exact.
    pub exact: bool,
}

/// Something that rules ask for.
#[derive(Debug, Clone)]
pub struct Point {
    /// What.
    pub key: PointKey,
    /// Whether it is part of the decision.
    pub standing: Standing,
    /// A review route that gives way to a higher one: which, and whether that is certain.
    pub superseded: Option<(String, Standing)>,
    /// The rules that ask for it, of those that fire or are unsettled.
    pub rules: Vec<usize>,
    /// By when.
    pub due: Option<(Due, Timing)>,
}

/// A required artifact.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its id in the catalogue.
    pub artifact: String,
    /// Whether it is required.
    pub standing: Standing,
    /// The rules that require it.
    pub rules: Vec<usize>,
    /// The tiers that expect it.
    pub tiers: BTreeSet<TierNumber>,
    /// What there is of it.
    pub evidence: Evidence,
}

/// A date of the whole intake.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// `respond`, `decide` or `deadline`.
    pub id: &'static str,
    /// Whether it holds for every tier that is still possible; otherwise it is the earliest of them.
    pub standing: Standing,
    /// By when, and how long that is from the day of submission; a deadline has no length.
    pub by: Option<Date>,
    /// How long it may take.
    pub within: Option<Duration>,
    /// How it stands to today.
    pub timing: Timing,
}

/// An open question that still matters.
#[derive(Debug, Clone)]
pub struct Question {
    /// The field.
    pub slot: Slot,
    /// How many tiers narrower an answer makes the range, on average, in thousandths.
    pub narrows: u32,
    /// Ids of the points that it touches.
    pub touches: Vec<String>,
    /// It is part of the minimum intake.
    pub required: bool,
}

/// Decides.
pub fn decide(
    pack: &Pack,
    index: &Index,
    intake: &Intake,
    facts: &Facts,
    verdicts: &[Truth],
    today: Option<Date>,
    out: &mut Vec<Diagnostic>,
) -> Decision {
    let bounds = bounds(pack, index, facts, verdicts);
    let clock = Clock::new(pack, facts, today);
    let points = points(pack, index, &bounds, verdicts, clock);
    let missing = readiness::missing(pack, facts);
    evidence::remarks(pack, intake, facts, out);
    let (approvals, window) = people::approvals(pack, bounds.tiers);
    let deadlines = milestones(pack, intake, facts, bounds.tiers, clock, out);
    let questions = questions(pack, index, facts, &bounds, &missing);
    let asked = |rule: &usize| {
        index.tier_of(*rule) == Some(bounds.tiers.floor()) && verdicts.get(*rule) == Some(&Truth::Yes)
    };
    Decision {
        tiers: bounds.tiers,
        tier_rules: (0..verdicts.len()).filter(asked).collect(),
        requirements: requirements(pack, index, facts, &bounds, verdicts),
        missing,
        points,
        approvals,
        window,
        deadlines,
        questions,
        exact: bounds.exact,
    }
}

fn points(
    pack: &Pack,
    index: &Index,
    bounds: &bounds::Bounds,
    verdicts: &[Truth],
    clock: Clock<'_>,
) -> Vec<Point> {
    let mut points: Vec<Point> = vec![];
    for (number, (key, truth)) in index.points.iter().zip(&bounds.points).enumerate() {
        let live = |rule: &&usize| verdicts.get(**rule).is_some_and(|truth| *truth != Truth::No);
        let rules: Vec<usize> = index.rules_of(number).iter().filter(live).copied().collect();
        let due = rules.iter().filter_map(|rule| within(pack, *rule));
        let own = match key {
            PointKey::Entry(Verb::Escalate, id) => {
                pack.catalogue.escalations.get(id).and_then(|entry| entry.within)
            }
            _ => None,
        };
        let due =
            due.chain(own).map(|within| clock.due(within)).reduce(|one, other| clock.sooner(one, other));
        let due = due.filter(|_| *truth != Truth::No).map(|due| (due, clock.timing(due.by)));
        points.push(Point {
            key: key.clone(),
            standing: Standing::from(*truth),
            superseded: None,
            rules,
            due,
        });
    }
    ladder(pack, &mut points);
    points
}

fn within(pack: &Pack, rule: usize) -> Option<Duration> {
    pack.rules.rules().get(rule)?.effects.iter().find_map(|effect| match effect.kind {
        EffectKind::Within(duration) => Some(duration),
        _ => None,
    })
}

/// The review routes form a ladder: the highest wins, and the others give way to it.
fn ladder(pack: &Pack, points: &mut [Point]) {
    let rung = |point: &Point| match &point.key {
        PointKey::Entry(Verb::Route, id) => {
            pack.catalogue.routes.get(id).and_then(|route| route.ladder).map(|rung| (rung, id.clone()))
        }
        _ => None,
    };
    let rungs: Vec<(u8, String, Standing)> =
        points.iter().filter_map(|point| rung(point).map(|(rung, id)| (rung, id, point.standing))).collect();
    for point in points {
        let Some((own, _)) = rung(point) else { continue };
        let above = |wanted| {
            rungs
                .iter()
                .filter(move |(rung, _, standing)| *rung > own && *standing == wanted)
                .max_by_key(|(rung, ..)| *rung)
        };
        let winner = above(Standing::Certain).or_else(|| above(Standing::Possible));
        point.superseded = winner
            .filter(|_| point.standing != Standing::RuledOut)
            .map(|(_, id, standing)| (id.clone(), *standing));
    }
}

fn requirements(
    pack: &Pack,
    index: &Index,
    facts: &Facts,
    bounds: &bounds::Bounds,
    verdicts: &[Truth],
) -> Vec<Requirement> {
    let by_tier = evidence::of_tiers(pack, index, bounds.tiers, verdicts);
    let mut requirements = vec![];
    for artifact in pack.catalogue.artifacts.iter() {
        let id = &artifact.head.id;
        let key = PointKey::Entry(Verb::Require, id.clone());
        let point = index.points.iter().position(|known| *known == key);
        let by_rule = point
            .and_then(|point| bounds.points.get(point))
            .map_or(Standing::RuledOut, |truth| Standing::from(*truth));
        let (of_tier, tiers) = by_tier.get(id).cloned().unwrap_or((Standing::RuledOut, BTreeSet::new()));
        let standing = by_rule.min(of_tier);
        if standing == Standing::RuledOut {
            continue;
        }
        let live = |rule: &&usize| verdicts.get(**rule).is_some_and(|truth| *truth != Truth::No);
        let rules = point
            .map(|point| index.rules_of(point).iter().filter(live).copied().collect())
            .unwrap_or_default();
        let evidence = evidence::find(pack, facts, artifact);
        requirements.push(Requirement { artifact: id.clone(), standing, rules, tiers, evidence });
    }
    requirements
}

fn milestones(
    pack: &Pack,
    intake: &Intake,
    facts: &Facts,
    tiers: Tiers,
    clock: Clock<'_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Milestone> {
    let urgency = pack.schema.role(Role::Urgency).map(|(slot, field)| field.write(facts.value(slot)));
    let mut milestones = vec![];
    for (id, pick) in [("respond", true), ("decide", false)] {
        let of_tier = tiers.iter().filter_map(|tier| {
            let turnaround = &pack.catalogue.tier(tier)?.turnaround;
            let row = turnaround
                .iter()
                .find(|row| Some(&row.urgency) == urgency.as_ref())
                .or_else(|| turnaround.first())?;
            if pick { row.respond } else { row.decide }
        });
        let dues: Vec<Due> = of_tier.map(|within| clock.due(within)).collect();
        let Some(soonest) = dues.iter().copied().reduce(|one, other| clock.sooner(one, other)) else {
            continue;
        };
        let same = dues.iter().all(|due| *due == soonest);
        let standing = if same { Standing::Certain } else { Standing::Possible };
        milestones.push(Milestone {
            id,
            standing,
            by: soonest.by,
            within: Some(soonest.within),
            timing: clock.timing(soonest.by),
        });
    }
    if let Some(deadline) = due::date_of(&pack.schema, facts, Role::Deadline) {
        let decided =
            milestones.iter().find(|milestone| milestone.id == "decide").and_then(|milestone| milestone.by);
        if let (Some(decided), Some((slot, _))) =
            (decided.filter(|decided| deadline < *decided), pack.schema.role(Role::Deadline))
            && let Origin::Answered { value, .. } = facts.origin(slot)
        {
            let message = format!("this deadline may not be reachable: the decision is due by {decided}");
            out.push(
                Diagnostic::warning(DEADLINE_NOT_REACHABLE, intake.document.source.locate(value), message)
                    .help("ask for more urgency and say why, or move the date"),
            );
        }
        let timing = clock.timing(Some(deadline));
        milestones.push(Milestone {
            id: "deadline",
            standing: Standing::Certain,
            by: Some(deadline),
            within: None,
            timing,
        });
    }
    milestones
}

fn questions(
    pack: &Pack,
    index: &Index,
    facts: &Facts,
    bounds: &bounds::Bounds,
    missing: &[Missing],
) -> Vec<Question> {
    let mut questions: Vec<Question> = bounds
        .influences
        .iter()
        .map(|influence| Question {
            slot: influence.slot,
            narrows: influence.narrows,
            touches: influence
                .touches
                .iter()
                .filter_map(|point| index.points.get(*point))
                .map(|key| id(pack, key))
                .collect(),
            required: missing.iter().any(|missing| missing.slot == influence.slot),
        })
        .collect();
    // Whether a question is asked at all may itself be open: then the question that decides it comes first.
    let depends = |slot: Slot| {
        pack.schema.slot(slot).applies.as_ref().is_some_and(|applies| facts.applies(applies).is_none())
    };
    questions.sort_by_key(|question| {
        let telling = (question.narrows, question.touches.len());
        (depends(question.slot), std::cmp::Reverse(telling), question.slot)
    });
    questions
}

/// The stable id of a point: `route/deep-review`.
pub fn id(pack: &Pack, key: &PointKey) -> String {
    match key {
        PointKey::Entry(verb, id) => format!("{}/{id}", verb.point()),
        PointKey::Flag(rule, place) => {
            let rule_of = pack.rules.rules().get(*rule);
            let name = rule_of.map_or("", |rule| rule.id.as_str());
            let flags = rule_of.map_or(0, |rule| {
                rule.effects.iter().filter(|effect| matches!(effect.kind, EffectKind::Flag(..))).count()
            });
            if flags > 1 { format!("flag/{name}-{place}") } else { format!("flag/{name}") }
        }
    }
}

impl Decision {
    /// The tier, once it is settled.
    pub fn tier(&self) -> Option<TierNumber> {
        (self.tiers.width() == 0).then(|| self.tiers.floor())
    }

    /// Whether the minimum intake is there.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Whether a field is asked for at all: it applies, or may.
pub(crate) fn is_asked(facts: &Facts, field: &Field) -> bool {
    field.applies.as_ref().is_none_or(|applies| facts.applies(applies) != Some(false))
}
