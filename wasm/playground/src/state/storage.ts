// Unsaved work, kept by this browser. Every tab has its own record, so that two tabs never write over each other;
// a new tab starts with the newest one.

export interface Work {
  origin: Origin;
  /** What changes are compared with; absent for the built-in policy. */
  loaded?: [string, string][];
  /** The policy's files; absent while they are as loaded. */
  files?: [string, string][];
  request: { name: string; text: string };
  /** Other intakes that were changed. */
  drafts: [string, string][];
  open: string;
  saved: number;
}

/** Where a policy came from. */
export type Origin = { is: "built-in" } | { is: "folder" | "zip" | "link"; name: string };

const NAME = "remit-playground";
const STORE = "work";
/** As many tabs are remembered. */
const KEPT = 6;

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser keeps nothing"));
    request.onblocked = () => reject(new Error("the browser keeps nothing at the moment"));
  });
}

async function run<T>(mode: IDBTransactionMode, action: (store: IDBObjectStore) => IDBRequest<T> | null): Promise<T | undefined> {
  const opened = await database();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = opened.transaction(STORE, mode);
      const request = action(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("there is no room left"));
      transaction.onerror = () => reject(transaction.error ?? new Error("it could not be written"));
    });
  } finally {
    opened.close();
  }
}

/** This tab's name; it outlives a reload. */
function tab(): { key: string; known: boolean } {
  try {
    const known = sessionStorage.getItem(NAME);
    if (known) return { key: known, known: true };
    const key = crypto.randomUUID?.() ?? String(Math.random());
    sessionStorage.setItem(NAME, key);
    return { key, known: false };
  } catch {
    return { key: "only", known: true };
  }
}

const mine = tab();

/** What was left unsaved here, if anything was. */
export async function remembered(): Promise<Work | null> {
  const own = mine.known ? await run("readonly", (store) => store.get(mine.key) as IDBRequest<Work | undefined>) : undefined;
  if (own) return own;
  if (mine.known && mine.key !== "only") return null;
  const all = await run("readonly", (store) => store.getAll() as IDBRequest<Work[]>) ?? [];
  return all.sort((one, other) => other.saved - one.saved)[0] ?? null;
}

export async function remember(work: Work): Promise<void> {
  await run("readwrite", (store) => store.put(work, mine.key));
  const keys = await run("readonly", (store) => store.getAllKeys()) ?? [];
  if (keys.length <= KEPT) return;
  const all = await Promise.all(keys.map(async (key) => ({ key, work: await run("readonly", (store) => store.get(key) as IDBRequest<Work>) })));
  const old = all.sort((one, other) => (other.work?.saved ?? 0) - (one.work?.saved ?? 0)).slice(KEPT);
  for (const { key } of old) if (key !== mine.key) await run("readwrite", (store) => store.delete(key));
}

export async function forget(): Promise<void> {
  await run("readwrite", (store) => store.delete(mine.key));
}

/** Small settings that are not work: the theme, which hints were closed. */
export function setting(name: string): string | null {
  try {
    return localStorage.getItem(`${NAME}-${name}`);
  } catch {
    return null;
  }
}

export function set(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`${NAME}-${name}`);
    else localStorage.setItem(`${NAME}-${name}`, value);
  } catch {
    // A browser that keeps nothing still works; it only forgets.
  }
}
