// What is worked on: the policy's files, what they are compared with, and the intake. Plain data with signals; who
// draws or decides watches them.

import { computed, signal } from "@preact/signals";
import type { Origin } from "./storage";

export type Files = ReadonlyMap<string, string>;

export interface Request {
  /** Its file's name; the ending says how it is written. */
  name: string;
  text: string;
}

/** What an empty intake is called. */
export const UNTITLED = "my-change.intake.yaml";

export class Project {
  /** The policy that comes with this page. */
  builtIn: Files = new Map();
  digest = "";
  readonly origin = signal<Origin>({ is: "built-in" });
  readonly files = signal<Files>(new Map());
  /** The policy as it was opened. */
  readonly loaded = signal<Files>(new Map());
  readonly request = signal<Request>({ name: UNTITLED, text: "" });
  /** Intakes that were changed and left for another. */
  readonly drafts = signal<Files>(new Map());
  /** The file that the policy's editor shows. */
  readonly open = signal("");

  /** Files that are not as they were opened. */
  readonly changed = computed<ReadonlySet<string>>(() => {
    const [files, loaded] = [this.files.value, this.loaded.value];
    const changed = new Set<string>();
    for (const [path, text] of files) if (loaded.get(path) !== text) changed.add(path);
    for (const path of loaded.keys()) if (!files.has(path)) changed.add(path);
    return changed;
  });

  text(path: string): string | undefined {
    return this.files.value.get(path);
  }

  write(path: string, text: string | null): void {
    const files = new Map(this.files.value);
    if (text === null) files.delete(path);
    else files.set(path, text);
    this.files.value = files;
  }

  /** What the manifest says of itself, without reading all of it. */
  manifest(key: string): string | null {
    const found = new RegExp(`^${key}:[ \\t]*["']?([^"'#\\n]+?)["']?[ \\t]*(?:#.*)?$`, "m").exec(this.text("remit.yaml") ?? "");
    return found?.[1]?.trim() ?? null;
  }

  /** The folder of the policy's tests or examples, without a slash at its end. */
  folder(kind: "tests" | "examples"): string | null {
    return this.manifest(kind)?.replace(/\/+$/, "") ?? null;
  }

  /** The example intakes, by their path in the policy. */
  examples(): [path: string, text: string][] {
    const folder = this.folder("examples");
    if (!folder) return [];
    return [...this.files.value].filter(([path]) => path.startsWith(`${folder}/`) && isIntake(path));
  }
}

export function isIntake(path: string): boolean {
  return /\.intake\.(ya?ml|json)$/i.test(path);
}

/** The name of a file without its folders and without what says what it is. */
export function shortName(path: string): string {
  return (path.split("/").pop() ?? path).replace(/\.(intake\.(ya?ml|json)|case\.ya?ml|rhai)$/i, "");
}

/** The file to begin with: the first topic. */
export function firstFile(files: Files): string {
  const paths = [...files.keys()];
  const manifest = files.get("remit.yaml") ?? "";
  const topic = /^\s*-\s*["']?([^\s"']+\.rhai)/m.exec(manifest)?.[1];
  return topic && files.has(topic) ? topic : paths.find((path) => path.endsWith(".rhai")) ?? paths[0] ?? "";
}
