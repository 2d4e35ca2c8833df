// Runs the carried server inside of a process or a worker: messages in, messages out, and a turn for the work that
// waits when no message comes. Nothing here knows what the messages say.

/** The server as wasm exports it: messages are JSON texts. */
export interface Engine {
  /** Takes a message; what is to be sent at once. */
  handle(message: string): string[];
  /** Whether work waits, such as saying what is wrong with a file. */
  isDue(): boolean;
  /** Does one piece of it; what is to be sent. */
  pump(): string[];
  /** Whether something has to be said should it stay as it is. */
  isUnsettled(): boolean;
  /** It stayed so; what is to be sent. */
  settle(): string[];
}

/** Work waits until no message came for so long, in milliseconds, */
const QUIET = 3;
/** but never longer than this. */
const LONGEST = 40;
/** What is so for this long stays so. */
const STANDS = 1_000;

export class Loop {
  private turn: ReturnType<typeof setTimeout> | undefined;
  private waitsSince = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly send: (message: unknown) => void,
    /** The engine broke: nothing it says counts any more. */
    private readonly broken: (error: unknown) => void,
  ) {}

  take(message: unknown): void {
    this.guard(() => {
      this.flush(this.engine.handle(JSON.stringify(message)));
      this.plan();
    });
  }

  private plan(): void {
    if (this.engine.isDue()) {
      const now = Date.now();
      if (this.turn === undefined) this.waitsSince = now;
      clearTimeout(this.turn);
      this.turn = setTimeout(() => this.work(), now - this.waitsSince > LONGEST ? 0 : QUIET);
    } else if (!this.engine.isUnsettled()) {
      clearTimeout(this.settling);
      this.settling = undefined;
    } else {
      this.settling ??= setTimeout(() => this.settle(), STANDS);
    }
  }

  private work(): void {
    this.turn = undefined;
    this.guard(() => {
      this.flush(this.engine.pump());
      if (!this.engine.isDue()) return this.plan();
      // The next piece follows at once, after messages that came meanwhile.
      this.waitsSince = Date.now();
      this.turn = setTimeout(() => this.work(), 0);
    });
  }

  private settle(): void {
    this.settling = undefined;
    this.guard(() => {
      if (this.engine.isUnsettled()) this.flush(this.engine.settle());
      this.plan();
    });
  }

  private flush(messages: string[]): void {
    for (const message of messages) this.send(JSON.parse(message));
  }

  private guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.broken(error);
    }
  }
}
