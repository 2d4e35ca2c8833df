// Bundles the extension into `dist/`: for the desktop, for the browser, the carried server for both, and the page of
// the decision panel. `--watch` builds again whatever changes.

import * as esbuild from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const wasm = path.join(here, "../../wasm");
const engine = path.join(wasm, "engine/dist");

const common = {
  absWorkingDir: here,
  outdir: "dist",
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  // The engine would look for its wasm there, but is handed it.
  logOverride: { "empty-import-meta": "silent" },
  // Packages of folders beside this one are found here too.
  nodePaths: [path.join(here, "node_modules")],
  // Taken as they are, without installing them here. The engine in its browser flavour: its wasm is handed to it.
  alias: {
    "@remit/engine/full": path.join(engine, "full.js"),
    "@remit/view/view.css": path.join(wasm, "view/src/view.css"),
    "@remit/view": path.join(wasm, "view/src/index.ts"),
  },
};
const builds = [
  { entryPoints: { "extension.node": "src/extension.node.ts", "server.node": "src/carried/server.node.ts" }, platform: "node", format: "cjs", external: ["vscode"] },
  { entryPoints: { "extension.web": "src/extension.web.ts" }, platform: "browser", format: "cjs", external: ["vscode"] },
  { entryPoints: { "server.web": "src/carried/server.web.ts" }, platform: "browser", format: "iife" },
  {
    entryPoints: { panel: "src/panel/page/main.ts" },
    platform: "browser",
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
  },
];

fs.rmSync(path.join(here, "dist"), { recursive: true, force: true });
fs.mkdirSync(path.join(here, "dist"));
fs.copyFileSync(path.join(engine, "full.wasm"), path.join(here, "dist/engine.wasm"));
if (process.argv.includes("--watch")) {
  for (const build of builds) await (await esbuild.context({ ...common, ...build })).watch();
} else {
  await Promise.all(builds.map((build) => esbuild.build({ ...common, ...build })));
}
