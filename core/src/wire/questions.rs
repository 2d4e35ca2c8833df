//! Open questions, and what each answer would lead to.

use super::report::{Reporter, answer_kind, choices};
use super::v1::explanation as shape;
use super::{VERSION, v1};
use crate::decide::Question;
use crate::engine::{Checked, Engine};
use crate::explain::words;
use crate::facts::Origin;
use crate::prospect::prospects;
use crate::schema::{Silence, Slot};

/// The open questions of an intake, the most telling first; with `all`, also those whose answers change nothing.
pub fn questions(engine: &Engine, checked: &Checked, all: bool) -> shape::Questions {
    let reporter = Reporter { engine, checked };
    let v1::Report { engine: made_by, pack, intake, tier, ready, .. } = reporter.report();
    shape::Questions {
        json: VERSION,
        engine: made_by,
        pack,
        intake,
        tier,
        ready,
        questions: open_questions(engine, checked, all),
    }
}

/// See [`questions`].
pub(super) fn open_questions(engine: &Engine, checked: &Checked, all: bool) -> Vec<shape::OpenQuestion> {
    let asker = Asker { engine, checked };
    asker.order(all).into_iter().map(|slot| asker.question(slot)).collect()
}

pub(super) struct Asker<'a> {
    pub(super) engine: &'a Engine,
    pub(super) checked: &'a Checked,
}

impl Asker<'_> {
    /// What decides something first, then what the minimum intake lacks, then the rest in schema order.
    fn order(&self, all: bool) -> Vec<Slot> {
        let decision = &self.checked.decision;
        let deciding = decision.questions.iter().map(|question| question.slot);
        let missing = decision.missing.iter().map(|missing| missing.slot);
        let open = self.engine.pack.schema.slots().map(|(slot, _)| slot).filter(|slot| {
            let origin = self.checked.facts.origin(*slot);
            all && matches!(origin, Origin::Unanswered | Origin::Void { .. } | Origin::Assumed)
        });
        let mut order: Vec<Slot> = vec![];
        for slot in deciding.chain(missing).chain(open) {
            if !order.contains(&slot) {
                order.push(slot);
            }
        }
        order
    }

    pub(super) fn question(&self, slot: Slot) -> shape::OpenQuestion {
        let (pack, checked) = (&self.engine.pack, self.checked);
        let field = pack.schema.slot(slot);
        let deciding: Option<&Question> =
            checked.decision.questions.iter().find(|question| question.slot == slot);
        let missing = checked.decision.missing.iter().any(|missing| missing.slot == slot);
        let weight = match (deciding, missing) {
            (Some(_), _) => shape::Weight::Decides,
            (None, true) => shape::Weight::Required,
            (None, false) => shape::Weight::Optional,
        };
        let void = match checked.facts.origin(slot) {
            Origin::Void { value } => Some((Reporter { engine: self.engine, checked }).place(value)),
            _ => None,
        };
        let depends = field.applies.as_ref().is_some_and(|applies| checked.facts.applies(applies).is_none());
        let found = if deciding.is_some() { prospects(self.engine, checked, slot) } else { vec![] };
        shape::OpenQuestion {
            path: field.path.clone(),
            title: field.title.clone(),
            question: field.question.clone(),
            description: field.description.clone(),
            kind: answer_kind(field),
            choices: choices(field),
            weight,
            required: missing,
            depends,
            assumed: match &field.silence {
                Silence::Assume(fact) => Some(words::value(field, fact)),
                Silence::Unknown => None,
            },
            narrows: deciding.map_or(0.0, |question| f64::from(question.narrows) / 1_000.0),
            touches: deciding.map(|question| question.touches.clone()).unwrap_or_default(),
            prospects: found
                .iter()
                .map(|prospect| shape::Prospect {
                    answer: prospect.words(field),
                    floor: prospect.tiers.floor(),
                    ceiling: prospect.tiers.ceiling(),
                })
                .collect(),
            location: void,
        }
    }
}
