//! The Remit engine: a source and a policy pack go in, a decision and diagnostics come out.
//!
//! No I/O, no clock, no environment, no randomness, no hash-map order: the same input gives the same
//! answer, byte for byte, on every host.

pub mod diagnostic;
pub mod document;
pub mod source;
