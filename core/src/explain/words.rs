//! A condition in plain words, built from the schema's titles: "exposed to the internet: yes, and data
//! sensitivity: Confidential or higher". A title may be a phrase, so what is said of it follows a colon.

use crate::fact::Fact;
use crate::rules::condition::{
    Arithmetic, Comparison, Condition, ConditionKind, Quantifier, Subject, Term, Test, TextTest,
};
use crate::schema::{Applies, Field, Kind, Schema};

/// A whole condition, as one could say it.
pub fn condition(schema: &Schema, condition: &Condition) -> String {
    say(schema, condition, true, Join::None)
}

/// A part of a condition, or its opposite, as one could say it.
pub fn part(schema: &Schema, condition: &Condition, holds: bool) -> String {
    say(schema, condition, holds, Join::None)
}

/// What stands around a part: "a and b" inside "or" needs brackets.
#[derive(Clone, Copy, PartialEq)]
enum Join {
    None,
    And,
    Or,
}

fn say(schema: &Schema, condition: &Condition, holds: bool, around: Join) -> String {
    match (&condition.kind, holds) {
        (ConditionKind::Const(value), holds) => if *value == holds { "always" } else { "never" }.to_owned(),
        (ConditionKind::Not(inner), holds) => say(schema, inner, !holds, around),
        (ConditionKind::And(parts), true) | (ConditionKind::Or(parts), false) => {
            join(schema, parts, holds, Join::And, around)
        }
        (ConditionKind::Or(parts), true) | (ConditionKind::And(parts), false) => {
            join(schema, parts, holds, Join::Or, around)
        }
        (ConditionKind::If(parts), holds) => {
            let [test, first, second] = &**parts;
            let [test, first, second] = [
                say(schema, test, true, Join::None),
                say(schema, first, holds, Join::And),
                say(schema, second, holds, Join::And),
            ];
            bracket(format!("{first} if {test}, otherwise {second}"), around != Join::None)
        }
        (ConditionKind::Test(inner), holds) => test(schema, inner, holds),
    }
}

fn join(schema: &Schema, parts: &[Condition], holds: bool, kind: Join, around: Join) -> String {
    let said: Vec<String> = parts.iter().map(|part| say(schema, part, holds, kind)).collect();
    let word = if kind == Join::And { ", and " } else { ", or " };
    match said.as_slice() {
        [] => if kind == Join::And { "always" } else { "never" }.to_owned(),
        [only] => only.clone(),
        _ => bracket(said.join(word), around != Join::None && around != kind),
    }
}

fn bracket(text: String, needed: bool) -> String {
    if needed { format!("({text})") } else { text }
}

fn test(schema: &Schema, test: &Test, holds: bool) -> String {
    match test {
        Test::Is { subject, set } => {
            let field = schema.field(subject.field);
            format!("{}: {}", title(field), is(field, *set, holds))
        }
        Test::Compare { how, left, right } => {
            let how = if holds { *how } else { opposite(*how) };
            match (is_field(left), is_field(right)) {
                (Some(field), None) => {
                    format!("{}: {}", title(schema.field(field)), compared(schema, how, right))
                }
                (None, Some(field)) => {
                    format!("{}: {}", title(schema.field(field)), compared(schema, how.flip(), left))
                }
                _ => {
                    let word = match how {
                        Comparison::Equal => "is",
                        Comparison::NotEqual => "is not",
                        Comparison::Less => "is less than",
                        Comparison::LessOrEqual => "is at most",
                        Comparison::Greater => "is more than",
                        Comparison::GreaterOrEqual => "is at least",
                    };
                    format!("{} {word} {}", term(schema, left), term(schema, right))
                }
            }
        }
        Test::Text { how, subject, argument } => {
            let word = match (how, holds) {
                (TextTest::Contains, true) => "contains",
                (TextTest::Contains, false) => "does not contain",
                (TextTest::StartsWith, true) => "starts with",
                (TextTest::StartsWith, false) => "does not start with",
                (TextTest::EndsWith, true) => "ends with",
                (TextTest::EndsWith, false) => "does not end with",
            };
            format!("{} {word} {}", term(schema, subject), term(schema, argument))
        }
        Test::Quantified { quantifier, list, predicate } => {
            let list = title(schema.field(list.field));
            if let ConditionKind::Const(true) = predicate.kind {
                return match (quantifier, holds) {
                    (Quantifier::Some, true) => format!("{list} has an item"),
                    (Quantifier::Some, false) => format!("{list} is empty"),
                    (Quantifier::All, _) => "always".to_owned(),
                };
            }
            let asked = say(schema, predicate, true, Join::None);
            match (quantifier, holds) {
                (Quantifier::Some, true) => format!("{list} has an item with {asked}"),
                (Quantifier::Some, false) => format!("{list} has no item with {asked}"),
                (Quantifier::All, true) => format!("every item of {list} has {asked}"),
                (Quantifier::All, false) => {
                    format!("{list} has an item with {}", say(schema, predicate, false, Join::None))
                }
            }
        }
    }
}

