//! Small packs, where every set of answers can be tried.

use super::super::{Goal, Limits, search};
use crate::document::Format;
use crate::engine::Engine;
use crate::pack::{FileMap, load};
use proptest::prelude::*;
use std::fmt::Write as _;

const NAMES: [&str; 5] = ["a", "b", "c", "d", "level"];
const LEVELS: [&str; 3] = ["low", "mid", "high"];

/// `d` applies only where `a` is true, and is assumed false otherwise; the others are simply asked.
const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object", "title": "Small", "additionalProperties": false,
  "properties": {
    "a": { "title": "A", "type": "boolean", "x-remit": { "question": "A?", "silence": "unknown" } },
    "b": { "title": "B", "type": "boolean", "x-remit": { "question": "B?", "silence": { "assume": false } } },
    "c": { "title": "C", "type": "boolean", "x-remit": { "question": "C?", "silence": "unknown" } },
    "d": { "title": "D", "type": "boolean", "x-remit": {
      "question": "D?", "silence": "unknown", "applies_when": [{ "a": true }], "otherwise": false } },
    "level": { "title": "Level", "type": "string", "enum": ["low", "mid", "high"],
      "x-remit": { "question": "Level?", "silence": "unknown", "ordered": true } }
  },
  "required": ["c", "level"]
}"#;

const CATALOGUE: &str = r#"
tiers:
  "0": { title: Zero, when: Nothing. }
  "1": { title: One, when: Little. }
  "2": { title: Two, when: Much. }
  "3": { title: Three, when: All. }
routes:
  x: { title: X, description: X. }
"#;

fn engine(conditions: &[String]) -> Engine {
    let mut topic = String::new();
    for (number, condition) in conditions.iter().enumerate() {
        let effect = match number % 4 {
            0 => ".tier(2)".to_owned(),
            1 => ".tier(0)".to_owned(),
            2 => ".tier(3).route(\"x\")".to_owned(),
            _ => ".tier(1)".to_owned(),
        };
        let _ = writeln!(
            topic,
            "rule(\"r{number}\").when(|i| {condition}){effect}.because(\"it is\").cites(\"X\");"
        );
    }
    let manifest = "format: 1\nname: small\nversion: 1.0.0\ndefault_tier: 1\ncatalogue: c.yaml\nschema: s.json\ntopics: [t.rhai]\n";
    let mut files = FileMap::new("");
    files.put("remit.yaml", manifest);
    files.put("c.yaml", CATALOGUE);
    files.put("s.json", SCHEMA);
    files.put("t.rhai", topic.as_str());
    Engine::new(load(&files).usable().unwrap_or_else(|loaded| panic!("{topic}{:#?}", loaded.diagnostics)))
}

/// An answer, or none.
type Answers = [Option<u8>; 5];

fn write(answers: &Answers) -> String {
    let mut text = String::from("# test\n");
    for (name, answer) in NAMES.iter().zip(answers) {
        let Some(answer) = answer else { continue };
        let value = match (*name, answer) {
            ("level", level) => LEVELS[usize::from(*level % 3)].to_owned(),
            (_, answer) => (answer % 2 == 1).to_string(),
        };
        let _ = writeln!(text, "{name}: {value}");
    }
    text
}

fn meets(engine: &Engine, answers: &Answers, goal: &str) -> bool {
    let checked = engine.check_bytes("t.yaml", write(answers).as_bytes(), Format::Yaml, None);
    let decision = &checked.decision;
    let route = || decision.points.first().map(|point| point.standing);
    match goal {
        "-route/x" => route() == Some(crate::decide::Standing::RuledOut),
        "+route/x" => route() == Some(crate::decide::Standing::Certain),
        "ready" => decision.is_ready(),
        _ => {
            let tier: u8 = goal.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
            decision.tiers.ceiling() <= tier && (goal.contains('<') || decision.tiers.floor() == tier)
        }
    }
}

