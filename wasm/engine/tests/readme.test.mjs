// The examples of the README, run as they stand there, against the package as npm would install it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { engine, root } from "./setting.mjs";
import { browser, open, serve } from "./serve.mjs";

const run = promisify(execFile);
const home = join(root, "target/wasm/readme");
const tools = join(root, "wasm/node_modules");
const PAGE = '<!doctype html><title>test</title><textarea>change: { public_endpoint: true }</textarea><output></output>';
let chromium;
let examples;

before(async () => {
  await rm(home, { recursive: true, force: true });
  const installed = join(home, "node_modules/@remit/engine");
  await mkdir(installed, { recursive: true });
  // Only what is published: what npm would leave out is not there.
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", home], { cwd: engine });
  const [{ filename }] = JSON.parse(stdout);
  await run("tar", ["-xzf", join(home, filename), "-C", installed, "--strip-components=1"]);
  const readme = await readFile(join(engine, "README.md"), "utf8");
  const blocks = readme.matchAll(/```js (\S+)\n(.*?)```/gs);
  examples = Object.fromEntries(Array.from(blocks, ([, name, code]) => [name, code]));
  chromium = await browser();
});

after(() => chromium?.close());

/** What the page of a built site says after something was typed. */
async function typed(folder, text) {
  // A bundler's own start code is part of the site, so the same strict policy holds for it.
  const server = await serve(folder);
  const { page, faults } = await open(chromium, server.address);
  const said = () => page.locator("output").textContent();
  await page.waitForFunction(() => document.querySelector("output").textContent !== "");
  const first = await said();
  await page.fill("textarea", text);
  await page.waitForFunction((first) => document.querySelector("output").textContent !== first, first);
  const second = await said();
  assert.deepEqual(faults, []);
  await page.close();
  server.stop();
  return [first, second];
}

test("the example for Node", async () => {
  const name = "half-filled-draft.intake.yaml";
  await writeFile(join(home, "decide.mjs"), examples.node);
  await copyFile(join(root, "rules/examples", name), join(home, name));
  const { stdout } = await run("node", ["decide.mjs", name], { cwd: home });
  assert.match(stdout, /^tier \d( to \d)?\n(certain|possible): /);
});

test("the example for Vite", async () => {
  const folder = join(home, "vite");
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "index.html"), `${PAGE}<script type="module" src="./main.js"></script>`);
  await writeFile(join(folder, "main.js"), examples.vite);
  await writeFile(join(folder, "vite.config.js"), examples["vite-config"]);
  await run("node", [join(tools, "vite/bin/vite.js"), "build", "--logLevel", "warn"], { cwd: folder });
  const [first, second] = await typed(join(folder, "dist"), "environment: production");
  assert.match(first, /^Tier \d to 3: /);
  assert.notEqual(first, second);
});

test("the example for webpack", async () => {
  const folder = join(home, "webpack");
  await mkdir(join(folder, "src"), { recursive: true });
  await writeFile(join(folder, "src/index.js"), examples.webpack);
  await run("node", [join(tools, "webpack-cli/bin/cli.js"), "--mode", "production"], { cwd: folder });
  await writeFile(join(folder, "dist/index.html"), `${PAGE}<script src="./main.js"></script>`);
  const [first] = await typed(join(folder, "dist"), "risk: {");
  assert.match(first, /\?$/);
});
