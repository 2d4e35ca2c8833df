//! Parts of `&&` and `||` that never change what a condition says.

use super::codes;
use super::proofs::{Proofs, Range, compiled};
use crate::diagnostic::Diagnostic;
use crate::prove::Claim;
use crate::rules::condition::{At, Condition, ConditionKind};
use crate::source::{Location, Span};
use std::collections::BTreeMap;

/// A condition with more parts than this is not looked into: a proof for each of them is too much work.
const MAX_OPERANDS: usize = 200;

/// An operand as it is written: the `&&` or `||` that it stands in, and its place there.
type Written = (At, usize);

/// What is known of an operand, over all rules that it is part of.
struct Known {
    /// It is redundant in every one of them.
    everywhere: bool,
    at: Location,
    text: String,
    why: String,
}

/// Reports operands that can be left out wherever they are used, in intakes that contradict themselves too. A
/// helper that is put into several rules may well say something in one that the others do not need.
pub(super) fn redundant(proofs: &mut Proofs<'_>, out: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<Written, Known> = BTreeMap::new();
    let rules: Vec<_> = proofs.rules().filter(|(.., range)| *range == Range::Both).collect();
    for (rule, claim, _) in rules {
        if let (Some(condition), Some(claim)) = (compiled(rule), claim) {
            let mut search =
                Search { proofs, whole: condition.clone(), claim, known: &mut known, left: MAX_OPERANDS };
            search.visit(&mut vec![], false);
        }
    }
    for found in known.into_values().filter(|found| found.everywhere) {
        let message = format!("`{}` never changes anything here: {}", found.text, found.why);
        out.push(
            Diagnostic::warning(codes::REDUNDANT_OPERAND, found.at, message)
                .help("take it out, or mend it if it was meant to make a difference"),
        );
    }
}

struct Search<'s, 'a> {
    proofs: &'s mut Proofs<'a>,
    /// The condition, without what was found to be redundant.
    whole: Condition,
    claim: Claim,
    known: &'s mut BTreeMap<Written, Known>,
    left: usize,
}

impl Search<'_, '_> {
    /// Looks at the part at a path, and at what is below it. `gone` says that it is left out already.
    fn visit(&mut self, path: &mut Vec<usize>, gone: bool) {
        let Some(part) = at(&self.whole, path).cloned() else { return };
        let count = children(&part).len();
        let neutral = match part.kind {
            ConditionKind::And(_) => Some(true),
            ConditionKind::Or(_) => Some(false),
            _ => None,
        };
        let mut redundant = vec![gone; count];
        if let Some(neutral) = neutral.filter(|_| count > 1 && !gone) {
            for index in (0..count).rev() {
                path.push(index);
                if let Some(place) = redundant.get_mut(index) {
                    *place = self.operand(&part, index, path, neutral);
                }
                path.pop();
            }
        }
        for (index, redundant) in redundant.into_iter().enumerate() {
            if !redundant {
                path.push(index);
                self.visit(path, gone);
                path.pop();
            }
        }
    }

    /// Whether an operand can be left out; if so, it is.
    fn operand(&mut self, parent: &Condition, index: usize, path: &[usize], neutral: bool) -> bool {
        let Some(operand) = children(parent).get(index).map(|operand| (*operand).clone()) else {
            return false;
        };
        let mut without = self.whole.clone();
        if let Some(place) = at_mut(&mut without, path) {
            place.kind = ConditionKind::Const(neutral);
        }
        self.left = self.left.saturating_sub(1);
        let claim = if self.left == 0 { None } else { self.proofs.prover.claim(&without) };
        let redundant = claim == Some(self.claim);
        let written = (parent.at, index);
        if !redundant {
            if let Some(known) = self.known.get_mut(&written) {
                known.everywhere = false;
            } else {
                let at = self.proofs.pack.rules.locate(operand.at);
                let known = Known { everywhere: false, at, text: String::new(), why: String::new() };
                self.known.insert(written, known);
            }
            return false;
        }
        if !self.known.contains_key(&written) {
            let (at, text) = self.shown(parent.at, operand.at);
            let why = self.why(parent, index, &operand, neutral);
            self.known.insert(written, Known { everywhere: true, at, text, why });
        }
        self.whole = without;
        true
    }

