//! Writes the corpus that every host has to decide alike: each line an intake and what the native engine says of
//! it: of most only the digest. Then what it says of the pack itself. `parity.test.mjs` holds the package to it.
//!
//!     cargo run -p remit-wasm --example corpus -- target/wasm/corpus.ndjson

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints")]
#![allow(
    clippy::indexing_slicing,
    reason = "it builds its own JSON, and cuts texts at offsets below their length"
)]

use remit_core::calendar;
use remit_core::cases;
use remit_core::counterfactual::{Goal, Limits, search};
use remit_core::coverage::{self, Coverage};
use remit_core::document::Format;
use remit_core::engine::{Checked, Engine};
use remit_core::pack::{self, FileMap};
use remit_core::wire;
use remit_tests::sample;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// As many intakes are made up.
const MADE_UP: u64 = 2_000;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("say where to: corpus FILE");
        return ExitCode::FAILURE;
    };
    match write(Path::new(&path)) {
        Ok(count) => {
            println!("{count} intakes, decided by the native engine");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("`{}`: {error}", Path::new(&path).display());
            ExitCode::FAILURE
        }
    }
}

fn write(path: &Path) -> std::io::Result<usize> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut out = BufWriter::new(File::create(path)?);
    let engine = engine();
    let intakes = corpus(&engine);
    for (place, intake) in intakes.iter().enumerate() {
        // What takes long to find is asked of some.
        let deep = intake.deep || place % 40 == 0;
        writeln!(out, "{}", line(&engine, intake, deep))?;
    }
    writeln!(out, "{}", json!({ "tests": tests(&engine) }))?;
    out.flush()?;
    Ok(intakes.len())
}

fn engine() -> Engine {
    let loaded = pack::load(&files());
    Engine::new(loaded.pack.expect("the default pack loads"))
}

fn files() -> FileMap {
    FileMap::of("default/", remit_rules::FILES)
}

/// An intake of the corpus.
struct Intake {
    name: String,
    bytes: Vec<u8>,
    format: Format,
    deep: bool,
}

fn corpus(engine: &Engine) -> Vec<Intake> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut intakes = vec![];
    for folder in ["rules/examples", "tests/intakes"] {
        for path in intakes_of(&root.join(folder)) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let bytes = fs::read(&path).expect("a file of the repository can be read");
            let format = Format::of_name(&name);
            // A broken draft is as it is, and once more without its last third.
            let cut = bytes.len() * 2 / 3;
            let cut =
                Intake { name: format!("cut-{name}"), bytes: bytes[..cut].to_vec(), format, deep: false };
            intakes.push(Intake { name, bytes, format, deep: true });
            intakes.push(cut);
        }
    }
    let suite = cases::read(&files(), &engine.pack);
    let mut number = 0;
    cases::run(engine, &suite, &|_| true, &mut |checked| {
        number += 1;
        let root = checked.intake.document.root.as_ref();
        let text = root.map(|root| root.to_json().to_string()).unwrap_or_default();
        intakes.push(Intake {
            name: format!("case-{number}.intake.json"),
            bytes: text.into_bytes(),
            format: Format::Json,
            deep: false,
        });
    });
    for (number, made) in sample::complete(&engine.pack.schema, MADE_UP).into_iter().enumerate() {
        intakes.push(Intake {
            name: format!("made-up-{number}.intake.json"),
            bytes: made.text.into_bytes(),
            format: Format::Json,
            deep: false,
        });
    }
    intakes
}

fn intakes_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the repository can be read");
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            [".intake.yaml", ".intake.yml", ".intake.json"].iter().any(|ending| name.ends_with(ending))
        })
        .collect();
    paths.sort();
    paths
}

fn line(engine: &Engine, intake: &Intake, deep: bool) -> Value {
    let today = calendar::date("2026-11-20");
    let checked = engine.check_bytes(&intake.name, &intake.bytes, intake.format, today);
    let report = written(&wire::report(engine, &checked));
    let mut line = json!({
        "name": intake.name,
        "format": if intake.format == Format::Json { "json" } else { "yaml" },
        "sha256": format!("{:x}", Sha256::digest(&report)),
    });
    match std::str::from_utf8(&intake.bytes) {
        Ok(text) => line["text"] = text.into(),
        Err(_) => line["bytes"] = intake.bytes.clone().into(),
    }
    if deep {
        line["report"] = report.into();
        line["explanation"] = written(&wire::explanation(engine, &checked, None)).into();
        line["questions"] = written(&wire::questions(engine, &checked, true)).into();
        line["instead"] = instead(engine, &checked).into();
    }
    line
}

fn instead(engine: &Engine, checked: &Checked) -> String {
    let goals = [Goal::parse("tier<=1", engine).expect("a goal")];
    written(&wire::counterfactual(
        engine,
        checked,
        &goals,
        &search(engine, checked, &goals, Limits::default()),
    ))
}

/// What the pack's tests say and cover.
fn tests(engine: &Engine) -> String {
    let (files, pack) = (files(), &engine.pack);
    let suite = cases::read(&files, pack);
    let mut seen = Coverage::new(pack);
    let run = cases::run(engine, &suite, &|_| true, &mut |checked| seen.add(engine, checked));
    for example in &suite.examples {
        seen.add(engine, &engine.check(example.document.clone(), None));
    }
    let (excuses, source) = coverage::read_excuses(&files, pack, &mut vec![]);
    let gaps = seen.gaps(pack, &excuses);
    let found: Vec<_> = suite.diagnostics.iter().chain(&run.diagnostics).chain(&gaps.diagnostics).collect();
    let more: Vec<_> = source.iter().collect();
    let covered = coverage::report(pack, &seen, &gaps);
    written(&cases::report(pack, &suite, &run, &found, &more, Some(covered)))
}

fn written(shape: &impl serde::Serialize) -> String {
    serde_json::to_string(shape).expect("a shape of the wire can be written")
}
