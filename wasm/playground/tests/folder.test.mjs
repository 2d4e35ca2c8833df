// A policy in a folder of this machine: read, changed, written back. The browser's own private folder stands in for
// one that somebody picks, as its dialog cannot be clicked from here; what is done with it is the same.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { close, decided, DESK, openFile, start, textOf, until, watch } from "./site.mjs";

const PACK = fileURLToPath(new URL("../../../rules/examples/packs/vendor-intake", import.meta.url));

let site;
before(async () => site = await start());
after(() => site.stop());

/** A page whose folder dialog is this function. */
async function pageWith(dialog) {
  const context = await site.browser.newContext(DESK);
  const page = await context.newPage();
  watch(page);
  await page.addInitScript(`window.showDirectoryPicker = ${dialog}`);
  await page.goto(site.address);
  await decided(page);
  return page;
}

const PRIVATE = "async () => (await navigator.storage.getDirectory()).getDirectoryHandle('ours', { create: true })";

/** Reads a file of the private folder, or writes it where there is a text. */
function disk(page, path, text = null) {
  return page.evaluate(async ([path, text]) => {
    let folder = await navigator.storage.getDirectory();
    const parts = `ours/${path}`.split("/");
    const name = parts.pop();
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await folder.getFileHandle(name, { create: text !== null }).catch(() => null);
    if (!file) return null;
    if (text === null) return (await file.getFile()).text();
    const stream = await file.createWritable();
    await stream.write(text);
    return stream.close();
  }, [path, text]);
}

/** The files of a small policy, by their paths. */
async function pack() {
  const entries = await readdir(PACK, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => [relative(PACK, file), await readFile(file, "utf8")]));
}

async function open(page) {
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("menuitem", { name: /A folder/ }).click();
}

/** Writes a comment at the top of the manifest. */
async function comment(page, words) {
  await openFile(page, "remit.yaml");
  await page.locator("#policy .cm-content").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText(`# ${words}\n`);
}

test("a folder is opened, changed and saved back, and what others wrote there is not undone", async () => {
  const page = await pageWith(PRIVATE);
  // As people keep them: the policy lies somewhere inside, with other things beside it.
  for (const [path, text] of await pack()) await disk(page, `policy/${path}`, text);
  await disk(page, "notes.md", "ours");
  await open(page);
  await until("the folder is open", async () => /^ours$/.test(await page.locator(".origin-note").textContent()));
  await decided(page);

  await comment(page, "Changed in the page.");
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByLabel("Path in the policy").fill("topics/mine.rhai");
  await page.keyboard.press("Enter");
  await until("it is shown", async () => await page.locator("#policy .crumb").textContent() === "topics/mine.rhai");
  await page.keyboard.press("Control+s");
  await page.locator(".toast", { hasText: "Saved 2 files to ours" }).waitFor();
  assert.match(await disk(page, "policy/remit.yaml"), /^# Changed in the page\.\n[^]*- topics\/mine\.rhai/);
  assert.match(await disk(page, "policy/topics/mine.rhai"), /rule\("/);
  assert.equal(await disk(page, "notes.md"), "ours");
  await until("nothing counts as changed", async () => /^ours$/.test(await page.locator(".origin-note").textContent()));

  // Somebody else writes to the same file.
  const theirs = `# Theirs.\n${await disk(page, "policy/remit.yaml")}`;
  await disk(page, "policy/remit.yaml", theirs);
  await comment(page, "Changed again.");
  await page.keyboard.press("Control+s");
  const refused = page.locator(".toast.is-bad", { hasText: "remit.yaml was changed in the folder" });
  await refused.waitFor();
  assert.equal(await disk(page, "policy/remit.yaml"), theirs);
  assert.match(await textOf(page, "policy"), /^# Changed again\.\n/);
  await close(page);
});

test("a browser that cannot write folders reads them through its file dialog", async () => {
  const page = await pageWith("undefined");
  const chooser = page.waitForEvent("filechooser");
  await open(page);
  await (await chooser).setFiles(PACK);
  await until("the folder is open", async () => (await page.locator(".origin-note").textContent()) === "vendor-intake");
  await decided(page);
  await comment(page, "Changed in the page.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  assert.equal(await page.getByRole("menuitem", { name: /^To / }).count(), 0);
  await close(page);
});

test("a folder without a policy is refused with a reason, and the page works", async () => {
  const page = await pageWith(PRIVATE);
  await disk(page, "notes.md", "ours");
  await open(page);
  await page.locator(".toast.is-bad", { hasText: /remit\.yaml/ }).waitFor();
  assert.equal(await page.locator(".origin-note").textContent(), "Built in");
  await close(page, { strict: true });
});
