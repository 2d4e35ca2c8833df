//! The command line.

use crate::exit;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Error, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use remit_core::diagnostic::Code;
use remit_core::gate::{GATES, Gate};
use remit_core::lint::Level;
use remit_core::wire::Shape;
use std::ffi::OsStr;
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
    /// Say what is suspicious about a policy pack, or what a diagnostic code means
    Lint(LintArgs),
    /// Explain a decision: as a whole for its reader, one part of it, or what would make it another
    Explain(ExplainArgs),
    /// List the open questions of an intake, the most telling first, or ask them one by one
    Questions(QuestionsArgs),
    /// Print a JSON Schema: of the intakes of a pack, or of what a command prints as json
    Schema(SchemaArgs),
    /// Run a pack's tests, and say what they cover
    Test(TestArgs),
    /// Say which policy pack is used, why that one, and what it holds
    Pack(PackCommand),
    /// Make an intake, a rule, a policy pack or a test that works as it is; what exists is left alone
    #[command(subcommand)]
    New(NewCommand),
    /// Serve an editor: the Language Server Protocol over standard input and output
    Lsp(LspArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for every command into a folder
    Man(ManArgs),
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
    /// How to print; text unless given here or in `.remit.toml`
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// How the intakes are written
    #[arg(long, value_enum, default_value_t = InputFormat::Auto, value_name = "FORMAT")]
    pub(crate) input: InputFormat,
    /// Classes of outcomes that fail (exit code 1), separated by commas
    #[arg(long, value_name = "CLASSES", value_delimiter = ',', value_parser = GateParser, hide_possible_values = true)]
    pub(crate) gate: Vec<Gate>,
    /// Decide again whatever changes, the pack included, until Ctrl-C
    #[arg(long)]
    pub(crate) watch: bool,
    /// Print only what is wrong or stopped by a gate
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Say on standard error which pack decides, and why that one
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// With --format markdown: what links to lines begin with, such as the address of the files at one commit
    #[arg(long, value_name = "URL", value_parser = link_base)]
    pub(crate) link_base: Option<String>,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, alias = "colour", value_name = "WHEN")]
    pub(crate) color: Colour,
}

/// Say what is suspicious about a policy pack: what nothing uses, what can never happen, what nobody has tried
#[derive(Debug, Args)]
#[command(after_help = exit::LINT_HELP)]
pub(crate) struct LintArgs {
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t = LintFormat::Text)]
    pub(crate) format: LintFormat,
    /// How loud a code is: allow, info, warn or error; counts before the manifest's `lints`
    #[arg(long, value_name = "CODE=LEVEL", value_parser = level)]
    pub(crate) level: Vec<(Code, Level)>,
    /// Fail on warnings too
    #[arg(long, value_name = "warnings", value_parser = ["warnings"])]
    pub(crate) deny: Option<String>,
    /// Print the page of a diagnostic code, any that Remit gives, and stop
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, alias = "colour", value_name = "WHEN")]
    pub(crate) color: Colour,
}

/// Explain a decision: as a whole for its reader, one part of it, or what would make it another
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_HELP)]
pub(crate) struct ExplainArgs {
    /// The intake, or - for standard input
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// What to explain: a rule, a point of the decision, a field, or `tier`; the whole decision unless given
    #[arg(value_name = "RULE|POINT|FIELD|tier")]
    pub(crate) target: Option<String>,
    /// For whom
    #[arg(long = "for", value_enum, default_value_t = Reader::Requester, value_name = "READER")]
    pub(crate) reader: Reader,
    /// The smallest change of answers with which the decision would be so; all of them, where given again
    #[arg(long, value_name = "GOAL", allow_hyphen_values = true, conflicts_with_all = ["target", "reader"])]
    pub(crate) instead: Vec<String>,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// The day that due dates are compared with; today unless given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) today: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Prose::Text)]
    pub(crate) format: Prose,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, alias = "colour", value_name = "WHEN")]
    pub(crate) color: Colour,
}

const EXPLAIN_HELP: &str = "For example:
  remit explain my.intake.yaml                          what it means for me, and what I do next
  remit explain my.intake.yaml --for reviewer           evidence, checklist, open questions
  remit explain my.intake.yaml route/deep-review        why, or why not
  remit explain my.intake.yaml data.sensitivity         what an answer does
  remit explain my.intake.yaml --instead 'tier<=1'      what would have to be answered differently
Goals: tier=1, tier<=1, tier>=2, -route/deep-review (or: no route/deep-review), +route/advisory, ready

