//! Completion: the keys and values that could stand at the cursor, what tells most first.

use super::View;
use super::analysis::Known;
use super::cursor::{self, Cursor, Form, KeyPlace, ValuePlace};
use super::snippet::{Writer, quoted};
use super::spot::{field_at, slot_of};
use super::words;
use crate::answer::{Completion, CompletionKind, Edit, Place, Span};
use remit_core::calendar::Duration;
use remit_core::decide::{EvidenceState, Standing};
use remit_core::document::{Node, Value};
use remit_core::fact::Fact;
use remit_core::schema::{Field, FieldId, Kind, Place as Stored, Role, Schema, TextFormat};
use std::collections::BTreeSet;

/// A field with more choices than this is not tried through.
const TRIED: usize = 12;
/// As many texts that were used before are offered.
const TEXTS: usize = 20;

impl View {
    pub(crate) fn completions(&self, offset: usize) -> Vec<Completion> {
        let Some(known) = self.analysis.known() else { return vec![] };
        let text = self.analysis.text();
        let offset = text.floor_char_boundary(offset);
        let mut out = match cursor::find(text, self.analysis.document().format, offset) {
            Cursor::Key(place) => self.keys(known, &place, offset),
            Cursor::Value(place) => self.values(known, &place, offset),
            Cursor::Nowhere => vec![],
        };
        for (rank, completion) in (0..).zip(&mut out) {
            completion.rank = rank;
        }
        out
    }

    fn writer(&self, form: &Form) -> Writer {
        let json = matches!(form, Form::Brackets { json: true, .. });
        let column = match form {
            Form::Lines { column, .. } => Some(*column),
            Form::Brackets { .. } => None,
        };
        Writer::new(self.analysis.text(), json, column)
    }

    fn keys(&self, known: Known<'_>, place: &KeyPlace, offset: usize) -> Vec<Completion> {
        let schema = known.schema();
        let Some(parent) = field_at(schema, &place.parent) else { return vec![] };
        if let Kind::List { item, .. } = &parent.kind {
            return self.item(known, place, schema.field(*item), offset);
        }
        let mut fields: Vec<&Field> = schema.children(parent).iter().map(|id| schema.field(*id)).collect();
        fields.retain(|field| !place.taken.contains(&field.key));
        fields.sort_by_key(|field| importance(known, field));
        fields.into_iter().map(|field| self.key(known, place, field, offset)).collect()
    }

    fn key(&self, known: Known<'_>, place: &KeyPlace, field: &Field, offset: usize) -> Completion {
        let mut writer = self.writer(&place.form);
        let key = writer.key(&field.key);
        let (text, snippet) = if place.colon {
            (key, false)
        } else {
            let mut text = writer.field(known, field);
            if let Form::Brackets { comma_after: true, .. } = place.form {
                text.push(',');
            }
            (text, true)
        };
        let asks = matches!(field.kind, Kind::Bool | Kind::Choice(_) | Kind::Text(_)) && !place.colon;
        let group = matches!(field.kind, Kind::Group(_) | Kind::List { .. });
        Completion {
            label: field.key.clone(),
            kind: if group { CompletionKind::Group } else { CompletionKind::Field },
            detail: Some(self.beside(known, field)),
            documentation: Some(self.about(known, field)),
            span: place.word,
            text,
            snippet,
            more: self.repairs(&place.form, place.word, offset),
            filter: self.filter(place.word, &field.key),
            rank: 0,
            again: asks,
        }
    }

    /// What stands beside a key: its title, and whether it is wanted.
    fn beside(&self, known: Known<'_>, field: &Field) -> String {
        let title = &field.title;
        let Stored::Slot(slot) = field.place else {
            return if field.required { format!("{title} (required)") } else { title.clone() };
        };
        let decision = known.decision();
        let asked = field.applies.as_ref().and_then(|applies| known.facts().applies(applies));
        if asked == Some(false) {
            format!("{title} (does not apply)")
        } else if decision.missing.iter().any(|missing| missing.slot == slot) {
            format!("{title} (required)")
        } else if decision.questions.iter().any(|question| question.slot == slot) {
            format!("{title} (can change the decision)")
        } else {
            title.clone()
        }
    }

