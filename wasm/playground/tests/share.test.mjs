// Links, archives and what the browser keeps.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { strToU8, unzipSync, zipSync } from "fflate";
import { close, DESK, kept, openExample, openFile, picture, retype, start, textOf, tierIs, until, watch, decided } from "./site.mjs";

let site;
before(async () => site = await start({ path: "/some/where/" }));
after(() => site.stop());

async function shareLink(page, { whole = false } = {}) {
  await page.getByRole("button", { name: "Share", exact: true }).first().click();
  const field = page.getByLabel("Link", { exact: true });
  await until("the link is made", async () => (await field.inputValue()).startsWith("http"));
  if (whole) {
    const short = await field.inputValue();
    await page.getByLabel(/Put the whole policy/).check();
    await until("the long link is made", async () => (await field.inputValue()).length > short.length);
  }
  const link = await field.inputValue();
  await picture(page, "share");
  await page.keyboard.press("Escape");
  return link;
}

for (const whole of [false, true]) {
  test(`a link opens as the page stood${whole ? ", with the whole policy in it" : ""}`, async () => {
    const page = await site.open();
    await openExample(page, "public-payments-endpoint");
    await tierIs(page, "Tier 2");
    await openFile(page, "topics/routing.rhai");
    await retype(page, "policy", ".tier(2)", ".tier(3)");
    await tierIs(page, "Tier 3");
    await retype(page, "request", "PAY-2214", "PAY-99-Ω");
    await until("the id is in the decision", async () => (await page.locator(".rv-subject").textContent()).includes("PAY-99-Ω"));
    const link = await shareLink(page, { whole });
    assert.ok(whole ? link.length > 20_000 : link.length < 4_000, `the link has ${link.length} characters`);
    await close(page);

    const other = await site.open({ fragment: link.slice(link.indexOf("#")) });
    await tierIs(other, "Tier 3");
    assert.match(await textOf(other, "request"), /PAY-99-Ω/);
    assert.equal(await other.locator("#policy .crumb").textContent(), "topics/routing.rhai");
    // The link does not stay in the address: a reload goes on with what was made of it.
    assert.equal(new URL(other.url()).hash, "");
    await retype(other, "request", "PAY-99-Ω", "PAY-100");
    await until("it is kept", () => kept(other, "PAY-100"));
    await other.reload();
    await tierIs(other, "Tier 3");
    assert.match(await textOf(other, "request"), /PAY-100/);
    await close(other, { strict: false });
  });
}

const packed = (value) => deflateRawSync(Buffer.from(typeof value === "string" ? value : JSON.stringify(value))).toString("base64url");

const BAD_LINKS = {
  "cut off": ["#p1=" + packed({ v: 1, files: {}, request: ["a.intake.yaml", ""], open: "", today: "2026-11-20" }).slice(0, -12), /damaged/],
  "not in base64": ["#p1=%%%", /damaged/],
  "not JSON": ["#p1=" + packed("{"), /damaged/],
  "of another shape": ["#p1=" + packed({ v: 1, files: [], request: 3 }), /damaged/],
  "with a path out of the policy": ["#p1=" + packed({ v: 1, files: { "../x.rhai": "" }, request: ["a.intake.yaml", ""], open: "", today: "2026-11-20" }), /damaged/],
  "of a newer version": ["#p2=abc", /newer version/],
  "of another version inside": ["#p1=" + packed({ v: 7 }), /another version/],
  "that unpacks to a gigabyte": ["#p1=" + deflateRawSync(Buffer.alloc(1 << 28)).toString("base64url"), /more than 8 MB/],
};

for (const [what, [fragment, says]] of Object.entries(BAD_LINKS)) {
  test(`a link ${what} is refused with a reason, and the page works`, async () => {
    const page = await site.open({ fragment });
    const toast = page.locator(".toast.is-bad");
    await toast.waitFor();
    assert.match(await toast.textContent(), says);
    await tierIs(page, "Tier 1 to 3");
    await close(page, { strict: true });
  });
}

