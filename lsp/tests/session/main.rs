//! Whole sessions with a server in the same process.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy sees tests only in `#[test]` functions"
)]

mod basics;
mod bursts;
mod edits;
mod harness;
mod parity;
mod robust;
mod workspace;
