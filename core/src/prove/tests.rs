//! What is proved is what trying every answer finds.

use super::*;
use crate::document::{self, Format, Layers, Limits};
use crate::evaluate::{Scope, Truth};
use crate::facts::Facts;
use crate::rules::condition::{At, ConditionKind, Subject, SubjectPlace, Term, Test};
use crate::schema::{self, Place, Silence, Slot};
use crate::source::{Source, Span};
use proptest::prelude::*;

/// Five questions: two of them may not apply, one of these because of the other.
const SCHEMA: &str = r#"{
  "type": "object",
  "properties": {
    "open": { "type": "boolean", "x-remit": { "question": "?" } },
    "size": { "enum": ["s", "m", "l"], "x-remit": { "question": "?", "ordered": true } },
    "count": { "type": "integer", "minimum": 0, "maximum": 6, "x-remit": { "question": "?",
      "applies_when": { "open": true }, "otherwise": 0 } },
    "name": { "type": "string", "x-remit": { "question": "?" } },
    "late": { "type": "boolean", "x-remit": { "question": "?",
      "applies_when": [{ "count": [2, 3] }, { "size": "l", "name": "a" }], "otherwise": false } }
  }
}"#;

fn read() -> Schema {
    let document = document::parse(Source::new("schema", SCHEMA), Format::Json, &Limits::default());
    let mut out = vec![];
    let schema = schema::read(&Layers::new(document).unwrap(), &mut out).expect("the schema can be read");
    assert!(out.is_empty(), "{out:?}");
    schema
}

const AT: At = At { topic: 0, span: Span { start: 0, end: 0 } };

fn condition(kind: ConditionKind) -> Condition {
    Condition { kind, at: AT }
}

fn subject(slot: u16) -> Subject {
    // Slots are numbered as the fields are, after the intake itself.
    Subject { field: FieldId(u32::from(slot) + 1), place: SubjectPlace::Slot(Slot(slot)) }
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ])
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        (prop::sample::select(vec![0u16, 4]), 0u64..4)
            .prop_map(|(slot, set)| Test::Is { subject: subject(slot), set }),
        (0u64..8).prop_map(|set| Test::Is { subject: subject(1), set }),
        (comparison(), -1i64..8, any::<bool>()).prop_map(|(how, number, flipped)| {
            let (left, right) = (Term::Field(subject(2)), Term::Int(number));
            if flipped {
                Test::Compare { how, left: right, right: left }
            } else {
                Test::Compare { how, left, right }
            }
        }),
        (any::<bool>(), prop::sample::select(vec!["a", "b", "c"])).prop_map(|(equal, text)| Test::Compare {
            how: if equal { Comparison::Equal } else { Comparison::NotEqual },
            left: Term::Field(subject(3)),
            right: Term::Text(text.into()),
        }),
        (comparison(), 0i64..7).prop_map(|(how, number)| Test::Compare {
            how,
            left: Term::If(
                Box::new(condition(ConditionKind::Test(Test::Is { subject: subject(0), set: 2 }))),
                Box::new([Term::Field(subject(2)), Term::Int(5)]),
            ),
            right: Term::Int(number),
        }),
    ]
}

fn conditions() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        8 => test().prop_map(|test| condition(ConditionKind::Test(test))),
        1 => any::<bool>().prop_map(|value| condition(ConditionKind::Const(value))),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            inner.clone().prop_map(|part| condition(ConditionKind::Not(Box::new(part)))),
            parts.clone().prop_map(|parts| condition(ConditionKind::And(parts))),
            parts.prop_map(|parts| condition(ConditionKind::Or(parts))),
            [inner.clone(), inner.clone(), inner]
                .prop_map(|parts| condition(ConditionKind::If(Box::new(parts)))),
        ]
    })
}

/// Every complete intake: each answer in turn, what does not apply replaced.
fn every(schema: &Schema) -> Vec<Facts> {
    let domains: [Vec<Fact>; 5] = [
        vec![Fact::Bool(false), Fact::Bool(true)],
        (0..3).map(Fact::Choice).collect(),
        (0..=6).map(Fact::Int).collect(),
        ["a", "b", "c", "something else"].map(|text| Fact::Text(text.into())).into(),
        vec![Fact::Bool(false), Fact::Bool(true)],
    ];
    let mut all = vec![Facts::of(schema, [])];
    for (slot, domain) in (0u16..).map(Slot).zip(domains) {
        let longer = all.iter().flat_map(|facts| {
            let field = schema.slot(slot);
            assert_eq!(field.silence, Silence::Unknown);
            let applies = field.applies.as_ref().is_none_or(|applies| facts.applies(applies) == Some(true));
            let values = match &field.applies {
                Some(applies_when) if !applies => vec![applies_when.otherwise.clone()],
                _ => domain.clone(),
            };
            values.into_iter().map(|value| {
                let mut facts = facts.clone();
                facts.set(slot, value);
                facts
            })
        });
        all = longer.collect();
    }
    all
}

fn holds(schema: &Schema, facts: &Facts, condition: &Condition) -> bool {
    match Scope::new(schema, facts).holds(condition) {
        Truth::Yes => true,
        Truth::No => false,
        Truth::Unsettled => panic!("a complete intake settles everything"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_proof_says_what_trying_every_answer_says(first in conditions(), second in conditions()) {
        let schema = read();
        let mut prover = Prover::new(&schema, [&first, &second]);
        let (one, two) = (prover.claim(&first).unwrap(), prover.claim(&second).unwrap());
        let all = every(&schema);
        let verdicts: Vec<(bool, bool)> =
            all.iter().map(|facts| (holds(&schema, facts, &first), holds(&schema, facts, &second))).collect();
        prop_assert_eq!(prover.never(one), Some(!verdicts.iter().any(|(first, _)| *first)));
        prop_assert_eq!(prover.always(one), Some(verdicts.iter().all(|(first, _)| *first)));
        prop_assert_eq!(prover.implies(one, two), Some(verdicts.iter().all(|(first, second)| !first || *second)));
        prop_assert_eq!(prover.same(one, two), Some(verdicts.iter().all(|(first, second)| first == second)));
        let both = prover.and(one, two).unwrap();
        prop_assert_eq!(prover.never(both), Some(!verdicts.iter().any(|(first, second)| *first && *second)));
        // An example is one: whatever the questions that it does not mention are answered.
        if let Some(Search::Found(example)) = prover.search(one) {
            prop_assert!(example.exact);
            let fits = |facts: &&Facts| example.answers.iter().all(|(id, fact)| match schema.field(*id).place {
                Place::Slot(Slot(3)) => match fact {
                    Fact::Text(text) if ["a", "b", "c"].contains(&&**text) => facts.value(Slot(3)) == fact,
                    _ => *facts.value(Slot(3)) == Fact::Text("something else".into()),
                },
                Place::Slot(slot) => facts.value(slot) == fact,
                _ => false,
            });
            let fitting: Vec<&Facts> = all.iter().filter(fits).collect();
            prop_assert!(!fitting.is_empty());
            prop_assert!(fitting.iter().all(|facts| holds(&schema, facts, &first)));
        }
    }
}
