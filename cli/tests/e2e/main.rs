//! The built program, through the doors that everybody uses: arguments, files, standard input and output,
//! exit codes. The fixtures are in the repository's `tests/`; the tests are here because only the package of
//! a program is told by Cargo where the program was built.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy sees tests only in `#[test]` functions; what they call may stop just as well"
)]

mod exits;
mod folders;
mod gates;
mod golden;
mod packs;
mod pictures;
mod program;
mod reports;
mod scratch;
mod shapes;
mod streams;

use std::path::{Path, PathBuf};

/// The day on which all of this happens.
const TODAY: &str = "2026-11-20";

/// The top of the repository.
fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository").to_owned()
}

/// The folder of an end-to-end fixture: `tests/intakes`.
fn fixtures(folder: &str) -> PathBuf {
    top().join("tests").join(folder)
}