    /// A whole item of a list.
    fn item(&self, known: Known<'_>, place: &KeyPlace, item: &Field, offset: usize) -> Vec<Completion> {
        let mut writer = self.writer(&place.form);
        let text = format!("- {}", writer.item(known, item));
        let list = item.parent.map(|id| known.schema().field(id));
        let title = list.map_or_else(String::new, |list| list.title.clone());
        vec![Completion {
            label: "- …".to_owned(),
            kind: CompletionKind::Snippet,
            detail: Some(format!("a new item of {title}")),
            documentation: Some(self.about(known, item)),
            span: place.word,
            text,
            snippet: true,
            more: self.repairs(&place.form, place.word, offset),
            filter: Some(self.analysis.source().slice(place.word.into()).to_owned()),
            rank: 0,
            again: false,
        }]
    }

    /// The indentation, or the comma, that is wrong before the cursor.
    fn repairs(&self, form: &Form, word: Span, offset: usize) -> Vec<Edit> {
        let edit = |span, text: String| {
            let file = self.analysis.source().id().as_str().to_owned();
            vec![Edit { place: Place { file, span }, text }]
        };
        match form {
            Form::Lines { column, indent: Some(span) } => edit(*span, " ".repeat(*column)),
            Form::Brackets { comma_before: Some(at), .. }
                if *at <= word.start.min(u32::try_from(offset).unwrap_or(0)) as usize =>
            {
                edit(Span::new(*at, *at), ",".to_owned())
            }
            _ => vec![],
        }
    }

    /// What the typed text is compared with: in quotes, the label in the same quotes.
    fn filter(&self, word: Span, label: &str) -> Option<String> {
        let typed = self.analysis.source().slice(word.into());
        let quote = typed.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        Some(format!("{quote}{label}{quote}"))
    }

    fn values(&self, known: Known<'_>, place: &ValuePlace, offset: usize) -> Vec<Completion> {
        let schema = known.schema();
        let Some(field) = field_at(schema, &place.path) else { return vec![] };
        let mut offers = match &field.kind {
            Kind::Bool => self.choices(known, field, &["true", "false"].map(|value| (value, "", ""))),
            Kind::Choice(choices) => {
                let values: Vec<(&str, &str, &str)> = choices
                    .values
                    .iter()
                    .map(|choice| (choice.value.as_str(), choice.title.as_str(), choice.description.as_str()))
                    .collect();
                self.choices(known, field, &values)
            }
            Kind::Text(TextFormat::Date) => self.dates(known, field),
            Kind::Text(TextFormat::Plain) => self.texts(known, field),
            Kind::Group(_) | Kind::List { .. } => return self.below(known, place, field, offset),
            Kind::Int { .. } | Kind::Text(TextFormat::Uri) => vec![],
        };
        let word = self.word(place, offset);
        let (json, flow, comma) = match place.form {
            Form::Brackets { json, comma_after, .. } => (json, true, comma_after && word.start == word.end),
            Form::Lines { .. } => (false, false, false),
        };
        for offer in &mut offers {
            let plain = matches!(field.kind, Kind::Bool);
            let mut text = if plain { offer.label.clone() } else { quoted(&offer.label, json, flow) };
            if place.blank {
                text.insert(0, ' ');
            }
            if comma {
                text.push(',');
            }
            offer.filter = self.filter(word, &offer.label);
            (offer.text, offer.span) = (text, word);
        }
        offers
    }

    /// What a value replaces: the part of the typed value that stands on the cursor's line.
    fn word(&self, place: &ValuePlace, offset: usize) -> Span {
        let line = self.first_line(place.word);
        if line.end < u32::try_from(offset).unwrap_or(u32::MAX) { Span::new(offset, offset) } else { line }
    }

    fn choices(&self, known: Known<'_>, field: &Field, values: &[(&str, &str, &str)]) -> Vec<Completion> {
        let slot = match field.place {
            Stored::Slot(slot) if self.analysis.pack.decides() && values.len() <= TRIED => Some(slot),
            _ => None,
        };
        let counting = self.counting(known, field);
        let offer = |(index, (value, title, description)): (usize, &(&str, &str, &str))| {
            let fact = match &field.kind {
                Kind::Bool => Fact::Bool(*value == "true"),
                _ => Fact::Choice(u16::try_from(index).unwrap_or(u16::MAX)),
            };
            let tier = slot.map(|slot| words::tier(&known.if_answered(slot, fact)));
            let mut beside: Vec<String> =
                [(*title).to_owned()].into_iter().filter(|title| !title.is_empty()).collect();
            beside.extend(tier.map(|tier| format!("⇒ {tier}")));
            if counting.contains(*value) {
                beside.push("counts as missing evidence".to_owned());
            }
            Completion {
                label: (*value).to_owned(),
                kind: CompletionKind::Choice,
                detail: Some(beside.join(" ")).filter(|text| !text.is_empty()),
                documentation: Some(words::escape(description)).filter(|text| !text.is_empty()),
                ..plain()
            }
        };
        let mut offers: Vec<Completion> = values.iter().enumerate().map(offer).collect();
        offers.sort_by_key(|offer| !counting.contains(&offer.label));
        offers
    }

