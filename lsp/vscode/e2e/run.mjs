// Runs the tests, or with `--bench` the benchmark, on Node 24 in the editors that `install.mjs` brings. Further arguments
// go to Node's test runner (`--test-name-pattern=panel`).
//
// Whatever a run starts belongs to it by a folder for temporary files that is its own, and ends with it: when it is
// done, when it is interrupted, and when it takes longer than it ever should.

import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A run takes some minutes. Nothing is measured by this: it only ends what would never end. */
const DEADLINE = 40 * 60_000;
/** What ends by itself when its test is over has so long for it. */
const GRACE = 10_000;

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "remit-e2e-"));
const env = { ...process.env, TMPDIR: folder };
let child;
process.exitCode = 1;

const overdue = setTimeout(() => {
  console.error(`not done after ${DEADLINE / 60_000} minutes: everything is ended`);
  end(1);
}, DEADLINE);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(1));
process.on("exit", () => {
  kill();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

await run(process.execPath, [path.join(here, "install.mjs")]);
const own = ["x64", "arm64"].map((kind) => path.join(here, `node_modules/node-linux-${kind}/bin/node`)).find(fs.existsSync);
const node = own ?? process.execPath;
const [first, ...rest] = process.argv.slice(2);
if (first === "--bench") {
  await run(node, [path.join(here, "bench.ts"), ...rest]);
} else {
  const tsc = path.join(here, "../node_modules/typescript/bin/tsc");
  for (const project of ["..", "../src/panel/page", "."]) await run(process.execPath, [tsc, "-p", path.join(here, project)]);
  const tests = fs.readdirSync(here).filter((name) => name.endsWith(".test.ts"));
  const given = first === undefined ? [] : [first, ...rest];
  // One after the other: two editors at once would only make each other slow. A file whose tests are over ends, even
  // where none of them was meant and so nothing was put away.
  const flags = ["--test", "--test-concurrency=1", "--test-timeout=300000", "--test-force-exit", "--test-reporter=spec"];
  await run(node, [...flags, ...given, ...tests.map((name) => path.join(here, name))]);
}
await leftOver();
end(0);

/** Runs a program to its end; if it fails, so does everything. */
async function run(program, args) {
  child = spawn(program, args, { stdio: "inherit", env });
  const [status, why] = await new Promise((resolve) => {
    child.once("error", (error) => resolve([1, error.message]));
    child.once("exit", (code, signal) => resolve([code ?? 1, signal ? `ended by ${signal}` : undefined]));
  });
  if (why) console.error(`${path.basename(program)} ${path.basename(args[0])}: ${why}`);
  if (status !== 0) end(status);
}

/** Waits for what was started to be gone, and says what is not. */
async function leftOver() {
  const until = Date.now() + GRACE;
  while (started().length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 200));
  const left = started();
  if (left.length === 0) return;
  console.error(`still running after the last test:\n${left.map(({ line }) => `  ${line}`).join("\n")}`);
  end(1);
}

function end(status) {
  clearTimeout(overdue);
  process.exit(status);
}

/** Ends whatever was started, and what that starts meanwhile. */
function kill() {
  for (let turn = 0; turn < 10; turn += 1) {
    const found = started();
    if (found.length === 0) return;
    for (const { pid } of found) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It is gone already.
      }
    }
  }
}

/** The processes that were started with our folder for temporary files. Where there is no /proc: the child alone. */
function started() {
  if (!fs.existsSync("/proc/self/environ")) {
    return child && child.exitCode === null && child.signalCode === null ? [{ pid: child.pid, line: "a test" }] : [];
  }
  const found = [];
  for (const name of fs.readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const line = fs.readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      const ours = line.includes(folder) || fs.readFileSync(`/proc/${name}/environ`, "latin1").includes(folder);
      // What has ended and waits for its parent has no line.
      if (ours && line !== "") found.push({ pid: Number(name), line: line.slice(0, 200) });
    } catch {
      // It has ended, or is somebody else's.
    }
  }
  return found;
}
