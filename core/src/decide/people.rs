//! Who approves, who reviews, who is told: from the approvals of the tiers that are still possible.

use super::Standing;
use super::tiers::Tiers;
use crate::calendar::Duration;
use crate::catalogue::{Approvals, Tier};
use crate::pack::Pack;
use crate::record::Spanned;

/// What somebody does for an intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApprovalKind {
    /// Signs.
    Approve,
    /// Looks.
    Review,
    /// Is told.
    Inform,
}

impl ApprovalKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Approve, Self::Review, Self::Inform];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Review => "review",
            Self::Inform => "inform",
        }
    }

    fn of(self, approvals: &Approvals) -> &[Spanned<String>] {
        match self {
            Self::Approve => &approvals.approve,
            Self::Review => &approvals.review,
            Self::Inform => &approvals.inform,
        }
    }
}

/// A role that acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// What it does.
    pub kind: ApprovalKind,
    /// Which role.
    pub role: String,
    /// Whether it is certain.
    pub standing: Standing,
}

/// The roles that act in any of the tiers; certain where they do in each. The window is the shortest.
pub(super) fn approvals(pack: &Pack, tiers: Tiers) -> (Vec<Approval>, Option<Duration>) {
    let entries: Vec<&Tier> = tiers.iter().filter_map(|tier| pack.catalogue.tier(tier)).collect();
    let mut approvals: Vec<Approval> = vec![];
    for kind in ApprovalKind::ALL {
        for role in entries.iter().flat_map(|tier| kind.of(&tier.approvals)) {
            if approvals.iter().any(|known| known.kind == kind && known.role == role.value) {
                continue;
            }
            let everywhere = entries
                .iter()
                .all(|tier| kind.of(&tier.approvals).iter().any(|other| other.value == role.value));
            let standing = if everywhere { Standing::Certain } else { Standing::Possible };
            approvals.push(Approval { kind, role: role.value.clone(), standing });
        }
    }
    let window = entries.iter().filter_map(|tier| tier.approvals.window).min();
    (approvals, window)
}
