//! How much of a document survives a mistake in it.

use super::show::read;
use super::sound::Random;
use crate::document::{Format, Node, Value};
use std::collections::BTreeMap;

/// About 200 lines with what intakes hold: nested keys, lists, lists of mappings, texts, quotes, comments.
fn long_document() -> String {
    let mut text = String::from("# A review\nid: review-1\ntitle: \"New gateway\"\n");
    for part in 0..15 {
        text.push_str(&format!(
            "part_{part}:\n  name: Part {part}  # a comment\n  owner: 'team {part}'\n  exposed: true\n  count: {part}\n  \
             data:\n    class: restricted\n    kinds: [email, name]\n    volume: 100{part}\n  \
             links:\n    - kind: design\n      url: https://example.org/{part}\n    - kind: code\n      url: \"x\"\n"
        ));
    }
    text.push_str("notes: >-\n  some text\n  and more\n");
    text
}

/// How often each key stands with each value; a list or mapping as a value is named by its kind only. The
/// path does not count: a letter lost in a key high up is one pair lost, not all below it.
type Pairs = BTreeMap<(String, String), usize>;

fn pairs(node: &Node, found: &mut Pairs) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let value = match &entry.value.value {
                    Value::Map(_) | Value::List(_) => entry.value.value.kind().to_owned(),
                    value => format!("{value:?}"),
                };
                *found.entry((entry.key.clone(), value)).or_default() += 1;
                pairs(&entry.value, found);
            }
        }
        Value::List(items) => items.iter().for_each(|item| pairs(item, found)),
        _ => {}
    }
}

fn pairs_of(text: &str) -> Pairs {
    let mut found = BTreeMap::new();
    if let Some(root) = read(text, Format::Yaml).root {
        pairs(&root, &mut found);
    }
    found
}

/// For each broken text, how many pairs of the whole one it still has, value and all.
fn kept(whole: &Pairs, broken: impl Iterator<Item = String>) -> Vec<usize> {
    let survives = |text: String| {
        let found = pairs_of(&text);
        whole.iter().map(|(pair, count)| found.get(pair).map_or(0, |found| *found.min(count))).sum()
    };
    broken.map(survives).collect()
}

/// The share of texts, in percent, that lose at most three pairs; and the average share of pairs kept.
fn measure(name: &str, whole: &Pairs, kept: &[usize]) -> (f64, f64) {
    let share = |part: usize, of: usize| 100.0 * part as f64 / of as f64;
    let total: usize = whole.values().sum();
    let nearly_all = share(kept.iter().filter(|pairs| *pairs + 3 >= total).count(), kept.len());
    let average = share(kept.iter().sum(), kept.len() * total);
    println!(
        "{name}: {} texts of {total} pairs; {nearly_all:.1} % lose at most 3; {average:.2} % kept",
        kept.len()
    );
    (nearly_all, average)
}

#[test]
fn nearly_everything_survives_the_loss_of_one_character() {
    let text = long_document();
    assert!((190..260).contains(&text.lines().count()), "{}", text.lines().count());
    let whole = pairs_of(&text);
    let places: Vec<usize> = text.char_indices().map(|(offset, _)| offset).step_by(5).collect();
    let deleted = places.iter().map(|&at| {
        let (before, after) = text.split_at(at);
        before.to_owned() + after.get(1..).unwrap()
    });
    let (nearly_all, average) = measure("deletions", &whole, &kept(&whole, deleted));
    assert!(nearly_all >= 99.0 && average >= 98.0, "{nearly_all} {average}");
}

#[test]
fn most_survives_one_character_too_many() {
    let text = long_document();
    let whole = pairs_of(&text);
    let mut random = Random(42);
    let tokens = [
        "\"", "'", "[", "{", "]", "}", ":", ": ", "- ", "@", "\t", "*", "&", ",", "x", "\n", "#", " ", "|",
        "%",
    ];
    let inserted = (0..400).map(|_| {
        let at = random.below(text.len());
        let (before, after) = text.split_at(at);
        format!("{before}{}{after}", random.pick(&tokens))
    });
    let inserted: Vec<String> = inserted.collect();
    let (nearly_all, average) = measure("insertions", &whole, &kept(&whole, inserted.into_iter()));
    assert!(nearly_all >= 98.0 && average >= 98.0, "{nearly_all} {average}");
}

#[test]
fn what_is_masked_is_skipped_and_its_key_stays() {
    let document = read("a: 1\nb: @x\nc: 3\n", Format::Yaml);
    let root = document.root.as_ref().unwrap();
    assert_eq!(root.get("b").unwrap().value, Value::Broken);
    assert_eq!(document.source.slice(root.get("b").unwrap().span), "@x");
    let skipped: Vec<&str> = document.skipped.iter().map(|span| document.source.slice(*span)).collect();
    assert_eq!(skipped, ["@x"]);
}

#[test]
fn past_the_last_recovery_the_rest_is_given_up() {
    let text = format!("ok: 1\n{}end: 1\n", (0..12).map(|n| format!("k{n}: @x\n")).collect::<String>());
    let document = read(&text, Format::Yaml);
    assert_eq!(document.diagnostics.len(), 9);
    let root = document.root.as_ref().unwrap();
    assert!(root.get("ok").is_some() && root.get("k8").unwrap().is_silent() && root.get("end").is_none());
    assert!(document.source.slice(*document.skipped.last().unwrap()).ends_with("end: 1"));
}

#[test]
fn a_list_that_was_cut_off_does_not_look_complete() {
    let text = format!("a:\n  - 1\n{}", "  - @x\n".repeat(12));
    let document = read(&text, Format::Yaml);
    let items = document.root.as_ref().unwrap().get("a").unwrap().as_list().unwrap();
    assert_eq!(items.last().unwrap().value, Value::Broken);
}
