//! `remit check`.

mod printer;
mod tally;
mod watch;

use crate::args::{CheckArgs, Format, InputFormat};
use crate::config::Config;
use crate::inputs::{self, Input, Lines};
use crate::output::{complain, paint};
use crate::packs::Choice;
use crate::{exit, packs};
use jiff::civil::Date;
use printer::Printer;
use remit_core::diagnostic::{Code, Diagnostic};
use remit_core::document;
use remit_core::engine::{Checked, Engine};
use remit_core::gate::Gate;
use remit_core::source::{Source, Span};
use remit_core::wire;
use std::io;
use tally::Tally;

/// A file could not be read.
const UNREADABLE: Code = Code("host/unreadable");

pub(crate) fn run(arguments: &CheckArgs) -> u8 {
    let Some(config) = Config::find(arguments.color) else { return exit::PACK };
    let Some(choice) = Choice::make(arguments.pack.pack.as_deref(), &config) else { return exit::PACK };
    let gates = if arguments.gate.is_empty() { config.gate } else { arguments.gate.clone() };
    let format = arguments.format.or(config.format).unwrap_or(Format::Text);
    let mut printer = Printer::new(
        format,
        paint(arguments.color, &io::stdout()),
        arguments.quiet,
        arguments.link_base.as_deref(),
    );
    let check = Check { arguments, gates, format };
    if arguments.watch {
        return match check.cannot_watch() {
            Some(reason) => {
                complain(&reason);
                exit::USAGE
            }
            None => watch::run(&check, &choice, printer),
        };
    }
    let Some(pack) = packs::load_chosen(&choice, arguments.color) else { return exit::PACK };
    if arguments.verbose {
        complain(&packs::describe(&pack, &choice));
    }
    let tally = check.round(&Engine::new(pack), &mut printer);
    printer.output.finish(tally.code())
}

/// What was asked for, `.remit.toml` included.
struct Check<'a> {
    arguments: &'a CheckArgs,
    gates: Vec<Gate>,
    format: Format,
}

impl Check<'_> {
    fn today(&self) -> Date {
        self.arguments.today.unwrap_or_else(|| jiff::Zoned::now().date())
    }

    fn cannot_watch(&self) -> Option<String> {
        if self.arguments.inputs.iter().any(|input| input.as_os_str() == "-") {
            return Some("standard input cannot be watched: name files or folders".to_owned());
        }
        if !printer::streams(self.format) {
            return Some(
                "`--watch` never ends, so it prints text, ndjson or github, and nothing else".to_owned(),
            );
        }
        None
    }

    /// Decides everything that was named, once.
    fn round(&self, engine: &Engine, printer: &mut Printer) -> Tally {
        let places = inputs::find(&self.arguments.inputs);
        let by_line = self.arguments.input == InputFormat::Ndjson;
        let mut tally = Tally::default();
        printer.begin();
        for place in &places {
            if by_line {
                self.lines(engine, place.lines(), &mut tally, printer);
            } else {
                self.decide(engine, place.open(self.arguments.input), &mut tally, printer);
            }
            if printer.output.is_closed() && (by_line || tally.code() >= exit::INVALID) {
                break;
            }
        }
        let summed = tally.intakes > 1 && (!self.arguments.quiet || tally.code() != exit::OK);
        printer.end(summed.then_some(&tally));
        tally
    }

    /// Decides one intake a line. Whoever reads the output gets each answer before the next question is there.
    fn lines(&self, engine: &Engine, lines: Lines, tally: &mut Tally, printer: &mut Printer) {
        for input in lines {
            self.decide(engine, input, tally, printer);
            printer.output.flush();
            if printer.output.is_closed() {
                break;
            }
        }
    }

    fn decide(&self, engine: &Engine, input: Input, tally: &mut Tally, printer: &mut Printer) {
        let checked = checked(engine, input, self.today());
        let outcome = printer::outcome(wire::report(engine, &checked), &self.gates);
        tally.add(&outcome);
        printer.add(engine, &checked, outcome);
    }
}

/// Decides what was read; what could not be read is decided as an intake that says nothing.
pub(crate) fn checked(engine: &Engine, input: Input, today: Date) -> Checked {
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
