//! Policy tests for a client's test explorer: which there are, what became of them, and what they cover.

use super::places::location;
use crate::convert;
use crate::failure;
use crate::state::Moment;
use crate::status::PackStatus;
use lsp_types::{Location, Range, Url};
use remit_service::answer::{Place, Span};
use remit_service::suite::{CoverageCount, CoverageKind, CoverageReport, TestState};
use remit_service::v1::{Diagnostic, Severity};
use remit_service::{Picked, TestDetails, TestRun, TestSuite, suite};
use serde::{Deserialize, Serialize};

/// What `remit/tests` asks.
#[derive(Debug, Clone, Deserialize)]
pub struct TestsParams {
    /// A file or folder around which the pack lies; without one, all packs of the workspace are meant.
    pub uri: Option<Url>,
}

/// The tests of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Suite {
    /// The pack.
    pub pack: PackStatus,
    /// Its case files.
    pub files: Vec<TestFile>,
}

/// A case file.
#[derive(Debug, Clone, Serialize)]
pub struct TestFile {
    /// The file.
    pub uri: Url,
    /// Its path inside the tests folder, without its ending.
    pub name: String,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// A case.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// Its name, which no other case of the pack has.
    pub name: String,
    /// What its file calls it.
    pub label: String,
    /// Its name in the file, or where it begins.
    pub range: Range,
    /// Something in it is an error: it will not pass.
    pub wrong: bool,
}

/// `remit/tests`.
pub fn tests(moment: &Moment, params: &TestsParams) -> Vec<Suite> {
    let snapshot = &moment.snapshot;
    let roots = match &params.uri {
        Some(uri) => vec![snapshot.pack_around(&moment.names.id(uri))],
        None => snapshot.pack_roots().into_iter().map(Some).collect(),
    };
    roots.iter().map(|root| of_pack(moment, snapshot.tests(root.as_deref()))).collect()
}

fn of_pack(moment: &Moment, found: TestSuite) -> Suite {
    let files = found.files.into_iter().filter_map(|file| {
        let range = |span: Span| {
            let place = Place { file: file.id.clone(), span };
            convert::location(moment, &place).map(|location| location.range).unwrap_or_default()
        };
        let case = |case: &remit_service::TestCase| Case {
            name: case.name.clone(),
            label: case.label.clone(),
            range: range(case.span),
            wrong: case.wrong,
        };
        Some(TestFile {
            uri: moment.names.uri(&file.id)?,
            name: file.name,
            cases: file.cases.iter().map(case).collect(),
        })
    });
    Suite { files: files.collect(), pack: PackStatus::of(moment, found.pack) }
}

/// What `remit/runTests` asks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RunParams {
    /// A file or folder around which the pack lies; without one, the embedded pack is meant.
    pub uri: Option<Url>,
    /// Names of cases.
    pub cases: Option<Vec<String>>,
    /// What a name contains.
    pub filter: Option<String>,
    /// A rule that something is expected of.
    pub rule: Option<String>,
    /// Say what is covered.
    pub coverage: Option<bool>,
}

/// What became of cases.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// The pack.
    pub pack: PackStatus,
    /// How many passed.
    pub passed: u32,
    /// How many failed.
    pub failed: u32,
    /// How many are wrong themselves.
    pub wrong: u32,
    /// How many were not run.
    pub left_out: u32,
    /// Those that were, in order.
    pub cases: Vec<Ran>,
    /// What is wrong with case files.
    pub faults: Vec<Failure>,
    /// What is covered, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// A case that was run.
#[derive(Debug, Clone, Serialize)]
pub struct Ran {
    /// Its name.
    pub name: String,
    /// Its file.
    pub uri: Url,
    /// Its name in the file, or where it begins.
    pub range: Range,
    /// How it went.
    pub state: TestState,
    /// What happened, for people; empty where it passed.
    pub text: String,
    /// What is not as expected, or what is wrong with it.
    pub failures: Vec<Failure>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// Its key under `expect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect: Option<String>,
    /// What was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// What happened, in a sentence.
    pub message: String,
    /// Where; nothing where the client could not open it.
    pub location: Option<Location>,
    /// Other places that explain it: the rules that did it.
    pub related: Vec<Related>,
}

/// A place that explains something.
#[derive(Debug, Clone, Serialize)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// What cases cover.
#[derive(Debug, Clone, Serialize)]
pub struct Coverage {
    /// How many intakes there were.
    pub inputs: u32,
    /// Nothing is uncovered but what is excused.
    pub complete: bool,
    /// Each kind of thing that can be covered, counted.
    pub summary: Vec<CoverageCount>,
    /// Every rule file.
    pub files: Vec<FileCoverage>,
    /// What is not covered.
    pub gaps: Vec<Gap>,
}

/// What is covered of a rule file.
#[derive(Debug, Clone, Serialize)]
pub struct FileCoverage {
    /// The file.
    pub uri: Url,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// Operands that stand in it.
    pub operands: Vec<Operand>,
}

