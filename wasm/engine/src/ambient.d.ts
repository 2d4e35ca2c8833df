// What the bundler puts in: the code that wasm-bindgen makes of one build, and where its module comes from.

declare module "#glue" {
  type Binding = import("./binding.js").Binding;
  const start: Binding["default"];
  export default start;
  export const initSync: Binding["initSync"];
  export const __wbg_reset_state: Binding["__wbg_reset_state"];
  export const version: Binding["version"];
  export const lastPanic: Binding["lastPanic"];
  export const load: Binding["load"];
  export const loadDefault: Binding["loadDefault"];
  export const Files: Binding["Files"];
  export const Input: Binding["Input"];
  export const LanguageService: Binding["LanguageService"];
  export const LanguageServer: Binding["LanguageServer"];
}

declare module "#module" {
  /** The WebAssembly module that belongs to this build. */
  export function shipped(): Promise<WebAssembly.Module>;
  /** Reads a module from an address. */
  export function fetched(address: string | URL): Promise<WebAssembly.Module>;
}

/** Address of this build's module, seen from the script beside it. */
declare const MODULE_FILE: string;

declare module "#base64" {
  /** This build's module in base64. */
  const text: string;
  export default text;
}
