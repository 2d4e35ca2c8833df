//! Cases that contradict each other: the same intake on the same day, and expectations that no decision
//! meets both of.

use super::expect::{Expectation, Want};
use super::{Suite, codes};
use crate::diagnostic::{Diagnostic, Label};
use crate::pack::digest;
use crate::record::Spanned;
use std::collections::BTreeMap;

/// Reports each expectation that an earlier case contradicts.
pub(super) fn report(suite: &mut Suite) {
    let mut by_input: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (number, file) in suite.files.iter().enumerate() {
        for (place, _) in file.cases.iter().enumerate().filter(|(_, case)| !case.wrong) {
            by_input.entry(key(suite, number, place)).or_default().push((number, place));
        }
    }
    let mut found = vec![];
    for same in by_input.values().filter(|same| same.len() > 1) {
        // Against the first that speaks of the aspect is enough: who contradicts no first contradicts nobody
        // that was not reported.
        let mut first: BTreeMap<String, Vec<(usize, usize, &Expectation)>> = BTreeMap::new();
        for (number, place) in same {
            let Some(case) = suite.files.get(*number).and_then(|file| file.cases.get(*place)) else {
                continue;
            };
            for expectation in &case.expectations {
                let earlier = first.entry(expectation.aspect.key()).or_default();
                if let Some((other, place, earlier)) =
                    earlier.iter().find(|(.., earlier)| contradict(&earlier.want, &expectation.want))
                {
                    found.extend(diagnostic(suite, (*number, expectation), (*other, *place, earlier)));
                } else {
                    earlier.push((*number, *place, expectation));
                }
            }
        }
    }
    suite.diagnostics.extend(found);
}

fn diagnostic(
    suite: &Suite,
    (file, later): (usize, &Expectation),
    (other, place, earlier): (usize, usize, &Expectation),
) -> Option<Diagnostic> {
    let (file, other) = (suite.files.get(file)?, suite.files.get(other)?);
    let name = &other.cases.get(place)?.name;
    let message =
        format!("`{}` contradicts the case `{name}`, which has the same intake", later.aspect.key());
    let mut diagnostic =
        Diagnostic::error(codes::CONTRADICTION, file.source.locate(later.key.to(later.value)), message)
            .help("one of them can only fail: change an expectation, or the intake of one of them");
    diagnostic.labels.push(Label {
        location: other.source.locate(earlier.key.to(earlier.value)),
        message: "the other expects this".to_owned(),
    });
    Some(diagnostic)
}

/// What is decided: the intake as data, and the day.
fn key(suite: &Suite, file: usize, place: usize) -> String {
    let Some((file, case)) = suite.files.get(file).and_then(|file| Some((file, file.cases.get(place)?)))
    else {
        return String::new();
    };
    let json = suite.document(file, case).root.map(|root| root.to_json().to_string()).unwrap_or_default();
    let today = case.today.map(|today| today.to_string()).unwrap_or_default();
    digest([("intake", json.as_bytes()), ("today", today.as_bytes())])
}

/// Whether no decision can be as both say.
fn contradict(one: &Want, other: &Want) -> bool {
    let names = |names: &[Spanned<String>]| {
        let mut names: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
        names.sort();
        names
    };
    match (one, other) {
        (Want::Flag(one), Want::Flag(other)) => one != other,
        (Want::Flag(flag), Want::Exactly(list)) | (Want::Exactly(list), Want::Flag(flag)) => {
            *flag != list.is_empty()
        }
        (Want::Flag(flag), Want::Some { has, .. }) | (Want::Some { has, .. }, Want::Flag(flag)) => {
            *flag && !has.is_empty()
        }
        (Want::Tiers { floor, ceiling }, Want::Tiers { floor: other_floor, ceiling: other_ceiling }) => {
            let differ = |one: &Option<Spanned<u8>>, other: &Option<_>| match (one, other) {
                (Some(one), Some(other)) => {
                    let other: &Spanned<u8> = other;
                    one.value != other.value
                }
                _ => false,
            };
            differ(floor, other_floor) || differ(ceiling, other_ceiling)
        }
        (Want::Word(one), Want::Word(other)) => one != other,
        (Want::Exactly(one), Want::Exactly(other)) => names(one) != names(other),
        (Want::Exactly(list), Want::Some { has, lacks, first })
        | (Want::Some { has, lacks, first }, Want::Exactly(list)) => {
            let list = names(list);
            has.iter().chain(first).any(|name| !list.contains(&name.value))
                || lacks.iter().any(|name| list.contains(&name.value))
        }
        (
            Want::Some { has, lacks, first },
            Want::Some { has: other_has, lacks: other_lacks, first: other_first },
        ) => {
            let meets = |has: &[Spanned<String>], lacks: &[Spanned<String>]| {
                has.iter().any(|name| lacks.iter().any(|other| other.value == name.value))
            };
            meets(has, other_lacks)
                || meets(other_has, lacks)
                || matches!((first, other_first), (Some(one), Some(other)) if one.value != other.value)
        }
        _ => false,
    }
}
