// What the panel's page and the extension say to each other.

import type { OpenQuestion, Place, Report } from "../remit";

/** To the page. */
export type ToPage =
  | {
      kind: "draw";
      /** The intake, to find it again when the window is opened again. */
      uri: string;
      report: Report | null;
      questions: OpenQuestion[] | null;
      stale: string | null;
      empty: string;
    }
  | { kind: "answered"; id: number; refused: string | null };

/** From the page. */
export type FromPage =
  | { kind: "ready" }
  | { kind: "go"; place: Place }
  | { kind: "answer"; id: number; path: string; value: boolean | number | string }
  | { kind: "fix"; edits: { location: Place; text: string }[] }
  | { kind: "mark"; places: Place[] };
