// A connection to a worker. When the worker breaks the connection ends, as that to a process would: then the client
// starts another one.

import { BrowserMessageReader, BrowserMessageWriter, type MessageTransports } from "vscode-languageclient/browser";
import { BROKEN, type Begin } from "./words";

/** A reader that can be told that nothing comes any more. */
class Reader extends BrowserMessageReader {
  end(error: Error): void {
    this.fireError(error);
    this.fireClose();
  }
}

/** Starts a worker and hands it the server's wasm. */
export function connectWorker(script: string, wasm: Uint8Array): MessageTransports {
  const worker = new Worker(script, { name: "Remit" });
  const reader = new Reader(worker as never);
  const writer = new BrowserMessageWriter(worker as never);
  const end = (why: string) => {
    worker.terminate();
    reader.end(new Error(why));
  };
  worker.addEventListener("message", ({ data }) => {
    if (data && typeof data === "object" && BROKEN in data) end(String(data[BROKEN]));
  });
  worker.addEventListener("error", ({ message }) => end(message));
  worker.postMessage({ wasm } satisfies Begin);
  return { reader, writer, detached: false };
}
