//! Where a cursor is inside brackets: JSON, and YAML's flow style. Reads tokens, so that a half-written text
//! is as good as a whole one.

use super::cursor::{Cursor, Form, KeyPlace, ValuePlace};
use super::skeleton::{Step, bare_key, close};
use crate::answer::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open(char),
    Close,
    Comma,
    Colon,
    Word,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
    /// A text in quotes that is closed.
    closed: bool,
}

/// Tokens from an offset to the end of the text, or to where the brackets close.
fn tokens(text: &str, start: usize, json: bool) -> Vec<Token> {
    let mut tokens = vec![];
    let mut at = start;
    let mut depth = 0usize;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let (kind, length) = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '#' if !json => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '{' | '[' => (Kind::Open(first), 1),
            '}' | ']' => (Kind::Close, 1),
            ',' => (Kind::Comma, 1),
            ':' => (Kind::Colon, 1),
            '"' | '\'' => {
                // A quote that is not closed on its line is half-written.
                let line = rest.split(['\n', '\r']).next().unwrap_or_default();
                let closed = close(line, first);
                let length = closed.unwrap_or(line.trim_end().len());
                tokens.push(Token {
                    kind: Kind::Word,
                    start: at,
                    end: at + length,
                    closed: closed.is_some(),
                });
                at += length.max(1);
                continue;
            }
            _ => (Kind::Word, word(rest, json)),
        };
        tokens.push(Token { kind, start: at, end: at + length, closed: false });
        at += length;
        match kind {
            Kind::Open(_) => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    tokens
}

/// The length of a bare word.
fn word(rest: &str, json: bool) -> usize {
    let mut end = 0;
    for (offset, character) in rest.char_indices() {
        let next = rest.get(offset + character.len_utf8()..).and_then(|rest| rest.chars().next());
        let ends = match character {
            ',' | '{' | '}' | '[' | ']' | '\n' | '\r' => true,
            ':' => {
                json || next
                    .is_none_or(|next| next.is_whitespace() || matches!(next, ',' | '{' | '}' | '[' | ']'))
            }
            '"' => json,
            c => json && c.is_whitespace(),
        };
        if ends {
            break;
        }
        if !character.is_whitespace() {
            end = offset + character.len_utf8();
        }
    }
    end.max(1)
}

struct Frame {
    map: bool,
    path: Vec<Step>,
    keys: Vec<String>,
    /// The key whose value is awaited or read.
    key: Option<String>,
    colon: bool,
    /// Where the last value ends, until a comma follows.
    done: Option<usize>,
    items: usize,
}

impl Frame {
    fn new(map: bool, path: Vec<Step>) -> Self {
        Self { map, path, keys: vec![], key: None, colon: false, done: None, items: 0 }
    }

    /// The path of the value that would come next.
    fn next(&self) -> Vec<Step> {
        let step = match &self.key {
            Some(key) if self.map => Step::Key(key.clone()),
            _ => Step::Item(self.items),
        };
        self.path.iter().cloned().chain([step]).collect()
    }

    fn value_ends(&mut self, end: usize) {
        self.done = Some(end);
        self.key = None;
        self.colon = false;
        self.items += 1;
    }

    fn take(&mut self, text: &str, token: &Token) {
        match token.kind {
            Kind::Comma => (self.done, self.key, self.colon) = (None, None, false),
            Kind::Colon => self.colon = true,
            Kind::Word if self.map && !self.colon => {
                let key = bare_key(text.get(token.start..token.end).unwrap_or_default()).to_owned();
                self.keys.push(key.clone());
                self.key = Some(key);
                self.done = None;
            }
            _ => self.value_ends(token.end),
        }
    }
}

/// Where an offset is inside brackets that open at `start` and belong to `path`.
pub(crate) fn find(text: &str, start: usize, path: &[Step], offset: usize, json: bool) -> Cursor {
    let tokens = tokens(text, start, json);
    let mut frames: Vec<Frame> = vec![];
    let under = |token: &Token| {
        let inside = token.start <= offset && offset <= token.end;
        token.kind == Kind::Word
            && inside
            && !(token.closed && (offset == token.end || offset == token.start))
    };
    let mut count = 0;
    for token in &tokens {
        if token.start >= offset || under(token) {
            break;
        }
        count += 1;
        match token.kind {
            Kind::Open(bracket) => {
                let path = frames.last().map_or_else(|| path.to_vec(), Frame::next);
                frames.push(Frame::new(bracket == '{', path));
            }
            Kind::Close => {
                frames.pop();
                match frames.last_mut() {
                    Some(frame) => frame.value_ends(token.end),
                    None => return Cursor::Nowhere,
                }
            }
            _ => {
                if let Some(frame) = frames.last_mut() {
                    frame.take(text, token);
                }
            }
        }
    }
    let Some(frame) = frames.pop() else { return Cursor::Nowhere };
    let rest = tokens.get(count..).unwrap_or_default();
    let current = rest.first().filter(|token| under(token));
    let word = current.map_or(Span::new(offset, offset), |token| Span::new(token.start, token.end));
    let behind = rest.get(usize::from(current.is_some())..).unwrap_or_default();
    place(text, frame, word, behind, json, offset)
}

fn place(text: &str, frame: Frame, word: Span, behind: &[Token], json: bool, offset: usize) -> Cursor {
    let between = |from: usize| text.get(from..offset).unwrap_or_default();
    if !json && text.get(..offset).and_then(|before| before.rsplit('\n').next()).is_some_and(in_comment) {
        return Cursor::Nowhere;
    }
    if !frame.map || frame.colon {
        if frame.done.is_some() {
            return Cursor::Nowhere;
        }
        let comma_after =
            behind.first().is_some_and(|next| next.kind == Kind::Word || matches!(next.kind, Kind::Open(_)));
        let form = Form::Brackets { json, comma_before: None, comma_after };
        let blank = frame.map && text.get(..word.start as usize).is_some_and(|before| before.ends_with(':'));
        return Cursor::Value(ValuePlace { path: frame.next(), word, blank, form });
    }
    if frame.key.is_some() || frame.done.is_some_and(|end| between(end).is_empty()) {
        return Cursor::Nowhere;
    }
    let colon = behind.first().is_some_and(|next| next.kind == Kind::Colon);
    let comma_after = !colon && behind.first().is_some_and(|next| next.kind == Kind::Word);
    let mut taken = frame.keys;
    taken.extend(keys(text, behind));
    let form = Form::Brackets { json, comma_before: frame.done, comma_after };
    Cursor::Key(KeyPlace { parent: frame.path, taken, word, colon, form })
}

fn in_comment(line: &str) -> bool {
    line.trim_start().starts_with('#') || line.contains(" #")
}

/// The keys that follow in the same mapping.
fn keys(text: &str, tokens: &[Token]) -> Vec<String> {
    let mut depth = 0usize;
    let mut keys = vec![];
    for (token, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close if depth == 0 => break,
            Kind::Close => depth -= 1,
            Kind::Word if depth == 0 && next.kind == Kind::Colon => {
                keys.push(bare_key(text.get(token.start..token.end).unwrap_or_default()).to_owned());
            }
            _ => {}
        }
    }
    keys
}
