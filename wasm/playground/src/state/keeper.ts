// Keeps unsaved work in this browser, a moment after each change, and says when it cannot.

import { signal } from "@preact/signals";
import type { Playground } from "./playground";
import { forget, remember, type Work } from "./storage";

const DELAY = 200;

export class Keeper {
  /** Why nothing is kept; `null` while everything is. */
  readonly trouble = signal<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #started = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly playground: Playground) {}

  start(): void {
    this.#started = true;
    // A page that is put away may never come back.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.now();
    });
  }

  /** Something changed. */
  touch(): void {
    if (!this.#started) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), DELAY);
  }

  now(): void {
    if (!this.#started) return;
    clearTimeout(this.#timer);
    const work = this.#work();
    this.#writing = this.#writing.then(() => remember(work)).then(
      () => this.trouble.value = null,
      (error: unknown) => {
        const full = (error as DOMException | null)?.name === "QuotaExceededError";
        this.trouble.value = full
          ? "This browser has no room left, so a reload would lose your changes. Save them as a zip."
          : "This browser does not keep your changes. Save them before you leave.";
      },
    ).then(() => {});
  }

  async drop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writing;
    await forget().catch(() => {});
  }

  #work(): Work {
    const { project } = this.playground;
    const own = project.origin.value.is !== "built-in";
    return {
      origin: project.origin.value,
      ...(own ? { loaded: [...project.loaded.value] } : {}),
      ...(project.changed.value.size > 0 ? { files: [...project.files.value] } : {}),
      request: project.request.value,
      drafts: [...project.drafts.value],
      open: project.open.value,
      saved: Date.now(),
    };
  }
}
