//! The other process: plain Rhai, built from `tests/peers/rhai` with the same optimisations as we are.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running peer. It is told how many passes to make, and tells how many nanoseconds they took.
pub(crate) struct Peer {
    child: Child,
    orders: ChildStdin,
    replies: BufReader<ChildStdout>,
    answers: Vec<String>,
}

impl Peer {
    /// Builds the peer, starts it, and waits for its answers.
    pub(crate) fn start(script: &str, intakes: &[String]) -> Result<Self, String> {
        let program = build()?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let script_file = write(&folder.join("verdicts.rhai"), script)?;
        let intakes_file = write(&folder.join("verdicts.jsonl"), &intakes.join("\n"))?;
        let mut child = Command::new(&program)
            .args([script_file, intakes_file])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the Rhai peer could not be started: {error}"))?;
        let orders = child.stdin.take().ok_or("the Rhai peer takes no orders")?;
        let replies = BufReader::new(child.stdout.take().ok_or("the Rhai peer does not reply")?);
        let mut peer = Self { child, orders, replies, answers: vec![] };
        peer.answers = peer.reply()?.split_whitespace().map(str::to_owned).collect();
        Ok(peer)
    }

    /// For each intake, `0` or `1` for each rule.
    pub(crate) fn answers(&self) -> &[String] {
        &self.answers
    }

    /// Nanoseconds for so many passes over all intakes.
    pub(crate) fn run(&mut self, passes: u32) -> Result<f64, String> {
        writeln!(self.orders, "{passes}").map_err(|error| format!("the Rhai peer is gone: {error}"))?;
        let reply = self.reply()?;
        reply.parse().map_err(|_| format!("the Rhai peer gave no time, but `{reply}`"))
    }

    fn reply(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.replies.read_line(&mut line) {
            Ok(0) => Err("the Rhai peer stopped; what it says stands above".to_owned()),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(error) => Err(format!("the Rhai peer cannot be read: {error}")),
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It would stop with its input anyway; whether it is gone already does not matter.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn build() -> Result<PathBuf, String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/rhai/Cargo.toml");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peer-rhai");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--locked", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(&target)
        .status();
    match status {
        Ok(status) if status.success() => Ok(target.join("release/remit-peer-rhai")),
        Ok(status) => Err(format!("the Rhai peer could not be built ({status})")),
        Err(error) => Err(format!("cargo could not be started to build the Rhai peer: {error}")),
    }
}

fn write(path: &Path, text: &str) -> Result<PathBuf, String> {
    std::fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    Ok(path.to_owned())
}
