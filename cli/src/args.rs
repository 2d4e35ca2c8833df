//! The command line.

use crate::exit;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use remit_core::gate::{GATES, Gate};
use std::path::PathBuf;

/// Decide security-review intakes: which tier, which routes, what is missing, who decides, by when, and why
#[derive(Debug, Parser)]
#[command(
    name = "remit",
    version,
    max_term_width = 100,
    after_help = "Start with: remit check rules/examples"
)]
pub(crate) struct Remit {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Decide intakes
    Check(CheckArgs),
    /// Print the JSON Schema of intakes, of decisions, or of test reports
    Schema(SchemaArgs),
    /// Run a pack's tests, and say what they cover
    Test(TestArgs),
}

/// Decide intakes: files, folders (searched for *.intake.yaml, *.intake.yml and *.intake.json), or - for
/// standard input
#[derive(Debug, Args)]
#[command(after_help = check_help())]
pub(crate) struct CheckArgs {
    /// Intakes to decide
    #[arg(value_name = "FILE|DIR|-", default_value = ".")]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// The day that due dates are compared with; today unless given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) today: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Classes of outcomes that fail (exit code 1), separated by commas
    #[arg(long, value_name = "CLASSES", value_delimiter = ',', value_parser = gate)]
    pub(crate) gate: Vec<Gate>,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, alias = "colour", value_name = "WHEN")]
    pub(crate) color: Colour,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// The schema of decisions (json v1) instead
    #[arg(long)]
    pub(crate) decision: bool,
    /// The schema of test reports (json v1) instead
    #[arg(long, conflicts_with = "decision")]
    pub(crate) tests: bool,
}

/// Run a pack's tests (*.case.yaml in the folder that its manifest calls `tests`), and say what they cover
#[derive(Debug, Args)]
#[command(after_help = test_help())]
pub(crate) struct TestArgs {
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// Only cases with this in their name (`file: case`), whatever its letters' case
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
    /// How to print what became of the cases
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    pub(crate) format: TestFormat,
    /// Write what was found into the case files, where it differs from what they expect
    #[arg(long, requires = "pack")]
    pub(crate) bless: bool,
    /// Also say what the cases and examples cover: rules, operands of conditions, answers, tiers, points
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "text")]
    pub(crate) coverage: Option<CoverageFormat>,
    /// Where to write the coverage, instead of standard output
    #[arg(long, value_name = "FILE", requires = "coverage")]
    pub(crate) coverage_file: Option<PathBuf>,
    /// Fail (exit code 1) where something is not covered, and not excused either
    #[arg(long, conflicts_with = "filter")]
    pub(crate) require_coverage: bool,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, alias = "colour", value_name = "WHEN")]
    pub(crate) color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people
    Text,
    /// One report, as `remit schema --tests` describes it
    Json,
    /// `JUnit` XML, a suite a case file
    Junit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CoverageFormat {
    /// A table, and what is not covered with its place
    Text,
    /// The `coverage` part of a test report
    Json,
    /// A tracefile for genhtml and the like
    Lcov,
}

#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// The folder of the policy pack; the built-in default pack unless given
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) pack: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// A list of reports, one an intake, as `remit schema --decision` describes them
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    Always,
    Never,
}

fn date(text: &str) -> Result<Date, String> {
    remit_core::calendar::date(text).ok_or_else(|| "not a date such as 2026-11-20".to_owned())
}

fn gate(name: &str) -> Result<Gate, String> {
    Gate::named(name.trim()).ok_or_else(|| {
        let known: Vec<&str> = GATES.iter().map(|(name, ..)| *name).collect();
        let meant = remit_core::suggest::nearest(name, known.iter().copied());
        match meant {
            Some(meant) => format!("there is no such class; did you mean `{meant}`?"),
            None => format!("there is no such class; there are {}", known.join(", ")),
        }
    })
}

fn check_help() -> String {
    let width = GATES.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let gates: Vec<String> =
        GATES.iter().map(|(name, _, means)| format!("  {name:<width$}  {means}")).collect();
    format!("Gate classes (what is only possible counts):\n{}\n\n{}", gates.join("\n"), exit::HELP)
}

fn test_help() -> String {
    format!("{TEST_HELP}\n\n{}", exit::TEST_HELP)
}

const TEST_HELP: &str = "A case file:
  example: public-payments-endpoint.intake.yaml   # or `intake:` and the intake itself
  today: 2026-11-20                               # what due dates are compared with
  cases:                                          # a file with one case does without `cases` and `name`
    - name: only other services reach it
      changes:                                    # path: value, in order; null removes
        change.public_endpoint: false
        links[0].kind: design
      expect:                                     # what is not mentioned is not checked
        tier: 2                                   # or { floor: 1, ceiling: 3 }
        ready: true                               # or what is missing: [service.owner]
        routes: [deep-review]                     # these and no others
        rules: { has: [sensitive-data], lacks: [new-trust-boundary] }
        questions: { first: exposure.changes }
        evidence: { threat-model: claimed }       # missing, claimed, resolved, waived, none
        dates: { decide: 2026-12-01, route/incident: none }
        approvals: { approve: [product-security], window: 2 business days }

Lists: routes, escalations, requirements, missing, referrals, decisions, services, obligations,
notifications, flags, rules, each also as possible_…; superseded_routes, questions, assumptions,
ruled_out, overdue, diagnostics. Also valid and settled, true or false.

Coverage:
  A rule is covered when it was seen to fire and not to. An operand is covered when two intakes
  show that its condition turns on it (MC/DC, masking form). What is left uncovered on purpose
  stands in `uncovered.yaml` beside the cases, with a `because`:
    uncovered:
      - { rule: golden-path, operand: intake.trust_tier < \"critical\", because: … }
      - { rule: golden-path, outcome: fires, because: … }   # or `silent`
      - { choice: environment, value: test, because: … }
      - { tier: 3, because: … }
      - { point: route/board, because: … }
  With --filter only the cases that match count. On standard output, --coverage json or lcov moves
  a text report to standard error; beside --format json, --coverage json is part of that report.";