fn opposite(how: Comparison) -> Comparison {
    match how {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

/// The field that a term is, if it is one.
fn is_field(term: &Term) -> Option<crate::schema::FieldId> {
    match term {
        Term::Field(subject) | Term::Rank(subject) => Some(subject.field),
        _ => None,
    }
}

/// "more than 2", "not “x”".
fn compared(schema: &Schema, how: Comparison, with: &Term) -> String {
    let with = term(schema, with);
    match how {
        Comparison::Equal => with,
        Comparison::NotEqual => format!("not {with}"),
        Comparison::Less => format!("less than {with}"),
        Comparison::LessOrEqual => format!("at most {with}"),
        Comparison::Greater => format!("more than {with}"),
        Comparison::GreaterOrEqual => format!("at least {with}"),
    }
}

/// When a field is asked: "identity or access changes: yes".
pub fn applies(schema: &Schema, applies: &Applies) -> String {
    let case = |case: &Vec<crate::schema::Given>| {
        let given = case.iter().map(|given| {
            let field = schema.slot(given.slot);
            let values: Vec<String> = given.one_of.iter().map(|fact| value(field, fact)).collect();
            format!("{}: {}", title(field), values.join(" or "))
        });
        given.collect::<Vec<_>>().join(", and ")
    };
    applies.any.iter().map(case).collect::<Vec<_>>().join(", or ")
}

/// "Restricted", "Confidential or higher", "not None".
fn is(field: &Field, set: u64, holds: bool) -> String {
    let Kind::Choice(choices) = &field.kind else {
        return if (set & 0b10 != 0) == holds { "yes" } else { "no" }.to_owned();
    };
    let count = choices.values.len();
    let all = if count >= 64 { u64::MAX } else { (1 << count) - 1 };
    let set = if holds { set & all } else { all & !set };
    let of = |wanted: u64| -> Vec<&str> {
        let titles = choices.values.iter().enumerate().filter(|(index, _)| wanted >> index & 1 == 1);
        titles.map(|(_, choice)| choice.title.as_str()).collect()
    };
    let inside = of(set);
    let outside = of(all & !set);
    match (inside.as_slice(), outside.as_slice()) {
        ([], _) => "none of its choices".to_owned(),
        (_, []) => "anything".to_owned(),
        ([only], _) => (*only).to_owned(),
        (_, [other]) if !choices.ordered || (set & 1 == 1 && set >> (count - 1) & 1 == 1) => {
            format!("not {other}")
        }
        ([first, ..], _)
            if choices.ordered
                && set.trailing_zeros() + set.count_ones() == u32::try_from(count).unwrap_or(u32::MAX) =>
        {
            format!("{first} or higher")
        }
        ([.., last], _) if choices.ordered && set.trailing_ones() == set.count_ones() => {
            format!("{last} or lower")
        }
        ([init @ .., last], _) => format!("{} or {last}", init.join(", ")),
    }
}

fn term(schema: &Schema, value: &Term) -> String {
    match value {
        Term::Int(number) => number.to_string(),
        Term::Text(text) => format!("“{text}”"),
        Term::Field(Subject { field, .. }) => title(schema.field(*field)),
        Term::Rank(Subject { field, .. }) => title(schema.field(*field)),
        Term::Length(text) => format!("the length of {}", term(schema, text)),
        Term::Case { upper, text } => {
            format!("{} in {} case", term(schema, text), if *upper { "upper" } else { "lower" })
        }
        Term::Count { list, predicate: None } => {
            format!("the number of items of {}", title(schema.field(list.field)))
        }
        Term::Count { list, predicate: Some(predicate) } => {
            let asked = say(schema, predicate, true, Join::None);
            format!("the number of items of {} with {asked}", title(schema.field(list.field)))
        }
        Term::Arithmetic { how, left, right } => {
            let sign = match how {
                Arithmetic::Add => "+",
                Arithmetic::Subtract => "−",
                Arithmetic::Multiply => "×",
                Arithmetic::Divide => "÷",
                Arithmetic::Remainder => "mod",
            };
            format!("{} {sign} {}", term(schema, left), term(schema, right))
        }
        Term::If(test, arms) => {
            let [first, second] = &**arms;
            let test = say(schema, test, true, Join::None);
            format!("{} if {test}, otherwise {}", term(schema, first), term(schema, second))
        }
    }
}

/// A field's name in the middle of a sentence.
pub fn title(field: &Field) -> String {
    let title = &field.title;
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        // "Internet exposure" reads better as "internet exposure"; "IAM" does not.
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.clone(),
    }
}

/// A value as people read it: `yes`, `Restricted`, `3`.
pub fn value(field: &Field, fact: &Fact) -> String {
    match (fact, &field.kind) {
        (Fact::Unknown, _) => "not answered".to_owned(),
        (Fact::Bool(true), _) => "yes".to_owned(),
        (Fact::Bool(false), _) => "no".to_owned(),
        (Fact::Choice(index), Kind::Choice(choices)) => {
            choices.values.get(*index as usize).map_or_else(String::new, |choice| choice.title.clone())
        }
        _ => field.write(fact),
    }
}
