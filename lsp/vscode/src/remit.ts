// The messages that are Remit's own, as `lsp/protocol/README.md` describes them.

import type { Location, Range, WorkspaceEdit } from "vscode-languageserver-protocol";
import type { Location as Place, OpenQuestion, Report } from "@remit/view";

export type { OpenQuestion, Place, Report };

/** A policy pack. `root` is its folder; the built-in one has none. */
export interface Pack {
  root: string | null;
  name: string;
  version: string;
  state: "default" | "good" | "last_good" | "broken";
}

export interface FileStatus {
  uri: string;
  kind: "intake" | "rules" | "case" | "manifest" | "catalogue" | "schema";
  pack: Pack;
}

/** What is wrong with a pack. */
export interface Notice {
  root: string | null;
  severity: "hint" | "info" | "warning" | "error";
  message: string;
  location?: Location | null;
}

export interface Status {
  files: FileStatus[];
  notices: Notice[];
}

export interface DecisionNews {
  uri: string;
  version?: number | null;
  report: Report | null;
}

/** A file for the server; `text: null` says that there is none. */
export interface FedFile {
  uri: string;
  text: string | null;
}

export interface Explained {
  target: string | null;
  range?: Range | null;
  text: string;
}

export interface NewIntake {
  text: string;
  pack: Pack;
}

export interface TestCase {
  name: string;
  label: string;
  range: Range;
  wrong: boolean;
}

export interface TestFile {
  uri: string;
  name: string;
  cases: TestCase[];
}

export interface Suite {
  pack: Pack;
  files: TestFile[];
}

export interface Related {
  location: Location;
  message: string;
}

export interface Failure {
  aspect?: string | null;
  wanted?: string | null;
  found?: string | null;
  message: string;
  location?: Location | null;
  related?: Related[];
}

export interface CaseRun {
  name: string;
  uri: string;
  range: Range;
  state: "passed" | "failed" | "wrong";
  text: string;
  failures: Failure[];
}

export interface RuleCoverage {
  rule: string;
  range: Range;
  body: Range;
  fires: number;
  silent: number;
  unsettled: number;
  interpreted: boolean;
}

export interface OperandCoverage {
  rule: string;
  text: string;
  range: Range;
  seen: number;
  shownTrue: number;
  shownFalse: number;
  covered: boolean;
}

export interface FileCoverage {
  uri: string;
  rules: RuleCoverage[];
  operands: OperandCoverage[];
}

export interface Coverage {
  inputs: number;
  complete: boolean;
  summary: { kind: string; total: number; covered: number; excused: number }[];
  files: FileCoverage[];
  gaps: { kind: string; message: string; excused?: string | null }[];
}

export interface Run {
  pack: Pack;
  passed: number;
  failed: number;
  wrong: number;
  leftOut: number;
  cases: CaseRun[];
  faults: { severity: string; message: string; location?: Location | null; related?: Related[] }[];
  coverage?: Coverage | null;
}

/** Every request of Remit's own, with what it takes and what it gives. */
export interface Requests {
  "remit/decision": [{ uri: string }, Report | null];
  "remit/content": [{ uri: string }, string | null];
  "remit/questions": [{ uri: string; all?: boolean }, unknown];
  "remit/explain": [
    { uri: string; position?: { line: number; character: number }; target?: string; reader?: string },
    Explained | null,
  ];
  "remit/answer": [{ uri: string; path: string; value: boolean | number | string | null }, WorkspaceEdit];
  "remit/newIntake": [{ uri?: string; format?: "yaml" | "json" }, NewIntake];
  "remit/packs": [Record<string, never>, Pack[]];
  "remit/tests": [{ uri?: string }, Suite[]];
  "remit/runTests": [{ uri?: string; cases?: string[]; rule?: string; coverage?: boolean }, Run];
  "remit/locate": [{ locations: Place[] }, (Location | null)[]];
}
