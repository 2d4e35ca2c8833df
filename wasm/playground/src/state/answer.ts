// Changes of a text that somebody asks for with a click, while the text may be changing under it: answers and fixes.
// None of them may cost what was typed or answered in the meantime.

import { type Fix, type Problem, REQUEST, type TextEdit } from "../engine/protocol";
import type { Playground } from "./playground";

/** How often an answer is written again because the text has changed. */
const PATIENCE = 20;

/** Writes an answer into the intake; says why it cannot be, if it cannot. */
export async function answer(playground: Playground, path: string, value: boolean | number | string): Promise<string | void> {
  const { project, engine, editors } = playground;
  const { name } = project.request.value;
  // The engine writes it into the text that it was sent, and is asked again where something else came between.
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    const { text } = project.request.value;
    const answered = await engine.ask("answer", REQUEST + name, path, value).catch(() => null);
    const now = project.request.value;
    if (now.name !== name) {
      if (answered && "text" in answered) answerLeft(playground, name, text, answered.text);
      return;
    }
    if (answered === null) {
      if (["waiting", "failed"].includes(playground.engineState.value.is)) return "the engine does not answer at the moment";
      await engine.caughtUp();
    } else if (now.text === text) {
      if ("refused" in answered) return answered.refused;
      const changed = editors.rewrite(REQUEST + name, answered.text);
      if (changed) show(playground, changed);
      return;
    }
  }
  return "the text kept changing; try again";
}

/** An answer to an intake that was left for another while it was being written. */
function answerLeft(playground: Playground, name: string, before: string, text: string): void {
  const { drafts } = playground.project;
  if (drafts.value.get(name) !== before) return;
  drafts.value = new Map(drafts.value).set(name, text);
  playground.editors.forget(REQUEST + name);
  playground.keeper.touch();
}

function show(playground: Playground, changed: { from: number; to: number }): void {
  const view = playground.editors.view("request");
  // Whoever is writing there keeps the cursor.
  if (!view || view.hasFocus) return;
  const line = view.state.doc.lineAt(Math.max(changed.from, changed.to - 1));
  const start = line.from + line.text.search(/\S|$/);
  playground.editors.reveal("request", { start, end: start }, false);
}

/**
 * Applies a fix. Where texts have changed since it was offered, its places may be others: then the same fix as it is
 * offered `now`, if it still is.
 */
export async function applyFix(playground: Playground, offered: TextEdit[], now: () => TextEdit[] | undefined): Promise<void> {
  if (playground.engine.current) return playground.apply(offered);
  await playground.engine.caughtUp();
  playground.apply(now() ?? []);
}

/** What a fix does now, among the problems that there are now. */
export function sameFix(problems: Problem[] | undefined, problem: Problem, fix: Fix): TextEdit[] | undefined {
  const same = problems?.filter((one) => one.code === problem.code && one.message === problem.message) ?? [];
  return same.flatMap((one) => one.fixes).find((one) => one.title === fix.title)?.edits;
}
