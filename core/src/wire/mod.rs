//! The wire: the one shape in which a decision leaves the engine, in every host the same to the byte.
//!
//! `json v1` may gain fields; it never loses one or changes what one means. Inner types are not serialised.

mod counterfactual;
mod diagnostics;
mod explanation;
mod lint;
mod origin;
mod questions;
mod report;
#[cfg(feature = "schema")]
mod shapes;
pub mod suite;
pub mod v1;

pub use counterfactual::counterfactual;
pub use diagnostics::{diagnostic, location};
pub use explanation::explanation;
pub use lint::lint;
pub use origin::{engine, pack};
pub use questions::questions;
pub use report::report;
#[cfg(feature = "schema")]
pub use shapes::Shape;

/// The version of the shape.
pub const VERSION: u32 = 1;
