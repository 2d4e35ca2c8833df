//! Conditions as data: a small three-valued expression tree over the facts of an intake.
//!
//! A condition is what a rule's closure means, with every helper inlined and every name resolved. Each part
//! knows where it was written, so that an explanation can point at it.

use crate::schema::{FieldId, Slot};
use crate::source::Span;
use std::sync::Arc;

/// Where a part of a condition was written: a helper may stand in another topic than the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct At {
    /// Which topic of the pack.
    pub topic: u16,
    /// Where in it.
    pub span: Span,
}

/// Something that is so, is not so, or is unsettled.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// Where it was written.
    pub at: At,
}

/// What a condition says.
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// Always or never.
    Const(bool),
    /// The opposite.
    Not(Box<Condition>),
    /// All of them.
    And(Vec<Condition>),
    /// One of them.
    Or(Vec<Condition>),
    /// The second where the first holds, else the third.
    If(Box<[Condition; 3]>),
    /// A test of facts.
    Test(Test),
}

/// A test of facts that is not built from other conditions about the same thing.
#[derive(Debug, Clone)]
pub enum Test {
    /// A yes/no field or a choice is one of these: bit *n* stands for choice *n*; for yes/no, bit 0 is no.
    Is {
        /// The field.
        subject: Subject,
        /// The values that will do.
        set: u64,
    },
    /// Two numbers or two texts compare so.
    Compare {
        /// How.
        how: Comparison,
        /// The left side.
        left: Term,
        /// The right side.
        right: Term,
    },
    /// A text contains, starts with or ends with another.
    Text {
        /// How.
        how: TextTest,
        /// The text that is looked at.
        subject: Term,
        /// The text that is looked for.
        argument: Term,
    },
    /// One item of a list satisfies the condition, or all do.
    Quantified {
        /// One or all.
        quantifier: Quantifier,
        /// The list.
        list: Subject,
        /// What is asked of each item; the columns that it reads are the item's.
        predicate: Box<Condition>,
    },
}

/// One or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// At least one item; none in an empty list.
    Some,
    /// Every item; so too in an empty list.
    All,
}

/// A field that is read: of the intake, or of the list item at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    /// Which field.
    pub field: FieldId,
    /// Where its value is.
    pub place: SubjectPlace,
}

/// Where a read field's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectPlace {
    /// In a slot of the facts.
    Slot(Slot),
    /// In a column of the item at hand.
    Column(u16),
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// From the operator as it is written.
    pub fn from_operator(operator: &str) -> Option<Self> {
        Some(match operator {
            "==" => Self::Equal,
            "!=" => Self::NotEqual,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    /// The operator as it is written.
    pub fn operator(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// With its sides exchanged.
    #[must_use]
    pub fn flip(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    /// Whether it needs an order.
    pub fn needs_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }

    /// Whether two values with this order satisfy it.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// How a text is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// `contains`
    Contains,
    /// `starts_with`
    StartsWith,
    /// `ends_with`
    EndsWith,
}

/// A number or a text.
#[derive(Debug, Clone)]
pub enum Term {
    /// A number that is written in the rule.
    Int(i64),
    /// A text that is written in the rule.
    Text(Arc<str>),
    /// A field's value; a choice reads as its text.
    Field(Subject),
    /// A choice's place in its order.
    Rank(Subject),
    /// How many characters a text has.
    Length(Box<Term>),
    /// A text in lower or upper case.
    Case {
        /// Upper case.
        upper: bool,
        /// The text.
        text: Box<Term>,
    },
    /// How many items of a list satisfy the condition; all of them where there is none.
    Count {
        /// The list.
        list: Subject,
        /// What is asked of each item.
        predicate: Option<Box<Condition>>,
    },
    /// A sum and the like; overflow and division by zero have no value.
    Arithmetic {
        /// How.
        how: Arithmetic,
        /// The left side.
        left: Box<Term>,
        /// The right side.
        right: Box<Term>,
    },
    /// The first where the condition holds, else the second.
    If(Box<Condition>, Box<[Term; 2]>),
}

/// How two numbers combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Arithmetic {
    /// From the operator as it is written.
    pub fn from_operator(operator: &str) -> Option<Self> {
        Some(match operator {
            "+" => Self::Add,
            "-" => Self::Subtract,
            "*" => Self::Multiply,
            "/" => Self::Divide,
            "%" => Self::Remainder,
            _ => return None,
        })
    }

    /// The result; `None` where Rhai would fail.
    pub fn of(self, left: i64, right: i64) -> Option<i64> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
            Self::Remainder => left.checked_rem(right),
        }
    }
}

/// How large a tree is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub parts: usize,
    pub depth: usize,
}

impl Size {
    pub(crate) const ONE: Self = Self { parts: 1, depth: 1 };

    /// With another tree below.
    #[must_use]
    pub(crate) fn with(self, below: Self) -> Self {
        Self { parts: self.parts.saturating_add(below.parts), depth: self.depth.max(below.depth + 1) }
    }
}

