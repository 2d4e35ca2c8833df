// Where a browser, a worker or a bundler finds the module: beside the script.

/** The WebAssembly module that belongs to this build. */
export function shipped(): Promise<WebAssembly.Module> {
  return fetched(new URL(MODULE_FILE, import.meta.url));
}

/** Reads a module from an address. */
export async function fetched(address: string | URL): Promise<WebAssembly.Module> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${response.url}`);
  // Only this type may be compiled while it comes in; a server that says anything else is forgiven.
  if (response.headers.get("content-type")?.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
