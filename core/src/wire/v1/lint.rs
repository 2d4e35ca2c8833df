//! What is suspicious about a pack, as it leaves the engine.

use super::{Diagnostic, Engine, Pack};
use serde::Serialize;

wire! {
    /// What is wrong with a pack, or suspicious about it.
    struct LintReport {
        /// Version of this shape: 1.
        pub json: u32,
        /// The engine that looked.
        pub engine: Engine,
        /// The pack; absent where too little of it can be read.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pack: Option<Pack>,
        /// Whether it loads; where it does not, only what loading found is listed.
        pub loads: bool,
        /// What was found, in order of file and place.
        pub diagnostics: Vec<Diagnostic>,
        /// How much was found.
        pub summary: LintSummary,
    }

    /// How much was found.
    struct LintSummary {
        /// Things that are wrong.
        pub errors: u32,
        /// Things that are probably not what was meant.
        pub warnings: u32,
        /// Things to know.
        pub remarks: u32,
        /// Values of the catalogue that nobody has decided yet, those of the packs that it extends among them.
        pub assumptions: u32,
    }
}
