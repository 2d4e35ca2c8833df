//! Which answers are worth trying, and what stands in for an answer that nobody can guess.

use crate::decide::Index;
use crate::edit::Literal;
use crate::fact::{Fact, Row};
use crate::facts::{Facts, Origin};
use crate::schema::{Field, Kind, Place, Schema, Slot, TextFormat};
use crate::source::Span;

/// Stands in for words that somebody would write.
const SOME_TEXT: &str = "some answer";
const SOME_DATE: &str = "2000-01-03";
const SOME_ADDRESS: &str = "https://some.answer/";

/// The answers to a question that are worth trying instead of the one that it has; and whether these are all
/// there are, as far as any rule can tell.
pub(super) fn of(schema: &Schema, index: &Index, facts: &Facts, slot: Slot) -> (Vec<Fact>, bool) {
    let field = schema.slot(slot);
    if let Kind::List { item, columns } = &field.kind {
        return (longer_lists(schema, schema.field(*item), columns.len(), facts.value(slot)), false);
    }
    let current = facts.value(slot);
    let unanswered = !matches!(facts.origin(slot), Origin::Answered { .. });
    let domain = index.domains.of(slot);
    if !domain.is_empty() {
        // What holds as long as nobody is asked is an answer like any other once other answers ask for it.
        let answers = domain.iter().map(|fact| presentable(field, fact));
        return (answers.filter(|fact| unanswered || fact != current).collect(), true);
    }
    // Nobody compares it with anything: all that counts is that it is answered.
    let stand_in = stand_in(field).filter(|_| unanswered);
    let matters = current.is_known();
    (stand_in.into_iter().collect(), !matters)
}

/// Whether an answer stands in for whatever somebody would write.
pub(super) fn is_stand_in(field: &Field, fact: &Fact) -> bool {
    matches!(&field.kind, Kind::Text(_)) && stand_in(field).as_ref() == Some(fact)
}

/// The answer as it would be written, stand-ins included.
pub(super) fn literal(schema: &Schema, field: &Field, fact: &Fact) -> Option<Literal> {
    match (&field.kind, fact) {
        (Kind::List { item, .. }, Fact::List(rows)) => {
            rows.last().map(|row| write(schema, schema.field(*item), row))
        }
        _ => Literal::of(field, fact),
    }
}

fn write(schema: &Schema, field: &Field, row: &Row) -> Literal {
    if let Place::Column(column) = field.place {
        let cell = row.cells.get(column as usize).unwrap_or(&Fact::Unknown);
        return Literal::of(field, cell).unwrap_or(Literal::Text(SOME_TEXT.to_owned()));
    }
    let children = schema.children(field).iter().map(|id| schema.field(*id));
    let written = children.filter(|child| is_written(row, child));
    Literal::Map(written.map(|child| (child.key.clone(), write(schema, child, row))).collect())
}

fn is_written(row: &Row, field: &Field) -> bool {
    match field.place {
        Place::Column(column) => row.cells.get(column as usize).is_some_and(Fact::is_known),
        _ => false,
    }
}

fn presentable(field: &Field, fact: &Fact) -> Fact {
    match (fact, &field.kind) {
        (Fact::Text(text), Kind::Text(_)) if &**text == "\u{1}" => stand_in(field).unwrap_or(Fact::Unknown),
        _ => fact.clone(),
    }
}

fn stand_in(field: &Field) -> Option<Fact> {
    let text = |text: &str| Some(Fact::Text(text.into()));
    match &field.kind {
        Kind::Bool => Some(Fact::Bool(false)),
        Kind::Int { min, max } => Some(Fact::Int(min.or(*max).unwrap_or(0))),
        Kind::Text(TextFormat::Date) => text(SOME_DATE),
        Kind::Text(TextFormat::Uri) => text(SOME_ADDRESS),
        Kind::Text(TextFormat::Plain) => text(SOME_TEXT),
        Kind::Choice(_) => Some(Fact::Choice(0)),
        Kind::Group(_) | Kind::List { .. } => None,
    }
}

/// The list with one item more: one for each choice of the item's first choice field.
fn longer_lists(schema: &Schema, item: &Field, columns: usize, current: &Fact) -> Vec<Fact> {
    let leaves: Vec<&Field> = match item.place {
        Place::Column(_) => vec![item],
        _ => schema.children(item).iter().map(|id| schema.field(*id)).collect(),
    };
    let decisive = leaves.iter().find_map(|field| match (&field.kind, field.place) {
        (Kind::Choice(choices), Place::Column(column)) => Some((column, choices.values.len())),
        _ => None,
    });
    let mut cells = vec![Fact::Unknown; columns];
    for field in leaves.iter().filter(|field| field.required || field.parent.is_none() || leaves.len() == 1) {
        if let Place::Column(column) = field.place
            && let (Some(cell), Some(fact)) = (cells.get_mut(column as usize), stand_in(field))
        {
            *cell = fact;
        }
    }
    let rows = current.rows().unwrap_or_default();
    let longer = |cells: Vec<Fact>| {
        let row = Row { span: Span::at(0), cells };
        Fact::List(rows.iter().cloned().chain([row]).collect())
    };
    let Some((column, choices)) = decisive else { return vec![longer(cells)] };
    let choices = (0u16..).take(choices);
    choices
        .map(|choice| {
            let mut cells = cells.clone();
            cells.get_mut(column as usize).into_iter().for_each(|cell| *cell = Fact::Choice(choice));
            longer(cells)
        })
        .collect()
}