    /// Kinds of link that would count as evidence that is missing.
    fn counting(&self, known: Known<'_>, field: &Field) -> BTreeSet<String> {
        let schema = known.schema();
        let in_links = slot_of(schema, field).is_some_and(|slot| schema.slot(slot).role == Some(Role::Links));
        if !in_links || field.key != "kind" {
            return BTreeSet::new();
        }
        let missing = known
            .decision()
            .requirements
            .iter()
            .filter(|requirement| requirement.evidence.state == EvidenceState::Missing);
        let artifacts = missing
            .filter_map(|requirement| known.ready.pack().catalogue.artifacts.get(&requirement.artifact));
        artifacts.flat_map(|artifact| artifact.links.iter().map(|link| link.value.clone())).collect()
    }

    fn dates(&self, known: Known<'_>, field: &Field) -> Vec<Completion> {
        let Some(today) = self.analysis.today else { return vec![] };
        let calendar = &known.ready.pack().catalogue.calendar;
        let mut days = vec![(today, "today".to_owned())];
        let ahead = field.role == Some(Role::Deadline)
            || field.key.contains("expires")
            || field.key.contains("until");
        if ahead {
            let decided = known.decision().deadlines.iter().find(|milestone| milestone.id == "decide");
            days.clear();
            days.extend(
                decided
                    .and_then(|milestone| milestone.by)
                    .map(|by| (by, "the day on which it is decided at the latest".to_owned())),
            );
        }
        for (count, words) in [
            (1, "next business day"),
            (2, "in 2 business days"),
            (5, "in 5 business days"),
            (10, "in 10 business days"),
            (20, "in 20 business days"),
            (60, "in 60 business days"),
        ] {
            days.extend(
                calendar.due(today, Duration::BusinessDays(count)).map(|day| (day, words.to_owned())),
            );
        }
        let mut seen = BTreeSet::new();
        days.retain(|(day, _)| seen.insert(*day));
        let offer = |(day, words): (jiff::civil::Date, String)| Completion {
            label: day.to_string(),
            kind: CompletionKind::Value,
            detail: Some(format!("{words}, {}", weekday(day))),
            ..plain()
        };
        days.into_iter().map(offer).collect()
    }

    /// Artifacts where evidence names one; people where somebody is named; else what the same field holds elsewhere.
    fn texts(&self, known: Known<'_>, field: &Field) -> Vec<Completion> {
        let schema = known.schema();
        let list = slot_of(schema, field).map(|slot| schema.slot(slot));
        if field.key == "artifact" && list.is_some_and(|list| list.role == Some(Role::Evidence)) {
            return artifacts(known);
        }
        let is_person = names_somebody(field);
        let mut texts = vec![];
        if let Some(root) = self.analysis.root() {
            collect(schema, schema.root(), root, &mut |other, text| {
                let fits = if is_person { names_somebody(other) } else { other.id == field.id };
                let text = text.trim();
                if fits
                    && !text.is_empty()
                    && !text.contains('\n')
                    && text.chars().count() <= 80
                    && !texts.contains(&text.to_owned())
                {
                    texts.push(text.to_owned());
                }
            });
        }
        texts.truncate(TEXTS);
        let used = texts.into_iter().map(|text| Completion {
            label: text,
            detail: Some("used in this file".to_owned()),
            ..plain()
        });
        let roles = known.ready.pack().catalogue.roles.iter().filter(|_| is_person);
        let roles = roles.map(|role| Completion {
            label: role.head.title.clone(),
            kind: CompletionKind::Entry,
            detail: Some(format!("role {}", role.head.id)),
            documentation: Some(words::escape(&role.head.description)).filter(|text| !text.is_empty()),
            ..plain()
        });
        used.chain(roles).collect()
    }

