// What `lsp/README.md` says about settings and messages is so.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Session, repository } from "./session.mjs";

const readme = readFileSync(join(repository, "lsp/README.md"), "utf8");

test("every setting is known, and a value that makes no sense is refused by its name", async () => {
  const [, section] = readme.split("## Settings\n");
  const names = [...section.split("\n## ")[0].matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name);
  assert.ok(names.length >= 8, names.join());
  for (const name of names) {
    const settings = name.split(".").reduceRight((value, key) => ({ [key]: value }), 7);
    const session = await Session.open({ options: { settings } });
    const { message } = await session.next("window/showMessage");
    const last = name.split(".").at(-1);
    assert.match(message, new RegExp(`the setting \`remit\\.(\\w+\\.)?${last}\` is \`7\``), name);
    await session.end();
  }
});
