//! Printing outcomes in the format that was asked for: at once where the format allows it, at the end where it
//! has a head that counts what follows.

use super::tally::Tally;
use crate::args::Format;
use crate::output::{Output, complain};
use remit_core::diagnostic::Severity;
use remit_core::engine::{Checked, Engine};
use remit_core::render::{self, Outcome, Paint};
use remit_core::source::Source;
use remit_core::wire::v1;

/// Prints outcomes one after the other.
pub(super) struct Printer {
    pub(super) output: Output,
    format: Format,
    paint: Paint,
    /// Only what is wrong or stopped.
    quiet: bool,
    /// What links in Markdown begin with.
    link_base: Option<String>,
    printed: usize,
    kept: Vec<Outcome>,
}

impl Printer {
    pub(super) fn new(format: Format, paint: Paint, quiet: bool, link_base: Option<&str>) -> Self {
        Self {
            output: Output::new(),
            format,
            paint,
            quiet,
            link_base: link_base.map(str::to_owned),
            printed: 0,
            kept: vec![],
        }
    }

    pub(super) fn begin(&mut self) {
        (self.printed, self.kept) = (0, vec![]);
        if self.format == Format::Json {
            self.output.print("[");
        }
    }

    pub(super) fn add(&mut self, engine: &Engine, checked: &Checked, outcome: Outcome) {
        if self.quiet && !outcome.is_bad() {
            return;
        }
        let first = self.printed == 0;
        self.printed += 1;
        match self.format {
            Format::Text => {
                if !first {
                    self.output.print("\n\n");
                }
                self.output.print(&self.text(engine, checked, &outcome));
            }
            Format::Json => {
                self.output.print(if first { "\n" } else { ",\n" });
                self.output.print(&written(serde_json::to_string_pretty(&outcome.report)));
            }
            Format::Ndjson => {
                self.output.print(&written(serde_json::to_string(&outcome.report)));
                self.output.print("\n");
            }
            Format::Github => self.output.print(&render::github(&outcome)),
            Format::Markdown | Format::Sarif | Format::Junit => self.kept.push(outcome),
        }
    }

    /// Ends a round. `tally` is given where a summary is of use.
    pub(super) fn end(&mut self, tally: Option<&Tally>) {
        let kept = std::mem::take(&mut self.kept);
        match self.format {
            Format::Json => self.output.print("\n]\n"),
            Format::Text => {
                if let Some(tally) = tally {
                    let gap = if self.printed > 0 { "\n\n" } else { "" };
                    self.output.print(&format!("{gap}{}\n", tally.summary()));
                }
            }
            Format::Markdown => self.output.print(&render::markdown(&kept, self.link_base.as_deref())),
            Format::Sarif => self.output.print(&render::sarif(&kept)),
            Format::Junit => self.output.print(&render::junit(&kept)),
            Format::Ndjson | Format::Github => {}
        }
    }

    fn text(&self, engine: &Engine, checked: &Checked, outcome: &Outcome) -> String {
        let report = &outcome.report;
        let mut text = String::new();
        let root = checked.intake.document.root.as_ref();
        let nothing_read = root.and_then(remit_core::document::Node::as_map).is_none() && !report.valid;
        if nothing_read {
            text.push_str(&format!("No decision — {}\n", report.intake.source));
        } else if self.quiet {
            text.push_str(&format!("{}\n", report.intake.source));
        } else {
            text.push_str(&render::text(report, self.paint));
        }
        let mut sources: Vec<&Source> = vec![&checked.intake.document.source];
        sources.extend(&engine.pack.sources);
        let least = if self.quiet { Severity::Error } else { Severity::Warning };
        for found in checked.diagnostics.iter().filter(|found| found.severity >= least || nothing_read) {
            text.push('\n');
            text.push_str(&render::diagnostic(found, &sources, self.paint));
        }
        for stop in &outcome.stops {
            text.push_str(&format!("\nStopped by gate {}: {}\n", stop.gate, stop.reason));
        }
        text.trim_end().to_owned() + "\n"
    }
}

fn written(json: Result<String, serde_json::Error>) -> String {
    json.unwrap_or_else(|error| {
        complain(&format!("a report cannot be written as JSON: {error}"));
        "null".to_owned()
    })
}

/// Whether a format can be read while it is still being written.
pub(super) fn streams(format: Format) -> bool {
    matches!(format, Format::Text | Format::Ndjson | Format::Github)
}

/// The outcome of a report.
pub(super) fn outcome(report: v1::Report, gates: &[remit_core::gate::Gate]) -> Outcome {
    let stops = remit_core::gate::stops(gates, &report);
    Outcome { report, stops }
}