    /// What makes an operand redundant, in a few words.
    fn why(&mut self, parent: &Condition, index: usize, operand: &Condition, neutral: bool) -> String {
        let general = "the rest of the condition settles it".to_owned();
        let prover = &mut self.proofs.prover;
        let Some(claim) = prover.claim(operand) else { return general };
        if claim == Claim::ALWAYS || claim == Claim::NEVER {
            return format!("it is {} so", if claim == Claim::ALWAYS { "always" } else { "never" });
        }
        for (_, other) in children(parent).into_iter().enumerate().filter(|(place, _)| *place != index) {
            let prover = &mut self.proofs.prover;
            let Some(said) =
                prover.claim(other).filter(|said| *said != Claim::ALWAYS && *said != Claim::NEVER)
            else {
                continue;
            };
            let implied =
                if neutral { prover.implies_anyhow(said, claim) } else { prover.implies_anyhow(claim, said) };
            if implied == Some(true) {
                let (_, text) = self.shown(parent.at, other.at);
                return if neutral {
                    format!("it is so whenever `{text}` is")
                } else {
                    format!("whenever it is so, `{text}` is too")
                };
            }
        }
        general
    }

    /// An operand as who reads its parent sees it: where, and in which words.
    fn shown(&self, parent: At, operand: At) -> (Location, String) {
        let at = self.place(parent, operand);
        let rules = &self.proofs.pack.rules;
        let here = at.source == *rules.source(parent.topic).id();
        let topic = if here { parent.topic } else { operand.topic };
        let text = self.proofs.text(At { topic, span: at.span });
        (at, text)
    }

    /// Where an operand stands for who reads its parent: the call, where it is a helper's body.
    fn place(&self, parent: At, operand: At) -> Location {
        let rules = &self.proofs.pack.rules;
        let within = operand.topic == parent.topic
            && parent.span.start <= operand.span.start
            && operand.span.end <= parent.span.end;
        if within {
            return rules.locate(operand);
        }
        let helpers = rules.topics().get(operand.topic as usize).map(|topic| topic.functions.as_slice());
        let before =
            helpers.into_iter().flatten().filter(|helper| helper.name_span.start < operand.span.start);
        let call = before.max_by_key(|helper| helper.name_span.start).and_then(|helper| {
            let source = rules.source(parent.topic);
            let text = source.slice(parent.span);
            let start = text.find(&format!("{}(", helper.name))?;
            let end = text.get(start..)?.find(')').map_or(start + helper.name.len(), |end| start + end + 1);
            let from = parent.span.start as usize;
            Some(source.locate(Span::new(from + start, from + end)))
        });
        call.unwrap_or_else(|| rules.locate(operand))
    }
}

fn children(condition: &Condition) -> Vec<&Condition> {
    match &condition.kind {
        ConditionKind::Const(_) | ConditionKind::Test(_) => vec![],
        ConditionKind::Not(inner) => vec![inner],
        ConditionKind::And(parts) | ConditionKind::Or(parts) => parts.iter().collect(),
        ConditionKind::If(parts) => parts.iter().collect(),
    }
}

fn at<'c>(condition: &'c Condition, path: &[usize]) -> Option<&'c Condition> {
    path.iter().try_fold(condition, |condition, index| children(condition).get(*index).copied())
}

fn at_mut<'c>(condition: &'c mut Condition, path: &[usize]) -> Option<&'c mut Condition> {
    let Some((index, rest)) = path.split_first() else { return Some(condition) };
    let child = match &mut condition.kind {
        ConditionKind::Const(_) | ConditionKind::Test(_) => None,
        ConditionKind::Not(inner) => Some(&mut **inner),
        ConditionKind::And(parts) | ConditionKind::Or(parts) => parts.get_mut(*index),
        ConditionKind::If(parts) => parts.get_mut(*index),
    };
    child.and_then(|child| at_mut(child, rest))
}
