//! For a place the parts of the text around it, the innermost first.

use super::View;
use crate::answer::Span;
use crate::kind::FileKind;

impl View<'_> {
    pub(crate) fn selection_range(&self, offset: usize) -> Vec<Span> {
        let mut spans = match self.kind {
            FileKind::Rules => self.script_parts(offset),
            _ => self.data_parts(offset),
        };
        spans.push(Span::new(0, self.text().len()));
        // Each holds the one before it.
        spans.sort_by_key(|span| (span.end.saturating_sub(span.start), span.start));
        let mut nested: Vec<Span> = vec![];
        for span in spans {
            let holds = nested
                .last()
                .is_none_or(|inner| span.start <= inner.start && inner.end <= span.end && span != *inner);
            if holds {
                nested.push(span);
            }
        }
        nested
    }

    /// The word, its text, its argument, its call, the chain up to it, the statement, with its comment.
    fn script_parts(&self, offset: usize) -> Vec<Span> {
        let script = self.script();
        let mut spans = vec![];
        if let Some(comment) = script
            .comments
            .iter()
            .find(|comment| comment.span.start as usize <= offset && offset <= comment.span.end as usize)
        {
            spans.push(comment.span);
        }
        if let Some(token) = script.at(offset) {
            spans.push(script.span(token));
            let inside = script.inside(token);
            let in_text = inside.start as usize <= offset && offset <= inside.end as usize;
            if script.kind(token) == super::tokens::TokenKind::Text && in_text {
                spans.push(inside);
            }
        }
        for open in script.open_at(offset) {
            let close = script.partner(open);
            let start = script.span(open);
            let Some(close) = close.filter(|close| offset <= script.span(*close).end as usize) else {
                continue;
            };
            let end = script.span(close);
            if offset <= end.start as usize {
                spans.push(Span { start: start.end, end: end.start });
            }
            for argument in script.arguments(open, close) {
                let span = script.range_span(&argument);
                if span.start as usize <= offset && offset <= span.end as usize {
                    spans.push(span);
                }
            }
            spans.push(Span { start: start.start, end: end.end });
            if let Some(name) = open.checked_sub(1).filter(|name| script.is_word(*name)) {
                spans.push(Span { start: script.span(name).start, end: end.end });
            }
        }
        if let Some(item) = script.item_at(offset) {
            let span = script.item_span(item);
            spans.push(Span { start: item.start, end: span.end });
            if span.start as usize <= offset {
                spans.push(span);
                let call = item.calls.iter().find(|call| {
                    script.span(call.name).start as usize <= offset
                        && offset <= script.span(call.last).end as usize
                });
                if let Some(call) = call {
                    spans.push(Span { start: script.span(call.name).start, end: script.span(call.last).end });
                    spans.push(Span { start: span.start, end: script.span(call.last).end });
                }
            }
        }
        spans
    }

    fn data_parts(&self, offset: usize) -> Vec<Span> {
        let document = self.file.document();
        let mut spans = vec![];
        for node in document.node_at(offset) {
            spans.push(node.span.into());
            for entry in node.as_map().unwrap_or_default() {
                let (key, value) = (entry.key_span, entry.value.span);
                if key.touches(offset) {
                    spans.push(key.into());
                }
                let whole = Span { start: key.start, end: value.end.max(key.end) };
                if whole.start as usize <= offset && offset <= whole.end as usize {
                    spans.push(whole);
                }
            }
        }
        spans
    }
}
