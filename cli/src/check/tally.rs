//! What became of all intakes together.

use crate::exit;
use remit_core::render::Outcome;

/// What became of all intakes together.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) intakes: usize,
    invalid: usize,
    not_ready: usize,
    stopped: usize,
    /// Settled, by tier.
    tiers: [usize; 4],
    open: usize,
}

impl Tally {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        let report = &outcome.report;
        self.intakes += 1;
        self.invalid += usize::from(!report.valid);
        self.not_ready += usize::from(!report.ready.complete);
        self.stopped += usize::from(!outcome.stops.is_empty());
        match report.tier.settled.and_then(|tier| self.tiers.get_mut(usize::from(tier))) {
            Some(count) if report.valid => *count += 1,
            _ => self.open += 1,
        }
    }

    pub(super) fn code(&self) -> u8 {
        match (self.invalid, self.stopped) {
            (0, 0) => exit::OK,
            (0, _) => exit::GATE,
            _ => exit::INVALID,
        }
    }

    pub(super) fn summary(&self) -> String {
        let mut parts: Vec<String> =
            self.tiers.iter().enumerate().map(|(tier, count)| format!("tier {tier}: {count}")).collect();
        let more = [
            ("open", self.open),
            ("not ready", self.not_ready),
            ("invalid", self.invalid),
            ("stopped by a gate", self.stopped),
        ];
        parts.extend(
            more.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{what}: {count}")),
        );
        format!("{} intakes — {}", self.intakes, parts.join(", "))
    }
}
