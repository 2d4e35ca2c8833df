// What a shared link says: the policy, the intake, and what was looked at. A policy that comes from the built-in one
// is written as what differs from it, unless the whole is asked for.

import { isPath } from "../files/limits";
import { deflate, inflate, Refused } from "./codec";

/** The version of what stands in a link. */
const VERSION = 1;
const MARK = "#p1=";

export interface Shared {
  /** Every file of the policy. */
  files: Map<string, string>;
  /** The policy that changes were compared with; the built-in one where there is none. */
  loaded: Map<string, string> | null;
  request: { name: string; text: string };
  open: string;
  today: string;
  /** Something to know about how it was read. */
  note: string | null;
}

interface Written {
  v: number;
  /** The digest of the built-in policy that `files` differs from; absent where `files` is everything. */
  on?: string;
  files: Record<string, string | null>;
  loaded?: Record<string, string>;
  request: [name: string, text: string];
  open: string;
  today: string;
}

export interface BuiltIn {
  digest: string;
  files: Map<string, string>;
}

export async function makeLink(address: string, shared: Omit<Shared, "note">, builtIn: BuiltIn, whole: boolean): Promise<string> {
  const small = !whole && shared.loaded === null;
  const written: Written = {
    v: VERSION,
    ...(small ? { on: builtIn.digest } : {}),
    files: small ? differs(builtIn.files, shared.files) : Object.fromEntries(shared.files),
    ...(shared.loaded ? { loaded: Object.fromEntries(shared.loaded) } : {}),
    request: [shared.request.name, shared.request.text],
    open: shared.open,
    today: shared.today,
  };
  return address.split("#")[0] + MARK + await deflate(JSON.stringify(written));
}

function differs(from: Map<string, string>, to: Map<string, string>): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const [path, text] of to) if (from.get(path) !== text) changed[path] = text;
  for (const path of from.keys()) if (!to.has(path)) changed[path] = null;
  return changed;
}

/** Whether the part of an address after `#` is one of ours. */
export function isLink(fragment: string): boolean {
  return /^#p\d+=/.test(fragment);
}

export async function readLink(fragment: string, builtIn: BuiltIn): Promise<Shared> {
  if (!fragment.startsWith(MARK)) {
    throw new Refused("The link was made by a newer version of this page. Reload the page, or ask for a new link.");
  }
  const text = await inflate(fragment.slice(MARK.length));
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Refused("The link is damaged: what it holds cannot be read. Ask for it again.");
  }
  const written = checked(found);
  const based = written.on !== undefined;
  const files = new Map(based ? builtIn.files : []);
  for (const [path, content] of Object.entries(written.files)) {
    if (content === null) files.delete(path);
    else files.set(path, content);
  }
  return {
    files,
    loaded: written.loaded ? new Map(Object.entries(written.loaded)) : null,
    request: { name: written.request[0], text: written.request[1] },
    open: written.open,
    today: written.today,
    note: based && written.on !== builtIn.digest
      ? "The link was made with another version of the built-in policy. Its changes are shown on top of this version."
      : null,
  };
}

function checked(found: unknown): Written {
  const damaged = new Refused("The link is damaged: what it holds is not a policy and an intake. Ask for it again.");
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
  const isFiles = (value: unknown, gone: boolean) =>
    isObject(value) && Object.entries(value).every(([path, text]) => isPath(path) && (typeof text === "string" || (gone && text === null)));
  if (!isObject(found)) throw damaged;
  if (found["v"] !== VERSION) throw new Refused("The link was made by another version of this page, and cannot be read by this one.");
  const { on, files, loaded, request, open, today } = found;
  const good = (on === undefined || typeof on === "string")
    && isFiles(files, on !== undefined)
    && (loaded === undefined || isFiles(loaded, false))
    && Array.isArray(request) && request.length === 2 && request.every((part) => typeof part === "string") && isPath(request[0] as string)
    && typeof open === "string" && typeof today === "string" && /^\d{4}-\d\d-\d\d$/.test(today);
  if (!good) throw damaged;
  return found as unknown as Written;
}
