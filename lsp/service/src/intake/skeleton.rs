//! The skeleton of YAML text: which key stands on which line, by indentation alone.
//!
//! It never fails, and what is broken on one line does no harm on others; so it tells where a cursor is in
//! text that no parser would accept. It reads keys and knows no values.

use crate::answer::Span;

/// One step from an intake to a place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Into a mapping.
    Key(String),
    /// Into a list.
    Item(usize),
}

/// A path as the schema writes it: `links[].kind`.
pub(crate) fn schema_path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) if path.is_empty() => path.push_str(key),
            Step::Key(key) => {
                path.push('.');
                path.push_str(key);
            }
            Step::Item(_) => path.push_str("[]"),
        }
    }
    path
}

/// A line with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyLine {
    /// The path to the key, itself included.
    pub(crate) path: Vec<Step>,
    /// The key.
    pub(crate) key: Span,
    /// What stands behind its colon on the line, without a comment; empty where nothing does.
    pub(crate) value: Span,
}

/// What is open at a line: a mapping whose keys stand in a column, or a list whose dashes do.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub(crate) column: usize,
    pub(crate) path: Vec<Step>,
    pub(crate) kind: LevelKind,
}

#[derive(Debug, Clone)]
pub(crate) enum LevelKind {
    /// Its last key, and whether nothing stands behind its colon.
    Map { key: String, empty: bool },
    /// How many items it has so far.
    List { items: usize },
}

/// What goes on from one line to the next.
#[derive(Debug, Clone)]
pub(crate) enum Inside {
    Nothing,
    /// A block scalar below a key in this column.
    Text {
        column: usize,
    },
    /// A text in quotes.
    Quote {
        quote: char,
        column: usize,
    },
    /// Brackets that opened at an offset; what is in them belongs to a path.
    Brackets {
        depth: usize,
        column: usize,
        start: usize,
        path: Vec<Step>,
    },
}

/// The lines before a place, read.
pub(crate) struct Skeleton {
    pub(crate) levels: Vec<Level>,
    pub(crate) inside: Inside,
    pub(crate) lines: Vec<KeyLine>,
}

/// A line apart from its white space and dashes.
pub(crate) struct Line<'t> {
    /// Offset of its first byte.
    pub(crate) start: usize,
    /// Columns of the dashes of list items, in bytes.
    pub(crate) dashes: Vec<usize>,
    /// Column of what follows.
    pub(crate) column: usize,
    /// What follows, to the end of the line.
    pub(crate) rest: &'t str,
}

impl<'t> Line<'t> {
    pub(crate) fn new(start: usize, text: &'t str) -> Self {
        let text = text.trim_end_matches(['\n', '\r']);
        let bare = text.trim_start_matches('\u{FEFF}');
        let mut rest = bare.trim_start_matches([' ', '\t']);
        let mut dashes = vec![];
        while let Some(item) =
            rest.strip_prefix('-').filter(|item| item.is_empty() || item.starts_with([' ', '\t']))
        {
            dashes.push(text.len() - rest.len());
            rest = item.trim_start_matches([' ', '\t']);
        }
        Self { start, dashes, column: text.len() - rest.len(), rest }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.dashes.is_empty() && (self.rest.is_empty() || self.rest.starts_with('#'))
    }

    /// Column of the first thing on the line.
    pub(crate) fn first_column(&self) -> usize {
        self.dashes.first().copied().unwrap_or(self.column)
    }

    /// Offset of what follows the dashes.
    pub(crate) fn rest_start(&self) -> usize {
        self.start + self.column
    }

    /// The key that the rest starts with, as it is written, and the offset in the rest of its colon.
    pub(crate) fn key(&self) -> Option<(&'t str, usize)> {
        let colon = colon(self.rest)?;
        Some((self.rest.get(..colon)?.trim_end(), colon))
    }

    /// What stands behind the colon, without a comment.
    pub(crate) fn value(&self, colon: usize) -> Span {
        let after = self.rest.get(colon + 1..).unwrap_or_default();
        let blanks = after.len() - after.trim_start().len();
        let start = self.rest_start() + colon + 1 + blanks;
        let value = without_comment(after.trim_start());
        if value.is_empty() {
            let at = self.rest_start() + colon + 1;
            return Span::new(at, at);
        }
        Span::new(start, start + value.len())
    }
}

/// The key without its quotes.
pub(crate) fn bare_key(key: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = key.strip_prefix(quote) {
            return inner.strip_suffix(quote).unwrap_or(inner);
        }
    }
    key
}

