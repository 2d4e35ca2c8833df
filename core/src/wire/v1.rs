//! `json v1`: the types. Field order is part of the shape. An absent value is left out, never `null`, except
//! where a field says that its `null` means something.

use serde::Serialize;

macro_rules! wire {
    ($($(#[$meta:meta])* $kind:ident $name:ident { $($body:tt)* })*) => {
        $(
            #[derive(Debug, Clone, PartialEq, Serialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            $(#[$meta])*
            pub $kind $name { $($body)* }
        )*
    };
}

pub mod explanation;
pub mod lint;
mod origin;

pub use origin::{Base, Engine, Intake, Pack, SwitchedOff};

wire! {
    /// What was decided about one intake, and why.
    struct Report {
        /// Version of this shape: 1.
        pub json: u32,
        /// The engine that decided.
        pub engine: Engine,
        /// The policy pack that it decided by.
        pub pack: Pack,
        /// The intake.
        pub intake: Intake,
        /// The day that due dates were compared with, `YYYY-MM-DD`; `null` where the host gave none.
        pub today: Option<String>,
        /// Nothing in the intake is an error. What is an error counts as not answered.
        pub valid: bool,
        /// No open question can change the decision any more.
        pub settled: bool,
        /// The ranges are exact: every completion of the draft was tried.
        pub exact: bool,
        /// The engagement tier.
        pub tier: Tier,
        /// Whether the minimum intake is there.
        pub ready: Ready,
        /// Where the intake is sent.
        pub routes: Vec<Route>,
        /// What goes to somebody above.
        pub escalations: Vec<Escalation>,
        /// Evidence that is asked for.
        pub requirements: Vec<Requirement>,
        /// Other teams that it is handed to.
        pub referrals: Vec<Referral>,
        /// Decisions that are to be taken.
        pub decisions: Vec<DecisionRight>,
        /// Service lines that are suggested.
        pub services: Vec<Point>,
        /// Duties that the intake carries.
        pub obligations: Vec<Obligation>,
        /// Who is told.
        pub notifications: Vec<Point>,
        /// Remarks of the policy about this intake.
        pub flags: Vec<Flag>,
        /// Who approves, reviews and is informed.
        pub approvals: Approvals,
        /// By when somebody answers and decides, and the deadline that was asked for.
        pub dates: Vec<Milestone>,
        /// Open questions that still matter, the most telling first.
        pub questions: Vec<Question>,
        /// Answers that the schema assumed.
        pub assumptions: Vec<Assumption>,
        /// Ids of the points that no further answer can bring about.
        pub ruled_out: Vec<String>,
        /// Every rule that fires or is unsettled, with what made it so.
        pub trace: Vec<Trace>,
        /// What is wrong with the intake, or worth knowing.
        pub diagnostics: Vec<Diagnostic>,
    }

    /// A place in a text.
    struct Location {
        /// What the host calls the text.
        pub source: String,
        /// Where it begins.
        pub start: Position,
        /// Where it ends: the place after the last character.
        pub end: Position,
    }

    /// A position in a text.
    struct Position {
        /// Line, from 1.
        pub line: u32,
        /// Column, from 1, in Unicode scalar values.
        pub column: u32,
        /// Offset from the start of the text, in bytes of UTF-8.
        pub offset: u32,
    }

    /// Whether something is part of the decision.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum Standing {
        /// It is, whatever is still answered.
        Certain,
        /// It depends on answers that are not there. A gate treats it as present.
        Possible,
    }

    /// The engagement tier.
    struct Tier {
        /// The tier, once it is settled; `null` until then.
        pub settled: Option<u8>,
        /// The lowest that it can still become.
        pub floor: u8,
        /// The highest that it can still become.
        pub ceiling: u8,
        /// The name of the settled tier, or of floor and ceiling.
        pub title: String,
        /// When this tier is used; absent while it is not settled.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// Ids of the rules that fire and ask for the floor.
        pub rules: Vec<String>,
    }

    /// Whether the minimum intake is there.
    struct Ready {
        /// It is.
        pub complete: bool,
        /// What it lacks, in the schema's order.
        pub missing: Vec<MissingAnswer>,
    }

    /// An answer that the minimum intake lacks.
    struct MissingAnswer {
        /// The field.
        pub path: String,
        /// Its name.
        pub title: String,
        /// What a form asks.
        pub question: String,
        /// Something is written there that does not count: where.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
    }

    /// Something that the policy asks for.
    struct Point {
        /// Stable id: `route/deep-review`.
        pub id: String,
        /// The name that rules use: `deep-review`.
        pub name: String,
        /// Its name for people.
        pub title: String,
        /// What it is; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub description: String,
        /// Whether it is part of the decision.
        pub standing: Standing,
        /// Ids of the rules that ask for it: those that fire, then those that are unsettled.
        pub rules: Vec<String>,
        /// By when.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub due: Option<Due>,
    }

    /// A role or a team.
    struct Who {
        /// The name that the catalogue uses.
        pub name: String,
        /// Its name for people.
        pub title: String,
    }

    /// By when something is due.
    struct Due {
        /// The last day on which it is in time, `YYYY-MM-DD`; absent where the intake does not say when it was submitted.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub by: Option<String>,
        /// How long it may take: `4 hours`, `2 business days`.
        pub within: String,
        /// How it stands to today.
        pub timing: Timing,
    }

    /// How a date stands to today.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum Timing {
        /// It lies ahead.
        Ahead,
        /// It is today.
        Today,
        /// It has passed.
        Overdue,
        /// The date or today is not known.
        Unknown,
    }

    /// Where the intake is sent.
    struct Route {
        /// What it is.
        #[serde(flatten)]
        pub point: Point,
        /// Who runs it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Who>,
        /// It starts: at once, when the minimum intake is there, or not at all because a higher route wins.
        pub starts: Starts,
        /// The higher review route that it gives way to, or may give way to.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub superseded: Option<Superseded>,
    }

    /// When a route starts.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum Starts {
        /// Now.
        Now,
        /// When the minimum intake is there.
        WhenReady,
        /// Not at all: a higher route is certain.
        Superseded,
    }

    /// A higher review route that a route gives way to.
    struct Superseded {
        /// Id of the higher route.
        pub by: String,
        /// Whether that is certain.
        pub standing: Standing,
    }

    /// What goes to somebody above.
    struct Escalation {
        /// What it is.
        #[serde(flatten)]
        pub point: Point,
        /// To whom.
        pub to: Vec<Who>,
    }

    /// Evidence that is asked for.
    struct Requirement {
        /// What it is.
        #[serde(flatten)]
        pub point: Point,
        /// The tiers that expect it; empty where only rules ask for it.
        pub tiers: Vec<u8>,
        /// What there is of it.
        pub evidence: Evidence,
    }

    /// What there is of required evidence.
    struct Evidence {
        /// How far it is.
        pub state: EvidenceState,
        /// Where the intake says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
        /// What is linked.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
        /// Who looked at it, or waived it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub by: Option<String>,
        /// When it was looked at, or why it was waived.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }

    /// How far evidence is.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum EvidenceState {
        /// There is nothing, or a placeholder.
        Missing,
        /// Something is linked, and nobody has looked at it.
        Claimed,
        /// It has been looked at.
        Resolved,
        /// Somebody has said that it is not needed, and why.
        Waived,
    }

    /// Another team that the intake is handed to.
    struct Referral {
        /// What it is.
        #[serde(flatten)]
        pub point: Point,
        /// How to reach it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub contact: Option<String>,
    }

    /// A decision that is to be taken.
    struct DecisionRight {
        /// What it is.
        #[serde(flatten)]
        pub point: Point,
        /// Who decides.
        pub owner: Who,
        /// Who decides with them.
        pub co_owners: Vec<Who>,
        /// How it may end.
        pub outcomes: Vec<Who>,
    }

    /// A duty that the intake carries.
    struct Obligation {
        /// What it is.
        #[serde(flatten)]
        pub point: Point,
        /// Who carries it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Who>,
    }

    /// A remark of the policy.
    struct Flag {
        /// Stable id: `flag/` and its rule.
        pub id: String,
        /// How bad.
        pub severity: Severity,
        /// What is remarked.
        pub message: String,
        /// Whether it holds.
        pub standing: Standing,
        /// The rule.
        pub rule: String,
    }

    /// How bad something is.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum Severity {
        /// Something to know.
        Info,
        /// Probably not what was meant.
        Warning,
        /// Wrong.
        Error,
    }

    /// Who approves, reviews and is informed.
    struct Approvals {
        /// Who signs.
        pub approve: Vec<Approver>,
        /// Who looks.
        pub review: Vec<Approver>,
        /// Who is told.
        pub inform: Vec<Approver>,
        /// How long each has before the next alternate is asked.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub window: Option<String>,
    }

    /// A role that acts.
    struct Approver {
        /// The name that the catalogue uses.
        pub name: String,
        /// Its name for people.
        pub title: String,
        /// Whether it is certain.
        pub standing: Standing,
        /// Who acts instead, in order.
        pub alternates: Vec<Who>,
    }

    /// A date of the whole intake.
    struct Milestone {
        /// `due/respond`, `due/decide` or `due/deadline`.
        pub id: String,
        /// What happens then.
        pub title: String,
        /// Whether it holds for every tier that is still possible; otherwise it is the earliest.
        pub standing: Standing,
        /// The day, `YYYY-MM-DD`; absent where the intake does not say when it was submitted.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub by: Option<String>,
        /// How long it may take; a deadline has no length.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub within: Option<String>,
        /// How it stands to today.
        pub timing: Timing,
    }

    /// An open question that still matters.
    struct Question {
        /// The field.
        pub path: String,
        /// Its name.
        pub title: String,
        /// What a form asks.
        pub question: String,
        /// What an answer is.
        pub kind: AnswerKind,
        /// The answers to choose from; empty where there is no list of them.
        pub choices: Vec<Choice>,
        /// How many tiers narrower the range gets by an answer, on average over the answers.
        pub narrows: f64,
        /// Ids of the points that it touches.
        pub touches: Vec<String>,
        /// It is part of the minimum intake.
        pub required: bool,
    }

    /// What an answer is.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum AnswerKind {
        /// `true` or `false`.
        YesNo,
        /// A whole number.
        Number,
        /// Text.
        Text,
        /// A date, `YYYY-MM-DD`.
        Date,
        /// One of the choices.
        Choice,
        /// A list.
        List,
    }

    /// An answer to choose.
    struct Choice {
        /// What is written in the intake.
        pub value: String,
        /// What people read.
        pub title: String,
    }

    /// An answer that the schema assumed.
    struct Assumption {
        /// The field.
        pub path: String,
        /// Its name.
        pub title: String,
        /// The value that was assumed, as people read it.
        pub value: String,
    }

    /// A rule that fires or is unsettled, and what made it so.
    struct Trace {
        /// The rule's id.
        pub rule: String,
        /// `fires` or `unsettled`.
        pub verdict: Verdict,
        /// Why, in its author's words.
        pub because: String,
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
        /// The answers that made it so, or that it waits for.
        pub causes: Vec<Cause>,
    }

    /// What a rule says.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum Verdict {
        /// It fires, whatever is still answered.
        Fires,
        /// It depends on answers that are not there.
        Unsettled,
    }

    /// An answer that made a rule come out as it did.
    struct Cause {
        /// The field.
        pub path: String,
        /// Its name.
        pub title: String,
        /// Its value as people read it.
        pub value: String,
        /// Name and value: `data sensitivity: Restricted`.
        pub words: String,
        /// Where the value comes from.
        pub origin: Origin,
        /// Where it stands in the intake.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub location: Option<Location>,
    }

    /// Where a value comes from.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum Origin {
        /// Somebody answered.
        Answered,
        /// The schema says what to assume.
        Assumed,
        /// Another answer says that it does not apply.
        NotApplicable,
        /// Nobody answered, or the answer does not count.
        Unanswered,
    }

    /// Something wrong with a text, or worth knowing.
    struct Diagnostic {
        /// Stable code: `intake/unknown-choice`.
        pub code: String,
        /// How bad.
        pub severity: Severity,
        /// What happened.
        pub message: String,
        /// Where.
        pub location: Location,
        /// What is to be seen there.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// Other places that explain it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub labels: Vec<Label>,
        /// What to do about it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub help: Option<String>,
        /// Changes that would mend it, the best first.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub fixes: Vec<Fix>,
    }

    /// A second place that helps to understand the first.
    struct Label {
        /// Where.
        pub location: Location,
        /// What is to be seen there.
        pub message: String,
    }

    /// A change that would mend it.
    struct Fix {
        /// What it does, as a menu entry.
        pub title: String,
        /// The replacements, none overlapping another.
        pub edits: Vec<Edit>,
    }

    /// One replacement of text.
    struct Edit {
        /// What is replaced; an empty range inserts.
        pub location: Location,
        /// By what.
        pub text: String,
    }
}
