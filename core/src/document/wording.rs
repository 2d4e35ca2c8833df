//! Our words for the parser's kinds of error, where the text itself does not show what is wrong.

use super::codes;
use crate::diagnostic::Code;
use granit_parser::ErrorKind;

/// Code, message and help for a kind of error.
pub(super) fn wording(kind: &ErrorKind) -> (Code, &'static str, Option<&'static str>) {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => (
            codes::TAB_INDENTATION,
            "a tab stands where yaml wants spaces",
            Some("indent with spaces; yaml does not allow tabs there"),
        ),
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar | K::InvalidQuotedScalarIndent => (
            codes::UNCLOSED_QUOTE,
            "a quote that opens here is never closed",
            Some("close it on the same line"),
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => (
            codes::TEXT_AFTER_QUOTE,
            "there is text after the closing quote",
            Some("put all of the text in the quotes"),
        ),
        K::UnclosedFlowCollection { .. }
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::BlockEntryInFlowCollection
        | K::InvalidColonPlacement
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator => (
            codes::SYNTAX,
            "what stands in brackets here cannot be read",
            Some("look for a missing `]` or `}`, and for a `,` too many or too few"),
        ),
        K::MisplacedFlowCollectionEnd | K::MismatchedFlowCollectionEnd { .. } => (
            codes::UNEXPECTED_BRACKET,
            "a closing bracket does not match what was opened",
            Some("remove it, or open the bracket it closes"),
        ),
        K::MappingValueNotAllowed | K::MappingKeyNotAllowed | K::SimpleKeyExpected | K::InvalidSimpleKey => (
            codes::INDENTATION,
            "this does not fit the lines before it",
            Some("keys of one mapping start in the same column; the value of a key is indented further"),
        ),
        K::InvalidIndentation
        | K::InvalidFlowScalarIndent
        | K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::InvalidBlockScalarIndent => (
            codes::INDENTATION,
            "this line is not indented like the lines it belongs to",
            Some("keys of one mapping start in the same column; the value of a key is indented further"),
        ),
        K::BlockSequenceEntryNotAllowed
        | K::InvalidBlockEntryWhitespace
        | K::PlainScalarStartsWithDashFlowIndicator => (
            codes::LIST_ITEM,
            "a list item may not stand here",
            Some("start each item on a line of its own, below its key"),
        ),
        K::DuplicateVersionDirective
        | K::UnsupportedYamlMajorVersion
        | K::DuplicateTagDirective
        | K::MissingDocumentEndBeforeDirective
        | K::InvalidDirectiveTerminator
        | K::MissingYamlVersionSeparator
        | K::MissingDirectiveName
        | K::InvalidDirectiveName
        | K::DirectiveByteLimitExceeded { .. }
        | K::TooManyReservedDirectiveParams { .. }
        | K::YamlVersionTooLong
        | K::MissingYamlVersion
        | K::InvalidTagDirectiveTerminator
        | K::ExpectedDocumentStart
        | K::ExpectedTagDirectiveBang => (
            codes::DIRECTIVE,
            "this directive cannot be read",
            Some("lines that start with `%` are instructions to the parser; remove it, or quote the text"),
        ),
        K::UndeclaredTagHandle
        | K::ExpectedTagBang
        | K::InvalidGlobalTagCharacter
        | K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::InvalidTagEscape
        | K::InvalidTagUtf8LeadingByte
        | K::InvalidTagUtf8TrailingByte
        | K::InvalidTagUtf8 => {
            (codes::TAG, "this tag cannot be read", Some("put a text that starts with `!` in quotes"))
        }
        K::MissingAnchorOrAliasName => (
            codes::SYNTAX,
            "an anchor or alias has no name",
            Some("put a text that starts with `&` or `*` in quotes"),
        ),
        K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => (
            codes::SYNTAX,
            "the text below `|` or `>` cannot be read",
            Some("put nothing after `|` or `>`, and the text on the lines below, indented"),
        ),
        K::CommentInterceptedScalar => (
            codes::SYNTAX,
            "a comment stands in the middle of a text",
            Some("put the text in quotes, or the comment elsewhere"),
        ),
        K::CommentNotSeparated => (codes::SYNTAX, "a comment needs a space before its `#`", None),
        K::InvalidDocumentEnd => (codes::SYNTAX, "nothing but a comment may stand after `...`", None),
        _ => (
            codes::SYNTAX,
            "this cannot be read as yaml",
            Some("put the text in quotes if it is meant as text"),
        ),
    }
}
