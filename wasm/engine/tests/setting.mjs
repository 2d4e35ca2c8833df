// Where things are, for the tests.

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package. */
export const engine = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The top of the repository. */
export const root = join(engine, "../..");

/** What the native engine says; made by `cargo xtask test --only npm`. */
export const corpus = join(root, "target/wasm/corpus.ndjson");

if (!existsSync(join(engine, "dist/engine.js"))) {
  throw new Error("the package is not built: run `cargo xtask wasm`");
}

/** The files of a pack of the repository. */
export async function pack(folder) {
  const files = {};
  for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(join(root, folder).length + 1)] = await readFile(path, "utf8");
  }
  return files;
}
