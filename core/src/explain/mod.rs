//! Explanation: why a rule fired or is unsettled, in the words of the schema, tied to lines of the intake.

mod causes;
mod lacks;
mod target;
pub mod words;

pub(crate) use causes::origin;
pub use causes::{Cause, CauseKind, causes};
pub use lacks::lacks;
pub use target::Target;
