// The policy's tests in the page: run, fail, be read, be made.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, openExample, openFile, picture, retype, showTab, start, textOf, until } from "./site.mjs";

let site;
before(async () => site = await start());
after(() => site.stop());

test("tests run by themselves, and coverage stands beside the rules", async () => {
  const page = await site.open();
  await showTab(page, "Tests");
  const panel = page.locator("#panel-tests");
  await until("all pass", async () => /All \d+ tests pass/.test(await panel.textContent()));
  await page.locator("#policy .cm-cover-full").first().waitFor();
  await panel.getByRole("button", { name: /cover \d+ % of the rules/ }).click();
  assert.match(await panel.textContent(), /Rules that apply in a test/);
  await picture(page, "tests");
  await close(page, { strict: true });
});

test("a failing test shows what was wanted and found, and leads to the case and to the rule", async () => {
  const page = await site.open();
  await retype(page, "policy", "    .when(|intake| intake.exposure.changes)\n    .tier(2)", "    .when(|intake| intake.exposure.changes)\n    .tier(3)");
  await until("tests fail", async () => /fail/.test(await page.locator("#tab-tests").textContent()));
  await showTab(page, "Tests");
  const failed = page.locator(".case.is-bad", { hasText: "what the internet can reach changes" });
  assert.equal((await failed.locator(".diff-wanted dd").first().textContent()).trim(), "2");
  assert.equal((await failed.locator(".diff-found dd").first().textContent()).trim(), "3");
  await picture(page, "tests-failing");
  await failed.getByRole("button", { name: /line \d+/ }).first().click();
  await until("the rule is shown", async () => await page.locator("#policy .crumb").textContent() === "topics/tiers.rhai");
  await failed.getByRole("button", { name: /Show the test/ }).click();
  await until("the case is shown", async () => await page.locator("#policy .crumb").textContent() === "tests/tiers.case.yaml");
  await close(page);
});

test("a test is made of the intake, passes, and fails once the policy says something else", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await retype(page, "request", "service:\n  name: payment-intents-api", "service:\n  name: payouts-api");
  await until("it is decided", async () => (await page.locator(".rv-subject").textContent()).includes("payouts-api"));
  await showTab(page, "Tests");
  await until("the tests ran", async () => /All \d+ tests pass/.test(await page.locator("#panel-tests").textContent()));
  const before = Number(/All (\d+)/.exec(await page.locator("#panel-tests").textContent())[1]);
  await page.getByRole("button", { name: "New test" }).click();
  await until("the case is shown", async () => /tests\/public-payments-endpoint-2\.case\.yaml/.test(await page.locator("#policy .crumb").textContent()));
  const text = await textOf(page, "policy");
  assert.match(text, /^intake:\n {2}id: PAY-2214$/m);
  assert.match(text, /^ {2}tier: 2$/m);
  await until("it passes", async () => (await page.locator("#panel-tests").textContent()).includes(`All ${before + 1} tests pass`));
  await openFile(page, "topics/routing.rhai");
  await retype(page, "policy", ".tier(2)\n    .route(\"deep-review\")\n    .because(\"the change moves", ".tier(3)\n    .route(\"deep-review\")\n    .because(\"the change moves");
  await page.locator(".case.is-bad", { hasText: "public-payments-endpoint-2" }).waitFor();
  await close(page);
});

test("files are made, renamed and deleted, and the policy goes on", async () => {
  const page = await site.open();
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByLabel("Path in the policy").fill("topics/mine.rhai");
  await page.keyboard.press("Enter");
  await until("it is shown", async () => await page.locator("#policy .crumb").textContent() === "topics/mine.rhai");
  // A topic counts once the manifest lists it, which is done as well.
  await openFile(page, "remit.yaml");
  assert.match(await textOf(page, "policy"), /- topics\/mine\.rhai/);
  await openFile(page, "topics/mine.rhai");
  await retype(page, "policy", "true", "intake.exposure.internet");
  await until("no mistake is left", async () => await page.locator("[data-path='topics/mine.rhai'] .tree-count.is-bad").count() === 0);
  await page.locator("[data-path='topics/mine.rhai']").focus();
  await page.keyboard.press("F2");
  await page.getByLabel("Path in the policy").fill("topics/ours.rhai");
  await page.keyboard.press("Enter");
  await until("it is renamed", async () => await page.locator("#policy .crumb").textContent() === "topics/ours.rhai");
  await openFile(page, "remit.yaml");
  assert.match(await textOf(page, "policy"), /- topics\/ours\.rhai/);
  await openFile(page, "topics/ours.rhai");
  await page.locator("[data-path='topics/ours.rhai']").focus();
  await page.keyboard.press("Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.locator("[data-path='topics/ours.rhai']").waitFor({ state: "detached" });
  await page.locator(".rv-stale").waitFor();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.locator(".rv-stale").waitFor({ state: "detached" });
  await close(page);
});
