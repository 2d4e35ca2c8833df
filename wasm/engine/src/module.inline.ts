// The module inside the script, for places that can load nothing beside it, such as a test in jsdom.

import base64 from "#base64";

/** The WebAssembly module that belongs to this build. */
export function shipped(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** Reads a module from an address. */
export async function fetched(address: string | URL): Promise<WebAssembly.Module> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${response.url}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
