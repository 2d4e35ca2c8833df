// A set of files, and the engine that they make once somebody asks for it.

import { Engine } from "@remit/engine/full";
import { POLICY } from "./protocol";

export class Policy {
  readonly files: ReadonlyMap<string, string>;
  #engine: Engine | null | undefined;

  constructor(files: Iterable<[string, string]>) {
    this.files = new Map(files);
  }

  /** `null` where the files do not load. */
  get engine(): Engine | null {
    if (this.#engine === undefined) {
      this.#engine = Engine.load(Object.fromEntries(this.files), { prefix: POLICY }).engine ?? null;
    }
    return this.#engine;
  }

  /** The same files but for these; `null` takes one away. */
  with(changes: Iterable<[path: string, text: string | null]>): Policy {
    const files = new Map(this.files);
    for (const [path, text] of changes) {
      if (text === null) files.delete(path);
      else files.set(path, text);
    }
    return new Policy(files);
  }

  free(): void {
    this.#engine?.free();
    this.#engine = undefined;
  }
}
