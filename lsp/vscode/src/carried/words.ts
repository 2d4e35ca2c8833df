// What a worker and the extension say to each other besides LSP.

/** The first message to the worker. */
export interface Begin {
  wasm: Uint8Array;
}

/** The key of the last message of a worker that broke; its value says why. */
export const BROKEN = "remit/broken";
