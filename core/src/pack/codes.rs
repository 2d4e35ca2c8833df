//! The codes of faults in a pack's manifest and files.

use crate::diagnostic::Code;

pub use crate::record::{MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE};

/// A file that the manifest names is not there, or lies outside the pack.
pub const MISSING_FILE: Code = Code("pack/missing-file");
/// A file of the pack holds nothing, or no mapping.
pub const EMPTY_FILE: Code = Code("pack/empty-file");
/// A file of the pack is not UTF-8.
pub const NOT_TEXT: Code = Code("pack/not-text");
/// The pack is of a format that this engine does not read.
pub const FORMAT: Code = Code("pack/format");
/// The pack that a pack extends is not there.
pub const UNKNOWN_BASE: Code = Code("pack/unknown-base");
/// A pack extends itself, by way of others.
pub const CIRCULAR_BASE: Code = Code("pack/circular-base");
/// A rule that is switched off is none of the pack that is extended.
pub const UNKNOWN_RULE: Code = Code("pack/unknown-rule");
/// A constant that gets another value is none of the pack that is extended.
pub const UNKNOWN_CONSTANT: Code = Code("pack/unknown-constant");
