//! The codes of faults in rule files.

use crate::diagnostic::Code;

/// The file is not Rhai at this place.
pub const SYNTAX: Code = Code("rules/syntax");
/// Something other than a rule, a `fn` or a `const` stands at the top level.
pub const TOP_LEVEL: Code = Code("rules/top-level");
/// Two rules have one id.
pub const DUPLICATE_RULE: Code = Code("rules/duplicate-rule");
/// Two helper functions or constants have one name.
pub const DUPLICATE_NAME: Code = Code("rules/duplicate-name");
/// A rule's id is missing, or is not lowercase letters, digits and dashes.
pub const BAD_ID: Code = Code("rules/bad-id");
/// A rule has no `when`, or more than one.
pub const CONDITION: Code = Code("rules/condition");
/// A rule does nothing: it has a condition, but no effect.
pub const NO_EFFECT: Code = Code("rules/no-effect");
/// A rule has no `because`: nobody will know why it fired.
pub const NO_REASON: Code = Code("rules/no-reason");
/// A method that rules do not have: `.rout("advisory")`.
pub const UNKNOWN_EFFECT: Code = Code("rules/unknown-effect");
/// An argument of the wrong number or type, or one that is not a literal.
pub const BAD_ARGUMENT: Code = Code("rules/bad-argument");
/// An argument that the catalogue does not have: `.route("deep-reveiw")`.
pub const UNKNOWN_ENTRY: Code = Code("rules/unknown-entry");
/// A path that the intake schema does not have: `intake.chnage.iam`.
pub const UNKNOWN_PATH: Code = Code("rules/unknown-path");
/// A literal that the field can never be: `intake.environment == "prdo"`.
pub const IMPOSSIBLE_LITERAL: Code = Code("rules/impossible-literal");
/// Two values that cannot be compared or combined: `intake.exposure.internet > 3`.
pub const TYPE_MISMATCH: Code = Code("rules/type-mismatch");
/// `<` or `>=` on something that has no order.
pub const UNORDERED: Code = Code("rules/unordered");
/// A variable that is not there, or belongs to a function further out.
pub const UNKNOWN_VARIABLE: Code = Code("rules/unknown-variable");
/// A function or method that is not there.
pub const UNKNOWN_FUNCTION: Code = Code("rules/unknown-function");
/// `try`, `eval` and the like: a rule must not hide that an answer is missing.
pub const FORBIDDEN: Code = Code("rules/forbidden");
/// The condition cannot be compiled and runs in the interpreter.
pub const INTERPRETED: Code = Code("rules/interpreted");
/// A rule ran into a limit: operations, depth, sizes.
pub const LIMIT: Code = Code("rules/limit");
/// A rule failed while it ran.
pub const FAILED: Code = Code("rules/failed");
/// The file is larger than a rule file may be.
pub const TOO_LARGE: Code = Code("rules/too-large");
