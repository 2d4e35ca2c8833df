//! The language service as a host uses it: through its public interface only.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a broken expectation should stop the test"
)]

mod actions;
mod completion;
#[path = "../cursor/mod.rs"]
mod cursor;
mod desk;
mod diagnostics;
mod hints;
mod hover;
mod navigate;
mod outline;
mod packs;
mod session;
mod sound;
mod speed;
