import begun, * as glue from "#glue";
import { fetched, shipped } from "#module";
import { faulted, kind, RemitError } from "./errors.js";

/** Where the engine's WebAssembly module comes from. */
export type ModuleSource =
  | string
  | URL
  | Response
  | BufferSource
  | WebAssembly.Module
  | PromiseLike<Response | BufferSource | WebAssembly.Module>;

let started = false;
let starting: Promise<void> | undefined;

/** The instance stopped in the middle of something: the next call gets a new one. */
let broken = false;

/** Counts the instances: objects of one that stopped cannot be used any more. */
let generation = 0;

/**
 * Starts the engine; await it once before anything else. Further calls wait for the first.
 *
 * @param source Where the module comes from: an address, a response, bytes, or a compiled module. Left out, it
 * is the file that this package ships.
 */
export function init(source?: ModuleSource): Promise<void> {
  if (started) return Promise.resolve();
  starting ??= begin(source).finally(() => {
    starting = undefined;
  });
  return starting;
}

/** As `init`, at once, from bytes or a compiled module. */
export function initSync(source: BufferSource | WebAssembly.Module): void {
  if (started) return;
  try {
    const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
    glue.initSync({ module });
  } catch (error) {
    throw unloadable(error);
  }
  started = true;
}

async function begin(source: ModuleSource | undefined): Promise<void> {
  try {
    const module = await compiled(source);
    if (started) return;
    await begun({ module_or_path: module });
  } catch (error) {
    throw unloadable(error);
  }
  started = true;
}

async function compiled(source: ModuleSource | undefined): Promise<WebAssembly.Module> {
  if (source === undefined) return shipped();
  if (typeof source === "string" || source instanceof URL) return fetched(source);
  const given = await source;
  if (given instanceof WebAssembly.Module) return given;
  if (typeof Response === "function" && given instanceof Response) {
    if (!given.ok) throw new Error(`the server answered ${given.status} for ${given.url}`);
    return WebAssembly.compile(await given.arrayBuffer());
  }
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return WebAssembly.compile(given);
  throw new RemitError(
    "argument",
    `the module has to be an address, a response, bytes or a WebAssembly.Module, not ${kind(given)}`,
  );
}

function unloadable(error: unknown): RemitError {
  if (error instanceof RemitError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new RemitError("not-loaded", `the engine's module cannot be used: ${reason}`, { cause: error });
}

/** Something inside one instance of the engine, until it is freed or the instance stops. */
export class Held<Raw extends { free(): void }> {
  #raw: Raw | undefined;
  #generation = generation;
  #called: string;

  /** @param called What a message calls it: `engine`. */
  constructor(raw: Raw, called: string) {
    this.#raw = raw;
    this.#called = called;
  }

  /** Asks it; whatever it throws becomes a `RemitError`. */
  ask<T>(run: (raw: Raw) => T): T {
    const raw = this.#raw;
    if (raw === undefined) throw new RemitError("freed", `this ${this.#called} was freed`);
    return call(() => run(raw), this.#generation);
  }

  /** Gives its memory back. What belongs to an instance that stopped has none. */
  free(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    if (raw !== undefined && this.#generation === generation) raw.free();
  }
}

/** Calls the engine, in the instance of now or not at all; whatever it throws becomes a `RemitError`. */
export function call<T>(run: () => T, of: number = generation): T {
  if (!started) throw new RemitError("not-started", "the engine is not started: `await init()` first");
  if (of !== generation) {
    throw new RemitError("crashed", "the engine stopped since this object was made: make a new one");
  }
  if (broken) revive();
  try {
    return run();
  } catch (error) {
    if (typeof error === "string") throw faulted(error);
    if (error instanceof RemitError) throw error;
    throw crashed(error);
  }
}

/** The instance cannot be trusted any more: a new one takes its place, without the objects of the old. */
function crashed(error: unknown): RemitError {
  // Before anything that may fail too: there may be no stack left for more.
  generation += 1;
  broken = true;
  let panic = "";
  try {
    panic = glue.lastPanic();
  } catch {
    // Not even that works; the error itself says something.
  }
  const reason = panic || (error instanceof Error ? error.message : String(error));
  return new RemitError(
    "crashed",
    `the engine stopped; this should never happen, please report it. Make new objects to go on. (${reason})`,
    { cause: error },
  );
}

function revive(): void {
  try {
    glue.__wbg_reset_state();
  } catch (error) {
    throw new RemitError("crashed", "the engine stopped and cannot be started again", { cause: error });
  }
  broken = false;
}

/** The version of the engine. */
export function version(): string {
  return call(() => glue.version());
}
