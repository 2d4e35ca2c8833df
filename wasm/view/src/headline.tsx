// The head of the page: the tier, how far it is settled, and the four things that everybody asks first.

import type { ComponentChildren } from "preact";
import { useShared } from "./context";
import { Disclosure, Reasons } from "./parts";
import type { Approver, Milestone, Report, Route } from "./report";
import { count, list, milestoneWords, sentence, some, tierName } from "./words";

const TIERS = [0, 1, 2, 3];

/** The tier, large, with its place among all tiers. */
export function Headline() {
  const { report } = useShared();
  const { tier } = report;
  const subject = report.intake.title ?? report.intake.id;
  return (
    <header class={`rv-head rv-tier-${tier.floor === tier.ceiling ? tier.floor : "open"}`}>
      {subject && (
        <p class="rv-subject">
          {subject}
          {report.intake.title && report.intake.id && <span class="rv-muted"> {report.intake.id}</span>}
        </p>
      )}
      <h2 class="rv-tier">
        <span class="rv-tier-name">{tierName(tier)}</span>
        <span class="rv-tier-title">{tierTitle(report)}</span>
      </h2>
      <ol class="rv-scale" aria-hidden="true">
        {TIERS.map((step) => (
          <li key={step} class={stepClass(step, tier.floor, tier.ceiling)}>{step}</li>
        ))}
      </ol>
      <p class="rv-status">{statusWords(report)}</p>
      {tier.rules.length > 0
        ? (
          <Disclosure id="tier" title={whyTitle(report)}>
            <Reasons rules={tier.rules} said={tier.rules.length === 1} />
          </Disclosure>
        )
        : <p class="rv-status">{noRuleWords(report)}</p>}
      <Glance />
    </header>
  );
}

function stepClass(step: number, floor: number, ceiling: number): string {
  const within = step >= floor && step <= ceiling;
  return `rv-step rv-tier-${step}${within ? " rv-is-within" : ""}${within && floor === ceiling ? " rv-is-settled" : ""}`;
}

/** The names of the lowest and the highest tier, joined as a sentence would. */
function tierTitle(report: Report): string {
  return report.tier.settled === null ? report.tier.title.replace(" to ", " up to ") : report.tier.title;
}

function whyTitle(report: Report): string {
  const [first, ...more] = report.tier.rules.flatMap((rule) => report.trace.find((trace) => trace.rule === rule) ?? []);
  if (!first) return "Why";
  return more.length > 0 ? `${sentence(first.because)}, and ${count(more.length, "more reason")}` : sentence(first.because);
}

function noRuleWords(report: Report): string {
  return report.tier.floor === report.tier.ceiling
    ? "No rule asks for another tier, so the policy's usual one holds."
    : "No rule is certain yet: that depends on the open questions.";
}

/** How final the decision is, in a sentence. */
export function statusWords(report: Report): string {
  const wrong = report.diagnostics.filter((found) => found.severity === "error").length;
  const costs = wrong > 0 ? `${sentence(count(wrong, "mistake"))} in the intake: what is wrong counts as not answered. ` : "";
  if (report.settled) return `${costs}Settled: no open question can change it.`;
  const open = count(report.questions.length, "open question");
  return report.tier.floor === report.tier.ceiling
    ? `${costs}The tier is settled. ${sentence(open)} can still change the rest.`
    : `${costs}Not settled: ${open} can still change it.`;
}

/** Where to, who, by when, what is missing: each in a line. */
function Glance() {
  const { report } = useShared();
  const rows: [string, ComponentChildren][] = [];
  const route = routeWords(report.routes);
  if (route) rows.push(["Goes to", route]);
  const due = dateWords(report.dates, report.today);
  if (due) rows.push(["Decided by", due]);
  const who = approverWords(report.approvals.approve);
  if (who) rows.push(["Approved by", who]);
  const missing = missingWords(report);
  rows.push(["Missing", missing ?? "Nothing"]);
  return (
    <dl class="rv-glance">
      {rows.map(([term, words]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function routeWords(routes: Route[]): string | null {
  const live = routes.filter((route) => route.starts !== "superseded");
  const certain = live.filter((route) => route.standing === "certain").map((route) => route.title);
  const possible = live.filter((route) => route.standing === "possible").map((route) => route.title);
  if (certain.length === 0 && possible.length === 0) return null;
  if (certain.length === 0) return `Perhaps ${some(possible)}`;
  return possible.length > 0 ? `${list(certain)}; perhaps ${some(possible)}` : list(certain);
}

function dateWords(dates: Milestone[], today: string | null): string | null {
  const decide = dates.find((date) => date.id === "due/decide") ?? dates[0];
  if (!decide) return null;
  return milestoneWords(decide, today);
}

function approverWords(approvers: Approver[]): string | null {
  const certain = approvers.filter((who) => who.standing === "certain").map((who) => who.title);
  if (certain.length > 0) return list(certain);
  const possible = approvers.map((who) => who.title);
  return possible.length > 0 ? `Perhaps ${some(possible)}` : null;
}

function missingWords(report: Report): string | null {
  const answers = report.ready.missing.length;
  const evidence = report.requirements.filter((asked) => asked.standing === "certain" && asked.evidence.state === "missing").length;
  const parts = [
    ...(answers > 0 ? [count(answers, "answer")] : []),
    ...(evidence > 0 ? [count(evidence, "piece of evidence", "pieces of evidence")] : []),
  ];
  return parts.length > 0 ? sentence(list(parts)) : null;
}
