//! From what lints found to their report.

use super::v1::lint::{LintReport, LintSummary};
use super::{VERSION, diagnostic, engine, pack};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pack::Pack;
use crate::source::Source;

/// The report of what was found in a pack. `of` is the pack as far as it could be read, `loads` whether it decides.
pub fn lint(of: Option<&Pack>, loads: bool, found: &[Diagnostic], sources: &[&Source]) -> LintReport {
    let count = |severity| number(found.iter().filter(|found| found.severity == severity).count());
    LintReport {
        json: VERSION,
        engine: engine(),
        pack: of.map(pack),
        loads,
        diagnostics: found.iter().map(|found| diagnostic(found, sources)).collect(),
        summary: LintSummary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            remarks: count(Severity::Info),
            assumptions: number(of.map_or(0, |pack| pack.catalogue.assumptions.len())),
        },
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
