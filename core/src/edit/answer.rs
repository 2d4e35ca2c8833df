//! From what a person typed to an answer.

use super::literal::Literal;
use crate::calendar;
use crate::placeholder;
use crate::schema::{Choices, Field, Kind, TextFormat};
use crate::suggest;

/// The answer to a field that a person typed, or why it is none: `y` for yes, a choice by its value, title or
/// number in the list. Lists have no answer that fits on a line.
pub fn read(field: &Field, typed: &str) -> Result<Literal, String> {
    let typed = typed.trim();
    match &field.kind {
        Kind::Bool => yes_or_no(typed),
        Kind::Int { min, max } => number(typed, *min, *max),
        Kind::Choice(choices) => choice(choices, typed),
        Kind::Text(_) if typed.is_empty() => Err("an empty text answers nothing".to_owned()),
        Kind::Text(TextFormat::Date) => match calendar::date(typed) {
            Some(date) => Ok(Literal::Text(date.to_string())),
            None => Err(format!("`{typed}` is no date; write one such as `2026-11-20`")),
        },
        Kind::Text(_) if placeholder::is_text(typed) => {
            Err(format!("`{typed}` is a placeholder, and would count as not answered"))
        }
        Kind::Text(TextFormat::Uri) => Ok(Literal::Text(typed.to_owned())),
        Kind::Text(TextFormat::Plain) => Ok(Literal::Text(typed.to_owned())),
        Kind::List { .. } => Err("this is a list; add its items in the file".to_owned()),
        Kind::Group(_) => Err("this is a group of questions".to_owned()),
    }
}

fn yes_or_no(typed: &str) -> Result<Literal, String> {
    match typed.to_lowercase().as_str() {
        "y" | "yes" | "true" => Ok(Literal::Bool(true)),
        "n" | "no" | "false" => Ok(Literal::Bool(false)),
        _ => match suggest::nearest(typed, ["yes", "no", "true", "false"]) {
            Some(meant) => Err(format!("`{typed}` is neither yes nor no; did you mean `{meant}`?")),
            None => Err(format!("`{typed}` is neither yes nor no")),
        },
    }
}

fn number(typed: &str, min: Option<i64>, max: Option<i64>) -> Result<Literal, String> {
    let Ok(number) = typed.parse::<i64>() else { return Err(format!("`{typed}` is no whole number")) };
    match (min, max) {
        (Some(min), _) if number < min => Err(format!("`{number}` is too small: {min} is the least")),
        (_, Some(max)) if number > max => Err(format!("`{number}` is too large: {max} is the most")),
        _ => Ok(Literal::Int(number)),
    }
}

fn choice(choices: &Choices, typed: &str) -> Result<Literal, String> {
    let fold = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let wanted = fold(typed);
    let exact =
        choices.values.iter().find(|choice| fold(&choice.value) == wanted || fold(&choice.title) == wanted);
    let numbered = || typed.parse::<usize>().ok()?.checked_sub(1).and_then(|at| choices.values.get(at));
    let begun = || {
        let mut fitting = choices.values.iter().filter(|choice| {
            fold(&choice.value).starts_with(&wanted) || fold(&choice.title).starts_with(&wanted)
        });
        fitting.next().filter(|_| !wanted.is_empty() && fitting.next().is_none())
    };
    match exact.or_else(numbered).or_else(begun) {
        Some(choice) => Ok(Literal::Text(choice.value.clone())),
        None => match suggest::nearest(typed, choices.names()) {
            Some(meant) => Err(format!("`{typed}` is none of the choices; did you mean `{meant}`?")),
            None => Err(format!("`{typed}` is none of the choices: {}", suggest::list_of(choices.names()))),
        },
    }
}
