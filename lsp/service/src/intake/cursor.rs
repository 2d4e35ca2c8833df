//! Where a cursor is: which key or which value could be written there. Works on text that does not parse.

use super::brackets;
use super::skeleton::{Inside, Level, LevelKind, Line, Skeleton, Step, bare_key};
use crate::answer::Span;
use remit_core::document::Format;

/// What could be written at a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// A key of a mapping; where the path leads to a list, an item of it.
    Key(KeyPlace),
    /// A value.
    Value(ValuePlace),
    /// Nothing that the schema knows of: a comment, a text over several lines.
    Nowhere,
}

/// A place for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyPlace {
    /// The mapping.
    pub(crate) parent: Vec<Step>,
    /// Keys that stand in it already.
    pub(crate) taken: Vec<String>,
    /// What is typed of the key, with quotes.
    pub(crate) word: Span,
    /// A colon follows: only the key is wanted.
    pub(crate) colon: bool,
    /// How it is written.
    pub(crate) form: Form,
}

/// A place for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValuePlace {
    /// The path to it.
    pub(crate) path: Vec<Step>,
    /// What is typed of it, with quotes.
    pub(crate) word: Span,
    /// A blank has to be written before it.
    pub(crate) blank: bool,
    /// How it is written.
    pub(crate) form: Form,
}

/// How something is written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// On lines.
    Lines {
        /// The column in which keys stand.
        column: usize,
        /// White space before the cursor that has to become that column.
        indent: Option<Span>,
    },
    /// In brackets.
    Brackets {
        /// It is JSON: keys and texts want double quotes.
        json: bool,
        /// A comma is missing at this offset.
        comma_before: Option<usize>,
        /// Another entry follows, so a comma is wanted behind.
        comma_after: bool,
    },
}

/// Where an offset is.
pub(crate) fn find(text: &str, format: Format, offset: usize) -> Cursor {
    let offset = text.floor_char_boundary(offset);
    match format {
        Format::Json => match text.find(['{', '[']) {
            Some(start) if start < offset => brackets::find(text, start, &[], offset, true),
            _ => Cursor::Nowhere,
        },
        Format::Yaml => in_lines(text, offset),
    }
}

fn in_lines(text: &str, offset: usize) -> Cursor {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(offset..).and_then(|after| after.find('\n')).map_or(text.len(), |at| offset + at);
    let line = Line::new(start, text.get(start..end).unwrap_or_default());
    let mut skeleton = Skeleton::before(text, offset);
    let inside =
        skeleton.goes_on(&line) && !(line.rest.is_empty() && offset - start <= open_column(&skeleton.inside));
    if inside {
        return match &skeleton.inside {
            Inside::Brackets { start, path, .. } => brackets::find(text, *start, path, offset, false),
            _ => Cursor::Nowhere,
        };
    }
    skeleton.dashes(&line);
    let typed = text.get(line.rest_start()..offset).unwrap_or_default();
    let after_dash = !line.dashes.is_empty();
    if offset < line.rest_start() {
        return if line.rest.is_empty() {
            blank_line(text, &skeleton, start, offset)
        } else {
            Cursor::Nowhere
        };
    }
    if typed.starts_with('#') || typed.contains(" #") || typed.contains("\t#") {
        return Cursor::Nowhere;
    }
    if let Some((written, colon)) = line.key() {
        let colon_at = line.rest_start() + colon;
        if offset > colon_at {
            return value(text, &skeleton, &line, written, colon, offset);
        }
        let word = Span::new(line.rest_start(), line.rest_start() + written.len());
        return key(text, &skeleton, &line, word, true, offset);
    }
    if line.rest.starts_with(['{', '[']) && after_dash && offset > line.rest_start() {
        let path = skeleton.item_path().unwrap_or_default();
        return brackets::find(text, line.rest_start(), &path, offset, false);
    }
    if line.rest.is_empty() && !after_dash {
        return blank_line(text, &skeleton, start, offset);
    }
    // A word that may become a key, or the value of an item.
    if typed.contains([' ', '\t']) {
        return Cursor::Nowhere;
    }
    let word_end = line.rest.find([' ', '\t', ':']).unwrap_or(line.rest.len());
    let word = Span::new(line.rest_start(), line.rest_start() + word_end);
    if line
        .rest
        .get(word_end..)
        .is_some_and(|rest| !rest.trim().is_empty() && !rest.trim_start().starts_with(['#', ':']))
    {
        return Cursor::Nowhere;
    }
    key(text, &skeleton, &line, word, false, offset)
}

fn open_column(inside: &Inside) -> usize {
    match inside {
        Inside::Text { column } | Inside::Quote { column, .. } | Inside::Brackets { column, .. } => *column,
        Inside::Nothing => 0,
    }
}

/// Keys of the whole text that stand in a mapping, those under the cursor apart.
fn taken(text: &str, parent: &[Step], offset: usize) -> Vec<String> {
    let lines = Skeleton::whole(text).lines;
    let in_it = lines.iter().filter(|line| {
        let under = line.key.start as usize <= offset && offset <= line.key.end as usize;
        !under && line.path.split_last().is_some_and(|(_, rest)| rest == parent)
    });
    let keys = in_it.filter_map(|line| match line.path.last() {
        Some(Step::Key(key)) => Some(key.clone()),
        _ => None,
    });
    keys.collect()
}