Exit codes: 0, or 2 where the intake is invalid or could not be read, 3 where the policy pack does not load,
64 where the command line is wrong, 74 where the output could not be written.";

/// Who reads an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// The team that asks
    Requester,
    /// Whoever looks at it
    Reviewer,
    /// Whoever wants to know later
    Auditor,
}

/// For people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Prose {
    /// For people
    Text,
    /// As `remit schema --explanation`, `--questions` or `--instead` describes it
    Json,
}

/// List the open questions of an intake, the most telling first, or ask them one by one
#[derive(Debug, Args)]
#[command(after_help = QUESTIONS_HELP)]
pub(crate) struct QuestionsArgs {
    /// The intake, or - for standard input
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// Also the questions whose answers change nothing
    #[arg(long)]
    pub(crate) all: bool,
    /// Ask them one by one, and write each answer into the file
    #[arg(long, conflicts_with = "format")]
    pub(crate) ask: bool,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t = Prose::Text)]
    pub(crate) format: Prose,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, alias = "colour", value_name = "WHEN")]
    pub(crate) color: Colour,
}

const QUESTIONS_HELP: &str =
    "With --ask, each answer is in the file before the next question is asked: whatever ends the asking,
nothing is lost. Comments, order and everything else in the file stay as they are.

Exit codes: 0, or 2 where the intake is invalid or could not be read, 3 where the policy pack does not load,
64 where the command line is wrong, 74 where the answers or the output could not be written.";

/// Print a JSON Schema: of the intakes of a pack, or of what a command prints as json
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    #[command(flatten)]
    of: ShapeArgs,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag, and the group admits one of them")]
struct ShapeArgs {
    /// Of a decision: what `check` prints, in a list with --format json, one a line with ndjson
    #[arg(long)]
    decision: bool,
    /// Of what `test --format json` prints
    #[arg(long)]
    tests: bool,
    /// Of what `test --coverage json` prints
    #[arg(long)]
    coverage: bool,
    /// Of what `lint --format json` prints
    #[arg(long)]
    lint: bool,
    /// Of what `explain --format json` prints
    #[arg(long)]
    explanation: bool,
    /// Of what `questions --format json` prints
    #[arg(long)]
    questions: bool,
    /// Of what `explain --instead … --format json` prints
    #[arg(long)]
    instead: bool,
}

impl SchemaArgs {
    /// Which shape is asked for; none: the pack's intakes.
    pub(crate) fn shape(&self) -> Option<Shape> {
        let of = &self.of;
        let asked = [
            (of.decision, Shape::Decision),
            (of.tests, Shape::Tests),
            (of.coverage, Shape::Coverage),
            (of.lint, Shape::Lint),
            (of.explanation, Shape::Explanation),
            (of.questions, Shape::Questions),
            (of.instead, Shape::Counterfactual),
        ];
        asked.into_iter().find(|(asked, _)| *asked).map(|(_, shape)| shape)
    }
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
    #[arg(long)]
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
    /// One report, as `remit schema --coverage` describes it
    Json,
    /// A tracefile for genhtml and the like
    Lcov,
}

#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// The folder of the policy pack [default: REMIT_PACK, else the nearest folder upwards whose `.remit.toml`
    /// names a pack or that is a pack itself, else the built-in one]
    #[arg(long, value_name = "DIR", global = true, value_hint = clap::ValueHint::DirPath)]
    pub(crate) pack: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NewCommand {
    /// An empty intake from the pack's schema, with the questions as comments
    Intake(NewIntakeArgs),
    /// A rule at the end of a topic, and a test that shows it firing and not firing
    Rule(NewRuleArgs),
    /// A small policy pack to start from, by itself or as an addition to another one
    Pack(NewPackArgs),
    /// A test that holds what the pack decides today about one of its examples
    Case(NewCaseArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NewIntakeArgs {
    /// Its file, `.intake.yaml` added; printed instead if there is none
    pub(crate) name: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
}

#[derive(Debug, Args)]
pub(crate) struct NewRuleArgs {
    /// Its id: lowercase letters, digits and dashes
    pub(crate) id: String,
    /// The topic that it is added to
    #[arg(long, short)]
    pub(crate) topic: String,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
}

#[derive(Debug, Args)]
pub(crate) struct NewPackArgs {
    /// Its folder, which must be empty if it is there
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
    /// Make one that adds to another pack: `default`, the built-in one, or the folder of a pack
    #[arg(long, value_name = "PACK", value_hint = clap::ValueHint::DirPath)]
    pub(crate) extends: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct NewCaseArgs {
    /// Its name: lowercase letters, digits and dashes
    pub(crate) name: String,
    /// The example that it is about
    #[arg(long, short)]
    pub(crate) example: String,
    /// The day that due dates are compared with; none unless given, so that it decides the same on any day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) today: Option<Date>,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
}

#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_HELP)]
pub(crate) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
}

const COMPLETIONS_HELP: &str = "For example:
  bash        remit completions bash > ~/.local/share/bash-completion/completions/remit
  zsh         remit completions zsh > \"${fpath[1]}/_remit\"
  fish        remit completions fish > ~/.config/fish/completions/remit.fish
  powershell  remit completions powershell | Out-String | Invoke-Expression
The topics of the pack that is in use are completed too; print them again when they change.";

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The folder that the pages are written into
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = PACK_HELP)]
pub(crate) struct PackCommand {
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, alias = "colour", value_name = "WHEN")]
    pub(crate) color: Colour,
}

