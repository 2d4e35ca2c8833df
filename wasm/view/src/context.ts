// What every part of the view can reach: the report that is drawn, what a click does, and what is open.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Fix, Location, Report } from "./report";

/** An answer to a question: yes or no, a number, or text (a choice's `value`, a date as `YYYY-MM-DD`). */
export type Answer = boolean | number | string;

/** What the host does when something is clicked. Whatever is left out is not offered. */
export interface Handlers {
  /** Show a place of the intake or of a rule. */
  show?(place: Location): void;
  /** Write an answer into the intake. May say, in a sentence, why it did not. */
  answer?(path: string, value: Answer): void | string | Promise<void | string>;
  /** Apply one of a diagnostic's fixes. */
  fix?(fix: Fix): void;
  /** Mark these places, and only these: what the part that is open depends on. Called again after each update. */
  mark?(places: Location[]): void;
  /** Show what makes the decision stale, or keeps it from being made. Offered where the input says `broken`. */
  mend?(): void;
  /** Parts were opened or closed; `open` can be handed to `mountDecision` again. */
  toggled?(open: string[]): void;
}

export interface Shared {
  report: Report;
  handlers: Handlers;
  open: ReadonlySet<string>;
  toggle(id: string): void;
}

export const Context = createContext<Shared | null>(null);

export function useShared(): Shared {
  const shared = useContext(Context);
  if (!shared) throw new Error("this part is drawn inside of a decision");
  return shared;
}
