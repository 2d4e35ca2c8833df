// Draws the README's picture of the built page: `cargo xtask pictures --page` builds the page and runs this.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { openExample, openFile, retype, start, tierIs, until } from "./tests/site.mjs";

const PICTURE = fileURLToPath(new URL("picture.png", import.meta.url));

const site = await start();
const page = await site.open({ colorScheme: "light" });
// Due dates are compared with today, which would be another one for each picture.
await page.getByLabel("As of").fill("2026-11-20");
await page.getByRole("button", { name: "Close the first steps" }).click();
await openExample(page, "public-payments-endpoint");
await tierIs(page, "Tier 2");
await openFile(page, "topics/routing.rhai");
await retype(page, "policy", "(intake))\n    .tier(2)", "(intake))\n    .tier(3)");
await tierIs(page, "Tier 3");
await page.locator("[data-point='tier'] .rv-toggle").click();
await until("the tests ran", async () => /fail/.test(await page.locator("#tab-tests").textContent()));
await until("the examples are compared", async () => /changed/.test(await page.locator("#tab-examples").textContent()));
await until("the rule is marked", async () => await page.locator("#policy .cm-marked").count() > 0);
await page.mouse.move(640, 780);
const picture = await small(await page.screenshot({ caret: "hide" }));
await site.stop();
writeFileSync(PICTURE, picture);
console.log(`drew ${PICTURE}: ${picture.length.toLocaleString("en")} bytes`);

/** The same picture with 256 colours, in about a third of the size. */
async function small(png) {
  const blank = await site.browser.newPage();
  const { width, height, palette, rows } = await blank.evaluate(indexed, png.toString("base64"));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const chunk = (name, data) => {
    const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(name), data, Buffer.alloc(4)]);
    whole.writeUInt32BE(data.length, 0);
    whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
    return whole;
  };
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette)),
    chunk("IDAT", deflateSync(Buffer.from(rows, "base64"), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** In a page: a picture's palette, and its rows as numbers of it, as a PNG has them. */
async function indexed(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colours = Array.from({ length: width * height }, (_, at) => data[at * 4] << 16 | data[at * 4 + 1] << 8 | data[at * 4 + 2]);
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const parts = (colour) => [colour >> 16, colour >> 8 & 255, colour & 255];
  // Each entry of the palette is the colour whose lack would be seen most: far from all before it, and of many pixels.
  const all = [...counts].map(([colour, count]) => ({ colour, count, parts: parts(colour), far: Infinity, nearest: 0 }));
  const palette = [];
  while (palette.length < Math.min(256, all.length)) {
    const next = all.reduce((one, other) => other.far * other.count > one.far * one.count ? other : one).parts;
    for (const one of all) {
      const far = one.parts.reduce((sum, part, at) => sum + (part - next[at]) ** 2, 0);
      if (far < one.far) [one.far, one.nearest] = [far, palette.length];
    }
    palette.push(next);
  }
  const nearest = new Map(all.map((one) => [one.colour, one.nearest]));
  let rows = "";
  for (let row = 0; row < height; row += 1) {
    rows += `\0${colours.slice(row * width, (row + 1) * width).map((colour) => String.fromCharCode(nearest.get(colour))).join("")}`;
  }
  return { width, height, palette: palette.flat(), rows: btoa(rows) };
}
