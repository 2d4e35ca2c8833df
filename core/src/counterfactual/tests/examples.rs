//! What a search finds for the default pack's examples is so: the answers are written into the file, and the
//! engine decides that file.

use super::super::{Goal, Limits, Outcome, search};
use crate::calendar;
use crate::decide::Standing;
use crate::document::Format;
use crate::engine::{Checked, Engine};
use crate::pack::{FileMap, load};
use crate::schema::codes::NOT_APPLICABLE;
use std::sync::OnceLock;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(load(&FileMap::of("default/", remit_rules::FILES)).usable().unwrap()))
}

fn check(name: &str, text: &str) -> Checked {
    engine().check_bytes(name, text.as_bytes(), Format::of_name(name), calendar::date("2026-11-20"))
}

fn example(name: &str) -> Checked {
    let (path, bytes) = remit_rules::FILES.iter().find(|(path, _)| path.contains(name)).unwrap();
    check(path, std::str::from_utf8(bytes).unwrap())
}

fn found(checked: &Checked, goals: &[&str]) -> Outcome {
    let goals: Vec<Goal> = goals.iter().map(|goal| Goal::parse(goal, engine()).unwrap()).collect();
    search(engine(), checked, &goals, Limits::default())
}

/// The changes of the ways, as `path: answer`.
fn said(outcome: &Outcome) -> Vec<Vec<String>> {
    let schema = &engine().pack.schema;
    let say = |way: &super::super::Way| {
        let changes = way.changes.iter().map(|change| {
            let field = schema.slot(change.slot);
            format!("{}: {}", field.path, field.write(&change.to))
        });
        changes.collect()
    };
    outcome.ways.iter().map(say).collect()
}

fn point(checked: &Checked, id: &str) -> Standing {
    let rule =
        checked.decision.points.iter().find(|point| crate::decide::id(&engine().pack, &point.key) == id);
    let tier =
        checked.decision.requirements.iter().find(|found| format!("requirement/{}", found.artifact) == id);
    let rule = rule.map_or(Standing::RuledOut, |point| point.standing);
    rule.min(tier.map_or(Standing::RuledOut, |found| found.standing))
}

/// Whether a decision meets a goal, asked of the decision itself.
fn meets(checked: &Checked, goal: &str) -> bool {
    let decision = &checked.decision;
    match goal.split_at(1) {
        ("-", id) => point(checked, id) == Standing::RuledOut,
        ("+", id) => point(checked, id) == Standing::Certain,
        _ => match goal.strip_prefix("tier<=").or_else(|| goal.strip_prefix("tier=")) {
            Some(tier) => {
                let tier: u8 = tier.parse().unwrap();
                decision.tiers.ceiling() <= tier && (goal.contains("<=") || decision.tiers.floor() == tier)
            }
            None => decision.is_ready(),
        },
    }
}

#[test]
fn what_is_found_holds_when_it_is_written_into_the_file() {
    let names: Vec<&str> = remit_rules::FILES
        .iter()
        .filter(|(path, _)| path.starts_with("examples/"))
        .map(|(path, _)| *path)
        .collect();
    let mut ways = 0;
    for name in names {
        let checked = example(name);
        for goal in [
            "tier=0",
            "tier=1",
            "tier=2",
            "tier=3",
            "tier<=1",
            "-route/deep-review",
            "+route/deep-review",
            "-requirement/threat-model",
            "+requirement/impact-analysis",
            "ready",
        ] {
            let outcome = found(&checked, &[goal]);
            assert_eq!(outcome.already, meets(&checked, goal), "{name} {goal}");
            for way in &outcome.ways {
                let text = way
                    .write(engine(), &checked)
                    .unwrap_or_else(|refusal| panic!("{name} {goal}: {refusal}"));
                let after = check(name, &text);
                assert!(meets(&after, goal), "{name} {goal} {:?}\n{text}", said(&outcome));
                ways += 1;
                // Smallest: each of the changes is needed.
                for left_out in &way.changes {
                    let mut fewer = way.clone();
                    fewer.changes.retain(|change| change != left_out);
                    let text = fewer.write(engine(), &checked).unwrap();
                    let after = check(name, &text);
                    // Without the answer that makes it one, a question may be none.
                    let in_vain = |checked: &Checked| {
                        checked.diagnostics.iter().filter(|found| found.code == NOT_APPLICABLE).count()
                    };
                    let needed = !meets(&after, goal) || in_vain(&after) > in_vain(&checked);
                    assert!(needed, "{name} {goal}: not all of {:?}", said(&outcome));
                }
            }
        }
    }
    assert!(ways > 100, "{ways}");
}

#[test]
fn causes_are_undone_and_goals_can_be_joined() {
    let outcome = found(&example("contained-iam-change"), &["tier=2"]);
    assert_eq!(said(&outcome).len(), 3, "{outcome:?}");
    assert!(said(&outcome).iter().all(|way| way.len() == 1));
    let one = example("public-payments-endpoint");
    let (low, both) = (found(&one, &["tier<=1"]), found(&one, &["tier<=1", "ready"]));
    assert!(!low.ways.is_empty() && !both.ways.is_empty());
    assert!(both.ways[0].changes.len() >= low.ways[0].changes.len());
}

#[test]
fn goals_that_are_none_are_said_to_be_none() {
    for (goal, part) in [
        ("tier=7", "from 0 to 3"),
        ("tier", "from 0 to 3"),
        ("-route/deep-reviw", "did you mean `-route/deep-review`?"),
        ("+deep-review", "did you mean `+route/deep-review`?"),
        ("colour", "goals are such as"),
    ] {
        let refusal = Goal::parse(goal, engine()).unwrap_err();
        assert!(refusal.contains(part), "{refusal}");
    }
    for goal in ["tier = 1", "tier<2", "tier>=2", "tier 2", "no route/board", "without route/board", "READY"]
    {
        assert!(Goal::parse(goal, engine()).is_ok(), "{goal}");
    }
}
