//! How long an editor waits for `remit lsp`: through the pipe, with the built program, the default pack and an
//! intake of a thousand lines. Numbers beside the targets; none of them fails anything.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::indexing_slicing, clippy::needless_pass_by_value, reason = "JSON is built and looked into")]

use remit_tests::measure::{Series, nanoseconds, table, time};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const STARTS: usize = 21;
/// Edits before the memory is looked at for the first time, and at the end.
const EDITS: (usize, usize) = (1_000, 10_000);
const COMPLETIONS: usize = 600;
const BURST: usize = 200;
const URI: &str = "file:///nowhere/long.intake.yaml";

/// A server, and what it says.
struct Server {
    process: Child,
    input: ChildStdin,
    said: Receiver<(Instant, Vec<u8>)>,
    version: usize,
    id: usize,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(program())
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`cargo xtask bench lsp` builds the program first");
        let input = process.stdin.take().expect("it is piped");
        let mut output = BufReader::new(process.stdout.take().expect("it is piped"));
        let (send, said) = channel();
        // Only reads: what is parsed meanwhile would take the processor from the server.
        std::thread::spawn(move || {
            while let Some(body) = frame(&mut output) {
                if send.send((Instant::now(), body)).is_err() {
                    return;
                }
            }
        });
        Self { process, input, said, version: 0, id: 0 }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        self.input.flush().expect("the server reads");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks, and waits for the answer; when it came.
    fn ask(&mut self, method: &str, params: Value) -> (Instant, Value) {
        self.id += 1;
        let id = self.id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> (Instant, Value) {
        loop {
            let (at, body) = self.said.recv_timeout(Duration::from_secs(60)).expect("the server answers");
            let message: Value = serde_json::from_slice(&body).expect("the server writes JSON");
            if wanted(&message) {
                return (at, message);
            }
        }
    }

    fn hello(&mut self) {
        self.ask(
            "initialize",
            json!({
                "processId": std::process::id(),
                "capabilities": {"general": {"positionEncodings": ["utf-16"]}},
                "initializationOptions": {"settings": {"today": "2026-11-20"}},
            }),
        );
        self.tell("initialized", json!({}));
    }

    fn open(&mut self, text: &str) {
        self.version = 1;
        let file = json!({"uri": URI, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": file}));
    }

    fn change(&mut self, edit: &Edit) {
        self.version += 1;
        let change = json!({"range": {"start": edit.start, "end": edit.end}, "text": edit.text});
        let file = json!({"uri": URI, "version": self.version});
        self.tell("textDocument/didChange", json!({"textDocument": file, "contentChanges": [change]}));
    }

    /// When diagnostics of the last version came.
    fn published(&mut self) -> Instant {
        let version = self.version;
        let of = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version
        };
        self.wait(of).0
    }

    /// A change, and how long its diagnostics took, in nanoseconds.
    fn timed(&mut self, edit: &Edit) -> f64 {
        let began = Instant::now();
        self.change(edit);
        nanoseconds(self.published() - began)
    }

    /// Resident memory in bytes, where the system tells.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1024.0)
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        let _ = self.process.wait();
    }
}

/// The built program, which stands where this one was built.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a running program has a path");
    let folder = own.ancestors().find(|folder| folder.ends_with("release"));
    folder.expect("benchmarks are built in release").join(format!("remit{}", std::env::consts::EXE_SUFFIX))
}

/// The content of the next message.
fn frame(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(body)
}

/// What somebody types.
struct Edit {
    start: Value,
    end: Value,
    text: String,
}

fn typed(line: usize, column: usize, text: &str) -> Edit {
    let at = json!({"line": line, "character": column});
    Edit { start: at.clone(), end: at, text: text.to_owned() }
}

fn deleted(line: usize, column: usize, length: usize) -> Edit {
    Edit {
        start: json!({"line": line, "character": column}),
        end: json!({"line": line, "character": column + length}),
        text: String::new(),
    }
}

/// A draft of a thousand lines: some answers, a long reason, many links, much evidence.
fn intake() -> String {
    let mut text = String::from(
        "service:\n  name: shop\n  owner: Ana\nexposure:\n  internet: true\n  changes: true\ndata:\n  sensitivity: internal\nchange:\n  golden_path: none\nreason: |\n",
    );
    for line in 0..90 {
        text.push_str(&format!(
            "  Line {line} of a reason that somebody took from a ticket: more or less.\n"
        ));
    }
    text.push_str("links:\n");
    for link in 0..190 {
        text.push_str(&format!(
            "  - kind: pr\n    url: https://git.corp.internal/shop/pulls/{link}\n    title: Change {link}\n"
        ));
    }
    text.push_str("evidence:\n");
    while text.lines().count() < 1_000 {
        text.push_str(
            "  - artifact: threat-model\n    link: https://wiki.corp.internal/shop\n    reviewed_by: Hanna\n",
        );
    }
    text
}

