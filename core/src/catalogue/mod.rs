//! What a pack's rules can name: tiers, routes, artifacts, roles, decisions and the rest.
//!
//! The engine knows the *sections* and what each is for; which entries there are is the pack's business.
//! Values that no document gives are marked `assumed: true`, and [`Catalogue::assumptions`] lists them.

pub mod codes;
mod read;

use crate::calendar::{Calendar, Duration};
use crate::record::Spanned;
use crate::source::Location;
use std::fmt;

pub use read::read;

/// The highest engagement tier.
pub const MAX_TIER: u8 = 3;

/// A tier, 0 to 3.
pub type TierNumber = u8;

/// Everything that rules can name.
#[derive(Debug, Default, Clone)]
pub struct Catalogue {
    /// Engagement tiers by number.
    pub tiers: Vec<Tier>,
    /// Where an intake can be sent.
    pub routes: Entries<Route>,
    /// Service lines that can be engaged.
    pub services: Entries<ServiceLine>,
    /// Evidence that can be asked for.
    pub artifacts: Entries<Artifact>,
    /// Who acts.
    pub roles: Entries<RoleEntry>,
    /// Whom an intake can be referred to.
    pub teams: Entries<Team>,
    /// How a decision can end.
    pub outcomes: Entries<Outcome>,
    /// Decisions that can be asked for.
    pub decisions: Entries<DecisionRight>,
    /// Conditions under which an intake escalates.
    pub escalations: Entries<Escalation>,
    /// Duties that an intake can carry.
    pub obligations: Entries<Obligation>,
    /// Which days nobody works on.
    pub calendar: Calendar,
    /// Values that no document gives.
    pub assumptions: Vec<Assumption>,
}

/// A section of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Engagement tiers.
    Tiers,
    /// Routes.
    Routes,
    /// Service lines.
    Services,
    /// Artifacts.
    Artifacts,
    /// Roles.
    Roles,
    /// Teams.
    Teams,
    /// Outcomes of decisions.
    Outcomes,
    /// Decisions.
    Decisions,
    /// Escalations.
    Escalations,
    /// Obligations.
    Obligations,
}

impl Section {
    /// One entry of it, as people say.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Tiers => "tier",
            Self::Routes => "route",
            Self::Services => "service line",
            Self::Artifacts => "artifact",
            Self::Roles => "role",
            Self::Teams => "team",
            Self::Outcomes => "outcome",
            Self::Decisions => "decision",
            Self::Escalations => "escalation",
            Self::Obligations => "obligation",
        }
    }

    /// Its key in the catalogue file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tiers => "tiers",
            Self::Routes => "routes",
            Self::Services => "services",
            Self::Artifacts => "artifacts",
            Self::Roles => "roles",
            Self::Teams => "teams",
            Self::Outcomes => "outcomes",
            Self::Decisions => "decisions",
            Self::Escalations => "escalations",
            Self::Obligations => "obligations",
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// What every entry has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// Its id: what rules write.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What it is.
    pub description: String,
    /// The rows of the source documents that it serves.
    pub cites: Vec<String>,
    /// Where it is declared.
    pub declared: Option<Location>,
}

/// An entry of a section.
pub trait Entry {
    /// What every entry has.
    fn head(&self) -> &Head;
}

/// The entries of a section, in the order in which they are written.
#[derive(Debug, Clone)]
pub struct Entries<T>(Vec<T>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<T: Entry> Entries<T> {
    /// The entry with an id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.iter().find(|entry| entry.head().id == id)
    }

    /// All of them, in the order in which they are written.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// Their ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.head().id.as_str())
    }

    /// The place of an id in the order in which they are written.
    pub fn position(&self, id: &str) -> usize {
        self.0.iter().position(|entry| entry.head().id == id).unwrap_or(usize::MAX)
    }

    /// Adds an entry, or replaces the one with its id.
    fn put(&mut self, entry: T) {
        match self.0.iter_mut().find(|known| known.head().id == entry.head().id) {
            Some(known) => *known = entry,
            None => self.0.push(entry),
        }
    }
}

macro_rules! entries {
    ($($name:ty),* $(,)?) => {
        $(impl Entry for $name {
            fn head(&self) -> &Head {
                &self.head
            }
        })*
    };
}

entries!(Tier, Route, ServiceLine, Artifact, RoleEntry, Team, Outcome, DecisionRight, Escalation, Obligation);

/// An engagement tier.
#[derive(Debug, Clone)]
pub struct Tier {
    /// Id (`0` to `3`), title (`Deep review`), when it is used.
    pub head: Head,
    /// Its number.
    pub number: TierNumber,
    /// The artifacts that it expects.
    pub artifacts: Vec<Spanned<String>>,
    /// Its artifacts come on top of those of the highest lower tier for which a rule fires.
    pub on_top: bool,
    /// How fast it is answered and decided, by urgency; the first is the one for an unknown urgency.
    pub turnaround: Vec<Turnaround>,
    /// Who approves, reviews and is informed.
    pub approvals: Approvals,
}

