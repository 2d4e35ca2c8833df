//! What was found out about one version of an intake, once.

use super::readers;
use crate::files::{File, Origin};
use crate::packs::{Chosen, Ready};
use jiff::civil::Date;
use remit_core::decide::{self, Decision};
use remit_core::document::{self, Document, Format, Limits, Node};
use remit_core::engine::Checked;
use remit_core::evaluate::Truth;
use remit_core::explain::{self, Cause};
use remit_core::fact::Fact;
use remit_core::facts::Facts;
use remit_core::rules::EffectKind;
use remit_core::schema::{Schema, Slot};
use remit_core::source::Source;
use remit_core::wire::{self, v1};
use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

/// One version of an intake, decided.
pub(crate) struct Analysis {
    pub(crate) pack: Chosen,
    pub(crate) today: Option<Date>,
    /// Decided by the pack, or only read where the pack cannot be read at all.
    pub(crate) state: State,
    /// For each rule that fires or is unsettled, what made it so.
    causes: OnceLock<Vec<Vec<Cause>>>,
    report: OnceLock<Arc<v1::Report>>,
}

/// How far an intake got.
pub(crate) enum State {
    /// There is no pack to ask: only its syntax is known.
    Read(Document),
    /// Everything is known.
    Checked(Box<Checked>, Arc<Ready>),
}

impl Analysis {
    pub(crate) fn new(file: &File, pack: Chosen, today: Option<Date>) -> Self {
        let format = Format::sniff(file.id(), file.text());
        let document = match file.origin() {
            Origin::Open(_) => document::parse(file.source().clone(), format, &Limits::default()),
            _ => document::from_bytes(file.id(), file.bytes(), format, &Limits::default()),
        };
        let state = match &pack.ready {
            Some(ready) => State::Checked(Box::new(ready.engine.check(document, today)), Arc::clone(ready)),
            None => State::Read(document),
        };
        Self { pack, today, state, causes: OnceLock::new(), report: OnceLock::new() }
    }

    /// Whether it was made with this pack on this day.
    pub(crate) fn is_of(&self, pack: &Chosen, today: Option<Date>) -> bool {
        let same = match (&self.pack.ready, &pack.ready) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same && self.today == today
            && self.pack.state == pack.state
            && Arc::ptr_eq(&self.pack.version, &pack.version)
    }

    /// The document as it was read. Its diagnostics are those of [`Checked`], where there is one.
    pub(crate) fn document(&self) -> &Document {
        match &self.state {
            State::Read(document) => document,
            State::Checked(checked, _) => &checked.intake.document,
        }
    }

    pub(crate) fn source(&self) -> &Source {
        &self.document().source
    }

    pub(crate) fn text(&self) -> &str {
        self.source().text()
    }

    pub(crate) fn root(&self) -> Option<&Node> {
        self.document().root.as_ref()
    }

    /// What is known with the help of a pack, even one that may not decide.
    pub(crate) fn known(&self) -> Option<Known<'_>> {
        match &self.state {
            State::Checked(checked, ready) => Some(Known { analysis: self, checked, ready }),
            State::Read(_) => None,
        }
    }

    /// What the pack decided.
    pub(crate) fn decided(&self) -> Option<Known<'_>> {
        self.known().filter(|_| self.pack.decides())
    }

    /// The decision as it leaves the engine, made once.
    pub(crate) fn report(&self) -> Option<Arc<v1::Report>> {
        let known = self.decided()?;
        let report = self.report.get_or_init(|| Arc::new(wire::report(&known.ready.engine, known.checked)));
        Some(Arc::clone(report))
    }
}

/// An intake with the pack that it was checked by.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    analysis: &'a Analysis,
    pub(crate) checked: &'a Checked,
    pub(crate) ready: &'a Ready,
}

impl<'a> Known<'a> {
    pub(crate) fn schema(self) -> &'a Schema {
        &self.ready.pack().schema
    }

    pub(crate) fn decision(self) -> &'a Decision {
        &self.checked.decision
    }

    pub(crate) fn facts(self) -> &'a Facts {
        &self.checked.facts
    }

    /// What made a rule come out as it did.
    pub(crate) fn causes(self, rule: usize) -> &'a [Cause] {
        let all = self.analysis.causes.get_or_init(|| {
            let rules = self.ready.pack().rules.rules().iter().zip(&self.checked.verdicts);
            let causes = rules.map(|(rule, verdict)| match verdict {
                Truth::No => vec![],
                verdict => explain::causes(self.schema(), rule, &self.checked.facts, *verdict),
            });
            causes.collect()
        });
        all.get(rule).map_or(&[], Vec::as_slice)
    }

    /// The verdict of a rule.
    pub(crate) fn verdict(self, rule: usize) -> Truth {
        self.checked.verdicts.get(rule).copied().unwrap_or(Truth::Unsettled)
    }

    /// The rules that fire because of what was answered for a slot, those of the highest tier first.
    pub(crate) fn fired_by(self, slot: Slot) -> Vec<usize> {
        let rules = 0..self.ready.pack().rules.rules().len();
        let fired = rules.filter(|rule| self.verdict(*rule) == Truth::Yes);
        let mut fired: Vec<usize> =
            fired.filter(|rule| self.causes(*rule).iter().any(|cause| cause.slot == Some(slot))).collect();
        fired.sort_by_key(|rule| Reverse(self.asks_for(*rule)));
        fired
    }

    /// The tier that a rule asks for.
    pub(crate) fn asks_for(self, rule: usize) -> Option<u8> {
        let rule = self.ready.pack().rules.rules().get(rule)?;
        let tiers = rule.effects.iter().filter_map(|effect| match effect.kind {
            EffectKind::Tier(tier) => Some(tier),
            _ => None,
        });
        tiers.max()
    }

    /// What would be decided if a slot had this answer and all others stayed as they are.
    pub(crate) fn if_answered(self, slot: Slot, fact: Fact) -> Decision {
        let pack = self.ready.pack();
        let mut facts = self.checked.facts.clone();
        facts.suppose(slot, fact);
        facts.resolve(&pack.schema);
        let mut unheard = vec![];
        let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut unheard);
        let index = &self.ready.index;
        decide::decide(pack, index, &self.checked.intake, &facts, &verdicts, self.checked.today, &mut unheard)
    }

    /// The rules that read a field or what is in it: those that fire first, then those that may, and of each
    /// those of the highest tier first.
    pub(crate) fn rules_reading(self, field: remit_core::schema::FieldId) -> Vec<usize> {
        let mut rules = readers::rules(&self.ready.readers.within(self.schema(), field));
        let fires = |rule: usize| self.analysis.pack.decides().then(|| self.verdict(rule));
        rules.sort_by_key(|rule| Reverse((fires(*rule), self.asks_for(*rule))));
        rules
    }
}
