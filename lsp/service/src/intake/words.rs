//! Fields, rules and decisions in a few words, for hovers, hints and menus.

use super::analysis::Known;
use remit_core::decide::{self, Decision};
use remit_core::evaluate::Truth;
use remit_core::explain::words;
use remit_core::pack::Pack;
use remit_core::rules::{Body, EffectKind, Rule, Verb};
use remit_core::schema::{Applies, Field, Schema, Silence};

/// A text as Markdown shows it literally.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text on one line, cut to what fits.
pub(super) fn short(text: &str, most: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most).collect();
    // Cut between words, unless a word is longer than the rest.
    let kept = cut.rfind(' ').filter(|at| *at > most / 2).and_then(|at| cut.get(..at)).unwrap_or(&cut);
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':']))
}

/// A number of things: `1 question`, `3 questions`.
pub(super) fn count(number: usize, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {one}{ending}")
}

/// `a, b and c`.
pub(super) fn list<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}

/// `tier 2`, `tier 1–3`.
pub(super) fn tier(decision: &Decision) -> String {
    let tiers = decision.tiers;
    match decision.tier() {
        Some(tier) => format!("tier {tier}"),
        None => format!("tier {}–{}", tiers.floor(), tiers.ceiling()),
    }
}

/// What a rule does: `tier 2 · route Deep review · asks for Threat model`.
pub(super) fn effects(pack: &Pack, rule: &Rule) -> String {
    let mut said = vec![];
    for effect in &rule.effects {
        match &effect.kind {
            EffectKind::Tier(tier) => said.push(format!("tier {tier}")),
            EffectKind::Within(duration) => said.push(format!("within {duration}")),
            EffectKind::Flag(_, message) => said.push(format!("remarks “{}”", short(message, 80))),
            EffectKind::Names(verb, id) => {
                let title = pack.catalogue.head(verb.section(), id).map_or(id.as_str(), |head| &head.title);
                let does = match verb {
                    Verb::Route => "route",
                    Verb::Service => "suggests",
                    Verb::Require => "asks for",
                    Verb::Escalate => "escalates:",
                    Verb::Refer => "refers to",
                    Verb::Decides => "decision:",
                    Verb::Notify => "tells",
                    Verb::Oblige => "duty:",
                };
                said.push(format!("{does} {title}"));
            }
        }
    }
    said.join(" · ")
}

/// Why a rule exists: its author's reason, else its condition.
pub(super) fn reason(schema: &Schema, rule: &Rule) -> String {
    match (&rule.body, rule.because.as_str()) {
        (Body::Compiled(condition), "") => words::condition(schema, condition),
        (_, because) => because.to_owned(),
    }
}

/// What it means that a field is not answered.
pub(super) fn silence(schema: &Schema, field: &Field) -> String {
    let mut said = String::new();
    if let Some(applies) = &field.applies {
        said.push_str(&format!(
            "Asked only when {}; otherwise it counts as `{}`. ",
            when(schema, applies),
            field.write(&applies.otherwise)
        ));
    }
    match &field.silence {
        Silence::Unknown => said.push_str("Left out, what depends on it stays open."),
        Silence::Assume(fact) => {
            said.push_str(&format!("Left out, it counts as `{}`.", field.write(fact)));
        }
    }
    said
}

fn when(schema: &Schema, applies: &Applies) -> String {
    let cases = applies.any.iter().map(|case| {
        let given = case.iter().map(|given| {
            let field = schema.slot(given.slot);
            let values: Vec<String> =
                given.one_of.iter().map(|fact| format!("`{}`", field.write(fact))).collect();
            format!("`{}` is {}", field.path, values.join(" or "))
        });
        given.collect::<Vec<_>>().join(" and ")
    });
    cases.collect::<Vec<_>>().join(", or ")
}

/// How a rule stands for this intake.
pub(super) fn standing(verdict: Truth) -> &'static str {
    match verdict {
        Truth::Yes => "fires",
        Truth::Unsettled => "open",
        Truth::No => "does not fire",
    }
}

/// What a decision adds to another: `tier 2, also route/deep-review; no longer route/advisory`.
pub(super) fn difference(known: Known<'_>, other: &Decision) -> Option<String> {
    let now = known.decision();
    let live = |decision: &Decision| -> Vec<String> {
        let points = decision.points.iter().filter(|point| point.standing == decide::Standing::Certain);
        points.map(|point| decide::id(known.ready.pack(), &point.key)).collect()
    };
    let (before, after) = (live(now), live(other));
    let more: Vec<&str> = after.iter().filter(|id| !before.contains(id)).map(String::as_str).collect();
    let less: Vec<&str> = before.iter().filter(|id| !after.contains(id)).map(String::as_str).collect();
    if now.tiers == other.tiers && more.is_empty() && less.is_empty() {
        return None;
    }
    let mut said = vec![tier(other)];
    if now.tiers == other.tiers {
        said = vec![format!("still {}", tier(other))];
    }
    if !more.is_empty() {
        said.push(format!("also {}", names(&more)));
    }
    if !less.is_empty() {
        said.push(format!("without {}", names(&less)));
    }
    Some(said.join(", "))
}

fn names(ids: &[&str]) -> String {
    const SHOWN: usize = 4;
    let mut said: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
    if ids.len() > SHOWN {
        said.push(format!("{} more", ids.len() - SHOWN));
    }
    list(&said)
}
