//! Running cases: each intake is decided, and the decision compared with what the case expects.

use super::aspect::{Aspect, Domain, Found};
use super::compare::{self, Difference};
use super::expect::Want;
use super::{Case, CaseFile, Suite, codes};
use crate::diagnostic::{Diagnostic, Label};
use crate::engine::{Checked, Engine};
use crate::evaluate::Truth;
use crate::explain;
use crate::rules::{EffectKind, Rule, Verb};
use crate::source::Span;
use crate::wire;
use crate::wire::v1::Report;

/// A failure names at most this many rules.
const MAX_REASONS: usize = 3;
/// A reason names at most this many answers.
const MAX_CAUSES: usize = 3;

/// What became of all cases.
#[derive(Debug, Default)]
pub struct Run {
    /// One for each case that was asked for, in order of file and place.
    pub outcomes: Vec<Outcome>,
    /// What was found out about cases by running them, beside what differed.
    pub diagnostics: Vec<Diagnostic>,
    /// How many cases a filter left out.
    pub left_out: usize,
}

/// What became of a case.
#[derive(Debug)]
pub struct Outcome {
    /// Its file's place in the suite.
    pub file: usize,
    /// Its place in the file.
    pub case: usize,
    /// How it went.
    pub state: State,
    /// What differed.
    pub failures: Vec<Failure>,
}

/// How a case went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Everything is as expected.
    Passed,
    /// Something is not.
    Failed,
    /// The case itself is wrong; it was not compared.
    Wrong,
}

/// A part of a decision that is not as expected.
#[derive(Debug)]
pub struct Failure {
    /// Which of the case's expectations.
    pub expectation: usize,
    /// Its key under `expect`.
    pub aspect: String,
    /// What was expected.
    pub wanted: String,
    /// What was found.
    pub found: String,
    /// It, with the place of the expectation and of the rules that did it.
    pub diagnostic: Diagnostic,
    /// What the decision says, to write into the case.
    pub(super) actual: Found,
}

impl Run {
    /// How many cases went so.
    pub fn count(&self, state: State) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.state == state).count()
    }
}

/// Runs the cases whose name `wanted` says yes to. `seen` is shown everything that was decided.
pub fn run(
    engine: &Engine,
    suite: &Suite,
    wanted: &dyn Fn(&str) -> bool,
    seen: &mut dyn FnMut(&Checked),
) -> Run {
    let mut run = Run::default();
    for (number, file) in suite.files.iter().enumerate() {
        for (place, case) in file.cases.iter().enumerate() {
            if !wanted(&case.name) {
                run.left_out += 1;
                continue;
            }
            let mut outcome = Outcome { file: number, case: place, state: State::Wrong, failures: vec![] };
            if !case.wrong {
                let checked = engine.check(suite.document(file, case), case.today);
                seen(&checked);
                if let Some(fault) = unexpected_fault(suite, file, case, &checked) {
                    run.diagnostics.push(fault);
                } else {
                    outcome.failures = compare(engine, file, case, &checked);
                    outcome.state = if outcome.failures.is_empty() { State::Passed } else { State::Failed };
                }
            }
            run.outcomes.push(outcome);
        }
    }
    run
}

/// The first error of an intake, where the case does not say that the intake is invalid: it would test
/// something else than it seems to.
fn unexpected_fault(suite: &Suite, file: &CaseFile, case: &Case, checked: &Checked) -> Option<Diagnostic> {
    let speaks = |aspect: &Aspect| match aspect {
        Aspect::Valid => true,
        Aspect::Names(names) => names.of == Domain::Codes,
        _ => false,
    };
    if checked.is_valid() || case.expectations.iter().any(|expectation| speaks(&expectation.aspect)) {
        return None;
    }
    let own = checked.intake.document.source.id();
    let mut fault = checked
        .diagnostics
        .iter()
        .find(|found| found.is_error() && found.location.source == *own)
        .cloned()?;
    if let Some(joined) = suite.joined(file, case) {
        joined.relocate(&mut fault);
    }
    let message = format!("the intake of this case is invalid: {}", fault.message);
    let label = Label { location: fault.location, message: "this does not count".to_owned() };
    let mut diagnostic = Diagnostic::error(codes::INVALID_INTAKE, file.source.locate(case.heading), message);
    diagnostic.labels.push(label);
    let expected = "expect `valid: false` if that is what the case is about";
    diagnostic.help = Some(match fault.help {
        Some(help) => format!("{help}; {expected}"),
        None => expected.to_owned(),
    });
    Some(diagnostic)
}

/// More bytes than this of what was found are left out of a failure's first line.
const LONG: usize = 160;

