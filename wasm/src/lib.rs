//! The engine for JavaScript. Exports only: every function takes and gives plain values and JSON texts, and
//! calls one door of the engine or of the language service.
//!
//! Nobody calls this crate directly: `@remit/engine` wraps it, with types and checked arguments. Two builds
//! are made of it: the engine alone, and with the feature `service` the language service too.

#![allow(clippy::needless_pass_by_value, reason = "what JavaScript hands over cannot be borrowed")]

pub mod answer;
pub mod ask;
pub mod crash;
pub mod engine;
mod fault;
pub mod policy;
#[cfg(feature = "service")]
pub mod server;
#[cfg(feature = "service")]
pub mod service;
#[cfg(feature = "service")]
mod units;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
