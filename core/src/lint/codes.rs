//! The codes of what is suspicious about a pack that loads.

use crate::diagnostic::Code;

/// The manifest sets the level of a code that there is not: `lint/unsued-entry: allow`.
pub const UNKNOWN_CODE: Code = Code("lint/unknown-code");

/// A catalogue entry that nothing names.
pub const UNUSED_ENTRY: Code = Code("lint/unused-entry");
/// A helper function or constant that no rule uses.
pub const UNUSED_HELPER: Code = Code("lint/unused-helper");
/// A rule file that lies beside the topics and is not one of them.
pub const UNLISTED_TOPIC: Code = Code("lint/unlisted-topic");
/// A question that no rule, role, artifact or other question reads.
pub const UNREAD_QUESTION: Code = Code("lint/unread-question");
/// A question for a text that no rule, role or artifact reads, and that the minimum intake does not ask for.
pub const UNREAD_TEXT: Code = Code("lint/unread-text");
/// Choices of a question that mean the same to every rule.
pub const SAME_CHOICES: Code = Code("lint/same-choices");
/// A value that no document gives, waiting for somebody to decide it.
pub const ASSUMPTION: Code = Code("lint/assumption");

/// A rule whose condition no complete intake can satisfy.
pub const NEVER_FIRES: Code = Code("lint/never-fires");
/// A rule whose condition every complete intake satisfies.
pub const ALWAYS_FIRES: Code = Code("lint/always-fires");
/// A part of a condition that never changes what the condition says.
pub const REDUNDANT_OPERAND: Code = Code("lint/redundant-operand");
/// Two rules of one topic that fire for the same intakes.
pub const SAME_CONDITION: Code = Code("lint/same-condition");
/// A rule that adds nothing to what another does whenever it fires.
pub const REDUNDANT_RULE: Code = Code("lint/redundant-rule");
/// A condition with more tests than a reader holds in mind.
pub const LONG_CONDITION: Code = Code("lint/long-condition");

/// The pack has no examples, so nobody sees what its rules do.
pub const NO_EXAMPLES: Code = Code("lint/no-examples");
/// A rule that fires on no example and in no case.
pub const NO_EXAMPLE_FIRES: Code = Code("lint/no-example-fires");
/// A rule that fires on every example and in every case.
pub const EVERY_EXAMPLE_FIRES: Code = Code("lint/every-example-fires");

/// A rule without a citation, in a pack whose rules cite.
pub const NO_CITATION: Code = Code("lint/no-citation");
/// A citation that looks like a slip of another one.
pub const MISSPELT_CITATION: Code = Code("lint/misspelt-citation");

/// No complete intake stays below tier 2: deep review for everything.
pub const DEEP_REVIEW_FOR_ALL: Code = Code("lint/deep-review-for-all");
/// A tier that no complete intake can get.
pub const UNREACHABLE_TIER: Code = Code("lint/unreachable-tier");
/// A default tier of 2 or 3: whatever nobody thought of gets a deep review.
pub const HIGH_DEFAULT_TIER: Code = Code("lint/high-default-tier");
/// A tier without a turnaround: nobody knows when an answer is due.
pub const NO_TURNAROUND: Code = Code("lint/no-turnaround");
/// A tier whose only reviewers are its approvers.
pub const SELF_REVIEW: Code = Code("lint/self-review");

/// An escalation that goes to nobody.
pub const ESCALATION_TO_NOBODY: Code = Code("lint/escalation-to-nobody");
/// A decision that can end in one way only.
pub const SINGLE_OUTCOME: Code = Code("lint/single-outcome");
/// Roles that stand in for each other and for nobody else.
pub const CIRCULAR_ALTERNATES: Code = Code("lint/circular-alternates");
/// Two routes on one rung of the ladder.
pub const SHARED_RUNG: Code = Code("lint/shared-rung");
/// An artifact that only an item of evidence can satisfy.
pub const EVIDENCE_ONLY: Code = Code("lint/evidence-only");
/// An artifact that nothing in an intake can satisfy.
pub const UNSATISFIABLE_ARTIFACT: Code = Code("lint/unsatisfiable-artifact");
