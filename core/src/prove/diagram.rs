//! Decision diagrams: a statement about variables of finitely many values, in the one shape that every equal
//! statement has. What can never be so is node 0, what is always so is node 1.

use std::collections::BTreeMap;

/// A statement, by its place among the nodes.
pub(super) type Ref = u32;

/// What can never be so.
pub(super) const NEVER: Ref = 0;
/// What is always so.
pub(super) const ALWAYS: Ref = 1;

/// More nodes than this, and a proof is given up. A count, not a time: the same pack gives up everywhere or
/// nowhere.
const MAX_NODES: usize = 400_000;
/// One operation makes no more nodes than this, so that one hard condition leaves room for the others.
const MAX_NEW: usize = 40_000;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    variable: u32,
    /// What is left to be shown for each value of the variable.
    branches: Box<[Ref]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Op {
    And,
    Or,
    Not,
}

/// All diagrams of one prover; equal statements share their nodes.
#[derive(Debug)]
pub(super) struct Diagrams {
    nodes: Vec<Node>,
    known: BTreeMap<Node, Ref>,
    done: BTreeMap<(Op, Ref, Ref), Ref>,
    room: usize,
}

impl Diagrams {
    pub(super) fn new() -> Self {
        let end = |_| Node { variable: u32::MAX, branches: Box::default() };
        Self {
            nodes: [NEVER, ALWAYS].map(end).into(),
            known: BTreeMap::new(),
            done: BTreeMap::new(),
            room: 0,
        }
    }

    /// The statement that a variable has one of some values: bit *n* stands for value *n* of `count`.
    pub(super) fn one_of(&mut self, variable: u32, count: usize, values: u64) -> Option<Ref> {
        self.room = MAX_NEW;
        let branches = (0..count).map(|value| Ref::from(values >> value & 1 == 1));
        self.node(variable, branches.collect())
    }

    pub(super) fn and(&mut self, left: Ref, right: Ref) -> Option<Ref> {
        self.room = MAX_NEW;
        self.apply(Op::And, left, right)
    }

    pub(super) fn or(&mut self, left: Ref, right: Ref) -> Option<Ref> {
        self.room = MAX_NEW;
        self.apply(Op::Or, left, right)
    }

    pub(super) fn not(&mut self, inner: Ref) -> Option<Ref> {
        self.room = MAX_NEW;
        self.apply(Op::Not, inner, inner)
    }

    /// The variables that a statement is about, in order.
    pub(super) fn about(&self, root: Ref) -> Vec<u32> {
        let mut seen = vec![false; self.nodes.len()];
        let mut variables = vec![];
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let Some(mark) = seen.get_mut(node as usize).filter(|mark| !**mark) else { continue };
            *mark = true;
            if let Some(node) = self.nodes.get(node as usize).filter(|node| node.variable != u32::MAX) {
                variables.push(node.variable);
                open.extend(&node.branches);
            }
        }
        variables.sort_unstable();
        variables.dedup();
        variables
    }

    /// Values of variables that make a statement so, for those that matter; `None` where it is never so.
    pub(super) fn example(&self, root: Ref) -> Option<Vec<(u32, usize)>> {
        let mut values = vec![];
        let mut at = root;
        while at != ALWAYS {
            let node = self.nodes.get(at as usize).filter(|_| at != NEVER)?;
            let (value, next) = node.branches.iter().enumerate().find(|(_, next)| **next != NEVER)?;
            values.push((node.variable, value));
            at = *next;
        }
        Some(values)
    }

    fn node(&mut self, variable: u32, branches: Box<[Ref]>) -> Option<Ref> {
        if let [first, rest @ ..] = &*branches
            && rest.iter().all(|branch| branch == first)
        {
            return Some(*first);
        }
        let node = Node { variable, branches };
        if let Some(known) = self.known.get(&node) {
            return Some(*known);
        }
        self.room = self.room.checked_sub(1).filter(|_| self.nodes.len() < MAX_NODES)?;
        let place = Ref::try_from(self.nodes.len()).ok()?;
        self.nodes.push(node.clone());
        self.known.insert(node, place);
        Some(place)
    }

    fn apply(&mut self, op: Op, left: Ref, right: Ref) -> Option<Ref> {
        let (left, right) = (left.min(right), left.max(right));
        match (op, left, right) {
            (Op::Not, NEVER, _) => return Some(ALWAYS),
            (Op::Not, ALWAYS, _) | (Op::And, NEVER, _) => return Some(NEVER),
            (Op::And, ALWAYS, other) | (Op::Or, NEVER, other) => return Some(other),
            (Op::Or, ALWAYS, _) => return Some(ALWAYS),
            (Op::And | Op::Or, left, right) if left == right => return Some(left),
            _ => {}
        }
        if let Some(known) = self.done.get(&(op, left, right)) {
            return Some(*known);
        }
        let (first, second) = (self.nodes.get(left as usize)?, self.nodes.get(right as usize)?);
        let variable = first.variable.min(second.variable);
        let count = if first.variable == variable { first.branches.len() } else { second.branches.len() };
        let mut branches = Vec::with_capacity(count);
        for value in 0..count {
            let (left, right) = (self.branch(left, variable, value)?, self.branch(right, variable, value)?);
            branches.push(self.apply(op, left, right)?);
        }
        let result = self.node(variable, branches.into())?;
        self.done.insert((op, left, right), result);
        Some(result)
    }

    fn branch(&self, at: Ref, variable: u32, value: usize) -> Option<Ref> {
        let node = self.nodes.get(at as usize)?;
        if node.variable == variable { node.branches.get(value).copied() } else { Some(at) }
    }
}
