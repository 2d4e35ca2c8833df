// What the page and its engine say to each other. Files are named by ids: those of the policy lie below
// `policy/`, the intake below `request/`. Offsets are those of JavaScript's texts.

import type { Diagnostic as Found, OpenQuestion, Report, Tier } from "@remit/view";

/** What the ids of the policy's files start with. */
export const POLICY = "policy/";
/** What the id of the intake starts with. */
export const REQUEST = "request/";

export interface Span {
  start: number;
  end: number;
}

export interface FilePlace {
  file: string;
  span: Span;
}

export type Severity = "hint" | "info" | "warning" | "error";

export interface TextEdit {
  place: FilePlace;
  text: string;
}

export interface Problem {
  code: string;
  severity: Severity;
  message: string;
  span: Span;
  help: string | null;
  related: { place: FilePlace; message: string }[];
  fixes: { title: string; edits: TextEdit[] }[];
}

export interface Completion {
  label: string;
  kind: string;
  detail: string | null;
  documentation: string | null;
  span: Span;
  text: string;
  snippet: boolean;
  more: TextEdit[];
  filter: string | null;
  rank: number;
  again: boolean;
}

export interface Hover {
  span: Span;
  markdown: string;
}

export interface Hint {
  offset: number;
  label: string;
  tooltip: string | null;
  target: FilePlace | null;
  kind: "effect" | "type";
}

export interface Action {
  title: string;
  kind: "quick_fix" | "fill" | "rewrite";
  edits: TextEdit[];
  creates: { file: string; text: string }[];
  preferred: boolean;
}

export interface Token {
  span: Span;
  kind: string;
  declaration: boolean;
}

export interface SignatureHelp {
  signatures: {
    label: string;
    documentation: string | null;
    parameters: { label: string; documentation: string | null }[];
  }[];
  signature: number;
  parameter: number;
}

/** How it stands with the policy that decides. */
export type PolicyState = "good" | "last_good" | "broken";

/** What is known right after a change. */
export interface Outcome {
  /** The decision: by the policy as it is or, where that does not load, by the last version that did. */
  report: Report | null;
  policy: { state: PolicyState; name: string; version: string };
  /** Where the policy is broken, the first place to look at. */
  notice: { message: string; place: FilePlace | null } | null;
  /** What is wrong with the files that were asked about. */
  problems: Record<string, Problem[]>;
}

/** What is decided about an example. */
export interface ExampleOutcome {
  name: string;
  path: string;
  title: string;
  tier: Tier;
  routes: string[];
  ready: boolean;
  settled: boolean;
}

export interface ExampleRow {
  path: string;
  /** By the policy as it was loaded; `null` for an example that it does not have. */
  before: ExampleOutcome | null;
  /** By the policy as it is; `null` for an example that was taken away. */
  after: ExampleOutcome | null;
}

export interface Coverage {
  complete: boolean;
  summary: { kind: string; total: number; covered: number; excused: number }[];
  rules: {
    rule: string;
    location: Found["location"];
    fires: number;
    silent: number;
    unsettled: number;
    operands: { text: string; location: Found["location"]; covered: boolean; shown_true: number; shown_false: number }[];
  }[];
  gaps: { kind: string; message: string; rule?: string; location?: Found["location"]; excused?: string }[];
}

export interface TestReport {
  passed: number;
  failed: number;
  wrong: number;
  cases: {
    name: string;
    location: Found["location"];
    state: "passed" | "failed" | "wrong";
    failures: { aspect: string; wanted: string; found: string; diagnostic: Found }[];
  }[];
  diagnostics: Found[];
  coverage?: Coverage;
}

/** Texts by path. */
export type Texts = [path: string, text: string][];

/** What the page can ask for. */
export interface Calls {
  /** Starts with these files, or with the built-in policy. `loaded` is what changes are compared with. */
  boot(start: { files: Texts | null; loaded: Texts | null; request: string; text: string; today: string; module: WebAssembly.Module | null }): {
    builtIn: Texts;
    digest: string;
    version: string;
  };
  /** Compares with another policy from now on. */
  compareWith(loaded: Texts): void;
  /** Another day: due dates are compared with it. */
  day(today: string): void;
  /** Files have other texts; `null` takes one away. Says what follows for the files in `look`. */
  update(changes: [id: string, text: string | null][], look: string[]): Outcome;
  /** How many errors and warnings each file of the policy has. */
  problems(): Record<string, { errors: number; warnings: number }>;
  /** Every open question, and where each answer would lead. */
  questions(id: string): OpenQuestion[] | null;
  /** The text of the intake with an answer in it, or why it cannot be written. */
  answer(id: string, path: string, value: boolean | number | string): { text: string } | { refused: string };
  examples(): ExampleRow[] | null;
  /** Runs the policy's tests; `null` where it does not load. */
  test(): TestReport | null;
  completions(id: string, at: number): Completion[];
  hover(id: string, at: number): Hover | null;
  hints(id: string, start: number, end: number): Hint[];
  actions(id: string, start: number, end: number): Action[];
  definition(id: string, at: number): FilePlace[];
  references(id: string, at: number): FilePlace[];
  renamable(id: string, at: number): Span | null;
  rename(id: string, at: number, name: string): { edits: TextEdit[] } | { refused: string };
  tokens(id: string): Token[];
  signature(id: string, at: number): SignatureHelp | null;
}

export type Call = keyof Calls;

export interface Asked {
  id: number;
  call: Call;
  args: unknown[];
}

export type Answered =
  | { id: number; value: unknown }
  | { id: number; failed: string; crashed: boolean };
