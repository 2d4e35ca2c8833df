//! What would make a decision another.

use super::report::{Reporter, origin};
use super::v1::explanation as shape;
use super::{diagnostics, v1};
use crate::counterfactual::{Change, Goal, Outcome, Way};
use crate::decide::{self, Decision, Standing};
use crate::edit::{self, Literal};
use crate::engine::{Checked, Engine};
use crate::explain::{self, words};
use crate::pack::Pack;
use crate::rules::Verb;
use crate::schema::Kind;
use std::collections::BTreeSet;

/// What a search found.
pub fn counterfactual(
    engine: &Engine,
    checked: &Checked,
    goals: &[Goal],
    outcome: &Outcome,
) -> shape::Counterfactual {
    shape::Counterfactual {
        goals: goals.iter().map(ToString::to_string).collect(),
        already: outcome.already,
        ways: outcome.ways.iter().map(|found| way(engine, checked, found)).collect(),
        complete_to: outcome.complete_to,
        exhausted: outcome.exhausted,
    }
}

fn way(engine: &Engine, checked: &Checked, found: &Way) -> shape::Way {
    let source = &checked.intake.document.source;
    let changes = found.changes.iter().map(|found| change(engine, checked, found)).collect();
    let text = match found.write(engine, checked) {
        Ok(text) => text,
        Err(refusal) => {
            return shape::Way { changes, decision: None, refused: Some(refusal.message), edits: vec![] };
        }
    };
    let document = crate::document::parse(
        crate::source::Source::new(source.id().as_str(), &text),
        checked.intake.document.format,
        &crate::document::Limits::default(),
    );
    let after = engine.check(document, checked.today);
    // One edit at a time can be given as it is; of several, each was found in the text that the one before left.
    let edits = match found.changes.as_slice() {
        [only] if !only.any => single(engine, checked, only),
        _ => vec![],
    };
    let edits = edits.iter().map(|edit| v1::Edit {
        location: diagnostics::location(&edit.location, &[source]),
        text: edit.text.clone(),
    });
    shape::Way {
        changes,
        decision: Some(would_be(engine, checked, &after)),
        refused: None,
        edits: edits.collect(),
    }
}

fn single(engine: &Engine, checked: &Checked, change: &Change) -> Vec<crate::diagnostic::Edit> {
    let schema = &engine.pack.schema;
    let field = schema.slot(change.slot);
    let document = &checked.intake.document;
    let Some(literal) = change.literal(engine) else { return vec![] };
    let edits = match &field.kind {
        Kind::List { .. } => edit::append(document, schema, &field.path, &literal),
        _ => edit::set(document, schema, &field.path, &literal),
    };
    edits.unwrap_or_default()
}

fn change(engine: &Engine, checked: &Checked, change: &Change) -> shape::Change {
    let schema = &engine.pack.schema;
    let field = schema.slot(change.slot);
    let (kind, span) = explain::origin(checked.facts.origin(change.slot));
    let said = |fact| words::value(field, fact);
    let is_list = matches!(field.kind, Kind::List { .. });
    let item = change.literal(engine).filter(|_| is_list).map(|literal| new_item(&literal));
    let to = match (&item, change.any) {
        (Some(item), _) => item.clone(),
        (None, true) => "any answer".to_owned(),
        (None, false) => said(&change.to),
    };
    let line = (!change.any && !is_list).then(|| format!("{}: {}", field.path, field.write(&change.to)));
    shape::Change {
        path: field.path.clone(),
        title: field.title.clone(),
        from: said(checked.facts.value(change.slot)),
        origin: origin(kind),
        location: span.map(|span| Reporter { engine, checked }.place(span)),
        to,
        line,
        or: if is_list { vec![] } else { change.or.iter().map(said).collect() },
    }
}

/// "one more item, with kind: pr".
fn new_item(literal: &Literal) -> String {
    let Literal::Map(entries) = literal else { return "one more item".to_owned() };
    let choice = entries.iter().find_map(|(key, value)| match value {
        Literal::Text(text) if is_word(text) => Some(format!("{key}: {text}")),
        _ => None,
    });
    choice.map_or_else(|| "one more item".to_owned(), |choice| format!("one more item, with {choice}"))
}

fn would_be(engine: &Engine, before: &Checked, after: &Checked) -> shape::WouldBe {
    let pack = &engine.pack;
    let (had, has) = (points(pack, &before.decision), points(pack, &after.decision));
    shape::WouldBe {
        tier: Reporter { engine, checked: after }.tier(),
        gained: has.difference(&had).cloned().collect(),
        lost: had.difference(&has).cloned().collect(),
        questions: after.decision.questions.len(),
        missing: after.decision.missing.len(),
    }
}

/// The points that are part of a decision, or may be; of the review routes only the one that wins.
fn points(pack: &Pack, decision: &Decision) -> BTreeSet<String> {
    let wins = |point: &&decide::Point| {
        point.standing == Standing::Certain && !matches!(point.superseded, Some((_, Standing::Certain)))
    };
    let rules = decision.points.iter().filter(wins).map(|point| decide::id(pack, &point.key));
    let requirements = decision.requirements.iter().filter(|found| found.standing == Standing::Certain);
    rules.chain(requirements.map(|found| format!("{}/{}", Verb::Require.point(), found.artifact))).collect()
}

fn is_word(text: &str) -> bool {
    crate::calendar::date(text).is_none() && !text.contains([' ', ':', '/'])
}
