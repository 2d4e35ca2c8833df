//! Reads on past syntax errors in YAML by *masking*: what stands in the way is replaced by as many blanks,
//! so that every offset stays what it was, and the text is read again.
//!
//! The parser reports where it got stuck, which is often a line or two after the mistake. So the value and
//! the whole of each line around are tried, and what lets the parser get furthest wins.

use super::events::{self, Gap, Stop, Tree};
use super::explain::{self, Masked};
use super::faults::Faults;
use super::limits::Limits;
use super::lines::{Line, tab_indentation};
use crate::source::Span;
use granit_parser::Event;

/// A text read as far as it can be, and what was passed over.
pub(super) struct Reading {
    pub(super) tree: Tree,
    pub(super) skipped: Vec<Span>,
}

/// Reads a text with recovery. Reports every syntax error.
pub(super) fn read(text: &str, limits: &Limits, faults: &mut Faults<'_>) -> Reading {
    let mut recovery =
        Recovery { text: text.to_owned(), gaps: vec![], skipped: vec![], budget: limits.max_recovery_bytes };
    let mut recoveries = 0;
    loop {
        let (tree, stop) = events::read(&recovery.text, &recovery.gaps, limits);
        let (kind, offset) = match stop {
            None => return Reading { tree, skipped: recovery.skipped },
            Some(Stop::Syntax { kind, offset }) => (kind, offset),
            Some(Stop::TooManyValues { offset }) => {
                faults.report(explain::too_many_values(offset, limits, faults));
                return recovery.give_up(tree, offset);
            }
        };
        recoveries += 1;
        let mask = if recoveries > limits.max_recoveries || recovery.budget == 0 {
            None
        } else {
            recovery.best_mask(offset, faults)
        };
        let fault =
            explain::explain(&kind, offset, &recovery.text, mask.as_ref().map(|mask| &mask.what), faults);
        faults.report(fault);
        match mask {
            Some(mask) => recovery.apply(mask),
            None => return recovery.give_up(tree, offset),
        }
    }
}

/// A way past an error: the text with something blanked.
struct Mask {
    what: Masked,
    text: String,
    gap: Option<Gap>,
}

struct Recovery {
    text: String,
    gaps: Vec<Gap>,
    skipped: Vec<Span>,
    /// How many more bytes may be parsed to find masks.
    budget: usize,
}

impl Recovery {
    /// The mask that lets the parser get furthest past the error; of equals the one that keeps most.
    fn best_mask(&mut self, offset: usize, faults: &Faults<'_>) -> Option<Mask> {
        let mut best: Option<((usize, usize), Mask)> = None;
        for mask in self.candidates(offset, faults) {
            if self.budget == 0 {
                break;
            }
            let (reached, kept) = progress(&mask.text);
            self.budget = self.budget.saturating_sub(reached.min(self.text.len()) + 64);
            let better = best.as_ref().is_none_or(|(score, _)| (reached, kept) > *score);
            if reached > offset && better {
                best = Some(((reached, kept), mask));
            }
        }
        best.map(|(_, mask)| mask)
    }

    /// What may stand in the way: on the line of the error, the next and the two before, the value or all.
    fn candidates(&self, offset: usize, faults: &Faults<'_>) -> Vec<Mask> {
        let source = faults.source();
        let at = source.line_of(offset);
        let has_content =
            |line: &usize| Line::of(source, &self.text, *line).is_some_and(|line| !line.is_blank());
        let before = (0..at).rev().take(1000).filter(has_content).take(2);
        let after = (at + 1..source.line_count()).take(1000).find(has_content);
        let opening =
            |line: &usize| Line::of(source, &self.text, *line).is_some_and(|line| line.leaves_open());
        // A quote or bracket may have opened long before the parser saw that it was not meant.
        let opened = (0..at).rev().take(200).filter(opening).take(2);
        let mut lines: Vec<usize> = std::iter::once(at).chain(after).chain(before).collect();
        lines.extend(opened.filter(|line| line + 2 < at));
        let mut masks = vec![];
        if let Some((text, tabs)) = tab_indentation(source, &self.text, at) {
            masks.push(Mask { what: Masked::Tabs(tabs), text, gap: None });
        }
        for line in lines
            .into_iter()
            .filter_map(|line| Line::of(source, &self.text, line))
            .filter(|line| !line.is_blank())
        {
            if let Some((after, value)) = line.value() {
                let gap = Some(Gap { after, span: value });
                masks.push(Mask { what: Masked::Value(value), text: blank(&self.text, value), gap });
            }
            masks.push(Mask {
                what: Masked::Line(line.content),
                text: blank(&self.text, line.content),
                gap: None,
            });
        }
        masks
    }

    fn apply(&mut self, mask: Mask) {
        self.text = mask.text;
        self.gaps.extend(mask.gap);
        match mask.what {
            Masked::Value(span) | Masked::Line(span) => self.skipped.push(span),
            Masked::Tabs(_) => {}
        }
    }

    /// Stops here: the rest of the text is not read.
    fn give_up(mut self, tree: Tree, offset: usize) -> Reading {
        let rest = self.text.get(offset..).unwrap_or_default();
        let start = offset + (rest.len() - rest.trim_start().len());
        let end = offset + rest.trim_end().len();
        if start < end {
            self.skipped.push(Span::new(start, end));
        }
        Reading { tree, skipped: self.skipped }
    }
}

/// How far the parser gets, and how many keys and values of mappings it sees on the way.
fn progress(text: &str) -> (usize, usize) {
    let (mut kept, mut documents) = (0, 0);
    let mut in_map: Vec<bool> = vec![];
    for event in events::parser(text) {
        match event {
            Err(error) => return (events::error_offset(text, &error), kept),
            Ok((Event::DocumentStart(..), _)) => documents += 1,
            Ok((event, _)) => {
                kept += usize::from(event.is_node() && in_map.last() == Some(&true));
                match event {
                    Event::MappingStart(..) => in_map.push(true),
                    Event::SequenceStart(..) => in_map.push(false),
                    Event::MappingEnd | Event::SequenceEnd => {
                        in_map.pop();
                    }
                    _ => {}
                }
            }
        }
        if documents > 1 {
            break;
        }
    }
    (usize::MAX, kept)
}

/// The text with a part of it blanked; line breaks stay, so that lines keep their numbers.
fn blank(text: &str, span: Span) -> String {
    let mut blanked = String::with_capacity(text.len());
    blanked.push_str(text.get(..span.start as usize).unwrap_or_default());
    blanked.extend(text.get(span.range()).unwrap_or_default().bytes().map(|byte| match byte {
        b'\n' | b'\r' => char::from(byte),
        _ => ' ',
    }));
    blanked.push_str(text.get(span.end as usize..).unwrap_or_default());
    blanked
}
