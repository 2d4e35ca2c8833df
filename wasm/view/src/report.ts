// The parts of `json v1` that the view reads. The shape is the engine's: `core/src/wire/v1.rs`.

export type Standing = "certain" | "possible";
export type Timing = "ahead" | "today" | "overdue" | "unknown";
export type Severity = "info" | "warning" | "error";

export interface Position {
  line: number;
  column: number;
  offset: number;
}

export interface Location {
  source: string;
  start: Position;
  end: Position;
}

export interface Tier {
  settled: number | null;
  floor: number;
  ceiling: number;
  title: string;
  description?: string;
  rules: string[];
}

export interface MissingAnswer {
  path: string;
  title: string;
  question: string;
  location?: Location;
}

export interface Due {
  by?: string;
  within: string;
  timing: Timing;
}

export interface Point {
  id: string;
  name: string;
  title: string;
  description?: string;
  standing: Standing;
  rules: string[];
  due?: Due;
}

export interface Who {
  name: string;
  title: string;
}

export interface Route extends Point {
  owner?: Who;
  starts: "now" | "when-ready" | "superseded";
  superseded?: { by: string; standing: Standing };
}

export interface Escalation extends Point {
  to: Who[];
}

export interface Requirement extends Point {
  tiers: number[];
  evidence: {
    state: "missing" | "claimed" | "resolved" | "waived";
    location?: Location;
    link?: string;
    by?: string;
    note?: string;
  };
}

export interface Referral extends Point {
  contact?: string;
}

export interface DecisionRight extends Point {
  owner: Who;
  co_owners: Who[];
  outcomes: Who[];
}

export interface Obligation extends Point {
  owner?: Who;
}

export interface Flag {
  id: string;
  severity: Severity;
  message: string;
  standing: Standing;
  rule: string;
}

export interface Approver extends Who {
  standing: Standing;
  alternates: Who[];
}

export interface Milestone {
  id: string;
  title: string;
  standing: Standing;
  by?: string;
  within?: string;
  timing: Timing;
}

export type AnswerKind = "yes-no" | "number" | "text" | "date" | "choice" | "list";

export interface Choice {
  value: string;
  title: string;
}

export interface Question {
  path: string;
  title: string;
  question: string;
  kind: AnswerKind;
  choices: Choice[];
  narrows: number;
  touches: string[];
  required: boolean;
}

/** What `questions` says beyond a report: every open question, and where each answer would lead. */
export interface OpenQuestion extends Question {
  description?: string;
  weight: "decides" | "required" | "optional";
  depends: boolean;
  assumed?: string;
  prospects: { answer: string; floor: number; ceiling: number }[];
  location?: Location;
}

export interface Cause {
  path: string;
  title: string;
  value: string;
  words: string;
  origin: "answered" | "assumed" | "not-applicable" | "unanswered";
  location?: Location;
}

export interface Trace {
  rule: string;
  verdict: "fires" | "unsettled";
  because: string;
  cites: string[];
  location: Location;
  condition?: string;
  tier?: number;
  causes: Cause[];
}

export interface Edit {
  location: Location;
  text: string;
}

export interface Fix {
  title: string;
  edits: Edit[];
}

export interface Diagnostic {
  code: string;
  severity: Severity;
  message: string;
  location: Location;
  note?: string;
  labels?: { location: Location; message: string }[];
  help?: string;
  fixes?: Fix[];
}

export interface Report {
  json: number;
  pack: { name: string; version: string; digest: string };
  intake: { id?: string; title?: string; source: string; digest: string };
  today: string | null;
  valid: boolean;
  settled: boolean;
  exact: boolean;
  tier: Tier;
  ready: { complete: boolean; missing: MissingAnswer[] };
  routes: Route[];
  escalations: Escalation[];
  requirements: Requirement[];
  referrals: Referral[];
  decisions: DecisionRight[];
  services: Point[];
  obligations: Obligation[];
  notifications: Point[];
  flags: Flag[];
  approvals: { approve: Approver[]; review: Approver[]; inform: Approver[]; window?: string };
  dates: Milestone[];
  questions: Question[];
  assumptions: { path: string; title: string; value: string }[];
  ruled_out: string[];
  trace: Trace[];
  diagnostics: Diagnostic[];
}
