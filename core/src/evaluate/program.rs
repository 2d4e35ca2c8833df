//! All conditions of a pack as one flat program: each distinct part is evaluated once for an intake, in an
//! order in which its parts come first, into one byte.
//!
//! This is what makes verdicts cheap enough to ask for thousands of completions of a draft.

use super::conditions::{Scope, choose};
use super::truth::Truth;
use crate::facts::Facts;
use crate::rules::condition::{Condition, ConditionKind, SubjectPlace, Test};
use crate::schema::{Schema, Slot};
use std::collections::BTreeMap;

/// A part of the program, by its place in it.
type Part = u32;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Op {
    Const(Truth),
    /// A yes/no field or a choice is one of the bits.
    Is(Slot, u64),
    /// Any other test, by its place in the list of tests.
    Test(u32),
    Not(Part),
    And(Box<[Part]>),
    Or(Box<[Part]>),
    If(Part, Part, Part),
}

/// The conditions of a pack, compiled together.
#[derive(Debug, Default)]
pub struct Program {
    ops: Vec<Op>,
    tests: Vec<Test>,
    known: BTreeMap<Op, Part>,
    known_tests: BTreeMap<String, u32>,
}

/// A compiled condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compiled(Part);

/// What every part of a program came to. Kept between runs, so that no run allocates.
#[derive(Debug, Default, Clone)]
pub struct Register(Vec<Truth>);

impl Program {
    /// Adds a condition.
    pub fn add(&mut self, condition: &Condition) -> Compiled {
        Compiled(self.part(condition))
    }

    /// How many distinct parts there are.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    fn part(&mut self, condition: &Condition) -> Part {
        let op = match &condition.kind {
            ConditionKind::Const(value) => Op::Const(Truth::from(*value)),
            ConditionKind::Not(inner) => Op::Not(self.part(inner)),
            ConditionKind::And(parts) => Op::And(self.parts(parts)),
            ConditionKind::Or(parts) => Op::Or(self.parts(parts)),
            ConditionKind::If(parts) => {
                let [test, first, second] = &**parts;
                Op::If(self.part(test), self.part(first), self.part(second))
            }
            ConditionKind::Test(Test::Is { subject, set }) => match subject.place {
                SubjectPlace::Slot(slot) => Op::Is(slot, *set),
                SubjectPlace::Column(_) => Op::Const(Truth::Unsettled),
            },
            ConditionKind::Test(test) => Op::Test(self.test(test)),
        };
        if let Some(part) = self.known.get(&op) {
            return *part;
        }
        let part = Part::try_from(self.ops.len()).unwrap_or(Part::MAX);
        self.ops.push(op.clone());
        self.known.insert(op, part);
        part
    }

    /// In order and without repetition: `a && b` and `b && a` are one part.
    fn parts(&mut self, conditions: &[Condition]) -> Box<[Part]> {
        let mut parts: Vec<Part> = conditions.iter().map(|condition| self.part(condition)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.into()
    }

    fn test(&mut self, test: &Test) -> u32 {
        let key = key(test);
        if let Some(index) = self.known_tests.get(&key) {
            return *index;
        }
        let index = u32::try_from(self.tests.len()).unwrap_or(u32::MAX);
        self.tests.push(test.clone());
        self.known_tests.insert(key, index);
        index
    }

    /// Evaluates every part for these facts.
    pub fn run(&self, schema: &Schema, facts: &Facts, register: &mut Register) {
        let truths = &mut register.0;
        truths.clear();
        truths.reserve(self.ops.len());
        let scope = Scope::new(schema, facts);
        for op in &self.ops {
            let of = |part: &Part| truths.get(*part as usize).copied().unwrap_or(Truth::Unsettled);
            let truth = match op {
                Op::Const(truth) => *truth,
                Op::Is(slot, set) => match facts.bit(*slot) {
                    None => Truth::Unsettled,
                    Some(bit) => Truth::from((set >> (bit & 63)) & 1 == 1),
                },
                Op::Test(index) => {
                    self.tests.get(*index as usize).map_or(Truth::Unsettled, |test| scope.test(test))
                }
                Op::Not(part) => !of(part),
                Op::And(parts) => parts.iter().map(of).fold(Truth::Yes, Truth::and),
                Op::Or(parts) => parts.iter().map(of).fold(Truth::No, Truth::or),
                Op::If(test, first, second) => choose(of(test), || of(first), || of(second)),
            };
            truths.push(truth);
        }
    }
}

impl Register {
    /// What a condition came to in the last run.
    pub fn truth(&self, compiled: Compiled) -> Truth {
        self.0.get(compiled.0 as usize).copied().unwrap_or(Truth::Unsettled)
    }
}

/// A test without the places where it was written: two tests with one key ask the same.
fn key(test: &Test) -> String {
    let mut test = test.clone();
    test.erase_places();
    format!("{test:?}")
}
