// Where things are: the repository, what was built, and a folder for everything that a run makes.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const repository = path.resolve(import.meta.dirname, "../../../..");
export const extension = path.join(repository, "lsp/vscode");
const target = path.resolve(process.env.CARGO_TARGET_DIR ?? path.join(repository, "target"), "vscode");

/** The packaged extension. */
export const vsix = process.env.REMIT_VSIX ?? path.join(target, "remit.vsix");

/** Pictures of the main states, kept as build output. */
export const pictures = path.join(target, "pictures");

const made: string[] = [];
process.on("exit", () => made.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** A new folder that is gone when the process ends. */
export function temporary(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `remit-${name}-`));
  made.push(folder);
  return folder;
}

/** A new folder with these files in it. */
export function workspace(files: Record<string, string>): string {
  const folder = temporary("workspace");
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return folder;
}

/** The text of a file of the repository. */
export function source(name: string): string {
  return fs.readFileSync(path.join(repository, name), "utf8");
}
