// Everything that the decision asks for, section by section. A section with nothing in it is not drawn.

import type { ComponentChildren } from "preact";
import { useShared } from "./context";
import { Chip, Disclosure, Place, Reasons, Rows, Section, Ticks } from "./parts";
import type { Approver, Diagnostic, Point, Requirement, Route } from "./report";
import { dueWords, list, milestoneWords, plain, sentence, some } from "./words";

/** What is wrong with the intake, with a fix where there is one. */
export function Problems() {
  const { report, handlers } = useShared();
  const found = report.diagnostics.filter((one) => one.severity !== "info");
  if (found.length === 0) return null;
  return (
    <Section id="problems" title="To mend in the intake" count={found.length}>
      <ul class="rv-problems">
        {found.map((one) => (
          <li class={`rv-problem rv-is-${one.severity}`} key={`${one.code} ${one.location.start.offset}`}>
            <p>
              <span class="rv-hidden">{one.severity}: </span>
              <Ticks text={sentence(one.message)} /> <Place place={one.location} />
            </p>
            {one.help && <p class="rv-note"><Ticks text={sentence(one.help)} /></p>}
            {handlers.fix && one.fixes && <Fixes fixes={one.fixes} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Fixes({ fixes }: { fixes: NonNullable<Diagnostic["fixes"]> }) {
  const { handlers } = useShared();
  return (
    <div class="rv-answers">
      {fixes.map((fix) => (
        <button type="button" class="rv-answer" key={fix.title} onClick={() => handlers.fix?.(fix)}>
          <Ticks text={sentence(fix.title)} />
        </button>
      ))}
    </div>
  );
}

/** A point of the decision as a row that opens its reasons. */
function PointRow(props: { point: Point; aside?: ComponentChildren; below?: ComponentChildren; also?: string | undefined; quiet?: boolean }) {
  const { report } = useShared();
  const { point } = props;
  const due = point.due && dueWords(point.due, report.today);
  return (
      <Disclosure
        id={point.id}
        title={point.title}
        quiet={props.quiet ?? point.standing === "possible"}
        aside={<>
          {point.due?.timing === "overdue" && <Chip tone="bad">overdue</Chip>}
          {point.standing === "possible" && <Chip tone="open">perhaps</Chip>}
          {props.aside}
        </>}
        below={props.below || due
          ? <>{props.below}{props.below && due ? " · " : ""}{due && sentence(due)}</>
          : null}
      >
        {point.description && <p class="rv-note">{point.description}</p>}
        <Reasons rules={point.rules} also={props.also} />
      </Disclosure>
  );
}

/** A point as one of several rows. */
function row(point: Point, drawn: ComponentChildren) {
  return { key: point.id, possible: point.standing === "possible", row: drawn };
}

/** Where it goes, and who else gets it. */
export function Routes() {
  const { report } = useShared();
  if (report.routes.length === 0 && report.referrals.length === 0) return null;
  const live = report.routes.filter((route) => route.starts !== "superseded");
  const past = report.routes.filter((route) => route.starts === "superseded");
  return (
    <Section id="routes" title="Where it goes">
      <Rows
        id="routes"
        rows={[
          ...[...live, ...past].map((route) => row(route, (
            <PointRow point={route} below={routeWords(route, report.routes)} quiet={route.starts === "superseded" || route.standing === "possible"} />
          ))),
          ...report.referrals.map((referral) => row(referral, <PointRow point={referral} below={referral.contact ?? "Handed over as well"} />)),
        ]}
      />
    </Section>
  );
}

function routeWords(route: Route, routes: Route[]): string {
  const owner = route.owner ? `with ${route.owner.title}` : "";
  const higher = route.superseded && (routes.find((other) => other.id === route.superseded?.by)?.title ?? plain(route.superseded.by));
  const starts = route.starts === "superseded"
    ? `gives way to ${higher ?? "a higher review"}`
    : `${route.starts === "now" ? "starts now" : "starts when the missing answers are there"}${higher ? `, unless ${higher} wins` : ""}`;
  return sentence([owner, starts].filter(Boolean).join(", "));
}

/** What goes to somebody above. */
export function Escalations() {
  const { report } = useShared();
  if (report.escalations.length === 0) return null;
  return (
    <Section id="escalations" title="Escalates">
      <Rows
        id="escalations"
        rows={report.escalations.map((one) => row(one, (
          <PointRow point={one} below={one.to.length > 0 ? `To ${list(one.to.map((who) => who.title))}` : null} />
        )))}
      />
    </Section>
  );
}

const EVIDENCE = { missing: "Missing", claimed: "Linked, not looked at", resolved: "Looked at", waived: "Not needed" } as const;
const EVIDENCE_TONE = { missing: "bad", claimed: "plain", resolved: "good", waived: "good" } as const;

/** Evidence that is asked for, what is missing first. */
export function Evidence() {
  const { report } = useShared();
  if (report.requirements.length === 0) return null;
  const missing = report.requirements.filter((asked) => asked.evidence.state === "missing");
  const there = report.requirements.filter((asked) => asked.evidence.state !== "missing");
  return (
    <Section id="evidence" title="Evidence">
      <Rows
        id="evidence"
        rows={[...missing, ...there].map((asked) => row(asked, (
          <PointRow
            point={asked}
            aside={asked.standing === "certain" && <Chip tone={EVIDENCE_TONE[asked.evidence.state]}>{EVIDENCE[asked.evidence.state]}</Chip>}
            below={evidenceWords(asked)}
            also={tiersWords(asked.tiers)}
          />
        )))}
      />
    </Section>
  );
}

function tiersWords(tiers: number[]): string | undefined {
  if (tiers.length === 0) return undefined;
  return tiers.length === 1 ? `Tier ${tiers[0]} asks for it` : `Tiers ${list(tiers.map(String))} ask for it`;
}

function evidenceWords(asked: Requirement): ComponentChildren {
  const { evidence } = asked;
  if (evidence.state === "missing" && !evidence.location) return null;
  const words = [evidence.link, evidence.by && `by ${evidence.by}`, evidence.note].filter(Boolean).join(" · ");
  return <>{words && <span class="rv-link">{words} </span>}{evidence.location && <Place place={evidence.location} what={asked.title} />}</>;
}

/** Decisions to be taken and who takes them; who approves, reviews and is told. */
export function People() {
  const { report } = useShared();
  const { approve, review, inform, window } = report.approvals;
  if (report.decisions.length + approve.length + review.length + inform.length === 0) return null;
  return (
    <Section id="people" title="Who decides">
      <dl class="rv-people">
        <Acting title="Approves" who={approve} window={window} />
        <Acting title="Reviews" who={review} />
        <Acting title="Is told" who={inform} />
      </dl>
      <Rows
        id="decisions"
        rows={report.decisions.map((one) => row(one, (
          <PointRow
            point={one}
            below={`Decided by ${one.owner.title}${one.co_owners.length > 0 ? ` with ${list(one.co_owners.map((who) => who.title))}` : ""}`}
            also={one.outcomes.length > 0 ? `It can end with: ${list(one.outcomes.map((outcome) => outcome.title))}` : undefined}
          />
        )))}
      />
    </Section>
  );
}

function Acting(props: { title: string; who: Approver[]; window?: string | null | undefined }) {
  const certain = props.who.filter((one) => one.standing === "certain");
  const possible = props.who.filter((one) => one.standing === "possible").map((one) => one.title);
  if (props.who.length === 0) return null;
  return (
    <div>
      <dt>{props.title}</dt>
      <dd>
        <ul>
          {certain.map((one) => (
            <li key={one.name}>
              <span class="rv-who">{one.title}</span>
              {one.alternates.length > 0 && (
                <span class="rv-muted"> or {list(one.alternates.map((who) => who.title), "or")}{props.window ? ` after ${props.window}` : ""}</span>
              )}
            </li>
          ))}
          {possible.length > 0 && <li class="rv-muted">Perhaps {certain.length > 0 ? "also " : ""}{some(possible)}</li>}
        </ul>
      </dd>
    </div>
  );
}

/** By when somebody answers and decides. */
export function Dates() {
  const { report } = useShared();
  if (report.dates.length === 0) return null;
  return (
    <Section id="dates" title="By when">
      <dl class="rv-people">
        {report.dates.map((date) => (
          <div key={date.id}>
            <dt>{date.title}</dt>
            <dd>
              {milestoneWords(date, report.today)}{" "}
              {date.timing === "overdue" && date.standing === "certain" && <Chip tone="bad">overdue</Chip>}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** Duties, services and notices. */
export function Others() {
  const { report } = useShared();
  const rows = [
    ...report.obligations.map((one) => row(one, <PointRow point={one} below={one.owner ? `Duty of ${one.owner.title}` : "Duty"} />)),
    ...report.services.map((one) => row(one, <PointRow point={one} below="Suggested service" />)),
    ...report.notifications.map((one) => row(one, <PointRow point={one} below="Is told" />)),
  ];
  if (rows.length === 0) return null;
  return <Section id="others" title="Also"><Rows id="others" rows={rows} /></Section>;
}

/** Remarks of the policy about this intake. */
export function Flags() {
  const { report } = useShared();
  if (report.flags.length === 0) return null;
  return (
    <Section id="flags" title="Remarks">
      <ul class="rv-rows">
        {report.flags.map((flag) => (
          <li key={flag.id}>
            <Disclosure
              id={flag.id}
              title={sentence(flag.message)}
              quiet={flag.standing === "possible"}
              aside={flag.standing === "possible" && <Chip tone="open">perhaps</Chip>}
            >
              <Reasons rules={[flag.rule]} />
            </Disclosure>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the schema assumed where nobody answered. */
export function Assumed() {
  const { report } = useShared();
  const { length } = report.assumptions;
  if (length === 0) return null;
  return (
    <Section id="assumed" title="Assumed">
      <Disclosure id="assumptions" title={`${length} ${length === 1 ? "answer that nobody gave" : "answers that nobody gave"}`}>
        <dl class="rv-assumed">
          {report.assumptions.map((one) => (
            <div key={one.path} title={one.path}>
              <dt>{sentence(one.title)}</dt>
              <dd>{one.value}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </Section>
  );
}
