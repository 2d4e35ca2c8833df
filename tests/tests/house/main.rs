//! The house rules, as ordinary tests: what the repository promises about itself, each with a message that
//! says what to do. They read the sources as text; a rule that a compiler or clippy can hold is not here.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "clippy sees tests only in `#[test]` functions; what searches for them may stop just as well"
)]

mod codes;
mod crates;
mod files;
mod purity;
mod sources;
mod stages;

/// Stops with all faults of one house rule, and what to do about them.
#[track_caller]
fn none(faults: &[String], what_to_do: &str) {
    assert!(faults.is_empty(), "\n{}\n\n{what_to_do}\n", faults.join("\n"));
}
