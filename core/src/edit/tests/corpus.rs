//! Every field over every odd file: the answer is there afterwards, and everything else is as it was; or the
//! edit is refused, and there is a reason for it in the file.
#![allow(clippy::string_slice, reason = "a span that cuts a character should stop the test")]

use super::super::{Literal, Why, apply, remove, set};
use super::{at, json, odd, schema, text, yaml};
use crate::document::{Document, Format};
use crate::schema::{Field, Kind, TextFormat};
use proptest::prelude::*;

/// An answer to a field, by a number.
fn answer(field: &Field, pick: usize) -> Option<Literal> {
    const TEXTS: [&str; 8] = [
        "plain",
        "yes",
        "a: b # c",
        "12",
        "one\ntwo",
        "- x",
        "\"quoted\" and 'that'",
        "ends in newline\nx\n",
    ];
    Some(match &field.kind {
        Kind::Bool => Literal::Bool(pick.is_multiple_of(2)),
        Kind::Int { .. } => Literal::Int(i64::try_from(pick % 5).unwrap_or(0)),
        Kind::Text(TextFormat::Date) => text("2026-11-20"),
        Kind::Text(_) => text(TEXTS[pick % TEXTS.len()]),
        Kind::Choice(choices) => text(&choices.values[pick % choices.values.len()].value),
        Kind::List { .. } | Kind::Group(_) => return None,
    })
}

/// Comments of a YAML text, as far as they can be told by looking.
fn comments(document: &Document) -> Vec<String> {
    if document.format == Format::Json {
        return vec![];
    }
    let lines = document.source.text().lines().map(str::trim_start);
    lines.filter(|line| line.starts_with('#')).map(str::to_owned).collect()
}

/// Checks one edit; `None` where it was refused.
fn check(document: &Document, path: &str, value: &Literal) -> Option<String> {
    let before = document.source.text();
    let edits = match set(document, schema(), path, value) {
        Ok(edits) => edits,
        Err(refusal) => {
            assert!(!refusal.message.is_empty());
            return None;
        }
    };
    let changed = apply(before, &edits);
    let again = match document.format {
        Format::Yaml => yaml(&changed),
        Format::Json => json(&changed),
    };
    let found = at(&again, path);
    assert!(found.is_some_and(|found| value.is(found)), "{path} in {before:?} became {changed:?}");
    // Bytes outside the replaced places are the same, in the same order.
    let mut rest = changed.as_str();
    let mut done = 0;
    let mut ordered = edits.clone();
    ordered.sort();
    for edit in &ordered {
        let span = edit.location.span;
        let kept = &before[done..span.start as usize];
        rest = rest.strip_prefix(kept).unwrap_or_else(|| panic!("{before:?} became {changed:?}"));
        rest =
            rest.strip_prefix(edit.text.as_str()).unwrap_or_else(|| panic!("{before:?} became {changed:?}"));
        done = span.end as usize;
        let gone = before[span.range()].trim();
        let was = at(document, path).map_or("", |node| document.source.slice(node.span));
        assert!(
            gone.is_empty() || was.contains(gone) || gone == "~" || gone == "null" || was.is_empty(),
            "{gone:?}"
        );
    }
    assert_eq!(rest, &before[done..]);
    for comment in comments(document) {
        assert!(changed.contains(&comment), "{comment:?} is gone from {changed:?}");
    }
    // Line breaks are of one kind still.
    if before.contains("\r\n") && !before.replace("\r\n", "").contains('\n') {
        assert!(!changed.replace("\r\n", "").contains('\n'), "{changed:?}");
    }
    Some(changed)
}

fn documents() -> Vec<Document> {
    let examples = remit_rules::FILES.iter().filter(|(path, _)| path.starts_with("examples/"));
    let mut documents: Vec<Document> = odd::YAML.into_iter().map(yaml).collect();
    documents.extend(odd::JSON.into_iter().map(json));
    for (path, bytes) in examples {
        let text = std::str::from_utf8(bytes).unwrap();
        documents.push(if path.ends_with(".json") { json(text) } else { yaml(text) });
    }
    documents
}

#[test]
fn every_field_can_be_answered_in_every_file_that_is_not_in_the_way() {
    let (mut set, mut refused) = (0, 0);
    for document in documents() {
        for (_, field) in schema().slots() {
            let Some(value) = answer(field, 1) else { continue };
            match check(&document, &field.path, &value) {
                Some(_) => set += 1,
                None => refused += 1,
            }
        }
    }
    // Refusals are for aliases, duplicates, broken places and a few shapes that nobody writes.
    assert!(set > 10 * refused, "{set} set, {refused} refused");
}

#[test]
fn a_clean_file_is_never_refused() {
    for document in documents() {
        let text = document.source.text();
        let plain = document.is_clean()
            && !text.contains(['&', '?'])
            && !text.contains("...")
            && !text.contains("[]");
        for (_, field) in schema().slots().filter(|_| plain) {
            let Some(value) = answer(field, 0) else { continue };
            let refusal = super::super::set(&document, schema(), &field.path, &value).err();
            assert_eq!(refusal, None, "{} in {text:?}", field.path);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn many_answers_one_after_the_other_all_stay(
        file in 0..64usize,
        picks in proptest::collection::vec((0..200usize, 0..16usize), 1..12),
    ) {
        let documents = documents();
        let mut document = documents[file % documents.len()].clone();
        let slots: Vec<_> = schema().slots().map(|(_, field)| field).collect();
        let mut written: Vec<(String, Literal)> = vec![];
        for (slot, pick) in picks {
            let field = slots[slot % slots.len()];
            let Some(value) = answer(field, pick) else { continue };
            let Some(changed) = check(&document, &field.path, &value) else { continue };
            document = if document.format == Format::Json { json(&changed) } else { yaml(&changed) };
            written.retain(|(path, _)| *path != field.path);
            written.push((field.path.clone(), value));
            for (path, value) in &written {
                prop_assert!(at(&document, path).is_some_and(|node| value.is(node)), "{} in {}", path, changed);
            }
        }
        // And all of them can be taken away again.
        for (path, _) in written {
            match remove(&document, schema(), &path) {
                Ok(edits) => {
                    let changed = apply(document.source.text(), &edits);
                    document = if document.format == Format::Json { json(&changed) } else { yaml(&changed) };
                    prop_assert!(at(&document, &path).is_none_or(crate::document::Node::is_silent));
                }
                Err(refusal) => prop_assert_eq!(refusal.why, Why::Unsafe),
            }
        }
    }
}
