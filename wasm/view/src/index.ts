// Draws a decision into an element, and keeps it drawn as the decision changes.

import { h, render } from "preact";
import type { Handlers } from "./context";
import { Decision, type DecisionInput } from "./decision";

export type { Answer, Handlers } from "./context";
export type { DecisionInput } from "./decision";
export type * from "./report";
export { statusWords } from "./headline";
export { Ticks } from "./parts";
export { dueWords, placeName, plain, tierName, tierRange } from "./words";

/** A decision that is drawn. */
export interface DecisionView {
  /** Draws what there is now. What has not changed stays as it is: focus, scroll position, what is open. */
  update(input: DecisionInput): void;
  /** Takes it away. */
  destroy(): void;
}

/** Draws decisions into `element`. `open` are the parts that stand open at first: `tier`, `route/deep-review`. */
export function mountDecision(element: Element, handlers: Handlers = {}, open: string[] = []): DecisionView {
  const draw = (input: DecisionInput) => render(h(Decision, { ...input, handlers, opened: open }), element);
  draw({ report: null });
  return { update: draw, destroy: () => render(null, element) };
}
