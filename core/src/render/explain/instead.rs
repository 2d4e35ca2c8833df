//! Counterfactuals as text: what would have to be answered differently.

use super::page::{Page, and, clean, tier_range};
use crate::render::Paint;
use crate::wire::v1::explanation::{Change, Counterfactual, Way, WouldBe};
use crate::wire::v1::{Origin, Report};

/// What would make a decision another.
pub fn instead(found: &Counterfactual, report: &Report, paint: Paint) -> String {
    let mut page = Page::new(paint);
    page.heading(report);
    page.gap();
    let goals = and(&found.goals);
    if found.already {
        page.line(&format!("It is so already: {goals}."));
        return page.finish();
    }
    match found.ways.as_slice() {
        [] => {
            let none = none(found);
            page.line(&format!("{goals}: {none}."));
        }
        ways => {
            let count = ways.first().map_or(0, |way| way.changes.len());
            let answers =
                if count == 1 { "1 other answer".to_owned() } else { format!("{count} other answers") };
            let least = if found.complete_to + 1 >= count { ", and nothing less" } else { "" };
            page.line(&format!("For {goals} it takes {answers}{least}:"));
        }
    }
    for (number, way) in found.ways.iter().enumerate() {
        let title = if found.ways.len() == 1 { "The way".to_owned() } else { format!("Way {}", number + 1) };
        page.section(&title);
        way.changes.iter().for_each(|change| full(&mut page, change));
        outcome(&mut page, way);
    }
    if !found.ways.is_empty() {
        page.gap();
        let note =
            page.paint.quiet("An answer says what is so. Where it is so, change the work, not the word.");
        page.line(&note);
    }
    page.finish()
}

fn none(found: &Counterfactual) -> String {
    match (found.exhausted, found.complete_to) {
        (true, _) => "no change of answers would do it".to_owned(),
        (false, 0) => "no way was found; there are too many to try them all".to_owned(),
        (false, 1) => "no way with 1 change would do it; more were not all tried".to_owned(),
        (false, changes) => {
            format!("no way with up to {changes} changes would do it; more were not all tried")
        }
    }
}

fn full(page: &mut Page, change: &Change) {
    let place = match (&change.location, change.origin) {
        (Some(at), _) => format!("line {}", at.start.line),
        (None, Origin::Assumed) => "assumed".to_owned(),
        (None, _) => "not in the file yet".to_owned(),
    };
    let place = page.paint.quiet(&place);
    let (path, to) = (page.paint.name(&change.path), page.paint.strong(&clean(&change.to)));
    let or =
        if change.or.is_empty() { String::new() } else { format!(" (or {})", clean(&change.or.join(", "))) };
    page.line(&format!("  {path}  {} → {to}{or}  {place}", clean(&change.from)));
    if let Some(line) = &change.line {
        let line = page.paint.quiet(&format!("write  {}", clean(line)));
        page.line(&format!("      {line}"));
    }
}

fn outcome(page: &mut Page, way: &Way) {
    if let Some(refused) = &way.refused {
        page.item("!", &format!("It cannot be written into this file as it is: {refused}"));
    }
    let Some(decision) = &way.decision else { return };
    page.text("  then  ", "        ", &then(decision));
    for (label, points) in [("gone", &decision.lost), ("new", &decision.gained)] {
        if !points.is_empty() {
            page.text(&format!("  {label:<4}  "), "        ", &points.join(", "));
        }
    }
}

fn then(decision: &WouldBe) -> String {
    let tier = tier_range(decision.tier.floor, decision.tier.ceiling);
    let open = match decision.questions {
        0 => String::new(),
        1 => "; 1 question would be open".to_owned(),
        open => format!("; {open} questions would be open"),
    };
    let missing = match decision.missing {
        0 => ", ready".to_owned(),
        1 => "; 1 answer of the minimum intake would be missing".to_owned(),
        missing => format!("; {missing} answers of the minimum intake would be missing"),
    };
    format!("{tier}, {}{missing}{open}", decision.tier.title)
}

/// In a few lines, as a part of something else.
pub(super) fn brief(page: &mut Page, found: &Counterfactual) {
    let goals = and(&found.goals);
    if found.already || found.ways.is_empty() {
        let said = if found.already { "so already".to_owned() } else { none(found) };
        page.item("-", &format!("{goals}: {said}"));
        return;
    }
    for way in &found.ways {
        let changes: Vec<String> = way
            .changes
            .iter()
            .map(|change| {
                let at = change
                    .location
                    .as_ref()
                    .map(|at| format!(", line {}", at.start.line))
                    .unwrap_or_default();
                format!("{}: {} → {}{at}", change.path, change.from, change.to)
            })
            .collect();
        let to = way.decision.as_ref().map(then).unwrap_or_default();
        page.item("-", &format!("{goals} with {} ({to})", and(&changes)));
    }
}
