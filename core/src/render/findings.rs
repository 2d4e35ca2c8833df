//! What a pipeline is told of an intake, one remark a place: what is wrong, what is missing, what the policy
//! remarks, which rules raise the tier, which gates stop. SARIF and GitHub annotations are made from this, so
//! that both say the same.

use super::Outcome;
use crate::wire::v1::{
    Diagnostic, EvidenceState, Flag, Location, MissingAnswer, Position, Report, Requirement, Severity,
    Standing, Trace, Verdict,
};

/// From this tier on, a rule that asks for it is a remark of its own; below, it is everyday business.
const REMARKED_TIER: u8 = 2;
/// From this tier on, the remark is a warning.
const GRAVE_TIER: u8 = 3;

/// Id of the remark that the minimum intake lacks something.
const UNANSWERED: &str = "decision/unanswered";

/// One remark.
#[derive(Debug)]
pub(super) struct Finding<'a> {
    /// Stable id of what is remarked: a diagnostic's code, or a point of the decision.
    pub id: String,
    /// What it is about.
    pub subject: Subject<'a>,
    /// What makes it this one among others of its id in its file; it does not change when lines move.
    pub key: &'a str,
    pub level: Severity,
    pub message: String,
    /// Where: the first is the place itself, the others explain it.
    pub place: Location,
    pub related: Vec<(&'a Location, &'a str)>,
}

/// What a finding is about, with what there is to know of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    Diagnostic(&'a Diagnostic),
    /// An answer of the minimum intake.
    Answer,
    Evidence(&'a Requirement),
    /// A remark of the policy, and the rule that makes it.
    Flag(&'a Flag, Option<&'a Trace>),
    /// A rule that raises the tier.
    Rule(&'a Trace),
    Gate,
}

/// Everything that is to be remarked about an intake, in a stable order.
pub(super) fn findings(outcome: &Outcome) -> Vec<Finding<'_>> {
    let report = &outcome.report;
    let mut found: Vec<Finding<'_>> = report.diagnostics.iter().map(fault).collect();
    // Where nothing could be read, that everything is missing is no news.
    let nothing_read = !report.valid && report.trace.is_empty() && report.questions.is_empty();
    if !nothing_read {
        found.extend(report.ready.missing.iter().filter_map(answer));
        found.extend(unanswered(report));
        let lacking = report.requirements.iter().filter(|requirement| {
            requirement.point.standing == Standing::Certain
                && requirement.evidence.state == EvidenceState::Missing
        });
        found.extend(lacking.map(|requirement| evidence(report, requirement)));
        let flags = report.flags.iter().filter(|flag| flag.standing == Standing::Certain);
        found.extend(flags.map(|flag| remark(report, flag)));
        found.extend(report.trace.iter().filter_map(|trace| rule(report, trace)));
    }
    found.extend(outcome.stops.iter().map(|stop| Finding {
        id: format!("gate/{}", stop.gate),
        subject: Subject::Gate,
        key: "",
        level: Severity::Error,
        message: format!("stopped by gate {}: {}", stop.gate, stop.reason),
        place: top(report),
        related: vec![],
    }));
    found
}

/// The tier and its name, as a headline.
pub(super) fn headline(report: &Report) -> String {
    match report.tier.settled {
        Some(tier) => format!("Tier {tier} · {}", report.tier.title),
        None => format!("Tier {}–{} · {}", report.tier.floor, report.tier.ceiling, report.tier.title),
    }
}

/// The intake's own name, with its id; empty where it gives neither.
pub(super) fn name(report: &Report) -> String {
    match (&report.intake.title, &report.intake.id) {
        (Some(title), Some(id)) => format!("{title} ({id})"),
        (Some(name), None) | (None, Some(name)) => name.clone(),
        (None, None) => String::new(),
    }
}

fn top(report: &Report) -> Location {
    let start = Position { line: 1, column: 1, offset: 0 };
    Location { source: report.intake.source.clone(), start: start.clone(), end: start }
}

