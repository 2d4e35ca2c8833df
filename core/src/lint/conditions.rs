//! Conditions that say nothing, and conditions that say too much at once.

use super::codes;
use super::proofs::{Proofs, Range, compiled};
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::prove::Claim;
use crate::rules::condition::{Condition, ConditionKind};

/// More tests than this in one condition, helpers not counted, and it wants a helper with a name.
const MAX_TESTS: usize = 8;
/// A contradiction of more parts than this is not spelt out.
const MAX_SHOWN: usize = 4;

/// Rules that never fire, and rules that always do.
pub(super) fn constant(proofs: &mut Proofs<'_>, out: &mut Vec<Diagnostic>) {
    let found: Vec<_> = proofs.rules().filter(|(.., range)| *range != Range::Both).collect();
    for (rule, _, range) in found {
        let Some(condition) = compiled(rule) else { continue };
        let never = range == Range::Never;
        let parts = core(proofs, condition, never);
        let at = proofs.pack.rules.source(rule.topic).locate(rule.condition_span);
        let (code, verdict) = if never {
            (codes::NEVER_FIRES, "can never fire")
        } else {
            (codes::ALWAYS_FIRES, "fires for every intake")
        };
        let because = said(proofs, &parts, never);
        let message = format!("`{}` {verdict}{because}", rule.id);
        let help = if never {
            "mend the condition, or take the rule out"
        } else {
            "mend the condition; what is so of every intake is the manifest's `default_tier`, or an obligation"
        };
        let mut diagnostic = Diagnostic::warning(code, at, message).help(help);
        if parts.len() > 1 {
            for (part, _) in parts.iter().take(MAX_SHOWN) {
                diagnostic = diagnostic.label(proofs.pack.rules.locate(part.at), "");
            }
            diagnostic.labels.retain(|label| !label.location.span.is_empty());
        }
        out.push(diagnostic);
    }
}

/// Why a condition is constant: ": `a` and `b` are never so together".
fn said(proofs: &Proofs<'_>, parts: &[(&Condition, bool)], never: bool) -> String {
    // What has to hold for the condition not to be constant is shown as it is written.
    let texts: Vec<String> = parts
        .iter()
        .map(|(part, holds)| {
            let text = proofs.text(part.at);
            if *holds == never { format!("`{text}`") } else { format!("not `{text}`") }
        })
        .collect();
    match texts.as_slice() {
        [only] if never => format!(": {only} is never so"),
        [only] => format!(": {only} is always so"),
        [init @ .., last] if !init.is_empty() && texts.len() <= MAX_SHOWN => {
            let list = init.join(", ");
            if never {
                format!(": {list} and {last} are never so together")
            } else {
                format!(": {list} or {last} is always so")
            }
        }
        _ => String::new(),
    }
}

/// The fewest parts that already make a condition constant, found by leaving out one after the other. Each
/// stands with whether it has to hold.
fn core<'c>(proofs: &mut Proofs<'_>, condition: &'c Condition, never: bool) -> Vec<(&'c Condition, bool)> {
    let mut parts = vec![];
    conjuncts(condition, never, &mut parts);
    let mut index = parts.len();
    while index > 0 {
        index -= 1;
        let mut rest = parts.clone();
        rest.remove(index);
        if impossible(proofs, &rest) == Some(true) {
            parts = rest;
        }
    }
    parts
}

/// Whether conditions can never all hold, each as it is asked to.
fn impossible(proofs: &mut Proofs<'_>, parts: &[(&Condition, bool)]) -> Option<bool> {
    let prover = &mut proofs.prover;
    let all = parts.iter().try_fold(Claim::ALWAYS, |all, (part, holds)| {
        let claim = prover.claim(part)?;
        let claim = if *holds { claim } else { prover.not(claim)? };
        prover.and(all, claim)
    })?;
    prover.never(all)
}

/// What has to hold, and what must not, for a condition to come out as it is asked to.
fn conjuncts<'c>(condition: &'c Condition, holds: bool, parts: &mut Vec<(&'c Condition, bool)>) {
    match (&condition.kind, holds) {
        (ConditionKind::Not(inner), holds) => conjuncts(inner, !holds, parts),
        (ConditionKind::And(all), true) | (ConditionKind::Or(all), false) => {
            all.iter().for_each(|part| conjuncts(part, holds, parts));
        }
        _ => parts.push((condition, holds)),
    }
}

/// Conditions that a reader cannot hold in mind.
pub(super) fn long(pack: &Pack, out: &mut Vec<Diagnostic>) {
    for rule in pack.rules.rules() {
        let Some(condition) = compiled(rule) else { continue };
        let inside = |part: &Condition| {
            part.at.topic == rule.topic
                && part.at.span.start >= rule.condition_span.start
                && part.at.span.end <= rule.condition_span.end
        };
        let tests = tests(condition, &inside);
        if tests > MAX_TESTS {
            let at = pack.rules.source(rule.topic).locate(rule.condition_span);
            let message = format!("the condition of `{}` asks {tests} things at once", rule.id);
            out.push(
                Diagnostic::warning(codes::LONG_CONDITION, at, message)
                    .help("give a part of it a name: `fn touches_identity(intake) { … }`"),
            );
        }
    }
}

fn tests(condition: &Condition, inside: &dyn Fn(&Condition) -> bool) -> usize {
    match &condition.kind {
        ConditionKind::Const(_) => 0,
        ConditionKind::Not(inner) => tests(inner, inside),
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            parts.iter().map(|part| tests(part, inside)).sum()
        }
        ConditionKind::If(parts) => parts.iter().map(|part| tests(part, inside)).sum(),
        ConditionKind::Test(_) => usize::from(inside(condition)),
    }
}
