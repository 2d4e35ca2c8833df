// For everybody: no serious finding of axe in light, dark and on a phone, and all of it by keyboard.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { close, openExample, PHONE, picture, retype, showTab, start, textOf, tierIs, until } from "./site.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let site;
before(async () => site = await start());
after(() => site.stop());

/** What axe finds that is serious or worse. */
async function findings(page, where) {
  if (!await page.evaluate(() => "axe" in window)) {
    // Not as a script of the page: its policy allows none but its own.
    const { readFile } = await import("node:fs/promises");
    await page.evaluate(await readFile(AXE, "utf8"));
  }
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter((found) => ["serious", "critical"].includes(found.impact))
    .map((found) => `${where}: ${found.id}: ${found.help}: ${found.nodes.map((node) => node.target.flat().join(" ")).slice(0, 4).join(" | ")}`);
}

for (const [name, options] of Object.entries({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { ...PHONE, colorScheme: "light" },
  "phone, dark": { ...PHONE, colorScheme: "dark" },
})) {
  test(`axe finds nothing serious: ${name}`, async () => {
    const page = await site.open({ ...options, bypassCSP: true });
    const phone = name.startsWith("phone");
    const go = async (tab) => {
      if (phone) await page.getByRole("navigation", { name: "Areas" }).getByRole("button", { name: new RegExp(`^${tab}`) }).click();
      else await showTab(page, tab);
    };
    const file = name.replaceAll(/\W+/g, "-");
    const found = [];
    await picture(page, `start-${file}`);
    found.push(...await findings(page, "start"));
    if (phone) await go("Intake");
    await openExample(page, "public-payments-endpoint");
    if (phone) await picture(page, `intake-${file}`);
    if (phone) await go("Decision");
    await tierIs(page, "Tier 2");
    await page.locator("[data-point='tier'] .rv-toggle").click();
    await picture(page, `decision-${file}`);
    found.push(...await findings(page, "decision"));
    if (phone) await go("Policy");
    await retype(page, "policy", "    .when(|intake| intake.exposure.changes)\n    .tier(2)", "    .when(|intake| intake.exposure.changes)\n    .tier(3)");
    if (phone) await picture(page, `policy-${file}`);
    found.push(...await findings(page, "policy"));
    await until("tests fail", async () => /fail/.test(await page.locator("#tab-tests").textContent()));
    await go("Tests");
    await picture(page, `tests-${file}`);
    found.push(...await findings(page, "tests"));
    await go("Examples");
    await until("an example is changed", async () => await page.locator(".example.is-changed").count() > 0);
    await picture(page, `examples-${file}`);
    found.push(...await findings(page, "examples"));
    if (phone) await go("Policy");
    await retype(page, "policy", ".when(|intake| intake.exposure.changes)", ".when(|intake| intake.exposure.chnages)");
    await page.locator("#policy .cm-lintRange-error").waitFor({ state: "attached" });
    await go("Decision");
    await page.locator(".rv-stale").waitFor();
    await picture(page, `broken-${file}`);
    found.push(...await findings(page, "broken"));
    await page.getByRole("button", { name: "Share", exact: true }).first().click();
    await page.getByRole("dialog").waitFor();
    found.push(...await findings(page, "share"));
    await picture(page, `share-${file}`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More", exact: true }).click();
    await picture(page, `menu-${file}`);
    found.push(...await findings(page, "menu"));
    await page.getByRole("menuitem", { name: /Keyboard/ }).click();
    await page.getByRole("dialog").waitFor();
    await picture(page, `keys-${file}`);
    found.push(...await findings(page, "keys"));
    assert.deepEqual(found, []);
    await close(page);
  });
}

test("everything is done with the keyboard alone", async () => {
  const page = await site.open();
  const focus = () => page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
  });
  const tabTo = async (name, most = 40) => {
    for (let at = 0; at < most; at += 1) {
      await page.keyboard.press("Tab");
      if (name.test(await focus())) return;
    }
    assert.fail(`${name} is not reached; the focus is at ${await focus()}`);
  };
  // The first stop skips to the decision.
  await page.keyboard.press("Tab");
  assert.match(await focus(), /Skip to the decision/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "result");
  // A question is answered.
  await tabTo(/^No tier 3$|^No\s*3?$/);
  await page.keyboard.press("Enter");
  await until("the answer is in the text", async () => /^risk:\n {2}detection: "?no"?$/m.test(await textOf(page, "request")));
  await tierIs(page, "Tier 3");
  // On to the intake's text, and out of it again.
  await page.keyboard.press("F6");
  await page.keyboard.press("F6");
  await until("the intake has the focus", async () => await focus() === "Intake" || await focus());
  await page.keyboard.press("Control+End");
  await page.keyboard.type("blast_radius: service\n");
  await until("it is typed", async () => (await textOf(page, "request")).includes("blast_radius: service"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.notEqual(await focus(), "Intake");
  // A file of the policy, from the tree.
  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("Shift+F6");
  await page.locator("[role=treeitem][tabindex='0']").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#policy .crumb").textContent(), "topics/evidence.rhai");
  await until("the text has the focus", async () => /Policy file topics\/evidence/.test(await focus()));
  // Tabs, menus and dialogs.
  await page.keyboard.press("Alt+3");
  await until("examples are shown", async () => await page.locator("#tab-examples").getAttribute("aria-selected") === "true");
  await page.keyboard.press("F1");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Control+Enter");
  await until("tests are shown", async () => await page.locator("#tab-tests").getAttribute("aria-selected") === "true");
  await page.getByRole("separator", { name: "Width of the texts" }).focus();
  const before = await page.getByRole("separator", { name: "Width of the texts" }).getAttribute("aria-valuenow");
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await page.getByRole("separator", { name: "Width of the texts" }).getAttribute("aria-valuenow"), before);
  await close(page, { strict: true });
});

test("the tier is told to a screen reader once it stands still", async () => {
  const page = await site.open();
  await openExample(page, "public-payments-endpoint");
  const said = page.locator(".rv [role=status][aria-live=polite]");
  await until("it is said", async () => /^Tier 2, Deep review/.test(await said.textContent()));
  await close(page, { strict: true });
});

test("on a phone, what is shown can be written into at once", async () => {
  const page = await site.open(PHONE);
  await page.getByRole("button", { name: "Show me one" }).click();
  await until("the editor has the keyboard", () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.closest(".cm-editor") != null));
  await page.keyboard.type("3");
  await until("the rule is changed", async () => /rule\("new-trust-boundary"\)\n.*\n {4}\.tier\(3\)/.test(await textOf(page, "policy")));
  await page.getByRole("navigation", { name: "Areas" }).getByRole("button", { name: /^Decision/ }).click();
  await page.getByRole("button", { name: "Make one" }).click();
  await until("the test can be written", () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.closest(".cm-editor") != null));
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# Mine. ");
  await until("it is written", async () => (await textOf(page, "policy")).startsWith("# Mine. # Say here"));
  await close(page);
});
