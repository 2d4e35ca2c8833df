// The carried server as a worker. The first message brings the wasm, all others are LSP's.

import { serve } from "./engine";
import { BROKEN, type Begin } from "./words";

declare const self: DedicatedWorkerGlobalScope;

let take: ((message: object) => void) | undefined;

self.onmessage = ({ data }: MessageEvent) => {
  if (take) {
    take(data);
    return;
  }
  take = serve(
    (data as Begin).wasm,
    (message) => self.postMessage(message),
    (error) => {
      self.postMessage({ [BROKEN]: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      self.close();
    },
  );
};
