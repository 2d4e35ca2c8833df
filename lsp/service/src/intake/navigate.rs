//! From an intake to the rules that read it, and to where its fields are declared.

use super::View;
use super::analysis::Known;
use super::spot::Spot;
use crate::answer::{Place, Span};
use remit_core::intake::Answer;
use remit_core::schema::{Place as Stored, Role, Slot};

impl View {
    /// For a value that causes something the rules that it makes fire, or of them those that decide the tier;
    /// else every rule that reads the field.
    pub(crate) fn definition(&self, offset: usize) -> Vec<Place> {
        let Some(known) = self.analysis.known() else { return vec![] };
        let Some(spot) = self.spot(known, offset) else { return vec![] };
        if let Some(place) = artifact(known, &spot) {
            return vec![place];
        }
        let mut rules = known.rules_reading(spot.field.id);
        if let Some(slot) = spot.slot.filter(|_| self.analysis.pack.decides()) {
            let fired = known.fired_by(slot);
            let own = matches!(spot.field.place, Stored::Slot(_));
            let because: Vec<usize> = fired.into_iter().filter(|rule| own || rules.contains(rule)).collect();
            if !spot.on_key && !because.is_empty() {
                let decides = |rule: &usize| known.decision().tier_rules.contains(rule);
                let decisive: Vec<usize> = because.iter().copied().filter(decides).collect();
                rules = if decisive.is_empty() { because } else { decisive };
            } else {
                rules.sort_by_key(|rule| !because.contains(rule));
            }
        }
        let pack = known.ready.pack();
        let rules = rules.into_iter().filter_map(|rule| pack.rules.rules().get(rule));
        rules.map(|rule| (&pack.rules.source(rule.topic).locate(rule.id_span)).into()).collect()
    }

    /// The field in the schema.
    pub(crate) fn declaration(&self, offset: usize) -> Vec<Place> {
        let Some(known) = self.analysis.known() else { return vec![] };
        let Some(spot) = self.spot(known, offset) else { return vec![] };
        vec![(&known.schema().declared(spot.field)).into()]
    }

    /// Every test in a rule or helper that reads the field.
    pub(crate) fn references(&self, offset: usize) -> Vec<Place> {
        let Some(known) = self.analysis.known() else { return vec![] };
        let Some(spot) = self.spot(known, offset) else { return vec![] };
        let pack = known.ready.pack();
        let readers = known.ready.readers.within(known.schema(), spot.field.id);
        let mut places: Vec<Place> =
            readers.iter().map(|reader| (&pack.rules.locate(reader.at)).into()).collect();
        // A helper is written once, however many rules call it.
        places.sort();
        places.dedup();
        places
    }

    /// Where an answer stands, or would: its key, else its group's key, else the first line.
    pub(super) fn home(&self, known: Known<'_>, slot: Slot) -> Span {
        match known.checked.intake.answer(slot) {
            Answer::Given { key, .. } | Answer::Silent { key: Some(key) } => (*key).into(),
            Answer::Void { span } => self.first_line((*span).into()),
            Answer::Silent { key: None } => {
                let group =
                    known.schema().slot(slot).parent.and_then(|parent| known.checked.intake.group(parent));
                group.map_or_else(|| self.top(), Span::from)
            }
        }
    }
}

/// Where the catalogue declares the artifact that a value names.
fn artifact(known: Known<'_>, spot: &Spot<'_>) -> Option<Place> {
    let list = spot.slot.map(|slot| known.schema().slot(slot))?;
    if spot.on_key || spot.field.key != "artifact" || list.role != Some(Role::Evidence) {
        return None;
    }
    let head = &known.ready.pack().catalogue.artifacts.get(spot.value?.as_text()?)?.head;
    head.declared.as_ref().map(Place::from)
}
