// The commands, as somebody finds them in the palette.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { desktop } from "./harness/desktop.ts";
import { servers } from "./harness/processes.ts";
import { DRAFT, lineOf, vendorPack } from "./harness/samples.ts";

const NAME = "coupons.intake.yaml";
const open = desktop({ trust: true });

test("a line is explained below itself", async () => {
  const [bench] = await open({ [NAME]: DRAFT });
  await bench.openFile(NAME);
  await bench.tierIs(/^Tier 1–3/);
  await bench.goTo(lineOf(DRAFT, "golden_path"), 1);
  await bench.command("Remit: Explain This Line");
  const peek = bench.page.locator(".peekview-widget");
  await peek.getByText("Rules that read it").first().waitFor();
  await bench.picture("explain");
});

test("a new intake has every question of the policy around it, and the cursor waits at the first", async () => {
  const pack = Object.entries(vendorPack()).map(([name, text]) => [`vendors/${name}`, text]);
  const [bench, folder] = await open({ "readme.md": "Hello\n", ...Object.fromEntries(pack) });
  await bench.command("Remit: New Intake");
  await bench.typeInto("New intake", "printer service");
  await bench.page.locator(".tab.active").filter({ hasText: "printer-service.intake.yaml" }).waitFor();
  await bench.tierIs(/^Tier \d–3 · \d+ missing$/);
  assert.match(await bench.text("printer-service.intake.yaml"), /^environment:/m);
  await bench.picture("new-intake");
  await bench.page.keyboard.type(" 2026-11-20");
  await bench.until(async () => /^submitted_on: 2026-11-20$/m.test(await bench.text("printer-service.intake.yaml")));
  assert.ok(fs.existsSync(path.join(folder, "printer-service.intake.yaml")));

  // Beside a file of another pack it has that one's questions; a name that is taken is not taken again.
  await bench.openFile("vendors/remit.yaml");
  await bench.command("Remit: New Intake");
  await bench.typeInto("New intake", "cleaning.intake.yml");
  await bench.page.locator(".tab.active").filter({ hasText: "cleaning.intake.yaml" }).waitFor();
  assert.match(await bench.text("cleaning.intake.yaml"), /^supplier:/m);
  await bench.command("Remit: New Intake");
  await bench.page.locator(".quick-input-widget input.input").fill("cleaning");
  await bench.page.locator(".quick-input-message").getByText("There is `cleaning.intake.yaml` already").waitFor();
  await bench.page.keyboard.press("Escape");
});

test("all intakes are checked, and one of them opens with its decision", async () => {
  const pack = Object.entries(vendorPack()).map(([name, text]) => [`vendors/${name}`, text]);
  const [bench] = await open({ [NAME]: DRAFT, ...Object.fromEntries(pack) });
  await bench.command("Remit: Check All Intakes");
  const list = bench.page.locator(".quick-input-list .monaco-list-row");
  await list.filter({ hasText: "coupons" }).filter({ hasText: "Tier 1–3" }).waitFor();
  await list.filter({ hasText: "chat-assistant-draft" }).filter({ hasText: "Tier 2–3" }).waitFor();
  await bench.picture("check-all");
  await list.filter({ hasText: "coupons" }).click();
  await bench.page.locator(".tab.active").filter({ hasText: NAME }).first().waitFor();
  await bench.panel.locator(".rv-tier-name").getByText("Tier 1 to 3").waitFor();
});

test("another pack decides once it is chosen", async () => {
  const pack = Object.entries(vendorPack()).map(([name, text]) => [`policy/${name}`, text]);
  const [bench, folder] = await open({ [NAME]: DRAFT, ...Object.fromEntries(pack) });
  await bench.openFile(NAME);
  await bench.tierIs(/^Tier 1–3/);
  await bench.command("Remit: Switch Policy Pack");
  const list = bench.page.locator(".quick-input-list .monaco-list-row");
  await list.filter({ hasText: "vendor-intake" }).waitFor();
  await bench.picture("switch-pack");
  await list.filter({ hasText: "vendor-intake" }).click();
  // Its form has no such field.
  await bench.editor(NAME).locator(".squiggly-error").first().waitFor();
  assert.deepEqual(JSON.parse(fs.readFileSync(path.join(folder, ".vscode/settings.json"), "utf8")), { "remit.pack": "policy" });
  await bench.command("Remit: Switch Policy Pack");
  await list.filter({ hasText: "built in" }).click();
  await bench.tierIs(/^Tier 1–3/);
});

test("the server is started again, and its output is shown", async () => {
  const [bench] = await open({ [NAME]: DRAFT });
  await bench.openFile(NAME);
  await bench.tierIs(/^Tier 1–3/);
  const [before] = servers();
  await bench.command("Remit: Restart Server");
  await bench.until(async () => servers().length === 1 && servers()[0] !== before);
  await bench.tierIs(/^Tier 1–3/);
  await bench.command("Remit: Show Output");
  await bench.output.waitFor();
});

test("the walkthrough leads to an intake", async () => {
  const [bench] = await open({ "readme.md": "Hello\n" });
  await bench.command("Welcome: Open Walkthrough...");
  await bench.page.locator(".quick-input-widget input.input").fill("Remit");
  await bench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Get started with Remit" }).first().click();
  const page = bench.page.locator(".gettingStartedContainer");
  await page.getByText("Write an intake").first().waitFor();
  await bench.page.waitForTimeout(1500);
  await bench.picture("walkthrough");
  await page.getByRole("button", { name: "New intake" }).first().click();
  await bench.typeInto("New intake", "first");
  await bench.tierIs(/^Tier \d–3/);
});

test("the page of the extension has no holes", async () => {
  const [bench] = await open({ "readme.md": "Hello\n" });
  await bench.page.locator('.activitybar .action-label[aria-label^="Extensions"]').first().click();
  await bench.page.locator(".extensions-list .monaco-list-row").filter({ hasText: "Remit" }).first().click();
  const page = bench.page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame");
  await page.getByText("Remit for Visual Studio Code").waitFor();
  const holes = await page.locator("img").evaluateAll((images) =>
    images.filter((image) => !(image as HTMLImageElement).naturalWidth).map((image) => image.getAttribute("src")),
  );
  assert.deepEqual(holes, []);
  await bench.picture("extension-page");
});
