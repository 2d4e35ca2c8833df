//! Brackets that are missing, misplaced, or too many inside each other.

use super::Parser;
use super::{closing_of, codes, too_deep};
use crate::document::{Node, Value};
use crate::source::Span;

impl Parser<'_, '_, '_> {
    /// Reports that the bracket at `start` is never closed.
    pub(super) fn unclosed(&mut self, start: usize, bracket: char) {
        if self.open.last() == Some(&' ') {
            // Reading was stopped on purpose.
            return;
        }
        let closing = closing_of(bracket);
        let end = self.text.get(..self.position).unwrap_or_default().trim_end().trim_end_matches(',').len();
        let fault = self
            .faults
            .error(
                codes::UNCLOSED_BRACKET,
                Span::new(start, start + 1),
                format!("the `{bracket}` that opens here is never closed"),
            )
            .help(format!("close it with `{closing}`"));
        let fix = self.faults.fix(format!("insert `{closing}`"), Span::at(end.max(start + 1)), closing);
        self.faults.report(fault.fix(fix));
    }

    /// At a closing bracket of the other kind. If it closes something further out, this one is unclosed and
    /// ends here; if not, it is passed over.
    pub(super) fn ends_outer(&mut self, start: usize, bracket: char) -> bool {
        let here = self.position;
        let (found, opening) = if bracket == '[' { ('}', '{') } else { (']', '[') };
        let outer = self.open.len().saturating_sub(1);
        let closes = self.open.iter().take(outer).rposition(|&open| open == opening);
        let ends_text = self.rest().get(1..).is_none_or(|rest| rest.trim_start().is_empty());
        // What would close everything, with more to come, is a slip of the finger.
        if closes.is_some_and(|index| index > 0 || ends_text) {
            self.unclosed(start, bracket);
            return true;
        }
        let wanted = closing_of(bracket);
        let span = Span::new(here, here + 1);
        let fault = self
            .faults
            .error(codes::UNEXPECTED_BRACKET, span, format!("`{found}` closes what `{bracket}` opened"))
            .label(self.faults.source().locate(Span::new(start, start + 1)), "opened here");
        let fix = self.faults.fix(format!("replace with `{wanted}`"), span, wanted);
        self.faults.report(fault.fix(fix));
        self.position += 1;
        // It was meant to close this, unless this goes on behind it.
        let rest = self.rest().trim_start();
        rest.is_empty() || (bracket == '[' && starts_with_key(rest.trim_start_matches(',').trim_start()))
    }

    /// Passes over what stands too deep, counting brackets.
    pub(super) fn skip_too_deep(&mut self) -> Node {
        let start = self.position;
        let mut depth = 0_usize;
        let mut in_text = false;
        let mut escaped = false;
        let mut end = self.text.len();
        for (offset, byte) in self.rest().bytes().enumerate() {
            match byte {
                b'\n' | b'\r' => in_text = false,
                _ if escaped => {}
                b'"' => in_text = !in_text,
                b'[' | b'{' if !in_text => depth += 1,
                b']' | b'}' if !in_text => depth -= 1,
                _ => {}
            }
            escaped = byte == b'\\' && in_text && !escaped;
            if depth == 0 && !in_text {
                end = start + offset + 1;
                break;
            }
        }
        let span = Span::new(start, end);
        let fault = too_deep(self.faults, span, self.depth_limit);
        self.faults.report(fault);
        self.skipped.push(span);
        self.position = end;
        if end == self.text.len() {
            self.stop();
        }
        Node::new(span, Value::Broken)
    }
}

/// Whether a text starts with a key and its colon.
fn starts_with_key(text: &str) -> bool {
    let after = text.strip_prefix('"').and_then(|text| text.split_once('"')).map(|(_, after)| after);
    after.is_some_and(|after| after.trim_start().starts_with(':'))
}
