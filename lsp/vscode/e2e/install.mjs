// Installs the editors, the browser driver and Node 24 that the tests need, once for each lock file.
//
// They go to `target/vscode/editors-…` at the top of the repository, and a link `node_modules` beside this file
// leads there. Runs on the Node of the system, before any other is there. Prints where Node 24 is.

import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const inputs = ["package.json", "package-lock.json", ".npmrc", "install.mjs"];
const digest = createHash("sha256");
for (const name of inputs) digest.update(fs.readFileSync(path.join(here, name)));
const target = path.resolve(process.env.CARGO_TARGET_DIR ?? path.join(here, "../../../target"), "vscode");
const folder = path.join(target, `editors-${digest.digest("hex").slice(0, 12)}`);
const done = path.join(folder, "installed");

if (!fs.existsSync(done)) {
  console.log("installing: code-server, VS Code for the Web, playwright-core and Node 24, with npm (about a minute)");
  for (const name of fs.existsSync(target) ? fs.readdirSync(target) : []) {
    if (name.startsWith("editors-")) fs.rmSync(path.join(target, name), { recursive: true, force: true });
  }
  fs.mkdirSync(folder, { recursive: true });
  for (const name of inputs) fs.copyFileSync(path.join(here, name), path.join(folder, name));
  npm(["ci"], folder);
  // VS Code's own parts lie inside code-server with a lock of their own, which `npm ci` finds incomplete. Nothing is compiled: what the missing
  // native parts do (a faster log, a watchdog) is not needed here.
  npm(["install", "--omit=dev"], path.join(folder, "node_modules/code-server/lib/vscode"));
  fs.writeFileSync(done, "");
}
const link = path.join(here, "node_modules");
fs.rmSync(link, { recursive: true, force: true });
fs.symlinkSync(path.join(folder, "node_modules"), link);

function npm(args, cwd) {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const ran = spawnSync("npm", [...args, ...quiet], { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (ran.status !== 0) {
    console.error(`\`npm ${args.join(" ")}\` failed in ${cwd}`);
    process.exit(1);
  }
}
