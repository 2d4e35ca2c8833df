// Prints how large what a browser loads is, beside the budget that was asked for, and fails where it has grown past
// its ceiling: `node build/sizes.mjs engine full`.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Bytes after gzip that were asked for. */
const BUDGET = { engine: 1_100_000, full: 1_300_000 };

/** Bytes after gzip that a build may not exceed: a little more than it has. Lower it with every gain; it never rises. */
const CEILING = { engine: 1_285_000, full: 1_740_000 };

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const count = (bytes) => bytes.toLocaleString("en");
const columns = ["raw", "gzip", "brotli", "budget", "ceiling"];
const notes = [];
console.log(`  ${"module".padEnd(14)}${columns.map((head) => head.padStart(12)).join("")}`);
for (const name of process.argv.slice(2)) {
  const bytes = readFileSync(join(dist, `${name}.wasm`));
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const brotli = brotliCompressSync(bytes, { params }).length;
  const sizes = [bytes.length, gzip, brotli, BUDGET[name], CEILING[name]];
  console.log(`  ${`${name}.wasm`.padEnd(14)}${sizes.map((size) => count(size).padStart(12)).join("")}`);
  if (gzip > BUDGET[name]) notes.push(`${name}.wasm is over the budget asked for by ${count(gzip - BUDGET[name])} bytes after gzip`);
  if (gzip > CEILING[name]) {
    notes.push(`${name}.wasm has grown past its ceiling by ${count(gzip - CEILING[name])} bytes: make it smaller again`);
    process.exitCode = 1;
  }
}
for (const note of notes) console.log(`  ${note}`);
