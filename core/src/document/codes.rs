//! The codes of everything that can be wrong with the text of a document, each with an example of it.
//!
//! A code is stable: messages may be reworded, codes may not.

use crate::diagnostic::Code;

/// Bytes that are not UTF-8, such as a file saved as UTF-16 or Latin-1.
pub const ENCODING: Code = Code("document/encoding");
/// The file is larger than `Limits::max_bytes`; nothing of it is read.
pub const TOO_LARGE: Code = Code("document/too-large");
/// Lists and mappings inside each other, deeper than `Limits::max_depth`: `[[[[…]]]]`.
pub const TOO_DEEP: Code = Code("document/too-deep");
/// More values than `Limits::max_nodes`, counted after aliases are replaced by what they stand for.
pub const TOO_MANY_VALUES: Code = Code("document/too-many-values");
/// The same key twice in one mapping: `tier: 1` and, below, `tier: 2`. Neither counts.
pub const DUPLICATE_KEY: Code = Code("document/duplicate-key");
/// A key that is a list or a mapping: `? [a, b]`.
pub const COMPLEX_KEY: Code = Code("document/complex-key");
/// A tab where YAML wants spaces, before the first character of a line.
pub const TAB_INDENTATION: Code = Code("document/tab-indentation");
/// A line that stands neither below nor beside the lines before it.
pub const INDENTATION: Code = Code("document/indentation");
/// An alias without an anchor before it: `owner: *team` without `&team`.
pub const UNKNOWN_ALIAS: Code = Code("document/unknown-alias");
/// An alias inside the very value that it names: `a: &x [*x]`.
pub const RECURSIVE_ALIAS: Code = Code("document/recursive-alias");
/// A merge key whose value is not a mapping: `<<: 3`.
pub const MERGE: Code = Code("document/merge");
/// A second document, after `---` in YAML or after the first value in JSON. Only the first is read.
pub const SEVERAL_DOCUMENTS: Code = Code("document/several-documents");
/// A YAML tag that means nothing here: `!vault abc`. The value is read as if it were not there.
pub const UNKNOWN_TAG: Code = Code("document/unknown-tag");
/// A YAML tag that does not fit its value: `!!int many`, or one that is malformed.
pub const TAG: Code = Code("document/tag");
/// A YAML directive that is malformed, or of another version: `%YAML 1.1`.
pub const DIRECTIVE: Code = Code("document/directive");
/// A character that no text may hold, such as NUL.
pub const CONTROL_CHARACTER: Code = Code("document/control-character");
/// A quote that opens and never closes: `title: "New gateway`.
pub const UNCLOSED_QUOTE: Code = Code("document/unclosed-quote");
/// Text directly after a closing quote: `title: "New" gateway`.
pub const TEXT_AFTER_QUOTE: Code = Code("document/text-after-quote");
/// A bracket that opens and never closes: `routes: [a, b`.
pub const UNCLOSED_BRACKET: Code = Code("document/unclosed-bracket");
/// A closing bracket that closes nothing, or another kind than was opened: `[a, b}`.
pub const UNEXPECTED_BRACKET: Code = Code("document/unexpected-bracket");
/// A key without its colon: `title` on a line of its own between `key: value` lines.
pub const MISSING_COLON: Code = Code("document/missing-colon");
/// Two keys on one line: `title: gateway: new`.
pub const NESTED_MAPPING: Code = Code("document/nested-mapping");
/// A `- ` item between `key: value` lines, or without its space: `-item`.
pub const LIST_ITEM: Code = Code("document/list-item");
/// A plain text that starts with a character YAML keeps for itself: `owner: @team`.
pub const RESERVED_CHARACTER: Code = Code("document/reserved-character");
/// An escape that does not exist: `"\q"`, or half of a surrogate pair.
pub const ESCAPE: Code = Code("document/escape");
/// Two values with nothing between them: `[1 2]` in JSON.
pub const MISSING_COMMA: Code = Code("document/missing-comma");
/// A comma with nothing after it: `[1, 2,]` in JSON.
pub const TRAILING_COMMA: Code = Code("document/trailing-comma");
/// A place where a value belongs and none stands: `{"a": }` in JSON.
pub const MISSING_VALUE: Code = Code("document/missing-value");
/// A key that is not text in double quotes: `{a: 1}` in JSON.
pub const UNQUOTED_KEY: Code = Code("document/unquoted-key");
/// Text in single quotes, in JSON: `'a'`.
pub const SINGLE_QUOTES: Code = Code("document/single-quotes");
/// A comment, in JSON: `// why`.
pub const COMMENT: Code = Code("document/comment");
/// A bare word that is not `true`, `false` or `null`, in JSON: `True`, `NaN`, `restricted`.
pub const LITERAL: Code = Code("document/literal");
/// A number that JSON does not know: `01`, `+1`, `.5`, `0x1F`.
pub const NUMBER: Code = Code("document/number");
/// A mark that a version control system left in a merge conflict: `<<<<<<< HEAD`.
pub const CONFLICT: Code = Code("document/conflict");
/// Anything else that does not fit the syntax.
pub const SYNTAX: Code = Code("document/syntax");

/// Every code of this stage, in the order above.
pub const ALL: &[Code] = &[
    ENCODING,
    TOO_LARGE,
    TOO_DEEP,
    TOO_MANY_VALUES,
    DUPLICATE_KEY,
    COMPLEX_KEY,
    TAB_INDENTATION,
    INDENTATION,
    UNKNOWN_ALIAS,
    RECURSIVE_ALIAS,
    MERGE,
    SEVERAL_DOCUMENTS,
    UNKNOWN_TAG,
    TAG,
    DIRECTIVE,
    CONTROL_CHARACTER,
    UNCLOSED_QUOTE,
    TEXT_AFTER_QUOTE,
    UNCLOSED_BRACKET,
    UNEXPECTED_BRACKET,
    MISSING_COLON,
    NESTED_MAPPING,
    LIST_ITEM,
    RESERVED_CHARACTER,
    ESCAPE,
    MISSING_COMMA,
    TRAILING_COMMA,
    MISSING_VALUE,
    UNQUOTED_KEY,
    SINGLE_QUOTES,
    COMMENT,
    LITERAL,
    NUMBER,
    CONFLICT,
    SYNTAX,
];
