//! The parts of a decision that a case can speak of: one table, from which cases are read, compared,
//! rewritten and documented.

use crate::catalogue::Section;
use crate::wire::v1::{
    Approver, EvidenceState, Flag, Point, Report, Requirement, Route, Standing, Starts, Timing, Verdict,
};

/// A part of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aspect {
    /// The tier, or its floor and ceiling.
    Tier,
    /// Whether the minimum intake is there, or what it lacks.
    Ready,
    /// Whether nothing in the intake is an error.
    Valid,
    /// Whether no open question can change the decision.
    Settled,
    /// A list of names.
    Names(&'static Names),
    /// How far the evidence for an artifact is.
    Evidence(String),
    /// By when something is due.
    Date(String),
    /// How long each approver has.
    Window,
}

/// A part of a decision that is a list of names.
pub struct Names {
    /// Its key under `expect`; `approvals.review` stands in a group.
    pub key: &'static str,
    /// What its names are.
    pub of: Domain,
    /// The names that a decision has.
    found: fn(&Report) -> Vec<String>,
    /// What it is, for help.
    pub means: &'static str,
}

/// What names may stand in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// Entries of the catalogue.
    Entries(Section),
    /// Rules.
    Rules,
    /// Rules that remark something.
    Flags,
    /// Fields that hold an answer.
    Answers,
    /// Points by their id, `route/deep-review`.
    Points,
    /// Points and dates of the whole intake, by their id.
    Dues,
    /// Codes of diagnostics; there is no list of them.
    Codes,
}

/// What a decision says about an aspect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Yes or no.
    Flag(bool),
    /// The lowest and the highest tier that is possible.
    Tiers(u8, u8),
    /// Names, in the decision's order.
    Names(Vec<String>),
    /// A word or a date; none where there is nothing of the kind.
    Word(Option<String>),
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Names {}

macro_rules! points {
    ($key:literal, $possible:literal, $section:ident, $points:expr, $means:literal) => {
        [
            Names {
                key: $key,
                of: Domain::Entries(Section::$section),
                found: |report| standing($points(report), Standing::Certain),
                means: $means,
            },
            Names {
                key: $possible,
                of: Domain::Entries(Section::$section),
                found: |report| standing($points(report), Standing::Possible),
                means: "those that open answers can still bring about",
            },
        ]
    };
}

const ESCALATIONS: [Names; 2] = points!(
    "escalations",
    "possible_escalations",
    Escalations,
    |report: &Report| report.escalations.iter().map(|found| found.point.clone()).collect(),
    "what goes to somebody above"
);
const REFERRALS: [Names; 2] = points!(
    "referrals",
    "possible_referrals",
    Teams,
    |report: &Report| report.referrals.iter().map(|found| found.point.clone()).collect(),
    "teams that it is handed to"
);
const DECISIONS: [Names; 2] = points!(
    "decisions",
    "possible_decisions",
    Decisions,
    |report: &Report| report.decisions.iter().map(|found| found.point.clone()).collect(),
    "decisions that are to be taken"
);
const SERVICES: [Names; 2] = points!(
    "services",
    "possible_services",
    Services,
    |report: &Report| report.services.clone(),
    "service lines that are suggested"
);
const OBLIGATIONS: [Names; 2] = points!(
    "obligations",
    "possible_obligations",
    Obligations,
    |report: &Report| report.obligations.iter().map(|found| found.point.clone()).collect(),
    "duties that it carries"
);
const NOTIFICATIONS: [Names; 2] = points!(
    "notifications",
    "possible_notifications",
    Roles,
    |report: &Report| report.notifications.clone(),
    "roles that are told"
);
const REQUIREMENTS: [Names; 2] = points!(
    "requirements",
    "possible_requirements",
    Artifacts,
    |report: &Report| report.requirements.iter().map(|found| found.point.clone()).collect(),
    "artifacts that are asked for, whatever there is of them"
);
const MISSING: [Names; 2] = points!(
    "missing",
    "possible_missing",
    Artifacts,
    |report: &Report| lacking(&report.requirements),
    "artifacts that are asked for and not there"
);

