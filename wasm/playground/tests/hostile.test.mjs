// Input that is broken, endless or far too large: it is said what is wrong, and no text is lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, kept, openExample, openFile, picture, putCursor, retype, showTab, start, textOf, tierIs, until } from "./site.mjs";

let site;
before(async () => site = await start());
after(() => site.stop());

test("five megabytes are pasted: the page says what is wrong, stays quick, and keeps the text", async () => {
  const page = await site.open();
  await openExample(page, "half-filled-draft");
  await page.evaluate(() => {
    const content = document.querySelector("#request .code").shadowRoot.querySelector(".cm-content");
    content.focus();
    const data = new DataTransfer();
    data.setData("text/plain", "key: value # a line that is pasted again and again\n".repeat(100_000));
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await until("the paste is there", async () => (await textOf(page, "request")).length > 5_000_000);
  await page.locator(".rv-problem", { hasText: /more than 2097152 bytes/ }).waitFor();
  // The page still listens.
  await page.keyboard.type("x");
  await until("a key comes through", async () => (await textOf(page, "request")).includes("x"));
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await until("it can be undone", async () => (await textOf(page, "request")).length < 1_000);
  await tierIs(page, "Tier 1 to 3");
  await close(page);
});

test("a rule that never ends is stopped by its limit, and is named", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await retype(page, "policy", ".when(|intake| intake.exposure.changes)", ".when(|intake| { let n = 0; while n >= 0 { n += 1; } true })");
  await until("the decision says so", async () => /limit|too long|operations/i.test(await page.locator(".decision").textContent()));
  // What the other rules say still counts.
  await tierIs(page, "Tier 2");
  await close(page);
});

test("an engine that is stuck is replaced, and no text is lost", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  const [worker] = page.workers();
  worker.evaluate(() => {
    for (;;);
  }).catch(() => {});
  await retype(page, "request", "blast_radius: product", "blast_radius: multi-product");
  // Typing never waits for the engine.
  await page.keyboard.type("  # typed while it hangs");
  assert.match(await textOf(page, "request"), /multi-product {2}# typed while it hangs/);
  await page.locator(".foot-engine", { hasText: "started again" }).waitFor();
  await tierIs(page, "Tier 3");
  assert.match(await textOf(page, "request"), /multi-product {2}# typed while it hangs/);
  await close(page);
});

test("a policy of another format version decides nothing, says why, and the last decision stays", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await openFile(page, "remit.yaml");
  await retype(page, "policy", "format: 1", "format: 7");
  await page.locator("#policy .cm-lintRange-error").waitFor();
  await page.locator(".rv-stale").waitFor();
  await tierIs(page, "Tier 2");
  await showTab(page, "Tests");
  assert.match(await page.locator("#panel-tests").textContent(), /policy (has a mistake|works)/);
  await showTab(page, "Decision");
  await picture(page, "other-format");
  // After a reload there is no last decision: the page says so, and leads to the mistake.
  await until("it is kept", () => kept(page, "format: 7"));
  await page.reload();
  await page.locator(".rv-empty", { hasText: "nothing is decided" }).waitFor();
  await page.getByRole("button", { name: "Show it" }).click();
  await until("the manifest is shown", async () => await page.locator("#policy .crumb").textContent() === "remit.yaml");
  await retype(page, "policy", "format: 7", "format: 1");
  await tierIs(page, "Tier 2");
  await close(page);
});

test("a policy without its manifest, without rules, without anything still gives a page", async () => {
  const page = await site.open();
  await openFile(page, "remit.yaml");
  await page.locator("#policy .cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.locator(".rv-stale").waitFor();
  await page.keyboard.press("Control+z");
  await page.locator(".rv-stale").waitFor({ state: "detached" });
  await openFile(page, "topics/tiers.rhai");
  await page.keyboard.press("Control+Home");
  await putCursor(page, "policy", "// How deep");
  await page.keyboard.type("\n`\u0000 /* \" ${");
  await page.locator("#policy .cm-lintRange-error").first().waitFor();
  await close(page);
});
