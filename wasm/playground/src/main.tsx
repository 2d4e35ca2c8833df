// Starts the page: reads the engine's module while the page is drawn, and hands it to the worker.

import moduleUrl from "@remit/engine/full.wasm?url";
import "@remit/view/view.css";
import { render } from "preact";
import { App } from "./app";
import "./style/page.css";
import "./style/controls.css";
import "./style/dialogs.css";
import "./style/results.css";
import { begin, follow } from "./state/open";
import { Playground } from "./state/playground";
import { restoreSplits } from "./ui/splitter";
import { startTheme } from "./ui/theme";

startTheme();
restoreSplits(["split-rows", "split-columns"]);

/** Compiled once, for this worker and for any that takes its place. */
async function compiled(): Promise<WebAssembly.Module | null> {
  const response = await fetch(moduleUrl);
  if (!response.ok) return null;
  if (response.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

const makeWorker = () => new Worker(new URL("./engine/worker.ts", import.meta.url), { type: "module", name: "engine" });
const playground = new Playground(makeWorker, compiled(), begin);
const root = document.getElementById("app");
if (root) render(<App playground={playground} />, root);

addEventListener("hashchange", () => void follow(playground));

if ("serviceWorker" in navigator && import.meta.env.PROD) {
  // So that the page also opens without a network. Where that is not possible it works all the same.
  navigator.serviceWorker.register("./offline.js").catch(() => {});
}
