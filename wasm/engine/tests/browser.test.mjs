// The package in Chromium, under a strict policy: in a page and in a worker, from every kind of source.

import assert from "node:assert/strict";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { corpus, engine, root } from "./setting.mjs";
import { browser, open, serve } from "./serve.mjs";

const site = join(root, "target/wasm/site");
let chromium;
let server;

before(async () => {
  await rm(site, { recursive: true, force: true });
  await mkdir(site, { recursive: true });
  await cp(join(engine, "dist"), join(site, "dist"), { recursive: true });
  await cp(join(engine, "tests/parity.mjs"), join(site, "parity.mjs"));
  await cp(corpus, join(site, "corpus.ndjson"));
  await writeFile(join(site, "index.html"), "<!doctype html><title>test</title>");
  await writeFile(join(site, "worker.js"), WORKER);
  server = await serve(site);
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  server?.stop();
});

const WORKER = `
import { Engine, init, LanguageService } from "./dist/full.js";
onmessage = async () => {
  await init();
  const service = new LanguageService();
  service.open("a.intake.yaml", "environment: prodution");
  const [wrong] = service.diagnostics("a.intake.yaml").filter(({ severity }) => severity === "error");
  postMessage([new Engine().check("environment: test").valid, wrong.code]);
};
`;

test("every kind of source starts the engine", async () => {
  const { page, faults } = await open(chromium, server.address);
  const sources = {
    nothing: "undefined",
    address: "'./dist/engine.wasm'",
    url: "new URL('./dist/engine.wasm', location.href)",
    response: "fetch('./dist/engine.wasm')",
    bytes: "await (await fetch('./dist/engine.wasm')).arrayBuffer()",
    module: "await WebAssembly.compileStreaming(fetch('./dist/engine.wasm'))",
    text: "new Response(await (await fetch('./dist/engine.wasm')).arrayBuffer(), { headers: { 'content-type': 'text/plain' } })",
  };
  for (const [name, source] of Object.entries(sources)) {
    const code = `import { Engine, init } from "./dist/engine.js?${name}";
      await init(${source});
      export const valid = new Engine().check("environment: test").valid;`;
    await writeFile(join(site, `${name}.js`), code);
    assert.equal(await page.evaluate(`import("./${name}.js").then(({ valid }) => valid)`), true, name);
  }
  const inline = 'import("./dist/engine.inline.js").then(async (build) => (await build.init(), build.version()))';
  assert.match(await page.evaluate(inline), /^\d/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("what is no module is a typed error, and init can be tried again", async () => {
  const { page } = await open(chromium, server.address);
  const code = `import { Engine, init } from "./dist/engine.js?wrong";
    const codes = [];
    for (const source of ["./nowhere.wasm", "./index.html", new Uint8Array(8), new Response("", { status: 500 }), 5]) {
      codes.push(await init(source).then(() => "started", (error) => error.code));
    }
    await init();
    export const said = [...codes, new Engine().check("environment: test").valid];`;
  await writeFile(join(site, "wrong.js"), code);
  const said = await page.evaluate('import("./wrong.js").then(({ said }) => said)');
  assert.deepEqual(said, [...Array(4).fill("not-loaded"), "argument", true]);
  await page.close();
});

test("a worker has the language service", async () => {
  const { page, faults } = await open(chromium, server.address);
  const said = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker("./worker.js", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (error) => reject(new Error(error.message));
        worker.postMessage("go");
      }),
  );
  assert.deepEqual(said, [true, "intake/unknown-choice"]);
  assert.deepEqual(faults, []);
  await page.close();
});

test("without leave for WebAssembly it says so", async () => {
  const strict = await serve(site, "default-src 'self'");
  const { page } = await open(chromium, strict.address);
  const code = 'import("./dist/engine.js").then(({ init }) => init()).then(() => "started", (error) => error.code)';
  assert.equal(await page.evaluate(code), "not-loaded");
  await page.close();
  strict.stop();
});

for (const build of ["engine", "full"]) {
  test(`the ${build} build decides in Chromium as the native engine does`, async () => {
    const { page } = await open(chromium, server.address);
    const code = `import { Engine, init } from "./dist/${build}.js";
      import { differences } from "./parity.mjs";
      await init();
      const lines = (await (await fetch("./corpus.ndjson")).text()).trimEnd().split("\\n");
      export const found = await differences(Engine, lines);`;
    await writeFile(join(site, `parity-${build}.js`), code);
    const { intakes, differing } = await page.evaluate(`import("./parity-${build}.js").then(({ found }) => found)`);
    assert.ok(intakes > 2_100, `${intakes} intakes`);
    assert.deepEqual(differing.slice(0, 5), [], `${differing.length} differences`);
    await page.close();
  });
}
