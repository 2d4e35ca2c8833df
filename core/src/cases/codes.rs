//! What can be wrong with a pack's tests.

use crate::diagnostic::Code;

/// A key that a case, or an expectation, cannot have: `route: […]`.
pub const UNKNOWN_KEY: Code = Code("case/unknown-key");
/// A key that a case needs is missing: several cases of one file, one of them without `name`.
pub const MISSING_KEY: Code = Code("case/missing-key");
/// A value of a case that is of the wrong kind: `tier: high`.
pub const WRONG_VALUE: Code = Code("case/wrong-value");
/// An expectation names something that the pack does not have: `routes: [advisry]`.
pub const UNKNOWN_NAME: Code = Code("case/unknown-name");
/// A change, or an expectation, names a field that the schema does not have: `change.publc_endpoint`.
pub const UNKNOWN_PATH: Code = Code("case/unknown-path");
/// A change cannot be made: it reaches past the end of a list, or into something that holds nothing.
pub const NO_PLACE: Code = Code("case/no-place");
/// The changes of a case leave its intake as it was, or one of them removes what is not there.
pub const NO_EFFECT: Code = Code("case/no-effect");
/// A case names an example that the pack does not have.
pub const UNKNOWN_EXAMPLE: Code = Code("case/unknown-example");
/// A case has no intake, or two of them.
pub const NO_INPUT: Code = Code("case/no-input");
/// A case expects nothing, so it cannot fail.
pub const NO_EXPECTATION: Code = Code("case/no-expectation");
/// Two cases of a file have one name.
pub const DUPLICATE_NAME: Code = Code("case/duplicate-name");
/// One name stands twice in an expectation, or is both wanted and not wanted.
pub const DUPLICATE_WANT: Code = Code("case/duplicate-want");
/// Two cases have the same intake and expect different things: one of them must fail.
pub const CONTRADICTION: Code = Code("case/contradiction");
/// The intake of a case is invalid, and the case does not say that this is meant.
pub const INVALID_INTAKE: Code = Code("case/invalid-intake");
/// A file holds more cases than are run.
pub const TOO_MANY: Code = Code("case/too-many");
/// A part of the decision is not what the case expects.
pub const FAILED: Code = Code("case/failed");
/// An expectation could not be rewritten without changing something else.
pub const NOT_BLESSED: Code = Code("case/not-blessed");
