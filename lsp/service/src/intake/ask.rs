//! What people ask about a decision, and how they answer its questions: as the command line does it.

use super::View;
use super::analysis::Known;
use crate::answer::{Edit, Span};
use remit_core::counterfactual::{Goal, Limits, search};
use remit_core::document;
use remit_core::edit;
use remit_core::explain::Target;
use remit_core::facts::Origin;
use remit_core::render::{self, Audience, Paint};
use remit_core::source::Source;
use remit_core::suggest;
use remit_core::wire;
use remit_core::wire::v1::explanation::{Counterfactual, Explanation, Questions};
use serde::{Deserialize, Serialize};

/// Whom an explanation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reader {
    /// Who asked for a review.
    #[default]
    Requester,
    /// Who reviews.
    Reviewer,
    /// Who looks at it afterwards.
    Auditor,
}

/// A decision, or a part of it, explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What was explained, as a target; `None` for the whole decision.
    pub target: Option<String>,
    /// Where the offset stands: a key or a value.
    pub span: Option<Span>,
    /// For people.
    pub text: String,
    /// The same as data.
    pub explanation: Explanation,
}

impl View {
    fn asked(&self) -> Result<Known<'_>, String> {
        self.analysis
            .decided()
            .ok_or_else(|| "the pack of this file does not load, so nothing is decided".into())
    }

    /// Explains a target, else what stands at an offset, else the whole decision; or says what is wrong with the
    /// target.
    pub(crate) fn explain(
        &self,
        target: Option<&str>,
        offset: Option<usize>,
        reader: Reader,
    ) -> Result<Explained, String> {
        let known = self.asked()?;
        let engine = &known.ready.engine;
        // Outside of every field there is the whole.
        let spot =
            offset.and_then(|offset| self.spot(known, offset)).filter(|spot| spot.field.parent.is_some());
        let span = spot.as_ref().map(|spot| spot.span);
        let target = match (target, spot) {
            (Some(target), _) => Some(Target::parse(target, &engine.pack, engine.index())?),
            (None, spot) => spot.map(|spot| Target::Field(spot.field.id)),
        };
        let explanation = wire::explanation(engine, known.checked, target.as_ref());
        let audience = match reader {
            Reader::Requester => Audience::Requester,
            Reader::Reviewer => Audience::Reviewer,
            Reader::Auditor => Audience::Auditor,
        };
        Ok(Explained {
            target: explanation.subject.as_ref().map(|subject| subject.id.clone()),
            span,
            text: render::explanation(&explanation, audience, Paint::PLAIN),
            explanation,
        })
    }

    /// The open questions; with `all`, also those that change nothing.
    pub(crate) fn questions(&self, all: bool) -> Result<Questions, String> {
        let known = self.asked()?;
        Ok(wire::questions(&known.ready.engine, known.checked, all))
    }

    /// The smallest change of answers that would meet goals, for people and as data; or what is wrong with a goal.
    pub(crate) fn instead(&self, goals: &[String]) -> Result<(String, Counterfactual), String> {
        let known = self.asked()?;
        let (engine, checked) = (&known.ready.engine, known.checked);
        let goals: Vec<Goal> =
            goals.iter().map(|goal| Goal::parse(goal, engine)).collect::<Result<_, _>>()?;
        if goals.is_empty() {
            return Err("say what should be instead, such as `tier=1`".to_owned());
        }
        let outcome = search(engine, checked, &goals, Limits::default());
        let found = wire::counterfactual(engine, checked, &goals, &outcome);
        let text = render::instead(&found, &wire::report(engine, checked), Paint::PLAIN);
        Ok((text, found))
    }

    /// The edits that answer a field with what somebody typed, or take the answer away; or why there are none.
    pub(crate) fn write_answer(&self, path: &str, typed: Option<&str>) -> Result<Vec<Edit>, String> {
        let known = self.asked()?;
        let schema = known.schema();
        let slots = || schema.slots().map(|(_, field)| field.path.as_str());
        let Some((slot, field)) = schema.slots().find(|(_, field)| field.path == path) else {
            let meant = suggest::nearest(path, slots());
            let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
            return Err(format!("there is no question `{path}`{meant}"));
        };
        let document = self.analysis.document();
        let edits = match typed {
            None => edit::remove(document, schema, path),
            Some(typed) => edit::set(document, schema, path, &edit::read(field, typed)?),
        };
        let edits = edits.map_err(|refusal| refusal.message)?;
        let text = edit::apply(document.source.text(), &edits);
        let source = Source::new(document.source.id().as_str(), &text);
        let again = document::parse(source, document.format, &document::Limits::default());
        let after = known.ready.engine.check(again, known.checked.today);
        if typed.is_some() && !matches!(after.facts.origin(slot), Origin::Answered { .. }) {
            // The schema says more about an answer than its kind: how long it may be, what it must look like.
            let before: Vec<&str> =
                known.checked.diagnostics.iter().map(|found| found.message.as_str()).collect();
            let fault = after.diagnostics.iter().find(|found| !before.contains(&found.message.as_str()));
            return Err(
                fault.map_or_else(|| "this answer would not count".to_owned(), |found| found.message.clone())
            );
        }
        Ok(edits
            .iter()
            .map(|edit| Edit { place: (&edit.location).into(), text: edit.text.clone() })
            .collect())
    }
}
