// Where Node finds the module: in the file beside the script.

import { readFile } from "node:fs/promises";

/** The WebAssembly module that belongs to this build. */
export function shipped(): Promise<WebAssembly.Module> {
  return fetched(new URL(MODULE_FILE, import.meta.url));
}

/** Reads a module from an address; one without a scheme is a path. */
export async function fetched(address: string | URL): Promise<WebAssembly.Module> {
  if (/^https?:/i.test(String(address))) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status} for ${response.url}`);
    return WebAssembly.compile(await response.arrayBuffer());
  }
  const file = typeof address === "string" && /^file:/i.test(address) ? new URL(address) : address;
  return WebAssembly.compile(await readFile(file));
}