/// The offset of the colon behind the key that a text starts with.
fn colon(text: &str) -> Option<usize> {
    if text.starts_with(['#', '{', '[', '|', '>', '&', '*', '!', '%', '@', '`']) {
        return None;
    }
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let from = match quote {
        Some(quote) => close(text, quote)?,
        None => 0,
    };
    let mut blank = false;
    for (offset, character) in text.char_indices().skip_while(|(offset, _)| *offset < from) {
        match character {
            ':' if text
                .get(offset + 1..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) =>
            {
                return Some(offset);
            }
            '#' if blank => return None,
            _ => blank = character == ' ' || character == '\t',
        }
    }
    None
}

/// The offset behind the quote that closes a text.
pub(crate) fn close(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (offset, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote == '"' {
            escaped = true;
        } else if character == quote {
            return Some(offset + 1);
        }
    }
    None
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    let from = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => close(value, quote).unwrap_or(value.len()),
        _ => 0,
    };
    let tail = value.get(from..).unwrap_or_default();
    let comment = tail
        .match_indices('#')
        .find(|(offset, _)| tail.get(..*offset).is_some_and(|before| before.ends_with([' ', '\t'])));
    let end = comment.map_or(value.len(), |(offset, _)| from + offset);
    value.get(..end).unwrap_or_default().trim_end()
}

/// How many more brackets a text opens than it closes, quotes apart; never below what was open before.
fn depth(text: &str, open: usize) -> usize {
    let mut depth = open;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let mut step = first.len_utf8();
        match first {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '"' | '\'' => step = close(rest, first).unwrap_or(rest.len()),
            '#' => break,
            _ => {}
        }
        if depth == 0 && open > 0 {
            break;
        }
        rest = rest.get(step..).unwrap_or_default();
    }
    depth
}

