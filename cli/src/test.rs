//! `remit test`.

use crate::args::{CoverageFormat, TestArgs, TestFormat};
use crate::output::{Output, aside, complain, paint};
use crate::{exit, packs};
use remit_core::cases::{self, Blessed, Run, State, Suite};
use remit_core::coverage::{self, Coverage, Gaps};
use remit_core::diagnostic::Diagnostic;
use remit_core::engine::Engine;
use remit_core::pack::Files;
use remit_core::render::Paint;
use remit_core::source::Source;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What was measured, and what is left.
struct Measured {
    coverage: Coverage,
    gaps: Gaps,
    /// The text of the excuses, to show what is wrong with them.
    excuses: Option<Source>,
}

pub(crate) fn run(arguments: &TestArgs) -> u8 {
    if let Some(clash) = clash(arguments) {
        complain(clash);
        return exit::USAGE;
    }
    let Some(choice) = packs::choose(arguments.pack.pack.as_deref(), arguments.color) else {
        return exit::PACK;
    };
    let folder = choice.folder.as_deref();
    if arguments.bless && folder.is_none() {
        complain("the built-in pack cannot be blessed: copy it, and name the copy with --pack");
        return exit::USAGE;
    }
    let Some(pack) = packs::load_chosen(&choice, arguments.color) else { return exit::PACK };
    let engine = Engine::new(pack);
    let files = choice.files();
    let suite = cases::read(&*files, &engine.pack);
    let filter = arguments.filter.as_ref().map(|filter| filter.to_lowercase());
    let wanted = |name: &str| filter.as_ref().is_none_or(|filter| name.to_lowercase().contains(filter));
    let mut seen = Coverage::new(&engine.pack);
    let outcome = cases::run(&engine, &suite, &wanted, &mut |checked| seen.add(&engine, checked));
    let measures = arguments.coverage.is_some() || arguments.require_coverage;
    let measured = measures.then(|| measure(&engine, &*files, &suite, seen, filter.is_none()));
    let (blessed, refused) =
        if arguments.bless { cases::bless(&engine, &suite, &outcome) } else { (vec![], vec![]) };

    let mut found: Vec<&Diagnostic> = suite.diagnostics.iter().collect();
    found.extend(&outcome.diagnostics);
    found.extend(&refused);
    found.extend(measured.iter().flat_map(|measured| &measured.gaps.diagnostics));
    let code = code(&outcome, &found, measured.as_ref(), arguments);
    let mut output = Output::new();
    let shown = print(&engine, &suite, &outcome, &found, measured.as_ref(), arguments, &mut output);
    let mut code = match shown {
        Ok(()) => code,
        Err(message) => {
            complain(&message);
            exit::OUTPUT
        }
    };
    if let Some(folder) = folder.filter(|_| arguments.bless) {
        code = code.max(write(folder, &suite, &blessed));
        if code == exit::GATE && refused.is_empty() && is_all_blessed(&outcome, &blessed) {
            code = exit::OK;
        }
    }
    output.finish(code)
}

/// Options that do not go together, beyond what the command line's own checks say.
fn clash(arguments: &TestArgs) -> Option<&'static str> {
    let on_screen = arguments.coverage.filter(|_| arguments.coverage_file.is_none());
    match (arguments.format, on_screen) {
        (TestFormat::Junit, Some(_))
        | (TestFormat::Json, Some(CoverageFormat::Text | CoverageFormat::Lcov)) => {
            Some("two reports cannot share standard output: name a --coverage-file")
        }
        _ => None,
    }
}

/// Adds the examples to what the cases have shown; with a filter, only what it picked counts.
fn measure(
    engine: &Engine,
    files: &dyn Files,
    suite: &Suite,
    mut seen: Coverage,
    everything: bool,
) -> Measured {
    if everything {
        for example in &suite.examples {
            seen.add(engine, &engine.check(example.document.clone(), None));
        }
    }
    let mut faults = vec![];
    let (excuses, source) = coverage::read_excuses(files, &engine.pack, &mut faults);
    let mut gaps = seen.gaps(&engine.pack, &excuses);
    if !everything {
        // What a few cases do not cover says nothing about an excuse, and what they cover little.
        gaps.diagnostics.clear();
    }
    gaps.diagnostics.append(&mut faults);
    Measured { coverage: seen, gaps, excuses: source }
}

fn code(run: &Run, found: &[&Diagnostic], measured: Option<&Measured>, arguments: &TestArgs) -> u8 {
    if run.count(State::Wrong) > 0 || found.iter().any(|found| found.is_error()) {
        return exit::INVALID;
    }
    let incomplete = measured.is_some_and(|measured| measured.gaps.open().next().is_some());
    if run.count(State::Failed) > 0 || (arguments.require_coverage && incomplete) {
        return exit::GATE;
    }
    exit::OK
}

