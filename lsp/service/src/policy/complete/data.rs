//! Completion in manifests, catalogues and cases, from their shape.

use super::texts::{self, Word};
use super::{Listing, literal};
use crate::answer::{Completion, CompletionKind};
use crate::policy::cursor::{Cursor, Part, Wants, cursor};
use crate::policy::script::ItemKind;
use crate::policy::shape::{self, Key, Shape, Step, Value};
use crate::policy::{View, data, entries};
use remit_core::catalogue::Section;
use remit_core::rules::Verb;
use remit_core::schema::{Field, Kind, Role, TextFormat};

pub(super) fn complete(view: &View<'_>, offset: usize) -> Vec<Completion> {
    let text = view.text();
    let (Some(at), Some(root)) = (cursor(text, offset), shape::of(view.kind)) else { return vec![] };
    let mut step = Step::Shape(root);
    let mut list = Listing::new(at.word);
    let mut around = None;
    for (place, part) in at.path.iter().enumerate() {
        if let Step::Shape(Shape::Intake) = step {
            intake(view, &at, at.path.get(place..).unwrap_or_default(), &mut list);
            return list.finish();
        }
        let next = match part {
            Part::Key(key) => step.under(key),
            Part::Item => step.item(),
        };
        match next {
            Some(next) => (around, step) = (Some(step), next),
            None => return vec![],
        }
    }
    if let Step::Shape(Shape::Intake) = step {
        intake(view, &at, &[], &mut list);
        return list.finish();
    }
    // What a change puts in the place of an answer.
    if let (Some(Step::Shape(Shape::Open(Value::Field, _))), Some(Part::Key(path)), Wants::Value) =
        (around, at.path.last(), at.wants)
    {
        if let Some(field) = view.schema().and_then(|schema| schema.at(&data::without_places(path))) {
            answers(view, field, &mut list);
        }
        return list.finish();
    }
    let is_mapping = match step {
        Step::Entry(..) => true,
        Step::Shape(shape) => !matches!(shape, Shape::Value(_) | Shape::List(_)),
    };
    match at.wants {
        Wants::Key => keys(view, &at, step, &mut list),
        Wants::Item if is_mapping && !at.flow => keys(view, &at, step, &mut list),
        Wants::Item | Wants::Value => values(view, &at, step, &mut list),
    }
    list.finish()
}

/// In an intake that is written in a case.
fn intake(view: &View<'_>, at: &Cursor, path: &[Part], list: &mut Listing) {
    let Some(schema) = view.schema() else { return };
    let mut field = schema.root();
    for part in path {
        let next = match (part, &field.kind) {
            (Part::Key(key), Kind::List { item, .. }) => schema.child(schema.field(*item), key),
            (Part::Key(key), _) => schema.child(field, key),
            (Part::Item, Kind::List { item, .. }) => Some(schema.field(*item)),
            (Part::Item, _) => None,
        };
        match next {
            Some(next) => field = next,
            None => return,
        }
    }
    let inner = match (&field.kind, at.wants) {
        (Kind::List { item, .. }, Wants::Item) => schema.field(*item),
        _ => field,
    };
    if !matches!(inner.kind, Kind::Group(_)) {
        answers(view, inner, list);
        return;
    }
    if at.wants == Wants::Value {
        return;
    }
    let with_colon = has_colon(view, at);
    let indent = " ".repeat(at.column + 2);
    let children = schema.children(inner).iter().map(|id| schema.field(*id));
    for child in children.filter(|child| !at.siblings.contains(&child.key)) {
        let group = matches!(child.kind, Kind::Group(_));
        let entry = list.add(if group { CompletionKind::Group } else { CompletionKind::Field }, &child.key);
        entry.detail = Some(child.title.clone());
        entry.documentation = Some(entries::field(schema, child));
        if with_colon {
            continue;
        }
        (entry.snippet, entry.again) = (true, true);
        entry.text = match &child.kind {
            Kind::Group(_) if at.flow => format!("{}: {{ $0 \\}}", child.key),
            Kind::Group(_) => format!("{}:\n{indent}$0", child.key),
            Kind::List { .. } if at.flow => format!("{}: [$0]", child.key),
            Kind::List { .. } => format!("{}:\n{indent}- $0", child.key),
            _ => format!("{}: $0", child.key),
        };
    }
}

