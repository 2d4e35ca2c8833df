//! A pack's policy tests: which there are, what becomes of them, and what they cover.

use crate::answer::Span;
use crate::packs::{Chosen, PackInfo, PackState, Ready};
use crate::snapshot::Snapshot;
use remit_core::cases::{self, Aspect, Case, Expectation, Outcome, Run, State, Suite, Want};
use remit_core::coverage::{self, Coverage};
use remit_core::diagnostic::Diagnostic;
use remit_core::pack::Files;
use remit_core::render::{self, Paint};
use remit_core::source::Source;
use remit_core::wire::{self, suite, v1};
use std::collections::BTreeSet;

/// The policy tests of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSuite {
    /// The pack.
    pub pack: PackInfo,
    /// Its case files, by path.
    pub files: Vec<TestFile>,
}

/// A case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFile {
    /// Its id.
    pub id: String,
    /// Its path inside the tests folder, without its ending.
    pub name: String,
    /// Its cases, in order.
    pub cases: Vec<TestCase>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestCase {
    /// Its name, which no other case of the pack has.
    pub name: String,
    /// What its file calls it.
    pub label: String,
    /// Its name in the file, or where it begins.
    pub span: Span,
    /// Something in it is an error: it will not pass.
    pub wrong: bool,
}

/// Which cases to run: those that everything here picks out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picked {
    /// These names.
    pub cases: Option<Vec<String>>,
    /// What a name contains, in whatever case.
    pub filter: Option<String>,
    /// The rule that a case expects something of.
    pub rule: Option<String>,
}

impl Picked {
    fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// What became of cases.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRun {
    /// The pack.
    pub pack: PackInfo,
    /// The report, as the command line gives it.
    pub report: suite::TestReport,
    /// For each case of the report, more about it.
    pub details: Vec<TestDetails>,
    /// For each rule that coverage speaks of, all of it.
    pub bodies: Vec<Span>,
}

/// More about what became of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct TestDetails {
    /// What happened, for people; empty where it passed.
    pub text: String,
    /// What is wrong with the case itself.
    pub errors: Vec<v1::Diagnostic>,
}

impl Snapshot {
    /// The policy tests of the pack in a folder, or of the embedded one. None, where the pack never loaded.
    pub fn tests(&self, root: Option<&str>) -> TestSuite {
        let chosen = self.chosen(root);
        let files = match decider(&chosen) {
            Some(ready) => cases::read(&*self.pack_files(root), ready.pack()).files,
            None => vec![],
        };
        let file = |file: &cases::CaseFile| {
            let case = |case: &Case| TestCase {
                name: case.name.clone(),
                label: label(&case.name, &file.stem).to_owned(),
                span: case.heading.into(),
                wrong: case.wrong,
            };
            TestFile {
                id: file.source.id().as_str().to_owned(),
                name: file.stem.clone(),
                cases: file.cases.iter().map(case).collect(),
            }
        };
        TestSuite { pack: chosen.info(), files: files.iter().map(file).collect() }
    }

    /// Runs policy tests of the pack in a folder, or of the embedded one; or says why that cannot be.
    pub fn run_tests(&self, root: Option<&str>, picked: &Picked, cover: bool) -> Result<TestRun, String> {
        let chosen = self.chosen(root);
        let usable = matches!(chosen.state, PackState::Good | PackState::Default);
        let Some(ready) = decider(&chosen).filter(|_| usable) else {
            let why = chosen.notice().map_or_else(String::new, |notice| format!(": {}", notice.message));
            return Err(format!("the tests cannot be run{why}"));
        };
        let files = self.pack_files(root);
        let suite = cases::read(&*files, ready.pack());
        let wanted = wanted(&suite, picked);
        let mut seen = Coverage::new(ready.pack());
        let run = cases::run(&ready.engine, &suite, &|name| wanted.contains(name), &mut |checked| {
            seen.add(&ready.engine, checked);
        });
        let measured = cover.then(|| measure(ready, &*files, &suite, seen, picked.is_everything()));
        Ok(told(&chosen, ready, &suite, &run, measured.as_ref()))
    }
}

/// The pack that reads cases: the last version that loaded.
fn decider(chosen: &Chosen) -> Option<&Ready> {
    chosen.ready.as_deref().filter(|_| chosen.decides())
}

fn label<'n>(name: &'n str, stem: &str) -> &'n str {
    name.strip_prefix(stem).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(name)
}

