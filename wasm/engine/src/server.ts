import * as glue from "#glue";
import type { RawServer } from "./binding.js";
import { drive } from "./drive.js";
import { kind, RemitError } from "./errors.js";
import { call, Held } from "./start.js";

/**
 * A language server that speaks LSP in messages of JSON, for an editor whose server runs in a worker or in a
 * process of its own. `lsp/protocol/README.md` says what it adds to LSP, and how a client feeds it with files.
 *
 * Most hosts want `LanguageServer.drive`; the methods are for those that keep the time themselves.
 */
export class LanguageServer {
  #held: Held<RawServer>;

  constructor() {
    this.#held = new Held(call(() => new glue.LanguageServer()), "language server");
  }

  /**
   * A server that keeps the time itself.
   *
   * @param send Takes each message to the client, as JSON text.
   * @param broken Hears what goes wrong: the server can be asked nothing more. Without it that is thrown.
   * @returns What to call with each message of the client's: JSON as text, or parsed.
   */
  static drive(
    send: (message: string) => void,
    broken?: (error: unknown) => void,
  ): (message: string | object) => void {
    return drive(new LanguageServer(), send, broken);
  }

  /** Takes a message of the client's; gives the messages to send to it, in order. */
  handle(message: string | object): string[] {
    if ((typeof message !== "string" && typeof message !== "object") || message === null) {
      throw new RemitError("argument", `a message has to be a string or an object, not ${kind(message)}`);
    }
    const text = typeof message === "string" ? message : JSON.stringify(message);
    return this.#held.ask((raw) => raw.handle(text));
  }

  /** Whether `pump` has something to do. */
  isDue(): boolean {
    return this.#held.ask((raw) => raw.isDue());
  }

  /** Does one piece of what is due; gives the messages to send, in order. */
  pump(): string[] {
    return this.#held.ask((raw) => raw.pump());
  }

  /** Whether the server waits for something of the client's. */
  isUnsettled(): boolean {
    return this.#held.ask((raw) => raw.isUnsettled());
  }

  /** Says that a second has passed: what was asked for does not come. Gives the messages to send, in order. */
  settle(): string[] {
    return this.#held.ask((raw) => raw.settle());
  }

  /** The exit code, once the client has said `exit`. */
  ended(): number | undefined {
    return this.#held.ask((raw) => raw.ended());
  }

  /** Gives its memory back; the server cannot be used after that. */
  free(): void {
    this.#held.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }
}