fn fault(found: &Diagnostic) -> Finding<'_> {
    let message = match &found.help {
        Some(help) => format!("{}; {help}", found.message),
        None => found.message.clone(),
    };
    let related = found.labels.iter().map(|label| (&label.location, label.message.as_str())).collect();
    Finding {
        id: found.code.clone(),
        subject: Subject::Diagnostic(found),
        key: &found.message,
        level: found.severity,
        message,
        place: found.location.clone(),
        related,
    }
}

/// An answer of the minimum intake that does not count, at the place where it stands.
fn answer(missing: &MissingAnswer) -> Option<Finding<'_>> {
    Some(Finding {
        id: UNANSWERED.to_owned(),
        subject: Subject::Answer,
        key: &missing.path,
        level: Severity::Warning,
        message: format!("what is written for `{}` does not count: {}", missing.path, missing.question),
        place: missing.location.clone()?,
        related: vec![],
    })
}

/// One remark for all answers that stand nowhere: a pull request has better use for its few annotations.
fn unanswered(report: &Report) -> Option<Finding<'_>> {
    let absent = report.ready.missing.iter().filter(|missing| missing.location.is_none());
    let paths: Vec<String> = absent.map(|missing| format!("`{}`", missing.path)).collect();
    (!paths.is_empty()).then(|| Finding {
        id: UNANSWERED.to_owned(),
        subject: Subject::Answer,
        key: "",
        level: Severity::Warning,
        message: format!("the minimum intake lacks {}", paths.join(", ")),
        place: top(report),
        related: vec![],
    })
}

/// Places in the intake that made the rules with these ids fire.
fn causes<'a>(report: &'a Report, rules: &[String]) -> Vec<(&'a Location, &'a str)> {
    let live = rules.iter().filter_map(|id| {
        report.trace.iter().find(|trace| trace.rule == *id && trace.verdict == Verdict::Fires)
    });
    live.flat_map(|trace| &trace.causes)
        .filter_map(|cause| Some((cause.location.as_ref()?, cause.words.as_str())))
        .collect()
}

fn placed<'a>(report: &'a Report, rules: &[String]) -> (Location, Vec<(&'a Location, &'a str)>) {
    let mut causes = causes(report, rules);
    if causes.is_empty() {
        return (top(report), causes);
    }
    let (first, _) = causes.remove(0);
    (first.clone(), causes)
}

fn evidence<'a>(report: &'a Report, requirement: &'a Requirement) -> Finding<'a> {
    let point = &requirement.point;
    // A placeholder stands somewhere; otherwise the answer that asks for the evidence is the place.
    let rules = if point.rules.is_empty() { &report.tier.rules } else { &point.rules };
    let (asked, related) = placed(report, rules);
    let place = requirement.evidence.location.clone().unwrap_or(asked);
    let description =
        if point.description.is_empty() { String::new() } else { format!(": {}", point.description) };
    Finding {
        id: point.id.clone(),
        subject: Subject::Evidence(requirement),
        key: "",
        level: Severity::Warning,
        message: format!("evidence is missing: {} (`{}`){description}", point.title, point.name),
        place,
        related,
    }
}

fn remark<'a>(report: &'a Report, flag: &'a Flag) -> Finding<'a> {
    let (place, related) = placed(report, std::slice::from_ref(&flag.rule));
    let trace = report.trace.iter().find(|trace| trace.rule == flag.rule);
    Finding {
        id: flag.id.clone(),
        subject: Subject::Flag(flag, trace),
        key: "",
        level: flag.severity,
        message: flag.message.clone(),
        place,
        related,
    }
}

fn rule<'a>(report: &'a Report, trace: &'a Trace) -> Option<Finding<'a>> {
    let tier = trace.tier.filter(|tier| *tier >= REMARKED_TIER && trace.verdict == Verdict::Fires)?;
    let (place, related) = placed(report, std::slice::from_ref(&trace.rule));
    let because =
        if trace.because.is_empty() { trace.condition.as_deref() } else { Some(trace.because.as_str()) };
    Some(Finding {
        id: format!("rule/{}", trace.rule),
        subject: Subject::Rule(trace),
        key: "",
        level: if tier >= GRAVE_TIER { Severity::Warning } else { Severity::Info },
        message: format!("tier {tier}: {}", because.unwrap_or(&trace.rule)),
        place,
        related,
    })
}
