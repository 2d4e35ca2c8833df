// `json v1`, as the engine's package declares it. Types only: nothing of the engine is in the view.

export type {
  AnswerKind, Approver, Cause, Choice, DecisionRight, Diagnostic, Due, Edit, Escalation, Fix, Flag, Location, Milestone, MissingAnswer,
  Obligation, OpenQuestion, Point, Position, Question, Referral, Report, Requirement, Route, Severity, Standing, Tier, Timing, Trace, Who,
} from "../../engine/src/json-v1";
