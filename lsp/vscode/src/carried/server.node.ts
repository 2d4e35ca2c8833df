// The carried server as a process: started by the extension, spoken to over IPC, gone when the extension is.

import * as fs from "node:fs";
import * as path from "node:path";
import { serve } from "./engine";

let shutDown = false;
const take = serve(
  fs.readFileSync(path.join(__dirname, "engine.wasm")),
  (message) => process.send?.(message),
  (error) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);

process.on("message", (message: { method?: string }) => {
  if (message.method === "exit") process.exit(shutDown ? 0 : 1);
  if (message.method === "shutdown") shutDown = true;
  take(message);
});
process.on("disconnect", () => process.exit(0));
