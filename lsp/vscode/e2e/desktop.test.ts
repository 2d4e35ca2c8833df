// The package installed in VS Code's workbench with a Node extension host, as on a desktop or over SSH, in Chromium.
// There is no `remit` on the path: the server is the one that comes along.

import assert from "node:assert/strict";
import { test } from "node:test";
import fs from "node:fs";
import path from "node:path";
import { desktop } from "./harness/desktop.ts";
import { killServers } from "./harness/processes.ts";
import { workspace } from "./harness/places.ts";
import { changed, DRAFT, vendorPack } from "./harness/samples.ts";

/** A rule that no test tries. */
const UNTRIED = `
/// Nobody has tried this one.
rule("very-expensive")
    .when(|intake| intake.spend.yearly_eur > 900000)
    .flag("info", "ask the bank first")
    .because("so much money is not in the drawer");
`;

const open = desktop({ trust: true });

test("a mistake is underlined, mended with a quick fix, and the tier follows", async () => {
  const name = "coupons.intake.yaml";
  const [bench] = await open({ [name]: DRAFT.replace("with-deviations", "with-deviation") });
  await bench.openFile(name);
  assert.deepEqual(await bench.squiggled("error", name), ["with-deviation"]);
  await bench.tierIs(/^Tier 0–3 · \d+ missing$/);

  const line = 1 + DRAFT.split("\n").findIndex((line) => line.includes("golden_path"));
  await bench.goTo(line, 20);
  await bench.quickFix("Replace with `with-deviations`");
  await bench.tierIs(/^Tier 1–3 · \d+ missing$/);
  assert.match(await bench.text(name), /golden_path: with-deviations /);
  // What the line causes is said behind it.
  await bench.editor(name).getByText("at least tier 1").first().waitFor();
});

test("the decision leads to lines, and its questions write answers", async () => {
  const name = "coupons.intake.yaml";
  const [bench] = await open({ [name]: DRAFT });
  await bench.openFile(name);
  await bench.tierIs(/^Tier 1–3/);
  await bench.tier.click();
  const { panel } = bench;
  await panel.locator(".rv-tier-name").getByText("Tier 1 to 3").waitFor();

  // Why it is at least tier 1: the line of the intake, then that of the rule in the built-in policy.
  await panel.locator('[data-point="tier"] .rv-toggle').click();
  await panel.locator('[data-point="tier"] .rv-cause .rv-place').first().click();
  const line = 1 + DRAFT.split("\n").findIndex((line) => line.includes("golden_path"));
  await bench.cursorIs(line);
  await panel.locator('[data-point="tier"] .rv-rule .rv-place').first().click();
  await bench.page.locator(".tab.active").filter({ hasText: "tiers.rhai" }).waitFor();
  await bench.editor("tiers.rhai").getByText("meaningful-change").first().waitFor();
  await bench.cursorIsAt("tiers.rhai", 'rule("meaningful-change")');
  await bench.picture("rule");

  // A question is answered where it stands, and the text has the answer as somebody would write it.
  await bench.openFile(name);
  await panel.getByRole("button", { name: /^Show all/ }).first().click();
  const question = panel.locator('[data-question="environment"]');
  await question.getByRole("button", { name: "Production" }).click();
  await question.waitFor({ state: "detached" });
  assert.match(await bench.text(name), /^environment: production$/m);
  await bench.picture("decision");
});

test("the decision can be used with a keyboard and a screen reader, in light and dark", async () => {
  const name = "coupons.intake.yaml";
  const [bench] = await open({ [name]: DRAFT }, true);
  await bench.openFile(name);
  await bench.tierIs(/^Tier 1–3/);
  await bench.command("Remit: Show the Decision");
  await bench.panel.locator(".rv-tier-name").waitFor();
  await bench.page.waitForTimeout(500);
  assert.deepEqual(await bench.seriousIssues(), []);
  // The picture of the README: with the reason unfolded, and nothing beside the two.
  await bench.command("View: Toggle Primary Side Bar Visibility");
  await bench.panel.locator('[data-point="tier"] .rv-toggle').click();
  await bench.panel.locator('[data-point="tier"] .rv-cause .rv-place').first().waitFor();
  await bench.page.mouse.move(640, 790);
  await bench.page.waitForTimeout(1_000);
  await bench.picture("decision-dark");
});

test("from the snippet to a settled tier without leaving the editor, and why", async () => {
  const name = "meeting-room-board.intake.yaml";
  const [bench] = await open({ [name]: "" });
  await bench.openFile(name);
  await bench.focus(name);
  await bench.page.keyboard.type("intake");
  await bench.page.keyboard.press("Control+Space");
  await bench.suggestion("remit-intake").click();
  // The snippet's stops, one after the other: what it proposes is taken, except for a few.
  await bench.tabThrough([
    ...["", "meeting-room-board", "Anneke Visser", "", { choose: "production" }, "", "Shows which rooms are free."],
    ...["", "", { choose: "complete" }, "", "", "https://git.corp.internal/workplace/meeting-room-board/pulls/1"],
  ]);
  await bench.tierIs(/^Tier 0 · \d+ missing$/);
  await bench.command("Remit: Answer Open Questions");
  await bench.answerQuestions({
    "By which day": "2027-01-29",
    "Which business event": "The lobby screens are switched on",
  });
  // Every question is answered; what is still missing is evidence.
  await bench.tierIs(/^Tier 0 · 3 missing$/);
  // What is said above the file is as new.
  const lens = bench.editor(name).locator(".codelens-decoration");
  await bench.until(async () => /^Tier 0 · Self-service · 3 pieces of evidence missing/.test((await lens.first().innerText()).trim()));
  await bench.tier.click();
  await bench.panel.getByText("Settled: no open question can change it.").waitFor();
  await bench.panel.locator('[data-point="tier"] .rv-toggle').click();
  await bench.panel.getByText("an approved template is followed as it is", { exact: false }).first().waitFor();
  await bench.picture("settled");
});

