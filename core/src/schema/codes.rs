//! The codes of faults in an intake schema, and of answers that it does not admit.

use crate::diagnostic::Code;

/// The schema is not a JSON Schema, or uses something that an intake cannot be: `"type": "number"`.
pub const UNSUPPORTED: Code = Code("schema/unsupported");
/// A field lacks a title, a question or its meaning of silence.
pub const INCOMPLETE_FIELD: Code = Code("schema/incomplete-field");
/// `applies_when`, `assume` or `otherwise` names a field or value that the schema does not have.
pub const UNKNOWN_REFERENCE: Code = Code("schema/unknown-reference");
/// Fields apply depending on each other in a circle.
pub const CIRCULAR: Code = Code("schema/circular");
/// A key of `x-remit` that means nothing.
pub const UNKNOWN_KEYWORD: Code = Code("schema/unknown-keyword");
/// A schema that adds to another changes what that one's rules rely on.
pub const NOT_AN_ADDITION: Code = Code("schema/not-an-addition");
/// An answer is none of the field's choices: `environment: prdo`.
pub const UNKNOWN_CHOICE: Code = Code("intake/unknown-choice");
/// A key that the schema does not have: `servce: …`.
pub const UNKNOWN_KEY: Code = Code("intake/unknown-key");
/// An answer of the wrong type: `internet: maybe`.
pub const WRONG_TYPE: Code = Code("intake/wrong-type");
/// A number outside its bounds, a text too long or empty.
pub const OUT_OF_BOUNDS: Code = Code("intake/out-of-bounds");
/// A text that is not what its format says: `date: soon`.
pub const WRONG_FORMAT: Code = Code("intake/wrong-format");
/// Any other fault that the schema finds.
pub const NOT_ADMITTED: Code = Code("intake/not-admitted");
/// An item of a list lacks what every such item needs, so it may not count: a link without its `url`.
pub const INCOMPLETE_ITEM: Code = Code("intake/incomplete-item");
/// An answer was given although the field does not apply; it counts.
pub const NOT_APPLICABLE: Code = Code("intake/not-applicable");
/// A placeholder stands where an answer should: `owner: TBD`.
pub const PLACEHOLDER: Code = Code("intake/placeholder");
/// The intake holds nothing, or something that is not a mapping.
pub const NO_INTAKE: Code = Code("intake/empty");
