// What the page and its engine say to each other. Files are named by ids: those of the policy lie below
// `policy/`, the intake below `request/`. Offsets are those of JavaScript's texts, but for those of reports.

import type { answers, v1 } from "@remit/engine/full";

export type Action = answers.CodeAction;
export type Completion = answers.Completion;
export type Coverage = v1.CoverageReport;
export type FilePlace = answers.Place;
export type Fix = Problem["fixes"][number];
export type Hint = answers.InlayHint;
export type Hover = answers.Hover;
export type Problem = answers.Diagnostic;
export type SignatureHelp = answers.SignatureHelp;
export type Span = answers.Span;
export type TestReport = v1.TestReport;
export type TextEdit = answers.Edit;
export type Token = answers.SemanticToken;

/** What the ids of the policy's files start with. */
export const POLICY = "policy/";
/** What the id of the intake starts with. */
export const REQUEST = "request/";

/** How much is wrong with a file; an expectation of a test that is not met is a failure, not an error. */
export interface ProblemCount {
  errors: number;
  warnings: number;
  failures: number;
}

/** What is known right after a change. */
export interface Outcome {
  /** The id of the intake that it is about. */
  request: string;
  /**
   * The decision: by the policy as it is or, where that does not load, by the last version that did. As text, which
   * costs less to send and to compare than what it says.
   */
  report: string | null;
  policy: { state: answers.PackState; name: string; version: string };
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
  tier: v1.Tier;
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
  /** Files have other texts; `null` takes one away. Says what follows for the files in `look`, as of a day. */
  update(changes: [id: string, text: string | null][], look: string[], today: string): Outcome;
  /** What is wrong with each file of the policy. */
  problems(): Record<string, ProblemCount>;
  /** Every open question, and where each answer would lead. */
  questions(id: string): v1.OpenQuestion[] | null;
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
