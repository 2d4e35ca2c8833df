// The decision, drawn by the view that the editor's panel has too.

import { effect } from "@preact/signals";
import { type DecisionInput, type DecisionView, type Fix, type Location, mountDecision } from "@remit/view";
import { useEffect, useRef } from "preact/hooks";
import type { LinePlace } from "../editor/marks";
import { offsetOf } from "../editor/marks";
import type { TextEdit } from "../engine/protocol";
import { answer, applyFix } from "../state/answer";
import type { Playground } from "../state/playground";
import { set, setting } from "../state/storage";
import { FirstSteps } from "./first-steps";

export function DecisionPanel({ playground, share }: { playground: Playground; share(): void }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => host.current ? attach(playground, host.current) : undefined, [playground]);
  return (
    <>
      <FirstSteps playground={playground} share={share} />
      <div class="decision" ref={host} />
    </>
  );
}

function attach(playground: Playground, element: HTMLElement): () => void {
  // Something was opened just now: what it depends on is brought into view. Later marks leave the texts where they are.
  let toggled = false;
  const view: DecisionView = mountDecision(element, {
    show: (place) => playground.goTo(place),
    answer: (path, value) => answer(playground, path, value),
    fix: (fix) => mend(playground, fix),
    mark: (places) => {
      if (toggled) playground.bringIntoView(places);
      toggled = false;
      playground.mark(byFile(places));
    },
    mend: () => {
      const place = playground.stale.value?.place ?? playground.outcome.value?.notice?.place;
      if (place) playground.go(place);
    },
    toggled: (open) => {
      toggled = true;
      set("open", JSON.stringify(open));
    },
  }, opened());
  let drawn: DecisionInput | null = null;
  const stop = effect(() => {
    const [stale, outcome] = [playground.stale.value, playground.outcome.value];
    const input: DecisionInput = {
      report: playground.report.value,
      questions: playground.questions.value,
      stale: stale?.words ?? null,
      empty: outcome && outcome.policy.state === "broken"
        ? "The policy has a mistake, so nothing is decided yet."
        : "Deciding…",
      broken: Boolean(stale?.place ?? outcome?.notice?.place),
    };
    // Most keys change nothing of it.
    const same = (Object.keys(input) as (keyof DecisionInput)[]).every((key) => drawn?.[key] === input[key]);
    if (!same) view.update(drawn = input);
  });
  return () => {
    stop();
    view.destroy();
  };
}

function opened(): string[] {
  try {
    const open: unknown = JSON.parse(setting("open") ?? "[]");
    return Array.isArray(open) ? open.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function byFile(places: Location[]): Map<string, LinePlace[]> {
  const files = new Map<string, LinePlace[]>();
  for (const place of places) files.set(place.source, [...files.get(place.source) ?? [], place]);
  return files;
}

/** A report's places are lines and columns. */
function mend(playground: Playground, fix: Fix): void {
  const edits = (one: Fix): TextEdit[] => {
    const state = playground.editors.view("request")?.state;
    if (!state) return [];
    return one.edits.map(({ location, text }) => ({
      place: { file: location.source, span: { start: offsetOf(state, location.start), end: offsetOf(state, location.end) } },
      text,
    }));
  };
  void applyFix(playground, edits(fix), () => {
    const offered = playground.report.value?.diagnostics.flatMap((one) => one.fixes ?? []) ?? [];
    const same = offered.find((one) => one.title === fix.title && one.edits.length === fix.edits.length);
    return same && edits(same);
  });
}
