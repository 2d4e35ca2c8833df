// Prints how large what a browser loads is, and holds it to a budget: `node build/sizes.mjs engine full`.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Bytes after gzip that a build may not exceed. */
const BUDGET = { engine: 1_100_000, full: 1_300_000 };

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const count = (bytes) => bytes.toLocaleString("en");
let over = false;
console.log(`  ${"module".padEnd(14)}${["raw", "gzip", "brotli", "budget"].map((head) => head.padStart(12)).join("")}`);
for (const name of process.argv.slice(2)) {
  const bytes = readFileSync(join(dist, `${name}.wasm`));
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const brotli = brotliCompressSync(bytes, { params }).length;
  const cells = [bytes.length, gzip, brotli, BUDGET[name]].map((size) => count(size).padStart(12));
  console.log(`  ${`${name}.wasm`.padEnd(14)}${cells.join("")}`);
  if (gzip > BUDGET[name]) {
    over = true;
    console.error(`${name}.wasm is ${count(gzip - BUDGET[name])} bytes over its budget after gzip`);
  }
}
process.exitCode = over ? 1 : 0;
