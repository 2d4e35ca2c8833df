// The server from `@remit/engine`, with its wasm handed in: the file is the same for process and worker.

import { initSync, LanguageServer } from "@remit/engine/full";
import type { Engine } from "./loop";

export function load(wasm: Uint8Array): Engine {
  initSync(wasm as Uint8Array<ArrayBuffer>);
  return new LanguageServer();
}
