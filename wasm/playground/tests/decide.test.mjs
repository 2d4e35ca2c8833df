// Rules and intakes are changed, and the decision follows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, openExample, openFile, picture, putCursor, retype, showTab, start, textOf, tierIs, until } from "./site.mjs";

let site;
before(async () => site = await start());
after(() => site.stop());

test("a changed rule changes the tier and the examples", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await openFile(page, "topics/tiers.rhai");
  await putCursor(page, "policy", ".when(|intake| intake.exposure.changes)\n    .tier(2");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("3");
  await tierIs(page, "Tier 3");
  await until("examples are listed as changed", async () => /\d changed/.test(await page.locator("#tab-examples").textContent()));
  await showTab(page, "Examples");
  const changed = page.getByRole("list", { name: "Changed examples" });
  const row = changed.getByRole("button", { name: /payment-intents-api/ });
  assert.deepEqual(await row.locator(".mark").allTextContents(), ["2", "3"]);
  await picture(page, "examples-changed");
  // Back as it was: nothing is changed any more.
  await putCursor(page, "policy", ".when(|intake| intake.exposure.changes)\n    .tier(3");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await until("no example is changed", async () => await changed.count() === 0);
  await close(page);
});

test("a broken rule is underlined, and the last good decision stays", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await retype(page, "policy", ".when(|intake| intake.exposure.changes)", ".when(|intake| intake.exposure.chnages)");
  await page.locator("#policy .cm-lintRange-error").waitFor();
  assert.match(await page.locator(".rv-stale").textContent(), /policy has a mistake/);
  await tierIs(page, "Tier 2");
  await page.locator("[data-path='topics/tiers.rhai'] .tree-count.is-bad").waitFor();
  // One click mends it: the decision names the place, the text offers the fix.
  await page.getByRole("button", { name: "Show it" }).click();
  const error = page.locator("#policy .cm-lintRange-error");
  assert.equal(await error.textContent(), "chnages");
  await error.hover();
  const fix = page.locator("#policy .cm-tooltip-lint").getByRole("button", { name: /changes/ });
  await fix.waitFor();
  await picture(page, "broken");
  await fix.click();
  await page.locator(".rv-stale").waitFor({ state: "detached" });
  assert.match(await textOf(page, "policy"), /intake\.exposure\.changes\)/);
  await close(page);
});

test("a mistake in the intake costs its answer, and is mended with one click", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await retype(page, "request", "environment: production", "environment: prodution");
  await page.locator("#request .cm-lintRange-error").waitFor();
  const problem = page.locator(".rv-problem", { hasText: "prodution" });
  await problem.getByRole("button", { name: /production/ }).click();
  await until("the text is mended", async () => (await textOf(page, "request")).includes("environment: production"));
  await problem.waitFor({ state: "detached" });
  await close(page);
});

test("a question is answered with a click, which can be undone", async () => {
  const page = await site.open();
  await openExample(page, "half-filled-draft");
  await tierIs(page, "Tier 1 to 3");
  const before = await textOf(page, "request");
  const question = page.locator("[data-question='risk.unresolved']");
  const yes = question.getByRole("button", { name: /^Yes/ });
  // Where the answer would lead is said before it is given.
  await yes.getByLabel("tier 3").waitFor();
  await yes.click();
  await tierIs(page, "Tier 3");
  assert.match(await textOf(page, "request"), /^risk:\n {2}unresolved: true$/m);
  await question.waitFor({ state: "detached" });
  // The keyboard goes on with the question that took its place.
  const focused = await page.evaluate(() => document.activeElement.closest(".rv-question")?.dataset.question ?? null);
  assert.ok(focused !== null && focused !== "risk.unresolved", `the focus is at ${focused}`);
  await page.locator("#request .cm-content").focus();
  await page.keyboard.press("Control+z");
  await tierIs(page, "Tier 1 to 3");
  assert.equal(await textOf(page, "request"), before);
  await close(page);
});

test("dates and names are answered in a field", async () => {
  const page = await site.open();
  await openExample(page, "half-filled-draft");
  const owner = page.locator("[data-question='service.owner']");
  await owner.getByRole("textbox").fill("TBD");
  await owner.getByRole("button", { name: "Answer" }).click();
  assert.match(await owner.getByRole("alert").textContent(), /placeholder/);
  await owner.getByRole("textbox").fill("Dana Reyes");
  await page.keyboard.press("Enter");
  await until("the answer is in the text", async () => (await textOf(page, "request")).includes("  owner: Dana Reyes\n"));
  const day = page.locator("[data-question='submitted_on'] input");
  await day.fill("2026-11-20");
  await page.keyboard.press("Enter");
  await until("the day is in the text", async () => (await textOf(page, "request")).includes("submitted_on: 2026-11-20"));
  await close(page);
});

test("a point opens its reasons, and marks their lines in both texts", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await page.locator("[data-point='tier'] .rv-toggle").click();
  const marked = (side) => page.locator(`#${side} .cm-marked`).allTextContents();
  await until("lines are marked", async () => (await marked("request")).some((line) => line.includes("changes: true")));
  await until("rules are marked", async () => (await marked("policy")).some((line) => line.includes("internet-exposure")));
  await picture(page, "reasons");
  // A line of a reason leads to it, also in a file that is not open.
  await page.getByRole("button", { name: /show the rule new-trust-boundary/ }).click();
  await until("the rule's file is open", async () => await page.locator("#policy .crumb").textContent() === "topics/routing.rhai");
  await until("its line is marked", async () => (await marked("policy")).some((line) => line.includes("new-trust-boundary")));
  // It stays open while the intake changes.
  await retype(page, "request", "blast_radius: product", "blast_radius: multi-product");
  await tierIs(page, "Tier 3");
  assert.equal(await page.locator("[data-point='tier'] .rv-toggle").getAttribute("aria-expanded"), "true");
  await close(page);
});