const PACK_HELP: &str = "Which pack is used, the first that is given:
  1. --pack DIR
  2. the environment variable REMIT_PACK
  3. going up from the working directory, until a folder that holds `.git`: the first folder with a
     `.remit.toml` that names a pack, or with a `remit.yaml`, which is a pack itself
  4. the built-in default pack

`.remit.toml` holds what a repository wants:
  pack = \"policy\"                # a folder, from where the file lies
  gate = [\"tier-3\", \"overdue\"]  # for `remit check`, unless --gate is given
  format = \"text\"                # for `remit check`, unless --format is given";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// A list of reports, one an intake, as `remit schema --decision` describes them
    Json,
    /// One report a line, each as soon as it is there
    Ndjson,
    /// A comment for a pull request, of at most 65,000 characters
    Markdown,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's XML: an intake is a test case
    Junit,
    /// GitHub's workflow commands: annotations beside the lines
    Github,
}

/// How intakes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Files by their names, standard input by what it begins with
    Auto,
    /// YAML
    Yaml,
    /// JSON
    Json,
    /// One JSON document a line; each is an intake, decided as soon as it is read
    Ndjson,
}

impl InputFormat {
    /// What every input is then, whatever it is called.
    pub(crate) fn document(self) -> Option<remit_core::document::Format> {
        match self {
            Self::Auto => None,
            Self::Yaml => Some(remit_core::document::Format::Yaml),
            Self::Json | Self::Ndjson => Some(remit_core::document::Format::Json),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// For people
    Text,
    /// One report, as `remit schema --lint` describes it
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

fn link_base(text: &str) -> Result<String, String> {
    let plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '<' | '>' | '"' | '\\' | '`' | '|');
    let known = text.starts_with("https://") || text.starts_with("http://");
    if known && text.chars().all(plain) {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    Err("not an address such as https://git.example.com/team/repo/blob/main".to_owned())
}

/// Reads a gate class, and tells shells which there are.
#[derive(Clone)]
struct GateParser;

impl TypedValueParser for GateParser {
    type Value = Gate;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Gate, Error> {
        let parser = gate as fn(&str) -> Result<Gate, String>;
        TypedValueParser::parse_ref(&parser, command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(GATES.iter().map(|(name, _, means)| PossibleValue::new(*name).help(*means))))
    }
}

fn level(text: &str) -> Result<(Code, Level), String> {
    let (code, level) = text.split_once('=').ok_or("write CODE=LEVEL, as in lint/unused-entry=error")?;
    let code = remit_core::lint::code(code.trim())
        .map_err(|help| format!("no level can be set for `{}`; {help}", code.trim()))?;
    let level = Level::named(level.trim())
        .ok_or_else(|| format!("`{}` is no level; there are allow, info, warn and error", level.trim()))?;
    Ok((code, level))
}

pub(crate) fn gate(name: &str) -> Result<Gate, String> {
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

/// Serve an editor that speaks the Language Server Protocol, over standard input and output, until it says `exit`
/// or goes away
#[derive(Debug, Args)]
#[command(after_help = exit::LSP_HELP)]
pub(crate) struct LspArgs {
    /// Use standard input and output: the only way there is, said by some editors
    #[arg(long)]
    pub(crate) stdio: bool,
    /// The editor's process, as some editors give it; it is known from their first message
    #[arg(long = "clientProcessId", value_name = "ID", hide = true)]
    pub(crate) client: Option<u32>,
}
