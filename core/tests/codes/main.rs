//! Diagnostic codes: each has a page, each page an example that is what it says; and each lint fires where it
//! should and nowhere near.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "clippy sees tests only in `#[test]` functions; what helps them may stop just as well"
)]

mod base;
mod lints;
mod pages;
