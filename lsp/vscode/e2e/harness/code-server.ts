// VS Code's workbench and its Node extension host, as code-server serves them, with our extension installed from its
// package. Nothing named `remit` is on the path of what it starts.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { temporary, vsix } from "./places.ts";

const ENTRY = path.join(import.meta.dirname, "../node_modules/code-server/out/node/entry.js");

/** What every test wants: quiet, and nothing fetched from anywhere. */
export const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "files.hotExit": "off",
  "window.commandCenter": false,
  "window.autoDetectColorScheme": true,
};

export interface CodeServer {
  url(folder: string): string;
  stop(): Promise<void>;
}

export interface Options {
  /** Every folder is trusted. */
  trust: boolean;
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  /** Other extensions, by their folders' names: their files. */
  neighbours?: Record<string, Record<string, string>>;
}

/** Starts it with the extension installed. */
export async function startCodeServer(options: Options): Promise<CodeServer> {
  const home = temporary("code-server");
  const settings = {
    ...QUIET,
    "security.workspace.trust.enabled": !options.trust,
    "security.workspace.trust.startupPrompt": "never",
    ...options.settings,
  };
  // What belongs to a machine is read from where the extension host runs.
  for (const name of ["User", "Machine"]) {
    fs.mkdirSync(path.join(home, "data", name), { recursive: true });
    fs.writeFileSync(path.join(home, "data", name, "settings.json"), JSON.stringify(settings));
  }
  for (const [name, files] of Object.entries(options.neighbours ?? {})) {
    const folder = path.join(home, "extensions", name);
    fs.mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text);
  }
  const folders = ["--user-data-dir", path.join(home, "data"), "--extensions-dir", path.join(home, "extensions")];
  const env = { ...cleanEnvironment(home), ...options.env };
  const installed = spawnSync(process.execPath, [ENTRY, ...folders, "--install-extension", vsix], { env, encoding: "utf8" });
  if (installed.status !== 0) throw new Error(`the extension was not installed: ${installed.stdout}${installed.stderr}`);

  const port = await freePort();
  const log = fs.openSync(path.join(home, "log"), "w");
  const flags = [
    ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"],
    ...["--disable-getting-started-override", "--config", path.join(home, "config.yaml")],
  ];
  const child = spawn(process.execPath, [ENTRY, ...folders, ...flags], { env, stdio: ["ignore", log, log] });
  process.on("exit", () => child.kill("SIGKILL"));
  await answers(`http://127.0.0.1:${port}/healthz`, child, path.join(home, "log"));
  return {
    url: (folder) => `http://127.0.0.1:${port}/?folder=${encodeURI(folder)}`,
    stop: () => stop(child),
  };
}

/** The environment without our own programs, and with a home of its own. */
function cleanEnvironment(home: string): NodeJS.ProcessEnv {
  const own = (folder: string) => !fs.existsSync(path.join(folder, "remit"));
  const paths = (process.env.PATH ?? "").split(path.delimiter).filter(own);
  return { PATH: paths.join(path.delimiter), HOME: home, LANG: "C.UTF-8", XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string, child: ChildProcess, log: string): Promise<void> {
  for (const until = Date.now() + 180_000; Date.now() < until; ) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`code-server did not start:\n${fs.readFileSync(log, "utf8")}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}
