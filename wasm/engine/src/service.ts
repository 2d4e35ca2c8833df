import * as glue from "#glue";
import type {
  CodeAction,
  CodeLens,
  Completion,
  Config,
  Diagnostic,
  Edit,
  FileKind,
  Fold,
  Hover,
  InlayHint,
  Link,
  Notice,
  PackInfo,
  Place,
  SemanticToken,
  SignatureHelp,
  Span,
  Symbol as FileSymbol,
  WorkspaceSymbol,
} from "./answers.js";
import type { RawService } from "./binding.js";
import { bytes, kind, offset, options, optionalText, RemitError, text, wellFormed } from "./errors.js";
import type { Report } from "./json-v1.js";
import { call, Held } from "./start.js";

/** A part of a text: offsets as JavaScript counts them. */
export type Range = Span;

/** Other text for a part of a text. */
export interface Change extends Range {
  text: string;
}

export interface OpenOptions {
  /** The editor's number for this text. */
  version?: number | undefined;
  /** What the file is, where its name does not say. */
  kind?: FileKind | undefined;
}

/**
 * The language service: takes files as an editor has them, and answers what an editor asks about them.
 *
 * A file's id is whatever the host calls it; folders in it are told by `/`. Files named `*.intake.yaml` (or
 * `.json`) are intakes; a folder with a `remit.yaml` is a pack, and decides the intakes beside and below it.
 * Elsewhere the pack that comes with Remit decides; its own files have ids that start with `default/`.
 *
 * All offsets, in and out, count UTF-16 units as JavaScript's strings do; one outside of the text means its
 * nearest end. Only `decision` is `json v1`, whose offsets are bytes in every host.
 */
export class LanguageService {
  #held: Held<RawService>;

  constructor() {
    this.#held = new Held(call(() => new glue.LanguageService()), "language service");
  }

  /** A file was opened in an editor: its text there counts from now on. */
  open(id: string, content: string, how?: OpenOptions): void {
    const { version, kind } = options(how, "the options");
    const given = [text(id, "the id"), text(content, "the text")] as const;
    const what = optionalText(kind, "`kind`");
    this.#held.ask((raw) => raw.open(...given, number(version), what));
  }

  /**
   * An open file was changed: its new text, or replacements in order, each of the text as the one before it
   * left it.
   */
  change(id: string, change: string | Change[], version?: number): void {
    const file = text(id, "the id");
    if (typeof change === "string") {
      this.#held.ask((raw) => raw.replace(file, change, number(version)));
      return;
    }
    if (!Array.isArray(change)) {
      throw new RemitError("argument", `a change has to be a string or an array, not ${kind(change)}`);
    }
    const changes = change.map((one) => ({
      start: offset(one?.start, "`start`"),
      end: offset(one?.end, "`end`"),
      text: wellFormed(text(one?.text, "`text`")),
    }));
    this.#held.ask((raw) => raw.change(file, JSON.stringify(changes), number(version)));
  }

  /** A file was closed: what `setFile` gave counts again. */
  close(id: string): void {
    const file = text(id, "the id");
    this.#held.ask((raw) => raw.close(file));
  }

  /** A file is there, or is another one now: of a pack, or an intake that is not open. */
  setFile(id: string, content: string | Uint8Array): void {
    const [file, given] = [text(id, "the id"), bytes(content, "the file")];
    this.#held.ask((raw) => raw.setFile(file, given));
  }

  /** A file is gone; whether there was one. */
  removeFile(id: string): boolean {
    const file = text(id, "the id");
    return this.#held.ask((raw) => raw.removeFile(file));
  }

  /** Which day it is, such as `2026-11-20`: due dates are compared with it. */
  setToday(today: string | undefined): void {
    const day = optionalText(today, "the day");
    this.#held.ask((raw) => raw.setToday(day));
  }

  /** Sets what can be set; what is left out has its default. */
  setConfig(config: Config): void {
    const written = JSON.stringify(options(config, "the settings"));
    this.#held.ask((raw) => raw.setConfig(written));
  }

  /** What a file is. */
  kind(id: string): FileKind {
    return this.#of(id, (raw, file) => raw.kind(file));
  }

  /** The text of a file; also of one of the built-in pack. */
  text(id: string): string | undefined {
    const file = text(id, "the id");
    return this.#held.ask((raw) => raw.text(file));
  }

