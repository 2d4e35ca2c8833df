//! Tiers that nothing can get, and tiers that are slow by design.

use super::codes;
use super::manifest;
use super::proofs::{Proofs, id};
use crate::catalogue::{MAX_TIER, TierNumber};
use crate::diagnostic::{Diagnostic, Label};
use crate::pack::Pack;
use crate::prove::Claim;
use crate::rules::{EffectKind, Rule};
use crate::source::Location;

/// The lowest tier whose review has to happen before a release.
const DEEP: TierNumber = 2;

/// Tiers that no complete intake can get.
pub(super) fn reachable(proofs: &mut Proofs<'_>, out: &mut Vec<Diagnostic>) {
    let Some(fires) = firing(proofs) else { return };
    let below = (0..DEEP).map(|tier| unreachable(proofs, &fires, tier)).collect::<Vec<_>>();
    if below.iter().all(|unreachable| *unreachable == Some(true)) {
        deep_review_for_all(proofs, out);
    } else {
        let tiers = (0..DEEP).filter(|tier| below.get(usize::from(*tier)) == Some(&Some(true)));
        tiers.for_each(|tier| report(proofs, tier, out));
    }
    for tier in DEEP..=MAX_TIER {
        if unreachable(proofs, &fires, tier) == Some(true) {
            report(proofs, tier, out);
        }
    }
}

/// For each tier, that some rule fires which asks for it. `None` where that is too much work.
fn firing(proofs: &mut Proofs<'_>) -> Option<Vec<Claim>> {
    let mut fires = vec![Claim::NEVER; usize::from(MAX_TIER) + 1];
    let rules: Vec<_> = proofs.rules().map(|(rule, claim, _)| (rule, claim)).collect();
    for (rule, claim) in rules {
        let Some(tier) = tier_of(rule) else { continue };
        // Nobody knows when an interpreted rule fires: it may whenever it likes.
        let claim = match claim {
            Some(claim) => claim,
            None => proofs.prover.free(&rule.id)?,
        };
        let place = fires.get_mut(usize::from(tier))?;
        *place = proofs.prover.or(*place, claim)?;
    }
    Some(fires)
}

fn tier_of(rule: &Rule) -> Option<TierNumber> {
    let tiers = rule.effects.iter().filter_map(|effect| match effect.kind {
        EffectKind::Tier(tier) => Some(tier),
        _ => None,
    });
    tiers.max()
}

/// Whether no complete intake gets a tier. The tier is the highest of a rule that fires, if that is 1 or more;
/// else 0 if a rule of tier 0 fires; else the default.
fn unreachable(proofs: &mut Proofs<'_>, fires: &[Claim], tier: TierNumber) -> Option<bool> {
    let default = proofs.pack.default_tier;
    let place = usize::from(tier);
    let prover = &mut proofs.prover;
    let above = prover.any(fires.iter().skip(place + 1).copied())?;
    let not_above = prover.not(above)?;
    let mut asked = *fires.get(place)?;
    if default == tier {
        let any = prover.any(fires.iter().copied())?;
        let nothing = prover.not(any)?;
        asked = prover.or(asked, nothing)?;
    }
    let reachable = prover.and(asked, not_above)?;
    prover.never(reachable)
}

fn deep_review_for_all(proofs: &mut Proofs<'_>, out: &mut Vec<Diagnostic>) {
    let pack = proofs.pack;
    let message = format!("no intake can stay below tier {DEEP}: everything gets a deep review");
    let at = manifest(pack, "default_tier");
    let mut diagnostic = Diagnostic::warning(codes::DEEP_REVIEW_FOR_ALL, at, message)
        .help("a review of everything is a review of nothing: say what makes a change ordinary, and narrow the rules that raise it");
    let deep = pack.rules.rules().iter().filter(|rule| tier_of(rule) >= Some(DEEP));
    diagnostic.labels = deep
        .zip(std::iter::repeat("this rule asks for it"))
        .take(3)
        .map(|(rule, message)| Label { location: id(pack, rule), message: message.to_owned() })
        .collect();
    out.push(diagnostic);
}

fn report(proofs: &Proofs<'_>, tier: TierNumber, out: &mut Vec<Diagnostic>) {
    let pack = proofs.pack;
    let asks = pack.rules.rules().iter().filter(|rule| tier_of(rule) == Some(tier)).collect::<Vec<_>>();
    let title = pack.catalogue.tier(tier).map_or("", |entry| entry.head.title.as_str());
    let message = if asks.is_empty() {
        format!("no intake can get tier {tier} ({title}): no rule asks for it, and it is not the default")
    } else {
        format!("no intake can get tier {tier} ({title}): wherever a rule asks for it, another asks for more")
    };
    let help = if tier == 0 {
        "self-service is earned: a rule with `.tier(0)` has to fire where no rule of a higher tier does"
    } else {
        "narrow the rules of the higher tiers, or give this one a rule of its own"
    };
    let at = declared(pack, tier);
    let mut diagnostic = Diagnostic::warning(codes::UNREACHABLE_TIER, at, message).help(help);
    for rule in asks.into_iter().take(3) {
        diagnostic = diagnostic.label(id(pack, rule), "this rule asks for it");
    }
    out.push(diagnostic);
}

fn declared(pack: &Pack, tier: TierNumber) -> Location {
    let declared = pack.catalogue.tier(tier).and_then(|entry| entry.head.declared.clone());
    declared.unwrap_or_else(|| manifest(pack, "catalogue"))
}

/// What the catalogue and the manifest say of tiers.
pub(super) fn settings(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let default = pack.default_tier;
    if default >= DEEP {
        let at = manifest(pack, "default_tier");
        let message = format!("whatever no rule speaks of gets tier {default}");
        out.push(
            Diagnostic::warning(codes::HIGH_DEFAULT_TIER, at, message)
                .help("let the default be 1, and let rules say what needs more"),
        );
    }
    for tier in &pack.catalogue.tiers {
        let at = || declared(pack, tier.number);
        if tier.turnaround.is_empty() {
            let message =
                format!("tier {} has no turnaround: nobody knows when an answer is due", tier.number);
            out.push(Diagnostic::warning(codes::NO_TURNAROUND, at(), message).help(
                "add `turnaround: { routine: { respond: 2 business days, decide: 5 business days } }`",
            ));
        }
        let approvals = &tier.approvals;
        let signs = |role: &str| approvals.approve.iter().any(|other| other.value == role);
        if let Some(first) = approvals.review.first()
            && approvals.review.iter().all(|role| signs(&role.value))
        {
            let at = Location { span: first.span, ..at() };
            let message = format!("tier {} is reviewed by nobody but those who approve it", tier.number);
            out.push(
                Diagnostic::warning(codes::SELF_REVIEW, at, message)
                    .help("let another role review, or name no reviewer: one pair of eyes is not two"),
            );
        }
    }
}