    /// What a group or list holds, written below its key.
    fn below(&self, known: Known<'_>, place: &ValuePlace, field: &Field, offset: usize) -> Vec<Completion> {
        if place.word.start != place.word.end {
            return vec![];
        }
        let mut writer = self.writer(&place.form);
        let mut text = writer.inside(known, field);
        if !text.starts_with('\n') && place.blank {
            text.insert(0, ' ');
        }
        let what = if matches!(field.kind, Kind::List { .. }) { "a first item" } else { "what it wants" };
        vec![Completion {
            label: format!("{} …", field.key),
            kind: CompletionKind::Snippet,
            detail: Some(format!("{}: {what}", field.title)),
            documentation: Some(self.about(known, field)),
            span: Span::new(offset, offset),
            text,
            snippet: true,
            ..plain()
        }]
    }
}

/// The order of keys: required and missing, then what can change the decision, then the rest of the schema,
/// then what does not apply.
fn importance(known: Known<'_>, field: &Field) -> (u8, usize, FieldId) {
    let decision = known.decision();
    let schema = known.schema();
    let slots: Vec<_> = match field.place {
        Stored::Slot(slot) => vec![slot],
        _ => schema
            .slots()
            .filter(|(_, leaf)| schema_parent(schema, leaf, field.id))
            .map(|(slot, _)| slot)
            .collect(),
    };
    let asked = field.applies.as_ref().and_then(|applies| known.facts().applies(applies));
    if asked == Some(false) {
        return (3, 0, field.id);
    }
    if decision.missing.iter().any(|missing| slots.contains(&missing.slot))
        || field.required && slots.is_empty()
    {
        return (0, 0, field.id);
    }
    match decision.questions.iter().position(|question| slots.contains(&question.slot)) {
        Some(place) => (1, place, field.id),
        None => (2, 0, field.id),
    }
}

fn schema_parent(schema: &Schema, field: &Field, group: FieldId) -> bool {
    let mut parent = field.parent;
    while let Some(id) = parent {
        if id == group {
            return true;
        }
        parent = schema.field(id).parent;
    }
    false
}

fn artifacts(known: Known<'_>) -> Vec<Completion> {
    let state = |id: &str| {
        let required = known.decision().requirements.iter().find(|requirement| requirement.artifact == id)?;
        Some((required.standing, required.evidence.state))
    };
    let offer = |artifact: &remit_core::catalogue::Artifact| {
        let (order, said) = match state(&artifact.head.id) {
            Some((Standing::Certain, EvidenceState::Missing)) => (0, "required and missing"),
            Some((_, EvidenceState::Missing)) => (1, "may be required"),
            Some(_) => (2, "required, and there is something"),
            None => (3, "not required"),
        };
        let completion = Completion {
            label: artifact.head.id.clone(),
            kind: CompletionKind::Entry,
            detail: Some(format!("{} ({said})", artifact.head.title)),
            documentation: Some(words::escape(&artifact.head.description)).filter(|text| !text.is_empty()),
            ..plain()
        };
        (order, completion)
    };
    let mut offers: Vec<(u8, Completion)> =
        known.ready.pack().catalogue.artifacts.iter().map(offer).collect();
    offers.sort_by_key(|(order, _)| *order);
    offers.into_iter().map(|(_, completion)| completion).collect()
}

/// Whether a field holds the name of a person or a role: its question or its key says so.
fn names_somebody(field: &Field) -> bool {
    let plain = matches!(field.kind, Kind::Text(TextFormat::Plain));
    let asks = |text: &str| text.starts_with("Who ");
    let named = field.key.ends_with("_by") || field.role == Some(Role::Owner);
    plain && (named || asks(&field.question) || asks(&field.description))
}

/// Visits every text with its field.
fn collect<'n>(schema: &Schema, field: &Field, node: &'n Node, visit: &mut dyn FnMut(&Field, &'n str)) {
    match (&node.value, &field.kind) {
        (Value::Map(entries), Kind::Group(_)) => {
            for entry in entries {
                if let Some(child) = schema.child(field, &entry.key) {
                    collect(schema, child, &entry.value, visit);
                }
            }
        }
        (Value::List(items), Kind::List { item, .. }) => {
            items.iter().for_each(|node| collect(schema, schema.field(*item), node, visit));
        }
        (Value::Text(text), _) => visit(field, text),
        _ => {}
    }
}

fn weekday(day: jiff::civil::Date) -> &'static str {
    use jiff::civil::Weekday;
    match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// A plain value, to be filled in.
fn plain() -> Completion {
    Completion {
        label: String::new(),
        kind: CompletionKind::Value,
        detail: None,
        documentation: None,
        span: Span::default(),
        text: String::new(),
        snippet: false,
        more: vec![],
        filter: None,
        rank: 0,
        again: false,
    }
}
