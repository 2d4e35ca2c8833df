// The built page in a real Chromium: what every test starts from.

import assert from "node:assert/strict";
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";

const BUILT = fileURLToPath(new URL("../../../target/playground/", import.meta.url));
export const SITE = `${BUILT}site`;
const SCREENS = `${BUILT}screens`;

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const DESK = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** How long is waited for something to become true. Generous: a machine may be slow, and busy with other things. */
const PATIENCE = 90_000;

/** Starts a server and a browser. Every page of it fails its test if anything is thrown or forbidden in it. */
export async function start({ path = "/" } = {}) {
  assert.ok(statSync(`${SITE}/index.html`, { throwIfNoEntry: false }), "the page is not built: `cargo xtask playground --build target/playground/site`");
  const site = await serve(SITE, { path });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  return {
    address: site.address,
    browser,
    /** A page of a browser that has never been here. */
    async open({ fragment = "", ready = true, ...options } = {}) {
      const context = await browser.newContext({ ...DESK, ...options });
      const page = await context.newPage();
      watch(page);
      await page.goto(site.address + fragment);
      if (ready) await decided(page);
      return page;
    },
    async stop() {
      await browser.close();
      await site.close();
    },
  };
}

const faults = new WeakMap();

/** Collects what goes wrong on a page, and waits with patience for what it shows. */
export function watch(page) {
  page.setDefaultTimeout(PATIENCE);
  const found = [];
  faults.set(page, found);
  page.on("pageerror", (error) => found.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(message.text());
  });
}

/**
 * Chromium's own editing keeps the style of a selection that is typed over, in an inline style that the page's policy
 * forbids; the editor draws the text anew anyway. Pages on which that does not happen are held to the letter.
 */
const TYPED_OVER = /^Applying inline style violates/;

/** Ends a page, which must not have had any fault but those that a test expects. */
export async function close(page, { expect = [], strict = false } = {}) {
  const expected = strict ? expect : [...expect, TYPED_OVER];
  const found = faults.get(page).filter((fault) => !expected.some((pattern) => pattern.test(fault)));
  await page.context().close();
  assert.deepEqual(found, [], "the page had faults");
}

/** Waits until there is a decision. */
export async function decided(page) {
  await page.locator(".rv-tier-name").first().waitFor({ state: "attached" });
}

/** Waits until something holds. */
export async function until(what, check, timeout = PATIENCE) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    last = await check();
    if (last === true) return;
    if (Date.now() > end) assert.fail(`${what}: still ${JSON.stringify(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until the decision's tier is as it should be: `Tier 2`. */
export async function tierIs(page, wanted) {
  await until(`the tier becomes ${wanted}`, async () => {
    const now = await page.locator(".rv-tier-name").first().textContent();
    return now === wanted || now;
  });
}

/** The whole text of an editor. */
export function textOf(page, side) {
  return page.evaluate((side) => {
    const content = document.querySelector(`#${side} .code`).shadowRoot.querySelector(".cm-content");
    return (content.cmTile ?? content.cmView).view.state.doc.toString();
  }, side);
}

/** Puts the cursor behind the first place where `text` stands in an editor; with `select`, around it. */
export function putCursor(page, side, text, { select = false } = {}) {
  return page.evaluate(([side, text, select]) => {
    const content = document.querySelector(`#${side} .code`).shadowRoot.querySelector(".cm-content");
    const { view } = content.cmTile ?? content.cmView;
    const at = view.state.doc.toString().indexOf(text);
    if (at < 0) throw new Error(`\`${text}\` is not in the text`);
    view.dispatch({ selection: { anchor: select ? at : at + text.length, head: at + text.length }, scrollIntoView: true });
    view.focus();
  }, [side, text, select]);
}

/** Replaces a text in an editor as a person would: selects it and types. */
export async function retype(page, side, text, typed) {
  await putCursor(page, side, text, { select: true });
  if (typed === "") await page.keyboard.press("Delete");
  else await page.keyboard.insertText(typed);
}

/** Shows a file of the policy. */
export async function openFile(page, path) {
  const row = page.locator(`[role=treeitem][data-path="${path}"]`);
  if (await row.count() === 0) await page.locator(`[role=treeitem][data-folder="${path.split("/")[0]}"]`).click();
  await row.click();
  await until(`${path} is shown`, async () => (await page.locator("#policy .crumb").textContent()) === path);
}

/** Decides one of the examples. */
export async function openExample(page, name) {
  await page.getByLabel("Which intake").selectOption({ label: name });
}

export async function showTab(page, name) {
  await page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
}

/** Keeps a picture of the page as build output. */
export async function picture(page, name, options = {}) {
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: `${SCREENS}/${name}.png`, ...options });
}

/** Whether a text is in what the browser keeps. */
export function kept(page, text) {
  return page.evaluate(async (text) => {
    // Opening what is not there yet would make it.
    if (!(await indexedDB.databases()).some(({ name }) => name === "remit-playground")) return false;
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open("remit-playground");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const all = opening.result.transaction("work").objectStore("work").getAll();
        all.onsuccess = () => {
          opening.result.close();
          resolve(JSON.stringify(all.result).includes(text));
        };
      };
    });
  }, text);
}