/// What a field can be answered with.
fn answers(view: &View<'_>, field: &Field, list: &mut Listing) {
    let words = match &field.kind {
        Kind::Bool => words(view, Value::Flag),
        Kind::Text(TextFormat::Date) => words(view, Value::Date),
        _ => texts::choices(field),
    };
    for word in words {
        let entry = list.add(word.kind, &word.value);
        entry.detail = Some(word.detail).filter(|detail| !detail.is_empty());
        entry.documentation = word.documentation;
    }
}

/// Whether a colon follows the word, so that a key needs none.
fn has_colon(view: &View<'_>, at: &Cursor) -> bool {
    let rest = view.text().get(at.word.end as usize..).unwrap_or_default();
    rest.trim_start_matches(['"', '\'', ' ']).starts_with(':')
}

fn keys(view: &View<'_>, at: &Cursor, step: Step, list: &mut Listing) {
    let with_colon = has_colon(view, at);
    for key in step.keys().iter().filter(|key| !at.siblings.iter().any(|known| known == key.name)) {
        let entry = list.add(CompletionKind::Field, key.name);
        entry.documentation = Some(key.doc.to_owned());
        entry.detail = key.needed.then(|| "needed".to_owned());
        if with_colon {
            continue;
        }
        (entry.text, entry.again) = key_text(key, at);
        entry.snippet = true;
    }
    let Step::Shape(shape) = step else { return };
    match shape {
        Shape::Entries(section, keys) if !at.flow => new_entry(at, *section, keys, list),
        Shape::Open(names, inner) => {
            for word in words(view, *names) {
                if at.siblings.contains(&word.value) {
                    continue;
                }
                let entry = list.add(word.kind, &word.value);
                entry.detail = Some(word.detail);
                entry.documentation = word.documentation;
                if !with_colon {
                    entry.text = match inner {
                        Shape::Record(_) if !at.flow => format!("{}: {{ $0 \\}}", literal(&word.value)),
                        _ => format!("{}: $0", literal(&word.value)),
                    };
                    entry.snippet = true;
                    entry.again = true;
                }
            }
        }
        _ => {}
    }
}

/// What a key is written as, with what starts its value; and whether its value can be completed.
fn key_text(key: &Key, at: &Cursor) -> (String, bool) {
    let inner = " ".repeat(at.column + 2);
    match &key.shape {
        Shape::Record(_) | Shape::Entries(..) | Shape::Open(..) | Shape::Intake if !at.flow => {
            (format!("{}:\n{inner}$0", key.name), true)
        }
        Shape::Record(_) | Shape::Open(..) => (format!("{}: {{ $0 \\}}", key.name), true),
        Shape::List(item) => match item {
            Shape::Record(_) => (format!("{}:\n{inner}- $0", key.name), true),
            _ => (format!("{}: [$0]", key.name), true),
        },
        Shape::Value(Value::Text) => (format!("{}: $0", key.name), false),
        _ => (format!("{}: $0", key.name), true),
    }
}

/// A whole entry, with what it cannot be without.
fn new_entry(at: &Cursor, section: Section, keys: &[Key], list: &mut Listing) {
    let inner = " ".repeat(at.column + 2);
    let body = |first: u32| {
        let needed = keys.iter().filter(|key| key.needed).zip(first..);
        needed.map(|(key, stop)| format!("\n{inner}{}: ${stop}", key.name)).collect::<String>()
    };
    if section == Section::Tiers {
        for number in ["0", "1", "2", "3"] {
            if !at.siblings.iter().any(|known| known == number) {
                let entry = list.add(CompletionKind::Snippet, format!("\"{number}\""));
                entry.text = format!("\"{number}\":{}", body(1));
                entry.filter = Some(number.to_owned());
                entry.snippet = true;
            }
        }
        return;
    }
    let entry = list.add(CompletionKind::Snippet, format!("new {}", section.singular()));
    entry.text = format!("${{1:id}}:{}", body(2));
    entry.snippet = true;
    entry.detail = Some("an entry with what it needs".to_owned());
}

fn values(view: &View<'_>, at: &Cursor, step: Step, list: &mut Listing) {
    let Step::Shape(shape) = step else { return };
    let Some(value) = shape.value() else { return };
    // `routes: ` wants a list, also of one.
    let wrap = at.wants == Wants::Value
        && match shape {
            Shape::List(_) => true,
            Shape::Either(_, other) => matches!(other, Shape::List(_)),
            _ => false,
        };
    let quoted =
        view.text().get(..at.word.start as usize).is_some_and(|before| before.ends_with(['"', '\'']));
    for word in words(view, value) {
        let entry = list.add(word.kind, &word.value);
        entry.detail = Some(word.detail).filter(|detail| !detail.is_empty());
        entry.documentation = word.documentation;
        if wrap && !quoted {
            entry.text = format!("[{}]", word.value);
        }
    }
}

