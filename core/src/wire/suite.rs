//! `json v1` of policy tests and their coverage: the types. The same promises hold as for a decision: it may
//! gain fields, and never loses one.

use super::v1::{Diagnostic, Engine, Location, Pack};
use serde::Serialize;

macro_rules! wire {
    ($($(#[$meta:meta])* $kind:ident $name:ident { $($body:tt)* })*) => {
        $(
            #[derive(Debug, Clone, PartialEq, Serialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            $(#[$meta])*
            pub $kind $name { $($body)* }
        )*
    };
}

wire! {
    /// What became of a pack's tests.
    struct TestReport {
        /// Version of this shape: 1.
        pub json: u32,
        /// The engine that ran them.
        pub engine: Engine,
        /// The pack.
        pub pack: Pack,
        /// How many cases passed.
        pub passed: u32,
        /// How many cases failed.
        pub failed: u32,
        /// How many cases are wrong themselves, and were not compared.
        pub wrong: u32,
        /// How many cases a filter left out.
        pub left_out: u32,
        /// The cases that were run, in order of file and place.
        pub cases: Vec<TestCase>,
        /// What is wrong with case files, or worth knowing.
        pub diagnostics: Vec<Diagnostic>,
        /// What the cases cover, where that was asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub coverage: Option<CoverageReport>,
    }

    /// A case.
    struct TestCase {
        /// Its file's path inside the tests folder, without its ending, and its own name.
        pub name: String,
        /// Where it stands.
        pub location: Location,
        /// How it went.
        pub state: TestState,
        /// What is not as expected.
        pub failures: Vec<TestFailure>,
    }

    /// How a case went.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum TestState {
        /// Everything is as expected.
        Passed,
        /// Something is not.
        Failed,
        /// The case itself is wrong.
        Wrong,
    }

    /// A part of a decision that is not as expected.
    struct TestFailure {
        /// Its key under `expect`.
        pub aspect: String,
        /// What was expected.
        pub wanted: String,
        /// What was found.
        pub found: String,
        /// It, with the place of the expectation and of the rules that did it.
        pub diagnostic: Diagnostic,
    }

    /// What a set of intakes has shown of a pack.
    struct CoverageReport {
        /// Version of this shape: 1.
        pub json: u32,
        /// The pack.
        pub pack: Pack,
        /// How many intakes there were: cases and examples.
        pub inputs: u32,
        /// Nothing is uncovered but what is excused.
        pub complete: bool,
        /// Each kind of thing that can be covered, counted.
        pub summary: Vec<CoverageCount>,
        /// Every rule.
        pub rules: Vec<RuleCoverage>,
        /// Every choice field that a rule reads.
        pub choices: Vec<ChoiceCoverage>,
        /// Every tier.
        pub tiers: Vec<TierCoverage>,
        /// Every point that rules can ask for.
        pub points: Vec<PointCoverage>,
        /// What is not covered.
        pub gaps: Vec<CoverageGap>,
    }

    /// One kind of thing that can be covered.
    struct CoverageCount {
        /// Which.
        pub kind: CoverageKind,
        /// How many there are.
        pub total: u32,
        /// How many are covered.
        pub covered: u32,
        /// How many are not, for a reason that somebody has written down.
        pub excused: u32,
    }

    /// What can be covered.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum CoverageKind {
        /// A rule fires.
        RuleFires,
        /// A rule does not fire.
        RuleSilent,
        /// A condition turns on an operand (MC/DC, masking).
        Operand,
        /// A choice of a field that a rule reads.
        Choice,
        /// A tier.
        Tier,
        /// A point is certain.
        Point,
    }

    /// What was seen of a rule.
    struct RuleCoverage {
        /// Its id.
        pub rule: String,
        /// Where it stands.
        pub location: Location,
        /// How often it fired.
        pub fires: u32,
        /// How often it did not.
        pub silent: u32,
        /// How often it waited for answers.
        pub unsettled: u32,
        /// Only the interpreter can run its condition, so its operands are not known.
        pub interpreted: bool,
        /// The operands of its condition.
        pub operands: Vec<OperandCoverage>,
    }

    /// An atomic test of a condition.
    struct OperandCoverage {
        /// As it is written, on one line.
        pub text: String,
        /// Where: a helper may stand in another topic than its rule.
        pub location: Location,
        /// How often it was evaluated.
        pub seen: u32,
        /// How often the condition turned on it while it held.
        pub shown_true: u32,
        /// How often the condition turned on it while it did not.
        pub shown_false: u32,
        /// Both were shown, with opposite outcomes.
        pub covered: bool,
    }

    /// How often the choices of a field were seen.
    struct ChoiceCoverage {
        /// The field.
        pub path: String,
        /// Its choices, in the schema's order.
        pub choices: Vec<SeenChoice>,
    }

    /// How often a choice was seen.
    struct SeenChoice {
        /// The choice.
        pub value: String,
        /// How often.
        pub seen: u32,
    }

    /// How often a tier was settled on.
    struct TierCoverage {
        /// The tier.
        pub tier: u8,
        /// How often.
        pub seen: u32,
    }

    /// How often a point was certain.
    struct PointCoverage {
        /// Its id.
        pub id: String,
        /// How often.
        pub seen: u32,
    }

    /// Something that is not covered.
    struct CoverageGap {
        /// What kind of thing.
        pub kind: CoverageKind,
        /// What, in a sentence.
        pub message: String,
        /// The rule that it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub rule: Option<String>,
        /// Where it stands in the rules.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
        /// Why that is as it should be.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub excused: Option<String>,
    }
}
