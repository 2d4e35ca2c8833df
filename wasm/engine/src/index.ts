// The engine alone: decisions, explanations, questions, policy tests.

export { init, initSync, version, type ModuleSource } from "./start.js";
export { RemitError, type RemitErrorCode } from "./errors.js";
export {
  Engine,
  type Answer,
  type Example,
  type ExplainOptions,
  type Intake,
  type IntakeOptions,
  type Loaded,
  type LoadOptions,
  type PackFiles,
  type PackInfo,
  type Reader,
} from "./engine.js";
export type {
  Counterfactual,
  CoverageReport,
  Diagnostic,
  Explanation,
  Location,
  OpenQuestion,
  Questions,
  Report,
  TestReport,
} from "./json-v1.js";
export type * as v1 from "./json-v1.js";
