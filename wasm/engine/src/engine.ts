import * as glue from "#glue";
import type { RawEngine, RawInput, RawLoaded } from "./binding.js";
import { bytes, kind, options, optionalText, RemitError, text, wellFormed } from "./errors.js";
import type {
  Counterfactual,
  Diagnostic,
  Explanation,
  Questions,
  Report,
  TestReport,
} from "./json-v1.js";
import { call, Held } from "./start.js";

/** An intake: its text, or the bytes of its file. */
export type Intake = string | Uint8Array;

/** What an intake is called and how it is read. */
export interface IntakeOptions {
  /** What reports and diagnostics call it, such as its path. Left out, it is `intake`. */
  name?: string | undefined;
  /** How it is written. Left out, the name's ending and then the text itself say so. */
  format?: "yaml" | "json" | undefined;
  /** The day that due dates are compared with, such as `2026-11-20`. Left out, none is. */
  today?: string | undefined;
}

/** Which part of a decision is explained. */
export interface ExplainOptions extends IntakeOptions {
  /** A point (`route/deep-review`), `tier`, a rule's id, or a field's path. Left out, all of it. */
  target?: string | undefined;
}

/** Who an explanation is written for. */
export type Reader = "requester" | "reviewer" | "auditor";

/** What a pack says about itself. */
export interface PackInfo {
  name: string;
  version: string;
  /** SHA-256 over its files. */
  digest: string;
  /** The files with its rules, in order. */
  topics: string[];
  /** The ids of its rules, in order. */
  rules: string[];
  /** The paths of all its files. */
  files: string[];
}

/** An example intake of a pack. */
export interface Example {
  /** Its path inside the pack's folder of examples. */
  name: string;
  /** Its path inside the pack. */
  path: string;
  text: string;
}

/** The files of a pack: paths inside its folder, with forward slashes, and what they hold. */
export type PackFiles = Record<string, string | Uint8Array>;

export interface LoadOptions {
  /** Put before each path where a diagnostic or a report names a file: `my-pack/`. */
  prefix?: string | undefined;
}

/** What loading a pack gave. */
export interface Loaded {
  /** Decides by the pack; missing where the pack has an error. */
  engine: Engine | undefined;
  /** What is wrong with the pack, or worth knowing. */
  diagnostics: Diagnostic[];
}

/** A value that answers a question: yes or no, a whole number, a text or a choice; `null` takes an answer away. */
export type Answer = boolean | number | string | null | Answer[] | { [key: string]: Answer };

/**
 * A policy pack, ready to decide intakes.
 *
 * Nothing that an intake says makes a method throw: what is wrong with it stands in the report. What is thrown
 * is a `RemitError`, for an argument that makes no sense.
 */
export class Engine {
  #held: Held<RawEngine>;
  #pack: PackInfo | undefined;

  /** The pack that comes with Remit. */
  constructor();
  /** @internal */
  constructor(raw?: RawEngine);
  constructor(raw?: RawEngine) {
    this.#held = new Held(raw ?? embedded(), "engine");
  }

  /**
   * Loads a pack from its files: `remit.yaml`, the catalogue, the intake schema, the topics, and its tests and
   * examples if it has any.
   */
  static load(files: PackFiles, how?: LoadOptions): Loaded {
    if (typeof files !== "object" || files === null || Array.isArray(files)) {
      throw new RemitError("argument", `the files of a pack have to be an object, not ${kind(files)}`);
    }
    const prefix = optionalText(options(how, "the options").prefix, "`prefix`") ?? "";
    const entries = Object.entries(files).map(
      ([path, content]) => [path, bytes(content, `the file \`${path}\``)] as const,
    );
    return call(() => {
      const raw = new glue.Files(prefix);
      for (const [path, content] of entries) raw.put(path, content);
      return opened(glue.load(raw));
    });
  }

