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
    /// Print the JSON Schema of intakes, or of decisions
    Schema(SchemaArgs),
    /// Say which policy pack is used, why that one, and what it holds
    Pack(PackCommand),
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
    #[arg(long, value_name = "CLASSES", value_delimiter = ',', value_parser = gate)]
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
    /// The folder of the policy pack [default: REMIT_PACK, else the nearest folder upwards whose `.remit.toml`
    /// names a pack or that is a pack itself, else the built-in one]
    #[arg(long, value_name = "DIR", global = true, value_hint = clap::ValueHint::DirPath)]
    pub(crate) pack: Option<PathBuf>,
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