/// How fast an intake is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnaround {
    /// The urgency that it is for.
    pub urgency: String,
    /// Until somebody answers.
    pub respond: Option<Duration>,
    /// Until it is decided.
    pub decide: Option<Duration>,
}

/// Who signs, who looks, who is told.
#[derive(Debug, Clone, Default)]
pub struct Approvals {
    /// Roles that approve.
    pub approve: Vec<Spanned<String>>,
    /// Roles that review.
    pub review: Vec<Spanned<String>>,
    /// Roles that are told.
    pub inform: Vec<Spanned<String>>,
    /// How long each approver has before the next alternate is asked.
    pub window: Option<Duration>,
}

/// Where an intake can be sent.
#[derive(Debug, Clone)]
pub struct Route {
    /// Id, title, description.
    pub head: Head,
    /// Its rung among the review routes, of which the highest wins; `None` for a route that adds up.
    pub ladder: Option<u8>,
    /// The role or team that runs it.
    pub owner: Option<Spanned<String>>,
    /// It starts at once, whatever the intake lacks.
    pub never_waits: bool,
}

/// A service line.
#[derive(Debug, Clone)]
pub struct ServiceLine {
    /// Id, title, description.
    pub head: Head,
    /// Whom it serves.
    pub customers: Vec<String>,
    /// What usually calls for it.
    pub triggers: Vec<String>,
    /// What it gives.
    pub outputs: Vec<String>,
}

/// Evidence that can be asked for.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Id, title, description.
    pub head: Head,
    /// Kinds of link, of which any counts as having it.
    pub links: Vec<Spanned<String>>,
    /// Fields of the intake whose answers count as having it; all of them must be there.
    pub fields: Vec<Spanned<String>>,
}

/// Who acts.
#[derive(Debug, Clone)]
pub struct RoleEntry {
    /// Id, title, description.
    pub head: Head,
    /// Who acts instead, in order.
    pub alternates: Vec<Spanned<String>>,
}

/// Whom an intake can be referred to.
#[derive(Debug, Clone)]
pub struct Team {
    /// Id, title, description.
    pub head: Head,
    /// How to reach them.
    pub contact: Option<String>,
}

/// How a decision can end.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Id, title, description.
    pub head: Head,
}

/// A decision, and whose it is.
#[derive(Debug, Clone)]
pub struct DecisionRight {
    /// Id, title, description.
    pub head: Head,
    /// The role that decides.
    pub owner: Spanned<String>,
    /// Roles that decide with it.
    pub co_owners: Vec<Spanned<String>>,
    /// How it may end; never a bare "approved".
    pub outcomes: Vec<Spanned<String>>,
}

/// A condition under which an intake escalates.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// Id, title, description.
    pub head: Head,
    /// The roles that it goes to.
    pub to: Vec<Spanned<String>>,
    /// How soon they answer.
    pub within: Option<Duration>,
}

/// A duty that an intake can carry.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// Id, title, description.
    pub head: Head,
    /// Who carries it.
    pub owner: Option<Spanned<String>>,
}

/// A value that no document gives: ours, until somebody decides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// What is assumed: `tiers.2.turnaround`.
    pub path: String,
    /// Where.
    pub location: Location,
}

impl Catalogue {
    /// The tier with a number.
    pub fn tier(&self, number: TierNumber) -> Option<&Tier> {
        self.tiers.iter().find(|tier| tier.number == number)
    }

    /// What every entry of a section has, in order.
    pub fn heads(&self, section: Section) -> Vec<&Head> {
        fn of<T: Entry>(entries: &Entries<T>) -> Vec<&Head> {
            entries.iter().map(Entry::head).collect()
        }
        match section {
            Section::Tiers => self.tiers.iter().map(Entry::head).collect(),
            Section::Routes => of(&self.routes),
            Section::Services => of(&self.services),
            Section::Artifacts => of(&self.artifacts),
            Section::Roles => of(&self.roles),
            Section::Teams => of(&self.teams),
            Section::Outcomes => of(&self.outcomes),
            Section::Decisions => of(&self.decisions),
            Section::Escalations => of(&self.escalations),
            Section::Obligations => of(&self.obligations),
        }
    }

    /// The entry of a section with an id.
    pub fn head(&self, section: Section, id: &str) -> Option<&Head> {
        self.heads(section).into_iter().find(|head| head.id == id)
    }

    /// The name for people of a role or a team; the id itself where it is neither.
    pub fn who<'a>(&'a self, id: &'a str) -> &'a str {
        let head = self.head(Section::Roles, id).or_else(|| self.head(Section::Teams, id));
        head.map_or(id, |head| &head.title)
    }
}
