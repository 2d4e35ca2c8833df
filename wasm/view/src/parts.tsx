// The small parts that sections are made of: a disclosure, a place to go to, the reasons behind a point.

import type { ComponentChildren } from "preact";
import { useShared } from "./context";
import type { Cause, Location, Report, Trace } from "./report";
import { placeName, sentence, tierRange } from "./words";

/** A row that opens. `id` is stable, so that it stays open while the report changes. */
export function Disclosure(props: {
  id: string;
  title: ComponentChildren;
  aside?: ComponentChildren;
  below?: ComponentChildren;
  quiet?: boolean;
  children: ComponentChildren;
}) {
  const { open, toggle } = useShared();
  const isOpen = open.has(props.id);
  const panel = `rv-${props.id.replaceAll(/[^\w-]/g, "-")}`;
  return (
    <div class={`rv-row${isOpen ? " rv-is-open" : ""}${props.quiet ? " rv-is-quiet" : ""}`} data-point={props.id}>
      <button type="button" class="rv-toggle" aria-expanded={isOpen} aria-controls={panel} onClick={() => toggle(props.id)}>
        <Chevron />
        <span class="rv-row-title">{props.title}</span>
        {props.aside && <span class="rv-row-aside">{props.aside}</span>}
      </button>
      {props.below && <div class="rv-row-below">{props.below}</div>}
      <div class="rv-panel" id={panel} hidden={!isOpen}>
        {isOpen && props.children}
      </div>
    </div>
  );
}

function Chevron() {
  return (
    <svg class="rv-chevron" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d="M6 4l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** Text in which what stands between backticks is code. */
export function Ticks({ text }: { text: string }) {
  const parts = text.split("`");
  return <>{parts.map((part, at) => at % 2 === 1 ? <code class="rv-code" key={at}>{part}</code> : part)}</>;
}

/** A word or two about how something stands. */
export function Chip(props: { tone?: "open" | "bad" | "good" | "plain"; children: ComponentChildren }) {
  return <span class={`rv-chip rv-chip-${props.tone ?? "plain"}`}>{props.children}</span>;
}

/** A tier, or a range of tiers, as a small numeral. */
export function TierMark({ floor, ceiling }: { floor: number; ceiling: number }) {
  const settled = floor === ceiling;
  return (
    <span class={`rv-tier-mark${settled ? ` rv-tier-${floor}` : ""}`} role="img" aria-label={`tier ${tierRange(floor, ceiling)}`}>
      {settled ? floor : `${floor}–${ceiling}`}
    </span>
  );
}

/** Rows, with those that are only possible behind a click where there are several of them. */
export function Rows(props: { id: string; rows: { key: string; possible: boolean; row: ComponentChildren }[] }) {
  const { open, toggle } = useShared();
  const certain = props.rows.filter((one) => !one.possible);
  const possible = props.rows.filter((one) => one.possible);
  const id = `${props.id}/perhaps`;
  const folded = possible.length > FOLDED;
  const isOpen = !folded || open.has(id);
  return (
    <>
      <ul class="rv-rows">
        {certain.map((one) => <li key={one.key}>{one.row}</li>)}
        {isOpen && possible.map((one) => <li key={one.key}>{one.row}</li>)}
      </ul>
      {folded && (
        <button type="button" class="rv-more" aria-expanded={isOpen} onClick={() => toggle(id)}>
          {isOpen ? "Show only what is certain" : foldedWords(certain.length, possible.length)}
        </button>
      )}
    </>
  );
}

function foldedWords(certain: number, possible: number): string {
  return certain > 0 ? `Show ${possible} more that are possible` : `None is certain yet. Show ${possible} that are possible`;
}

/** More rows than this that are only possible are folded away. */
const FOLDED = 3;

/** A link to a line, or its name alone where the host cannot show it. */
export function Place(props: { place: Location; what?: string }) {
  const { report, handlers } = useShared();
  const name = placeName(props.place, report.intake.source);
  if (!handlers.show) return <span class="rv-place">{name}</span>;
  const label = props.what ? `${name}: show ${props.what}` : `show ${name}`;
  return (
    <button type="button" class="rv-place" aria-label={label} onClick={() => handlers.show?.(props.place)}>
      {name}
    </button>
  );
}

/** The traces of these rules, in the report's order of importance: those that fire first. */
export function tracesOf(report: Report, rules: string[]): Trace[] {
  return rules.flatMap((rule) => report.trace.find((trace) => trace.rule === rule) ?? []);
}

/** Every place that these rules and their answers stand at. */
export function placesOf(report: Report, rules: string[]): Location[] {
  return tracesOf(report, rules).flatMap((trace) => [
    trace.location,
    ...trace.causes.flatMap((cause) => cause.location ?? []),
  ]);
}

/** Why something is asked for: for each rule its reason, unless it was `said`, the answers behind it, and where it stands. */
export function Reasons(props: { rules: string[]; also?: string | undefined; said?: boolean }) {
  const { report } = useShared();
  return (
    <ul class="rv-reasons">
      {props.also && <li class="rv-reason" key="also"><p class="rv-because">{props.also}</p></li>}
      {tracesOf(report, props.rules).map((trace) => (
        <li class="rv-reason" key={trace.rule}>
          {!props.said && (
            <p class="rv-because">
              {sentence(trace.because)}
              {trace.verdict === "unsettled" && <Chip tone="open">if so answered</Chip>}
            </p>
          )}
          {trace.causes.length > 0 && (
            <ul class="rv-causes">
              {trace.causes.map((cause) => <CauseLine key={cause.path} cause={cause} />)}
            </ul>
          )}
          <p class="rv-rule">
            <span class="rv-muted">Rule</span> <span class="rv-code">{trace.rule}</span>{" "}
            <Place place={trace.location} what={`the rule ${trace.rule}`} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function CauseLine({ cause }: { cause: Cause }) {
  return (
    <li class="rv-cause">
      <span class="rv-cause-title">{sentence(cause.title)}</span>{" "}
      {cause.origin === "unanswered"
        ? <span class="rv-cause-open">not answered</span>
        : <span class="rv-cause-value">{cause.origin === "not-applicable" ? "does not apply" : cause.value}</span>}{" "}
      {cause.origin === "assumed" && <Chip>assumed</Chip>}
      {cause.location && <Place place={cause.location} what={cause.title} />}
    </li>
  );
}

/** A titled part of the page. */
export function Section(props: { id: string; title: string; count?: string | number; children: ComponentChildren }) {
  const heading = `rv-section-${props.id}`;
  return (
    <section class="rv-section" aria-labelledby={heading}>
      <h3 class="rv-heading" id={heading} tabIndex={-1}>
        {props.title}
        {props.count !== undefined && <span class="rv-count">{props.count}</span>}
      </h3>
      {props.children}
    </section>
  );
}
