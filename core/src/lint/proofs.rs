//! What is proved of each rule of a pack, once for all lints.

use crate::pack::Pack;
use crate::prove::{Claim, Prover};
use crate::rules::condition::{At, Condition};
use crate::rules::{Body, Rule};
use crate::source::Location;

/// Whether a rule can do both, fire and not fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    /// It can, or nobody has proved that it cannot.
    Both,
    Never,
    Always,
}

pub(super) struct Proofs<'a> {
    pub(super) pack: &'a Pack,
    pub(super) prover: Prover<'a>,
    /// When each rule fires; `None` where only the interpreter can tell, or the proof is too much work.
    pub(super) claims: Vec<Option<Claim>>,
    pub(super) ranges: Vec<Range>,
}

impl<'a> Proofs<'a> {
    pub(super) fn new(pack: &'a Pack) -> Self {
        let conditions = pack.rules.rules().iter().filter_map(compiled);
        let mut prover = Prover::new(&pack.schema, conditions);
        let mut claims = vec![];
        let mut ranges = vec![];
        for rule in pack.rules.rules() {
            let claim = compiled(rule).and_then(|condition| prover.claim(condition));
            let range = match claim {
                Some(claim) if prover.never(claim) == Some(true) => Range::Never,
                Some(claim) if prover.always(claim) == Some(true) => Range::Always,
                _ => Range::Both,
            };
            claims.push(claim);
            ranges.push(range);
        }
        Self { pack, prover, claims, ranges }
    }

    /// The rules, with what is proved of each.
    pub(super) fn rules(&self) -> impl Iterator<Item = (&'a Rule, Option<Claim>, Range)> + use<'a, '_> {
        let rules: &'a [Rule] = self.pack.rules.rules();
        rules.iter().zip(&self.claims).zip(&self.ranges).map(|((rule, claim), range)| (rule, *claim, *range))
    }

    /// The text of a part of a condition, on one line and cut to a readable length.
    pub(super) fn text(&self, at: At) -> String {
        const SHOWN: usize = 60;
        let text = self.pack.rules.source(at.topic).slice(at.span);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }
}

/// A rule's condition, where it is compiled.
pub(super) fn compiled(rule: &Rule) -> Option<&Condition> {
    match &rule.body {
        Body::Compiled(condition) => Some(condition),
        Body::Interpreted { .. } => None,
    }
}

/// Where a rule's id stands.
pub(super) fn id(pack: &Pack, rule: &Rule) -> Location {
    pack.rules.source(rule.topic).locate(rule.id_span)
}
