// Runs the tests, or with `--bench` the benchmark, on Node 24 in the editors that `install.mjs` brings. Further arguments
// go to Node's test runner (`--test-name-pattern=panel`).

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
run(process.execPath, [path.join(here, "install.mjs")]);

const own = ["x64", "arm64"].map((kind) => path.join(here, `node_modules/node-linux-${kind}/bin/node`)).find(fs.existsSync);
const node = own ?? process.execPath;
const [first, ...rest] = process.argv.slice(2);
if (first === "--bench") {
  run(node, [path.join(here, "bench.ts"), ...rest]);
} else {
  run(process.execPath, [path.join(here, "../node_modules/typescript/bin/tsc"), "-p", path.join(here, "..")]);
  run(process.execPath, [path.join(here, "../node_modules/typescript/bin/tsc"), "-p", path.join(here, "../src/panel/page")]);
  run(process.execPath, [path.join(here, "../node_modules/typescript/bin/tsc"), "-p", here]);
  const tests = fs.readdirSync(here).filter((name) => name.endsWith(".test.ts"));
  const given = first === undefined ? [] : [first, ...rest];
  // One after the other: two editors at once would only make each other slow.
  const flags = ["--test", "--test-concurrency=1", "--test-timeout=120000", "--test-reporter=spec", ...given];
  run(node, [...flags, ...tests.map((name) => path.join(here, name))]);
}

function run(program, args) {
  const { status } = spawnSync(program, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