const ROUTES: [Names; 3] = [
    Names {
        key: "routes",
        of: Domain::Entries(Section::Routes),
        found: |report| routes(report, wins),
        means: "where it is sent; a review route that may still give way to a higher one is only possible",
    },
    Names {
        key: "possible_routes",
        of: Domain::Entries(Section::Routes),
        found: |report| routes(report, |route| !wins(route) && route.starts != Starts::Superseded),
        means: "where open answers can still send it",
    },
    Names {
        key: "superseded_routes",
        of: Domain::Entries(Section::Routes),
        found: |report| routes(report, |route| route.starts == Starts::Superseded),
        means: "review routes that give way to a higher one",
    },
];

const FLAGS: [Names; 2] = [
    Names {
        key: "flags",
        of: Domain::Flags,
        found: |report| flags(&report.flags, Standing::Certain),
        means: "rules that remark something",
    },
    Names {
        key: "possible_flags",
        of: Domain::Flags,
        found: |report| flags(&report.flags, Standing::Possible),
        means: "rules that may still remark something",
    },
];

const RULES: [Names; 2] = [
    Names {
        key: "rules",
        of: Domain::Rules,
        found: |report| rules(report, Verdict::Fires),
        means: "rules that fire",
    },
    Names {
        key: "possible_rules",
        of: Domain::Rules,
        found: |report| rules(report, Verdict::Unsettled),
        means: "rules that wait for answers",
    },
];

const REST: [Names; 5] = [
    Names {
        key: "questions",
        of: Domain::Answers,
        found: |report| report.questions.iter().map(|question| question.path.clone()).collect(),
        means: "open questions that still matter, the most telling `first`",
    },
    Names {
        key: "assumptions",
        of: Domain::Answers,
        found: |report| report.assumptions.iter().map(|assumption| assumption.path.clone()).collect(),
        means: "answers that the schema assumed",
    },
    Names {
        key: "ruled_out",
        of: Domain::Points,
        found: |report| report.ruled_out.clone(),
        means: "points that no answer can bring about, by id: `route/incident`",
    },
    Names {
        key: "overdue",
        of: Domain::Dues,
        found: overdue,
        means: "what `today` finds late, by id: `due/decide`, `route/incident`",
    },
    Names {
        key: "diagnostics",
        of: Domain::Codes,
        found: |report| unique(report.diagnostics.iter().map(|found| found.code.clone()).collect()),
        means: "codes of what is wrong with the intake, or worth knowing",
    },
];

macro_rules! approvals {
    ($key:literal, $field:ident, $standing:ident, $means:literal) => {
        Names {
            key: $key,
            of: Domain::Entries(Section::Roles),
            found: |report| approvers(&report.approvals.$field, Standing::$standing),
            means: $means,
        }
    };
}

const APPROVALS: [Names; 6] = [
    approvals!("approvals.approve", approve, Certain, "roles that sign"),
    approvals!("approvals.review", review, Certain, "roles that look"),
    approvals!("approvals.inform", inform, Certain, "roles that are told"),
    approvals!("approvals.possible_approve", approve, Possible, "roles that may have to sign"),
    approvals!("approvals.possible_review", review, Possible, "roles that may have to look"),
    approvals!("approvals.possible_inform", inform, Possible, "roles that may have to be told"),
];

/// All lists of names, in the order in which help lists them.
pub static NAMES: [&[Names]; 13] = [
    &ROUTES,
    &ESCALATIONS,
    &REQUIREMENTS,
    &MISSING,
    &REFERRALS,
    &DECISIONS,
    &SERVICES,
    &OBLIGATIONS,
    &NOTIFICATIONS,
    &FLAGS,
    &RULES,
    &REST,
    &APPROVALS,
];

/// Every list of names.
pub fn names() -> impl Iterator<Item = &'static Names> {
    NAMES.iter().flat_map(|names| names.iter())
}

impl Aspect {
    /// Its key under `expect`; what stands in a group has the group before a dot.
    pub fn key(&self) -> String {
        match self {
            Self::Tier => "tier".to_owned(),
            Self::Ready => "ready".to_owned(),
            Self::Valid => "valid".to_owned(),
            Self::Settled => "settled".to_owned(),
            Self::Names(names) => names.key.to_owned(),
            Self::Evidence(artifact) => format!("evidence.{artifact}"),
            Self::Date(id) => format!("dates.{id}"),
            Self::Window => "approvals.window".to_owned(),
        }
    }

