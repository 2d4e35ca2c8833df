//! Which answers made a condition come out as it did.

use super::words;
use crate::evaluate::{Scope, Truth};
use crate::fact::{Fact, Row};
use crate::facts::{Facts, Origin};
use crate::rules::condition::{Condition, ConditionKind, Quantifier, Subject, SubjectPlace, Term, Test};
use crate::rules::{Body, Rule};
use crate::schema::{Field, FieldId, Schema, Slot};
use crate::source::Span;

/// An answer that made a condition come out as it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The field that was read.
    pub field: FieldId,
    /// Where its value, or the value of the list that it stands in, is stored.
    pub slot: Option<Slot>,
    /// The value as people read it.
    pub value: String,
    /// Name and value: "data sensitivity: Restricted".
    pub words: String,
    /// Where the value comes from.
    pub kind: CauseKind,
    /// Where it stands in the intake.
    pub span: Option<Span>,
}

/// Where a cause comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CauseKind {
    /// Somebody answered.
    Answered,
    /// The schema says what to assume.
    Assumed,
    /// Another answer says that it does not apply.
    NotApplicable,
    /// Nobody answered, or the answer does not count.
    Unanswered,
}

/// The answers that settle a rule, or that it waits for. Parts that could not have changed the outcome are
/// left out: of "a or b" with a true, only a is a cause.
pub fn causes(schema: &Schema, rule: &Rule, facts: &Facts, verdict: Truth) -> Vec<Cause> {
    let mut search = Search { schema, facts, found: vec![] };
    match &rule.body {
        Body::Compiled(condition) => search.condition(Scope::new(schema, facts), condition, verdict, None),
        Body::Interpreted { .. } => {
            for slot in &rule.reads {
                let known = facts.value(*slot).is_known();
                if known == (verdict != Truth::Unsettled) {
                    search.slot(*slot);
                }
            }
        }
    }
    search.found
}

struct Search<'a> {
    schema: &'a Schema,
    facts: &'a Facts,
    found: Vec<Cause>,
}

/// The list item that is being looked at.
type Item<'a> = Option<(&'a Row, Subject)>;

