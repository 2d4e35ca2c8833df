// The foot of the page: how it stands with the engine, with what is wrong, and with what is kept.

import { POLICY } from "../engine/protocol";
import type { Playground } from "../state/playground";

export function Footer({ playground }: { playground: Playground }) {
  const engine = playground.engineState.value;
  const trouble = playground.keeper.trouble.value;
  const broken = Object.entries(playground.problems.value).filter(([, count]) => count.errors > 0);
  const errors = broken.reduce((sum, [, count]) => sum + count.errors, 0);
  const first = broken[0]?.[0];
  return (
    <footer class="foot">
      <span class="foot-engine" role="status">
        {engine.is === "starting" && "Starting the engine…"}
        {engine.is === "waiting" && "The engine was stopped. It tries again when you change something."}
        {engine.is === "restarted" && "The engine got stuck and was started again. Nothing is lost."}
        {engine.is === "failed" && `The engine cannot be started: ${engine.why}. Your texts are safe; reload the page to try again.`}
      </span>
      {errors > 0 && first && (
        <button type="button" class="link foot-problems" onClick={() => playground.go({ file: POLICY + first, span: firstSpan(playground, first) })}>
          {errors} {errors === 1 ? "mistake" : "mistakes"} in the policy
        </button>
      )}
      <span class="grow" />
      {trouble ? <span class="foot-trouble" role="alert">{trouble}</span> : <span>Nothing leaves this page</span>}
      <span>Remit {playground.version.value}</span>
    </footer>
  );
}

/** Where the first mistake stands, as far as it is known without asking. */
function firstSpan(playground: Playground, path: string) {
  const place = playground.outcome.value?.notice?.place;
  if (place?.file === POLICY + path) return place.span;
  const found = playground.outcome.value?.problems[POLICY + path]?.find((problem) => problem.severity === "error");
  return found?.span ?? { start: 0, end: 0 };
}