impl Condition {
    /// How large it is.
    pub(crate) fn size(&self) -> Size {
        match &self.kind {
            ConditionKind::Const(_) => Size::ONE,
            ConditionKind::Not(inner) => Size::ONE.with(inner.size()),
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                parts.iter().fold(Size::ONE, |size, part| size.with(part.size()))
            }
            ConditionKind::If(parts) => parts.iter().fold(Size::ONE, |size, part| size.with(part.size())),
            ConditionKind::Test(test) => match test {
                Test::Is { .. } => Size::ONE,
                Test::Compare { left, right, .. } | Test::Text { subject: left, argument: right, .. } => {
                    Size::ONE.with(left.size()).with(right.size())
                }
                Test::Quantified { predicate, .. } => Size::ONE.with(predicate.size()),
            },
        }
    }

    /// Forgets where it was written, all the way down.
    pub(crate) fn erase_places(&mut self) {
        self.at = At::default();
        match &mut self.kind {
            ConditionKind::Const(_) => {}
            ConditionKind::Not(inner) => inner.erase_places(),
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                parts.iter_mut().for_each(Self::erase_places);
            }
            ConditionKind::If(parts) => parts.iter_mut().for_each(Self::erase_places),
            ConditionKind::Test(test) => test.erase_places(),
        }
    }

    /// Calls `visit` for each field that this reads, in the order in which it is written. What is asked of
    /// list items counts as reading the list and the item's fields.
    pub fn reads(&self, visit: &mut dyn FnMut(Subject)) {
        match &self.kind {
            ConditionKind::Const(_) => {}
            ConditionKind::Not(inner) => inner.reads(visit),
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                parts.iter().for_each(|part| part.reads(visit));
            }
            ConditionKind::If(parts) => parts.iter().for_each(|part| part.reads(visit)),
            ConditionKind::Test(test) => test.reads(visit),
        }
    }
}

impl Test {
    /// As [`Condition::erase_places`].
    pub(crate) fn erase_places(&mut self) {
        match self {
            Self::Is { .. } => {}
            Self::Compare { left, right, .. } | Self::Text { subject: left, argument: right, .. } => {
                left.erase_places();
                right.erase_places();
            }
            Self::Quantified { predicate, .. } => predicate.erase_places(),
        }
    }

    /// As [`Condition::reads`].
    pub fn reads(&self, visit: &mut dyn FnMut(Subject)) {
        match self {
            Self::Is { subject, .. } => visit(*subject),
            Self::Compare { left, right, .. } => {
                left.reads(visit);
                right.reads(visit);
            }
            Self::Text { subject, argument, .. } => {
                subject.reads(visit);
                argument.reads(visit);
            }
            Self::Quantified { list, predicate, .. } => {
                visit(*list);
                predicate.reads(visit);
            }
        }
    }
}

impl Term {
    /// As [`Condition::size`].
    pub(crate) fn size(&self) -> Size {
        match self {
            Self::Int(_) | Self::Text(_) | Self::Field(_) | Self::Rank(_) => Size::ONE,
            Self::Length(term) | Self::Case { text: term, .. } => Size::ONE.with(term.size()),
            Self::Count { predicate, .. } => {
                predicate.iter().fold(Size::ONE, |size, predicate| size.with(predicate.size()))
            }
            Self::Arithmetic { left, right, .. } => Size::ONE.with(left.size()).with(right.size()),
            Self::If(condition, arms) => {
                arms.iter().fold(Size::ONE.with(condition.size()), |size, arm| size.with(arm.size()))
            }
        }
    }

    /// As [`Condition::erase_places`].
    pub(crate) fn erase_places(&mut self) {
        match self {
            Self::Int(_) | Self::Text(_) | Self::Field(_) | Self::Rank(_) => {}
            Self::Length(term) | Self::Case { text: term, .. } => term.erase_places(),
            Self::Count { predicate, .. } => {
                predicate.iter_mut().for_each(|predicate| predicate.erase_places());
            }
            Self::Arithmetic { left, right, .. } => {
                left.erase_places();
                right.erase_places();
            }
            Self::If(condition, arms) => {
                condition.erase_places();
                arms.iter_mut().for_each(Self::erase_places);
            }
        }
    }

    /// As [`Condition::reads`].
    pub fn reads(&self, visit: &mut dyn FnMut(Subject)) {
        match self {
            Self::Int(_) | Self::Text(_) => {}
            Self::Field(subject) | Self::Rank(subject) => visit(*subject),
            Self::Length(term) | Self::Case { text: term, .. } => term.reads(visit),
            Self::Count { list, predicate } => {
                visit(*list);
                if let Some(predicate) = predicate {
                    predicate.reads(visit);
                }
            }
            Self::Arithmetic { left, right, .. } => {
                left.reads(visit);
                right.reads(visit);
            }
            Self::If(condition, arms) => {
                condition.reads(visit);
                arms.iter().for_each(|arm| arm.reads(visit));
            }
        }
    }
}
