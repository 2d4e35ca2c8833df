//! Text, its name, and where things are in it.
//!
//! Everything inside the engine speaks in byte offsets ([`Span`]). This is the only module that turns
//! them into lines and columns, and the only one that does UTF-16 sums.

mod joined;

pub use joined::{Joined, Places};

use std::fmt;
use std::sync::Arc;

/// A range of bytes in one source: `start` is the first byte, `end` the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset of the byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`. Offsets past 4 GiB are clamped; no source may be that large.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `offset` lies in the span, its end included (a cursor after the last character is inside).
    pub fn touches(self, offset: usize) -> bool {
        (self.start as usize..=self.end as usize).contains(&offset)
    }

    /// As a range of `usize`, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// The same bytes, where their text begins so much later.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The name a host gives a source, such as a path. It is printed, compared and never opened.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(Arc<str>);

impl SourceId {
    /// The id with this name.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

/// A range in a named source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Which source.
    pub source: SourceId,
    /// Which bytes of it.
    pub span: Span,
}

/// A place for people: both numbers count from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values (not bytes, not UTF-16 units).
    pub column: u32,
}

/// How an editor counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// In bytes of UTF-8.
    Utf8,
    /// In 16-bit units of UTF-16, as LSP does unless told otherwise.
    Utf16,
}

/// A place for editors: both numbers count from 0, the column in units of an [`Encoding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditorPosition {
    /// Line, from 0.
    pub line: u32,
    /// Column, from 0, in the units of the encoding asked for.
    pub character: u32,
}

/// A text with a name and an index of its lines. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Source {
    id: SourceId,
    text: Arc<str>,
    line_starts: Arc<[u32]>,
}

/// Why bytes are not a text: they were decoded all the same, with replacement characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8 {
    /// Offset of the first bad byte; in the decoded text the first replacement character stands there.
    pub offset: usize,
    /// The bytes start like UTF-16, as some Windows editors save it.
    pub looks_like_utf16: bool,
}

impl Source {
    /// A source from text.
    pub fn new(id: &str, text: &str) -> Self {
        let mut line_starts = vec![0];
        let mut start = 0;
        // Searched for, not looked through byte by byte: an editor does this at every key.
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let body = line.strip_suffix("\r\n").or_else(|| line.strip_suffix('\n')).unwrap_or(line);
            line_starts.extend(body.match_indices('\r').map(|(at, _)| clamp(start + at + 1)));
            if line.ends_with('\n') {
                line_starts.push(clamp(end));
            }
            start = end;
        }
        Self { id: SourceId::new(id), text: text.into(), line_starts: line_starts.into() }
    }

    /// A source from bytes. Bytes that are not UTF-8 become replacement characters, so that what can be
    /// read still is; the second part says where the first of them stood.
    pub fn from_bytes(id: &str, bytes: &[u8]) -> (Self, Option<NotUtf8>) {
        match std::str::from_utf8(bytes) {
            Ok(text) => (Self::new(id, text), None),
            Err(error) => {
                let looks_like_utf16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
                let fault = NotUtf8 { offset: error.valid_up_to(), looks_like_utf16 };
                (Self::new(id, &String::from_utf8_lossy(bytes)), Some(fault))
            }
        }
    }

    /// Its name.
    pub fn id(&self) -> &SourceId {
        &self.id
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span is not one of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The span as a location in this source.
    pub fn locate(&self, span: Span) -> Location {
        Location { source: self.id.clone(), span }
    }

    /// How many lines there are; a text without a line break has one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The span of a line, counted from 0, without its line break.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.line_starts.get(line)? as usize;
        let end = self.line_starts.get(line + 1).map_or(self.text.len(), |&next| next as usize);
        let content = self.text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(Span::new(start, start + content.len()))
    }

    /// The part of a span that stands on its first line, white space at its end left out.
    pub fn first_line(&self, span: Span) -> Span {
        let len = self.slice(span).lines().next().map_or(0, |line| line.trim_end().len());
        Span::new(span.start as usize, span.start as usize + len)
    }

    /// The line, counted from 0, that holds an offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The part of an offset's line that stands before it; an offset inside a character means its start.
    fn before(&self, offset: usize) -> (usize, &str) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.line_starts.get(line).map_or(0, |&start| start as usize);
        (line, self.text.get(start..offset).unwrap_or_default())
    }

    /// Line and column for people.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let (line, before) = self.before(offset);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        LineColumn { line: count(line + 1), column: count(before.chars().count() + 1) }
    }

    /// The offset of a line and column for people; past the end of a line means its end.
    pub fn offset_of(&self, place: LineColumn) -> Option<usize> {
        let span = self.line_span((place.line as usize).checked_sub(1)?)?;
        let line = self.slice(span);
        let column = (place.column as usize).saturating_sub(1);
        let inside = line.char_indices().nth(column).map_or(line.len(), |(offset, _)| offset);
        Some(span.start as usize + inside)
    }

    /// Line and column for an editor.
    pub fn editor_position(&self, offset: usize, encoding: Encoding) -> EditorPosition {
        let (line, before) = self.before(offset);
        let units = match encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.encode_utf16().count(),
        };
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        EditorPosition { line: count(line), character: count(units) }
    }

    /// The text's offsets in units of UTF-16, for a host whose texts are made of those.
    pub fn utf16(&self) -> Utf16<'_> {
        let mut units = 0;
        let mut starts = Vec::with_capacity(self.line_starts.len());
        for (line, &start) in self.line_starts.iter().enumerate() {
            starts.push(units);
            let end = self.line_starts.get(line + 1).map_or(self.text.len(), |&next| next as usize);
            units += self.text.get(start as usize..end).map_or(0, |text| text.encode_utf16().count());
        }
        Utf16 { source: self, starts, end: units }
    }

    /// The offset of an editor's position. Past the end of a line means its end, past the last line the end
    /// of the text, and the middle of a character its start, as LSP asks.
    pub fn editor_offset(&self, position: EditorPosition, encoding: Encoding) -> usize {
        let Some(span) = self.line_span(position.line as usize) else { return self.text.len() };
        let mut left = position.character as usize;
        let mut offset = span.start as usize;
        for character in self.slice(span).chars() {
            let units = match encoding {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
            };
            if left < units {
                break;
            }
            left -= units;
            offset += character.len_utf8();
        }
        offset
    }
}

