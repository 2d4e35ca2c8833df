//! Whole sessions with the synchronous server.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy sees tests only in `#[test]` functions"
)]

mod bad;
mod custom;
mod files;
mod harness;
mod life;
