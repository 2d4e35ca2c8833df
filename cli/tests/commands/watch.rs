//! `--watch`, with whatever happens to files while somebody works.

use crate::{Folder, remit};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longer than any machine needs.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watch {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    receive
}

impl Watch {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        Self::start_by(remit(), folder, arguments)
    }

    fn start_by(mut program: Command, folder: &Folder, arguments: &[&str]) -> Self {
        let mut child = program
            .current_dir(&folder.0)
            .args(["check", "--watch", "--format", "ndjson"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let out = lines(child.stdout.take().expect("it was piped"));
        let err = lines(child.stderr.take().expect("it was piped"));
        Self { child, out, err }
    }

    /// The next report.
    #[track_caller]
    fn report(&self) -> Value {
        let line = self.out.recv_timeout(PATIENCE).expect("it decides again");
        serde_json::from_str(&line).expect("it is JSON")
    }

    /// Waits for a report of an intake with this id. A file that is caught half-written is decided as it is.
    #[track_caller]
    fn decides(&self, id: &str) {
        let start = Instant::now();
        while self.report()["intake"]["id"] != id {
            assert!(start.elapsed() < PATIENCE, "`{id}` is never decided");
        }
    }

    #[track_caller]
    fn says(&self, what: &str) {
        loop {
            let line = self.err.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("it never says `{what}`"));
            if line.contains(what) {
                return;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_changes_is_decided_again_and_a_broken_pack_is_outlived() {
    let folder = Folder::new();
    folder.copy("rules/examples/packs/vendor-intake", "pack");
    folder.put("in/a.intake.yaml", "id: A1");
    let watch = Watch::start(&folder, &["in", "--pack", "pack"]);
    watch.decides("A1");

    folder.put("in/a.intake.yaml", "id: A-second");
    watch.decides("A-second");
    folder.put("in/b.intake.yaml", "id: B1");
    watch.decides("B1");

    std::fs::rename(folder.0.join("in/b.intake.yaml"), folder.0.join("in/c.intake.yaml"))
        .expect("it is there");
    watch.says("`in/b.intake.yaml` is gone");
    watch.decides("B1");
    std::fs::remove_file(folder.0.join("in/c.intake.yaml")).expect("it is there");
    watch.says("`in/c.intake.yaml` is gone");

    let good = folder.text("pack/topics/data.rhai");
    folder.put("pack/topics/data.rhai", format!("{good}\nrule("));
    watch.says("the pack as it was before goes on deciding");
    folder.put("in/a.intake.yaml", "id: A-third");
    watch.decides("A-third");

    folder.put("pack/topics/data.rhai", format!("{good}\n// mended\n"));
    watch.says("pack vendor-intake 0.1.0");
    watch.decides("A-third");
    assert!(watch.out.try_recv().is_err(), "what did not change is left alone");
}

#[test]
fn a_pack_that_is_broken_at_first_is_waited_for() {
    let folder = Folder::new();
    folder.copy("rules/examples/packs/vendor-intake", "pack");
    let good = folder.text("pack/remit.yaml");
    folder.put("pack/remit.yaml", "format: [");
    folder.put("in/a.intake.yaml", "id: A1");
    let watch = Watch::start(&folder, &["in", "--pack", "pack"]);
    watch.says("waiting until the pack loads");
    folder.put("pack/remit.yaml", good);
    watch.decides("A1");
}

#[test]
fn what_cannot_be_watched_is_said_at_once() {
    let folder = Folder::new();
    let ran = folder.run(&["check", "-", "--watch"]);
    assert_eq!(ran.code, 64);
    assert!(ran.err.contains("standard input cannot be watched"), "{}", ran.err);
    let ran = folder.run(&["check", "--watch", "--format", "sarif"]);
    assert_eq!(ran.code, 64);
    assert!(ran.err.contains("prints text, ndjson or github"), "{}", ran.err);
}

/// The program as a terminal starts it. What runs in the background of a script is born deaf to Ctrl-C, and so is
/// whatever that starts.
#[cfg(unix)]
fn interruptible() -> Command {
    let program = remit();
    if cfg!(not(target_os = "linux")) {
        return program;
    }
    let mut hearing = Command::new("env");
    hearing.arg("--default-signal=INT").arg(program.get_program());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => hearing.env(name, value),
            None => hearing.env_remove(name),
        };
    }
    hearing
}

/// Ctrl-C is the system's way to end it, and needs nothing of ours: what was printed is out already.
#[test]
#[cfg(unix)]
fn ctrl_c_ends_it() {
    let folder = Folder::new();
    folder.put("a.intake.yaml", "id: A1");
    let mut watch = Watch::start_by(interruptible(), &folder, &["a.intake.yaml"]);
    watch.decides("A1");
    let sent = std::process::Command::new("kill").args(["-INT", &watch.child.id().to_string()]).status();
    assert!(sent.expect("there is a `kill`").success());
    let start = Instant::now();
    while watch.child.try_wait().expect("it can be asked").is_none() {
        assert!(start.elapsed() < PATIENCE, "it goes on after Ctrl-C");
        std::thread::sleep(Duration::from_millis(20));
    }
}