/// Keys that leave the text whole: a letter more and less, in a name, in a value that decides, in the middle of
/// a long text, and in a list far below.
const WHOLE: [(usize, usize, &str); 4] = [(1, 12, "x"), (7, 23, "x"), (50, 20, "ä"), (400, 20, "s")];
/// Keys after which the text is no YAML, until they are taken back: quotes and brackets that nobody closed yet,
/// a line in the wrong column, a half-written key.
const BROKEN: [(usize, usize, &str); 6] =
    [(1, 8, "\""), (4, 12, "["), (7, 15, "{"), (3, 0, " x: y: z\n   "), (200, 10, "'"), (6, 0, "wa\n")];

fn edits(spots: &[(usize, usize, &str)], server: &mut Server, count: usize) -> Series {
    let mut series = Series::default();
    for (line, column, text) in spots.iter().copied().cycle().take(count) {
        series.push(server.timed(&typed(line, column, text)));
        // Taken back: the text is what it was, and this is a keystroke too, but of a whole text.
        let breaks = text.matches('\n').count();
        let last = text.rsplit('\n').next().unwrap_or_default().chars().count();
        let back = if breaks == 0 {
            deleted(line, column, last)
        } else {
            Edit {
                start: json!({"line": line, "character": column}),
                end: json!({"line": line + breaks, "character": last}),
                text: String::new(),
            }
        };
        server.timed(&back);
    }
    series
}

/// Completion right behind a key, at places where something is to be completed.
fn completions(server: &mut Server) -> Series {
    const SPOTS: [(usize, usize, &str); 4] = [(7, 23, "x"), (6, 0, "wa"), (5, 2, "  c"), (9, 15, "")];
    let mut series = Series::default();
    for (line, column, text) in SPOTS.iter().copied().cycle().take(COMPLETIONS) {
        server.change(&typed(line, column, text));
        let at = json!({"line": line, "character": column + text.len()});
        let began = Instant::now();
        let params = json!({"textDocument": {"uri": URI}, "position": at});
        let (came, answer) = server.ask("textDocument/completion", params);
        assert!(answer["result"].is_array(), "{answer}");
        series.push(nanoseconds(came - began));
        server.timed(&deleted(line, column, text.len()));
    }
    series
}

/// From the start of the program to the first diagnostics.
fn starts(text: &str) -> Series {
    let mut series = Series::default();
    for _ in 0..STARTS {
        let began = Instant::now();
        let mut server = Server::start();
        server.hello();
        server.open(text);
        series.push(nanoseconds(server.published() - began));
        server.end();
    }
    series
}

/// 200 changes in 100 ms: how many publications there were, and whether the last one is about the last change.
fn burst(server: &mut Server) -> (usize, bool) {
    let began = Instant::now();
    for change in 0..BURST {
        server.change(&typed(1, 12, "x"));
        let due = began + Duration::from_millis(100).mul_f64((change + 1) as f64 / BURST as f64);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    // Until nothing more comes.
    let (mut count, mut last) = (0, Value::Null);
    while let Ok((_, body)) = server.said.recv_timeout(Duration::from_secs(1)) {
        let message: Value = serde_json::from_slice(&body).expect("the server writes JSON");
        if message["method"] == "textDocument/publishDiagnostics" {
            count += 1;
            last = message["params"]["version"].clone();
        }
    }
    (count, last == server.version)
}

fn main() {
    let text = intake();
    let ms = |value: f64| time(value);
    let mut rows = vec![["", "median", "p99", "worst", "target"].map(str::to_owned).to_vec()];
    let mut row = |name: &str, series: &Series, target: &str| {
        let cells = [name.to_owned(), ms(series.median()), ms(series.share(0.99)), ms(series.share(1.0))];
        rows.push(cells.into_iter().chain([target.to_owned()]).collect());
    };
    row("cold start to first diagnostics", &starts(&text), "median < 300 ms");

    let mut server = Server::start();
    server.hello();
    server.open(&text);
    server.published();
    let edit = "median < 10 ms, p99 < 50 ms";
    // Warm, as after a minute of work.
    edits(&WHOLE, &mut server, EDITS.0 / 4);
    edits(&BROKEN, &mut server, EDITS.0 / 4);
    let before = server.memory();
    let half = (EDITS.1 - EDITS.0) / 4;
    row("change to diagnostics, text whole", &edits(&WHOLE, &mut server, half), edit);
    row("change to diagnostics, text broken", &edits(&BROKEN, &mut server, half), edit);
    let after = server.memory();
    row("completion behind a key", &completions(&mut server), "p99 < 20 ms");
    let (count, last) = burst(&mut server);
    server.end();
    print!("{}", table(&rows));

    println!("  an intake of {} lines, {} KB; default pack", text.lines().count(), text.len() / 1024);
    if let (Some(before), Some(after)) = (before, after) {
        let growth = (after / before - 1.0) * 100.0;
        println!(
            "  memory after {} edits {:.1} MB, after {} edits {:.1} MB: {growth:+.1} % (target: less than 5 %)",
            EDITS.0,
            before / 1e6,
            EDITS.1,
            after / 1e6
        );
    }
    println!(
        "  a burst of {BURST} changes in 100 ms: {count} publications (target: at most 20), the last one {} the last change",
        if last { "about" } else { "NOT about" }
    );
}
