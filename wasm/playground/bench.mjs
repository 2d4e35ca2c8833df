// How fast the page is, in a real Chromium: from a key to what it changes, and from nothing to the first decision.
// Prints numbers and judges none of them.
//
//   node bench.mjs [keys]

import { decided, openExample, openFile, putCursor, start, textOf } from "./tests/site.mjs";

const KEYS = Number(process.argv[2] ?? 200);
/** Between two keys: a fast typist. */
const PAUSE = 110;
const LOADS = 7;

const site = await start();
console.log(`Chromium ${site.browser.version()}`);

if (process.argv[3] !== "keys") await loads();
// After a key Chromium draws a frame before it hears from a worker. The second number of each leaves that out: the
// same change, made by a script.
for (const direct of [false, true]) {
  const how = direct ? ", without the key's own frame" : "";
  await typing(`a key in an intake of 300 lines${how}`, longIntake, direct);
  await typing(`a key in a rule${how}`, rule, direct);
}
await site.stop();

/** From the address to the first decision, in a browser that has never been here. */
async function loads() {
  const times = [];
  for (let at = 0; at < LOADS; at += 1) {
    const context = await site.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const began = performance.now();
    await page.goto(site.address, { waitUntil: "commit" });
    await decided(page);
    times.push(performance.now() - began);
    await context.close();
  }
  print("cold load to the first decision", times);
}

/** An example, made long with what real ones are long with: a story, and links. */
async function longIntake(page) {
  await openExample(page, "public-payments-endpoint");
  const lines = (await textOf(page, "request")).trimEnd().split("\n");
  for (let at = 1; at <= 190; at += 1) {
    lines.push(`  - { kind: design, url: "https://wiki.corp.internal/payments/notes/${at}", title: Notes of meeting ${at} }`);
  }
  const story = lines.findIndex((line) => line.startsWith("reason:"));
  const missing = 300 - lines.length;
  lines.splice(story + 1, 0, ...Array.from({ length: missing }, (_, at) => `  What was said about it in week ${at + 1}, and by whom.`));
  await page.locator("#request .cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(lines.join("\n"));
  await page.waitForTimeout(1500);
  if (await page.locator(".rv-is-error").count() > 0) throw new Error(`the long intake is not as it should be: ${await page.locator(".rv-problem").allTextContents()}`);
  await putCursor(page, "request", "environment: production");
  // With its last letter gone the answer does not count: the decision and the underline both have to follow.
  return { side: "request", keys: ["Backspace", "n"], shows: ["rv-is-error", "cm-lintRange-error"] };
}

async function rule(page) {
  await openExample(page, "public-payments-endpoint");
  await openFile(page, "topics/tiers.rhai");
  await page.waitForTimeout(1500);
  await putCursor(page, "policy", ".when(|intake| intake.exposure.changes)");
  // With its bracket gone the rule cannot be read: the notice over the decision and the underline have to follow.
  return { side: "policy", keys: ["Backspace", ")"], shows: ["rv-stale", "cm-lintRange-error"] };
}

async function typing(what, prepare, direct) {
  const page = await site.open();
  const { side, keys, shows } = await prepare(page);
  await page.evaluate(watch, { side, shows });
  const session = await page.context().newCDPSession(page);
  const times = [];
  for (let at = 0; at < KEYS; at += 1) {
    const key = keys[at % keys.length];
    const done = page.evaluate(() => window.nextChange());
    await (direct ? page.evaluate(change, { side, key }) : press(session, key));
    times.push(await done);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  print(what, times.slice(4));
  await page.context().close();
}

/** In the page: measures from the key's own time until the decision and the editor both show what it did. */
function watch({ side, shows: [inDecision, inEditor] }) {
  const decision = document.querySelector(".decision");
  const editor = document.querySelector(`#${side} .code`).shadowRoot;
  let resolve = null;
  let began = 0;
  let wanted = false;
  const look = () => {
    const [one, other] = [decision.querySelector(`.${inDecision}`) !== null, editor.querySelector(`.${inEditor}`) !== null];
    if (!resolve || !began || one !== wanted || other !== wanted) return;
    resolve(performance.now() - began);
    resolve = null;
    began = 0;
  };
  editor.addEventListener("keydown", (event) => began = event.timeStamp, true);
  window.begin = () => began = performance.now();
  const observer = new MutationObserver(look);
  observer.observe(decision, { subtree: true, childList: true, characterData: true, attributes: true });
  observer.observe(editor, { subtree: true, childList: true, characterData: true, attributes: true });
  window.nextChange = () => new Promise((done) => {
    wanted = !wanted;
    resolve = done;
  });
}

/** In the page: what a key does to the text, without the key. */
function change({ side, key }) {
  const content = document.querySelector(`#${side} .code`).shadowRoot.querySelector(".cm-content");
  const { view } = content.cmTile ?? content.cmView;
  const { head } = view.state.selection.main;
  window.begin();
  if (key === "Backspace") view.dispatch({ changes: { from: head - 1, to: head }, userEvent: "delete.backward" });
  else view.dispatch({ changes: { from: head, insert: key }, selection: { anchor: head + 1 }, userEvent: "input.type" });
}

async function press(session, key) {
  const base = key === "Backspace" ? { key, code: key, windowsVirtualKeyCode: 8 } : { key, text: key };
  await session.send("Input.dispatchKeyEvent", { type: "keyDown", ...base });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: base.key });
}

function print(what, times) {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const ms = (time) => `${time.toFixed(1).padStart(7)} ms`;
  console.log(`${what.padEnd(64)} median ${ms(at(0.5))}   p95 ${ms(at(0.95))}   max ${ms(sorted.at(-1))}   n ${sorted.length}`);
}
