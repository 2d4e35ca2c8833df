//! What became of cases, for people: each failure with the place of the expectation and the rules that did
//! it, then one line that counts.

use super::report::cases;
use super::run::{Run, State};
use super::{Suite, codes};
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::render::{self, Paint};
use crate::source::Source;

/// A run as text. `diagnostics` are those about case files; `more` are texts that they may speak of, beside
/// those of the suite and the pack.
pub fn text(
    pack: &Pack,
    suite: &Suite,
    run: &Run,
    diagnostics: &[&Diagnostic],
    more: &[&Source],
    paint: Paint,
) -> String {
    let mut sources = suite.sources();
    sources.extend(&pack.sources);
    sources.extend(more);
    let mut out = String::new();
    for found in diagnostics {
        out.push_str(&render::diagnostic(found, &sources, paint));
        out.push('\n');
    }
    for (outcome, _, case) in cases(suite, run).filter(|(outcome, ..)| outcome.state == State::Failed) {
        out.push_str(&format!("{}  {}\n", paint.bad("FAILED"), paint.strong(&case.name)));
        for failure in &outcome.failures {
            out.push_str(&render::diagnostic(&failure.diagnostic, &sources, paint));
        }
        out.push('\n');
    }
    out.push_str(&summary(suite, run, diagnostics, paint));
    out
}

fn summary(suite: &Suite, run: &Run, diagnostics: &[&Diagnostic], paint: Paint) -> String {
    let (passed, failed, wrong) =
        (run.count(State::Passed), run.count(State::Failed), run.count(State::Wrong));
    let mut parts = vec![format!("{passed} passed")];
    if failed > 0 {
        parts.push(paint.bad(&format!("{failed} failed")));
    }
    if wrong > 0 {
        parts.push(paint.bad(&format!("{wrong} wrong, and not compared")));
    }
    if run.left_out > 0 {
        parts.push(format!("{} left out", run.left_out));
    }
    let errors = diagnostics.iter().filter(|found| found.is_error()).count();
    if errors > 0 && wrong == 0 {
        let word = if errors == 1 { "error" } else { "errors" };
        parts.push(paint.bad(&format!("{errors} {word} in case files")));
    }
    let count = run.outcomes.len();
    let mut line = format!("{count} {}: {}\n", if count == 1 { "case" } else { "cases" }, parts.join(", "));
    if suite.is_empty() && errors == 0 {
        line =
            "no cases: the manifest's `tests` names a folder, and its files end in .case.yaml\n".to_owned();
    } else if count == 0 && run.left_out > 0 {
        line = format!("no case has that in its name; there are {}\n", run.left_out);
    }
    if failed > 0 && diagnostics.iter().all(|found| found.code != codes::NOT_BLESSED) {
        line.push_str("if what was found is right, `--bless` writes it into the case files\n");
    }
    line
}
