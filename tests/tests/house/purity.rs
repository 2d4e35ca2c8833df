//! The engine has no clock, file, environment, network or random number, and no order that depends on one.

use crate::none;
use crate::sources::{core, line, occurrences};

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
