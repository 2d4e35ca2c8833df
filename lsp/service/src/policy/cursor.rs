//! Where a cursor stands in a YAML file that is being typed: the keys around it, found by indentation and
//! brackets alone.

use crate::answer::Span;

/// One step on the way from the root to a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Key(String),
    Item,
}

/// A cursor in a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The way to the mapping, list or value that the cursor is in.
    pub(crate) path: Vec<Part>,
    /// What can stand here.
    pub(crate) wants: Wants,
    /// What is being typed, without quotes.
    pub(crate) word: Span,
    /// The column at which keys of this mapping stand, in bytes.
    pub(crate) column: usize,
    /// The keys that this mapping has already.
    pub(crate) siblings: Vec<String>,
    /// Inside `{}` or `[]`.
    pub(crate) flow: bool,
}

/// What can stand at a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    Key,
    Value,
    /// Behind a dash or in `[]`: a value, or the first key of a mapping.
    Item,
}

/// A line of YAML: its dashes, its key, and where what follows the colon starts.
struct Line<'t> {
    dashes: Vec<usize>,
    /// The column of what follows the dashes.
    column: usize,
    key: Option<&'t str>,
    /// The column behind the colon, or of what stands there instead of a key.
    rest: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn new(text: &'t str) -> Self {
        let mut column = text.len() - text.trim_start_matches(' ').len();
        let mut dashes = vec![];
        while let Some(rest) = text.get(column..) {
            let dash = rest == "-" || rest.starts_with("- ");
            if !dash {
                break;
            }
            dashes.push(column);
            let inner = rest.get(1..).unwrap_or_default();
            column += 1 + (inner.len() - inner.trim_start_matches(' ').len());
        }
        let rest = text.get(column..).unwrap_or_default();
        let (key, after) = match colon(rest) {
            Some(colon) => {
                let key = rest.get(..colon).unwrap_or_default().trim();
                (Some(key.trim_matches(['"', '\''])), column + colon + 1)
            }
            None => (None, column),
        };
        Self { dashes, column, key, rest: after, text }
    }

    fn is_blank(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }

    fn value(&self) -> &'t str {
        self.text.get(self.rest..).unwrap_or_default().trim()
    }
}

