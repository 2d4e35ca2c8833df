//! Completion of arguments and inside quotes: ids of the catalogue, choices, severities, durations, rows.

use super::rules::At;
use super::{Listing, literal};
use crate::answer::{Completion, CompletionKind, Span};
use crate::policy::script::Script;
use crate::policy::{View, entries, methods};
use remit_core::catalogue::Section;
use remit_core::schema::{Field, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// Something that can stand between quotes.
pub(super) struct Word {
    pub(super) value: String,
    pub(super) kind: CompletionKind,
    pub(super) detail: String,
    pub(super) documentation: Option<String>,
}

impl Word {
    pub(super) fn plain(value: &str, detail: &str) -> Self {
        Self {
            value: value.to_owned(),
            kind: CompletionKind::Value,
            detail: detail.to_owned(),
            documentation: None,
        }
    }
}

/// Inside a text.
pub(super) fn complete(view: &View<'_>, script: &Script, token: usize, offset: usize) -> Vec<Completion> {
    let words = words(view, script, token);
    let inside = script.inside(token);
    let is_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let left = script.text().get(inside.start as usize..offset).unwrap_or_default();
    let right = script.text().get(offset..inside.end as usize).unwrap_or_default();
    // A text that was closed too late holds more than one word: then only the word counts, and is closed.
    let whole =
        script.is_closed(token) && (right.chars().all(is_id) || !right.contains(['"', '(', ')', '=']));
    let (span, quote) = if whole {
        (inside, "")
    } else {
        let end = offset + right.find(|c| !is_id(c)).unwrap_or(right.len());
        let start = left.rfind(|c| !is_id(c)).map_or(inside.start as usize, |_| inside.start as usize);
        let next = script.text().get(end..).unwrap_or_default();
        (Span::new(start, end), if next.starts_with('"') { "" } else { "\"" })
    };
    let mut list = Listing::new(span);
    for word in words {
        let entry = list.add(word.kind, &word.value);
        entry.text = format!("{}{quote}", word.value);
        entry.detail = Some(word.detail);
        entry.documentation = word.documentation;
    }
    list.finish()
}

fn words(view: &View<'_>, script: &Script, token: usize) -> Vec<Word> {
    if let Some(open) = script.parent(token)
        && let Some(item) = script.item_of(token)
        && let Some(call) = item.calls.iter().skip(1).find(|call| call.open == Some(open))
        // A text in a condition stands in the bracket of `when`, and is no argument.
        && let Some(place) = call.arguments.iter().position(|range| range.start == token)
    {
        let method = script.says(call.name);
        // Ids that the rule names already come last.
        let used: BTreeSet<&str> = item
            .calls
            .iter()
            .filter(|other| script.says(other.name) == method)
            .flat_map(|other| other.arguments.iter().map(|range| range.start))
            .filter(|other| *other != token)
            .map(|other| script.value(other))
            .collect();
        let mut words = arguments(view, method, place);
        words.sort_by_key(|word| used.contains(word.value.as_str()));
        return words;
    }
    let typing = view.typing();
    if script.before(token) == "["
        && let Some(receiver) = token.checked_sub(2)
        && let Some(group) = typing.field(typing.ending_at(script, receiver, 0))
        && let (Kind::Group(children), Some(schema)) = (&group.kind, view.schema())
    {
        return children
            .iter()
            .map(|id| schema.field(*id))
            .map(|field| Word::plain(&field.key, &entries::kind(schema, field)))
            .collect();
    }
    typing.compared(script, token).map(choices).unwrap_or_default()
}

/// The choices of a field.
pub(super) fn choices(field: &Field) -> Vec<Word> {
    let choices = field.choices().map(|choices| choices.values.as_slice()).unwrap_or_default();
    choices
        .iter()
        .map(|choice| Word {
            value: choice.value.clone(),
            kind: CompletionKind::Choice,
            detail: choice.title.clone(),
            documentation: entries::choice(field, &choice.value),
        })
        .collect()
}

/// What an argument of a rule's method can be.
fn arguments(view: &View<'_>, method: &str, place: usize) -> Vec<Word> {
    if let Some(verb) = methods::verb(method) {
        return ids(view, &[verb.section()]);
    }
    match (method, place) {
        ("cites", _) => citations(view),
        ("within", _) => durations(view),
        ("flag", 0) => ["warning", "error", "info"].map(|severity| Word::plain(severity, "severity")).into(),
        _ => vec![],
    }
}

/// The ids of sections of the catalogue.
pub(super) fn ids(view: &View<'_>, sections: &[Section]) -> Vec<Word> {
    let Some(catalogue) = view.catalogue() else { return vec![] };
    let heads = sections
        .iter()
        .flat_map(|section| catalogue.heads(*section).into_iter().map(|head| (*section, head)));
    heads
        .map(|(section, head)| Word {
            value: head.id.clone(),
            kind: CompletionKind::Entry,
            detail: head.title.clone(),
            documentation: entries::entry(catalogue, section, &head.id),
        })
        .collect()
}

/// The rows that the pack cites, the most cited first.
pub(super) fn citations(view: &View<'_>) -> Vec<Word> {
    let Some(pack) = view.pack() else { return vec![] };
    let sections = [
        Section::Tiers,
        Section::Routes,
        Section::Services,
        Section::Artifacts,
        Section::Roles,
        Section::Teams,
        Section::Outcomes,
        Section::Decisions,
        Section::Escalations,
        Section::Obligations,
    ];
    let heads = sections.iter().flat_map(|section| pack.catalogue.heads(*section));
    let rules = pack.rules.rules().iter().flat_map(|rule| &rule.cites);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in heads.flat_map(|head| &head.cites).chain(rules) {
        *counts.entry(row).or_default() += 1;
    }
    let mut rows: Vec<(&str, usize)> = counts.into_iter().collect();
    rows.sort_by_key(|(row, count)| (std::cmp::Reverse(*count), *row));
    let said = |count| if count == 1 { "cited once".to_owned() } else { format!("cited {count} times") };
    rows.into_iter().map(|(row, count)| Word::plain(row, &said(count))).collect()
}

/// Durations: those that the catalogue uses, and a few that are usual.
pub(super) fn durations(view: &View<'_>) -> Vec<Word> {
    let mut found: BTreeSet<remit_core::calendar::Duration> = BTreeSet::new();
    if let Some(catalogue) = view.catalogue() {
        for tier in &catalogue.tiers {
            found.extend(tier.turnaround.iter().flat_map(|turn| [turn.respond, turn.decide]).flatten());
            found.extend(tier.approvals.window);
        }
        found.extend(catalogue.escalations.iter().filter_map(|escalation| escalation.within));
    }
    let usual = ["1 hour", "4 hours", "30 days", "90 days", "1 business day", "5 business days"];
    found.extend(usual.iter().filter_map(|text| remit_core::calendar::Duration::parse(text)));
    let how = |duration: &remit_core::calendar::Duration| match duration {
        remit_core::calendar::Duration::Hours(_) => "through nights and weekends",
        remit_core::calendar::Duration::Days(_) => "every day counts",
        remit_core::calendar::Duration::BusinessDays(_) => "by the calendar",
    };
    found.iter().map(|duration| Word::plain(&duration.to_string(), how(duration))).collect()
}

/// An argument that has no quotes yet.
pub(super) fn argument(view: &View<'_>, at: &At<'_>, open: usize, method: &str) -> Vec<Completion> {
    let script = at.script;
    let mut list = Listing::new(at.span);
    let commas = (open + 1..at.index)
        .filter(|token| script.says(*token) == "," && script.parent(*token) == Some(open));
    match method {
        "when" => {
            if matches!(at.before(), "(") {
                let entry = list.add(CompletionKind::Snippet, "|intake| …");
                entry.text = "|intake| $0".to_owned();
                entry.snippet = true;
                entry.filter = Some("intake".to_owned());
                entry.detail = Some("a condition over the intake".to_owned());
            }
        }
        "tier" => {
            let tiers = view.catalogue().map(|catalogue| catalogue.tiers.as_slice()).unwrap_or_default();
            for tier in tiers {
                let entry = list.add(CompletionKind::Entry, tier.number.to_string());
                entry.detail = Some(tier.head.title.clone());
                entry.documentation =
                    view.catalogue().and_then(|known| entries::entry(known, Section::Tiers, &tier.head.id));
            }
        }
        _ => {
            for word in arguments(view, method, commas.count()) {
                let entry = list.add(word.kind, format!("\"{}\"", word.value));
                entry.filter = Some(word.value);
                entry.detail = Some(word.detail);
                entry.documentation = word.documentation;
            }
            if matches!(method, "because" | "rule") && matches!(at.before(), "(") {
                let entry = list.add(CompletionKind::Snippet, "\"…\"");
                entry.text = "\"$0\"".to_owned();
                entry.snippet = true;
            }
            constants(view, &mut list);
        }
    }
    list.finish()
}

/// The constants of the pack.
pub(super) fn constants(view: &View<'_>, list: &mut Listing) {
    for script in &view.scripts {
        for (item, _, name) in script.named(crate::policy::script::ItemKind::Constant) {
            let entry = list.add(CompletionKind::Variable, name);
            entry.detail = Some(script.slice(script.item_span(item)).to_owned());
            entry.text = literal(name);
        }
    }
}
