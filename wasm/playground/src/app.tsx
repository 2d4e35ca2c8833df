// The page: three areas side by side, or one at a time where there is little room.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { DecisionPanel } from "./panels/decision";
import { ExamplesPanel, isChanged } from "./panels/examples";
import { Footer } from "./panels/footer";
import { Header } from "./panels/header";
import { HelpDialog } from "./panels/help";
import { PolicyPane } from "./panels/policy";
import { RequestPane } from "./panels/request";
import { ShareDialog } from "./panels/share";
import { TestsPanel } from "./panels/tests";
import { dropped, folderName, saveToFolder, saveZip } from "./state/open";
import type { Area, Playground, Tab } from "./state/playground";
import { Icon, type IconName } from "./ui/icons";
import { Splitter } from "./ui/splitter";
import { Tabs } from "./ui/tabs";

const AREAS: [Area, string, IconName][] = [
  ["policy", "Policy", "rules"],
  ["request", "Intake", "form"],
  ["decision", "Decision", "scales"],
  ["tests", "Tests", "flask"],
  ["examples", "Examples", "list"],
];

export function App({ playground }: { playground: Playground }) {
  const dialog = useSignal<"share" | "help" | null>(null);
  const share = () => dialog.value = "share";
  const help = () => dialog.value = "help";
  usePageKeys(playground, help);
  useDrops(playground);
  if (!playground.ready.value) return <Starting playground={playground} />;
  return (
    <div class="app" data-area={playground.area.value}>
      <SkipLinks />
      <Header playground={playground} share={share} help={help} />
      <main class="work">
        <div class="texts" id="texts">
          <PolicyPane playground={playground} />
          <Splitter name="split-rows" label="Height of the policy" controls="policy" vertical={false} start={58} />
          <RequestPane playground={playground} />
        </div>
        <Splitter name="split-columns" label="Width of the texts" controls="texts" vertical start={62} />
        <Result playground={playground} share={share} />
      </main>
      <AreaBar playground={playground} />
      <Footer playground={playground} />
      <Messages playground={playground} />
      {dialog.value === "share" && <ShareDialog playground={playground} close={() => dialog.value = null} />}
      {dialog.value === "help" && <HelpDialog close={() => dialog.value = null} />}
    </div>
  );
}

function Starting({ playground }: { playground: Playground }) {
  const state = playground.engineState.value;
  return (
    <main class="starting">
      <p role="status">
        {state.is === "failed" ? `The engine cannot be started: ${state.why}. Reload the page to try again.` : "Starting…"}
      </p>
    </main>
  );
}

function Result({ playground, share }: { playground: Playground; share(): void }) {
  const { tab, tests, tested, examples } = playground;
  // Until the tests have run again, their outcome is that of before.
  const old = tested.value ? "" : " is-old";
  const changed = examples.value?.filter(isChanged).length ?? 0;
  const bad = (tests.value?.failed ?? 0) + (tests.value?.wrong ?? 0);
  const choose = (next: Tab) => {
    tab.value = next;
    playground.area.value = next;
  };
  return (
    <section class="pane pane-result" id="result" aria-label="Result" tabIndex={-1}>
      <Tabs
        label="Result"
        now={tab.value}
        choose={choose}
        tabs={[
          { id: "decision", title: "Decision" },
          {
            id: "tests",
            title: "Tests",
            badge: tests.value && tests.value.cases.length > 0 && (
              bad > 0
                ? <span class={`badge is-bad${old}`}>{bad} {bad === 1 ? "fails" : "fail"}</span>
                : <span class={`badge is-good${old}`}><Icon name="check" /><span class="visually-hidden">{tested.value ? "all pass" : "all passed before"}</span></span>
            ),
          },
          { id: "examples", title: "Examples", badge: changed > 0 && <span class="badge is-open">{changed} changed</span> },
        ]}
      />
      <div class="panel" role="tabpanel" id="panel-decision" aria-labelledby="tab-decision" hidden={tab.value !== "decision"} tabIndex={0}>
        <DecisionPanel playground={playground} share={share} />
      </div>
      <div class="panel" role="tabpanel" id="panel-tests" aria-labelledby="tab-tests" hidden={tab.value !== "tests"} tabIndex={0}>
        {tab.value === "tests" && <TestsPanel playground={playground} />}
      </div>
      <div class="panel" role="tabpanel" id="panel-examples" aria-labelledby="tab-examples" hidden={tab.value !== "examples"} tabIndex={0}>
        {tab.value === "examples" && <ExamplesPanel playground={playground} />}
      </div>
    </section>
  );
}

