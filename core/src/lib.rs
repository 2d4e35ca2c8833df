//! The Remit engine: a source and a policy pack go in, a decision and diagnostics come out.
//!
//! No I/O, no clock, no environment, no randomness, no hash-map order: the same input gives the same
//! answer, byte for byte, on every host.

pub mod calendar;
pub mod cases;
pub mod catalogue;
pub mod codes;
pub mod counterfactual;
pub mod coverage;
pub mod decide;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod engine;
pub mod evaluate;
pub mod explain;
pub mod fact;
pub mod facts;
pub mod gate;
pub mod intake;
pub mod lint;
pub mod pack;
mod placeholder;
pub mod prospect;
pub mod prove;
pub mod record;
pub mod render;
pub mod rules;
pub mod schema;
pub mod source;
pub mod suggest;
pub mod wire;
