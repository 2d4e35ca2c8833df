// What is worked out after the decision, in the pauses of typing: where answers would lead, how the examples and the
// tests go, what names mean. None of it holds up the next keystroke for longer than one call takes.

import type { Text } from "@codemirror/state";
import { setCoverage } from "../editor/marks";
import type { Side } from "../editor/editors";
import { Gone } from "../engine/client";
import { coverOf } from "./covers";
import type { Playground } from "./playground";

/** How long nothing has to be typed, in milliseconds. */
const PAUSE = { soon: 80, examples: 160, tests: 500 };

export class Background {
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Counts the versions of the policy. What is worked out about one may be overtaken by the next. */
  #revision = 1;
  /** The versions that were tested, and whose problems were counted. */
  #tested = 0;
  #counted = 0;
  /** The text whose names have their colours. */
  #coloured: Text | null = null;

  constructor(private readonly playground: Playground) {}

  /** A decision was made: what hangs on the intake follows. */
  decided(): void {
    this.#later("soon", PAUSE.soon, () => this.#soon());
    if (this.#tested !== this.#revision) {
      this.#later("examples", PAUSE.examples, () => this.#examples());
      this.#later("tests", PAUSE.tests, () => this.runTests());
    }
  }

  policyChanged(): void {
    this.#revision += 1;
    this.playground.tested.value = false;
  }

  /** A new engine, or another policy. */
  everything(): void {
    this.policyChanged();
    this.#coloured = null;
    this.decided();
  }

  /** Another file is shown. */
  shown(): void {
    this.#coloured = null;
    this.#later("soon", PAUSE.soon, () => this.#soon());
    this.#drawCoverage();
  }

  /** Another part of a text can be seen. */
  moved(_side: Side): void {
    this.#later("hints", PAUSE.soon, () => this.#hints());
  }

  async runTests(): Promise<void> {
    const { playground } = this;
    clearTimeout(this.#timers.get("tests"));
    if (playground.outcome.value?.policy.state !== "good") return;
    playground.testing.value = true;
    const revision = this.#revision;
    const report = await this.#quietly(playground.engine.ask("test"));
    playground.testing.value = false;
    if (report) {
      this.#tested = revision;
      playground.tested.value = revision === this.#revision;
      playground.tests.value = report;
      this.#drawCoverage();
    }
  }

  async #soon(): Promise<void> {
    const { playground } = this;
    const id = playground.requestId;
    const questions = await this.#quietly(playground.engine.ask("questions", id));
    // The same questions in another object would be drawn again.
    const known = JSON.stringify(playground.questions.value);
    if (questions && id === playground.requestId && JSON.stringify(questions) !== known) playground.questions.value = questions;
    await this.#hints();
    await this.#tokens();
    const revision = this.#revision;
    if (this.#counted === revision) return;
    const problems = await this.#quietly(playground.engine.ask("problems"));
    if (!problems) return;
    this.#counted = revision;
    playground.problems.value = problems;
  }

  async #examples(): Promise<void> {
    const rows = await this.#quietly(this.playground.engine.ask("examples"));
    if (rows) this.playground.examples.value = rows;
  }

  /** What a line causes, drawn into what can be seen of it. */
  async #hints(): Promise<void> {
    const { editors, engine } = this.playground;
    for (const side of ["request", "policy"] satisfies Side[]) {
      const [view, id] = [editors.view(side), editors.shown(side)];
      if (!view || !id) continue;
      const { doc } = view.state;
      const hints = await this.#quietly(engine.ask("hints", id, view.viewport.from, view.viewport.to));
      if (!hints || view.state.doc !== doc || editors.shown(side) !== id) continue;
      editors.showHints(id, hints, (hint) => hint.target && this.playground.go(hint.target));
    }
  }

  async #tokens(): Promise<void> {
    const { editors, engine } = this.playground;
    const [view, id] = [editors.view("policy"), editors.shown("policy")];
    if (!view || !id?.endsWith(".rhai") || this.#coloured === view.state.doc) return;
    const { doc } = view.state;
    const tokens = await this.#quietly(engine.ask("tokens", id));
    if (!tokens || view.state.doc !== doc || editors.shown("policy") !== id) return;
    this.#coloured = doc;
    editors.showTokens(id, tokens);
  }

  #drawCoverage(): void {
    const { editors, tests } = this.playground;
    const id = editors.shown("policy");
    if (id) editors.draw(id, setCoverage.of(coverOf(tests.value?.coverage, id)));
  }

  #later(name: string, pause: number, run: () => Promise<void>): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(() => void run(), pause));
  }

  /** An engine that was replaced is asked again anyway. */
  async #quietly<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof Gone)) console.error(error);
      return null;
    }
  }
}
