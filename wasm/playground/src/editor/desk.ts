// What an editor's features reach beyond their own text.

import { Facet } from "@codemirror/state";
import type { Engine } from "../engine/client";
import type { FilePlace, Fix, Problem, TextEdit } from "../engine/protocol";

export interface Desk {
  /** Asks the engine, about the texts as they are. */
  ask: Engine["ask"];
  /** Shows a place, in whichever editor has its file. */
  go(place: FilePlace): void;
  /** Changes texts, perhaps in several files, and makes new ones. */
  apply(edits: TextEdit[], creates?: { file: string; text: string }[]): void;
  /** Applies a fix of a problem in a file, as it is now. */
  fix(id: string, problem: Problem, fix: Fix): void;
}

/** The id of the file that a state holds. */
export const fileId = Facet.define<string, string>({ combine: (ids) => ids[0] ?? "" });

/** An answer, or nothing: where the engine is starting, what was asked does not matter any more. */
export async function calmly<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch {
    return null;
  }
}