function AreaBar({ playground }: { playground: Playground }) {
  const tier = playground.report.value?.tier;
  return (
    <nav class="areas" aria-label="Areas">
      {AREAS.map(([id, title, icon]) => (
        <button key={id} type="button" class="area" aria-current={playground.area.value === id ? "page" : undefined} onClick={() => go(playground, id)}>
          <Icon name={icon} />
          <span>{title}</span>
          {id === "decision" && tier && (
            <span class={`mark ${tier.floor === tier.ceiling ? `tier-${tier.floor}` : ""}`} aria-label={`tier ${tier.floor === tier.ceiling ? tier.floor : `${tier.floor} to ${tier.ceiling}`}`} role="img">
              {tier.floor === tier.ceiling ? tier.floor : `${tier.floor}–${tier.ceiling}`}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}

function go(playground: Playground, area: Area): void {
  playground.area.value = area;
  if (area !== "policy" && area !== "request") playground.tab.value = area;
}

function SkipLinks() {
  const to = (id: string, title: string) => (
    <a
      class="skip"
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(id)?.focus();
      }}
    >
      {title}
    </a>
  );
  return <div class="skips">{to("result", "Skip to the decision")}{to("policy", "Skip to the policy")}{to("request", "Skip to the intake")}</div>;
}

function Messages({ playground }: { playground: Playground }) {
  const { toasts } = playground;
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.shown.value.map((toast) => (
        <div key={toast.id} class={`toast${toast.bad ? " is-bad" : ""}`}>
          <span>{toast.words}</span>
          {toast.action && (
            <button
              type="button"
              class="link"
              onClick={() => {
                toasts.close(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.title}
            </button>
          )}
          <button type="button" class="button button-icon" aria-label="Close this message" onClick={() => toasts.close(toast.id)}><Icon name="close" /></button>
        </div>
      ))}
    </div>
  );
}

const RING = ["policy", "request", "result"];

function usePageKeys(playground: Playground, help: () => void): void {
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (document.querySelector("dialog[open]")) return;
      const tab = ({ Digit1: "decision", Digit2: "tests", Digit3: "examples" } as const)[event.code as "Digit1"];
      if (event.key === "F1") help();
      else if (event.key === "F6") nextArea(playground, event.shiftKey ? -1 : 1);
      else if (mod && !event.altKey && event.key.toLowerCase() === "s") {
        if (folderName()) void saveToFolder(playground);
        else saveZip(playground);
      } else if (mod && event.key === "Enter") {
        go(playground, "tests");
        void playground.background.runTests();
      } else if (event.altKey && !mod && tab) {
        go(playground, tab);
        requestAnimationFrame(() => document.getElementById(`panel-${tab}`)?.focus());
      } else return;
      event.preventDefault();
    };
    addEventListener("keydown", keys, true);
    return () => removeEventListener("keydown", keys, true);
  }, [playground]);
}

function nextArea(playground: Playground, step: number): void {
  const now = RING.findIndex((id) => document.getElementById(id)?.contains(document.activeElement));
  const next = RING[(now + step + RING.length) % RING.length] ?? "policy";
  go(playground, next === "result" ? playground.tab.value : next as Area);
  const focus = () => {
    if (next === "policy" || next === "request") playground.editors.view(next)?.focus();
    else document.getElementById(`panel-${playground.tab.value}`)?.focus();
  };
  focus();
  // A narrow page has to draw the area first.
  requestAnimationFrame(() => {
    if (!document.getElementById(next)?.contains(document.activeElement)) focus();
  });
}

function useDrops(playground: Playground): void {
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
    const over = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      void dropped(playground, [...event.dataTransfer?.files ?? []]);
    };
    addEventListener("dragover", over);
    addEventListener("drop", drop, true);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("drop", drop, true);
    };
  }, [playground]);
}
