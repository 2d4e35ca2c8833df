// The policy's files as a tree.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ProblemCount } from "../engine/protocol";
import type { Playground } from "../state/playground";
import { Icon } from "../ui/icons";

interface Folder {
  name: string;
  files: string[];
}

/** The files at the top, then each folder; what is deeper stands in its folder with its path. */
function grouped(paths: string[]): { top: string[]; folders: Folder[] } {
  const folders = new Map<string, string[]>();
  const top: string[] = [];
  for (const path of paths) {
    const cut = path.indexOf("/");
    if (cut < 0) top.push(path);
    else folders.set(path.slice(0, cut), [...folders.get(path.slice(0, cut)) ?? [], path]);
  }
  const rules = (folder: Folder) => folder.files.some((path) => path.endsWith(".rhai")) ? 0 : 1;
  const sorted = [...folders].map(([name, files]) => ({ name, files }));
  return { top, folders: sorted.sort((one, other) => rules(one) - rules(other) || one.name.localeCompare(other.name)) };
}

export function Tree({ playground, ask }: { playground: Playground; ask(what: "rename" | "delete", path: string): void }) {
  const { project, problems } = playground;
  const root = useRef<HTMLDivElement>(null);
  const shut = useSignal<ReadonlySet<string>>(new Set(["tests", "examples"]));
  const { top, folders } = grouped([...project.files.value.keys()]);
  const open = project.open.value;

  const toggle = (name: string, to?: boolean) => {
    const next = new Set(shut.value);
    if (to ?? next.has(name)) next.delete(name);
    else next.add(name);
    shut.value = next;
  };
  const keys = (event: KeyboardEvent) => {
    const rows = [...root.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? []].filter((row) => row.offsetParent !== null);
    const row = (event.target as HTMLElement).closest<HTMLElement>("[role=treeitem]");
    if (!row) return;
    const at = rows.indexOf(row);
    const { folder, path } = row.dataset;
    const go = (to: number) => rows[Math.min(Math.max(to, 0), rows.length - 1)]?.focus();
    const expanded = row.getAttribute("aria-expanded");
    switch (event.key) {
      case "ArrowDown": go(at + 1); break;
      case "ArrowUp": go(at - 1); break;
      case "Home": go(0); break;
      case "End": go(rows.length - 1); break;
      case "ArrowRight":
        if (folder && expanded === "false") toggle(folder, true);
        else if (folder) go(at + 1);
        break;
      case "ArrowLeft":
        if (folder && expanded === "true") toggle(folder, false);
        else root.current?.querySelector<HTMLElement>(`[data-folder="${row.dataset["in"]}"]`)?.focus();
        break;
      case "Enter":
      case " ":
        if (folder) toggle(folder);
        else if (path) playground.openFile(path, event.key === "Enter");
        break;
      case "F2":
        if (path) ask("rename", path);
        break;
      case "Delete":
        if (path) ask("delete", path);
        break;
      default: {
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
        const wanted = event.key.toLowerCase();
        const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find((other) => other.textContent?.trim().toLowerCase().startsWith(wanted));
        if (!next) return;
        next.focus();
      }
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const file = (path: string, level: number, inside?: string) => {
    const found = problems.value[path];
    const changed = project.changed.value.has(path);
    const name = inside ? path.slice(inside.length + 1) : path;
    return (
      <div
        key={path}
        class={`tree-row tree-file${path === open ? " is-open" : ""}`}
        role="treeitem"
        aria-level={level}
        aria-selected={path === open}
        tabIndex={path === open ? 0 : -1}
        data-path={path}
        data-in={inside}
        title={path}
        onClick={() => playground.openFile(path)}
      >
        <span class="tree-name">{shortened(name)}</span>
        {changed && <span class="tree-changed" role="img" aria-label="changed" title="Changed since it was opened" />}
        {found && <Count of={found} />}
      </div>
    );
  };

  const anyOpen = [...project.files.value.keys()].includes(open) && (!open.includes("/") || !shut.value.has(open.split("/")[0] ?? ""));
  return (
    <div class="tree" role="tree" aria-label="Files of the policy" ref={root} onKeyDown={keys}>
      {folders.map(({ name, files }, at) => {
        const isOpen = !shut.value.has(name);
        const all = sum(files.flatMap((path) => problems.value[path] ?? []));
        const calm = all.errors + all.failures === 0;
        return (
          <div key={name} role="none">
            <div
              class="tree-row tree-folder"
              role="treeitem"
              aria-level={1}
              aria-expanded={isOpen}
              tabIndex={!anyOpen && at === 0 ? 0 : -1}
              data-folder={name}
              onClick={() => toggle(name)}
            >
              <Icon name={isOpen ? "down" : "chevron"} />
              <span class="tree-name">{name}</span>
              {!isOpen && !calm && <Count of={all} />}
              {!isOpen && calm && files.some((path) => project.changed.value.has(path)) && <span class="tree-changed" role="img" aria-label="changed" />}
            </div>
            {isOpen && <div role="group">{files.map((path) => file(path, 2, name))}</div>}
          </div>
        );
      })}
      {top.map((path) => file(path, 1))}
    </div>
  );
}

/** The worst of what is wrong, counted. */
function Count({ of }: { of: ProblemCount }) {
  const kinds: [number, string, string][] = [
    [of.errors, "is-bad", of.errors === 1 ? "mistake" : "mistakes"],
    [of.failures, "is-bad", of.failures === 1 ? "expectation of a test is not met" : "expectations of tests are not met"],
    [of.warnings, "is-warn", of.warnings === 1 ? "warning" : "warnings"],
  ];
  const worst = kinds.find(([number]) => number > 0);
  if (!worst) return null;
  const [number, tone, what] = worst;
  return <span class={`tree-count ${tone}`} role="img" aria-label={`${number} ${what}`} title={`${number} ${what}`}>{number}</span>;
}

function sum(counts: ProblemCount[]): ProblemCount {
  const total = { errors: 0, warnings: 0, failures: 0 };
  for (const one of counts) {
    total.errors += one.errors;
    total.warnings += one.warnings;
    total.failures += one.failures;
  }
  return total;
}

/** The ending says nothing new inside of its folder. */
function shortened(name: string): string {
  return name.replace(/\.(case\.yaml|intake\.yaml)$/, "");
}
