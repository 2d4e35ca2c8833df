// Which files are ours, by their names. The server's `FileKind` says the same.

import * as vscode from "vscode";

/** Files that the server is told about when they are opened. */
export const SELECTOR: vscode.DocumentFilter[] = [
  { pattern: "**/*.intake.{yaml,yml,json}" },
  { pattern: "**/*.case.{yaml,yml}" },
  { pattern: "**/remit.yaml" },
  // What manifests usually name; elsewhere nothing is said about them.
  { pattern: "**/catalogue.{yaml,yml}" },
  { pattern: "**/intake.schema.json" },
  // Not every Rhai script: `language.ts` knows which are rules.
  { language: "remit-rules" },
];

/** Intakes. */
export const INTAKES: vscode.DocumentFilter[] = [{ pattern: "**/*.intake.{yaml,yml,json}" }];

/** What is searched for in the folders of a workspace. */
export const FOUND = "**/{*.intake.yaml,*.intake.yml,*.intake.json,*.case.yaml,*.case.yml,*.rhai,remit.yaml}";

/** Where nobody of ours writes. */
export const SKIPPED = "**/{node_modules,target,vendor,dist,__pycache__,.*}/**";

export function isIntake(uri: vscode.Uri): boolean {
  return /\.intake\.(ya?ml|json)$/i.test(uri.path);
}

/** Whether a file of the workspace could hold policy tests, or change what they say. */
export function isPolicy(uri: vscode.Uri): boolean {
  return /(\.case\.ya?ml|\.rhai|\/remit\.yaml|\/catalogue\.ya?ml|\.schema\.json)$/i.test(uri.path);
}

/** Whether a document wakes the server up. */
export function isOurs(document: vscode.TextDocument): boolean {
  return document.uri.scheme !== "remit" && vscode.languages.match(SELECTOR, document) > 0;
}

/** The last part of a path. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

/** A file's name without what says that it is an intake. */
export function intakeName(uri: vscode.Uri): string {
  return baseName(uri).replace(/\.intake\.(ya?ml|json)$/i, "");
}
