//! Rules that say what another rule says.

use super::codes;
use super::proofs::{Proofs, Range, id};
use crate::diagnostic::Diagnostic;
use crate::rules::{EffectKind, Rule};

/// Rules that add nothing, and rules of one topic that could be one.
pub(super) fn same(proofs: &mut Proofs<'_>, out: &mut Vec<Diagnostic>) {
    let pack = proofs.pack;
    let rules: Vec<_> = proofs
        .rules()
        .filter(|(.., range)| *range == Range::Both)
        .filter_map(|(rule, claim, _)| Some((rule, claim?)))
        .collect();
    for (index, (rule, claim)) in rules.iter().enumerate() {
        let mut redundant = false;
        for (place, (other, said)) in rules.iter().enumerate().filter(|(place, _)| *place != index) {
            if !adds_nothing(rule, other) || proofs.prover.implies_anyhow(*claim, *said) != Some(true) {
                continue;
            }
            // Of two rules that say the same, the later one is too many.
            let mutual =
                adds_nothing(other, rule) && proofs.prover.implies_anyhow(*said, *claim) == Some(true);
            if mutual && place > index {
                continue;
            }
            let message =
                format!("`{}` adds nothing: whenever it fires, `{}` does all of it", rule.id, other.id);
            out.push(
                Diagnostic::warning(codes::REDUNDANT_RULE, id(pack, rule), message)
                    .label(id(pack, other), "this one fires too, with the same effects and citations")
                    .help("take it out, or narrow the other rule"),
            );
            redundant = true;
            break;
        }
        if redundant {
            continue;
        }
        let first = rules
            .iter()
            .take(index)
            .find(|(other, said)| other.topic == rule.topic && !adds_nothing(other, rule) && said == claim);
        if let Some((first, _)) = first {
            let message = format!("`{}` fires exactly when `{}` does", rule.id, first.id);
            out.push(
                Diagnostic::warning(codes::SAME_CONDITION, id(pack, rule), message)
                    .label(id(pack, first), "the first of the two")
                    .help("put the effects of both into one rule, or mend one of the conditions"),
            );
        }
    }
}

/// Whether everything that a rule does and cites is done and cited by another.
fn adds_nothing(rule: &Rule, other: &Rule) -> bool {
    let tier = |rule: &Rule| {
        let tiers = rule.effects.iter().filter_map(|effect| match effect.kind {
            EffectKind::Tier(tier) => Some(tier),
            _ => None,
        });
        tiers.max()
    };
    let done = |kind: &EffectKind| match kind {
        EffectKind::Tier(_) => tier(rule) <= tier(other),
        kind => other.effects.iter().any(|effect| effect.kind == *kind),
    };
    rule.effects.iter().all(|effect| done(&effect.kind))
        && rule.cites.iter().all(|row| other.cites.contains(row))
}
