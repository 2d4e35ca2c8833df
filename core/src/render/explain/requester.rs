//! For the team that asks: what it means for them, what they do next, which answers caused it.

use super::page::{Page, and, tier_range, with};
use crate::wire::v1::explanation::{Explanation, RuleVerdict, Weight};
use crate::wire::v1::{EvidenceState, Report, Requirement, Route, Standing, Starts};

/// More questions than this are counted, not asked.
const MAX_QUESTIONS: usize = 5;

pub(super) fn write(page: &mut Page, explanation: &Explanation) {
    let report = &explanation.report;
    page.heading(report);
    meaning(page, report);
    next(page, explanation);
    why(page, explanation);
    open(page, explanation);
}

fn meaning(page: &mut Page, report: &Report) {
    page.section("What this means for you");
    match (&report.tier.description, report.tier.settled) {
        (Some(description), Some(tier)) => page.paragraph(&format!("This is tier {tier}. {description}")),
        _ => page.paragraph(&format!(
            "It is not settled yet: this can become {}, depending on {}.",
            tier_range(report.tier.floor, report.tier.ceiling),
            match report.questions.len() {
                1 => "1 answer that is not there".to_owned(),
                count => format!("{count} answers that are not there"),
            }
        )),
    }
    for route in winning(report, Standing::Certain) {
        page.paragraph(&sentence(route));
    }
    let perhaps: Vec<&str> =
        winning(report, Standing::Possible).map(|route| route.point.title.as_str()).collect();
    if !perhaps.is_empty() {
        page.paragraph(&format!("Perhaps also: {}.", and(&perhaps)));
    }
    for escalation in report.escalations.iter().filter(|found| found.point.standing == Standing::Certain) {
        let to: Vec<&str> = escalation.to.iter().map(|who| who.title.as_str()).collect();
        page.paragraph(&format!("{}: this goes up to {}.", escalation.point.title, and(&to)));
    }
    for date in report.dates.iter().filter(|date| date.id != "due/deadline") {
        let when = match (&date.by, &date.within) {
            (Some(by), _) => format!("by {by}"),
            (None, Some(within)) => format!("within {within} of the day on which you hand it in"),
            (None, None) => continue,
        };
        let or = if date.standing == Standing::Possible { ", or later, depending on the tier" } else { "" };
        page.paragraph(&format!("{}: {when}{or}.", date.title));
    }
}

fn winning(report: &Report, standing: Standing) -> impl Iterator<Item = &Route> {
    report
        .routes
        .iter()
        .filter(move |route| route.point.standing == standing && route.starts != Starts::Superseded)
}

fn sentence(route: &Route) -> String {
    let owner = route.owner.as_ref().map(|owner| format!(" with {}", owner.title)).unwrap_or_default();
    let when = match route.starts {
        Starts::Now => "starts now",
        _ => "starts when the answers below are there",
    };
    let unless = if route.superseded.is_some() { ", unless a deeper review takes its place" } else { "" };
    let due = match route.point.due.as_ref().and_then(|due| due.by.as_ref()) {
        Some(by) => format!(", by {by}"),
        None => String::new(),
    };
    format!("{}{owner} {when}{due}{unless}. {}", route.point.title, route.point.description)
}

fn next(page: &mut Page, explanation: &Explanation) {
    let report = &explanation.report;
    page.section("What you do next");
    let mut number = 0;
    let mut step = |page: &mut Page, text: &str| {
        number += 1;
        page.item(&format!("{number}."), text);
    };
    for missing in &report.ready.missing {
        let wrong =
            if missing.location.is_some() { " What is written there now does not count." } else { "" };
        step(page, &format!("Answer `{}`: {}{wrong}", missing.path, missing.question));
    }
    for requirement in lacking(report) {
        step(page, &format!("Attach {}: {}", requirement.point.title, requirement.point.description));
    }
    for flag in report.flags.iter().filter(|flag| flag.standing == Standing::Certain) {
        step(page, &format!("Mind: {}.", flag.message.trim_end_matches('.')));
    }
    for decision in report.decisions.iter().filter(|found| found.point.standing == Standing::Certain) {
        let outcomes: Vec<&str> = decision.outcomes.iter().map(|who| who.title.as_str()).collect();
        let ends = if outcomes.is_empty() {
            String::new()
        } else {
            format!(" It ends in: {}.", outcomes.join(" | "))
        };
        step(
            page,
            &format!("Get a decision: {}, from {}.{ends}", decision.point.title, decision.owner.title),
        );
    }
    let sign: Vec<&str> = report
        .approvals
        .approve
        .iter()
        .filter(|who| who.standing == Standing::Certain)
        .map(|who| who.title.as_str())
        .collect();
    if !sign.is_empty() {
        step(page, &format!("Wait for the approval of {}.", and(&sign)));
    }
    for duty in report.obligations.iter().filter(|duty| duty.point.standing == Standing::Certain) {
        step(page, &format!("{}: {}", duty.point.title, duty.point.description));
    }
    if report.ready.missing.is_empty() && lacking(report).next().is_none() {
        page.paragraph("Nothing is missing from you at the moment.");
    }
}

fn lacking(report: &Report) -> impl Iterator<Item = &Requirement> {
    report.requirements.iter().filter(|requirement| {
        requirement.point.standing == Standing::Certain
            && requirement.evidence.state == EvidenceState::Missing
    })
}

fn why(page: &mut Page, explanation: &Explanation) {
    let fired = with(&explanation.rules, RuleVerdict::Fires);
    if fired.is_empty() {
        return;
    }
    page.section("Because of these answers");
    for story in fired {
        let tier = story.tier.map(|tier| format!(" (tier {tier})")).unwrap_or_default();
        let because = if story.because.is_empty() { &story.rule } else { &story.because };
        page.item("-", &format!("{}{tier}", capital(because)));
        for cause in &story.causes {
            page.cause("      ", cause);
        }
    }
}

fn open(page: &mut Page, explanation: &Explanation) {
    let deciding: Vec<_> =
        explanation.questions.iter().filter(|question| question.weight == Weight::Decides).collect();
    if deciding.is_empty() {
        return;
    }
    page.section("What can still change it");
    for question in deciding.iter().take(MAX_QUESTIONS) {
        page.item("-", &format!("{} (`{}`)", question.question, question.path));
        let would: Vec<String> = question
            .prospects
            .iter()
            .map(|prospect| format!("{}: {}", prospect.answer, tier_range(prospect.floor, prospect.ceiling)))
            .collect();
        if !would.is_empty() {
            page.text("      ", "      ", &would.join("; "));
        }
    }
    if deciding.len() > MAX_QUESTIONS {
        page.paragraph(&format!(
            "and {} more: `remit questions` lists them.",
            deciding.len() - MAX_QUESTIONS
        ));
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
