// How long the engine takes in Node, and how that compares with the native engine in the same run:
// `node speed.mjs NATIVE`, where NATIVE is the program that `speed.rs` makes.

import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";

const median = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
const time = async (run) => {
  const began = performance.now();
  await run();
  return (performance.now() - began) * 1e3;
};
const native = JSON.parse(execFileSync(process.argv[2], { encoding: "utf8" }));
const row = (what, ...cells) => console.log(`  ${what.padEnd(34)}${cells.map((cell) => cell.padStart(14)).join("")}`);
const micro = (number) => (number < 1e3 ? `${number.toFixed(0)} µs` : `${(number / 1e3).toFixed(2)} ms`);

for (const name of ["engine", "full"]) {
  const bytes = await readFile(new URL(`../dist/${name}.wasm`, import.meta.url));
  const { Engine, init } = await import(`../dist/${name}.node.js`);
  const compile = await time(() => WebAssembly.compile(bytes));
  const start = await time(() => init(bytes));
  const first = await time(() => new Engine().check("environment: production"));
  const loads = [];
  for (let round = 0; round < 9; round += 1) loads.push(await time(() => new Engine().free()));
  const engine = new Engine();
  const checks = [];
  for (let round = 0; round < 60; round += 1) {
    for (const { path, text } of engine.examples()) {
      // The first rounds are the compiler's.
      const took = await time(() => engine.checkJson(text, { name: path }));
      if (round >= 10) checks.push(took);
    }
  }
  console.log(`${name} build, Node ${process.versions.node}`);
  row("", "wasm", "native", "ratio");
  row("decide an example, json in and out", micro(median(checks)), micro(native.check), (median(checks) / native.check).toFixed(2));
  row("load the default pack", micro(median(loads)), micro(native.load), (median(loads) / native.load).toFixed(2));
  row("compile the module", micro(compile));
  row("compile and start", micro(start));
  row("first pack and first decision", micro(first));
}
