//! The engine has no clock, file, environment, network or random number, and no order that depends on one.

use crate::none;
use crate::sources::{code, core, line, occurrences, texts};

/// What must not stand in the engine's code, and what to do instead.
const FORBIDDEN: &[(&[&str], &str)] = &[
    (&["std::fs", "std::path", "std::io"], "files come in through the `Files` trait"),
    (&["std::env", "std::process"], "the host passes in what it knows"),
    (&["std::time", "SystemTime", "Instant"], "`today` is passed in"),
    (&["std::net", "std::thread"], "only hosts talk to anybody"),
    (&["rand", "getrandom", "RandomState"], "the same input gives the same answer"),
    (&["HashMap", "HashSet"], "use `BTreeMap` or `BTreeSet`: their order is the same everywhere"),
    (&["println!", "eprintln!", "print!", "eprint!", "dbg!"], "return it, and let the host print"),
];

#[test]
fn the_engine_touches_nothing_outside() {
    let mut faults = vec![];
    for file in core() {
        for (pieces, instead) in FORBIDDEN {
            for piece in *pieces {
                let found = occurrences(&file.text, piece);
                faults.extend(
                    found.map(|at| format!("{}:{}: `{piece}`: {instead}", file.path, line(&file.text, at))),
                );
            }
        }
    }
    none(&faults, "Core is a function of its sources; take what is outside in as an argument.");
}

/// As the engine: what asks it for an editor is the same everywhere too. (Names of hash maps do no harm there:
/// what is told in order is kept in order.)
#[test]
fn what_editors_ask_touches_nothing_outside() {
    let mut faults = vec![];
    let folders = ["lsp/service/src/", "lsp/protocol/src/"];
    let ours = texts().into_iter().filter(|file| folders.iter().any(|folder| file.path.starts_with(folder)));
    for file in ours.filter(|file| file.path.ends_with(".rs")) {
        let text = code(&file.text);
        for (pieces, instead) in FORBIDDEN {
            for piece in pieces.iter().filter(|piece| !piece.starts_with("Hash")) {
                let found = occurrences(&text, piece);
                faults.extend(
                    found.map(|at| format!("{}:{}: `{piece}`: {instead}", file.path, line(&text, at))),
                );
            }
        }
    }
    none(&faults, "The language service and its protocol are functions of what a host tells them.");
}
