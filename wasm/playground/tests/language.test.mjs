// What an editor does for whoever writes: completion, hover, going to a definition, renaming, signatures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, openExample, openFile, picture, putCursor, showTab, start, textOf, tierIs, until } from "./site.mjs";

let site;
before(async () => site = await start());
after(() => site.stop());

test("an intake is completed: fields, then their choices", async () => {
  const page = await site.open();
  await putCursor(page, "request", "identity: false\n");
  await page.keyboard.type("blast");
  const list = page.locator("#request .cm-tooltip-autocomplete");
  await list.getByRole("option", { name: /blast_radius/ }).waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await list.getByRole("option", { name: /multi-product/ }).waitFor();
  await picture(page, "completion");
  await list.getByRole("option", { name: /multi-product/ }).click();
  assert.match(await textOf(page, "request"), /blast_radius: multi-product/);
  await tierIs(page, "Tier 3");
  await close(page);
});

test("a rule is completed, with what its names mean", async () => {
  const page = await site.open();
  await putCursor(page, "policy", ".when(|intake| intake.exposure.changes");
  await page.keyboard.type(" && intake.exposure.");
  const list = page.locator("#policy .cm-tooltip-autocomplete");
  await list.getByRole("option", { name: /internet/ }).click();
  assert.match(await textOf(page, "policy"), /changes && intake\.exposure\.internet\)/);
  // A call says what it wants.
  await putCursor(page, "policy", ".tier(0)");
  await page.keyboard.type("\n.route(");
  const tip = page.locator("#policy .cm-signature");
  await tip.waitFor();
  assert.match(await tip.textContent(), /route/);
  await close(page);
});

test("hovering tells what a field means", async () => {
  const page = await site.open();
  await page.locator("#request .cm-line", { hasText: "golden_path" }).locator("span", { hasText: "golden_path" }).first().hover();
  const tip = page.locator("#request .cm-tooltip-hover");
  await tip.waitFor();
  assert.match(await tip.textContent(), /template/i);
  await picture(page, "hover");
  await close(page);
});

test("a name leads to where it comes from, also into another file", async () => {
  const page = await site.open();
  await openFile(page, "topics/routing.rhai");
  await putCursor(page, "policy", "low_risk_on_golden_pa");
  await page.keyboard.press("F12");
  await until("the helper's file is shown", async () => await page.locator("#policy .crumb").textContent() === "topics/tiers.rhai");
  await until("its line is lit", async () => /fn low_risk_on_golden_path/.test(await page.locator("#policy .cm-flash").textContent()));
  // From a field of the intake to the rules that read it; there are several, so it asks which.
  await openExample(page, "public-payments-endpoint");
  await putCursor(page, "request", "\n  changes");
  await page.keyboard.press("F12");
  const menu = page.getByRole("listbox", { name: "Where it comes from" });
  if (await menu.isVisible().catch(() => false)) await page.keyboard.press("Enter");
  await until("a rule is shown", async () => (await page.locator("#policy .cm-flash").count()) > 0);
  await close(page);
});

test("a helper is renamed in all files at once", async () => {
  const page = await site.open();
  await putCursor(page, "policy", "fn low_risk_on_golden_pa");
  await page.keyboard.press("F2");
  const field = page.locator("#policy .cm-ask input");
  await field.fill("calm change");
  await page.keyboard.press("Enter");
  await until("a bad name is refused", async () => (await page.locator("#policy .cm-ask-why").textContent()).length > 0);
  // All files are changed at once: in between, nothing would fit together.
  await page.evaluate(() => {
    window.stale = 0;
    new MutationObserver(() => window.stale += document.querySelectorAll(".rv-stale").length).observe(document.body, { subtree: true, childList: true });
  });
  await field.fill("calm");
  await page.keyboard.press("Enter");
  await until("it is renamed", async () => /fn calm\(intake\)/.test(await textOf(page, "policy")));
  await openFile(page, "topics/routing.rhai");
  assert.match(await textOf(page, "policy"), /\.when\(\|intake\| calm\(intake\)\)/);
  // The tests run once the policy works, and no sooner.
  await showTab(page, "Tests");
  await until("all pass", async () => /All \d+ tests pass/.test(await page.locator("#panel-tests").textContent()));
  assert.equal(await page.evaluate(() => window.stale), 0);
  await close(page);
});

test("changes are offered at the cursor", async () => {
  const page = await site.open();
  await putCursor(page, "request", "service:");
  await page.keyboard.press("Control+.");
  const menu = page.getByRole("listbox", { name: "Changes at the cursor" });
  await menu.waitFor();
  assert.ok(await menu.getByRole("option").count() > 0);
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  await close(page);
});
