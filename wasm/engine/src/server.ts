import * as glue from "#glue";
import type { RawServer } from "./binding.js";
import { kind, RemitError } from "./errors.js";
import { call, Held } from "./start.js";

/** Messages that come this soon after each other are answered together, in milliseconds. */
const GATHER = 10;

/** As long is waited for files that the client was asked for, in milliseconds. */
const PATIENCE = 1_000;

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
   * @returns What to call with each message of the client's: JSON as text, or parsed.
   */
  static drive(send: (message: string) => void): (message: string | object) => void {
    const server = new LanguageServer();
    let due: ReturnType<typeof setTimeout> | undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const say = (messages: string[]) => messages.forEach((message) => send(message));
    const plan = (after: number) => {
      if (server.isDue()) {
        due ??= setTimeout(() => {
          due = undefined;
          say(server.pump());
          plan(0);
        }, after);
      } else if (server.isUnsettled()) {
        settling ??= setTimeout(() => {
          settling = undefined;
          say(server.settle());
          plan(0);
        }, PATIENCE);
      }
    };
    return (message) => {
      say(server.handle(message));
      plan(GATHER);
    };
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