    /// What a report says about it.
    pub fn find(&self, report: &Report) -> Found {
        match self {
            Self::Tier => Found::Tiers(report.tier.floor, report.tier.ceiling),
            Self::Ready => {
                Found::Names(report.ready.missing.iter().map(|missing| missing.path.clone()).collect())
            }
            Self::Valid => Found::Flag(report.valid),
            Self::Settled => Found::Flag(report.settled),
            Self::Names(names) => Found::Names((names.found)(report)),
            Self::Evidence(artifact) => {
                let found =
                    report.requirements.iter().find(|requirement| requirement.point.name == *artifact);
                Found::Word(found.map(|requirement| state(requirement.evidence.state).to_owned()))
            }
            Self::Date(id) => Found::Word(dues(report).find(|(known, ..)| known == id).and_then(|due| due.1)),
            Self::Window => Found::Word(report.approvals.window.clone()),
        }
    }
}

/// How far evidence can be, as a case says it; what nobody asks for is `none`.
pub const STATES: [&str; 4] = ["missing", "claimed", "resolved", "waived"];

fn state(state: EvidenceState) -> &'static str {
    match state {
        EvidenceState::Missing => "missing",
        EvidenceState::Claimed => "claimed",
        EvidenceState::Resolved => "resolved",
        EvidenceState::Waived => "waived",
    }
}

/// The dates of the whole intake, by id.
pub const DATES: [&str; 3] = ["due/respond", "due/decide", "due/deadline"];

/// Everything that has a date: its id, the date, and whether that has passed.
fn dues(report: &Report) -> impl Iterator<Item = (String, Option<String>, Timing)> + '_ {
    let own = report.dates.iter().map(|date| (date.id.clone(), date.by.clone(), date.timing));
    let points = report.routes.iter().map(|route| &route.point);
    let points = points.chain(report.escalations.iter().map(|escalation| &escalation.point));
    let points = points.chain(report.requirements.iter().map(|requirement| &requirement.point));
    let points = points.chain(report.referrals.iter().map(|referral| &referral.point));
    let points = points.chain(report.decisions.iter().map(|decision| &decision.point));
    let points = points.chain(&report.services);
    let points = points.chain(report.obligations.iter().map(|duty| &duty.point));
    let points = points.chain(&report.notifications);
    own.chain(points.filter_map(|point| {
        let due = point.due.as_ref()?;
        Some((point.id.clone(), due.by.clone(), due.timing))
    }))
}

fn overdue(report: &Report) -> Vec<String> {
    dues(report).filter(|(.., timing)| *timing == Timing::Overdue).map(|(id, ..)| id).collect()
}

fn standing(points: Vec<Point>, standing: Standing) -> Vec<String> {
    points.into_iter().filter(|point| point.standing == standing).map(|point| point.name).collect()
}

fn lacking(requirements: &[Requirement]) -> Vec<Point> {
    let lacking =
        requirements.iter().filter(|requirement| requirement.evidence.state == EvidenceState::Missing);
    lacking.map(|requirement| requirement.point.clone()).collect()
}

/// A review route that may give way to a higher one is not where the intake certainly goes.
fn wins(route: &Route) -> bool {
    route.point.standing == Standing::Certain && route.superseded.is_none()
}

fn routes(report: &Report, which: impl Fn(&Route) -> bool) -> Vec<String> {
    report.routes.iter().filter(|route| which(route)).map(|route| route.point.name.clone()).collect()
}

fn flags(flags: &[Flag], standing: Standing) -> Vec<String> {
    unique(flags.iter().filter(|flag| flag.standing == standing).map(|flag| flag.rule.clone()).collect())
}

fn rules(report: &Report, verdict: Verdict) -> Vec<String> {
    report.trace.iter().filter(|trace| trace.verdict == verdict).map(|trace| trace.rule.clone()).collect()
}

fn approvers(approvers: &[Approver], standing: Standing) -> Vec<String> {
    approvers
        .iter()
        .filter(|approver| approver.standing == standing)
        .map(|approver| approver.name.clone())
        .collect()
}

fn unique(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}
