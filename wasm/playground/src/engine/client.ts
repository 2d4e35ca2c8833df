// The page's side of the engine. Texts are sent as they change; while an answer is awaited, later changes
// gather, so that a fast typist never makes a queue. An engine that does not answer is replaced by a new one,
// which gets all texts again: they live here, in the page, and nowhere else.

import type { Answered, Asked, Call, Calls, Outcome } from "./protocol";

/** An engine that takes longer than this for one call is stuck. */
const STUCK = 5_000;
/** Starting reads and compiles the module, which takes longer on a slow line. */
const SLOW_START = 60_000;

/** Why an answer never came. */
export class Gone extends Error {}

interface Waiting {
  call: Call;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export type EngineState =
  | { is: "starting" }
  | { is: "ready" }
  /** It was replaced, and answers again. */
  | { is: "restarted" }
  /** It got stuck twice on the same texts: it waits for another text. */
  | { is: "waiting" }
  | { is: "failed"; why: string };

export interface Host {
  /** Everything that a new engine has to know. */
  boot(module: WebAssembly.Module | null): Parameters<Calls["boot"]>[0];
  /** What the files to be looked at are, at the moment. */
  look(): string[];
  /** The day that due dates are compared with. */
  today(): string;
  /** The answer to a change; `current` unless texts have changed again since, so that its places are not theirs. */
  outcome(outcome: Outcome, current: boolean): void;
  /** How it stands with the engine. */
  state(state: EngineState): void;
  /** It can be asked. Nothing is decided before this has ended: the texts may be others then. */
  booted(value: ReturnType<Calls["boot"]>): Promise<void> | void;
}

export class Engine {
  #worker: Worker | null = null;
  #waiting = new Map<number, Waiting>();
  #next = 1;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #changes = new Map<string, string | null>();
  #together = false;
  #updating = false;
  /** Another look is wanted after the one that is under way. */
  #again = false;
  #ready = false;
  /** Who waits until there is nothing left to say to the engine. */
  #awaiting: (() => void)[] = [];
  /** How often in a row the engine got stuck without an answer in between. */
  #stuck = 0;
  #module: Promise<WebAssembly.Module | null>;

  constructor(private readonly host: Host, private readonly makeWorker: () => Worker, module: Promise<WebAssembly.Module | null>) {
    this.#module = module;
    void this.#start();
  }

  /** A text changed, or a file is gone. The decision follows. */
  change(id: string, text: string | null): void {
    this.#changes.set(id, text);
    if (this.#worker === null) {
      // It waits for another text than the one that it got stuck on.
      this.#changes.clear();
      void this.#start();
    } else if (!this.#together) {
      void this.#update();
    }
  }

  /** Sends the changes that `run` makes as one: between them, nothing would fit together. */
  together<T>(run: () => T): T {
    this.#together = true;
    try {
      return run();
    } finally {
      this.#together = false;
      if (this.#changes.size > 0) void this.#update();
    }
  }

  /** Looks again, as other files are open now, or it is another day. */
  refresh(): void {
    this.#again = true;
    void this.#update();
  }

  /** Everything is different: another policy was opened. */
  reboot(): void {
    this.#stop(new Gone("another policy was opened"));
    void this.#start();
  }

  /** Whether the last outcome is that of the texts as they are now. */
  get current(): boolean {
    return this.#ready && !this.#updating && !this.#again && this.#changes.size === 0;
  }

  /** Resolves once the last outcome is that of the texts as they are, perhaps by an engine that is still starting. */
  caughtUp(): Promise<void> {
    return this.current ? Promise.resolve() : new Promise((resolve) => this.#awaiting.push(resolve));
  }

  /** Asks; what was typed before counts. Rejects with `Gone` where the engine had to be replaced. */
  ask<C extends Call>(call: C, ...args: Parameters<Calls[C]>): Promise<ReturnType<Calls[C]>> {
    if (!this.#ready) return Promise.reject(new Gone("the engine is not ready"));
    if (this.#changes.size > 0) {
      if (this.#updating) {
        // What was typed since has to be there before the question, and its decision is still wanted.
        this.#send("update", [this.#takeChanges(), [], this.host.today()]).catch(() => {});
        this.#again = true;
      } else void this.#update();
    }
    return this.#send(call, args) as Promise<ReturnType<Calls[C]>>;
  }

  #takeChanges(): [string, string | null][] {
    const changes = [...this.#changes];
    this.#changes.clear();
    return changes;
  }

  async #update(): Promise<void> {
    if (!this.#ready || this.#updating) return;
    this.#updating = true;
    try {
      do {
        this.#again = false;
        const outcome = await this.#send("update", [this.#takeChanges(), this.host.look(), this.host.today()]) as Outcome;
        this.host.outcome(outcome, this.#changes.size === 0);
      } while (this.#changes.size > 0 || this.#again);
      for (const resolve of this.#awaiting.splice(0)) resolve();
    } catch (error) {
      // A new engine looks at everything anyway.
      if (!(error instanceof Gone)) throw error;
    } finally {
      this.#updating = false;
    }
  }

  #send(call: Call, args: unknown[]): Promise<unknown> {
    const worker = this.#worker;
    if (!worker) return Promise.reject(new Gone("there is no engine"));
    const id = this.#next++;
    const asked: Asked = { id, call, args };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { call, resolve, reject });
      if (this.#waiting.size === 1) this.#guard();
      worker.postMessage(asked);
    });
  }

  /** Watches the call that the engine works on: it answers in order. */
  #guard(): void {
    clearTimeout(this.#watch);
    const first = this.#waiting.values().next().value;
    if (first) this.#watch = setTimeout(() => this.#replace(), first.call === "boot" ? SLOW_START : STUCK);
  }

  #heard(worker: Worker, answered: Answered): void {
    if (worker !== this.#worker) return;
    const waiting = this.#waiting.get(answered.id);
    this.#waiting.delete(answered.id);
    this.#guard();
    if (!waiting) return;
    if ("value" in answered) {
      if (waiting.call !== "boot") this.#stuck = 0;
      waiting.resolve(answered.value);
    } else {
      waiting.reject(new Error(answered.failed));
      if (answered.crashed) this.#replace();
    }
  }

  async #start(): Promise<void> {
    const worker = this.makeWorker();
    this.#worker = worker;
    this.#ready = false;
    this.#changes.clear();
    worker.onmessage = (event: MessageEvent<Answered>) => this.#heard(worker, event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.host.state({ is: "failed", why: event.message || "its script could not be read" });
    };
    try {
      const module = await this.#module.catch(() => null);
      if (worker !== this.#worker) return;
      const booted = await this.#send("boot", [this.host.boot(module)]);
      this.#ready = true;
      await this.host.booted(booted as ReturnType<Calls["boot"]>);
      if (worker !== this.#worker) return;
      this.host.state({ is: this.#stuck > 0 ? "restarted" : "ready" });
      await this.#update();
    } catch (error) {
      if (worker !== this.#worker || error instanceof Gone) return;
      this.host.state({ is: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  }

  #stop(why: Gone): void {
    clearTimeout(this.#watch);
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.reject(why);
  }

  #replace(): void {
    this.#stuck += 1;
    this.#stop(new Gone("the engine had to be replaced"));
    if (this.#stuck > 2) {
      this.host.state({ is: "waiting" });
      return;
    }
    this.host.state({ is: "starting" });
    void this.#start();
  }
}
