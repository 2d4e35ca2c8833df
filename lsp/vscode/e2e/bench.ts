// Measures what people wait for, in the package as it is installed, and prints it. Never fails for being slow.

import fs from "node:fs";
import path from "node:path";
import { launch, launchWithProfile } from "./harness/browser.ts";
import { startCodeServer } from "./harness/code-server.ts";
import { temporary, vsix, workspace } from "./harness/places.ts";
import { DRAFT } from "./harness/samples.ts";
import { startWeb } from "./harness/web.ts";
import { Workbench } from "./harness/workbench.ts";

const NAME = "coupons.intake.yaml";
/** Windows that are opened for the time to the first diagnostics. */
const WINDOWS = 5;
/** Keys that are pressed. */
const KEYS = 60;

const files = { [NAME]: DRAFT };
row("package", `${(fs.statSync(vsix).size / 1e6).toFixed(2)} MB`, "at most 2.5 MB");

const browser = await launch();
const marks = path.join(temporary("marks"), "marks");
const server = await startCodeServer({ trust: true, env: { REMIT_MARKS: marks } });
for (let window = 0; window < WINDOWS; window += 1) {
  const bench = await Workbench.open(browser, server.url(workspace(files)));
  await bench.openFile(NAME);
  await bench.tierIs(/^Tier 1–3/);
  await bench.close();
}
const first = fs.readFileSync(marks, "utf8").trim().split("\n").map(Number);
row("activation → first diagnostics, desktop host", spread(first), "wanted: under 2000 ms");

const desktop = await Workbench.open(browser, server.url(workspace(files)));
row("key → status bar, code-server", spread(await keys(desktop)), "wanted: median under 100 ms");
await desktop.close();
await server.stop();

const web = await startWeb(workspace(files));
const profile = await launchWithProfile();
const worker = await Workbench.in(profile, web.url);
row("key → status bar, VS Code for the Web", spread(await keys(worker)), "");
await profile.close();
await web.stop();
await browser.close();
process.exit(0);

/** Presses keys that each change the tier, and waits for each to be seen. In milliseconds. */
async function keys(bench: Workbench): Promise<number[]> {
  await bench.openFromExplorer(NAME);
  await bench.tierIs(/^Tier 1–3/);
  const lines = DRAFT.split("\n");
  const line = lines.findIndex((line) => line.includes("golden_path"));
  await bench.goTo(line + 1, lines[line]!.indexOf("with-deviations") + "with-deviations".length + 1);
  await bench.page.evaluate((selector) => {
    const item = document.querySelector(selector)!;
    const taken: number[] = [];
    let pressed = 0;
    addEventListener("keydown", () => (pressed = performance.now()), true);
    new MutationObserver(() => {
      if (pressed > 0) taken.push(performance.now() - pressed);
      pressed = 0;
    }).observe(item, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { remitTaken: taken });
  }, ".statusbar-item[id$='remit.tier']");
  for (let key = 0; key < KEYS; key += 1) {
    await bench.page.keyboard.press(key % 2 === 0 ? "x" : "Backspace");
    await bench.page.waitForTimeout(250);
  }
  return bench.page.evaluate(() => (globalThis as unknown as { remitTaken: number[] }).remitTaken);
}

function spread(measured: number[]): string {
  const sorted = [...measured].sort((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms (${sorted.length} times)`;
}

function row(what: string, measured: string, wanted: string): void {
  console.log(`${what.padEnd(46)} ${measured}${wanted && `   ${wanted}`}`);
}
