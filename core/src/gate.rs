//! Gates: which outcomes stop a pipeline. What is only *possible* counts as present: a gate that lets a
//! half-filled draft through is no gate.

use crate::wire::v1::{EvidenceState, Report, Severity, Standing, Starts, Timing};
use std::fmt;

/// A class of outcomes that can stop a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// The tier is, or may still become, this one or a higher one.
    Tier(u8),
    /// An open question can still change the decision.
    Unsettled,
    /// The minimum intake is not there.
    NotReady,
    /// Required evidence is missing.
    MissingEvidence,
    /// Required evidence is only claimed: nobody has looked at it.
    Unreviewed,
    /// Something escalates.
    Escalation,
    /// A due date has passed.
    Overdue,
    /// The policy remarks a warning or an error.
    Flag,
}

/// The classes with their names and what they mean, in the order in which help lists them.
pub const GATES: [(&str, Gate, &str); 10] = [
    ("tier-1", Gate::Tier(1), "the tier is, or may become, 1 or higher"),
    ("tier-2", Gate::Tier(2), "the tier is, or may become, 2 or higher"),
    ("tier-3", Gate::Tier(3), "the tier is, or may become, 3"),
    ("unsettled", Gate::Unsettled, "an open question can still change the decision"),
    ("not-ready", Gate::NotReady, "the minimum intake is not there"),
    ("missing-evidence", Gate::MissingEvidence, "required evidence is missing"),
    ("unreviewed", Gate::Unreviewed, "required evidence is missing, or linked but not reviewed"),
    ("escalation", Gate::Escalation, "something escalates"),
    ("overdue", Gate::Overdue, "a due date or the deadline has passed"),
    ("flag", Gate::Flag, "the policy remarks a warning or an error"),
];

/// A gate that stops a report, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Which gate.
    pub gate: Gate,
    /// What it met.
    pub reason: String,
}

/// The gates that stop a report, in the order in which they are given.
pub fn stops(gates: &[Gate], report: &Report) -> Vec<Stop> {
    gates.iter().filter_map(|&gate| Some(Stop { gate, reason: gate.stops(report)? })).collect()
}

impl Gate {
    /// The class with a name.
    pub fn named(name: &str) -> Option<Self> {
        GATES.iter().find(|(known, ..)| *known == name).map(|(_, gate, _)| *gate)
    }

    /// Why the gate stops this report; `None` where it lets it pass.
    pub fn stops(self, report: &Report) -> Option<String> {
        let possibly = |standing: Standing| if standing == Standing::Possible { "possibly " } else { "" };
        match self {
            Self::Tier(tier) if report.tier.floor >= tier => Some(format!("tier {}", report.tier.floor)),
            Self::Tier(tier) if report.tier.ceiling >= tier => {
                Some(format!("possibly tier {}", report.tier.ceiling))
            }
            Self::Tier(_) => None,
            Self::Unsettled if report.settled => None,
            Self::Unsettled => Some(match report.questions.len() {
                // A rule that failed leaves nobody a question to answer.
                0 => "not every rule could be decided".to_owned(),
                1 => "1 question is open".to_owned(),
                open => format!("{open} questions are open"),
            }),
            Self::NotReady => {
                let missing: Vec<&str> =
                    report.ready.missing.iter().map(|missing| missing.path.as_str()).collect();
                (!missing.is_empty()).then(|| format!("unanswered: {}", missing.join(", ")))
            }
            Self::MissingEvidence => evidence(report, |state| state == EvidenceState::Missing),
            Self::Unreviewed => {
                evidence(report, |state| matches!(state, EvidenceState::Missing | EvidenceState::Claimed))
            }
            Self::Escalation => {
                let escalation = report
                    .escalations
                    .iter()
                    .min_by_key(|found| found.point.standing == Standing::Possible)?;
                Some(format!("{}{}", possibly(escalation.point.standing), escalation.point.name))
            }
            Self::Overdue => overdue(report),
            Self::Flag => {
                let grave = report.flags.iter().filter(|flag| flag.severity != Severity::Info);
                let flag = grave.min_by_key(|flag| flag.standing == Standing::Possible)?;
                Some(format!("{}{}", possibly(flag.standing), flag.message))
            }
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = GATES.iter().find(|(_, gate, _)| gate == self).map_or("", |(name, ..)| name);
        f.write_str(name)
    }
}

fn evidence(report: &Report, counts: impl Fn(EvidenceState) -> bool) -> Option<String> {
    let lacking = |standing: Standing| -> String {
        let requirements = report.requirements.iter().filter(|requirement| {
            requirement.point.standing == standing && counts(requirement.evidence.state)
        });
        requirements.map(|requirement| requirement.point.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    match (lacking(Standing::Certain), lacking(Standing::Possible)) {
        (certain, possible) if certain.is_empty() && possible.is_empty() => None,
        (certain, possible) if possible.is_empty() => Some(certain),
        (certain, possible) if certain.is_empty() => Some(format!("possibly {possible}")),
        (certain, possible) => Some(format!("{certain}; possibly {possible}")),
    }
}

fn overdue(report: &Report) -> Option<String> {
    let late = |timing: Timing| timing == Timing::Overdue;
    let dates = report.dates.iter().filter(|date| late(date.timing)).map(|date| date.title.to_lowercase());
    let routes =
        report.routes.iter().filter(|route| route.starts != Starts::Superseded).map(|route| &route.point);
    let points = routes
        .chain(report.escalations.iter().map(|found| &found.point))
        .chain(report.referrals.iter().map(|found| &found.point))
        .chain(report.decisions.iter().map(|found| &found.point))
        .chain(report.obligations.iter().map(|found| &found.point))
        .chain(&report.notifications);
    let points = points
        .filter(|point| point.due.as_ref().is_some_and(|due| late(due.timing)))
        .map(|point| point.name.clone());
    let said: Vec<String> = dates.chain(points).collect();
    (!said.is_empty()).then(|| said.join(", "))
}
