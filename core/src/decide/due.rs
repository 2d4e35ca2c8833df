//! Due dates: counted from the day of submission by the pack's calendar. Today only decides what is late.

use crate::calendar::{self, Calendar, Duration};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::pack::Pack;
use crate::schema::{Role, Schema};
use jiff::civil::Date;

/// By when something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The last day on which it is in time; `None` where nobody said when the intake was submitted.
    pub by: Option<Date>,
    /// How long it may take.
    pub within: Duration,
}

/// How a due date stands to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// It lies ahead.
    Ahead,
    /// It is today.
    Today,
    /// It has passed.
    Overdue,
    /// Nobody said when the count starts, or what day it is.
    Unknown,
}

/// When the clock of an intake started, and what day it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock<'a> {
    calendar: &'a Calendar,
    start: Option<Date>,
    today: Option<Date>,
}

impl<'a> Clock<'a> {
    pub(super) fn new(pack: &'a Pack, facts: &Facts, today: Option<Date>) -> Self {
        Self {
            calendar: &pack.catalogue.calendar,
            start: date_of(&pack.schema, facts, Role::SubmittedOn),
            today,
        }
    }

    pub(super) fn due(self, within: Duration) -> Due {
        Due { by: self.start.and_then(|start| self.calendar.due(start, within)), within }
    }

    pub(super) fn timing(self, by: Option<Date>) -> Timing {
        match (by, self.today) {
            (Some(by), Some(today)) if by < today => Timing::Overdue,
            (Some(by), Some(today)) if by == today => Timing::Today,
            (Some(_), Some(_)) => Timing::Ahead,
            _ => Timing::Unknown,
        }
    }

    /// The sooner of two: by date, or by duration where there is no date.
    pub(super) fn sooner(self, one: Due, other: Due) -> Due {
        match (one.by, other.by) {
            (Some(a), Some(b)) if a != b => {
                if b < a {
                    other
                } else {
                    one
                }
            }
            _ => {
                if hours(other.within) < hours(one.within) {
                    other
                } else {
                    one
                }
            }
        }
    }
}

/// A rough length, to order durations where there is no date to count from.
fn hours(duration: Duration) -> u32 {
    match duration {
        Duration::Hours(hours) => u32::from(hours),
        Duration::Days(days) => u32::from(days) * 24,
        // Five working days make a week.
        Duration::BusinessDays(days) => u32::from(days) * 24 * 7 / 5,
    }
}

/// The date that a field with a role holds.
pub(super) fn date_of(schema: &Schema, facts: &Facts, role: Role) -> Option<Date> {
    let (slot, _) = schema.role(role)?;
    match facts.value(slot) {
        Fact::Text(text) => calendar::date(text),
        _ => None,
    }
}
