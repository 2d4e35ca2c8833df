//! Several texts that are read as one. A pack that extends another has its catalogue and its schema in two files,
//! and whoever reads the tree that both make wants one span for each place and need not know in which file it is.

use super::{Location, Source, SourceId, Span};

/// What can say where a span of it stands: one text, or several that are read as one.
pub trait Places {
    /// The span as a location.
    fn locate(&self, span: Span) -> Location;

    /// The text of a span; empty where the span is not one of it.
    fn slice(&self, span: Span) -> &str;
}

impl Places for Source {
    fn locate(&self, span: Span) -> Location {
        Self::locate(self, span)
    }

    fn slice(&self, span: Span) -> &str {
        Self::slice(self, span)
    }
}

/// Several texts, one behind the other. Offsets count through all of them.
#[derive(Debug, Clone)]
pub struct Joined {
    first: Source,
    /// The others, each with the offset of its first byte.
    more: Vec<(u32, Source)>,
}

impl Joined {
    /// One text, whose spans stay what they are.
    pub fn new(source: Source) -> Self {
        Self { first: source, more: vec![] }
    }

    /// Adds a text behind the others, and says by how much its spans move.
    pub fn push(&mut self, source: Source) -> u32 {
        let (start, last) = self.more.last().map_or((0, &self.first), |(start, last)| (*start, last));
        let len = u32::try_from(last.text().len()).unwrap_or(u32::MAX);
        // A byte apart, so that the end of one text is not the start of the next.
        let start = start.saturating_add(len).saturating_add(1);
        self.more.push((start, source));
        start
    }

    /// The texts, in order.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        std::iter::once(&self.first).chain(self.more.iter().map(|(_, source)| source))
    }

    /// The text of this name.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources().find(|source| source.id() == id)
    }

    /// The text that holds a span, and the span in it.
    fn part(&self, span: Span) -> (&Source, Span) {
        match self.more.iter().rev().find(|(start, _)| *start <= span.start) {
            Some((start, source)) => {
                let end = span.end.saturating_sub(*start);
                (source, Span { start: span.start - start, end })
            }
            None => (&self.first, span),
        }
    }
}

impl Places for Joined {
    fn locate(&self, span: Span) -> Location {
        let (source, span) = self.part(span);
        source.locate(span)
    }

    fn slice(&self, span: Span) -> &str {
        let (source, span) = self.part(span);
        source.slice(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_found_in_its_own_text() {
        let mut joined = Joined::new(Source::new("a", "one"));
        let second = joined.push(Source::new("b", "three"));
        let third = joined.push(Source::new("c", ""));
        assert_eq!((second, third), (4, 10));
        for (span, source, text) in [
            (Span::new(0, 3), "a", "one"),
            (Span::at(3), "a", ""),
            (Span::new(4, 9), "b", "three"),
            (Span::at(9), "b", ""),
            (Span::at(10), "c", ""),
        ] {
            assert_eq!(joined.locate(span).source.as_str(), source, "{span:?}");
            assert_eq!(joined.slice(span), text, "{span:?}");
        }
        assert_eq!(joined.locate(Span::new(6, 8)).span, Span::new(2, 4));
    }
}
