//! Rules that do not say which row they serve, and rows that look like slips of others.

use super::codes;
use super::proofs::id;
use crate::catalogue::Section;
use crate::diagnostic::{Diagnostic, Fix};
use crate::pack::Pack;
use crate::source::{Location, Span};
use crate::suggest;
use std::collections::BTreeMap;

const SECTIONS: [Section; 10] = [
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

/// Rules without a citation, where the others have one: an auditor asks for the row.
pub(super) fn missing(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let own = || pack.rules.rules().iter().filter(|rule| pack.owns(rule));
    if own().all(|rule| rule.cites.is_empty()) {
        return;
    }
    for rule in own().filter(|rule| rule.cites.is_empty()) {
        let message = format!("`{}` does not say which row it serves", rule.id);
        out.push(
            Diagnostic::warning(codes::NO_CITATION, id(pack, rule), message)
                .help("add `.cites(\"…\")`, as the other rules of this pack have"),
        );
    }
}

/// A row's name without its number: rows of one table differ in that alone.
fn stem(row: &str) -> &str {
    row.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Citations of a table that nothing else cites, but almost.
pub(super) fn misspelt(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let rules = pack.rules.rules().iter();
    let heads = SECTIONS.iter().flat_map(|section| pack.catalogue.heads(*section));
    let heads: Vec<_> = heads.collect();
    let cited = rules.clone().flat_map(|rule| &rule.cites).chain(heads.iter().flat_map(|head| &head.cites));
    for row in cited {
        *uses.entry(stem(row)).or_default() += 1;
    }
    let suspect = |row: &str| {
        let own = stem(row);
        let often =
            uses.iter().filter(|(other, count)| **count > 1 && **other != own).map(|(other, _)| *other);
        if uses.get(own) == Some(&1) { suggest::nearest(own, often) } else { None }
    };
    let mut report = |row: &str, at: Location| {
        let Some(meant) = suspect(row) else { return };
        let number = row.get(stem(row).len()..).unwrap_or_default();
        let meant = format!("{meant}{number}");
        let message = format!("`{row}` is cited only here, and looks like `{meant}`");
        out.push(
            Diagnostic::warning(codes::MISSPELT_CITATION, at.clone(), message)
                .help(format!("did you mean `{meant}`?"))
                .fix(Fix::replace(at, &meant)),
        );
    };
    for rule in rules {
        let source = pack.rules.source(rule.topic);
        for row in &rule.cites {
            let within = source.slice(rule.span);
            let found =
                within.rfind(&format!("\"{row}\"")).map(|offset| rule.span.start as usize + offset + 1);
            let span = found.map_or(rule.id_span, |start| Span::new(start, start + row.len()));
            report(row, source.locate(span));
        }
    }
    for head in heads {
        let Some(declared) = &head.declared else { continue };
        let source = pack.sources.iter().find(|source| *source.id() == declared.source);
        for row in &head.cites {
            // An entry's citations stand below its id.
            let place = source.and_then(|source| {
                let from = declared.span.end as usize;
                let start = from + source.text().get(from..)?.find(row.as_str())?;
                Some(source.locate(Span::new(start, start + row.len())))
            });
            report(row, place.unwrap_or_else(|| declared.clone()));
        }
    }
}
