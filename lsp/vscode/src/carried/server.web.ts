// The carried server as a worker. The first message brings the wasm, all others are LSP's.

import { load } from "./engine";
import { Loop } from "./loop";
import { BROKEN, type Begin } from "./words";

declare const self: DedicatedWorkerGlobalScope;

let loop: Loop | undefined;

self.onmessage = ({ data }: MessageEvent) => {
  if (loop) {
    loop.take(data);
    return;
  }
  loop = new Loop(
    load((data as Begin).wasm),
    (message) => self.postMessage(message),
    (error) => {
      self.postMessage({ [BROKEN]: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      self.close();
    },
  );
};
