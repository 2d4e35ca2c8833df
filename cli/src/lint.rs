//! `remit lint`.

use crate::args::{LintArgs, LintFormat};
use crate::output::{Output, complain, paint};
use crate::{exit, packs};
use remit_core::diagnostic::{Diagnostic, Severity};
use remit_core::engine::Engine;
use remit_core::lint::{self, Observation};
use remit_core::pack::{self, Files};
use remit_core::render::{self, Paint};
use remit_core::source::Source;
use remit_core::suggest;
use remit_core::wire;
use remit_core::{cases, codes};
use serde_json::json;
use std::io;

/// How many diagnostics there are of each severity.
#[derive(Default)]
struct Tally {
    errors: usize,
    warnings: usize,
    remarks: usize,
    /// Of the remarks, those about values that somebody has to decide.
    assumptions: usize,
}

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
    let (name, found, usable) = match loaded.usable() {
        Ok(pack) => {
            let engine = Engine::new(pack);
            let observations = observations(&engine, &*files);
            let found = lint::lint(&engine.pack, &*files, &observations, found, &arguments.level);
            let manifest = engine.pack.manifest;
            (Some((manifest.name, manifest.version)), found, true)
        }
        Err(loaded) => {
            let name = loaded.pack.map(|pack| (pack.manifest.name, pack.manifest.version));
            (name, loaded.diagnostics, false)
        }
    };
    let tally = Tally::of(&found);
    let mut output = Output::new();
    match arguments.format {
        LintFormat::Text => {
            // Remarks first: what is wrong should stand above the prompt, not scrolled away.
            let (remarks, wrong): (Vec<_>, Vec<_>) =
                found.iter().partition(|found| found.severity == Severity::Info);
            for diagnostic in remarks.into_iter().chain(wrong) {
                output.print(&shown(diagnostic, &sources, paint));
            }
            output.print(&format!("{}\n", tally.summary(name.as_ref(), usable)));
        }
        LintFormat::Json => {
            let found: Vec<_> = found.iter().map(|found| wire::diagnostic(found, &sources)).collect();
            let name = name.map(|(name, version)| json!({ "name": name, "version": version }));
            let summary = json!({
                "errors": tally.errors, "warnings": tally.warnings,
                "remarks": tally.remarks, "assumptions": tally.assumptions,
            });
            let report = json!({ "pack": name, "loads": usable, "diagnostics": found, "summary": summary });
            output.print(&format!("{report:#}\n"));
        }
    }
    let failed = tally.errors > 0 || (arguments.deny.is_some() && tally.warnings > 0);
    output.finish(match (usable, failed) {
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

impl Tally {
    fn of(found: &[Diagnostic]) -> Self {
        let mut tally = Self::default();
        for found in found {
            match found.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Info => tally.remarks += 1,
            }
            tally.assumptions +=
                usize::from(found.code == lint::codes::ASSUMPTION && found.severity == Severity::Info);
        }
        tally
    }

    fn summary(&self, name: Option<&(String, String)>, usable: bool) -> String {
        let name = name.map_or_else(|| "the pack".to_owned(), |(name, version)| format!("{name} {version}"));
        let count = |number: usize, one: &str| match number {
            0 => format!("no {one}s"),
            1 => format!("1 {one}"),
            many => format!("{many} {one}s"),
        };
        let mut parts = vec![count(self.errors, "error"), count(self.warnings, "warning")];
        if self.remarks > 0 {
            let assumed = match self.assumptions {
                0 => String::new(),
                1 => " (1 of them an assumption to decide)".to_owned(),
                many => format!(" ({many} of them assumptions to decide)"),
            };
            parts.push(format!("{}{assumed}", count(self.remarks, "remark")));
        }
        let verdict = if usable { "" } else { "; it does not load, and only what loading found is listed" };
        let more = if self.errors + self.warnings > 0 {
            "\nremit lint --explain CODE says what a code means and how to mend it"
        } else {
            ""
        };
        format!("{name}: {}{verdict}{more}", parts.join(", "))
    }
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
