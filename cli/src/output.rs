//! Printing. A reader that goes away, as `head` does, ends the printing and nothing else.

use crate::args::Colour;
use crate::exit;
use remit_core::render::Paint;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Standard output, buffered; remembers whether anybody still reads.
pub(crate) struct Output {
    out: io::BufWriter<io::Stdout>,
    failed: Option<ErrorKind>,
}

impl Output {
    pub(crate) fn new() -> Self {
        Self { out: io::BufWriter::new(io::stdout()), failed: None }
    }

    /// Prints text as it is.
    pub(crate) fn print(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(text.as_bytes()).err().map(|error| error.kind());
        }
    }

    /// Lets whoever reads have what was printed so far.
    pub(crate) fn flush(&mut self) {
        if self.failed.is_none() {
            self.failed = self.out.flush().err().map(|error| error.kind());
        }
    }

    /// Whether printing more is of no use.
    pub(crate) fn is_closed(&self) -> bool {
        self.failed.is_some()
    }

    /// Flushes, and gives the exit code that becomes of `code`.
    pub(crate) fn finish(mut self, code: u8) -> u8 {
        self.flush();
        written(self.failed.map_or(Ok(()), |kind| Err(kind.into())), code)
    }
}

/// The exit code that becomes of `code` once printing has ended so. A reader that goes away has had enough.
pub(crate) fn written(result: io::Result<()>, code: u8) -> u8 {
    match result.map_err(|error| error.kind()) {
        Ok(()) | Err(ErrorKind::BrokenPipe) => code,
        Err(kind) => {
            complain(&format!("cannot write the output: {kind}"));
            exit::OUTPUT
        }
    }
}

/// Says something on standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "remit: {text}");
}

/// Prints on standard error, as it is.
pub(crate) fn aside(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Whether to paint what goes to a stream, and how wide it is.
pub(crate) fn paint(colour: Colour, stream: &impl IsTerminal) -> Paint {
    let wanted = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    };
    let paint = if wanted { Paint::COLOUR } else { Paint::PLAIN };
    match terminal_size::terminal_size().filter(|_| stream.is_terminal()) {
        Some((width, _)) => paint.within(width.0),
        None => paint,
    }
}