fn key(text: &str, skeleton: &Skeleton, line: &Line<'_>, word: Span, colon: bool, offset: usize) -> Cursor {
    if offset > word.end as usize {
        return Cursor::Nowhere;
    }
    let (parent, column) = if line.dashes.is_empty() {
        home(text, skeleton, line.column, line.start)
    } else {
        (skeleton.item_path().unwrap_or_default(), line.column)
    };
    let wrong = line.dashes.is_empty() && column != line.column;
    let indent = wrong.then(|| Span::new(line.start, line.rest_start()));
    let taken = taken(text, &parent, offset);
    Cursor::Key(KeyPlace { parent, taken, word, colon, form: Form::Lines { column, indent } })
}

fn blank_line(text: &str, skeleton: &Skeleton, start: usize, offset: usize) -> Cursor {
    let (parent, column) = home(text, skeleton, offset - start, start);
    let indent = (column != offset - start).then(|| Span::new(start, offset));
    let taken = taken(text, &parent, offset);
    let word = Span::new(offset, offset);
    Cursor::Key(KeyPlace { parent, taken, word, colon: false, form: Form::Lines { column, indent } })
}

/// The mapping that a key in a column belongs to, and the column in which its keys stand.
fn home(text: &str, skeleton: &Skeleton, column: usize, start: usize) -> (Vec<Step>, usize) {
    if let Some(Level { column: own, path, kind: LevelKind::Map { key, empty: true } }) =
        skeleton.levels.last()
    {
        let below: Vec<Step> = path.iter().cloned().chain([Step::Key(key.clone())]).collect();
        let next = next_column(text, start).filter(|next| next > own);
        if let Some(next) = next {
            return (below, next);
        }
        if column > *own {
            return (below, column);
        }
    }
    let maps = || skeleton.levels.iter().filter(|level| matches!(level.kind, LevelKind::Map { .. }));
    let in_list = skeleton.levels.iter().rev().find(|level| level.column <= column);
    if let Some(Level { column: dash, path, kind: LevelKind::List { .. } }) = in_list
        && !maps().any(|level| level.column == *dash)
    {
        return (path.clone(), *dash);
    }
    let level = maps().rev().find(|level| level.column <= column).or_else(|| maps().next());
    level.map_or((vec![], 0), |level| (level.path.clone(), level.column))
}

/// The column of the first thing after the line that starts at an offset.
fn next_column(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let after = rest.find('\n').map(|at| start + at + 1)?;
    let mut lines = text.get(after..)?.lines().map(|line| Line::new(0, line));
    lines
        .find(|line| !line.is_blank())
        .filter(|line| line.key().is_some() || !line.dashes.is_empty())
        .map(|line| line.first_column())
}

fn value(
    text: &str,
    skeleton: &Skeleton,
    line: &Line<'_>,
    written: &str,
    colon: usize,
    offset: usize,
) -> Cursor {
    let parent = if line.dashes.is_empty() {
        home_of_key(skeleton, line.column)
    } else {
        skeleton.item_path().unwrap_or_default()
    };
    let path: Vec<Step> = parent.into_iter().chain([Step::Key(bare_key(written).to_owned())]).collect();
    let span = line.value(colon);
    let value = text.get(span.range()).unwrap_or_default();
    let colon_at = line.rest_start() + colon;
    let form = Form::Lines { column: line.column, indent: None };
    if value.is_empty() {
        // Behind a comment there is no place for a value.
        let between = text.get(colon_at + 1..offset).unwrap_or_default();
        if between.contains('#') {
            return Cursor::Nowhere;
        }
        let blank = between.is_empty();
        return Cursor::Value(ValuePlace { path, word: Span::new(offset, offset), blank, form });
    }
    if offset < span.start as usize {
        let word = Span::new(offset, offset);
        return if offset == colon_at + 1 {
            Cursor::Nowhere
        } else {
            Cursor::Value(ValuePlace { path, word, blank: false, form })
        };
    }
    if value.starts_with(['{', '[']) && offset > span.start as usize {
        return brackets::find(text, span.start as usize, &path, offset, false);
    }
    if offset > span.end as usize || value.starts_with(['|', '>', '&', '*', '!']) {
        return Cursor::Nowhere;
    }
    Cursor::Value(ValuePlace { path, word: span, blank: false, form })
}

/// The mapping of a key that is there already.
fn home_of_key(skeleton: &Skeleton, column: usize) -> Vec<Step> {
    for level in skeleton.levels.iter().rev() {
        match &level.kind {
            LevelKind::Map { .. } if level.column == column => return level.path.clone(),
            LevelKind::Map { key, .. } if level.column < column => {
                return level.path.iter().cloned().chain([Step::Key(key.clone())]).collect();
            }
            _ => {}
        }
    }
    vec![]
}
