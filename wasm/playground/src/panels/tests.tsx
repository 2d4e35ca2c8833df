// The policy's tests: how they went, what a failure found in place of what was wanted, and what no test has seen.

import { useSignal } from "@preact/signals";
import { Ticks } from "@remit/view";
import type { Coverage, TestReport } from "../engine/protocol";
import { makeCase } from "../state/make-case";
import type { Playground } from "../state/playground";
import { Icon } from "../ui/icons";

type Case = TestReport["cases"][number];

export function TestsPanel({ playground }: { playground: Playground }) {
  const report = playground.tests.value;
  const stale = playground.outcome.value?.policy.state !== "good";
  if (!report) {
    return <p class="empty">{stale ? "The tests run as soon as the policy works." : "Running the tests…"}</p>;
  }
  const bad = report.cases.filter((one) => one.state !== "passed");
  const good = report.cases.filter((one) => one.state === "passed");
  const mistakes = report.diagnostics.filter((found) => found.severity === "error");
  return (
    <div class={stale ? "is-stale" : ""}>
      <div class="panel-head panel-head-row">
        <div>
          <h2 aria-live="polite">{headline(report)}</h2>
          <p class="note">{stale ? "The policy has a mistake. This is how it stood before." : "They run by themselves after each change."}</p>
        </div>
        <div class="panel-actions">
          <button type="button" class="button" disabled={stale || playground.testing.value} onClick={() => void playground.background.runTests()}>Run</button>
          <button type="button" class="button" onClick={() => makeCase(playground)}>New test</button>
        </div>
      </div>
      {mistakes.length > 0 && (
        <ul class="mistakes">
          {mistakes.map((found) => (
            <li key={`${found.location.source} ${found.location.start.offset}`}>
              <span><Ticks text={capital(found.message)} /></span>{" "}
              <button type="button" class="link" onClick={() => playground.goTo(found.location)}>Show it</button>
            </li>
          ))}
        </ul>
      )}
      {bad.length > 0 && <ul class="cases" aria-label="Tests that fail">{bad.map((one) => <Failed key={one.name} playground={playground} one={one} />)}</ul>}
      {report.coverage && <Covered playground={playground} coverage={report.coverage} />}
      {good.length > 0 && <Passed playground={playground} cases={good} />}
    </div>
  );
}

function headline(report: TestReport): string {
  const bad = report.failed + report.wrong;
  if (report.cases.length === 0) return "There are no tests yet";
  if (bad === 0) return report.passed === 1 ? "The one test passes" : `All ${report.passed} tests pass`;
  return `${bad} of ${report.cases.length} tests ${bad === 1 ? "fails" : "fail"}`;
}

function Failed({ playground, one }: { playground: Playground; one: Case }) {
  return (
    <li class="case is-bad">
      <div class="case-head">
        <Icon name="cross" />
        <span class="case-name">{one.name}</span>
        <button type="button" class="link" aria-label={`Show the test ${one.name}`} onClick={() => playground.goTo(one.location)}>Show the test</button>
      </div>
      {one.state === "wrong" && <p class="note">The test itself has a mistake.</p>}
      {one.failures.map((failure, at) => (
        <div class="failure" key={`${failure.aspect} ${at}`}>
          <div class="failure-aspect">{failure.aspect.replaceAll("_", " ")}</div>
          <dl class="diff">
            <div class="diff-wanted"><dt>wanted</dt><dd>{failure.wanted}</dd></div>
            <div class="diff-found"><dt>found</dt><dd>{failure.found}</dd></div>
          </dl>
          {(failure.diagnostic.labels ?? []).map((label) => (
            <p class="failure-why" key={`${label.location.source} ${label.location.start.offset}`}>
              <Ticks text={capital(label.message)} />{" "}
              <button type="button" class="link" onClick={() => playground.goTo(label.location)}>
                {label.location.source.split("/").pop()}, line {label.location.start.line}
              </button>
            </p>
          ))}
        </div>
      ))}
    </li>
  );
}

function Passed({ playground, cases }: { playground: Playground; cases: Case[] }) {
  const open = useSignal(false);
  return (
    <>
      <h3 class="panel-sub">
        <button type="button" class="disclose" aria-expanded={open.value} onClick={() => open.value = !open.value}>
          <Icon name={open.value ? "down" : "chevron"} />
          {cases.length} {cases.length === 1 ? "test passes" : "tests pass"}
        </button>
      </h3>
      {open.value && (
        <ul class="cases" aria-label="Tests that pass">
          {cases.map((one) => (
            <li key={one.name}>
              <button type="button" class="case-good" onClick={() => playground.goTo(one.location)}>
                <Icon name="check" /><span class="case-name">{one.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const KINDS: Record<string, string> = {
  "rule-fires": "Rules that apply in a test",
  "rule-silent": "Rules that do not apply in a test",
  operand: "Parts of conditions that are shown to matter",
  choice: "Choices of a form that are tried",
  tier: "Tiers that are reached",
  point: "Things to ask for that are reached",
};

function Covered({ playground, coverage }: { playground: Playground; coverage: Coverage }) {
  const open = useSignal(false);
  const total = coverage.summary.reduce((sum, one) => sum + one.total - one.excused, 0);
  const covered = coverage.summary.reduce((sum, one) => sum + one.covered, 0);
  const percent = total > 0 ? Math.floor(covered / total * 100) : 100;
  const gaps = coverage.gaps.filter((gap) => gap.excused === undefined);
  return (
    <div class="covered">
      <h3 class="panel-sub">
        <button type="button" class="disclose" aria-expanded={open.value} onClick={() => open.value = !open.value}>
          <Icon name={open.value ? "down" : "chevron"} />
          Tests and examples cover {percent} % of the rules
        </button>
      </h3>
      <div class="meter"><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="4" class="meter-all" /><rect width={percent} height="4" class="meter-part" /></svg></div>
      {open.value && (
        <>
          <dl class="counts">
            {coverage.summary.map((one) => (
              <div key={one.kind}><dt>{KINDS[one.kind] ?? one.kind}</dt><dd>{one.covered} of {one.total - one.excused}</dd></div>
            ))}
          </dl>
          {gaps.length > 0 && (
            <ul class="gaps" aria-label="What no test has seen">
              {gaps.map((gap, at) => (
                <li key={`${gap.message} ${at}`}>
                  <Ticks text={capital(gap.message)} />{" "}
                  {gap.location && <button type="button" class="link" onClick={() => gap.location && playground.goTo(gap.location)}>line {gap.location.start.line}</button>}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
