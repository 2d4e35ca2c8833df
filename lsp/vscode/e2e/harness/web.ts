// VS Code for the Web with its worker extension host, as @vscode/test-web serves it: no Node behind the extension, and
// files from a file system that is not a disk.

import fs from "node:fs";
import path from "node:path";
import { open } from "@vscode/test-web";
import { freePort, QUIET } from "./code-server.ts";
import { temporary, vsix } from "./places.ts";

const MODULES = path.join(import.meta.dirname, "../node_modules");
const BUILD = "vscode-web-stable-local";

export interface Web {
  url: string;
  stop(): Promise<void>;
}

/** Serves a folder, with the extension as it was packaged. */
export async function startWeb(folder: string, settings: Record<string, unknown> = {}): Promise<Web> {
  fs.mkdirSync(path.join(folder, ".vscode"), { recursive: true });
  fs.writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify({ ...QUIET, ...settings }));
  const home = temporary("web");
  // What test-web would download, laid where it looks for it.
  const build = path.join(home, BUILD);
  fs.mkdirSync(build);
  for (const name of fs.readdirSync(path.join(MODULES, "vscode-web/dist"))) {
    fs.symlinkSync(path.join(fs.realpathSync(MODULES), "vscode-web/dist", name), path.join(build, name));
  }
  fs.writeFileSync(path.join(build, "version"), BUILD);
  const port = await freePort();
  const server = await open({
    browserType: "none",
    extensionDevelopmentPath: unpacked(home),
    folderPath: folder,
    quality: "stable",
    commit: "local",
    testRunnerDataDir: home,
    // Each webview gets an origin of its own below this name.
    host: "localhost",
    port,
    esm: false,
    printServerLog: false,
  });
  return { url: `http://localhost:${port}/`, stop: async () => server.dispose() };
}

/** The extension as it is in its package: `cargo xtask vsix` leaves it unpacked beside. */
function unpacked(home: string): string {
  const folder = path.join(home, "extension");
  fs.cpSync(vsix.replace(/\.vsix$/, ""), folder, { recursive: true });
  return folder;
}