fn print(
    engine: &Engine,
    suite: &Suite,
    run: &Run,
    found: &[&Diagnostic],
    measured: Option<&Measured>,
    arguments: &TestArgs,
    output: &mut Output,
) -> Result<(), String> {
    let pack = &engine.pack;
    let report = |measured: &Measured| coverage::report(pack, &measured.coverage, &measured.gaps);
    let wants = measured.filter(|_| arguments.coverage.is_some() || arguments.require_coverage);
    let format = arguments.coverage.unwrap_or(CoverageFormat::Text);
    let coverage_text = |paint: Paint| {
        wants.map(|measured| match format {
            CoverageFormat::Text => coverage::text(pack, &measured.coverage, &measured.gaps, paint),
            CoverageFormat::Json => json(&report(measured)),
            CoverageFormat::Lcov => coverage::lcov(pack, &measured.coverage),
        })
    };
    let to_file = arguments.coverage_file.as_deref();
    let more: Vec<&Source> = measured.iter().filter_map(|measured| measured.excuses.as_ref()).collect();
    match arguments.format {
        TestFormat::Json => {
            let inside = wants.filter(|_| to_file.is_none()).map(report);
            output.print(&json(&cases::report(pack, suite, run, found, &more, inside)));
        }
        TestFormat::Junit => output.print(&cases::junit(pack, suite, run, found, &more)),
        TestFormat::Text => {
            let beside = wants.is_some() && to_file.is_none() && format != CoverageFormat::Text;
            let paint = if beside {
                paint(arguments.color, &io::stderr())
            } else {
                paint(arguments.color, &io::stdout())
            };
            let text = cases::text(pack, suite, run, found, &more, paint);
            if beside {
                aside(&text);
            } else {
                output.print(&text);
            }
            if let Some(coverage) = coverage_text(paint).filter(|_| to_file.is_none()) {
                output.print(if beside { "" } else { "\n" });
                output.print(&coverage);
            }
        }
    }
    match (to_file, coverage_text(Paint::PLAIN)) {
        (Some(path), Some(text)) => fs::write(path, text).map_err(|error| {
            format!("the coverage cannot be written to `{}`: {}", packs::display(path), packs::reason(&error))
        }),
        _ => Ok(()),
    }
}

fn json(value: &impl serde::Serialize) -> String {
    match serde_json::to_string_pretty(value) {
        Ok(text) => text + "\n",
        Err(error) => {
            complain(&format!("a report cannot be written as JSON: {error}"));
            "null\n".to_owned()
        }
    }
}

/// Every case that failed is written anew.
fn is_all_blessed(run: &Run, blessed: &[Blessed]) -> bool {
    blessed.iter().map(|file| file.cases).sum::<usize>() == run.count(State::Failed)
}

/// Writes case files, and says so. A file that cannot be written stays as it was.
fn write(folder: &Path, suite: &Suite, blessed: &[Blessed]) -> u8 {
    let mut code = exit::OK;
    for file in blessed {
        let path = folder.join(&file.path);
        let Some(old) = suite.files.get(file.file) else { continue };
        let cases = if file.cases == 1 { "1 case".to_owned() } else { format!("{} cases", file.cases) };
        match replace(&path, old.source.text(), &file.text) {
            Ok(()) => complain(&format!("{cases} of {} rewritten", packs::display(&path))),
            Err(reason) => {
                complain(&format!("`{}` stays as it is: {reason}", packs::display(&path)));
                code = exit::INVALID;
            }
        }
    }
    code
}

/// Replaces a file's text in one step, so that it is the old one or the new one whatever happens.
fn replace(path: &Path, old: &str, new: &str) -> Result<(), String> {
    let failed = |error: io::Error| packs::reason(&error);
    // Through a link, the file itself.
    let path: PathBuf = fs::canonicalize(path).map_err(failed)?;
    let permissions = fs::metadata(&path).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err("it is read-only".to_owned());
    }
    if fs::read(&path).map_err(failed)? != old.as_bytes() {
        return Err("it has changed since it was read".to_owned());
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = write_beside(&beside, new, permissions).and_then(|()| fs::rename(&beside, &path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

fn write_beside(path: &Path, text: &str, permissions: fs::Permissions) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(permissions)?;
    file.sync_all().or_else(|error| if error.kind() == ErrorKind::Unsupported { Ok(()) } else { Err(error) })
}
