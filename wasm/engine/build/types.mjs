// Makes the TypeScript types of everything that the engine hands over, from the JSON Schema of the Rust types.
// `node build/types.mjs SHAPES.json` writes them; with `--check` it only says whether they are as they should be.

import { compile } from "json-schema-to-typescript";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const src = join(dirname(fileURLToPath(import.meta.url)), "../src");
const titles = {
  "json-v1": "`json v1`: what the engine says about an intake, a pack and its tests. Offsets are bytes.",
  answers: "What the language service answers. Offsets are in units of UTF-16, as in JavaScript's strings.",
};

const [shapes, mode] = process.argv.slice(2);
let stale = false;
for (const [name, definitions] of Object.entries(JSON.parse(await readFile(shapes, "utf8")))) {
  // Offsets are bytes in Rust; on this side the same places are counted as JavaScript counts.
  if (name === "answers") units(definitions);
  const schema = { title: "_All", type: "object", $defs: named(definitions), additionalProperties: false };
  const types = await compile(schema, "_All", {
    bannerComment: `// ${titles[name]}\n// Made from the Rust types by \`cargo xtask wasm --types\`; do not edit.`,
    unreachableDefinitions: true,
    additionalProperties: false,
    declareExternallyReferenced: true,
    enableConstEnums: false,
    format: true,
    style: { printWidth: 110 },
  });
  const text = tidy(types);
  const file = join(src, `${name}.ts`);
  const now = await readFile(file, "utf8").catch(() => "");
  if (now === text) continue;
  stale = true;
  if (mode === "--check") console.error(`src/${name}.ts is not what the Rust types say`);
  else await writeFile(file, text);
}
if (stale && mode === "--check") process.exitCode = 1;

/** A reference with a description of its own stays a reference. */
function named(schema) {
  if (Array.isArray(schema)) return schema.map(named);
  if (schema === null || typeof schema !== "object") return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, named(value)]);
  const { $ref, ...rest } = Object.fromEntries(entries);
  if ($ref === undefined) return rest;
  return Object.keys(rest).length === 0 ? { $ref } : { allOf: [{ $ref }], ...rest };
}

function units(definitions) {
  const { start, end } = definitions.Span.properties;
  definitions.Span.description = "A range in one file; both ends lie on boundaries of characters.";
  start.description = "Offset of the first UTF-16 unit.";
  end.description = "Offset of the unit after the last one.";
  definitions.InlayHint.properties.offset.description = "Where it is drawn: before the unit at this offset.";
}

/** Without what the generator says about itself. */
function tidy(types) {
  return types
    .replace(/export interface _All \{\}\n*/, "")
    .replace(/^ \* This interface was referenced by [^\n]*\n \* via the `definition` "[^"]*"\.\n/gm, "")
    .replace(/(\n *\*)+(\n *\*\/)/g, "$2")
    .replace(/^( *)\/\*\*\n *\* ([^\n]*)\n *\*\/$/gm, "$1/** $2 */")
    .replace(/^( *\*\/\n|.*;\n|\}\n)(?=(\/\*\*|export))/gm, "$1")
    .replace(/\n{3,}/g, "\n\n");
}