  /** What pack this is. */
  get pack(): PackInfo {
    return (this.#pack ??= parsed<PackInfo>(this.#held.ask((raw) => raw.pack())));
  }

  /** The texts of the pack's files, by their path. */
  files(): Record<string, string> {
    return parsed(this.#held.ask((raw) => raw.files()));
  }

  /** The JSON Schema of the pack's intakes. */
  schema(): Record<string, unknown> {
    return parsed(this.#held.ask((raw) => raw.schema()));
  }

  /** The pack's example intakes. */
  examples(): Example[] {
    return parsed(this.#held.ask((raw) => raw.examples()));
  }

  /** Decides an intake. */
  check(intake: Intake, how?: IntakeOptions): Report {
    return parsed(this.checkJson(intake, how));
  }

  /** Decides an intake: `json v1` as text, the same to the byte in every host. */
  checkJson(intake: Intake, how?: IntakeOptions): string {
    return this.#about(intake, how, (raw, input) => raw.check(input));
  }

  /** What is wrong with an intake, or worth knowing. */
  diagnostics(intake: Intake, how?: IntakeOptions): Diagnostic[] {
    return this.check(intake, how).diagnostics;
  }

  /** A decision as people read it, on a screen or in a ticket. */
  render(intake: Intake, form: "text" | "markdown", how?: IntakeOptions): string {
    text(form, "the form");
    return this.#about(intake, how, (raw, input) => raw.render(input, form));
  }

  /** Why it is decided so. */
  explain(intake: Intake, how?: ExplainOptions): Explanation {
    const target = optionalText(options(how, "the options").target, "`target`");
    return parsed(this.#about(intake, how, (raw, input) => raw.explain(input, target)));
  }

  /** Why it is decided so, in words for whoever reads it. */
  describe(intake: Intake, reader: Reader, how?: ExplainOptions): string {
    text(reader, "the reader");
    const target = optionalText(options(how, "the options").target, "`target`");
    return this.#about(intake, how, (raw, input) => raw.describe(input, reader, target));
  }

  /** The smallest changes of answers with which all of the goals would be so: `tier=1`, `no route/deep-review`. */
  instead(intake: Intake, goals: string | string[], how?: IntakeOptions): Counterfactual {
    const wanted = (Array.isArray(goals) ? goals : [goals]).map((goal) => text(goal, "a goal"));
    return parsed(this.#about(intake, how, (raw, input) => raw.instead(input, wanted)));
  }

  /** The questions that nobody has answered and that matter, the most telling first; with `all`, every one. */
  questions(intake: Intake, how?: IntakeOptions & { all?: boolean | undefined }): Questions {
    const all = Boolean(options(how, "the options").all);
    return parsed(this.#about(intake, how, (raw, input) => raw.questions(input, all)));
  }

  /**
   * The text of an intake with an answer written into it as a person would: comments, order and style stay.
   * Throws a `RemitError` with the code `refused` where that cannot be done; its message says why.
   *
   * @param path The field, as `questions` names it.
   */
  answer(intake: Intake, path: string, value: Answer, how?: IntakeOptions): string {
    const field = text(path, "the path");
    const written = answer(value);
    return this.#about(intake, how, (raw, input) => raw.answer(input, field, written));
  }

  /** Runs the pack's policy tests. */
  test(how?: {
    /** Run only cases whose name holds this. */
    filter?: string | undefined;
    /** Say what the tests cover. */
    coverage?: boolean | undefined;
  }): TestReport {
    const { filter, coverage } = options(how, "the options");
    const wanted = optionalText(filter, "`filter`") ?? "";
    return parsed(this.#held.ask((raw) => raw.test(wanted, Boolean(coverage))));
  }

  /** What is suspicious about the pack. */
  lint(): Diagnostic[] {
    return parsed(this.#held.ask((raw) => raw.lint()));
  }

  /** Gives its memory back; the engine cannot be used after that. It also happens by itself, some day. */
  free(): void {
    this.#held.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #about<T>(intake: Intake, how: IntakeOptions | undefined, run: (raw: RawEngine, input: RawInput) => T): T {
    const given = bytes(intake, "the intake");
    const { name, format, today } = options(how, "the options");
    const called = optionalText(name, "`name`") ?? "intake";
    const written = optionalText(format, "`format`");
    const day = optionalText(today, "`today`");
    return this.#held.ask((raw) => {
      const input = new glue.Input(called, given, written, day);
      try {
        return run(raw, input);
      } finally {
        input.free();
      }
    });
  }
}

/** The embedded pack. */
function embedded(): RawEngine {
  return call(() => {
    const loaded = glue.loadDefault();
    try {
      const engine = loaded.engine();
      if (engine === undefined) throw new RemitError("internal", "the embedded pack does not load");
      return engine;
    } finally {
      loaded.free();
    }
  });
}

function opened(loaded: RawLoaded): Loaded {
  try {
    const raw = loaded.engine();
    const engine = raw === undefined ? undefined : new Engine(raw as never);
    return { engine, diagnostics: parsed(loaded.diagnostics()) };
  } finally {
    loaded.free();
  }
}

/** An answer as JSON. What JSON cannot say is the caller's mistake. */
function answer(value: unknown): string {
  if (value === undefined || typeof value === "function" || typeof value === "symbol") {
    throw new RemitError("argument", `an answer cannot be ${kind(value)}`);
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RemitError("argument", `an answer has to be a whole number, not ${value}`);
  }
  try {
    return JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? wellFormed(part) : part));
  } catch (error) {
    throw new RemitError("argument", "this answer cannot be written as JSON", { cause: error });
  }
}

/** What the engine wrote. */
function parsed<T>(json: string): T {
  return JSON.parse(json) as T;
}
