// The configuration that `lsp/README.md` gives, as it stands there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./session.mjs";

const readme = readFileSync(join(repository, "lsp/README.md"), "utf8");

/** The blocks of code below a heading, up to the next one. */
export function blocks(heading) {
  const [, section] = readme.split(new RegExp(`^#+ ${heading}$`, "m"));
  assert.ok(section, `lsp/README.md has no \`${heading}\``);
  const own = section.split(/^#+ /m)[0];
  return [...own.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code]) => code);
}
