//! The command line.

use crate::exit;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use remit_core::diagnostic::Code;
use remit_core::gate::{GATES, Gate};
use remit_core::lint::Level;
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
    /// Print the JSON Schema of intakes, or of decisions
    Schema(SchemaArgs),
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

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    /// The schema of decisions (json v1) instead
    #[arg(long)]
    pub(crate) decision: bool,
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
pub(crate) enum LintFormat {
    /// For people
    Text,
    /// The pack, its diagnostics and how many of each severity there are
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

fn level(text: &str) -> Result<(Code, Level), String> {
    let (code, level) = text.split_once('=').ok_or("write CODE=LEVEL, as in lint/unused-entry=error")?;
    let code = remit_core::lint::code(code.trim())
        .map_err(|help| format!("no level can be set for `{}`; {help}", code.trim()))?;
    let level = Level::named(level.trim())
        .ok_or_else(|| format!("`{}` is no level; there are allow, info, warn and error", level.trim()))?;
    Ok((code, level))
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
