// `json v1`: what the engine says about an intake, a pack and its tests. Offsets are bytes.
// Made from the Rust types by `cargo xtask wasm --types`; do not edit.

/** Whether something is part of the decision. */
export type Standing = "certain" | "possible";
/** How a date stands to today. */
export type Timing = "ahead" | "today" | "overdue" | "unknown";
/** When a route starts. */
export type Starts = "now" | "when-ready" | "superseded";
/** How far evidence is. */
export type EvidenceState = "missing" | "claimed" | "resolved" | "waived";
/** How bad something is. */
export type Severity = "info" | "warning" | "error";
/** What an answer is. */
export type AnswerKind = "yes-no" | "number" | "text" | "date" | "choice" | "list";
/** What a rule says. */
export type Verdict = "fires" | "unsettled";
/** Where a value comes from. */
export type Origin = "answered" | "assumed" | "not-applicable" | "unanswered";
/** What kind of thing is asked about. */
export type SubjectKind = "rule" | "point" | "tier" | "field";
/** How something stands. */
export type SubjectStanding = "certain" | "possible" | "ruled-out";
/** What a rule says. */
export type RuleVerdict = "fires" | "unsettled" | "does-not-fire";
/** Why a question is asked. */
export type Weight = "decides" | "required" | "optional";
/** How a case went. */
export type TestState = "passed" | "failed" | "wrong";
/** What can be covered. */
export type CoverageKind = "rule-fires" | "rule-silent" | "operand" | "choice" | "tier" | "point";

