//! Dates, durations and business days. There is no clock here: today is an argument.

use jiff::civil::{Date, Weekday};
use std::fmt;

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duration {
    /// Calendar hours: nights and weekends count.
    Hours(u16),
    /// Calendar days.
    Days(u16),
    /// Days on which people work.
    BusinessDays(u16),
}

impl Duration {
    /// Reads `4 hours`, `30 days`, `2 business days`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.trim().split_once(' ')?;
        let number: u16 = number.parse().ok()?;
        match unit.trim() {
            "hour" | "hours" => Some(Self::Hours(number)),
            "day" | "days" => Some(Self::Days(number)),
            "business day" | "business days" => Some(Self::BusinessDays(number)),
            _ => None,
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Self::Hours(number) => (number, "hour"),
            Self::Days(number) => (number, "day"),
            Self::BusinessDays(number) => (number, "business day"),
        };
        write!(f, "{number} {unit}{}", if *number == 1 { "" } else { "s" })
    }
}

/// Reads a date, `YYYY-MM-DD`, and nothing else that could be meant for one.
pub fn date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    // The library's own parser reads times and time zones too, which is a lot for a browser to load.
    Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok()
}

/// A number of so many digits.
fn number<N: std::str::FromStr>(text: &str, digits: usize) -> Option<N> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

/// The day so many days later; `None` past the end of the calendar.
fn later(from: Date, days: u16) -> Option<Date> {
    (0..days).try_fold(from, |day, _| day.tomorrow().ok())
}

/// Which days nobody works on.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Days of the week that are free.
    pub weekend: Vec<Weekday>,
    /// Single days that are free.
    pub holidays: Vec<Date>,
}

impl Calendar {
    /// The weekday with an English name.
    pub fn weekday(name: &str) -> Option<Weekday> {
        match name.to_ascii_lowercase().as_str() {
            "monday" => Some(Weekday::Monday),
            "tuesday" => Some(Weekday::Tuesday),
            "wednesday" => Some(Weekday::Wednesday),
            "thursday" => Some(Weekday::Thursday),
            "friday" => Some(Weekday::Friday),
            "saturday" => Some(Weekday::Saturday),
            "sunday" => Some(Weekday::Sunday),
            _ => None,
        }
    }

    fn is_free(&self, day: Date) -> bool {
        // A week without a working day would make every wait endless.
        let works_at_all = self.weekend.len() < 7;
        works_at_all && self.weekend.contains(&day.weekday()) || self.holidays.contains(&day)
    }

    /// The last day on which something that started on `from` is still in time. The day itself does not
    /// count; hours are rounded up to whole days, because an intake carries dates. `None` past the end of
    /// the calendar.
    pub fn due(&self, from: Date, within: Duration) -> Option<Date> {
        match within {
            Duration::Hours(hours) => later(from, hours.div_ceil(24)),
            Duration::Days(days) => later(from, days),
            Duration::BusinessDays(days) => {
                let mut day = from;
                let mut left = days;
                // Holidays are single days, so the count goes on past them; the bound keeps a hostile list short.
                let mut patience = 40_000u32;
                while left > 0 && patience > 0 {
                    day = day.tomorrow().ok()?;
                    patience -= 1;
                    if !self.is_free(day) {
                        left -= 1;
                    }
                }
                (left == 0).then_some(day)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn business_days_step_over_weekends_and_holidays() {
        let weekend = vec![Weekday::Saturday, Weekday::Sunday];
        let calendar = Calendar { weekend, holidays: vec![date("2026-11-26").unwrap()] };
        let friday = date("2026-11-20").unwrap();
        let due = |within| calendar.due(friday, Duration::parse(within).unwrap()).unwrap().to_string();
        assert_eq!(due("1 business day"), "2026-11-23");
        assert_eq!(due("4 business days"), "2026-11-27");
        assert_eq!(due("0 business days"), "2026-11-20");
        assert_eq!(due("3 days"), "2026-11-23");
        assert_eq!(due("4 hours"), "2026-11-21");
        assert_eq!(due("48 hours"), "2026-11-22");
    }

    #[test]
    fn odd_durations_and_dates_are_refused() {
        for text in ["", "4", "four hours", "4 moons", "-1 days", "99999999 days"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
        for text in [
            "2026-13-01",
            "20.11.2026",
            "2026-11-20T10:00",
            "2026-02-30",
            "20261120",
            "2026-11-2",
            "+026-11-20",
            "2026-11-20-1",
            "soon",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(Duration::parse("1 business day").unwrap().to_string(), "1 business day");
    }

    #[test]
    fn a_calendar_without_working_days_still_answers() {
        let weekend = (1..=7).filter_map(|day| Weekday::from_monday_one_offset(day).ok()).collect();
        let calendar = Calendar { weekend, holidays: vec![] };
        assert!(calendar.due(date("2026-11-20").unwrap(), Duration::BusinessDays(3)).is_some());
        assert_eq!(calendar.due(date("9999-12-31").unwrap(), Duration::Days(1)), None);
    }
}
