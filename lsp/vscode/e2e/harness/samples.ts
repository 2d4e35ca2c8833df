// Files that tests start from.

import fs from "node:fs";
import path from "node:path";
import { repository, source } from "./places.ts";

/** An intake that is half filled in: tier 1 to 3. */
export const DRAFT = source("rules/examples/half-filled-draft.intake.yaml");

/** A pack of another kind, taking on a supplier, with its rules, tests and examples. */
export function vendorPack(): Record<string, string> {
  const folder = path.join(repository, "rules/examples/packs/vendor-intake");
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

/** The files with one text in one of them replaced by another; it has to be there. */
export function changed(files: Record<string, string>, name: string, from: string, to: string): Record<string, string> {
  const text = files[name] ?? "";
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  return { ...files, [name]: text.replace(from, to) };
}

/** The line that holds a text, from 1. */
export function lineOf(text: string, held: string): number {
  const line = text.split("\n").findIndex((line) => line.includes(held));
  if (line < 0) throw new Error(`no line holds ${held}`);
  return line + 1;
}
