//! `remit lint`.

use crate::args::{LintArgs, LintFormat};
use crate::explain::json;
use crate::output::{Output, complain, paint};
use crate::{exit, packs};
use remit_core::diagnostic::{Diagnostic, Severity};
use remit_core::engine::Engine;
use remit_core::lint::{self, Observation};
use remit_core::pack::{self, Files};
use remit_core::render::{self, Paint};
use remit_core::source::Source;
use remit_core::suggest;
use remit_core::wire::{self, v1::lint::LintReport};
use remit_core::{cases, codes};
use std::io;

pub(crate) fn run(arguments: &LintArgs) -> u8 {
    let paint = paint(arguments.color, &io::stdout());
    if let Some(code) = &arguments.explain {
        return explain(code, paint);
    }
    let Some(choice) = packs::choose(arguments.pack.pack.as_deref(), arguments.color) else {
        return exit::PACK;
    };
    let files = choice.files();
    let loaded = pack::load(&*files);
    let sources = loaded.sources.clone();
    let sources: Vec<&Source> = sources.iter().collect();
    let found = loaded.diagnostics.clone();
    let (found, report) = match loaded.usable() {
        Ok(pack) => {
            let engine = Engine::new(pack);
            let observations = observations(&engine, &*files);
            let found = lint::lint(&engine.pack, &*files, &observations, found, &arguments.level);
            let report = wire::lint(Some(&engine.pack), true, &found, &sources);
            (found, report)
        }
        Err(loaded) => {
            let report = wire::lint(loaded.pack.as_ref(), false, &loaded.diagnostics, &sources);
            (loaded.diagnostics, report)
        }
    };
    let mut output = Output::new();
    match arguments.format {
        LintFormat::Text => {
            // Remarks first: what is wrong should stand above the prompt, not scrolled away.
            let (remarks, wrong): (Vec<_>, Vec<_>) =
                found.iter().partition(|found| found.severity == Severity::Info);
            for diagnostic in remarks.into_iter().chain(wrong) {
                output.print(&shown(diagnostic, &sources, paint));
            }
            output.print(&format!("{}\n", summary(&report)));
        }
        LintFormat::Json => output.print(&json(&report)),
    }
    let failed = report.summary.errors > 0 || (arguments.deny.is_some() && report.summary.warnings > 0);
    output.finish(match (report.loads, failed) {
        (false, _) => exit::PACK,
        (true, true) => exit::GATE,
        (true, false) => exit::OK,
    })
}

/// What the rules say of everything that the pack's author wrote down: its examples, and the intakes of its cases.
fn observations(engine: &Engine, files: &dyn Files) -> Vec<Observation> {
    let mut observations = lint::examples(&engine.pack, files);
    let suite = cases::read(files, &engine.pack);
    cases::run(engine, &suite, &|_| true, &mut |checked| {
        let name = checked.intake.document.source.id().to_string();
        observations.push(Observation { name, verdicts: checked.verdicts.clone() });
    });
    observations
}

/// A remark takes one line; what is wrong is shown where it is.
fn shown(found: &Diagnostic, sources: &[&Source], paint: Paint) -> String {
    match found.severity {
        Severity::Info => format!("{}\n", render::summary(found, sources)),
        Severity::Warning | Severity::Error => format!("{}\n", render::diagnostic(found, sources, paint)),
    }
}

/// All of it in a line or two.
fn summary(report: &LintReport) -> String {
    let found = &report.summary;
    let name = report
        .pack
        .as_ref()
        .map_or_else(|| "the pack".to_owned(), |pack| format!("{} {}", pack.name, pack.version));
    let count = |number: u32, one: &str| match number {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let mut parts = vec![count(found.errors, "error"), count(found.warnings, "warning")];
    if found.remarks > 0 {
        parts.push(count(found.remarks, "remark"));
    }
    let assumed = match found.assumptions {
        0 => String::new(),
        1 => "; 1 value is assumed, and waits for a decision".to_owned(),
        many => format!("; {many} values are assumed, and wait for a decision"),
    };
    let verdict = if report.loads { "" } else { "; it does not load, and only what loading found is listed" };
    let more = if found.errors + found.warnings > 0 {
        "\nremit lint --explain CODE says what a code means and how to mend it"
    } else {
        ""
    };
    format!("{name}: {}{assumed}{verdict}{more}", parts.join(", "))
}

/// Prints the page of a code.
fn explain(code: &str, paint: Paint) -> u8 {
    let Some(page) = codes::page(code) else {
        let help = match suggest::nearest(code, codes::ALL.iter().map(|known| known.0)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "codes are printed in brackets behind `error` and `warning`".to_owned(),
        };
        complain(&format!("there is no diagnostic code `{code}`; {help}"));
        return exit::USAGE;
    };
    let mut output = Output::new();
    output.print(&render::page(page, paint));
    output.finish(exit::OK)
}
