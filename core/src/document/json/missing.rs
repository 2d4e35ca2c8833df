//! Commas and values that are missing, and commas too many.

use super::{Parser, Separator, codes};
use crate::source::Span;

impl Parser<'_, '_, '_> {
    /// Reports that a comma is missing before what starts at `here`, if that is so.
    pub(super) fn missing_comma(&mut self, here: usize, before: Separator) {
        let Separator::None(before) = before else { return };
        let width = self.text.get(here..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let fault = self
            .faults
            .error(codes::MISSING_COMMA, Span::new(here, here + width), "a comma is missing before this")
            .label(self.faults.source().locate(before), "after this");
        let fix = self.faults.fix("insert `,`", Span::at(before.end as usize), ",");
        self.faults.report(fault.fix(fix));
    }

    /// Reports the comma at an offset, after which the list or mapping ends.
    pub(super) fn trailing_comma(&mut self, at: usize) {
        let span = Span::new(at, at + 1);
        let fault = self
            .faults
            .error(codes::TRAILING_COMMA, span, "json allows no comma after the last item")
            .help("remove it");
        let fix = self.faults.fix("remove the comma", span, "");
        self.faults.report(fault.fix(fix));
    }

    /// Reports that a value is missing; `place` says where, seen from the span.
    pub(super) fn missing_value(&mut self, span: Span, place: &str) {
        let fault = self
            .faults
            .error(codes::MISSING_VALUE, span, format!("a value is missing {place}"))
            .help("write one, or `null` for no answer");
        self.faults.report(fault);
    }
}
