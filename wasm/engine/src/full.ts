// The engine with the language service, for an editor's worker.

export * from "./index.js";
export { LanguageServer } from "./server.js";
export { LanguageService, type Change, type OpenOptions, type Range } from "./service.js";
export type * as answers from "./answers.js";
