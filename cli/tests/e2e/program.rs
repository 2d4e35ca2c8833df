//! Running the program: never for ever, and never with this machine's settings.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Longer than this is a hang. Far more than anything here takes, so that a busy machine fails no test.
const PATIENCE: Duration = Duration::from_secs(120);

/// A command line in the making.
pub(crate) struct Program {
    command: Command,
    input: Option<Vec<u8>>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) took: Duration,
}

/// `remit`, with arguments.
pub(crate) fn remit<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Program {
    Program::new(env!("CARGO_BIN_EXE_remit"), arguments)
}

impl Program {
    pub(crate) fn new<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Self {
        let mut command = Command::new(program);
        command.args(arguments);
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        Self { command, input: None }
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// What it reads from standard input.
    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// Starts it, its streams piped.
    pub(crate) fn start(mut self) -> Child {
        let stdin = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        self.command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().expect("the program starts");
        if let (Some(bytes), Some(mut pipe)) = (self.input.take(), child.stdin.take()) {
            // The program may stop reading before the end; that is its business.
            thread::spawn(move || pipe.write_all(&bytes));
        }
        child
    }

    /// Runs it to its end.
    #[track_caller]
    pub(crate) fn run(self) -> Outcome {
        let began = Instant::now();
        let mut child = self.start();
        let out = collect(child.stdout.take());
        let err = collect(child.stderr.take());
        let code = wait(&mut child);
        let took = began.elapsed();
        Outcome { code, out: text(out), err: text(err), took }
    }
}

/// Waits for the program's end, but not for ever; gives its exit code.
#[track_caller]
pub(crate) fn wait(child: &mut Child) -> i32 {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            return status.code().unwrap_or_else(|| panic!("the program was killed: {status}"));
        }
        if began.elapsed() > PATIENCE {
            child.kill().expect("the program can be killed");
            panic!("the program still ran after {PATIENCE:?}");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn collect(stream: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    let mut stream = stream.expect("the stream is piped");
    thread::spawn(move || {
        let mut bytes = vec![];
        stream.read_to_end(&mut bytes).expect("the stream can be read");
        bytes
    })
}

fn text(bytes: JoinHandle<Vec<u8>>) -> String {
    String::from_utf8(bytes.join().expect("the reader ends")).expect("everything printed is UTF-8")
}

impl Outcome {
    /// The reports of `--format json`.
    #[track_caller]
    pub(crate) fn reports(&self) -> Vec<serde_json::Value> {
        match serde_json::from_str(&self.out) {
            Ok(serde_json::Value::Array(reports)) => reports,
            other => panic!("no list of reports but {other:?}:\n{}\n{}", self.out, self.err),
        }
    }

    /// Checks the exit code, and shows everything if it is another.
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code\n--- stdout\n{}--- stderr\n{}", self.out, self.err);
        self
    }
}