test("a policy is saved as a zip, and opened from it", async () => {
  const page = await site.open();
  await retype(page, "policy", ".tier(0)", ".tier(1)");
  await until("the file counts as changed", async () => (await page.locator(".origin-note").textContent()).includes("1 file changed"));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /as a zip/ }).click();
  const saved = await download;
  assert.equal(saved.suggestedFilename(), "default.zip");
  const bytes = await readFile(await saved.path());
  assert.match(Buffer.from(unzipSync(bytes)["topics/tiers.rhai"]).toString(), /\.tier\(1\)\n {4}\.because\("an approved template/);
  await close(page);

  const other = await site.open();
  // As people make them: with a folder around the policy, and other things beside it.
  const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, data]) => [`repo/policy/${path}`, data]));
  await openZip(other, zipSync({ ...files, "repo/.git/config": strToU8("x"), "repo/logo.png": new Uint8Array([1, 2, 3]) }));
  await until("the zip is open", async () => (await other.locator(".origin-note").textContent()).includes("policy.zip"));
  await decided(other);
  assert.match(await textOf(other, "policy"), /\.tier\(1\)\n {4}\.because\("an approved template/);
  await close(other, { strict: true });
});

/** Opens an archive through the menu. */
async function openZip(page, bytes, name = "policy.zip") {
  await page.getByRole("button", { name: "Open", exact: true }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: "A zip…" }).click();
  await (await chooser).setFiles({ name, mimeType: "application/zip", buffer: Buffer.from(bytes) });
}

const BAD_ZIPS = {
  "that is none": [Buffer.from("hello"), /not a zip/],
  "without a policy": [zipSync({ "readme.md": strToU8("hi") }), /remit\.yaml/],
  "cut off": [zipSync({ "remit.yaml": strToU8("format: 1\n".repeat(500)) }, { level: 0 }).slice(0, 900), /damaged|no policy/],
  "whose file unpacks to 256 MB": [zipSync({ "remit.yaml": new Uint8Array(1 << 28) }), /more than 2 MB/],
  "of a thousand files": [zipSync(Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`topics/${at}.rhai`, strToU8("//")]))), /more than 500 files/],
  "that is no text": [zipSync({ "remit.yaml": new Uint8Array([0xff, 0xfe, 0x41]) }), /not a text/],
};

for (const [what, [bytes, says]] of Object.entries(BAD_ZIPS)) {
  test(`an archive ${what} is refused with a reason, and the page works`, async () => {
    const page = await site.open();
    await openZip(page, bytes);
    const toast = page.locator(".toast.is-bad");
    await toast.waitFor();
    assert.match(await toast.textContent(), says);
    await tierIs(page, "Tier 1 to 3");
    await close(page, { strict: true });
  });
}

test("what was typed outlives a reload, and starting over can be undone", async () => {
  const page = await site.open();
  await retype(page, "request", "coupon-service", "voucher-service");
  await retype(page, "policy", ".tier(0)", ".tier(1)");
  await until("it is kept", () => kept(page, "voucher-service"));
  await page.reload();
  await decided(page);
  assert.match(await textOf(page, "request"), /voucher-service/);
  assert.match(await textOf(page, "policy"), /\.tier\(1\)\n {4}\.because\("an approved template/);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Start over" }).click();
  await until("it is fresh", async () => (await textOf(page, "request")).includes("coupon-service"));
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await until("it is back", async () => (await textOf(page, "request")).includes("voucher-service"));
  await close(page);
});

test("an intake that was left for another is as it was when one comes back", async () => {
  const page = await site.open();
  await retype(page, "request", "coupon-service", "voucher-service");
  await openExample(page, "golden-path-bootstrap");
  await tierIs(page, "Tier 0");
  await openExample(page, "half-filled-draft");
  await tierIs(page, "Tier 1 to 3");
  assert.match(await textOf(page, "request"), /voucher-service/);
  await close(page);
});

test("the page works without a network once it was loaded, and opens without one", async () => {
  const context = await site.browser.newContext(DESK);
  const page = await context.newPage();
  watch(page);
  await page.goto(site.address);
  await decided(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until("the page's files are kept", () => page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0] ?? "none");
    return (await cache.keys()).some((request) => request.url.endsWith(".wasm"));
  }));
  await context.setOffline(true);
  await openExample(page, "public-payments-endpoint");
  await tierIs(page, "Tier 2");
  await until("it is kept", () => kept(page, "payment-intents-api"));
  await page.reload();
  await tierIs(page, "Tier 2");
  // Another engine has to be had from somewhere, too.
  await retype(page, "request", "blast_radius: product", "blast_radius: multi-product");
  await tierIs(page, "Tier 3");
  await close(page);
});
