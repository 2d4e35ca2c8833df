//! The commands, through the built binary.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a broken expectation should stop a test, in its helpers too"
)]

mod closed;
mod formats;
mod found;
mod hostile;
mod inputs;
mod lines;
mod new;
mod shell;
mod watch;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The top of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository").to_owned()
}

/// A folder of its own for a test. It looks like a repository, so that nothing above it is found.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join(".git")).expect("the folder for tests can be written");
        Self(path)
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("it is inside the folder")).expect("a folder can be made");
        fs::write(&path, text).expect("a file can be written");
        path
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("the file is there")
    }

    /// Copies a file or a folder of the repository.
    fn copy(&self, from: &str, to: &str) {
        copy(&root().join(from), &self.0.join(to));
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(remit().current_dir(&self.0).args(arguments), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("the folder is there") {
            let entry = entry.expect("the folder can be read");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().expect("it is inside a folder")).expect("a folder can be made");
        fs::copy(from, to).expect("the file can be copied");
    }
}

fn remit() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_remit"));
    command.env_remove("REMIT_PACK").env_remove("NO_COLOR").current_dir(root());
    command
}

/// What became of a command.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(command: &mut Command, input: impl AsRef<[u8]>) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("it was piped");
        let input = input.as_ref().to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
        let _ = writer.join();
        let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
        let ran = Self { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) };
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        ran
    }

    /// Its output, once it is sure that it ended as it should.
    #[track_caller]
    fn ok(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self.out
    }
}

/// Runs at the top of the repository, on a day that does not change.
fn check(arguments: &[&str]) -> Ran {
    Ran::of(remit().args(["check", "--today", "2026-11-20"]).args(arguments), "")
}
