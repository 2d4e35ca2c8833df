//! The shapes that `explain` and `questions` give: a report, and what goes beyond it.

use super::{AnswerKind, Choice, Edit, Engine, Intake, Location, Origin, Pack, Ready, Report, Tier};
use serde::Serialize;

wire! {
    /// A decision, explained: as a whole, or one part of it.
    struct Explanation {
        /// Version of this shape: 1.
        pub json: u32,
        /// What was asked about; absent where the whole decision is explained.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub subject: Option<Subject>,
        /// The rules that bear on it, in the pack's order: all of them for the whole decision.
        pub rules: Vec<RuleStory>,
        /// What the intake says, group by group of its schema.
        pub checklist: Vec<Topic>,
        /// Open questions that still matter, the most telling first.
        pub questions: Vec<OpenQuestion>,
        /// What would make the tier lower or higher; empty where something less than the whole is explained.
        pub tier_changes: Vec<Counterfactual>,
        /// Values of the policy that its documents do not give.
        pub assumed_policy: Vec<AssumedPolicy>,
        /// The decision itself.
        pub report: Report,
    }

    /// Something that can be asked about.
    struct Subject {
        /// Its stable id: `route/deep-review`, `tier`, the id of a rule, the path of a field.
        pub id: String,
        /// What it is.
        pub kind: SubjectKind,
        /// Its name for people.
        pub title: String,
        /// What it means; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub description: String,
        /// How it stands.
        pub standing: SubjectStanding,
        /// How it stands, in a sentence.
        pub summary: String,
        /// Where it is written: a field's answer in the intake, a rule in its topic.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
        /// Tiers that ask for it whatever rules say, for an artifact.
        pub tiers: Vec<u8>,
    }

    /// What kind of thing is asked about.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum SubjectKind {
        /// A rule.
        Rule,
        /// A point of the decision.
        Point,
        /// The tier.
        Tier,
        /// A field of the intake.
        Field,
    }

    /// How something stands.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum SubjectStanding {
        /// It is so, whatever is still answered.
        Certain,
        /// It depends on answers that are not there.
        Possible,
        /// It is not so, whatever is still answered.
        RuledOut,
    }

    /// What one rule says of an intake, and why.
    struct RuleStory {
        /// The rule's id.
        pub rule: String,
        /// What it says.
        pub verdict: RuleVerdict,
        /// Why it exists, in its author's words.
        pub because: String,
        /// The comment above it; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub doc: String,
        /// The rows of the source documents that it serves.
        pub cites: Vec<String>,
        /// Where it stands.
        pub location: Location,
        /// Its condition in plain words; absent where only the interpreter can run it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub condition: Option<String>,
        /// The tier that it asks for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tier: Option<u8>,
        /// Ids of the points that it makes.
        pub points: Vec<String>,
        /// The answers that made it so, that it waits for, or that keep it from firing.
        pub causes: Vec<super::Cause>,
        /// Where it does not fire: what of its condition is not so, in plain words. All of it would have to be.
        pub lacks: Vec<String>,
    }

    /// What a rule says.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum RuleVerdict {
        /// It fires, whatever is still answered.
        Fires,
        /// It depends on answers that are not there.
        Unsettled,
        /// It does not fire, whatever is still answered.
        DoesNotFire,
    }

    /// A group of the intake's fields.
    struct Topic {
        /// Its path; empty for fields that stand in no group.
        pub path: String,
        /// Its name.
        pub title: String,
        /// What it is about; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub description: String,
        /// Its fields, in schema order.
        pub answers: Vec<Answered>,
    }

    /// A field and what is known of it.
    struct Answered {
        /// The field.
        pub path: String,
        /// Its name.
        pub title: String,
        /// Its value as people read it.
        pub value: String,
        /// Where the value comes from.
        pub origin: Origin,
        /// Where it stands in the intake.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
        /// Rules that fire because of it.
        pub moves: Vec<String>,
        /// An open question whose answer still matters.
        pub open: bool,
    }

    /// A value of the policy that its documents do not give.
    struct AssumedPolicy {
        /// What: `tiers.2.turnaround`.
        pub path: String,
        /// Where.
        pub location: Location,
    }

    /// The open questions of an intake.
    struct Questions {
        /// Version of this shape: 1.
        pub json: u32,
        /// The engine that decided.
        pub engine: Engine,
        /// The policy pack that it decided by.
        pub pack: Pack,
        /// The intake.
        pub intake: Intake,
        /// The tier as it stands.
        pub tier: Tier,
        /// Whether the minimum intake is there.
        pub ready: Ready,
        /// The questions, the most telling first.
        pub questions: Vec<OpenQuestion>,
    }

    /// A question that nobody has answered.
    struct OpenQuestion {
        /// The field.
        pub path: String,
        /// Its name.
        pub title: String,
        /// What a form asks.
        pub question: String,
        /// What it means; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub description: String,
        /// What an answer is.
        pub kind: AnswerKind,
        /// The answers to choose from; empty where there is no list of them.
        pub choices: Vec<Choice>,
        /// Why it is asked.
        pub weight: Weight,
        /// It is part of the minimum intake.
        pub required: bool,
        /// Whether it applies depends on another answer that is not there.
        pub depends: bool,
        /// What silence means, as people read it; absent where it means that nobody knows.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub assumed: Option<String>,
        /// How many tiers narrower the range gets by an answer, on average over the answers.
        pub narrows: f64,
        /// Ids of the points that it touches.
        pub touches: Vec<String>,
        /// What each answer would lead to.
        pub prospects: Vec<Prospect>,
        /// Something is written there that does not count: where.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
    }

    /// Why a question is asked.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "kebab-case")]
    enum Weight {
        /// Its answer can still change the decision.
        Decides,
        /// Nothing starts without it.
        Required,
        /// It is good to know, and changes nothing.
        Optional,
    }

    /// What an answer would lead to.
    struct Prospect {
        /// The answer as people say it.
        pub answer: String,
        /// The lowest tier that would be possible.
        pub floor: u8,
        /// The highest tier that would be possible.
        pub ceiling: u8,
    }

    /// The smallest change of answers with which a decision would be another.
    struct Counterfactual {
        /// What was asked for: `tier=1`.
        pub goals: Vec<String>,
        /// It is so already.
        pub already: bool,
        /// The smallest ways to it, the best first.
        pub ways: Vec<Way>,
        /// No smaller way and no other way with as many changes exists than those that were looked at, up to this
        /// many changes.
        pub complete_to: usize,
        /// Every change of answers was considered: where there is no way, there is none.
        pub exhausted: bool,
    }

    /// Answers that together would do it.
    struct Way {
        /// What changes, in schema order.
        pub changes: Vec<Change>,
        /// What the decision would be; absent where the answers cannot be written into this file.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub decision: Option<WouldBe>,
        /// Why the answers cannot be written into this file.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub refused: Option<String>,
        /// The replacements of text that write them; empty where they cannot be written, and where an answer stands
        /// for whatever somebody would write.
        pub edits: Vec<Edit>,
    }

    /// One answer that would be another.
    struct Change {
        /// The field.
        pub path: String,
        /// Its name.
        pub title: String,
        /// The answer now, as people read it.
        pub from: String,
        /// Where that comes from.
        pub origin: Origin,
        /// Where it stands in the intake.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
        /// The answer that it would be, as people read it.
        pub to: String,
        /// The line to write; absent where any answer would do.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub line: Option<String>,
        /// Other answers that would do as well.
        pub or: Vec<String>,
    }

    /// A decision that would be.
    struct WouldBe {
        /// The tier.
        pub tier: Tier,
        /// Ids of the points that would be new.
        pub gained: Vec<String>,
        /// Ids of the points that would be gone.
        pub lost: Vec<String>,
        /// How many questions would then be open and matter.
        pub questions: usize,
        /// How many answers the minimum intake would then lack.
        pub missing: usize,
    }
}