impl Skeleton {
    /// Reads the lines of a text up to the line that holds an offset, that one not included.
    pub(crate) fn before(text: &str, offset: usize) -> Self {
        let mut skeleton = Self { levels: vec![], inside: Inside::Nothing, lines: vec![] };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if offset < start + line.len() {
                break;
            }
            // The last line has no line break, and the cursor behind it is on it.
            if !line.ends_with('\n') {
                break;
            }
            skeleton.read(&Line::new(start, line));
            start += line.len();
        }
        skeleton
    }

    /// Reads all lines.
    pub(crate) fn whole(text: &str) -> Self {
        let mut skeleton = Self { levels: vec![], inside: Inside::Nothing, lines: vec![] };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            skeleton.read(&Line::new(start, line));
            start += line.len();
        }
        skeleton
    }

    /// Whether a line belongs to what goes on from the lines before it.
    pub(crate) fn goes_on(&self, line: &Line<'_>) -> bool {
        let first = line.first_column();
        match &self.inside {
            Inside::Nothing => false,
            Inside::Text { column } => line.rest.is_empty() && line.dashes.is_empty() || first > *column,
            // A key in the column of an open quote or bracket, or before it, means that somebody forgot to close.
            Inside::Quote { column, .. } | Inside::Brackets { column, .. } => {
                first > *column || line.key().is_none() && !line.is_blank() || line.rest.is_empty()
            }
        }
    }

    fn read(&mut self, line: &Line<'_>) {
        if self.goes_on(line) {
            match &mut self.inside {
                Inside::Quote { quote, .. } => {
                    let padded = format!("{quote}{}", line.rest);
                    if close(&padded, *quote).is_some() {
                        self.inside = Inside::Nothing;
                    }
                }
                Inside::Brackets { depth: open, .. } => {
                    *open = depth(line.rest, *open);
                    if *open == 0 {
                        self.inside = Inside::Nothing;
                    }
                }
                Inside::Text { .. } | Inside::Nothing => {}
            }
            return;
        }
        if line.is_blank() {
            return;
        }
        self.inside = Inside::Nothing;
        self.dashes(line);
        match line.key() {
            Some((written, colon)) => self.key(line, written, colon),
            None => {
                if let Some(path) = self.item_path().filter(|_| !line.dashes.is_empty()) {
                    let column = line.first_column();
                    self.begin(line.rest, line.rest_start(), column, path);
                }
            }
        }
    }

    /// Opens or goes on with the lists of a line's dashes.
    pub(crate) fn dashes(&mut self, line: &Line<'_>) {
        for &dash in &line.dashes {
            while self.levels.last().is_some_and(|level| level.column > dash) {
                self.levels.pop();
            }
            // Keys in the very column of the dash end there, unless the list is the value of the last of them.
            let path = match self.levels.last_mut() {
                Some(Level { column, kind: LevelKind::List { items }, .. }) if *column == dash => {
                    *items += 1;
                    continue;
                }
                Some(Level { path, kind: LevelKind::Map { key, .. }, .. }) => {
                    path.iter().cloned().chain([Step::Key(key.clone())]).collect()
                }
                Some(_) => self.item_path().unwrap_or_default(),
                None => vec![],
            };
            self.levels.push(Level { column: dash, path, kind: LevelKind::List { items: 1 } });
        }
    }

    /// The path of the item that is being read, where the innermost level is a list.
    pub(crate) fn item_path(&self) -> Option<Vec<Step>> {
        match self.levels.last()? {
            Level { path, kind: LevelKind::List { items }, .. } => {
                Some(path.iter().cloned().chain([Step::Item(items.saturating_sub(1))]).collect())
            }
            _ => None,
        }
    }

    fn key(&mut self, line: &Line<'_>, written: &str, colon: usize) {
        let column = line.column;
        let value = line.value(colon);
        let key = bare_key(written).to_owned();
        while self.levels.last().is_some_and(|level| {
            level.column > column || level.column == column && matches!(level.kind, LevelKind::List { .. })
        }) {
            self.levels.pop();
        }
        let empty = value.start == value.end;
        let parent = match self.levels.last_mut() {
            Some(Level { column: at, path, kind: LevelKind::Map { key: last, empty: last_empty } }) => {
                if *at == column {
                    *last = key.clone();
                    *last_empty = empty;
                    Some(path.clone())
                } else if *last_empty {
                    let path: Vec<Step> = path.iter().cloned().chain([Step::Key(last.clone())]).collect();
                    self.levels.push(Level {
                        column,
                        path: path.clone(),
                        kind: LevelKind::Map { key: key.clone(), empty },
                    });
                    Some(path)
                } else {
                    // It stands below a key that has a value already: a mistake in the indentation.
                    None
                }
            }
            Some(Level { kind: LevelKind::List { .. }, .. }) => {
                let path = self.item_path().unwrap_or_default();
                self.levels.push(Level {
                    column,
                    path: path.clone(),
                    kind: LevelKind::Map { key: key.clone(), empty },
                });
                Some(path)
            }
            None => {
                self.levels.push(Level {
                    column,
                    path: vec![],
                    kind: LevelKind::Map { key: key.clone(), empty },
                });
                Some(vec![])
            }
        };
        let Some(mut path) = parent else { return };
        path.push(Step::Key(key));
        let start = line.rest_start();
        self.lines.push(KeyLine { path: path.clone(), key: Span::new(start, start + written.len()), value });
        let text = line.rest.get(value.start as usize - start..).unwrap_or_default();
        self.begin(text, value.start as usize, column, path);
    }

    /// Begins what a value leaves open at the end of its line.
    fn begin(&mut self, value: &str, start: usize, column: usize, path: Vec<Step>) {
        match value.chars().next() {
            Some('|' | '>') => self.inside = Inside::Text { column },
            Some(quote @ ('"' | '\'')) if close(value, quote).is_none() => {
                self.inside = Inside::Quote { quote, column };
            }
            Some('{' | '[') => {
                let depth = depth(value, 0);
                if depth > 0 {
                    self.inside = Inside::Brackets { depth, column, start, path };
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        Skeleton::whole(text).lines.iter().map(|line| schema_path(&line.path)).collect()
    }

    #[test]
    fn keys_are_found_by_indentation() {
        let text =
            "a: 1\nb:\n  c: x # y\n  d:\n    - e: 1\n      f: 2\n    - e: 3\ng:\n- h: 1\n- h: 2\ni: 1\n";
        assert_eq!(
            paths(text),
            ["a", "b", "b.c", "b.d", "b.d[].e", "b.d[].f", "b.d[].e", "g", "g[].h", "g[].h", "i"]
        );
    }

    #[test]
    fn text_and_brackets_hide_what_looks_like_keys() {
        assert_eq!(
            paths("a: |\n  b: 1\n\n  c: 2\nd: \"x\n  e: 1\"\nf: {\n  g: 1,\n}\nh: 1\n"),
            ["a", "d", "f", "h"]
        );
    }

    #[test]
    fn what_is_not_closed_ends_at_the_next_key() {
        assert_eq!(paths("a: [x,\nb: 1\nc: \"x\nd:\n  e: '\n  f: 1\n"), ["a", "b", "c", "d", "d.e", "d.f"]);
    }
}