/// The colon that ends a key at the start of a text.
fn colon(text: &str) -> Option<usize> {
    let mut quote = None;
    for (offset, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if offset == 0 => quote = Some(c),
            (None, '[' | '{' | '#') if offset == 0 => return None,
            (None, ':') => {
                let next = text.get(offset + 1..).and_then(|rest| rest.chars().next());
                if next.is_none_or(|c| c == ' ' || c == '\t') {
                    return Some(offset);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where a comment starts in a line.
fn comment(line: &str) -> Option<usize> {
    let (mut quote, mut before) = (None, ' ');
    for (offset, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | ':') => quote = Some(c),
            (None, '#') if before == ' ' => return Some(offset),
            _ => {}
        }
        before = c;
    }
    None
}

/// Where a cursor stands; `None` in a comment or in running text.
pub(crate) fn cursor(text: &str, offset: usize) -> Option<Cursor> {
    let before = text.get(..offset)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = text.get(offset..)?.find(['\n', '\r']).map_or(text.len(), |newline| offset + newline);
    let head = text.get(start..offset)?;
    if comment(head).is_some() {
        return None;
    }
    let whole = text.get(start..end)?;
    let whole = whole.get(..comment(whole).unwrap_or(whole.len()))?;
    let line = Line::new(head);
    let above: Vec<Line<'_>> = text.get(..start)?.lines().map(Line::new).collect();
    let first = line.dashes.first().copied().unwrap_or(line.column);
    let is_dash = !line.dashes.is_empty();
    let mut up = climb(&above, first, is_dash)?;
    if let Some(flow) = up.flow {
        // The bracket was opened on a line above.
        let from = above.iter().take(flow).map(|line| line.text.len() + 1).sum::<usize>();
        let opened = above.get(flow)?;
        let from = byte_of(text, flow)?.max(from.min(start)) + opened.rest;
        return in_flow(text, from, offset, end, up.path);
    }
    up.path.extend(line.dashes.iter().map(|_| Part::Item));
    if let Some(key) = line.key {
        up.path.push(Part::Key(key.to_owned()));
        let from = start + line.rest;
        if text.get(from..offset)?.trim_start().starts_with(['[', '{']) {
            return in_flow(text, from, offset, start + whole.len(), up.path);
        }
        let word = trimmed(text, from, start + whole.len(), offset);
        return Some(Cursor {
            path: up.path,
            wants: Wants::Value,
            word,
            column: line.column,
            siblings: vec![],
            flow: false,
        });
    }
    let from = start + line.column;
    if text.get(from..offset)?.starts_with(['[', '{']) {
        return in_flow(text, from, offset, start + whole.len(), up.path);
    }
    let rest = text.get(from..start + whole.len()).unwrap_or_default();
    let stop = colon(rest).map_or(start + whole.len(), |colon| from + colon);
    let word = trimmed(text, from, stop.max(offset), offset);
    let siblings = siblings(text, start, line.column, is_dash);
    Some(Cursor {
        path: up.path,
        wants: if is_dash { Wants::Item } else { Wants::Key },
        word,
        column: line.column,
        siblings,
        flow: false,
    })
}

/// Where a line starts.
fn byte_of(text: &str, line: usize) -> Option<usize> {
    let mut at = 0;
    for _ in 0..line {
        at += text.get(at..)?.find('\n')? + 1;
    }
    Some(at)
}

/// A word without the blanks and quotes around it; it holds the cursor.
fn trimmed(text: &str, from: usize, to: usize, offset: usize) -> Span {
    let (mut start, mut end) = (from.min(offset), to.max(offset));
    let inside = text.get(start..offset).unwrap_or_default();
    start += inside.len() - inside.trim_start().len();
    let after = text.get(offset..end).unwrap_or_default();
    end = offset + after.trim_end().len();
    let written = text.get(start..end).unwrap_or_default();
    if let Some(quote) = written.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        if start < offset {
            start += 1;
        }
        if end > offset && written.len() > 1 && written.ends_with(quote) {
            end -= 1;
        }
    }
    Span::new(start, end.max(start))
}

struct Up {
    path: Vec<Part>,
    /// The line above in which a bracket was opened that is not closed yet.
    flow: Option<usize>,
}

/// The way from the root to something that stands at a column below these lines.
fn climb(above: &[Line<'_>], mut column: usize, mut is_dash: bool) -> Option<Up> {
    let mut path = vec![];
    let mut flow = None;
    for (number, line) in above.iter().enumerate().rev() {
        if line.is_blank() {
            continue;
        }
        let mut dashes = line.dashes.clone();
        let parent = match line.key {
            Some(_) if is_dash => line.column <= column && !dashes.contains(&column),
            Some(_) => line.column < column,
            None => false,
        };
        if let Some(key) = line.key.filter(|_| parent) {
            let value = line.value();
            let value = value.get(..comment(value).unwrap_or(value.len())).unwrap_or_default().trim();
            match value.chars().next() {
                None | Some('&' | '!') => {}
                Some('[' | '{') if path.is_empty() && depth(value) > 0 => flow = Some(number),
                _ if path.is_empty() => return None,
                _ => {}
            }
            path.push(Part::Key(key.to_owned()));
            (column, is_dash) = (line.column, false);
        } else if !is_dash && line.column == column && !dashes.is_empty() {
            // The line that began this item of a list.
        } else {
            continue;
        }
        while let Some(dash) = dashes.pop() {
            path.push(Part::Item);
            (column, is_dash) = (dash, true);
        }
        if column == 0 && !is_dash {
            break;
        }
    }
    path.reverse();
    Some(Up { path, flow })
}

/// How many brackets of a text are not closed.
fn depth(text: &str) -> usize {
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

/// A level of `{}` or `[]`.
struct Level {
    list: bool,
    key: Option<String>,
    keys: Vec<String>,
    /// Where the word that is being typed starts.
    word: usize,
}

/// Where a cursor stands in `{}` or `[]` that start at `from`.
fn in_flow(text: &str, from: usize, offset: usize, end: usize, mut path: Vec<Part>) -> Option<Cursor> {
    let mut levels: Vec<Level> = vec![];
    let mut quote = None;
    let inside = text.get(from..offset)?;
    for (place, c) in inside.char_indices() {
        let next = from + place + c.len_utf8();
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
            continue;
        }
        match c {
            '"' | '\'' => {
                let word = levels.last().map_or(from, |level| level.word);
                if text.get(word..from + place)?.trim().is_empty() {
                    quote = Some(c);
                }
            }
            '[' | '{' => levels.push(Level { list: c == '[', key: None, keys: vec![], word: next }),
            ']' | '}' => {
                levels.pop();
            }
            ',' => {
                if let Some(level) = levels.last_mut() {
                    (level.key, level.word) = (None, next);
                }
            }
            ':' => {
                if let Some(level) = levels.last_mut().filter(|level| !level.list && level.key.is_none()) {
                    let key = text.get(level.word..from + place)?.trim().trim_matches(['"', '\'']).to_owned();
                    level.keys.push(key.clone());
                    (level.key, level.word) = (Some(key), next);
                }
            }
            _ => {}
        }
    }
    for level in &levels {
        match &level.key {
            Some(key) => path.push(Part::Key(key.clone())),
            None if level.list => path.push(Part::Item),
            None => {}
        }
    }
    let level = levels.last()?;
    let rest = text.get(offset..end.max(offset)).unwrap_or_default();
    let colon = if level.list || level.key.is_some() { '\0' } else { ':' };
    let stop = rest.find([',', ']', '}', colon]).map_or(end.max(offset), |stop| offset + stop);
    let wants = match (&level.key, level.list) {
        (Some(_), _) => Wants::Value,
        (None, true) => Wants::Item,
        (None, false) => Wants::Key,
    };
    Some(Cursor {
        path,
        wants,
        word: trimmed(text, level.word, stop, offset),
        column: 0,
        siblings: level.keys.clone(),
        flow: true,
    })
}

/// The keys that stand at a column around a line, in the same mapping.
fn siblings(text: &str, start: usize, column: usize, begins_item: bool) -> Vec<String> {
    let mut found = vec![];
    let mut collect = |line: &Line<'_>| -> bool {
        if line.is_blank() {
            return true;
        }
        if line.column < column {
            return false;
        }
        if line.column == column {
            found.extend(line.key.map(str::to_owned));
        }
        true
    };
    if !begins_item {
        for line in text.get(..start).unwrap_or_default().lines().rev() {
            let line = Line::new(line);
            let begins = line.column == column && !line.dashes.is_empty() && !line.is_blank();
            if !collect(&line) || begins {
                break;
            }
        }
    }
    for line in text.get(start..).unwrap_or_default().lines().skip(1) {
        let line = Line::new(line);
        let next_item = line.dashes.first().is_some_and(|dash| *dash < column);
        if next_item || !collect(&line) {
            break;
        }
    }
    found
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a span that cuts a character should stop the test")]
mod tests {
    use super::*;

    /// Path, what is wanted, and the word, of the place that `|` marks.
    fn at(marked: &str) -> String {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let Some(found) = cursor(&text, offset) else { return "nothing".to_owned() };
        let path: Vec<String> = found
            .path
            .iter()
            .map(|part| match part {
                Part::Key(key) => key.clone(),
                Part::Item => "-".to_owned(),
            })
            .collect();
        format!("{} {:?} `{}`", path.join("/"), found.wants, &text[found.word.range()])
    }

    #[test]
    fn the_way_to_a_cursor_is_found_by_indentation_and_brackets() {
        assert_eq!(at("ti|"), " Key `ti`");
        assert_eq!(at("routes:\n  board:\n    title: x\n    ow|ner: y"), "routes/board Key `owner`");
        assert_eq!(at("routes:\n  board:\n    owner: a|b # c"), "routes/board/owner Value `ab`");
        assert_eq!(at("tiers:\n  \"0\":\n    artifacts: [a, b|]"), "tiers/0/artifacts/- Item `b`");
        assert_eq!(at("t:\n  routine: { respond: 1 day, dec|ide: x }"), "t/routine Key `decide`");
        assert_eq!(at("t:\n  routine: { respond: 1| day, decide: x }"), "t/routine/respond Value `1 day`");
        assert_eq!(at("topics:\n- a\n- b|\nx: y"), "topics/- Item `b`");
        assert_eq!(at("cases:\n  - name: a\n    expect:\n      |"), "cases/-/expect Key ``");
        assert_eq!(at("cases:\n  - name: a\n    ex|\n  - name: b"), "cases/- Key `ex`");
        assert_eq!(at("expect:\n  missing: [\n    a,\n    |\n  ]"), "expect/missing/- Item ``");
        assert_eq!(at("a: >-\n  text |"), "nothing");
        assert_eq!(at("a: b # c|"), "nothing");
        assert_eq!(at("a: \"b|\""), "a Value `b`");
    }
}
