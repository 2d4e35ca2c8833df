//! `remit explain`.

use crate::args::{ExplainArgs, InputFormat, Prose, Reader};
use crate::check::checked;
use crate::inputs;
use crate::output::{Output, complain, paint};
use crate::{exit, packs};
use remit_core::counterfactual::{Goal, Limits, search};
use remit_core::diagnostic::Severity;
use remit_core::engine::{Checked, Engine};
use remit_core::explain::Target;
use remit_core::render::{self, Audience, Paint};
use remit_core::source::Source;
use remit_core::wire;
use serde::Serialize;
use std::io;

pub(crate) fn run(arguments: &ExplainArgs) -> u8 {
    let Some(pack) = packs::load(arguments.pack.pack.as_deref(), arguments.color) else { return exit::PACK };
    let engine = Engine::new(pack);
    // What is asked for is looked at first: nobody waits for standard input to be told of a typing error.
    let asked = match asked(arguments, &engine) {
        Ok(asked) => asked,
        Err(reason) => {
            complain(&reason);
            return exit::USAGE;
        }
    };
    if arguments.file.is_dir() {
        complain(&format!("`{}` is a folder; name one intake in it", packs::display(&arguments.file)));
        return exit::USAGE;
    }
    let places = inputs::find(std::slice::from_ref(&arguments.file));
    let Some(place) = places.first() else { return exit::INVALID };
    let today = arguments.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let checked = checked(&engine, place.open(InputFormat::Auto), today);
    let paint = paint(arguments.color, &io::stdout());
    let mut output = Output::new();
    if checked.intake.document.root.is_none() && !checked.is_valid() {
        faults(&engine, &checked, arguments);
        return output.finish(exit::INVALID);
    }
    let text = match &asked {
        Asked::Part(target) => part(&engine, &checked, target.as_ref(), arguments, paint),
        Asked::Instead(goals) => instead(&engine, &checked, goals, arguments, paint),
    };
    output.print(&text);
    output.finish(if checked.is_valid() { exit::OK } else { exit::INVALID })
}

enum Asked {
    Part(Option<Target>),
    Instead(Vec<Goal>),
}

fn asked(arguments: &ExplainArgs, engine: &Engine) -> Result<Asked, String> {
    if !arguments.instead.is_empty() {
        let goals: Result<Vec<Goal>, String> =
            arguments.instead.iter().map(|goal| Goal::parse(goal, engine)).collect();
        return goals.map(Asked::Instead);
    }
    let target = arguments.target.as_ref().map(|target| Target::parse(target, &engine.pack, engine.index()));
    target.transpose().map(Asked::Part)
}

fn part(
    engine: &Engine,
    checked: &Checked,
    target: Option<&Target>,
    arguments: &ExplainArgs,
    paint: Paint,
) -> String {
    let explanation = wire::explanation(engine, checked, target);
    let audience = match arguments.reader {
        Reader::Requester => Audience::Requester,
        Reader::Reviewer => Audience::Reviewer,
        Reader::Auditor => Audience::Auditor,
    };
    match arguments.format {
        Prose::Json => json(&explanation),
        Prose::Text => render::explanation(&explanation, audience, paint),
    }
}

fn instead(
    engine: &Engine,
    checked: &Checked,
    goals: &[Goal],
    arguments: &ExplainArgs,
    paint: Paint,
) -> String {
    let outcome = search(engine, checked, goals, Limits::default());
    let found = wire::counterfactual(engine, checked, goals, &outcome);
    match arguments.format {
        Prose::Json => json(&found),
        Prose::Text => render::instead(&found, &wire::report(engine, checked), paint),
    }
}

/// Why nothing could be read.
fn faults(engine: &Engine, checked: &Checked, arguments: &ExplainArgs) {
    let mut sources: Vec<&Source> = vec![&checked.intake.document.source];
    sources.extend(&engine.pack.sources);
    let errors = checked.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    packs::print(errors, &sources, arguments.color);
}

/// A shape as JSON, with a line break at its end.
pub(crate) fn json(shape: &impl Serialize) -> String {
    match serde_json::to_string_pretty(shape) {
        Ok(text) => text + "\n",
        Err(error) => {
            complain(&format!("this cannot be written as JSON: {error}"));
            "null\n".to_owned()
        }
    }
}
