// Short messages that come and go, each perhaps with one thing to do.

import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  words: string;
  bad: boolean;
  action: { title: string; run(): void } | null;
}

/** A message with something to do stays longer. */
const SHORT = 5_000;
const LONG = 12_000;

export class Toasts {
  readonly shown = signal<Toast[]>([]);
  #next = 1;

  say(words: string, action: Toast["action"] = null): void {
    this.#add({ id: this.#next++, words, bad: false, action }, action ? LONG : SHORT);
  }

  /** Something did not work. It stays until somebody has read it. */
  complain(words: string): void {
    this.#add({ id: this.#next++, words, bad: true, action: null }, null);
  }

  close(id: number): void {
    this.shown.value = this.shown.value.filter((toast) => toast.id !== id);
  }

  #add(toast: Toast, stays: number | null): void {
    this.shown.value = [...this.shown.value.filter((other) => other.words !== toast.words).slice(-2), toast];
    if (stays !== null) setTimeout(() => this.close(toast.id), stays);
  }
}
