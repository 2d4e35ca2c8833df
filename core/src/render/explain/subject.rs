//! One part of a decision: why it is so, why it may be, why not.

use super::Audience;
use super::auditor;
use super::page::{Page, and, clean, place, with};
use super::questions;
use crate::wire::v1::explanation::{
    Explanation, RuleStory, RuleVerdict, Subject, SubjectKind, SubjectStanding,
};

pub(super) fn write(page: &mut Page, explanation: &Explanation, subject: &Subject, audience: Audience) {
    heading(page, subject);
    page.gap();
    if !subject.description.is_empty() && subject.kind != SubjectKind::Tier {
        page.paragraph(&subject.description);
    }
    page.paragraph(&subject.summary);
    if let Some(at) = &subject.location {
        let at = page.paint.quiet(&place(at));
        page.line(&format!("  {at}"));
    }
    match subject.kind {
        SubjectKind::Rule => explanation.rules.iter().for_each(|rule| {
            page.gap();
            story(page, rule, audience);
        }),
        SubjectKind::Field => field(page, explanation),
        SubjectKind::Point | SubjectKind::Tier => rules(page, explanation, audience),
    }
    if subject.kind == SubjectKind::Field && !explanation.questions.is_empty() {
        page.section("It is still open");
        explanation.questions.iter().for_each(|question| questions::brief(page, question, false));
    }
}

fn heading(page: &mut Page, subject: &Subject) {
    let standing = match (subject.kind, subject.standing) {
        (SubjectKind::Field, _) => String::new(),
        (SubjectKind::Rule, SubjectStanding::Certain) => page.paint.strong(" — fires"),
        (SubjectKind::Rule, SubjectStanding::Possible) => page.paint.wary(" — unsettled"),
        (SubjectKind::Rule, SubjectStanding::RuledOut) => page.paint.quiet(" — does not fire"),
        (_, SubjectStanding::Certain) => page.paint.strong(" — certain"),
        (_, SubjectStanding::Possible) => page.paint.wary(" — possible"),
        (_, SubjectStanding::RuledOut) => page.paint.quiet(" — ruled out"),
    };
    let id = page.paint.name(&subject.id);
    let title = if subject.title.is_empty() { String::new() } else { format!("  {}", clean(&subject.title)) };
    page.line(&format!("{id}{standing}{title}"));
}

/// The rules that could ask for a point or a tier: those that do, those that may, those that do not.
fn rules(page: &mut Page, explanation: &Explanation, audience: Audience) {
    for (title, verdict) in [
        ("Why", RuleVerdict::Fires),
        ("Why it is still possible", RuleVerdict::Unsettled),
        ("Why not", RuleVerdict::DoesNotFire),
    ] {
        let found = with(&explanation.rules, verdict);
        if found.is_empty() {
            continue;
        }
        page.section(title);
        for (number, rule) in found.into_iter().enumerate() {
            if number > 0 {
                page.gap();
            }
            story(page, rule, audience);
        }
    }
}

fn story(page: &mut Page, story: &RuleStory, audience: Audience) {
    if audience == Audience::Auditor {
        return auditor::story(page, story);
    }
    let tier = story.tier.map(|tier| format!("tier {tier}: ")).unwrap_or_default();
    let because = if story.because.is_empty() { story.rule.clone() } else { story.because.clone() };
    page.text("  ", "    ", &format!("{tier}{because}"));
    if let Some(condition) = &story.condition {
        let only = story.lacks.len() == 1 && story.lacks.first() == Some(condition);
        if !only {
            page.text("    ", "      ", &format!("when {condition}"));
        }
    }
    let label = match story.verdict {
        RuleVerdict::Fires => "it fires, because of",
        RuleVerdict::Unsettled => "it waits for",
        RuleVerdict::DoesNotFire => "what keeps it from firing",
    };
    if !story.causes.is_empty() {
        page.line(&format!("    {label}"));
        story.causes.iter().for_each(|cause| page.cause("      ", cause));
    }
    if story.verdict == RuleVerdict::DoesNotFire && !story.lacks.is_empty() {
        let all = if story.lacks.len() > 1 { "it would need all of" } else { "it would need" };
        page.line(&format!("    {all}"));
        story.lacks.iter().for_each(|lack| page.text("      ", "        ", lack));
    }
    page.rule_line("    ", story);
}

/// What a field's answer does, rule by rule.
fn field(page: &mut Page, explanation: &Explanation) {
    let rules = &explanation.rules;
    if rules.is_empty() {
        return;
    }
    page.section("Rules that read it");
    for rule in rules {
        let verdict = match rule.verdict {
            RuleVerdict::Fires => page.paint.strong("fires       "),
            RuleVerdict::Unsettled => page.paint.wary("unsettled   "),
            RuleVerdict::DoesNotFire => page.paint.quiet("does not    "),
        };
        let tier = rule.tier.map(|tier| format!("tier {tier}"));
        let asks: Vec<String> = tier.into_iter().chain(rule.points.iter().cloned()).collect();
        let name = page.paint.name(&rule.rule);
        page.line(&format!("  {verdict}  {name}  {}", page.paint.quiet(&and(&asks))));
        if let Some(condition) = &rule.condition {
            page.text("                when ", "                  ", condition);
        }
    }
}
