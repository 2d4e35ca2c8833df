//! What can be wrong with the list of what is left uncovered.

use crate::diagnostic::Code;

/// An excuse names a rule, operand, choice, tier or point that the pack does not have.
pub const UNKNOWN_EXCUSE: Code = Code("coverage/unknown-excuse");
/// An excuse says neither what it excuses nor why.
pub const INCOMPLETE_EXCUSE: Code = Code("coverage/incomplete-excuse");
/// What an excuse excuses is covered by now, so it has to go.
pub const NEEDLESS_EXCUSE: Code = Code("coverage/needless-excuse");
