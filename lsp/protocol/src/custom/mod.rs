//! The requests of Remit's own, as README.md describes them: each is a function of a moment.

mod decision;
mod packs;
mod places;
mod testing;

pub use decision::{
    AnswerParams, ExplainParams, Explained, FileParams, Instead, InsteadParams, QuestionsParams, answer,
    content, decision, explain, instead, questions,
};
pub use packs::{Blank, NewIntakeParams, NoParams, Syntax, new_intake, packs};
pub use places::{LocateParams, WireLocation, WirePosition, locate};
pub use testing::{
    Case, Coverage, Failure, FileCoverage, Gap, Operand, Ran, Related, Rule, Run, RunParams, Suite, TestFile,
    TestsParams, run_tests, tests,
};
