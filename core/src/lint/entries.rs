//! Catalogue entries that nothing names.

use super::codes;
use crate::catalogue::{Catalogue, Section};
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::rules::{EffectKind, Verb};
use std::collections::BTreeSet;

/// Sections whose entries have to be named by something. Tiers are named by their numbers.
const SECTIONS: [Section; 9] = [
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

/// Entries that no rule, tier or other entry names.
pub(super) fn unused(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let mut used = of_catalogue(&pack.catalogue);
    for effect in pack.rules.rules().iter().flat_map(|rule| &rule.effects) {
        if let EffectKind::Names(verb, id) = &effect.kind {
            used.insert((verb.section(), id));
        }
    }
    for section in SECTIONS {
        for head in pack.catalogue.heads(section) {
            let Some(at) = head.declared.clone().filter(|_| !used.contains(&(section, head.id.as_str())))
            else {
                continue;
            };
            let what = section.singular();
            let message = match verb(section) {
                Some(verb) if section != Section::Artifacts && section != Section::Roles => {
                    format!("no rule names the {what} `{}` (`.{}(\"{}\")`)", head.id, verb.name(), head.id)
                }
                _ => format!("nothing names the {what} `{}`", head.id),
            };
            out.push(
                Diagnostic::warning(codes::UNUSED_ENTRY, at, message)
                    .help("write the rule that was meant to name it, or take it out"),
            );
        }
    }
}

fn verb(section: Section) -> Option<Verb> {
    Verb::ALL.into_iter().find(|verb| verb.section() == section)
}

/// What the catalogue's entries name of each other.
fn of_catalogue(catalogue: &Catalogue) -> BTreeSet<(Section, &str)> {
    let mut used = BTreeSet::new();
    for tier in &catalogue.tiers {
        used.extend(tier.artifacts.iter().map(|id| (Section::Artifacts, id.value.as_str())));
        let approvals = &tier.approvals;
        let roles = [&approvals.approve, &approvals.review, &approvals.inform].into_iter().flatten();
        used.extend(roles.map(|id| (Section::Roles, id.value.as_str())));
    }
    let owners = catalogue
        .routes
        .iter()
        .filter_map(|route| route.owner.as_ref())
        .chain(catalogue.obligations.iter().filter_map(|obligation| obligation.owner.as_ref()));
    for owner in owners {
        // An owner is a role or a team, whichever has the id.
        used.insert((Section::Roles, owner.value.as_str()));
        used.insert((Section::Teams, owner.value.as_str()));
    }
    for role in catalogue.roles.iter() {
        let others = role.alternates.iter().filter(|other| other.value != role.head.id);
        used.extend(others.map(|id| (Section::Roles, id.value.as_str())));
    }
    for decision in catalogue.decisions.iter() {
        let roles = std::iter::once(&decision.owner).chain(&decision.co_owners);
        used.extend(roles.map(|id| (Section::Roles, id.value.as_str())));
        used.extend(decision.outcomes.iter().map(|id| (Section::Outcomes, id.value.as_str())));
    }
    for escalation in catalogue.escalations.iter() {
        used.extend(escalation.to.iter().map(|id| (Section::Roles, id.value.as_str())));
    }
    used
}
