//! Colour, where the host has a terminal that wants it.

use anstyle::{AnsiColor, Style};

/// Paints text for a terminal, or leaves it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    colour: bool,
}

impl Paint {
    /// Plain text.
    pub const PLAIN: Self = Self { colour: false };
    /// With colour.
    pub const COLOUR: Self = Self { colour: true };

    /// Whether there is colour.
    pub fn has_colour(self) -> bool {
        self.colour
    }

    fn with(self, text: &str, style: Style) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.with(text, Style::new().bold())
    }

    pub(crate) fn quiet(self, text: &str) -> String {
        self.with(text, Style::new().dimmed())
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.with(text, Style::new().bold().fg_color(Some(AnsiColor::Green.into())))
    }

    pub(crate) fn wary(self, text: &str) -> String {
        self.with(text, Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())))
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.with(text, Style::new().bold().fg_color(Some(AnsiColor::Red.into())))
    }

    pub(crate) fn name(self, text: &str) -> String {
        self.with(text, Style::new().fg_color(Some(AnsiColor::Cyan.into())))
    }
}
