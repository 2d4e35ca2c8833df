//! What was expected beside what was found.

use super::aspect::Found;
use super::expect::{Expectation, Want};
use crate::record::Spanned;

/// How a part of a decision differs from what was expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// What was expected, in a few words.
    pub wanted: String,
    /// What was found, in a few words.
    pub found: String,
    /// Names that are not there and should be.
    pub lacking: Vec<String>,
    /// Names that are there and should not be.
    pub surplus: Vec<String>,
}

/// Compares; `None` where it is as expected.
pub(super) fn difference(expectation: &Expectation, found: &Found) -> Option<Difference> {
    let want = &expectation.want;
    let plain =
        |found: String| Some(Difference { wanted: say(want), found, lacking: vec![], surplus: vec![] });
    match (want, found) {
        (Want::Flag(wanted), Found::Flag(found)) if wanted != found => plain(found.to_string()),
        // `ready: true` says that nothing is missing.
        (Want::Flag(wanted), Found::Names(found)) if *wanted != found.is_empty() => {
            plain(if found.is_empty() { "true".to_owned() } else { list(found) })
        }
        (Want::Tiers { floor, ceiling }, Found::Tiers(low, high)) => {
            let differs = |wanted: &Option<Spanned<u8>>, found: &u8| {
                wanted.as_ref().is_some_and(|wanted| wanted.value != *found)
            };
            if differs(floor, low) || differs(ceiling, high) {
                return plain(tiers(*low, *high));
            }
            None
        }
        (Want::Word(wanted), Found::Word(found)) if wanted != found => plain(word(found)),
        (Want::Exactly(wanted), Found::Names(found)) => {
            let lacking = unmatched(wanted.iter().map(|name| &name.value), |name| found.contains(name));
            let surplus = unmatched(found.iter(), |name| wanted.iter().any(|wanted| wanted.value == *name));
            let same = lacking.is_empty() && surplus.is_empty();
            (!same).then(|| Difference { wanted: say(want), found: list(found), lacking, surplus })
        }
        (Want::Some { has, lacks, first }, Found::Names(found)) => {
            let wanted = has.iter().chain(first).map(|name| &name.value);
            let lacking = unmatched(wanted, |name| found.contains(name));
            let surplus = unmatched(lacks.iter().map(|name| &name.value), |name| !found.contains(name));
            let is_first = first.as_ref().is_none_or(|first| found.first() == Some(&first.value));
            let same = lacking.is_empty() && surplus.is_empty() && is_first;
            (!same).then(|| Difference { wanted: say(want), found: list(found), lacking, surplus })
        }
        _ => None,
    }
}

/// What is wanted, in a few words.
pub(super) fn say(want: &Want) -> String {
    let names =
        |names: &[Spanned<String>]| list(&names.iter().map(|name| name.value.clone()).collect::<Vec<_>>());
    match want {
        Want::Flag(wanted) => wanted.to_string(),
        Want::Tiers { floor: Some(floor), ceiling: Some(ceiling) } => tiers(floor.value, ceiling.value),
        Want::Tiers { floor: Some(floor), ceiling: None } => format!("floor {}", floor.value),
        Want::Tiers { floor: None, ceiling } => {
            ceiling.as_ref().map_or_else(String::new, |ceiling| format!("ceiling {}", ceiling.value))
        }
        Want::Word(wanted) => word(wanted),
        Want::Exactly(wanted) => names(wanted),
        Want::Some { has, lacks, first } => {
            let mut parts = vec![];
            if let Some(first) = first {
                parts.push(format!("have {} first", first.value));
            }
            if !has.is_empty() {
                parts.push(format!("have {}", names(has)));
            }
            if !lacks.is_empty() {
                parts.push(format!("lack {}", names(lacks)));
            }
            parts.join(" and ")
        }
    }
}

fn word(word: &Option<String>) -> String {
    word.clone().unwrap_or_else(|| "none".to_owned())
}

/// The names that `matches` says no to.
fn unmatched<'n>(names: impl Iterator<Item = &'n String>, matches: impl Fn(&String) -> bool) -> Vec<String> {
    names.filter(|name| !matches(name)).cloned().collect()
}

fn tiers(floor: u8, ceiling: u8) -> String {
    if floor == ceiling { floor.to_string() } else { format!("{floor} to {ceiling}") }
}

/// Names as a case writes them.
pub(super) fn list(names: &[String]) -> String {
    format!("[{}]", names.join(", "))
}
