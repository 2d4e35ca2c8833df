//! Open questions as text.

use super::page::{Page, clean, place, tier_range};
use crate::render::Paint;
use crate::wire::v1::AnswerKind;
use crate::wire::v1::explanation::{OpenQuestion, Questions, Weight};

/// More points than this are counted, not named.
const MAX_POINTS: usize = 4;

/// The open questions of an intake.
pub fn questions(questions: &Questions, paint: Paint) -> String {
    let mut page = Page::new(paint);
    let line = tier_line(questions, paint);
    page.line(&line);
    let source = page.paint.quiet(&questions.intake.source);
    page.line(&source);
    if questions.questions.is_empty() {
        page.gap();
        page.paragraph("No question is open: every answer that matters is there.");
    }
    for (title, weight) in [
        ("Can still change the decision, the most telling first", Weight::Decides),
        ("Part of the minimum intake", Weight::Required),
        ("Change nothing", Weight::Optional),
    ] {
        let found: Vec<&OpenQuestion> =
            questions.questions.iter().filter(|question| question.weight == weight).collect();
        if found.is_empty() {
            continue;
        }
        page.section(&format!("{title} ({})", found.len()));
        found.into_iter().for_each(|question| brief(&mut page, question, weight == Weight::Optional));
    }
    page.finish()
}

/// Where the tier stands, and how many questions can still change it, in a line.
pub fn tier_line(questions: &Questions, paint: Paint) -> String {
    let tier = &questions.tier;
    let range = match tier.settled {
        Some(tier) => format!("Tier {tier}"),
        None => format!("Tier {}–{}", tier.floor, tier.ceiling),
    };
    let range = match tier.ceiling {
        0 => paint.good(&range),
        1 => paint.strong(&range),
        2 => paint.wary(&range),
        _ => paint.bad(&range),
    };
    let open = questions.questions.iter().filter(|question| question.weight == Weight::Decides).count();
    let open = match open {
        0 => "settled".to_owned(),
        1 => "1 question can still change the decision".to_owned(),
        open => format!("{open} questions can still change the decision"),
    };
    let missing = match questions.ready.missing.len() {
        0 => String::new(),
        1 => "; 1 answer of the minimum intake is missing".to_owned(),
        missing => format!("; {missing} answers of the minimum intake are missing"),
    };
    format!("{range}, {} — {open}{missing}", tier.title)
}

/// A question in two or three lines: what it asks, what may be answered, and what that would lead to.
pub(super) fn brief(page: &mut Page, question: &OpenQuestion, short: bool) {
    let path = page.paint.name(&question.path);
    let minimum = if question.required { page.paint.quiet("  (minimum intake)") } else { String::new() };
    page.line(&format!("  {path}  {}{minimum}", question.question));
    if short {
        return;
    }
    if let Some(at) = &question.location {
        let wrong = page.paint.bad("what is written there does not count");
        page.line(&format!("      {wrong}  {}", place(at)));
    }
    let answers = answers(question);
    if !answers.is_empty() {
        page.text("      ", "      ", &answers);
    }
    if question.weight == Weight::Decides {
        let mut does = vec![];
        if question.narrows > 0.0 {
            does.push(format!("narrows the tier by {:.1} on average", question.narrows));
        }
        if !question.touches.is_empty() {
            let named: Vec<&str> = question.touches.iter().take(MAX_POINTS).map(String::as_str).collect();
            let more = question.touches.len().saturating_sub(MAX_POINTS);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            does.push(format!("touches {}{more}", named.join(", ")));
        }
        if question.depends {
            does.push("asked only if other answers say so".to_owned());
        }
        let does = page.paint.quiet(&does.join("; "));
        if !does.is_empty() {
            page.line(&format!("      {does}"));
        }
    }
}

/// What may be answered; with what it would lead to, where that is known.
fn answers(question: &OpenQuestion) -> String {
    if !question.prospects.is_empty() {
        let would = question.prospects.iter().map(|prospect| {
            format!("{} → {}", prospect.answer, tier_range(prospect.floor, prospect.ceiling))
        });
        return would.collect::<Vec<_>>().join("; ");
    }
    match question.kind {
        AnswerKind::Choice => {
            question.choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(" | ")
        }
        AnswerKind::Date => "a date such as 2026-11-20".to_owned(),
        AnswerKind::Number => "a whole number".to_owned(),
        AnswerKind::List => "a list".to_owned(),
        AnswerKind::YesNo | AnswerKind::Text => String::new(),
    }
}

/// A question as a person is asked it: the question, its choices with what each would lead to. With `help`, what
/// it means and what it touches too.
pub fn question(question: &OpenQuestion, help: bool, paint: Paint) -> String {
    let mut page = Page::new(paint);
    let path = page.paint.name(&question.path);
    let asked = page.paint.strong(&clean(&question.question));
    page.line(&format!("{asked}  {path}"));
    if help {
        if !question.description.is_empty() {
            page.paragraph(&question.description);
        }
        if let Some(assumed) = &question.assumed {
            page.paragraph(&format!("Not answered, it counts as {assumed}."));
        }
        if !question.touches.is_empty() {
            page.paragraph(&format!("It touches {}.", question.touches.join(", ")));
        }
        if question.required {
            page.paragraph("It is part of the minimum intake: nothing starts without it.");
        }
        if question.depends {
            page.paragraph("Whether it is asked at all depends on another answer that is not there.");
        }
    }
    if let Some(at) = &question.location {
        page.paragraph(&format!("What is written in line {} does not count.", at.start.line));
    }
    let lead = |answer: &str| {
        let found = question.prospects.iter().find(|prospect| prospect.answer.eq_ignore_ascii_case(answer));
        found.map(|prospect| tier_range(prospect.floor, prospect.ceiling)).unwrap_or_default()
    };
    let width = question.choices.iter().map(|choice| choice.value.chars().count()).max().unwrap_or(0);
    match question.kind {
        AnswerKind::Choice => {
            for (number, choice) in question.choices.iter().enumerate() {
                let title = if choice.title == choice.value { "" } else { &choice.title };
                let to = page.paint.quiet(&lead(&choice.title));
                page.line(&format!("  {}) {:<width$}  {title}  {to}", number + 1, choice.value));
            }
        }
        AnswerKind::YesNo => {
            for answer in ["yes", "no"] {
                let to = page.paint.quiet(&lead(answer));
                if !lead(answer).is_empty() {
                    page.line(&format!("  {answer:<3}  {to}"));
                }
            }
        }
        _ => {
            let hint = answers(question);
            if !hint.is_empty() {
                page.paragraph(&hint);
            }
        }
    }
    page.finish()
}
