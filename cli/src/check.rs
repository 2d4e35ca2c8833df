//! `remit check`.

use crate::args::{CheckArgs, Format};
use crate::inputs::{self, Input};
use crate::output::{Output, complain, paint};
use crate::{exit, packs};
use jiff::civil::Date;
use remit_core::diagnostic::{Code, Diagnostic, Severity};
use remit_core::document;
use remit_core::engine::{Checked, Engine};
use remit_core::render::{self, Paint};
use remit_core::source::{Source, Span};
use remit_core::wire::{self, v1};
use std::io;

/// A file could not be read.
const UNREADABLE: Code = Code("host/unreadable");

/// What became of all intakes together.
#[derive(Default)]
struct Tally {
    intakes: usize,
    invalid: usize,
    not_ready: usize,
    stopped: usize,
    /// Settled, by tier.
    tiers: [usize; 4],
    open: usize,
}

pub(crate) fn run(arguments: &CheckArgs) -> u8 {
    let Some(pack) = packs::load(arguments.pack.pack.as_deref(), arguments.color) else { return exit::PACK };
    let engine = Engine::new(pack);
    let today = arguments.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let places = inputs::find(&arguments.inputs);
    let several = places.len() > 1;
    let mut output = Output::new();
    let mut tally = Tally::default();
    let paint = paint(arguments.color, &io::stdout());
    if arguments.format == Format::Json {
        output.print("[");
    }
    for (number, place) in places.iter().enumerate() {
        let checked = decide(&engine, place.open(), today);
        let report = wire::report(&engine, &checked);
        let stops: Vec<(String, String)> =
            arguments.gate.iter().filter_map(|gate| Some((gate.to_string(), gate.stops(&report)?))).collect();
        tally.add(&report, !stops.is_empty());
        match arguments.format {
            Format::Text => {
                if number > 0 {
                    output.print("\n\n");
                }
                output.print(&text(&engine, &checked, &report, &stops, paint));
            }
            Format::Json => {
                output.print(if number > 0 { ",\n" } else { "\n" });
                output.print(&json(&report));
            }
        }
        if output.is_closed() && tally.code() >= exit::INVALID {
            break;
        }
    }
    match arguments.format {
        Format::Json => output.print("\n]\n"),
        Format::Text if several => output.print(&format!("\n\n{}\n", tally.summary())),
        Format::Text => {}
    }
    output.finish(tally.code())
}

fn decide(engine: &Engine, input: Input, today: Date) -> Checked {
    match input.content {
        Ok((bytes, format)) => engine.check_bytes(&input.name, &bytes, format, Some(today)),
        Err(said) => {
            // Nothing was read, so nothing is answered; the report says so like any other.
            let source = Source::new(&input.name, "");
            let at = source.locate(Span::at(0));
            let mut document = document::parse(source, document::Format::Yaml, &document::Limits::default());
            document.diagnostics.push(Diagnostic::error(UNREADABLE, at, said));
            engine.check(document, Some(today))
        }
    }
}

fn json(report: &v1::Report) -> String {
    serde_json::to_string_pretty(report).unwrap_or_else(|error| {
        complain(&format!("a report cannot be written as JSON: {error}"));
        "null".to_owned()
    })
}

fn text(
    engine: &Engine,
    checked: &Checked,
    report: &v1::Report,
    stops: &[(String, String)],
    paint: Paint,
) -> String {
    let mut text = String::new();
    let root = checked.intake.document.root.as_ref();
    let nothing_read = root.and_then(document::Node::as_map).is_none() && !report.valid;
    if nothing_read {
        text.push_str(&format!("No decision — {}\n", report.intake.source));
    } else {
        text.push_str(&render::text(report, paint));
    }
    let mut sources: Vec<&Source> = vec![&checked.intake.document.source];
    sources.extend(&engine.pack.sources);
    for found in checked.diagnostics.iter().filter(|found| found.severity > Severity::Info || nothing_read) {
        text.push('\n');
        text.push_str(&render::diagnostic(found, &sources, paint));
    }
    for (gate, reason) in stops {
        text.push_str(&format!("\nStopped by gate {gate}: {reason}\n"));
    }
    text.trim_end().to_owned() + "\n"
}

impl Tally {
    fn add(&mut self, report: &v1::Report, stopped: bool) {
        self.intakes += 1;
        self.invalid += usize::from(!report.valid);
        self.not_ready += usize::from(!report.ready.complete);
        self.stopped += usize::from(stopped);
        match report.tier.settled.and_then(|tier| self.tiers.get_mut(usize::from(tier))) {
            Some(count) if report.valid => *count += 1,
            _ => self.open += 1,
        }
    }

    fn code(&self) -> u8 {
        match (self.invalid, self.stopped) {
            (0, 0) => exit::OK,
            (0, _) => exit::GATE,
            _ => exit::INVALID,
        }
    }

    fn summary(&self) -> String {
        let mut parts: Vec<String> =
            self.tiers.iter().enumerate().map(|(tier, count)| format!("tier {tier}: {count}")).collect();
        let more = [
            ("open", self.open),
            ("not ready", self.not_ready),
            ("invalid", self.invalid),
            ("stopped by a gate", self.stopped),
        ];
        parts.extend(
            more.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{what}: {count}")),
        );
        format!("{} intakes — {}", self.intakes, parts.join(", "))
    }
}
