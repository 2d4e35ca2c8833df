// What the compiled engine exports, as wasm-bindgen hands it over. Only this package calls it.

export interface Handle {
  free(): void;
}

export type RawFiles = Handle & { put(path: string, bytes: Uint8Array): void };
export type RawInput = Handle;

export interface RawLoaded extends Handle {
  diagnostics(): string;
  engine(): RawEngine | undefined;
}

export interface RawEngine extends Handle {
  pack(): string;
  files(): string;
  schema(): string;
  examples(): string;
  check(input: RawInput): string;
  render(input: RawInput, format: string): string;
  explain(input: RawInput, target?: string): string;
  describe(input: RawInput, reader: string, target?: string): string;
  instead(input: RawInput, goals: string[]): string;
  questions(input: RawInput, all: boolean): string;
  answer(input: RawInput, path: string, value: string): string;
  test(filter: string, covers: boolean): string;
  lint(): string;
}

export interface RawService extends Handle {
  open(id: string, text: string, version: number, kind?: string): void;
  replace(id: string, text: string, version: number): void;
  change(id: string, changes: string, version: number): void;
  close(id: string): void;
  setFile(id: string, bytes: Uint8Array): void;
  removeFile(id: string): boolean;
  setToday(today?: string): void;
  setConfig(config: string): void;
  kind(id: string): string;
  text(id: string): string | undefined;
  files(): string;
  packOf(id: string): string;
  notices(): string;
  lacking(): string;
  affectedBy(id: string): string;
  decision(id: string): string | undefined;
  diagnostics(id: string): string;
  completions(id: string, offset: number): string;
  hover(id: string, offset: number): string;
  inlayHints(id: string, start: number, end: number): string;
  codeLenses(id: string): string;
  codeActions(id: string, start: number, end: number): string;
  definition(id: string, offset: number): string;
  declaration(id: string, offset: number): string;
  references(id: string, offset: number): string;
  prepareRename(id: string, offset: number): string;
  rename(id: string, offset: number, name: string): string;
  symbols(id: string): string;
  workspaceSymbols(query: string): string;
  folding(id: string): string;
  selectionRanges(id: string, offset: number): string;
  links(id: string): string;
  semanticTokens(id: string): string;
  signatureHelp(id: string, offset: number): string;
}

export interface RawServer extends Handle {
  handle(message: string): string[];
  isDue(): boolean;
  pump(): string[];
  isUnsettled(): boolean;
  settle(): string[];
  ended(): number | undefined;
}

export interface Binding {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  initSync(options: { module: WebAssembly.Module }): unknown;
  __wbg_reset_state(): void;
  version(): string;
  lastPanic(): string;
  load(files: RawFiles): RawLoaded;
  loadDefault(): RawLoaded;
  Files: new (prefix: string) => RawFiles;
  Input: new (name: string, bytes: Uint8Array, format?: string, today?: string) => RawInput;
  /** In the full build only. */
  LanguageService: new () => RawService;
  /** In the full build only. */
  LanguageServer: new () => RawServer;
}