/// The fewest changes that do it, all sets of answers tried. A question that does not apply is not answered.
fn fewest(engine: &Engine, answers: &Answers, goal: &str) -> Option<usize> {
    let mut best: Option<usize> = None;
    let options = |at: usize| -> Vec<Option<u8>> {
        let all = if at == 4 { 3 } else { 2 };
        let others = (0..all).map(Some).filter(|answer| *answer != answers[at]);
        // An assumed answer that is written down changes nothing.
        let others = others.filter(|answer| !(at == 1 && answers[at].is_none() && *answer == Some(0)));
        std::iter::once(answers[at]).chain(others).collect()
    };
    let all: Vec<Vec<Option<u8>>> = (0..5).map(options).collect();
    let count: usize = all.iter().map(Vec::len).product();
    for number in 0..count {
        let mut rest = number;
        let mut tried = *answers;
        for (at, options) in all.iter().enumerate() {
            tried[at] = options[rest % options.len()];
            rest /= options.len();
        }
        let answered_in_vain = tried[3] != answers[3] && tried[0] != Some(1) && tried[0].is_some();
        // Where nobody said whether it applies, it may be answered.
        if answered_in_vain {
            continue;
        }
        let changes = tried.iter().zip(answers).filter(|(one, other)| one != other).count();
        if best.is_none_or(|best| changes < best) && meets(engine, &tried, goal) {
            best = Some(changes);
        }
    }
    best
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["i.a", "i.b", "i.c", "i.d"]).prop_map(str::to_owned),
        prop::sample::select(LEVELS.to_vec()).prop_map(|level| format!("i.level >= \"{level}\"")),
        prop::sample::select(LEVELS.to_vec()).prop_map(|level| format!("i.level == \"{level}\"")),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("!({one})")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one} && {other})")),
            (inner.clone(), inner).prop_map(|(one, other)| format!("({one} || {other})")),
        ]
    })
}

fn answers() -> impl Strategy<Value = Answers> {
    let one = || prop::option::weighted(0.7, 0..3u8);
    let some = |answer: Option<u8>, all: u8| answer.map(|answer| answer % all);
    (one(), one(), one(), one(), one())
        .prop_map(move |(a, b, c, d, level)| [some(a, 2), some(b, 2), some(c, 2), some(d, 2), some(level, 3)])
}

/// Holds what the search finds against all sets of answers.
fn compare(conditions: &[String], answers: &Answers, goal: &str) -> Result<(), TestCaseError> {
    let engine = engine(conditions);
    if goal.ends_with("route/x") && conditions.len() < 3 {
        return Ok(());
    }
    let text = write(answers);
    let checked = engine.check_bytes("t.yaml", text.as_bytes(), Format::Yaml, None);
    let outcome = search(&engine, &checked, &[Goal::parse(goal, &engine).unwrap()], Limits::default());
    let expected = fewest(&engine, answers, goal);
    let shown = format!("{conditions:?}\n{text}{goal}: {outcome:?}");
    prop_assert_eq!(outcome.already, expected == Some(0), "{}", shown);
    match expected {
        Some(0) => {}
        Some(count) => {
            prop_assert!(!outcome.ways.is_empty(), "a way with {} changes was missed: {}", count, shown);
            for way in &outcome.ways {
                prop_assert_eq!(way.changes.len(), count, "{}", shown);
                let text = way.write(&engine, &checked).unwrap();
                let after = engine.check_bytes("t.yaml", text.as_bytes(), Format::Yaml, None);
                let again =
                    search(&engine, &after, &[Goal::parse(goal, &engine).unwrap()], Limits::default());
                prop_assert!(again.already, "{}\n{}", shown, text);
            }
        }
        None => {
            prop_assert!(outcome.ways.is_empty(), "{}", shown);
            prop_assert!(outcome.exhausted, "{}", shown);
        }
    }
    Ok(())
}

#[test]
fn a_question_that_another_answer_opens_may_be_answered_as_it_stood_before() {
    let conditions = ["(i.level >= \"mid\" || (i.level >= \"low\" && i.d))", "i.a", "(i.b || !(i.a))"];
    let answers = [Some(0), None, None, None, None];
    compare(&conditions.map(str::to_owned), &answers, "tier<=1").unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_smaller_exists_and_nothing_is_missed(
        conditions in proptest::collection::vec(condition(), 2..5),
        answers in answers(),
        goal in prop::sample::select(vec!["tier=0", "tier=1", "tier=2", "tier=3", "tier<=1", "-route/x", "+route/x", "ready"]),
    ) {
        compare(&conditions, &answers, goal)?;
    }
}