fn compare(engine: &Engine, file: &CaseFile, case: &Case, checked: &Checked) -> Vec<Failure> {
    let report = wire::report(engine, checked);
    let mut failures = vec![];
    for (number, expectation) in case.expectations.iter().enumerate() {
        let found = expectation.aspect.find(&report);
        let Some(difference) = compare::difference(expectation, &found) else { continue };
        let aspect = expectation.aspect.key();
        // A long list is not read; what is too much or too little stands below it.
        let names_differ = !(difference.surplus.is_empty() && difference.lacking.is_empty());
        let short = difference.found.len() <= LONG || !names_differ;
        let message = match expectation.want {
            Want::Some { .. } if short => {
                format!("`{aspect}` is {}, but must {}", difference.found, difference.wanted)
            }
            Want::Some { .. } => format!("`{aspect}` must {}", difference.wanted),
            _ if short => format!("`{aspect}` is {}, not {}", difference.found, difference.wanted),
            _ => format!("`{aspect}` is not {}", difference.wanted),
        };
        let mut diagnostic = Diagnostic::error(codes::FAILED, file.source.locate(expectation.value), message);
        diagnostic.note = Some(note(&difference));
        diagnostic.labels = reasons(engine, checked, &report, &expectation.aspect, &difference);
        failures.push(Failure {
            expectation: number,
            aspect,
            wanted: difference.wanted,
            found: difference.found,
            diagnostic,
            actual: found,
        });
    }
    failures
}

/// What stands under the expectation: for names what is too much and too little, else what was found.
fn note(difference: &Difference) -> String {
    let names =
        |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let mut parts = vec![];
    if !difference.surplus.is_empty() {
        parts.push(format!("found too: {}", names(&difference.surplus)));
    }
    if !difference.lacking.is_empty() {
        parts.push(format!("not found: {}", names(&difference.lacking)));
    }
    if parts.is_empty() { format!("found {}", difference.found) } else { parts.join("; ") }
}

/// The rules that did it, or that could have done it, with the answers that decided them.
fn reasons(
    engine: &Engine,
    checked: &Checked,
    report: &Report,
    aspect: &Aspect,
    difference: &Difference,
) -> Vec<Label> {
    let rules = engine.pack.rules.rules();
    let mut picked: Vec<usize> = vec![];
    for name in difference.surplus.iter().chain(&difference.lacking) {
        picked.extend(
            (0..rules.len())
                .filter(|number| rules.get(*number).is_some_and(|rule| makes(rule, aspect, name))),
        );
    }
    if *aspect == Aspect::Tier {
        picked.extend(&checked.decision.tier_rules);
        picked.extend(waiting(engine, checked, report));
    }
    let mut seen = std::collections::BTreeSet::new();
    picked.retain(|rule| seen.insert(*rule));
    let labels = picked.into_iter().filter_map(|number| reason(engine, checked, number));
    labels.take(MAX_REASONS).collect()
}

/// Unsettled rules that hold the ceiling up.
fn waiting(engine: &Engine, checked: &Checked, report: &Report) -> Vec<usize> {
    let asks =
        |rule: &Rule| rule.effects.iter().any(|effect| effect.kind == EffectKind::Tier(report.tier.ceiling));
    let rules = engine.pack.rules.rules().iter().zip(&checked.verdicts).enumerate();
    rules
        .filter(|(_, (rule, verdict))| **verdict == Truth::Unsettled && asks(rule))
        .map(|(number, _)| number)
        .collect()
}

/// Whether a rule can bring a name about.
fn makes(rule: &Rule, aspect: &Aspect, name: &str) -> bool {
    let Aspect::Names(names) = aspect else { return false };
    let verb = match names.of {
        Domain::Rules | Domain::Flags => return rule.id == name,
        Domain::Entries(section) => Verb::ALL.into_iter().find(|verb| verb.section() == section),
        _ => None,
    };
    // Approvers and notified roles are both of the section of roles, but only the latter come from rules.
    let verb = verb.filter(|_| !names.key.starts_with("approvals."));
    let Some(verb) = verb else { return false };
    rule.effects
        .iter()
        .any(|effect| matches!(&effect.kind, EffectKind::Names(own, id) if *own == verb && id == name))
}

fn reason(engine: &Engine, checked: &Checked, number: usize) -> Option<Label> {
    let rules = &engine.pack.rules;
    let rule = rules.rules().get(number)?;
    let verdict = *checked.verdicts.get(number)?;
    let causes = explain::causes(&engine.pack.schema, rule, &checked.facts, verdict);
    let words: Vec<&str> = causes.iter().take(MAX_CAUSES).map(|cause| cause.words.as_str()).collect();
    let says = match verdict {
        Truth::Yes => "fires",
        Truth::No => "does not fire",
        Truth::Unsettled => "waits for answers",
    };
    let mut message = format!("`{}` {says}", rule.id);
    if !words.is_empty() {
        message.push_str(&format!(": {}", words.join(", ")));
    }
    if causes.len() > MAX_CAUSES {
        message.push_str(", …");
    }
    let place =
        rules.source(rule.topic).locate(Span::new(rule.id_span.start as usize, rule.id_span.end as usize));
    Some(Label { location: place, message })
}