/// The names of the cases that are picked out.
fn wanted<'s>(suite: &'s Suite, picked: &Picked) -> BTreeSet<&'s str> {
    let filter = picked.filter.as_ref().map(|filter| filter.to_lowercase());
    let is_picked = |case: &&Case| {
        picked.cases.as_ref().is_none_or(|names| names.contains(&case.name))
            && filter.as_ref().is_none_or(|filter| case.name.to_lowercase().contains(filter))
            && picked
                .rule
                .as_ref()
                .is_none_or(|rule| case.expectations.iter().any(|one| speaks_of(one, rule)))
    };
    let cases = suite.files.iter().flat_map(|file| &file.cases);
    cases.filter(is_picked).map(|case| case.name.as_str()).collect()
}

/// Whether something is expected of a rule.
fn speaks_of(expectation: &Expectation, rule: &str) -> bool {
    let of_rules = match &expectation.aspect {
        Aspect::Names(names) => {
            matches!(names.of, cases::aspect::Domain::Rules | cases::aspect::Domain::Flags)
        }
        _ => false,
    };
    let named = match &expectation.want {
        Want::Exactly(names) => names.iter().any(|name| name.value == rule),
        Want::Some { has, lacks, first } => {
            has.iter().chain(lacks).chain(first).any(|name| name.value == rule)
        }
        Want::Flag(_) | Want::Tiers { .. } | Want::Word(_) => false,
    };
    of_rules && named
}

struct Measured {
    report: suite::CoverageReport,
    faults: Vec<Diagnostic>,
    /// The text of the excuses, to show what is wrong with them.
    excuses: Option<Source>,
}

/// Adds the examples to what the cases have shown; where cases were picked out, only they count.
fn measure(
    ready: &Ready,
    files: &dyn Files,
    suite: &Suite,
    mut seen: Coverage,
    everything: bool,
) -> Measured {
    let pack = ready.pack();
    if everything {
        for example in &suite.examples {
            seen.add(&ready.engine, &ready.engine.check(example.document.clone(), None));
        }
    }
    let mut faults = vec![];
    let (excused, excuses) = coverage::read_excuses(files, pack, &mut faults);
    let mut gaps = seen.gaps(pack, &excused);
    if everything {
        // What a few cases do not cover says nothing about an excuse.
        faults.append(&mut gaps.diagnostics);
    }
    Measured { report: coverage::report(pack, &seen, &gaps), faults, excuses }
}

fn told(chosen: &Chosen, ready: &Ready, suite: &Suite, run: &Run, measured: Option<&Measured>) -> TestRun {
    let pack = ready.pack();
    let mut found: Vec<&Diagnostic> = suite.diagnostics.iter().chain(&run.diagnostics).collect();
    found.extend(measured.iter().flat_map(|measured| &measured.faults));
    let more: Vec<&Source> = measured.iter().filter_map(|measured| measured.excuses.as_ref()).collect();
    let mut sources = suite.sources();
    sources.extend(&pack.sources);
    sources.extend(&more);
    let details = run.outcomes.iter().map(|outcome| details(suite, outcome, &found, &sources)).collect();
    let covered = measured.map(|measured| measured.report.clone());
    let body = |rule: &suite::RuleCoverage| {
        let found = pack.rules.rules().iter().find(|known| known.id == rule.rule);
        found.map(|rule| rule.span.into()).unwrap_or_default()
    };
    // Not every rule: those of a pack that this one extends are not its own to cover.
    let bodies = covered.iter().flat_map(|covered| &covered.rules).map(body).collect();
    let report = cases::report(pack, suite, run, &found, &more, covered);
    TestRun { pack: chosen.info(), report, details, bodies }
}

fn details(suite: &Suite, outcome: &Outcome, found: &[&Diagnostic], sources: &[&Source]) -> TestDetails {
    let shown = |found: &Diagnostic| render::diagnostic(found, sources, Paint::PLAIN);
    if outcome.state != State::Wrong {
        let text = outcome.failures.iter().map(|failure| shown(&failure.diagnostic)).collect();
        return TestDetails { text, errors: vec![] };
    }
    let file = suite.files.get(outcome.file);
    let of_file: Vec<&&Diagnostic> = found
        .iter()
        .filter(|found| {
            found.is_error() && file.is_some_and(|file| *file.source.id() == found.location.source)
        })
        .collect();
    let case = file.and_then(|file| file.cases.get(outcome.case));
    let inside =
        |found: &Diagnostic| case.is_some_and(|case| case.span.touches(found.location.span.start as usize));
    let mut own: Vec<&Diagnostic> =
        of_file.iter().map(|found| **found).filter(|found| inside(found)).collect();
    if own.is_empty() {
        // What a case shares with the others of its file is wrong.
        own.extend(of_file.first().map(|found| **found));
    }
    TestDetails {
        text: own.iter().map(|found| shown(found)).collect(),
        errors: own.iter().map(|found| wire::diagnostic(found, sources)).collect(),
    }
}