/// What was seen of a rule.
#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    /// Its id.
    pub rule: String,
    /// Where its id stands.
    pub range: Range,
    /// All of it.
    pub body: Range,
    /// How often it fired.
    pub fires: u32,
    /// How often it did not.
    pub silent: u32,
    /// How often it waited for answers.
    pub unsettled: u32,
    /// Only the interpreter can run its condition, so its operands are not known.
    pub interpreted: bool,
}

/// What was seen of an atomic test of a condition.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operand {
    /// The rule whose condition it is a part of.
    pub rule: String,
    /// As it is written, on one line.
    pub text: String,
    /// Where.
    pub range: Range,
    /// How often it was evaluated.
    pub seen: u32,
    /// How often the condition turned on it while it held.
    pub shown_true: u32,
    /// How often the condition turned on it while it did not.
    pub shown_false: u32,
    /// Both were shown.
    pub covered: bool,
}

/// Something that is not covered.
#[derive(Debug, Clone, Serialize)]
pub struct Gap {
    /// What kind of thing.
    pub kind: CoverageKind,
    /// What, in a sentence.
    pub message: String,
    /// The rule that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Where it stands in the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Why that is as it should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excused: Option<String>,
}

/// `remit/runTests`.
///
/// # Errors
///
/// When the pack does not load.
pub fn run_tests(moment: &Moment, params: &RunParams) -> Result<Run, failure::Failure> {
    let around = params.uri.as_ref().map(|uri| moment.names.id(uri));
    let root = around.and_then(|id| moment.snapshot.pack_around(&id));
    let RunParams { cases, filter, rule, .. } = params.clone();
    let cover = params.coverage.unwrap_or_default();
    let picked = Picked { cases, filter, rule };
    let ran = moment.snapshot.run_tests(root.as_deref(), &picked, cover).map_err(failure::Failure::failed)?;
    Ok(told(moment, ran))
}

fn told(moment: &Moment, ran: TestRun) -> Run {
    let TestRun { pack, report, details, bodies } = ran;
    let cases = report.cases.into_iter().zip(details);
    Run {
        pack: PackStatus::of(moment, pack),
        passed: report.passed,
        failed: report.failed,
        wrong: report.wrong,
        left_out: report.left_out,
        cases: cases.filter_map(|(case, details)| case_told(moment, case, details)).collect(),
        faults: report.diagnostics.iter().map(|found| fault(moment, found)).collect(),
        coverage: report.coverage.map(|report| coverage(moment, report, &bodies)),
    }
}

fn case_told(moment: &Moment, case: suite::TestCase, details: TestDetails) -> Option<Ran> {
    let Location { uri, range } = location(moment, &case.location)?;
    let failed = case.failures.into_iter().map(|failure| Failure {
        aspect: Some(failure.aspect),
        wanted: Some(failure.wanted),
        found: Some(failure.found),
        ..fault(moment, &failure.diagnostic)
    });
    let failures = failed.chain(details.errors.iter().map(|found| fault(moment, found))).collect();
    Some(Ran { name: case.name, uri, range, state: case.state, text: details.text, failures })
}

fn fault(moment: &Moment, found: &Diagnostic) -> Failure {
    let related = found.labels.iter().filter_map(|label| {
        Some(Related { location: location(moment, &label.location)?, message: label.message.clone() })
    });
    Failure {
        aspect: None,
        wanted: None,
        found: None,
        severity: found.severity,
        message: found.message.clone(),
        location: location(moment, &found.location),
        related: related.collect(),
    }
}

fn coverage(moment: &Moment, report: CoverageReport, bodies: &[Span]) -> Coverage {
    let mut files: Vec<FileCoverage> = vec![];
    for (rule, body) in report.rules.into_iter().zip(bodies) {
        for operand in rule.operands {
            let Some(Location { uri, range }) = location(moment, &operand.location) else { continue };
            of_file(&mut files, uri).operands.push(Operand {
                rule: rule.rule.clone(),
                text: operand.text,
                range,
                seen: operand.seen,
                shown_true: operand.shown_true,
                shown_false: operand.shown_false,
                covered: operand.covered,
            });
        }
        let body = Place { file: rule.location.source.clone(), span: *body };
        let places = (location(moment, &rule.location), convert::location(moment, &body));
        let (Some(Location { uri, range }), Some(body)) = places else { continue };
        of_file(&mut files, uri).rules.push(Rule {
            rule: rule.rule,
            range,
            body: body.range,
            fires: rule.fires,
            silent: rule.silent,
            unsettled: rule.unsettled,
            interpreted: rule.interpreted,
        });
    }
    let gaps = report.gaps.into_iter().map(|gap| Gap {
        kind: gap.kind,
        message: gap.message,
        rule: gap.rule,
        location: gap.location.as_ref().and_then(|at| location(moment, at)),
        excused: gap.excused,
    });
    Coverage {
        inputs: report.inputs,
        complete: report.complete,
        summary: report.summary,
        gaps: gaps.collect(),
        files,
    }
}

fn of_file(files: &mut Vec<FileCoverage>, uri: Url) -> &mut FileCoverage {
    let at = files.iter().position(|file| file.uri == uri).unwrap_or_else(|| {
        files.push(FileCoverage { uri, rules: vec![], operands: vec![] });
        files.len() - 1
    });
    // It was just found or made.
    files.get_mut(at).expect("the file is in the list")
}
