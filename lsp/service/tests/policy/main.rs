//! Rules, packs and policy tests, as their authors edit them: whole, half-written and broken. Through the
//! service's public interface only.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a broken expectation should stop the test"
)]

mod actions;
mod completion;
#[path = "../cursor/mod.rs"]
mod cursor;
mod desk;
mod diagnostics;
mod names;
mod reading;
mod review;
