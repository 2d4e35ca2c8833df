// Four things to try, for somebody who has never seen this. They are ticked off as they are done, and go away when
// they are closed.

import { signal } from "@preact/signals";
import { POLICY } from "../engine/protocol";
import { makeCase } from "../state/make-case";
import type { Playground } from "../state/playground";
import { set, setting } from "../state/storage";
import { Icon } from "../ui/icons";

const closed = signal(setting("first-steps") === "closed");
const seen = signal(false);
const shared = signal(false);

export function showFirstSteps(): void {
  closed.value = false;
  set("first-steps", null);
}

export function FirstSteps({ playground, share }: { playground: Playground; share(): void }) {
  if (closed.value) return null;
  const { project } = playground;
  const rules = [...project.changed.value].some((path) => path.endsWith(".rhai"));
  const tested = [...project.changed.value].some((path) => path.endsWith(".case.yaml"));
  const steps = [
    { done: rules, words: <>Change a rule: make a <code>.tier(2)</code> a <code>.tier(3)</code></>, title: "Show me one", run: () => showTier(playground) },
    {
      done: seen.value && rules,
      words: "See which examples it changes",
      title: "Look",
      run: () => {
        seen.value = true;
        playground.tab.value = "examples";
        playground.area.value = "examples";
      },
    },
    { done: tested, words: "Hold it fast with a test", title: "Make one", run: () => makeCase(playground) },
    {
      done: shared.value,
      words: "Send it to a colleague",
      title: "Share",
      run: () => {
        shared.value = true;
        share();
      },
    },
  ];
  const next = steps.findIndex((step) => !step.done);
  return (
    <section class="steps" aria-label="First steps">
      <div class="steps-head">
        <h2>First steps</h2>
        <button
          type="button"
          class="button button-icon"
          aria-label="Close the first steps"
          onClick={() => {
            closed.value = true;
            set("first-steps", "closed");
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      <ol>
        {steps.map((step, at) => (
          <li key={step.title} class={step.done ? "is-done" : at === next ? "is-next" : ""}>
            <span class="step-mark" aria-hidden="true">{step.done ? <Icon name="check" /> : at + 1}</span>
            <span class="step-words">{step.words}{step.done && <span class="visually-hidden"> (done)</span>}</span>
            <button type="button" class="link" onClick={step.run}>{step.title}</button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The first rule that asks for tier 2, or for any. */
function showTier(playground: Playground): void {
  for (const wanted of [".tier(2)", ".tier("]) {
    for (const [path, text] of playground.project.files.value) {
      const at = path.endsWith(".rhai") ? text.indexOf(wanted) : -1;
      if (at < 0) continue;
      const start = at + ".tier(".length;
      playground.go({ file: POLICY + path, span: { start, end: start + 1 } });
      return;
    }
  }
}
