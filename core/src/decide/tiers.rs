//! The tier: one fold over the verdicts, and what it can still become.

use crate::catalogue::{MAX_TIER, TierNumber};
use crate::evaluate::Truth;

/// A set of tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tiers(u8);

impl Tiers {
    /// None.
    pub const NONE: Self = Self(0);

    /// Just this one.
    pub fn one(tier: TierNumber) -> Self {
        Self(1 << tier.min(MAX_TIER))
    }

    /// Those in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether this one is in it.
    pub fn has(self, tier: TierNumber) -> bool {
        self.0 >> tier & 1 == 1
    }

    /// The tiers in it, lowest first.
    pub fn iter(self) -> impl Iterator<Item = TierNumber> {
        (0..=MAX_TIER).filter(move |tier| self.has(*tier))
    }

    /// The lowest; 0 for an empty set.
    pub fn floor(self) -> TierNumber {
        self.iter().next().unwrap_or(0)
    }

    /// The highest; 0 for an empty set.
    pub fn ceiling(self) -> TierNumber {
        self.iter().last().unwrap_or(0)
    }

    /// From lowest to highest, in tiers; 0 where it is settled.
    pub fn width(self) -> u8 {
        self.ceiling() - self.floor()
    }
}

/// The tiers that verdicts leave possible. The decided tier is the highest of a rule that fires, if that is 1
/// or more; else 0 if a tier-0 rule fires (self-service is earned); else the pack's default.
pub(super) fn possible(
    verdicts: impl IntoIterator<Item = (TierNumber, Truth)>,
    default: TierNumber,
) -> Tiers {
    let mut certain: Option<TierNumber> = None;
    let mut open = Tiers::NONE;
    let mut earned = Truth::No;
    for (tier, truth) in verdicts {
        match (tier, truth) {
            (_, Truth::No) => {}
            (0, truth) => earned = earned.or(truth),
            (tier, Truth::Yes) => certain = certain.max(Some(tier)),
            (tier, Truth::Unsettled) => open = open.or(Tiers::one(tier)),
        }
    }
    if let Some(certain) = certain {
        let above = open.iter().filter(|tier| *tier > certain);
        return above.fold(Tiers::one(certain), |tiers, tier| tiers.or(Tiers::one(tier)));
    }
    let below = match earned {
        Truth::Yes => Tiers::one(0),
        Truth::No => Tiers::one(default),
        Truth::Unsettled => Tiers::one(0).or(Tiers::one(default)),
    };
    open.or(below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{No, Unsettled, Yes};

    fn range(verdicts: &[(TierNumber, Truth)]) -> Vec<TierNumber> {
        possible(verdicts.iter().copied(), 1).iter().collect()
    }

    #[test]
    fn self_service_is_earned_and_everything_else_is_the_highest_that_fires() {
        assert_eq!(range(&[]), [1]);
        assert_eq!(range(&[(0, Yes)]), [0]);
        assert_eq!(range(&[(0, Yes), (2, Yes), (1, Yes)]), [2]);
        assert_eq!(range(&[(0, No), (3, No)]), [1]);
    }

    #[test]
    fn what_is_unsettled_widens_the_range_only_where_it_could_matter() {
        assert_eq!(range(&[(0, Unsettled)]), [0, 1]);
        assert_eq!(range(&[(0, Yes), (2, Unsettled)]), [0, 2]);
        assert_eq!(range(&[(2, Yes), (1, Unsettled)]), [2]);
        assert_eq!(range(&[(1, Yes), (3, Unsettled), (0, Unsettled)]), [1, 3]);
        assert_eq!(range(&[(0, Unsettled), (3, Unsettled)]), [0, 1, 3]);
    }
}
