//! The wire: the one shape in which a decision leaves the engine, in every host the same to the byte.
//!
//! `json v1` may gain fields; it never loses one or changes what one means. Inner types are not serialised.

mod counterfactual;
mod diagnostics;
mod explanation;
mod origin;
mod questions;
mod report;
pub mod suite;
pub mod v1;

pub use counterfactual::counterfactual;
pub use diagnostics::{diagnostic, location};
pub use explanation::explanation;
pub use origin::pack;
pub use questions::questions;
pub use report::report;

/// The version of the shape.
pub const VERSION: u32 = 1;

/// The JSON Schema of a [`v1::Report`].
#[cfg(feature = "schema")]
pub fn schema() -> serde_json::Value {
    // What is left out when it is empty is not required: the shape is the one that is written.
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<v1::Report>().to_value()
}

/// The JSON Schema of a [`suite::TestReport`].
#[cfg(feature = "schema")]
pub fn test_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<suite::TestReport>().to_value()
}

/// The JSON Schemas of a [`v1::explanation::Explanation`], of [`v1::explanation::Questions`] and of a
/// [`v1::explanation::Counterfactual`].
#[cfg(feature = "schema")]
pub fn explanation_schemas() -> [serde_json::Value; 3] {
    use v1::explanation::{Counterfactual, Explanation, Questions};
    let generator = || schemars::generate::SchemaSettings::draft2020_12().into_generator();
    [
        generator().into_root_schema_for::<Explanation>().to_value(),
        generator().into_root_schema_for::<Questions>().to_value(),
        generator().into_root_schema_for::<Counterfactual>().to_value(),
    ]
}