/** What was decided about one intake, and why. */
export interface Report {
  /** Version of this shape: 1. */
  json: number;
  /** The engine that decided. */
  engine: Engine;
  /** The policy pack that it decided by. */
  pack: Pack;
  /** The intake. */
  intake: Intake;
  /** The day that due dates were compared with, `YYYY-MM-DD`; `null` where the host gave none. */
  today: string | null;
  /** Nothing in the intake is an error. What is an error counts as not answered. */
  valid: boolean;
  /** No open question can change the decision any more. */
  settled: boolean;
  /** The ranges are exact: every completion of the draft was tried. */
  exact: boolean;
  /** The engagement tier. */
  tier: Tier;
  /** Whether the minimum intake is there. */
  ready: Ready;
  /** Where the intake is sent. */
  routes: Route[];
  /** What goes to somebody above. */
  escalations: Escalation[];
  /** Evidence that is asked for. */
  requirements: Requirement[];
  /** Other teams that it is handed to. */
  referrals: Referral[];
  /** Decisions that are to be taken. */
  decisions: DecisionRight[];
  /** Service lines that are suggested. */
  services: Point[];
  /** Duties that the intake carries. */
  obligations: Obligation[];
  /** Who is told. */
  notifications: Point[];
  /** Remarks of the policy about this intake. */
  flags: Flag[];
  /** Who approves, reviews and is informed. */
  approvals: Approvals;
  /** By when somebody answers and decides, and the deadline that was asked for. */
  dates: Milestone[];
  /** Open questions that still matter, the most telling first. */
  questions: Question[];
  /** Answers that the schema assumed. */
  assumptions: Assumption[];
  /** Ids of the points that no further answer can bring about. */
  ruled_out: string[];
  /** Every rule that fires or is unsettled, with what made it so. */
  trace: Trace[];
  /** What is wrong with the intake, or worth knowing. */
  diagnostics: Diagnostic[];
}
/** The engine that decided. */
export interface Engine {
  /** `remit`. */
  name: string;
  /** Its version. */
  version: string;
}
/** A policy pack. */
export interface Pack {
  /** Its name. */
  name: string;
  /** Its version. */
  version: string;
  /** SHA-256 over its files, in hexadecimal; the digest of the pack that it extends is part of it. */
  digest: string;
  /** The packs that it extends, the nearest first. */
  extends?: Base[];
  /** Rules of those that do not count. */
  switched_off?: SwitchedOff[];
}
/** A pack that another extends. */
export interface Base {
  /** Its name. */
  name: string;
  /** Its version. */
  version: string;
  /** Its digest. */
  digest: string;
}
/** A rule of a pack that is extended, which does not count. */
export interface SwitchedOff {
  /** Its id. */
  rule: string;
  /** Why, in the words of whoever switched it off. */
  because: string;
}
/** The intake. */
export interface Intake {
  /** Its own id, if it gives one. */
  id?: string | null;
  /** The name of what is reviewed, if it gives one. */
  title?: string | null;
  /** What the host calls it. */
  source: string;
  /** SHA-256 of its text, in hexadecimal. */
  digest: string;
}
/** The engagement tier. */
export interface Tier {
  /** The tier, once it is settled; `null` until then. */
  settled: number | null;
  /** The lowest that it can still become. */
  floor: number;
  /** The highest that it can still become. */
  ceiling: number;
  /** The name of the settled tier, or of floor and ceiling. */
  title: string;
  /** When this tier is used; absent while it is not settled. */
  description?: string | null;
  /** Ids of the rules that fire and ask for the floor. */
  rules: string[];
}
/** Whether the minimum intake is there. */
export interface Ready {
  /** It is. */
  complete: boolean;
  /** What it lacks, in the schema's order. */
  missing: MissingAnswer[];
}
/** An answer that the minimum intake lacks. */
export interface MissingAnswer {
  /** The field. */
  path: string;
  /** Its name. */
  title: string;
  /** What a form asks. */
  question: string;
  /** Something is written there that does not count: where. */
  location?: Location | null;
}
/** A place in a text. */
export interface Location {
  /** What the host calls the text. */
  source: string;
  /** Where it begins. */
  start: Position;
  /** Where it ends: the place after the last character. */
  end: Position;
}
/** A position in a text. */
export interface Position {
  /** Line, from 1. */
  line: number;
  /** Column, from 1, in Unicode scalar values. */
  column: number;
  /** Offset from the start of the text, in bytes of UTF-8. */
  offset: number;
}
/** Where the intake is sent. */
export interface Route {
  /** Stable id: `route/deep-review`. */
  id: string;
  /** The name that rules use: `deep-review`. */
  name: string;
  /** Its name for people. */
  title: string;
  /** What it is; may be empty. */
  description?: string;
  /** Whether it is part of the decision. */
  standing: Standing;
  /** Ids of the rules that ask for it: those that fire, then those that are unsettled. */
  rules: string[];
  /** By when. */
  due?: Due | null;
  /** Who runs it. */
  owner?: Who | null;
  /** It starts: at once, when the minimum intake is there, or not at all because a higher route wins. */
  starts: Starts;
  /** The higher review route that it gives way to, or may give way to. */
  superseded?: Superseded | null;
}
/** By when something is due. */
export interface Due {
  /** The last day on which it is in time, `YYYY-MM-DD`; absent where the intake does not say when it was submitted. */
  by?: string | null;
  /** How long it may take: `4 hours`, `2 business days`. */
  within: string;
  /** How it stands to today. */
  timing: Timing;
}
/** A role or a team. */
export interface Who {
  /** The name that the catalogue uses. */
  name: string;
  /** Its name for people. */
  title: string;
}
/** A higher review route that a route gives way to. */
export interface Superseded {
  /** Id of the higher route. */
  by: string;
  /** Whether that is certain. */
  standing: Standing;
}
/** What goes to somebody above. */
export interface Escalation {
  /** Stable id: `route/deep-review`. */
  id: string;
  /** The name that rules use: `deep-review`. */
  name: string;
  /** Its name for people. */
  title: string;
  /** What it is; may be empty. */
  description?: string;
  /** Whether it is part of the decision. */
  standing: Standing;
  /** Ids of the rules that ask for it: those that fire, then those that are unsettled. */
  rules: string[];
  /** By when. */
  due?: Due | null;
  /** To whom. */
  to: Who[];
}
/** Evidence that is asked for. */
export interface Requirement {
  /** Stable id: `route/deep-review`. */
  id: string;
  /** The name that rules use: `deep-review`. */
  name: string;
  /** Its name for people. */
  title: string;
  /** What it is; may be empty. */
  description?: string;
  /** Whether it is part of the decision. */
  standing: Standing;
  /** Ids of the rules that ask for it: those that fire, then those that are unsettled. */
  rules: string[];
  /** By when. */
  due?: Due | null;
  /** The tiers that expect it; empty where only rules ask for it. */
  tiers: number[];
  /** What there is of it. */
  evidence: Evidence;
}
/** What there is of required evidence. */
export interface Evidence {
  /** How far it is. */
  state: EvidenceState;
  /** Where the intake says so. */
  location?: Location | null;
  /** What is linked. */
  link?: string | null;
  /** Who looked at it, or waived it. */
  by?: string | null;
  /** When it was looked at, or why it was waived. */
  note?: string | null;
}
/** Another team that the intake is handed to. */
export interface Referral {
  /** Stable id: `route/deep-review`. */
  id: string;
  /** The name that rules use: `deep-review`. */
  name: string;
  /** Its name for people. */
  title: string;
  /** What it is; may be empty. */
  description?: string;
  /** Whether it is part of the decision. */
  standing: Standing;
  /** Ids of the rules that ask for it: those that fire, then those that are unsettled. */
  rules: string[];
  /** By when. */
  due?: Due | null;
  /** How to reach it. */
  contact?: string | null;
}
/** A decision that is to be taken. */
export interface DecisionRight {
  /** Stable id: `route/deep-review`. */
  id: string;
  /** The name that rules use: `deep-review`. */
  name: string;
  /** Its name for people. */
  title: string;
  /** What it is; may be empty. */
  description?: string;
  /** Whether it is part of the decision. */
  standing: Standing;
  /** Ids of the rules that ask for it: those that fire, then those that are unsettled. */
  rules: string[];
  /** By when. */
  due?: Due | null;
  /** Who decides. */
  owner: Who;
  /** Who decides with them. */
  co_owners: Who[];
  /** How it may end. */
  outcomes: Who[];
}
/** Something that the policy asks for. */
export interface Point {
  /** Stable id: `route/deep-review`. */
  id: string;
  /** The name that rules use: `deep-review`. */
  name: string;
  /** Its name for people. */
  title: string;
  /** What it is; may be empty. */
  description?: string;
  /** Whether it is part of the decision. */
  standing: Standing;
  /** Ids of the rules that ask for it: those that fire, then those that are unsettled. */
  rules: string[];
  /** By when. */
  due?: Due | null;
}
/** A duty that the intake carries. */
export interface Obligation {
  /** Stable id: `route/deep-review`. */
  id: string;
  /** The name that rules use: `deep-review`. */
  name: string;
  /** Its name for people. */
  title: string;
  /** What it is; may be empty. */
  description?: string;
  /** Whether it is part of the decision. */
  standing: Standing;
  /** Ids of the rules that ask for it: those that fire, then those that are unsettled. */
  rules: string[];
  /** By when. */
  due?: Due | null;
  /** Who carries it. */
  owner?: Who | null;
}
/** A remark of the policy. */
export interface Flag {
  /** Stable id: `flag/` and its rule. */
  id: string;
  /** How bad. */
  severity: Severity;
  /** What is remarked. */
  message: string;
  /** Whether it holds. */
  standing: Standing;
  /** The rule. */
  rule: string;
}
/** Who approves, reviews and is informed. */
export interface Approvals {
  /** Who signs. */
  approve: Approver[];
  /** Who looks. */
  review: Approver[];
  /** Who is told. */
  inform: Approver[];
  /** How long each has before the next alternate is asked. */
  window?: string | null;
}
/** A role that acts. */
export interface Approver {
  /** The name that the catalogue uses. */
  name: string;
  /** Its name for people. */
  title: string;
  /** Whether it is certain. */
  standing: Standing;
  /** Who acts instead, in order. */
  alternates: Who[];
}
/** A date of the whole intake. */
export interface Milestone {
  /** `due/respond`, `due/decide` or `due/deadline`. */
  id: string;
  /** What happens then. */
  title: string;
  /** Whether it holds for every tier that is still possible; otherwise it is the earliest. */
  standing: Standing;
  /** The day, `YYYY-MM-DD`; absent where the intake does not say when it was submitted. */
  by?: string | null;
  /** How long it may take; a deadline has no length. */
  within?: string | null;
  /** How it stands to today. */
  timing: Timing;
}
/** An open question that still matters. */
export interface Question {
  /** The field. */
  path: string;
  /** Its name. */
  title: string;
  /** What a form asks. */
  question: string;
  /** What an answer is. */
  kind: AnswerKind;
  /** The answers to choose from; empty where there is no list of them. */
  choices: Choice[];
  /** How many tiers narrower the range gets by an answer, on average over the answers. */
  narrows: number;
  /** Ids of the points that it touches. */
  touches: string[];
  /** It is part of the minimum intake. */
  required: boolean;
}
/** An answer to choose. */
export interface Choice {
  /** What is written in the intake. */
  value: string;
  /** What people read. */
  title: string;
}
/** An answer that the schema assumed. */
export interface Assumption {
  /** The field. */
  path: string;
  /** Its name. */
  title: string;
  /** The value that was assumed, as people read it. */
  value: string;
}
/** A rule that fires or is unsettled, and what made it so. */
export interface Trace {
  /** The rule's id. */
  rule: string;
  /** `fires` or `unsettled`. */
  verdict: Verdict;
  /** Why, in its author's words. */
  because: string;
  /** The rows of the source documents that it serves. */
  cites: string[];
  /** Where it stands. */
  location: Location;
  /** Its condition in plain words; absent where only the interpreter can run it. */
  condition?: string | null;
  /** The tier that it asks for. */
  tier?: number | null;
  /** The answers that made it so, or that it waits for. */
  causes: Cause[];
}
/** An answer that made a rule come out as it did. */
export interface Cause {
  /** The field. */
  path: string;
  /** Its name. */
  title: string;
  /** Its value as people read it. */
  value: string;
  /** Name and value: `data sensitivity: Restricted`. */
  words: string;
  /** Where the value comes from. */
  origin: Origin;
  /** Where it stands in the intake. */
  location?: Location | null;
}
/** Something wrong with a text, or worth knowing. */
export interface Diagnostic {
  /** Stable code: `intake/unknown-choice`. */
  code: string;
  /** How bad. */
  severity: Severity;
  /** What happened. */
  message: string;
  /** Where. */
  location: Location;
  /** What is to be seen there. */
  note?: string | null;
  /** Other places that explain it. */
  labels?: Label[];
  /** What to do about it. */
  help?: string | null;
  /** Changes that would mend it, the best first. */
  fixes?: Fix[];
}
/** A second place that helps to understand the first. */
export interface Label {
  /** Where. */
  location: Location;
  /** What is to be seen there. */
  message: string;
}
/** A change that would mend it. */
export interface Fix {
  /** What it does, as a menu entry. */
  title: string;
  /** The replacements, none overlapping another. */
  edits: Edit[];
}
/** One replacement of text. */
export interface Edit {
  /** What is replaced; an empty range inserts. */
  location: Location;
  /** By what. */
  text: string;
}
/** A decision, explained: as a whole, or one part of it. */
export interface Explanation {
  /** Version of this shape: 1. */
  json: number;
  /** What was asked about; absent where the whole decision is explained. */
  subject?: Subject | null;
  /** The rules that bear on it, in the pack's order: all of them for the whole decision. */
  rules: RuleStory[];
  /** What the intake says, group by group of its schema. */
  checklist: Topic[];
  /** Open questions that still matter, the most telling first. */
  questions: OpenQuestion[];
  /** What would make the tier lower or higher; empty where something less than the whole is explained. */
  tier_changes: Counterfactual[];
  /** Values of the policy that its documents do not give. */
  assumed_policy: AssumedPolicy[];
  /** The decision itself. */
  report: Report;
}
/** Something that can be asked about. */
export interface Subject {
  /** Its stable id: `route/deep-review`, `tier`, the id of a rule, the path of a field. */
  id: string;
  /** What it is. */
  kind: SubjectKind;
  /** Its name for people. */
  title: string;
  /** What it means; may be empty. */
  description?: string;
  /** How it stands. */
  standing: SubjectStanding;
  /** How it stands, in a sentence. */
  summary: string;
  /** Where it is written: a field's answer in the intake, a rule in its topic. */
  location?: Location | null;
  /** Tiers that ask for it whatever rules say, for an artifact. */
  tiers: number[];
}
/** What one rule says of an intake, and why. */
export interface RuleStory {
  /** The rule's id. */
  rule: string;
  /** What it says. */
  verdict: RuleVerdict;
  /** Why it exists, in its author's words. */
  because: string;
  /** The comment above it; may be empty. */
  doc?: string;
  /** The rows of the source documents that it serves. */
  cites: string[];
  /** Where it stands. */
  location: Location;
  /** Its condition in plain words; absent where only the interpreter can run it. */
  condition?: string | null;
  /** The tier that it asks for. */
  tier?: number | null;
  /** Ids of the points that it makes. */
  points: string[];
  /** The answers that made it so, that it waits for, or that keep it from firing. */
  causes: Cause[];
  /** Where it does not fire: what of its condition is not so, in plain words. All of it would have to be. */
  lacks: string[];
}
/** A group of the intake's fields. */
export interface Topic {
  /** Its path; empty for fields that stand in no group. */
  path: string;
  /** Its name. */
  title: string;
  /** What it is about; may be empty. */
  description?: string;
  /** Its fields, in schema order. */
  answers: Answered[];
}
/** A field and what is known of it. */
export interface Answered {
  /** The field. */
  path: string;
  /** Its name. */
  title: string;
  /** Its value as people read it. */
  value: string;
  /** Where the value comes from. */
  origin: Origin;
  /** Where it stands in the intake. */
  location?: Location | null;
  /** Rules that fire because of it. */
  moves: string[];
  /** An open question whose answer still matters. */
  open: boolean;
}
/** A question that nobody has answered. */
export interface OpenQuestion {
  /** The field. */
  path: string;
  /** Its name. */
  title: string;
  /** What a form asks. */
  question: string;
  /** What it means; may be empty. */
  description?: string;
  /** What an answer is. */
  kind: AnswerKind;
  /** The answers to choose from; empty where there is no list of them. */
  choices: Choice[];
  /** Why it is asked. */
  weight: Weight;
  /** It is part of the minimum intake. */
  required: boolean;
  /** Whether it applies depends on another answer that is not there. */
  depends: boolean;
  /** What silence means, as people read it; absent where it means that nobody knows. */
  assumed?: string | null;
  /** How many tiers narrower the range gets by an answer, on average over the answers. */
  narrows: number;
  /** Ids of the points that it touches. */
  touches: string[];
  /** What each answer would lead to. */
  prospects: Prospect[];
  /** Something is written there that does not count: where. */
  location?: Location | null;
}
/** What an answer would lead to. */
export interface Prospect {
  /** The answer as people say it. */
  answer: string;
  /** The lowest tier that would be possible. */
  floor: number;
  /** The highest tier that would be possible. */
  ceiling: number;
}
/** The smallest change of answers with which a decision would be another. */
export interface Counterfactual {
  /** What was asked for: `tier=1`. */
  goals: string[];
  /** It is so already. */
  already: boolean;
  /** The smallest ways to it, the best first. */
  ways: Way[];
  /**
   * No smaller way and no other way with as many changes exists than those that were looked at, up to this
   * many changes.
   */
  complete_to: number;
  /** Every change of answers was considered: where there is no way, there is none. */
  exhausted: boolean;
}
/** Answers that together would do it. */
export interface Way {
  /** What changes, in schema order. */
  changes: Change[];
  /** What the decision would be; absent where the answers cannot be written into this file. */
  decision?: WouldBe | null;
  /** Why the answers cannot be written into this file. */
  refused?: string | null;
  /**
   * The replacements of text that write them; empty where they cannot be written, and where an answer stands
   * for whatever somebody would write.
   */
  edits: Edit[];
}
/** One answer that would be another. */
export interface Change {
  /** The field. */
  path: string;
  /** Its name. */
  title: string;
  /** The answer now, as people read it. */
  from: string;
  /** Where that comes from. */
  origin: Origin;
  /** Where it stands in the intake. */
  location?: Location | null;
  /** The answer that it would be, as people read it. */
  to: string;
  /** The line to write; absent where any answer would do. */
  line?: string | null;
  /** Other answers that would do as well. */
  or: string[];
}
/** A decision that would be. */
export interface WouldBe {
  /** The tier. */
  tier: Tier;
  /** Ids of the points that would be new. */
  gained: string[];
  /** Ids of the points that would be gone. */
  lost: string[];
  /** How many questions would then be open and matter. */
  questions: number;
  /** How many answers the minimum intake would then lack. */
  missing: number;
}
/** A value of the policy that its documents do not give. */
export interface AssumedPolicy {
  /** What: `tiers.2.turnaround`. */
  path: string;
  /** Where. */
  location: Location;
}
/** The open questions of an intake. */
export interface Questions {
  /** Version of this shape: 1. */
  json: number;
  /** The engine that decided. */
  engine: Engine;
  /** The policy pack that it decided by. */
  pack: Pack;
  /** The intake. */
  intake: Intake;
  /** The tier as it stands. */
  tier: Tier;
  /** Whether the minimum intake is there. */
  ready: Ready;
  /** The questions, the most telling first. */
  questions: OpenQuestion[];
}
/** What became of a pack's tests. */
export interface TestReport {
  /** Version of this shape: 1. */
  json: number;
  /** The engine that ran them. */
  engine: Engine;
  /** The pack. */
  pack: Pack;
  /** How many cases passed. */
  passed: number;
  /** How many cases failed. */
  failed: number;
  /** How many cases are wrong themselves, and were not compared. */
  wrong: number;
  /** How many cases a filter left out. */
  left_out: number;
  /** The cases that were run, in order of file and place. */
  cases: TestCase[];
  /** What is wrong with case files, or worth knowing. */
  diagnostics: Diagnostic[];
  /** What the cases cover, where that was asked for. */
  coverage?: CoverageReport | null;
}
/** A case. */
export interface TestCase {
  /** Its file's path inside the tests folder, without its ending, and its own name. */
  name: string;
  /** Where it stands. */
  location: Location;
  /** How it went. */
  state: TestState;
  /** What is not as expected. */
  failures: TestFailure[];
}
/** A part of a decision that is not as expected. */
export interface TestFailure {
  /** Its key under `expect`. */
  aspect: string;
  /** What was expected. */
  wanted: string;
  /** What was found. */
  found: string;
  /** It, with the place of the expectation and of the rules that did it. */
  diagnostic: Diagnostic;
}
/** What a set of intakes has shown of a pack. */
export interface CoverageReport {
  /** Version of this shape: 1. */
  json: number;
  /** The pack. */
  pack: Pack;
  /** How many intakes there were: cases and examples. */
  inputs: number;
  /** Nothing is uncovered but what is excused. */
  complete: boolean;
  /** Each kind of thing that can be covered, counted. */
  summary: CoverageCount[];
  /** Every rule. */
  rules: RuleCoverage[];
  /** Every choice field that a rule reads. */
  choices: ChoiceCoverage[];
  /** Every tier. */
  tiers: TierCoverage[];
  /** Every point that rules can ask for. */
  points: PointCoverage[];
  /** What is not covered. */
  gaps: CoverageGap[];
}
/** One kind of thing that can be covered. */
export interface CoverageCount {
  /** Which. */
  kind: CoverageKind;
  /** How many there are. */
  total: number;
  /** How many are covered. */
  covered: number;
  /** How many are not, for a reason that somebody has written down. */
  excused: number;
}
/** What was seen of a rule. */
export interface RuleCoverage {
  /** Its id. */
  rule: string;
  /** Where it stands. */
  location: Location;
  /** How often it fired. */
  fires: number;
  /** How often it did not. */
  silent: number;
  /** How often it waited for answers. */
  unsettled: number;
  /** Only the interpreter can run its condition, so its operands are not known. */
  interpreted: boolean;
  /** The operands of its condition. */
  operands: OperandCoverage[];
}
/** An atomic test of a condition. */
export interface OperandCoverage {
  /** As it is written, on one line. */
  text: string;
  /** Where: a helper may stand in another topic than its rule. */
  location: Location;
  /** How often it was evaluated. */
  seen: number;
  /** How often the condition turned on it while it held. */
  shown_true: number;
  /** How often the condition turned on it while it did not. */
  shown_false: number;
  /** Both were shown, with opposite outcomes. */
  covered: boolean;
}
/** How often the choices of a field were seen. */
export interface ChoiceCoverage {
  /** The field. */
  path: string;
  /** Its choices, in the schema's order. */
  choices: SeenChoice[];
}
/** How often a choice was seen. */
export interface SeenChoice {
  /** The choice. */
  value: string;
  /** How often. */
  seen: number;
}
/** How often a tier was settled on. */
export interface TierCoverage {
  /** The tier. */
  tier: number;
  /** How often. */
  seen: number;
}
/** How often a point was certain. */
export interface PointCoverage {
  /** Its id. */
  id: string;
  /** How often. */
  seen: number;
}
/** Something that is not covered. */
export interface CoverageGap {
  /** What kind of thing. */
  kind: CoverageKind;
  /** What, in a sentence. */
  message: string;
  /** The rule that it is about. */
  rule?: string | null;
  /** Where it stands in the rules. */
  location?: Location | null;
  /** Why that is as it should be. */
  excused?: string | null;
}
