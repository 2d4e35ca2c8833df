//! Starting other programs, always from the top of the repository.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command line, as data.
pub(crate) type Line = &'static [&'static str];

/// What the property tests draw their inputs from: the same in each run, so that a run tells about the change that
/// it was made for. Whoever sets the variable gets others; so does `cargo test`, where it is not set.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20261124");

/// Runs a command line with its output shown. The error says what happened.
pub(crate) fn run(line: &[&str]) -> Result<(), String> {
    let status = prepare(line)?
        .status()
        .map_err(|error| format!("`{}` could not be started: {error}", line.join(" ")))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line.join(" "))) }
}

/// Runs a command line with a variable set.
pub(crate) fn run_with(variable: (&str, &str), line: &[&str]) -> Result<(), String> {
    let failed = |why: String| format!("`{}` {why}", line.join(" "));
    let status = prepare(line)?.env(variable.0, variable.1).status();
    let status = status.map_err(|error| failed(format!("could not be started: {error}")))?;
    if status.success() { Ok(()) } else { Err(failed(format!("failed ({status})"))) }
}

/// What a command line prints, if it can be run and succeeds.
pub(crate) fn output(line: &[&str]) -> Option<String> {
    let output = prepare(line).ok()?.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn prepare(line: &[&str]) -> Result<Command, String> {
    let (program, arguments) = line.split_first().ok_or("an empty command line")?;
    let mut command = Command::new(resolve(program));
    command.args(arguments).current_dir(root());
    if std::env::var_os(SEED.0).is_none() {
        command.env(SEED.0, SEED.1);
    }
    Ok(command)
}

/// The cargo and rustc that run us, rather than whichever come first on the path.
fn resolve(program: &str) -> OsString {
    let chosen = match program {
        "cargo" => std::env::var_os("CARGO"),
        "rustc" => std::env::var_os("RUSTC"),
        _ => None,
    };
    chosen.unwrap_or_else(|| program.into())
}

/// Writes a file, by its path from the top of the repository.
pub(crate) fn write(path: &str, text: &str) -> Result<(), String> {
    let full = root().join(path);
    let folder = full.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder
        .and_then(|()| std::fs::write(&full, text))
        .map_err(|error| format!("`{path}` cannot be written: {error}"))
}

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}
