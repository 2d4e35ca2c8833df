//! For whoever wants to know later: what decided, by which version of what, on what assumptions, and what was
//! ruled out and why.

use super::page::{Page, and, place, with};
use crate::wire::v1::explanation::{Explanation, RuleStory, RuleVerdict};
use crate::wire::v1::{Report, Standing};

pub(super) fn write(page: &mut Page, explanation: &Explanation) {
    let report = &explanation.report;
    page.heading(report);
    provenance(page, report);
    authority(page, report);
    for (title, verdict) in [
        ("Rules that fire", RuleVerdict::Fires),
        ("Rules that are unsettled", RuleVerdict::Unsettled),
        ("Rules that do not fire", RuleVerdict::DoesNotFire),
    ] {
        let rules = with(&explanation.rules, verdict);
        page.section(&format!("{title} ({})", rules.len()));
        rules.into_iter().for_each(|rule| story(page, rule));
    }
    assumed(page, explanation);
    ruled_out(page, explanation);
}

fn provenance(page: &mut Page, report: &Report) {
    page.section("What decided");
    let mut entry = |label: &str, text: &str| {
        let label = page.paint.quiet(&format!("{label:<8}"));
        page.line(&format!("  {label}  {text}"));
    };
    entry("engine", &format!("{} {}", report.engine.name, report.engine.version));
    entry("pack", &format!("{} {}", report.pack.name, report.pack.version));
    entry("", &format!("sha-256 {}", report.pack.digest));
    for base in &report.pack.extends {
        entry("extends", &format!("{} {}", base.name, base.version));
        entry("", &format!("sha-256 {}", base.digest));
    }
    for off in &report.pack.switched_off {
        entry("without", &format!("rule {}: {}", off.rule, off.because));
    }
    entry("intake", &report.intake.source);
    entry("", &format!("sha-256 {}", report.intake.digest));
    entry("today", report.today.as_deref().unwrap_or("not given"));
    let sound = match (report.valid, report.settled, report.exact) {
        (false, ..) => "not valid: what is wrong in it counts as not answered",
        (true, true, _) => "valid and settled: no open answer can change it",
        (true, false, true) => "valid, not settled; every completion of it was tried",
        (true, false, false) => {
            "valid, not settled; there are too many completions to try them all, so ranges may be wider than need be"
        }
    };
    entry("standing", sound);
}

fn authority(page: &mut Page, report: &Report) {
    page.section("Who may decide");
    let approvals = &report.approvals;
    for (label, people) in
        [("approves", &approvals.approve), ("reviews", &approvals.review), ("informed", &approvals.inform)]
    {
        for who in people {
            let perhaps = if who.standing == Standing::Possible { "perhaps " } else { "" };
            let names: Vec<&str> = who.alternates.iter().map(|who| who.title.as_str()).collect();
            let alternates = if names.is_empty() {
                String::new()
            } else {
                format!("; else, in this order: {}", names.join(", "))
            };
            page.item("-", &format!("{label}: {perhaps}{}{alternates}", who.title));
        }
    }
    if let Some(window) = &approvals.window {
        page.item("-", &format!("each has {window} before the next is asked"));
    }
    for decision in &report.decisions {
        let perhaps = if decision.point.standing == Standing::Possible { "perhaps " } else { "" };
        let with: Vec<&str> = decision.co_owners.iter().map(|who| who.title.as_str()).collect();
        let with = if with.is_empty() { String::new() } else { format!(" with {}", and(&with)) };
        let outcomes: Vec<&str> = decision.outcomes.iter().map(|who| who.title.as_str()).collect();
        page.item(
            "-",
            &format!(
                "{perhaps}{} ({}): {}{with}; outcomes: {}",
                decision.point.title,
                decision.point.id,
                decision.owner.title,
                outcomes.join(", ")
            ),
        );
    }
}

/// A rule in full.
pub(super) fn story(page: &mut Page, story: &RuleStory) {
    page.rule_line("  ", story);
    let tier = story.tier.map(|tier| format!("tier {tier}"));
    let asks: Vec<String> = tier.into_iter().chain(story.points.iter().cloned()).collect();
    if !story.because.is_empty() {
        page.text("    ", "    ", &format!("because {}", story.because));
    }
    page.text("    ", "      ", &format!("asks for {}", and(&asks)));
    match &story.condition {
        Some(condition) => page.text("    ", "      ", &format!("when {condition}")),
        None => page.paragraph("  its condition runs in the interpreter, so only what it reads is known"),
    }
    let label = match story.verdict {
        RuleVerdict::Fires => "made so by",
        RuleVerdict::Unsettled => "waits for",
        RuleVerdict::DoesNotFire => "kept from it by",
    };
    if !story.causes.is_empty() {
        page.line(&format!("    {label}"));
        story.causes.iter().for_each(|cause| page.cause("      ", cause));
    }
}

fn assumed(page: &mut Page, explanation: &Explanation) {
    let assumptions = &explanation.report.assumptions;
    page.section(&format!("Answers that were assumed ({})", assumptions.len()));
    for assumption in assumptions {
        let path = page.paint.name(&assumption.path);
        page.line(&format!("  {path}: {}", assumption.value));
    }
    page.section(&format!(
        "Values of the policy that its documents do not give ({})",
        explanation.assumed_policy.len()
    ));
    for assumption in &explanation.assumed_policy {
        let at = page.paint.quiet(&place(&assumption.location));
        page.line(&format!("  {}  {at}", assumption.path));
    }
}

fn ruled_out(page: &mut Page, explanation: &Explanation) {
    let out = &explanation.report.ruled_out;
    page.section(&format!("Ruled out ({})", out.len()));
    for id in out {
        let rules: Vec<&str> = explanation
            .rules
            .iter()
            .filter(|rule| rule.points.contains(id))
            .map(|rule| rule.rule.as_str())
            .collect();
        let verb = if rules.len() == 1 { "does not fire" } else { "do not fire" };
        page.item("-", &format!("{id}: {} {verb}", and(&rules)));
    }
}
