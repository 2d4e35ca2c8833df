//! The codes of faults in a catalogue.

use crate::diagnostic::Code;

/// An id that the section does not have: `owner: produkt-security`.
pub const UNKNOWN_ID: Code = Code("catalogue/unknown-id");
/// A duration that is none: `respond: soon`.
pub const BAD_DURATION: Code = Code("catalogue/bad-duration");
/// A date or weekday that is none.
pub const BAD_DATE: Code = Code("catalogue/bad-date");
/// A tier that is not 0, 1, 2 or 3, or is missing.
pub const BAD_TIER: Code = Code("catalogue/bad-tier");
/// An id with anything but lowercase letters, digits and dashes.
pub const BAD_ID: Code = Code("catalogue/bad-id");
/// An artifact is satisfied by a link or a field that an intake cannot have.
pub const UNKNOWN_FIELD: Code = Code("catalogue/unknown-field");
