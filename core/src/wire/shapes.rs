//! The JSON Schemas of everything that leaves the engine.

use super::{suite, v1};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

/// Something that is printed as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A decision.
    Decision,
    /// What became of a pack's tests.
    Tests,
    /// What they cover.
    Coverage,
    /// What is suspicious about a pack.
    Lint,
    /// A decision, explained.
    Explanation,
    /// Open questions.
    Questions,
    /// What would make a decision another.
    Counterfactual,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Decision,
        Self::Tests,
        Self::Coverage,
        Self::Lint,
        Self::Explanation,
        Self::Questions,
        Self::Counterfactual,
    ];

    /// Its JSON Schema (2020-12).
    pub fn schema(self) -> serde_json::Value {
        let schema = match self {
            Self::Decision => of::<v1::Report>(),
            Self::Tests => of::<suite::TestReport>(),
            Self::Coverage => of::<suite::CoverageReport>(),
            Self::Lint => of::<v1::lint::LintReport>(),
            Self::Explanation => of::<v1::explanation::Explanation>(),
            Self::Questions => of::<v1::explanation::Questions>(),
            Self::Counterfactual => of::<v1::explanation::Counterfactual>(),
        };
        schema.to_value()
    }
}

/// What is left out when it is empty is not required: the shape is the one that is written.
fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
