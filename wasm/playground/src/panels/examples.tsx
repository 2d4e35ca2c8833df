// The policy's example intakes: what is decided about each, and what that was when the policy was opened.

import { tierRange } from "@remit/view";
import type { ExampleOutcome, ExampleRow } from "../engine/protocol";
import type { Playground } from "../state/playground";
import { shortName } from "../state/project";
import { Icon } from "../ui/icons";

/** Whether somebody who relies on the decision would notice. */
export function isChanged(row: ExampleRow): boolean {
  const { before, after } = row;
  if (!before || !after) return true;
  return before.tier.floor !== after.tier.floor || before.tier.ceiling !== after.tier.ceiling
    || before.routes.join("\n") !== after.routes.join("\n");
}

export function ExamplesPanel({ playground }: { playground: Playground }) {
  const rows = playground.examples.value;
  if (!rows) return <p class="empty">The examples are decided as soon as the policy works.</p>;
  if (rows.length === 0) return <p class="empty">This policy has no examples. Put intakes into the folder that its <code>remit.yaml</code> calls <code>examples</code>.</p>;
  const changed = rows.filter(isChanged);
  const same = rows.filter((row) => !isChanged(row));
  const stale = playground.outcome.value?.policy.state !== "good";
  return (
    <div class={stale ? "is-stale" : ""}>
      <div class="panel-head">
        <h2 aria-live="polite">{changed.length === 0 ? "No example has changed" : `${changed.length} of ${rows.length} examples changed`}</h2>
        <p class="note">
          {stale
            ? "The policy has a mistake. This is how it stood before."
            : changed.length === 0
              ? "Change a rule, and see here what becomes of each of them."
              : "Compared with the policy as it was opened."}
        </p>
      </div>
      {changed.length > 0 && <Rows playground={playground} rows={changed} label="Changed examples" />}
      {same.length > 0 && (
        <>
          {changed.length > 0 && <h3 class="panel-sub">Not changed</h3>}
          <Rows playground={playground} rows={same} label="Examples that have not changed" />
        </>
      )}
    </div>
  );
}

function Rows({ playground, rows, label }: { playground: Playground; rows: ExampleRow[]; label: string }) {
  const shown = playground.project.request.value.name;
  return (
    <ul class="examples" aria-label={label}>
      {rows.map((row) => (
        <li key={row.path}>
          <Row
            row={row}
            shown={row.path.split("/").pop() === shown}
            open={() => {
              playground.openExample(row.path);
              playground.area.value = "request";
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function Row({ row, shown, open }: { row: ExampleRow; shown: boolean; open(): void }) {
  const { before, after } = row;
  const now = after ?? before;
  if (!now) return null;
  const changed = isChanged(row);
  return (
    <button type="button" class={`example${changed ? " is-changed" : ""}`} aria-current={shown ? "true" : undefined} disabled={!after} onClick={open}>
      <span class="example-name">{now.title}</span>
      <span class="example-file">{shortName(row.path)}</span>
      <span class="example-tiers">
        {changed && before && <><Mark of={before} was /> <span class="example-arrow" aria-label="now"><Icon name="arrow" /></span></>}
        {after ? <Mark of={after} /> : <span class="note">gone</span>}
        {!before && <span class="note">new</span>}
      </span>
      <span class="example-routes">{changed && before && after ? <RouteChange before={before} after={after} /> : routes(now)}</span>
    </button>
  );
}

function Mark({ of, was }: { of: ExampleOutcome; was?: boolean }) {
  const { floor, ceiling } = of.tier;
  const tone = floor === ceiling ? ` tier-${floor}` : "";
  return (
    <span class={`mark${tone}${was ? " mark-was" : ""}`} role="img" aria-label={`tier ${tierRange(floor, ceiling)}`}>
      {floor === ceiling ? floor : `${floor}–${ceiling}`}
    </span>
  );
}

function routes(of: ExampleOutcome): string {
  return of.routes.length > 0 ? of.routes.join(", ") : "No route is certain yet";
}

function RouteChange({ before, after }: { before: ExampleOutcome; after: ExampleOutcome }) {
  const gone = before.routes.filter((route) => !after.routes.includes(route));
  const added = after.routes.filter((route) => !before.routes.includes(route));
  const kept = after.routes.filter((route) => before.routes.includes(route));
  return (
    <>
      {gone.map((route) => <del key={route}>{route}</del>)}
      {added.map((route) => <ins key={route}>{route}</ins>)}
      {kept.length > 0 && <span>{kept.join(", ")}</span>}
    </>
  );
}
