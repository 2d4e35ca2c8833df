//! For whoever looks at it: what there is in evidence, what to check, what is open, what would change the tier.

use super::instead;
use super::page::{Page, and, clean, tier_range};
use super::questions;
use crate::wire::v1::explanation::{Answered, Explanation, Topic, Weight};
use crate::wire::v1::{EvidenceState, Origin, Report, Standing};

pub(super) fn write(page: &mut Page, explanation: &Explanation) {
    let report = &explanation.report;
    page.heading(report);
    people(page, report);
    evidence(page, report);
    checklist(page, &explanation.checklist);
    open(page, explanation);
    changes(page, explanation);
}

fn people(page: &mut Page, report: &Report) {
    page.section("In short");
    let fired: Vec<String> = report
        .trace
        .iter()
        .filter(|trace| report.tier.rules.contains(&trace.rule))
        .map(|trace| trace.because.clone())
        .collect();
    if fired.is_empty() {
        page.paragraph("No rule asks for this tier; it is the pack's default.");
    }
    for because in &fired {
        page.item("-", because);
    }
    for flag in &report.flags {
        let perhaps = if flag.standing == Standing::Possible { "Perhaps: " } else { "" };
        page.item("!", &format!("{perhaps}{}", flag.message));
    }
    let missing: Vec<&str> = report.ready.missing.iter().map(|missing| missing.path.as_str()).collect();
    if !missing.is_empty() {
        page.item(
            "!",
            &format!(
                "Not ready: {} {} not answered.",
                and(&missing),
                if missing.len() == 1 { "is" } else { "are" }
            ),
        );
    }
}

fn evidence(page: &mut Page, report: &Report) {
    page.section("Evidence");
    if report.requirements.is_empty() {
        page.paragraph("None is asked for.");
    }
    let width = report.requirements.iter().map(|found| found.point.name.len()).max().unwrap_or(0);
    for requirement in &report.requirements {
        let evidence = &requirement.evidence;
        let state = match (evidence.state, requirement.point.standing) {
            (EvidenceState::Missing, Standing::Certain) => page.paint.bad("missing "),
            (EvidenceState::Missing, Standing::Possible) => page.paint.quiet("perhaps "),
            (EvidenceState::Claimed, _) => page.paint.wary("claimed "),
            (EvidenceState::Resolved, _) => page.paint.good("resolved"),
            (EvidenceState::Waived, _) => page.paint.wary("waived  "),
        };
        let name = page.paint.name(&format!("{:<width$}", requirement.point.name));
        let mut details: Vec<String> = vec![];
        details.extend(evidence.link.as_ref().map(|link| clean(link)));
        details.extend(match (&evidence.by, &evidence.note) {
            (Some(by), Some(note)) => Some(clean(&format!("{by}, {note}"))),
            (by, _) => by.as_ref().map(|by| clean(by)),
        });
        details.extend(
            evidence.location.as_ref().map(|at| page.paint.quiet(&format!("line {}", at.start.line))),
        );
        let details = if details.is_empty() { requirement.point.title.clone() } else { details.join("  ") };
        page.line(&format!("  {state}  {name}  {details}"));
    }
}

/// Group by group: what the intake says, and what moved the decision (`*`) or could (`?`).
fn checklist(page: &mut Page, topics: &[Topic]) {
    page.section("Checklist");
    page.paragraph("* made a rule fire   ? open, and can still change the decision");
    for topic in topics {
        let shown: Vec<&Answered> = topic.answers.iter().filter(|answer| is_shown(answer)).collect();
        let silent = topic.answers.len() - shown.len();
        if shown.is_empty() {
            continue;
        }
        let title = page.paint.strong(&topic.title);
        page.line(&format!("  {title}"));
        let width = shown.iter().map(|answer| answer.title.chars().count()).max().unwrap_or(0);
        for answer in shown {
            let mark = match (answer.open, answer.moves.is_empty()) {
                (true, _) => page.paint.wary("?"),
                (false, false) => page.paint.bad("*"),
                (false, true) => " ".to_owned(),
            };
            let place = match (&answer.location, answer.origin) {
                (Some(at), Origin::Unanswered) => {
                    format!("what stands in line {} does not count", at.start.line)
                }
                (Some(at), _) => format!("line {}", at.start.line),
                (None, Origin::Assumed) => "assumed".to_owned(),
                (None, Origin::NotApplicable) => "not asked".to_owned(),
                (None, _) => String::new(),
            };
            let moves = if answer.moves.is_empty() {
                String::new()
            } else {
                format!("  {}", answer.moves.join(", "))
            };
            let rest = page.paint.quiet(&format!("{place}{moves}"));
            let value = short(&answer.value);
            page.line(&format!("  {mark} {:<width$}  {value}  {rest}", answer.title));
        }
        if silent > 0 {
            let rest =
                page.paint.quiet(&format!("    and {silent} more, not asked, assumed or not answered"));
            page.line(&rest);
        }
    }
}

/// What somebody answered, what moved the decision, and what is open; the rest is counted.
fn is_shown(answer: &Answered) -> bool {
    answer.open || !answer.moves.is_empty() || answer.origin == Origin::Answered || answer.location.is_some()
}

fn short(value: &str) -> String {
    const LONGEST: usize = 60;
    let value = clean(value);
    if value.chars().count() <= LONGEST {
        return value;
    }
    value.chars().take(LONGEST - 1).chain(['…']).collect()
}

fn open(page: &mut Page, explanation: &Explanation) {
    page.section("Open questions");
    if explanation.questions.is_empty() {
        page.paragraph("None: every answer that matters is there.");
    }
    for question in &explanation.questions {
        questions::brief(page, question, question.weight != Weight::Decides);
    }
}

fn changes(page: &mut Page, explanation: &Explanation) {
    page.section("What would change the tier");
    let tier = &explanation.report.tier;
    page.paragraph(&format!("It is {} now.", tier_range(tier.floor, tier.ceiling)));
    for found in &explanation.tier_changes {
        instead::brief(page, found);
    }
}
