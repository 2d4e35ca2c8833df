// Making, renaming and deleting files of the policy.

import { useRef, useState } from "preact/hooks";
import { POLICY } from "../engine/protocol";
import { isPath } from "../files/limits";
import { firstFile } from "../state/project";
import type { Playground } from "../state/playground";
import { Dialog } from "../ui/dialog";

export interface FileAsk {
  what: "new" | "rename" | "delete";
  path: string;
}

const TOPIC = `// What these rules are about.

/// Why this rule exists.
rule("my-rule")
    .when(|intake| true)
    .tier(1)
    .because("say here what the person who asks should read");
`;

export function FileDialog({ playground, ask, close }: { playground: Playground; ask: FileAsk; close(): void }) {
  if (ask.what === "delete") return <Delete playground={playground} path={ask.path} close={close} />;
  return <Name playground={playground} ask={ask} close={close} />;
}

function Name({ playground, ask, close }: { playground: Playground; ask: FileAsk; close(): void }) {
  const { project } = playground;
  const input = useRef<HTMLInputElement>(null);
  const [why, setWhy] = useState<string | null>(null);
  const renames = ask.what === "rename";
  const submit = (event: Event) => {
    event.preventDefault();
    const path = input.current?.value.trim() ?? "";
    const refused = refusal(playground, path, ask.path);
    if (refused) {
      setWhy(refused);
      return;
    }
    if (path !== ask.path) (renames ? rename : create)(playground, path, ask.path);
    close();
  };
  return (
    <Dialog title={renames ? "Rename the file" : "New file"} close={close}>
      <form class="form" onSubmit={submit}>
        <label>
          Path in the policy
          <input ref={input} class="input" value={renames ? ask.path : suggested(playground)} spellcheck={false} autocomplete="off" />
        </label>
        {why ? <p class="refused" role="alert">{why}</p> : (
          <p class="note">Rules end in <code>.rhai</code>, tests in <code>.case.yaml</code>, example intakes in <code>.intake.yaml</code>.</p>
        )}
        <div class="form-end">
          <button type="button" class="button" onClick={close}>Cancel</button>
          <button type="submit" class="button button-main">{renames ? "Rename" : "Make it"}</button>
        </div>
      </form>
    </Dialog>
  );

  function suggested({ project }: Playground): string {
    const folder = firstFile(project.files.value).split("/").slice(0, -1).join("/");
    return `${folder ? `${folder}/` : ""}my-rules.rhai`;
  }

  function refusal(_: Playground, path: string, old: string): string | null {
    if (!isPath(path)) return "This cannot be the path of a file. Write something like topics/my-rules.rhai.";
    if (path !== old && project.text(path) !== undefined) return "There is a file of this name already.";
    return null;
  }
}

function create(playground: Playground, path: string): void {
  playground.engine.together(() => {
    playground.writeFile(path, path.endsWith(".rhai") ? TOPIC : "");
    if (path.endsWith(".rhai")) list(playground, path, null);
  });
  playground.openFile(path, true);
}

function rename(playground: Playground, path: string, old: string): void {
  const { project, editors } = playground;
  const text = project.text(old) ?? "";
  project.write(path, text);
  if (project.open.value === old) project.open.value = path;
  editors.rename(POLICY + old, POLICY + path);
  playground.engine.together(() => {
    playground.engine.change(POLICY + path, text);
    playground.writeFile(old, null);
    if (path.endsWith(".rhai")) list(playground, path, old);
  });
  playground.toasts.say(`Renamed to ${path}.`);
}

/** A topic counts only once the manifest names it. */
function list(playground: Playground, path: string, old: string | null): void {
  const manifest = playground.project.text("remit.yaml");
  if (manifest === undefined) return;
  const lines = manifest.split("\n");
  const named = (line: string, name: string) => new RegExp(`^\\s*-\\s*["']?${name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}["']?\\s*(#.*)?$`).test(line);
  const before = old === null ? -1 : lines.findIndex((line) => named(line, old));
  const last = lines.findLastIndex((line) => /^\s*-\s*\S+\.rhai\b/.test(line));
  if (before >= 0) lines[before] = lines[before]?.replace(old ?? "", path) ?? "";
  else if (last >= 0) lines.splice(last + 1, 0, `${/^\s*/.exec(lines[last] ?? "")?.[0] ?? "  "}- ${path}`);
  else return;
  playground.editors.rewrite(`${POLICY}remit.yaml`, lines.join("\n"), "input.list");
}

function Delete({ playground, path, close }: { playground: Playground; path: string; close(): void }) {
  const { project } = playground;
  const remove = () => {
    const text = project.text(path) ?? "";
    const shown = project.open.value === path;
    close();
    if (shown) {
      const next = firstFile(new Map([...project.files.value].filter(([other]) => other !== path)));
      if (next) playground.openFile(next);
    }
    playground.writeFile(path, null);
    playground.toasts.say(`Deleted ${path}.`, {
      title: "Undo",
      run: () => {
        playground.writeFile(path, text);
        playground.openFile(path);
      },
    });
  };
  return (
    <Dialog title="Delete the file?" close={close}>
      <p><code>{path}</code> is taken out of the policy. You can undo this right after, and nothing on your disk changes.</p>
      <div class="form-end">
        <button type="button" class="button" onClick={close}>Cancel</button>
        <button type="button" class="button button-bad" onClick={remove}>Delete</button>
      </div>
    </Dialog>
  );
}
