/** Why a call got no answer. */
export type RemitErrorCode =
  /** `init()` was not called, or is not finished. */
  | "not-started"
  /** The module could not be read or is not this package's. */
  | "not-loaded"
  /** An argument is not what it has to be. */
  | "argument"
  /** The text stays as it is: the answer cannot be written into it. */
  | "refused"
  /** The pack has an error, so it cannot decide; `diagnostics` says what. */
  | "pack"
  /** The object was freed before. */
  | "freed"
  /** The engine stopped in the middle of something. Make new objects; please report it. */
  | "crashed"
  /** Anything else; please report it. */
  | "internal";

/** The only error that this package throws. */
export class RemitError extends Error {
  override readonly name = "RemitError";

  constructor(
    /** Why. */
    readonly code: RemitErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** What a fault of the compiled engine says. */
export function faulted(text: string): RemitError {
  try {
    const fault = JSON.parse(text) as { kind: RemitErrorCode; message: string };
    return new RemitError(fault.kind, fault.message);
  } catch {
    return new RemitError("internal", text);
  }
}

/** A text argument; anything else is the caller's mistake. */
export function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new RemitError("argument", `${what} has to be a string, not ${kind(value)}`);
}

/** A text argument that may be left out. */
export function optionalText(value: unknown, what: string): string | undefined {
  return value === undefined || value === null ? undefined : text(value, what);
}

/** A text without halves of characters: what the engine would replace too. */
export function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** A place in a text; what lies outside of it means its nearest end. */
export function offset(value: unknown, what: string): number {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new RemitError("argument", `${what} has to be a number, not ${kind(value)}`);
  }
  return Math.min(Math.max(Math.trunc(value), 0), 0xffff_ffff);
}

/** Options; none at all are fine. */
export function options<T extends object>(value: T | undefined, what: string): Partial<T> {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value;
  throw new RemitError("argument", `${what} have to be an object, not ${kind(value)}`);
}

/** The bytes of a file or an intake. */
export function bytes(value: unknown, what: string): Uint8Array {
  if (typeof value === "string") return encoder.encode(value);
  if (value instanceof Uint8Array) return value;
  throw new RemitError("argument", `${what} has to be a string or a Uint8Array, not ${kind(value)}`);
}

const encoder = new TextEncoder();

export function kind(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "object":
      return "an object";
    default:
      return `a ${typeof value}`;
  }
}
