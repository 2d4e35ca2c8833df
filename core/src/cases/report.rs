//! What became of cases, for machines: `json v1` and `JUnit` XML.

use super::run::{Outcome, Run, State};
use super::{Case, CaseFile, Suite};
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::render;
use crate::source::Source;
use crate::wire;
use crate::wire::suite::{CoverageReport, TestCase, TestFailure, TestReport, TestState};
use std::fmt::Write as _;

/// The report of a run. `diagnostics` are those about case files; `more` are texts that they may speak of,
/// beside those of the suite and the pack.
pub fn report(
    pack: &Pack,
    suite: &Suite,
    run: &Run,
    diagnostics: &[&Diagnostic],
    more: &[&Source],
    coverage: Option<CoverageReport>,
) -> TestReport {
    let mut sources = suite.sources();
    sources.extend(&pack.sources);
    sources.extend(more);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    TestReport {
        json: wire::VERSION,
        engine: wire::engine(),
        pack: wire::pack(pack),
        passed: number(run.count(State::Passed)),
        failed: number(run.count(State::Failed)),
        wrong: number(run.count(State::Wrong)),
        left_out: number(run.left_out),
        cases: cases(suite, run)
            .map(|(outcome, file, case)| TestCase {
                name: case.name.clone(),
                location: wire::location(&file.source.locate(case.heading), &sources),
                state: match outcome.state {
                    State::Passed => TestState::Passed,
                    State::Failed => TestState::Failed,
                    State::Wrong => TestState::Wrong,
                },
                failures: outcome
                    .failures
                    .iter()
                    .map(|failure| TestFailure {
                        aspect: failure.aspect.clone(),
                        wanted: failure.wanted.clone(),
                        found: failure.found.clone(),
                        diagnostic: wire::diagnostic(&failure.diagnostic, &sources),
                    })
                    .collect(),
            })
            .collect(),
        diagnostics: diagnostics.iter().map(|found| wire::diagnostic(found, &sources)).collect(),
        coverage,
    }
}

/// The outcomes with their files and cases.
pub(super) fn cases<'s>(
    suite: &'s Suite,
    run: &'s Run,
) -> impl Iterator<Item = (&'s Outcome, &'s CaseFile, &'s Case)> {
    run.outcomes.iter().filter_map(|outcome| {
        let file = suite.files.get(outcome.file)?;
        Some((outcome, file, file.cases.get(outcome.case)?))
    })
}

/// A run as `JUnit` XML: a suite a case file. A case that is wrong itself is an error, and so is a file that
/// has no case. `more` as in [`report`].
pub fn junit(pack: &Pack, suite: &Suite, run: &Run, diagnostics: &[&Diagnostic], more: &[&Source]) -> String {
    let mut sources = suite.sources();
    sources.extend(&pack.sources);
    sources.extend(more);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = write_junit(&mut text, pack, suite, run, diagnostics, &sources);
    text
}

fn write_junit(
    text: &mut String,
    pack: &Pack,
    suite: &Suite,
    run: &Run,
    diagnostics: &[&Diagnostic],
    sources: &[&Source],
) -> std::fmt::Result {
    let errors = |file: &CaseFile| -> Vec<&Diagnostic> {
        diagnostics
            .iter()
            .copied()
            .filter(|found| found.is_error() && found.location.source == *file.source.id())
            .collect()
    };
    let stray: Vec<&Diagnostic> = diagnostics
        .iter()
        .copied()
        .filter(|found| found.is_error())
        .filter(|found| !suite.files.iter().any(|file| file.source.id() == &found.location.source))
        .collect();
    let own = |number: usize| run.outcomes.iter().filter(move |outcome| outcome.file == number);
    let count = |number: usize, state: State| own(number).filter(|outcome| outcome.state == state).count();
    // Errors of a file that belong to none of its wrong cases are an entry of their own.
    let extra = |number: usize, file: &CaseFile| {
        usize::from(count(number, State::Wrong) == 0 && !errors(file).is_empty())
    };
    let extras: usize = suite.files.iter().enumerate().map(|(number, file)| extra(number, file)).sum();
    let stray_count = usize::from(!stray.is_empty());
    writeln!(
        text,
        "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        xml(&format!("{} {}", pack.manifest.name, pack.manifest.version)),
        run.outcomes.len() + extras + stray_count,
        run.count(State::Failed),
        run.count(State::Wrong) + extras + stray_count,
    )?;
    for (number, file) in suite.files.iter().enumerate() {
        let tests = own(number).count() + extra(number, file);
        if tests == 0 {
            continue;
        }
        let name = xml(&file.stem);
        writeln!(
            text,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{}\" errors=\"{}\">",
            count(number, State::Failed),
            count(number, State::Wrong) + extra(number, file),
        )?;
        for (outcome, file, case) in cases(suite, run).filter(|(outcome, ..)| outcome.file == number) {
            write_case(text, &name, outcome, file, case, &errors(file), sources)?;
        }
        if extra(number, file) > 0 {
            write_errors(text, &name, "the case file", &errors(file), sources)?;
        }
        writeln!(text, "  </testsuite>")?;
    }
    if !stray.is_empty() {
        writeln!(text, "  <testsuite name=\"tests\" tests=\"1\" failures=\"0\" errors=\"1\">")?;
        write_errors(text, "tests", "the tests themselves", &stray, sources)?;
        writeln!(text, "  </testsuite>")?;
    }
    writeln!(text, "</testsuites>")
}

fn write_case(
    text: &mut String,
    class: &str,
    outcome: &Outcome,
    file: &CaseFile,
    case: &Case,
    errors: &[&Diagnostic],
    sources: &[&Source],
) -> std::fmt::Result {
    let name = xml(&case.name);
    let line = file.source.line_column(case.heading.start as usize).line;
    let place = format!("file=\"{}\" line=\"{line}\"", xml(file.source.id().as_str()));
    let open = format!("    <testcase name=\"{name}\" classname=\"{class}\" {place}");
    match outcome.state {
        State::Passed => writeln!(text, "{open}/>"),
        State::Failed => {
            writeln!(text, "{open}>")?;
            for failure in &outcome.failures {
                let message = xml(&failure.diagnostic.message);
                let body = xml(&render::diagnostic(&failure.diagnostic, sources, render::Paint::PLAIN));
                writeln!(
                    text,
                    "      <failure message=\"{message}\" type=\"{}\">{body}</failure>",
                    xml(&failure.aspect)
                )?;
            }
            writeln!(text, "    </testcase>")
        }
        State::Wrong => {
            writeln!(text, "{open}>")?;
            let inside = |found: &&&Diagnostic| case.span.touches(found.location.span.start as usize);
            let found = errors.iter().find(inside).or(errors.first());
            let message = found.map_or("the case is wrong", |found| found.message.as_str());
            let body = found.map(|found| render::diagnostic(found, sources, render::Paint::PLAIN));
            let body = xml(&body.unwrap_or_default());
            writeln!(text, "      <error message=\"{}\">{body}</error>\n    </testcase>", xml(message))
        }
    }
}

fn write_errors(
    text: &mut String,
    class: &str,
    name: &str,
    errors: &[&Diagnostic],
    sources: &[&Source],
) -> std::fmt::Result {
    writeln!(text, "    <testcase name=\"{name}\" classname=\"{class}\">")?;
    for error in errors {
        let body = xml(&render::diagnostic(error, sources, render::Paint::PLAIN));
        writeln!(text, "      <error message=\"{}\">{body}</error>", xml(&error.message))?;
    }
    writeln!(text, "    </testcase>")
}

/// Text for an attribute or an element; what XML 1.0 cannot hold at all is replaced.
fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}
