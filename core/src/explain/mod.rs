//! Explanation: why a rule fired or is unsettled, in the words of the schema, tied to lines of the intake.

mod causes;
pub mod words;

pub use causes::{Cause, CauseKind, causes};
