// The intake: what somebody asks for, as a text.

import { useEffect, useRef } from "preact/hooks";
import { setDay } from "../state/open";
import type { Playground } from "../state/playground";
import { isIntake, shortName, UNTITLED } from "../state/project";
import { makeCase } from "../state/make-case";
import { Icon } from "../ui/icons";
import { Menu } from "../ui/menu";

export function RequestPane({ playground }: { playground: Playground }) {
  const { project } = playground;
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current) playground.editors.mount("request", host.current, playground.requestId);
    return () => playground.editors.unmount("request");
  }, [playground]);
  const { name, text } = project.request.value;
  const examples = project.examples();
  const example = examples.find(([path]) => path.split("/").pop() === name);
  const own = [...project.drafts.value.keys()].filter((draft) => isIntake(draft) && !examples.some(([path]) => path.split("/").pop() === draft));
  if (!example && !own.includes(name)) own.unshift(name);
  return (
    <section class="pane pane-request" id="request" aria-label="Intake" tabIndex={-1}>
      <div class="pane-head">
        <h2>Intake</h2>
        <select
          class="select"
          aria-label="Which intake"
          value={example ? example[0] : `own:${name}`}
          onChange={(event) => choose(playground, event.currentTarget.value)}
        >
          {own.length > 0 && (
            <optgroup label="Yours">
              {own.map((draft) => <option key={draft} value={`own:${draft}`}>{shortName(draft)}</option>)}
            </optgroup>
          )}
          <optgroup label="Examples of the policy">
            {examples.map(([path]) => <option key={path} value={path}>{shortName(path)}</option>)}
          </optgroup>
          <option value="new">New, empty intake</option>
        </select>
        {example && example[1] !== text && <span class="edited">edited</span>}
        <span class="grow" />
        <label class="day" title="Due dates are compared with this day">
          <span>As of</span>
          <input type="date" class="input" value={playground.today.value} onChange={(event) => setDay(playground, event.currentTarget.value)} />
        </label>
        <Menu
          label="What to do with this intake"
          end
          items={[
            { title: "Make a test of it", about: "Holds the policy to what is decided now", run: () => makeCase(playground) },
            ...(example && example[1] !== text ? [{ title: "Put back as it is in the policy", run: () => playground.openExample(example[0], true) }] : []),
            { title: "New, empty intake", run: () => choose(playground, "new") },
          ]}
        >
          <Icon name="more" />
        </Menu>
      </div>
      <div class="code" ref={host} />
    </section>
  );
}

function choose(playground: Playground, value: string): void {
  const { drafts } = playground.project;
  if (value === "new") {
    const taken = new Set([...drafts.value.keys(), playground.project.request.value.name]);
    let name = UNTITLED;
    for (let number = 2; taken.has(name); number += 1) name = UNTITLED.replace(".", `-${number}.`);
    playground.openRequest({ name, text: "service:\n  name: \n" });
  } else if (value.startsWith("own:")) {
    const name = value.slice("own:".length);
    playground.openRequest({ name, text: drafts.value.get(name) ?? "" });
  } else {
    playground.openExample(value);
  }
}
