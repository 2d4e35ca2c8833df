// The whole page: which sections there are, in which order, and what is open.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Context, type Handlers } from "./context";
import { Headline } from "./headline";
import { placesOf } from "./parts";
import { Questions } from "./questions";
import type { OpenQuestion, Point, Report } from "./report";
import { Assumed, Dates, Escalations, Evidence, Flags, Others, People, Problems, Routes } from "./sections";
import { tierName } from "./words";

/** What is drawn. */
export interface DecisionInput {
  /** The decision; `null` while there is none. */
  report: Report | null;
  /** What `questions` says: lets every missing answer be given, and shows where each answer would lead. */
  questions?: OpenQuestion[] | null;
  /** Why the decision is not that of the texts as they stand now; `null` or absent where it is. */
  stale?: string | null;
  /** There is a place to mend: `handlers.mend` can show it. */
  broken?: boolean;
  /** What is shown in place of a decision while there is none. */
  empty?: string;
}

/** The tier is read aloud when it has stood still this long, so that typing does not chatter. */
const QUIET = 800;

export function Decision(props: DecisionInput & { handlers: Handlers; opened: string[] }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(props.opened));
  const { handlers, report } = props;
  const toggle = (id: string) => {
    // The last one is the one whose places are marked, so it is put to the end.
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
    handlers.toggled?.([...next]);
  };
  const marked = useMemo(() => report ? markedPlaces(report, [...open]) : [], [report, open]);
  useEffect(() => handlers.mark?.(marked), [marked, handlers]);
  const root = useKeptFocus(report);
  const mend = props.broken && handlers.mend && (
    <button type="button" class="rv-place" onClick={() => handlers.mend?.()}>Show it</button>
  );
  return (
    <div class={`rv${props.stale ? " rv-is-stale" : ""}`} ref={root}>
      <Announcement report={report} />
      {props.stale && <p class="rv-stale" role="status">{props.stale} {mend}</p>}
      {report
        ? (
          <Context.Provider value={{ report, handlers, open, toggle }}>
            <Headline />
            <Problems />
            <Questions known={props.questions ?? null} />
            <Evidence />
            <Routes />
            <Escalations />
            <People />
            <Dates />
            <Flags />
            <Others />
            <Assumed />
          </Context.Provider>
        )
        : <p class="rv-empty">{props.empty ?? "There is no decision yet."} {mend}</p>}
    </div>
  );
}

/** The places behind the part that was opened last, of those that there still are. */
function markedPlaces(report: Report, open: string[]) {
  const points: Pick<Point, "id" | "rules">[] = [
    { id: "tier", rules: report.tier.rules },
    ...report.routes, ...report.referrals, ...report.escalations, ...report.requirements, ...report.decisions,
    ...report.obligations, ...report.services, ...report.notifications,
    ...report.flags.map((flag) => ({ id: flag.id, rules: [flag.rule] })),
  ];
  for (const id of [...open].reverse()) {
    const point = points.find((one) => one.id === id);
    if (point) return placesOf(report, point.rules);
  }
  return [];
}

/** Says the tier to a screen reader, politely, once it stands still. */
function Announcement({ report }: { report: Report | null }) {
  const words = report ? `${tierName(report.tier)}, ${report.tier.title}. ${report.settled ? "Settled." : ""}` : "";
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), QUIET);
    return () => clearTimeout(timer);
  }, [words]);
  return <p class="rv-hidden" role="status" aria-live="polite">{said}</p>;
}

/**
 * Keeps the keyboard where it was: a question that has been answered goes away, and what had the focus with it;
 * then the question that took its place gets it.
 */
function useKeptFocus(report: Report | null) {
  const root = useRef<HTMLDivElement>(null);
  const last = useRef<{ section: string | null; index: number } | null>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const remember = (event: FocusEvent) => {
      const question = (event.target as Element).closest(".rv-question");
      const siblings = question ? [...(question.parentElement?.children ?? [])] : [];
      const heading = question?.closest(".rv-section")?.querySelector(".rv-heading");
      last.current = question ? { section: heading?.id ?? null, index: siblings.indexOf(question) } : null;
    };
    const forget = (event: FocusEvent) => {
      const left = event.target as Element;
      if (event.relatedTarget) {
        if (!element.contains(event.relatedTarget as Node)) last.current = null;
        return;
      }
      // Without a next element, either somebody clicked beside, or what had the focus was taken away.
      setTimeout(() => {
        if (left.isConnected && !element.contains(document.activeElement)) last.current = null;
      });
    };
    element.addEventListener("focusin", remember);
    element.addEventListener("focusout", forget);
    return () => {
      element.removeEventListener("focusin", remember);
      element.removeEventListener("focusout", forget);
    };
  }, []);
  useLayoutEffect(() => {
    const element = root.current;
    const place = last.current;
    const tree = element?.getRootNode() as Document | ShadowRoot | undefined;
    if (!element || !place || !tree || (tree.activeElement && tree.activeElement !== document.body)) return;
    const heading = place.section ? element.querySelector<HTMLElement>(`#${place.section}`) : null;
    const questions = heading?.closest(".rv-section")?.querySelectorAll(".rv-question") ?? [];
    const next = questions[Math.min(place.index, questions.length - 1)];
    const target = next?.querySelector<HTMLElement>("button, input") ?? heading ?? element.querySelector<HTMLElement>(".rv-toggle");
    target?.focus({ preventScroll: true });
  }, [report]);
  return root;
}
