// The server from `@remit/engine`, with its wasm handed in: the file is the same for process and worker.

import { initSync, LanguageServer } from "@remit/engine/full";

/** Starts it; what it says is sent. `broken` hears why it stopped. Gives what takes the client's messages. */
export function serve(
  wasm: Uint8Array,
  send: (message: unknown) => void,
  broken: (error: unknown) => void,
): (message: object) => void {
  initSync(wasm as Uint8Array<ArrayBuffer>);
  return LanguageServer.drive((message) => send(JSON.parse(message)), broken);
}
