// What of a folder, an archive or a link is taken for a policy.

import { Refused } from "../share/codec";

/** A policy has no more files than this. */
export const MAX_FILES = 500;
/** No file is longer than this, in bytes: the engine reads no longer ones. */
export const MAX_FILE = 2 << 20;
/** All files together. */
export const MAX_TOTAL = 16 << 20;

const ENDINGS = [".rhai", ".yaml", ".yml", ".json", ".md", ".txt"];

/** Whether a name can be a file of a policy: a path inside of it that no file system chokes on. */
export function isPath(path: string): boolean {
  return path.length > 0 && path.length <= 200 && !/[\\:*?"<>|\0-\x1f]/.test(path)
    && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** Whether a file is worth reading: a text that belongs to a policy. */
export function isWanted(path: string): boolean {
  const hidden = path.split("/").some((part) => part.startsWith(".") || part === "node_modules" || part === "__MACOSX" || part === "target");
  return !hidden && isPath(path) && ENDINGS.some((ending) => path.toLowerCase().endsWith(ending));
}

/** The policy among the files of a folder: those beside the outermost `remit.yaml` and below it. */
export function policyOf(files: Map<string, string>): { root: string; files: Map<string, string> } {
  const manifests = [...files.keys()].filter((path) => path === "remit.yaml" || path.endsWith("/remit.yaml"));
  const [first] = manifests.sort((one, other) => one.split("/").length - other.split("/").length || one.localeCompare(other));
  if (first === undefined) {
    throw new Refused("There is no policy here: its folder holds a file called remit.yaml, and this one has none.");
  }
  const root = first.slice(0, -"remit.yaml".length);
  const inside = [...files].filter(([path]) => path.startsWith(root)).map(([path, text]): [string, string] => [path.slice(root.length), text]);
  return { root, files: new Map(inside.sort(([one], [other]) => one.localeCompare(other))) };
}

/** Counts what is read, and refuses what is too much. */
export class Budget {
  #files = 0;
  #bytes = 0;

  take(path: string, bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
    if (bytes > MAX_FILE) throw new Refused(`${path} is larger than ${MAX_FILE >> 20} MB. No file of a policy is.`);
    if (this.#files > MAX_FILES) throw new Refused(`There are more than ${MAX_FILES} files. Open the policy's own folder.`);
    if (this.#bytes > MAX_TOTAL) throw new Refused(`The files are larger than ${MAX_TOTAL >> 20} MB together. Open the policy's own folder.`);
  }
}

/** The text of a file; what is no text is refused. */
export function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(`${path} is not a text in UTF-8.`);
  }
}
