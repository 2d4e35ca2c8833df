// The package in VS Code for the Web, in Chromium: no Node behind the extension, the server in a worker, files on no disk.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { BrowserContext } from "playwright-core";
import { launchWithProfile } from "./harness/browser.ts";
import { workspace } from "./harness/places.ts";
import { changed, DRAFT, vendorPack } from "./harness/samples.ts";
import { startWeb, type Web } from "./harness/web.ts";
import { Workbench } from "./harness/workbench.ts";

const NAME = "coupons.intake.yaml";
let web: Web;
let browser: BrowserContext;
let bench: Workbench;

before(async () => {
  const pack = changed(vendorPack(), "tests/conduct.case.yaml", "expect:\n      tier: 3", "expect:\n      tier: 2");
  const below = Object.entries(pack).map(([name, text]) => [`vendors/${name}`, text]);
  const draft = DRAFT.replace("with-deviations", "with-deviation");
  [web, browser] = await Promise.all([
    startWeb(workspace({ [NAME]: draft, ...Object.fromEntries(below) }), { "remit.trace.server": "messages" }),
    launchWithProfile(),
  ]);
  bench = await Workbench.in(browser, web.url);
});
after(async () => {
  await browser?.close();
  await web?.stop();
});
afterEach(async (context) => {
  if (!(context as { passed?: boolean }).passed) await bench?.picture("failed-web").catch(() => {});
  assert.deepEqual(bench?.errors.splice(0), [], "the page reported errors");
});

test("in a browser a mistake is underlined, and the tier follows what is typed", async () => {
  await bench.openFromExplorer(NAME);
  assert.deepEqual(await bench.squiggled("error", NAME), ["with-deviation"]);
  await bench.tierIs(/^Tier 0–3/);
  const line = DRAFT.split("\n").findIndex((line) => line.includes("golden_path"));
  await bench.goTo(line + 1, DRAFT.split("\n")[line]!.indexOf("with-deviations") + "with-deviation".length + 1);
  await bench.page.keyboard.type("s");
  await bench.tierIs(/^Tier 1–3/);
});

test("in a browser the decision leads to the built-in rules, and its questions write answers", async () => {
  await bench.openFromExplorer(NAME);
  await bench.tier.click();
  await bench.panel.getByRole("button", { name: /^Show all/ }).first().click();
  const question = bench.panel.locator('[data-question="environment"]');
  await question.getByRole("button", { name: "Production" }).click();
  await question.waitFor({ state: "detached" });
  assert.match(await bench.text(NAME), /^environment: production$/m);
  await bench.panel.locator('[data-point="tier"] .rv-toggle').click();
  await bench.panel.locator('[data-point="tier"] .rv-rule .rv-place').first().click();
  await bench.cursorIsAt("tiers.rhai", 'rule("meaningful-change")');
  await bench.picture("web");
});

test("in a browser the nearest pack decides, and its policy tests run", async () => {
  await bench.openFile("vendors/examples/chat-assistant-draft.intake.yaml");
  await bench.tierIs(/^Tier 2–3/);
  await bench.command("Remit: Run Policy Tests");
  await bench.testItem("Policy vendor-intake").locator(".codicon-testing-failed-icon").waitFor();
  await bench.picture("web-tests");
});

test("in a browser what was said is written down where it is asked for", async () => {
  await bench.command("Remit: Show Output");
  const output = bench.page.locator(".part.panel .view-line");
  await output.getByText("is ready", { exact: false }).first().waitFor();
  await bench.output.selectOption({ label: "Remit Messages" });
  await output.getByText("textDocument/", { exact: false }).first().waitFor();
  await bench.picture("web-messages");
});
