// Beside an extension for Rhai: what is no policy's stays with it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop } from "./harness/desktop.ts";
import { changed, vendorPack } from "./harness/samples.ts";

/** As the extensions for Rhai that there are make themselves known. */
const RHAI = {
  name: "rhai",
  publisher: "somebody",
  version: "1.0.0",
  engines: { vscode: "^1.44.0" },
  contributes: { languages: [{ id: "rhai", aliases: ["Rhai"], extensions: [".rhai"] }] },
};

const open = desktop({ trust: true, neighbours: { "somebody.rhai-1.0.0": { "package.json": JSON.stringify(RHAI) } } });

test("rules are ours, wherever a pack keeps them, and other scripts are not", async () => {
  const { "topics/spend.rhai": spend = "", ...rest } = changed(vendorPack(), "remit.yaml", "topics/spend.rhai", "money/spend.rhai");
  const pack = Object.entries({ ...rest, "money/spend.rhai": spend.replace(".tier(", ".teir(") });
  const [bench] = await open({
    "game/hit.rhai": "let x = ;\n",
    ...Object.fromEntries(pack.map(([name, text]) => [`policy/${name}`, text])),
  });
  await bench.openFile("policy/topics/data.rhai");
  await bench.until(async () => (await bench.language()) === "Remit Rules");
  await bench.openFile("policy/money/spend.rhai");
  await bench.until(async () => (await bench.language()) === "Remit Rules");
  assert.ok((await bench.squiggled("error", "spend.rhai")).includes("teir"));
  await bench.openFile("game/hit.rhai");
  await bench.until(async () => (await bench.language()) === "Rhai");
  await bench.page.waitForTimeout(2_000);
  assert.equal(await bench.editor("hit.rhai").locator(".squiggly-error").count(), 0);
});