  /** The ids of all files that were given. */
  files(): string[] {
    return parsed(this.#held.ask((raw) => raw.files()));
  }

  /** The pack that a file belongs to. */
  pack(id: string): PackInfo {
    return this.#of(id, (raw, file) => raw.packOf(file));
  }

  /** What people have to be told about packs as a whole. */
  notices(): Notice[] {
    return parsed(this.#held.ask((raw) => raw.notices()));
  }

  /** Ids of files that packs name and that were not given. */
  lacking(): string[] {
    return parsed(this.#held.ask((raw) => raw.lacking()));
  }

  /** The ids of the open files whose answers may change when this one does, itself among them. */
  affectedBy(id: string): string[] {
    return this.#of(id, (raw, file) => raw.affectedBy(file));
  }

  /** The decision about an intake; nothing for any other file, and where its pack decides nothing. */
  decision(id: string): Report | undefined {
    const json = this.decisionJson(id);
    return json === undefined ? undefined : parsed(json);
  }

  /** The decision about an intake: `json v1` as text. */
  decisionJson(id: string): string | undefined {
    const file = text(id, "the id");
    return this.#held.ask((raw) => raw.decision(file));
  }

  /** What is wrong with a file, or worth knowing. */
  diagnostics(id: string): Diagnostic[] {
    return this.#of(id, (raw, file) => raw.diagnostics(file));
  }

  /** What could stand at an offset, the most likely first. */
  completions(id: string, at: number): Completion[] {
    return this.#at(id, at, (raw, file, offset) => raw.completions(file, offset));
  }

  /** What is to be known about the place at an offset. */
  hover(id: string, at: number): Hover | null {
    return this.#at(id, at, (raw, file, offset) => raw.hover(file, offset));
  }

  /** Remarks to draw into the lines of a range; of the whole text where none is given. */
  inlayHints(id: string, range?: Range): InlayHint[] {
    return this.#in(id, range, (raw, file, start, end) => raw.inlayHints(file, start, end));
  }

  /** Remarks above lines. */
  codeLenses(id: string): CodeLens[] {
    return this.#of(id, (raw, file) => raw.codeLenses(file));
  }

  /** Changes that are offered at a range; of the whole text where none is given. */
  codeActions(id: string, range?: Range): CodeAction[] {
    return this.#in(id, range, (raw, file, start, end) => raw.codeActions(file, start, end));
  }

  /** Where what stands at an offset comes from: for a field of an intake the rules that read it. */
  definition(id: string, at: number): Place[] {
    return this.#at(id, at, (raw, file, offset) => raw.definition(file, offset));
  }

  /** Where what stands at an offset is declared: for a field of an intake its place in the schema. */
  declaration(id: string, at: number): Place[] {
    return this.#at(id, at, (raw, file, offset) => raw.declaration(file, offset));
  }

  /** Where what stands at an offset is used. */
  references(id: string, at: number): Place[] {
    return this.#at(id, at, (raw, file, offset) => raw.references(file, offset));
  }

  /** The name at an offset, if it can be renamed. */
  prepareRename(id: string, at: number): Span | null {
    return this.#at(id, at, (raw, file, offset) => raw.prepareRename(file, offset));
  }

  /** The edits that give what stands at an offset another name; throws a `RemitError` where that cannot be. */
  rename(id: string, at: number, name: string): Edit[] {
    const called = text(name, "the name");
    return this.#at(id, at, (raw, file, offset) => raw.rename(file, offset, called));
  }

  /** The outline of a file. */
  symbols(id: string): FileSymbol[] {
    return this.#of(id, (raw, file) => raw.symbols(file));
  }

  /** Symbols of all files whose name holds the letters of a query, in its order. */
  workspaceSymbols(query: string): WorkspaceSymbol[] {
    return this.#of(query, (raw, letters) => raw.workspaceSymbols(letters));
  }

  /** Parts of a file that can be folded. */
  folding(id: string): Fold[] {
    return this.#of(id, (raw, file) => raw.folding(file));
  }

  /** The parts of the text around an offset, the innermost first. */
  selectionRanges(id: string, at: number): Span[] {
    return this.#at(id, at, (raw, file, offset) => raw.selectionRanges(file, offset));
  }

  /** Parts of a file that lead somewhere. */
  links(id: string): Link[] {
    return this.#of(id, (raw, file) => raw.links(file));
  }

  /** Tokens with a meaning that colour can show; none for an intake. */
  semanticTokens(id: string): SemanticToken[] {
    return this.#of(id, (raw, file) => raw.semanticTokens(file));
  }

  /** The signature of the call around an offset. */
  signatureHelp(id: string, at: number): SignatureHelp | null {
    return this.#at(id, at, (raw, file, offset) => raw.signatureHelp(file, offset));
  }

  /** Gives its memory back; the service cannot be used after that. */
  free(): void {
    this.#held.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #of<T>(id: string, run: (raw: RawService, id: string) => string): T {
    const file = text(id, "the id");
    return parsed(this.#held.ask((raw) => run(raw, file)));
  }

  #at<T>(id: string, at: number, run: (raw: RawService, id: string, offset: number) => string): T {
    const [file, place] = [text(id, "the id"), offset(at, "the offset")];
    return parsed(this.#held.ask((raw) => run(raw, file, place)));
  }

  #in<T>(
    id: string,
    range: Range | undefined,
    run: (raw: RawService, id: string, start: number, end: number) => string,
  ): T {
    const file = text(id, "the id");
    const start = range === undefined ? 0 : offset(range?.start, "`start`");
    const end = range === undefined ? 0xffff_ffff : offset(range?.end, "`end`");
    return parsed(this.#held.ask((raw) => run(raw, file, start, end)));
  }
}

/** An editor's number of a text, in the 32 bits that there are for it. */
function number(version: unknown): number {
  return typeof version === "number" ? version | 0 : 0;
}

function parsed<T>(json: string): T {
  return JSON.parse(json) as T;
}
