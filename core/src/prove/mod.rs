//! Proofs about conditions: whether one can ever hold, always holds, or follows from another, whatever an
//! intake answers.
//!
//! What is proved is proved for every complete intake that does not contradict itself: each question has an
//! answer, and one that does not apply has the value that the schema gives it `otherwise`. What no proof looks
//! into (texts that contain others, sums, how two numbers compare with a third) is taken to be anything, so a
//! proof never claims too much; an example may (see [`Example::exact`]). Beyond a fixed amount of work there
//! is no answer, rather than a guess.

mod diagram;
mod formula;
#[cfg(test)]
mod tests;
mod variables;

use crate::fact::Fact;
use crate::rules::condition::{Comparison, Condition};
use crate::schema::{Applies, Field, FieldId, Given, Schema};
use diagram::{Diagrams, Ref};
use formula::{Formula, Reader, Thing, Values, is_value};
use std::collections::{BTreeMap, BTreeSet};
use variables::Variables;

/// A statement that can be reasoned about. Claims are equal where they are so for the same answers, those of
/// intakes that contradict themselves included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim(Ref);

impl Claim {
    /// What is never so.
    pub const NEVER: Self = Self(diagram::NEVER);
    /// What is always so.
    pub const ALWAYS: Self = Self(diagram::ALWAYS);
}

/// Answers that make a claim so; what is not mentioned may be anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Fields and their values, in the schema's order.
    pub answers: Vec<(FieldId, Fact)>,
    /// There is such an intake. Otherwise the example leans on something that no proof looks into.
    pub exact: bool,
}

/// What became of a search for answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Search {
    /// There are none: that is proved.
    Never,
    /// There may be, as far as proofs can tell.
    Found(Example),
}

/// Proves claims about a set of conditions.
#[derive(Debug)]
pub struct Prover<'a> {
    schema: &'a Schema,
    variables: Variables,
    diagrams: Diagrams,
    /// What is asked of the items that are counted.
    asked: Vec<(Thing, Formula)>,
    /// Whether a counted item can be so at all.
    possible: BTreeMap<Thing, bool>,
    /// What the schema says about a field that does not apply.
    gates: BTreeMap<u32, Option<Ref>>,
}