impl<'a> Search<'a> {
    fn condition(&mut self, scope: Scope<'a>, condition: &'a Condition, wanted: Truth, item: Item<'a>) {
        match &condition.kind {
            ConditionKind::Const(_) => {}
            ConditionKind::Not(inner) => self.condition(scope, inner, !wanted, item),
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                for part in parts.iter().filter(|part| scope.holds(part) == wanted) {
                    self.condition(scope, part, wanted, item);
                }
            }
            ConditionKind::If(parts) => {
                let [test, first, second] = &**parts;
                let held = scope.holds(test);
                self.condition(scope, test, held, item);
                for (branch, taken) in [(first, Truth::Yes), (second, Truth::No)] {
                    if (held == taken || held == Truth::Unsettled) && scope.holds(branch) == wanted {
                        self.condition(scope, branch, wanted, item);
                    }
                }
            }
            ConditionKind::Test(test) => self.test(scope, test, wanted, item),
        }
    }

    fn test(&mut self, scope: Scope<'a>, test: &'a Test, wanted: Truth, item: Item<'a>) {
        match test {
            Test::Is { subject, .. } => self.subject(scope, *subject, item),
            Test::Compare { left, right, .. } => {
                self.term(scope, left, item);
                self.term(scope, right, item);
            }
            Test::Text { subject, argument, .. } => {
                self.term(scope, subject, item);
                self.term(scope, argument, item);
            }
            Test::Quantified { quantifier, list, predicate } => {
                let Some(rows) = scope.fact(*list).rows() else { return self.subject(scope, *list, item) };
                let decisive = matches!(
                    (quantifier, wanted),
                    (Quantifier::Some, Truth::Yes) | (Quantifier::All, Truth::No) | (_, Truth::Unsettled)
                );
                if !decisive {
                    return self.whole_list(scope, *list, *quantifier, predicate);
                }
                for row in rows {
                    let inner = Scope { row: Some(row), ..scope };
                    if inner.holds(predicate) == wanted {
                        let before = self.found.len();
                        self.condition(inner, predicate, wanted, Some((row, *list)));
                        if self.found.len() == before {
                            self.item(*list, row);
                        }
                    }
                }
            }
        }
    }

    fn term(&mut self, scope: Scope<'a>, term: &'a Term, item: Item<'a>) {
        match term {
            Term::Count { list, .. } => {
                let field = self.schema.field(list.field);
                let fact = scope.fact(*list);
                self.push(field, list.place, words::value(field, fact), item);
            }
            term => {
                let mut read = vec![];
                term.reads(&mut |subject| read.push(subject));
                for subject in read {
                    self.subject(scope, subject, item);
                }
            }
        }
    }

    fn subject(&mut self, scope: Scope<'a>, subject: Subject, item: Item<'a>) {
        let field = self.schema.field(subject.field);
        let value = words::value(field, scope.fact(subject));
        self.push(field, subject.place, value, item);
    }

    fn slot(&mut self, slot: Slot) {
        let field = self.schema.slot(slot);
        let value = words::value(field, self.facts.value(slot));
        self.push(field, SubjectPlace::Slot(slot), value, None);
    }

    fn push(&mut self, field: &Field, place: SubjectPlace, value: String, item: Item<'a>) {
        let name = words::title(field);
        let (slot, kind, span, words) = match (place, item) {
            (SubjectPlace::Slot(slot), _) => {
                let (kind, span) = origin(self.facts.origin(slot));
                (Some(slot), kind, span, format!("{name}: {value}"))
            }
            (SubjectPlace::Column(_), Some((row, list))) => {
                let slot = match list.place {
                    SubjectPlace::Slot(slot) => Some(slot),
                    SubjectPlace::Column(_) => None,
                };
                let kind = if value == words::value(field, &Fact::Unknown) {
                    CauseKind::Unanswered
                } else {
                    CauseKind::Answered
                };
                let list = words::title(self.schema.field(list.field));
                (slot, kind, Some(row.span), format!("an item of {list} has {name}: {value}"))
            }
            (SubjectPlace::Column(_), None) => return,
        };
        let cause = Cause { field: field.id, slot, value, words, kind, span };
        if !self.found.contains(&cause) {
            self.found.push(cause);
        }
    }

    fn item(&mut self, list: Subject, row: &Row) {
        let SubjectPlace::Slot(slot) = list.place else { return };
        let field = self.schema.field(list.field);
        let words = format!("{} has an item", words::title(field));
        let cause = Cause {
            field: field.id,
            slot: Some(slot),
            value: "an item".to_owned(),
            words,
            kind: CauseKind::Answered,
            span: Some(row.span),
        };
        self.found.push(cause);
    }

    /// No item did, or every item did: the list as a whole is the cause.
    fn whole_list(&mut self, scope: Scope<'a>, list: Subject, quantifier: Quantifier, predicate: &Condition) {
        let SubjectPlace::Slot(slot) = list.place else { return };
        let field = self.schema.field(list.field);
        let (kind, span) = origin(self.facts.origin(slot));
        let value = words::value(field, scope.fact(list));
        let asked = words::condition(self.schema, predicate);
        let words = match (quantifier, &predicate.kind) {
            (_, ConditionKind::Const(_)) => format!("{}: {value}", words::title(field)),
            (Quantifier::Some, _) => format!("{} has no item with {asked}", words::title(field)),
            (Quantifier::All, _) => format!("every item of {} has {asked}", words::title(field)),
        };
        let cause = Cause { field: field.id, slot: Some(slot), value, words, kind, span };
        if !self.found.contains(&cause) {
            self.found.push(cause);
        }
    }
}

/// Where a fact comes from, as a cause has it.
pub(crate) fn origin(origin: Origin) -> (CauseKind, Option<Span>) {
    match origin {
        Origin::Answered { key, value } => {
            (CauseKind::Answered, Some(if value.is_empty() { key } else { value }))
        }
        Origin::Void { value } => (CauseKind::Unanswered, Some(value)),
        Origin::Assumed => (CauseKind::Assumed, None),
        Origin::NotApplicable => (CauseKind::NotApplicable, None),
        Origin::Unanswered => (CauseKind::Unanswered, None),
    }
}