/// What a single value can be.
fn words(view: &View<'_>, value: Value) -> Vec<Word> {
    match value {
        Value::Flag => ["true", "false"].map(|word| Word::plain(word, "")).into(),
        Value::Tier => texts::ids(view, &[Section::Tiers]),
        Value::Duration => texts::durations(view),
        Value::Id(sections) => texts::ids(view, sections),
        Value::Citation => texts::citations(view),
        Value::Weekday => ["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"]
            .map(|day| Word::plain(day, ""))
            .into(),
        Value::Date => {
            let today = view.snapshot.today();
            today.iter().map(|today| Word::plain(&today.to_string(), "today")).collect()
        }
        Value::Word(words) => words.iter().map(|word| Word::plain(word, "")).collect(),
        Value::LinkKind => link_kinds(view),
        Value::Urgency => view
            .schema()
            .and_then(|schema| schema.role(Role::Urgency))
            .map(|(_, field)| texts::choices(field))
            .unwrap_or_default(),
        Value::Field => fields(view),
        Value::Constant => view
            .scripts
            .iter()
            .flat_map(|script| {
                script
                    .named(ItemKind::Constant)
                    .map(|(item, _, name)| Word::plain(name, script.slice(script.item_span(item))))
            })
            .collect(),
        Value::Rule => rules(view),
        Value::Point => points(view),
        Value::Example => {
            let folder = view.examples_folder();
            view.examples()
                .iter()
                .filter_map(|file| view.path_of(file.id())?.strip_prefix(folder.as_str()))
                .map(|name| Word::plain(name, "example"))
                .collect()
        }
        Value::File(ending) => files(view, ending),
        Value::Text | Value::Int | Value::Folder | Value::Anything => vec![],
    }
}

fn link_kinds(view: &View<'_>) -> Vec<Word> {
    let kinds = view.schema().and_then(|schema| {
        let (_, links) = schema.role(Role::Links)?;
        let Kind::List { item, .. } = &links.kind else { return None };
        schema.child(schema.field(*item), "kind")
    });
    kinds.map(texts::choices).unwrap_or_default()
}

/// The paths of all fields that hold an answer.
fn fields(view: &View<'_>) -> Vec<Word> {
    let Some(schema) = view.schema() else { return vec![] };
    schema
        .slots()
        .map(|(_, field)| Word {
            value: field.path.clone(),
            kind: CompletionKind::Field,
            detail: field.title.clone(),
            documentation: Some(entries::field(schema, field)),
        })
        .collect()
}

/// The ids of all rules.
fn rules(view: &View<'_>) -> Vec<Word> {
    let named = view.scripts.iter().flat_map(|script| script.named(ItemKind::Rule));
    named
        .map(|(item, _, id)| {
            let about = item.doc.lines().next().unwrap_or_default();
            Word::plain(id, if about.is_empty() { "rule" } else { about })
        })
        .collect()
}

/// The ids of all points that entries of the catalogue can become.
fn points(view: &View<'_>) -> Vec<Word> {
    let Some(catalogue) = view.catalogue() else { return vec![] };
    let mut found = vec![];
    for verb in Verb::ALL {
        for head in catalogue.heads(verb.section()) {
            found.push(Word {
                value: format!("{}/{}", verb.point(), head.id),
                kind: CompletionKind::Entry,
                detail: head.title.clone(),
                documentation: entries::entry(catalogue, verb.section(), &head.id),
            });
        }
    }
    found
}

/// Files beside the manifest with an ending; those that it does not name yet first.
fn files(view: &View<'_>, ending: &str) -> Vec<Word> {
    let named = view.topic_paths();
    let prefix = view.id_of("");
    let all: Vec<_> = match &view.pack.root {
        Some(_) => view.snapshot.files().cloned().collect(),
        None => view.files(),
    };
    let inside = all.iter().filter_map(|file| {
        let path = file.id().strip_prefix(prefix.trim_end_matches('/'))?;
        let path = path.strip_prefix('/').unwrap_or(path);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let ours =
            !path.contains(".intake.") && !path.contains(".case.") && path != remit_core::pack::MANIFEST;
        (path.ends_with(ending) && ours && folder.matches('/').count() < 4).then(|| path.to_owned())
    });
    let mut found: Vec<String> = inside.collect();
    found.sort_by_key(|path| named.contains(path));
    found
        .iter()
        .map(|path| Word::plain(path, if named.contains(path) { "named already" } else { "" }))
        .collect()
}