impl<'a> Prover<'a> {
    /// A prover for these conditions, their parts, and whatever is built from them.
    pub fn new<'c>(schema: &'a Schema, conditions: impl IntoIterator<Item = &'c Condition>) -> Self {
        let mut reader = Reader { schema, asked: vec![] };
        let formulas: Vec<Formula> =
            conditions.into_iter().map(|condition| reader.condition(condition)).collect();
        let asked = reader.asked;
        let variables =
            Variables::of(schema, formulas.iter().chain(asked.iter().map(|(_, formula)| formula)));
        Self {
            schema,
            variables,
            diagrams: Diagrams::new(),
            asked,
            possible: BTreeMap::new(),
            gates: BTreeMap::new(),
        }
    }

    /// What a condition claims: one that this prover was made for, or one built from its parts. `None` where
    /// that is too much work.
    pub fn claim(&mut self, condition: &Condition) -> Option<Claim> {
        let formula = Reader { schema: self.schema, asked: vec![] }.condition(condition);
        self.build(&formula).map(Claim)
    }

    /// A claim that nothing is known about but its name.
    pub fn free(&mut self, name: &str) -> Option<Claim> {
        let variable = self.variables.free(name);
        self.diagrams.one_of(variable, 2, 0b10).map(Claim)
    }

    /// Both.
    pub fn and(&mut self, left: Claim, right: Claim) -> Option<Claim> {
        self.diagrams.and(left.0, right.0).map(Claim)
    }

    /// At least one.
    pub fn or(&mut self, left: Claim, right: Claim) -> Option<Claim> {
        self.diagrams.or(left.0, right.0).map(Claim)
    }

    /// The opposite.
    pub fn not(&mut self, claim: Claim) -> Option<Claim> {
        self.diagrams.not(claim.0).map(Claim)
    }

    /// At least one of many.
    pub fn any(&mut self, claims: impl IntoIterator<Item = Claim>) -> Option<Claim> {
        claims.into_iter().try_fold(Claim::NEVER, |any, claim| self.or(any, claim))
    }

    /// Looks for answers that make a claim so. `None` where that is too much work.
    pub fn search(&mut self, claim: Claim) -> Option<Search> {
        let admitted = self.admitted(claim.0)?;
        let Some(values) = self.diagrams.example(admitted) else { return Some(Search::Never) };
        let mut example = Example { answers: vec![], exact: true };
        for (number, place) in values {
            let Some(variable) = self.variables.get(number) else { continue };
            let Thing::Field(id) = variable.thing else {
                example.exact = false;
                continue;
            };
            let fact = variable.domain.fact(self.schema.field(id), place);
            example.answers.extend(fact.map(|fact| (id, fact)));
        }
        example.answers.sort_by_key(|(field, _)| *field);
        Some(Search::Found(example))
    }

    /// Whether a claim is never so. `None` where that is too much work.
    pub fn never(&mut self, claim: Claim) -> Option<bool> {
        Some(self.search(claim)? == Search::Never)
    }

    /// Whether a claim is always so.
    pub fn always(&mut self, claim: Claim) -> Option<bool> {
        let opposite = self.not(claim)?;
        self.never(opposite)
    }

    /// Whether the second claim is so wherever the first is.
    pub fn implies(&mut self, first: Claim, second: Claim) -> Option<bool> {
        let otherwise = self.not(second)?;
        let against = self.and(first, otherwise)?;
        self.never(against)
    }

    /// Whether two claims are so for the same answers.
    pub fn same(&mut self, first: Claim, second: Claim) -> Option<bool> {
        Some(first == second || (self.implies(first, second)? && self.implies(second, first)?))
    }

    /// As [`Prover::implies`], in intakes that contradict themselves too: an answer to a question that does not
    /// apply counts, so only what holds in those as well can be left out without changing a decision.
    pub fn implies_anyhow(&mut self, first: Claim, second: Claim) -> Option<bool> {
        let otherwise = self.not(second)?;
        Some(self.and(first, otherwise)? == Claim::NEVER)
    }

    fn build(&mut self, formula: &Formula) -> Option<Ref> {
        match formula {
            Formula::Const(value) => Some(if *value { diagram::ALWAYS } else { diagram::NEVER }),
            Formula::Not(inner) => {
                let inner = self.build(inner)?;
                self.diagrams.not(inner)
            }
            Formula::All(parts) => parts.iter().try_fold(diagram::ALWAYS, |all, part| {
                let part = self.build(part)?;
                self.diagrams.and(all, part)
            }),
            Formula::Any(parts) => parts.iter().try_fold(diagram::NEVER, |any, part| {
                let part = self.build(part)?;
                self.diagrams.or(any, part)
            }),
            Formula::If(parts) => {
                let [test, first, second] = &**parts;
                let (test, first, second) = (self.build(test)?, self.build(first)?, self.build(second)?);
                let otherwise = self.diagrams.not(test)?;
                let (first, second) =
                    (self.diagrams.and(test, first)?, self.diagrams.and(otherwise, second)?);
                self.diagrams.or(first, second)
            }
            Formula::Has(thing, values) => self.has(thing, values),
        }
    }

    fn has(&mut self, thing: &Thing, values: &Values) -> Option<Ref> {
        if let (Thing::Count { .. }, Values::Number(how, number)) = (thing, values)
            && !self.is_possible(thing)
        {
            // No item can be so: there are always none of them.
            return self.build(&Formula::Const(how.holds(0.cmp(number))));
        }
        let number = self.variables.number(thing)?;
        let domain = &self.variables.get(number)?.domain;
        let (count, set) = (domain.len(), domain.set(values)?);
        self.diagrams.one_of(number, count, set)
    }

    fn is_possible(&mut self, thing: &Thing) -> bool {
        if let Some(known) = self.possible.get(thing) {
            return *known;
        }
        let asked = self.asked.iter().find(|(known, _)| known == thing).map(|(_, asked)| asked.clone());
        let possible = asked.is_none_or(|asked| self.build(&asked) != Some(diagram::NEVER));
        self.possible.insert(thing.clone(), possible);
        possible
    }

    /// A claim, only for answers that the schema has a meaning for: what does not apply has its value.
    fn admitted(&mut self, claim: Ref) -> Option<Ref> {
        let mut seen = BTreeSet::new();
        let mut open = self.diagrams.about(claim);
        let mut admitted = claim;
        while let Some(variable) = open.pop() {
            if admitted == diagram::NEVER || !seen.insert(variable) {
                continue;
            }
            let gate = match self.gates.get(&variable) {
                Some(known) => *known,
                None => {
                    let formula = self.meaning(variable);
                    let gate = formula.and_then(|formula| self.build(&formula));
                    self.gates.insert(variable, gate);
                    gate
                }
            };
            // What cannot be said is left out: then more is admitted than there is, and less is proved.
            if let Some(gate) = gate {
                admitted = self.diagrams.and(admitted, gate)?;
                open.extend(self.diagrams.about(gate));
            }
        }
        Some(admitted)
    }

    /// What is true of a variable in every intake.
    fn meaning(&self, variable: u32) -> Option<Formula> {
        match &self.variables.get(variable)?.thing {
            Thing::Field(id) => {
                let field = self.schema.field(*id);
                let applies = field.applies.as_ref()?;
                let otherwise = is(field, &applies.otherwise)?;
                Some(Formula::Any(vec![self.applies(applies), otherwise]))
            }
            thing @ Thing::Count { list, of } => {
                let none = |thing| Formula::Has(thing, Values::Number(Comparison::Equal, 0));
                let mut all = vec![];
                if let Some(applies) = &self.schema.field(*list).applies
                    && applies.otherwise.rows().is_some_and(<[_]>::is_empty)
                {
                    all.push(Formula::Any(vec![self.applies(applies), none(thing.clone())]));
                }
                // Where no item is there, none of a kind is.
                let whole = Thing::Count { list: *list, of: String::new() };
                if !of.is_empty() && self.variables.number(&whole).is_some() {
                    let some = Formula::Not(Box::new(none(whole)));
                    all.push(Formula::Any(vec![some, none(thing.clone())]));
                }
                Some(Formula::All(all))
            }
            _ => None,
        }
    }

    fn applies(&self, applies: &Applies) -> Formula {
        let case = |case: &Vec<Given>| Formula::All(case.iter().map(|given| self.given(given)).collect());
        Formula::Any(applies.any.iter().map(case).collect())
    }

    fn given(&self, given: &Given) -> Formula {
        let field = self.schema.slot(given.slot);
        let cases: Option<Vec<Formula>> = given.one_of.iter().map(|fact| is(field, fact)).collect();
        cases.map_or(Formula::Const(true), Formula::Any)
    }
}

/// That a field has a value; `None` where that cannot be said.
fn is(field: &Field, fact: &Fact) -> Option<Formula> {
    if !is_value(&field.kind) {
        return None;
    }
    let values = match fact {
        Fact::Bool(value) => Values::Set(1 << u64::from(*value)),
        Fact::Choice(place) => Values::Set(1u64.checked_shl(u32::from(*place))?),
        Fact::Int(number) => Values::Number(Comparison::Equal, *number),
        Fact::Text(text) => Values::Text(Comparison::Equal, text.clone()),
        Fact::Unknown | Fact::List(_) => return None,
    };
    Some(Formula::Has(Thing::Field(field.id), values))
}