/// Offsets of a text, in bytes and in units of UTF-16.
#[derive(Debug)]
pub struct Utf16<'s> {
    source: &'s Source,
    /// Units before each line.
    starts: Vec<usize>,
    /// Units of the whole text.
    end: usize,
}

impl Utf16<'_> {
    /// The units before a byte; the middle of a character is its start, and past the end is the end.
    pub fn units(&self, offset: usize) -> usize {
        let (line, before) = self.source.before(offset);
        self.starts.get(line).copied().unwrap_or(self.end) + before.encode_utf16().count()
    }

    /// The bytes before a unit, under the same conditions.
    pub fn bytes(&self, units: usize) -> usize {
        let line = self.starts.partition_point(|&start| start <= units).saturating_sub(1);
        let start = self.source.line_starts.get(line).map_or(0, |&start| start as usize);
        let mut left = units - self.starts.get(line).copied().unwrap_or(0);
        let mut offset = start;
        for character in self.source.text.get(start..).unwrap_or_default().chars() {
            if left < character.len_utf16() {
                break;
            }
            left -= character.len_utf16();
            offset += character.len_utf8();
        }
        offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_a_round_trip_in_both_encodings() {
        let source = Source::new("t", "a: ä\r\nb: 🦀 x\n\nend");
        for (offset, _) in source.text().char_indices() {
            // The two bytes of a CRLF are one line break: a place inside it is the end of the line.
            if source.text().as_bytes()[offset] == b'\n'
                && offset > 0
                && source.text().as_bytes()[offset - 1] == b'\r'
            {
                continue;
            }
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let position = source.editor_position(offset, encoding);
                assert_eq!(source.editor_offset(position, encoding), offset, "{encoding:?} at {offset}");
            }
            assert_eq!(source.offset_of(source.line_column(offset)), Some(offset));
        }
        let crab = source.text().find('🦀').unwrap();
        assert_eq!(
            source.editor_position(crab + 4, Encoding::Utf16),
            EditorPosition { line: 1, character: 5 }
        );
        assert_eq!(source.line_column(crab + 4), LineColumn { line: 2, column: 5 });
    }

    #[test]
    fn units_of_utf16_are_counted_both_ways() {
        let source = Source::new("t", "ä\r\nb: 🦀 x\n\nend");
        let utf16 = source.utf16();
        let mut units = 0;
        for (offset, character) in source.text().char_indices() {
            assert_eq!((utf16.units(offset), utf16.bytes(units)), (units, offset));
            units += character.len_utf16();
        }
        let crab = source.text().find('🦀').unwrap();
        assert_eq!(utf16.bytes(utf16.units(crab) + 1), crab, "between two surrogates");
        assert_eq!((utf16.units(99), utf16.bytes(99)), (units, source.text().len()));
    }

    #[test]
    fn a_place_outside_the_text_is_its_nearest_end() {
        let source = Source::new("t", "ab\ncd");
        let far = |line, character| source.editor_offset(EditorPosition { line, character }, Encoding::Utf16);
        assert_eq!((far(0, 99), far(9, 0)), (2, 5));
        assert_eq!(source.line_column(99), LineColumn { line: 2, column: 3 });
    }

    #[test]
    fn bytes_that_are_no_text_are_read_as_far_as_they_go() {
        let (source, fault) = Source::from_bytes("t", b"a: \xFF\nb: 1");
        assert_eq!(fault, Some(NotUtf8 { offset: 3, looks_like_utf16: false }));
        assert_eq!(source.line_count(), 2);
        let (_, fault) = Source::from_bytes("t", b"\xFF\xFEa\0");
        assert!(fault.unwrap().looks_like_utf16);
    }
}