test("policy tests are listed, run, and show what they cover", async () => {
  const wrong = changed(vendorPack(), "tests/conduct.case.yaml", "expect:\n      tier: 3", "expect:\n      tier: 2");
  wrong["topics/conduct.rhai"] += UNTRIED;
  const [bench] = await open(wrong);
  await bench.openFile("topics/conduct.rhai");
  assert.equal(await bench.language(), "Remit Rules");
  await bench.openTests();
  await bench.testItem("Policy vendor-intake").waitFor();
  await bench.command("Test: Run All Tests with Coverage");
  await bench.testItem("Policy vendor-intake").locator(".codicon-testing-failed-icon").waitFor();
  await bench.page.getByText("28/29", { exact: false }).first().waitFor();
  const gutter = bench.editor("conduct.rhai").locator(".coverage-deco-gutter");
  await gutter.and(bench.page.locator(".coverage-deco-hit")).first().waitFor();
  await gutter.and(bench.page.locator(".coverage-deco-miss")).first().waitFor();
  await bench.picture("tests");
});

test("a server that is killed comes back, and no text is lost", async () => {
  const name = "coupons.intake.yaml";
  const [bench] = await open({ [name]: DRAFT, ".vscode/settings.json": '{ "remit.inlayHints": false }' });
  await bench.openFile(name);
  await bench.tierIs(/^Tier 1–3/);
  const before = await bench.missing();
  await bench.goTo(1, 1);
  await bench.page.keyboard.type("# not saved yet\n");
  assert.equal(killServers(), 1);
  await bench.page.keyboard.type("environment: production\n");
  await bench.page.keyboard.type("trust_tier: low\n");
  await bench.tierIs(new RegExp(`^Tier \\d–3 · ${before - 2} missing$`));
  const text = await bench.text(name);
  assert.ok(text.startsWith("# not saved yet\nenvironment: production\ntrust_tier: low\n"), text);
  assert.ok(text.endsWith(DRAFT), "what stood there stands there");
});

test("a pack that is broken is shown where it is broken, and decides again once mended", async () => {
  const [bench] = await open(changed(vendorPack(), "topics/data.rhai", ".tier(2)", ".tier(7)"));
  await bench.openFile("examples/cables.intake.yaml");
  await bench.tierIs(/^No policy$/);
  await bench.tier.click();
  await bench.page.locator(".tab.active").filter({ hasText: "data.rhai" }).waitFor();
  assert.deepEqual(await bench.squiggled("error", "data.rhai"), ["7"]);
  await bench.picture("broken-pack");
  await bench.page.keyboard.press("Delete");
  await bench.page.keyboard.type("2");
  await bench.openFile("examples/cables.intake.yaml");
  await bench.tierIs(/^Tier 0/);
});

test("a folder without any intake is left alone", async () => {
  const [bench] = await open({ "readme.yaml": "a: 1\n" });
  await bench.openFile("readme.yaml");
  await bench.page.waitForTimeout(1500);
  assert.equal(await bench.tier.isVisible(), false);
  assert.equal(killServers(), 0, "no server was started");
  await bench.command("Remit: Check All Intakes");
  await bench.notifications.getByText("There is no intake in this workspace yet").waitFor();
});

test("a setting that names no program, or one of another version, is said, and the carried server goes on", async () => {
  const name = "coupons.intake.yaml";
  const other = path.join(workspace({ "remit": "#!/bin/sh\necho remit 9.9.9\n" }), "remit");
  fs.chmodSync(other, 0o755);
  const [bench, folder] = await open({
    [name]: DRAFT,
    ".vscode/settings.json": JSON.stringify({ "remit.server.path": "/nowhere/remit" }),
  });
  await bench.openFile(name);
  await bench.notifications.getByText("there is no program `/nowhere/remit`", { exact: false }).waitFor();
  await bench.tierIs(/^Tier 1–3/);
  fs.writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify({ "remit.server.path": other }));
  await bench.notifications.getByText("is Remit 9.9.9, but this extension needs 0.1.0", { exact: false }).waitFor();
  await bench.tierIs(/^Tier 1–3/);
});

test("a file of 10 MB does no harm", async () => {
  const big = `${DRAFT}notes:\n${"  - one more line of a very long list\n".repeat(270_000)}`;
  const [bench] = await open({ "big.intake.yaml": big, "small.intake.yaml": DRAFT });
  await bench.openFile("big.intake.yaml");
  await bench.page.waitForTimeout(2000);
  await bench.openFile("small.intake.yaml");
  await bench.tierIs(/^Tier 1–3/);
});

test("in a rule the fields of the pack's own form are offered", async () => {
  const [bench] = await open(vendorPack());
  await bench.openFile("topics/data.rhai");
  const lines = (await bench.text("topics/data.rhai")).split("\n");
  const line = lines.findIndex((line) => line.includes(".when(|intake| "));
  await bench.editor("data.rhai").getByText("fires on").first().waitFor();
  await bench.goTo(line + 1, lines[line]!.indexOf("|intake| ") + "|intake| ".length + 1);
  await bench.page.keyboard.type("intake.");
  await bench.suggestion("supplier").waitFor();
  await bench.picture("rules");
});
