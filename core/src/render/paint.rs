//! Colour, where the host has a terminal that wants it, and how wide that terminal is.

use anstyle::{AnsiColor, Style};

/// Lines are broken here at the latest, so that they stay readable on a wide terminal.
const WIDTH: u16 = 100;
/// No terminal is taken to be narrower than this.
const NARROW: u16 = 40;

/// Paints text for a terminal, or leaves it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    colour: bool,
    width: u16,
}

impl Paint {
    /// Plain text.
    pub const PLAIN: Self = Self { colour: false, width: WIDTH };
    /// With colour.
    pub const COLOUR: Self = Self { colour: true, width: WIDTH };

    /// The same for a terminal of this width.
    #[must_use]
    pub fn within(self, width: u16) -> Self {
        Self { width: width.clamp(NARROW, WIDTH), ..self }
    }

    /// Where lines are broken.
    pub(crate) fn width(self) -> usize {
        usize::from(self.width)
    }

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
