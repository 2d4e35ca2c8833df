//! Rendering: a report as text for people, and in the formats that pipelines read. Every host prints the same.

mod explain;
mod findings;
mod fold;
mod github;
mod junit;
mod markdown;
mod page;
mod paint;
mod prose;
mod sarif;
mod snippet;
mod text;

pub use explain::{Audience, explanation, instead, question, questions, tier_line};
pub(crate) use fold::fold;
pub use github::github;
pub use junit::junit;
pub use markdown::{MARKER, MAX_CHARACTERS, markdown};
pub use page::page;
pub use paint::Paint;
pub use sarif::sarif;
pub use snippet::{diagnostic, summary};
pub use text::text;

use crate::gate::Stop;
use crate::wire::v1::Report;

/// A report and the gates that stop it: what a pipeline is told of one intake.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What was decided.
    pub report: Report,
    /// What stops the pipeline; empty where nothing does.
    pub stops: Vec<Stop>,
}

impl Outcome {
    /// Whether something is wrong with the intake, or a gate stops it.
    pub fn is_bad(&self) -> bool {
        !self.report.valid || !self.stops.is_empty()
    }
}
