// Clicks and keys that come while the engine is still busy with what came before: none of them is lost, and none
// costs another.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, openExample, retype, start, textOf, tierIs, until, watch } from "./site.mjs";

let site;
before(async () => site = await start());
after(() => site.stop());

/** A page with the half-filled draft, all its questions known. */
async function draft(options = {}) {
  const page = await site.open(options);
  await openExample(page, "half-filled-draft");
  await page.locator("[data-question='risk.unresolved']").getByLabel("tier 3").waitFor();
  return page;
}

/** Keeps the engine busy, so that everything that follows comes while an answer is awaited. */
function busy(page, milliseconds = 400) {
  const [worker] = page.workers();
  return worker.evaluate((milliseconds) => {
    setTimeout(() => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
    });
  }, milliseconds);
}

/** Clicks answers and types, all in one moment. */
function atOnce(page, { answers = [], type = null }) {
  return page.evaluate(({ answers, type }) => {
    const pick = ([question, title]) => [...document.querySelectorAll(`[data-question="${question}"] button`)].find((button) => button.textContent.startsWith(title)).click();
    const [first, ...rest] = answers;
    if (first) pick(first);
    if (type) {
      const content = document.querySelector("#request .code").shadowRoot.querySelector(".cm-content");
      const { view } = content.cmTile ?? content.cmView;
      const at = type.before ? view.state.doc.toString().indexOf(type.before) : view.state.doc.length;
      view.dispatch({ changes: { from: at, insert: type.text }, userEvent: "input.type" });
    }
    rest.forEach(pick);
  }, { answers, type });
}

test("the first decision that is shown is about the intake that is shown", async () => {
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  watch(page);
  await page.addInitScript(() => {
    window.seen = [];
    new MutationObserver(() => {
      const now = [...document.querySelectorAll(".rv-question")].map((question) => question.dataset.question).join(" ");
      if (now && window.seen.at(-1) !== now) window.seen.push(now);
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto(site.address);
  await page.locator("[data-question='risk.unresolved']").getByLabel("tier 3").waitFor();
  const seen = await page.evaluate(() => window.seen);
  assert.ok(seen.length > 0 && seen.every((questions) => questions.startsWith("risk.detection ")), seen.join("\n"));
  await close(page, { strict: true });
});

test("two answers at once are both written", async () => {
  const page = await draft();
  await busy(page);
  await atOnce(page, { answers: [["risk.unresolved", "Yes"], ["blast_radius", "One product"]] });
  await until("both are there", async () => {
    const text = await textOf(page, "request");
    return /^ {2}unresolved: true$/m.test(text) && /^blast_radius: product$/m.test(text);
  });
  await tierIs(page, "Tier 3");
  await close(page, { strict: true });
});

test("what is typed while an answer is on its way stays, and so does the answer", async () => {
  const page = await draft();
  await busy(page);
  await atOnce(page, { answers: [["risk.unresolved", "Yes"]], type: { text: "# typed at once\n" } });
  await until("the answer is there", async () => /^ {2}unresolved: true$/m.test(await textOf(page, "request")));
  assert.match(await textOf(page, "request"), /^# typed at once$/m);
  await tierIs(page, "Tier 3");
  // The answer is one step of undoing, the typing another.
  await page.locator("#request .cm-content").focus();
  await page.keyboard.press("Control+z");
  assert.doesNotMatch(await textOf(page, "request"), /unresolved: true/);
  assert.match(await textOf(page, "request"), /^# typed at once$/m);
  await tierIs(page, "Tier 1 to 3");
  await close(page, { strict: true });
});

test("an answer that is taken back at once stays taken back", async () => {
  const page = await draft();
  const before = await textOf(page, "request");
  await page.locator("[data-question='risk.unresolved']").getByRole("button", { name: /^Yes/ }).click();
  await until("the answer is there", async () => /^ {2}unresolved: true$/m.test(await textOf(page, "request")));
  await busy(page);
  await page.locator("#request .cm-content").focus();
  await page.keyboard.press("Control+z");
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  await tierIs(page, "Tier 1 to 3");
  assert.equal(await textOf(page, "request"), before);
  await close(page, { strict: true });
});

test("a double-click answers one question, not the next one that moves up to its place", async () => {
  // Tall, so that nothing scrolls: the next question's "No" comes to lie where this one's was.
  const page = await draft({ viewport: { width: 1280, height: 1600 } });
  const no = (question) => page.locator(`[data-question='${question}']`).getByRole("button", { name: /^No/ });
  const { x, y } = await no("risk.disputed").boundingBox();
  await page.mouse.move(x + 5, y + 5);
  await page.mouse.down();
  await page.mouse.up();
  await page.locator("[data-question='risk.disputed']").waitFor({ state: "detached" });
  const next = await no("risk.unresolved").boundingBox();
  assert.deepEqual([next.x, next.y], [x, y], "the next question is under the pointer");
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await page.waitForTimeout(300);
  assert.doesNotMatch(await textOf(page, "request"), /unresolved:/);
  await page.mouse.click(x + 5, y + 5);
  await until("a click of its own answers", async () => /^ {2}unresolved: false$/m.test(await textOf(page, "request")));
  await close(page, { strict: true });
});

test("an answer is written also where the intake is left for another in that moment", async () => {
  const page = await draft();
  await busy(page);
  await atOnce(page, { answers: [["risk.unresolved", "Yes"]] });
  await openExample(page, "golden-path-bootstrap");
  await tierIs(page, "Tier 0");
  assert.doesNotMatch(await textOf(page, "request"), /unresolved: true/);
  await openExample(page, "half-filled-draft");
  await tierIs(page, "Tier 3");
  assert.match(await textOf(page, "request"), /^ {2}unresolved: true$/m);
  await close(page, { strict: true });
});

test("an answer outlives an engine that is stuck", async () => {
  const page = await draft();
  await busy(page, 3_600_000);
  await atOnce(page, { answers: [["risk.unresolved", "Yes"]], type: { text: "# typed at once\n" } });
  await until("the answer is there", async () => /^ {2}unresolved: true$/m.test(await textOf(page, "request")));
  assert.match(await textOf(page, "request"), /^# typed at once$/m);
  await tierIs(page, "Tier 3");
  await close(page, { strict: true });
});

test("a fix that is clicked while the text moves mends what it was offered for", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await retype(page, "request", "environment: production", "environment: prodution");
  const fix = page.locator(".rv-problem", { hasText: "prodution" }).getByRole("button", { name: /production/ });
  await fix.waitFor();
  await busy(page);
  await page.evaluate(() => {
    const content = document.querySelector("#request .code").shadowRoot.querySelector(".cm-content");
    const { view } = content.cmTile ?? content.cmView;
    view.dispatch({ changes: { from: 0, insert: "# a line above\n# and another\n" }, userEvent: "input.type" });
    [...document.querySelectorAll(".rv-problem button")].find((button) => /production/.test(button.textContent)).click();
  });
  await until("it is mended", async () => /^environment: production\b/m.test(await textOf(page, "request")));
  assert.match(await textOf(page, "request"), /^# a line above\n# and another\n/);
  await close(page);
});
