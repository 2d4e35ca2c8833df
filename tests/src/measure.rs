//! Timing, and saying what came of it. Numbers are for people: no test ever fails on them.

use std::time::Duration;

/// A series of measurements of one thing.
#[derive(Debug, Clone, Default)]
pub struct Series(Vec<f64>);

impl Series {
    /// Adds a measurement.
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    /// The one in the middle, which a busy machine moves least.
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The first and the last decile, around the median: `58.1 … 61.9`. `show` writes a value.
    pub fn spread(&self, show: impl Fn(f64) -> String) -> String {
        format!("{} … {}", show(self.at(0.1)), show(self.at(0.9)))
    }

    /// The value that this share of them does not exceed: `0.99` for all but the worst hundredth.
    pub fn share(&self, share: f64) -> f64 {
        self.at(share)
    }

    fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1) as f64;
        let index = (last * share).round() as usize;
        sorted.get(index).copied().unwrap_or(f64::NAN)
    }
}

impl FromIterator<f64> for Series {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// Nanoseconds, as a number to calculate with.
pub fn nanoseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e9
}

/// A time in the unit that suits it: `420 ns`, `33.1 µs`, `8.20 ms`.
pub fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e6 => format!("{:.2} µs", n / 1e3),
        n => format!("{:.2} ms", n / 1e6),
    }
}

/// Lines with their columns aligned: the first to the left, all others to the right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        text.push_str("  ");
        text.push_str(cells.collect::<Vec<_>>().join("   ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_told_by_its_middle() {
        let series: Series = [9.0, 1.0, 3.0].into_iter().collect();
        assert_eq!(series.median(), 3.0);
        assert_eq!(series.spread(time), "1 ns … 9 ns");
    }

    #[test]
    fn columns_line_up() {
        let rows = [vec!["a".to_owned(), "10".to_owned()], vec!["µs".to_owned(), "1".to_owned()]];
        assert_eq!(table(&rows), "  a    10\n  µs    1\n");
    }
}
