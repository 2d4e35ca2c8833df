//! Exit codes. Where several apply, the highest of 0 to 3 wins.

/// A decision was produced for every intake.
pub(crate) const OK: u8 = 0;
/// A gate stopped an intake.
pub(crate) const GATE: u8 = 1;
/// An intake is invalid or could not be read.
pub(crate) const INVALID: u8 = 2;
/// The policy pack does not load, or `.remit.toml` is wrong.
pub(crate) const PACK: u8 = 3;
/// The command line is wrong.
pub(crate) const USAGE: u8 = 64;
/// The output could not be written.
pub(crate) const OUTPUT: u8 = 74;

/// For `--help`.
pub(crate) const HELP: &str = "Exit codes:
  0   every intake was decided
  1   a gate stopped an intake (only with --gate)
  2   an intake is invalid or could not be read
  3   the policy pack does not load, or .remit.toml is wrong
  64  the command line is wrong
  74  the output could not be written
The highest of 0 to 3 wins.";

/// For `--help` of `remit test`.
pub(crate) const TEST_HELP: &str = "Exit codes:
  0   every case passed
  1   a case failed, or coverage is required and not complete
  2   a case file or an excuse is wrong, or could not be rewritten
  3   the policy pack does not load
  64  the command line is wrong
  74  the output could not be written
The highest of 0 to 3 wins.";

/// For `remit lint --help`.
pub(crate) const LINT_HELP: &str = "A pack sets levels for all who use it, in its manifest:
  lints:
    lint/long-condition: allow
    lint/unused-entry: { level: error, because: \"the catalogue is published\" }

Exit codes:
  0   nothing is an error
  1   something is an error, or a warning with --deny warnings
  3   the policy pack does not load
  64  the command line is wrong
  74  the output could not be written";

/// For `remit lsp --help`.
pub(crate) const LSP_HELP: &str = "Exit codes:
  0   the editor ended the session in order
  1   it said `exit` without `shutdown`, or went away
  64  the command line is wrong
  74  standard input and output could not be used";
