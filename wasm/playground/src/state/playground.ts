// The page's one conductor: what is typed goes to the engine and into the browser's memory; what the engine answers
// goes to the editors and to whoever draws it.

import { batch, computed, signal } from "@preact/signals";
import type { Location, OpenQuestion, Report } from "@remit/view";
import { Editors, type Side } from "../editor/editors";
import type { LinePlace } from "../editor/marks";
import { Engine, type EngineState } from "../engine/client";
import { type ExampleRow, type FilePlace, type Outcome, POLICY, type ProblemCount, REQUEST, type TestReport, type TextEdit } from "../engine/protocol";
import { applyFix, sameFix } from "./answer";
import { Background } from "./background";
import { Keeper } from "./keeper";
import { Project, type Request, shortName } from "./project";
import { Toasts } from "./toasts";

export type Tab = "decision" | "tests" | "examples";
/** What a narrow page shows. */
export type Area = "policy" | "request" | Tab;

/** Today, where the reader is. */
export function localDay(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export class Playground {
  readonly project = new Project();
  readonly toasts = new Toasts();
  readonly tab = signal<Tab>("decision");
  readonly area = signal<Area>("decision");
  readonly ready = signal(false);
  readonly engineState = signal<EngineState>({ is: "starting" });
  readonly outcome = signal<Outcome | null>(null);
  /** The last decision that there was. */
  readonly report = signal<Report | null>(null);
  readonly questions = signal<OpenQuestion[] | null>(null);
  readonly problems = signal<Record<string, ProblemCount>>({});
  readonly examples = signal<ExampleRow[] | null>(null);
  readonly tests = signal<TestReport | null>(null);
  readonly testing = signal(false);
  /** Whether `tests` is about the policy as it is. */
  readonly tested = signal(false);
  readonly version = signal("");
  /** What due dates are compared with. */
  readonly today = signal(localDay());

  /** The decision that `report` holds, as it came. */
  #decision: string | null = null;
  /** What the part of the decision that is open depends on. */
  #marks = new Map<string, LinePlace[]>();

  readonly engine: Engine;
  readonly editors: Editors;
  readonly keeper: Keeper;
  readonly background: Background;

  /** Why the decision that is shown is not that of the texts as they are. */
  readonly stale = computed<{ words: string; place: FilePlace | null } | null>(() => {
    const outcome = this.outcome.value;
    if (this.engineState.value.is === "waiting") {
      return { words: "This text kept the engine busy for too long, so it was stopped. Change something, and it tries again.", place: null };
    }
    if (!outcome || outcome.policy.state === "good" || this.report.value === null) return null;
    return {
      words: "The policy has a mistake. This is what the last version that worked decides.",
      place: outcome.notice?.place ?? null,
    };
  });

  constructor(makeWorker: () => Worker, module: Promise<WebAssembly.Module | null>, private readonly begin: (playground: Playground) => Promise<boolean>) {
    this.editors = new Editors({
      text: (id) => this.textOf(id),
      typed: (id, text) => this.#typed(id, text),
      label: (id) => id.startsWith(REQUEST) ? "Intake" : `Policy file ${id.slice(POLICY.length)}`,
      moved: (side) => this.background.moved(side),
    }, {
      ask: (call, ...args) => this.engine.ask(call, ...args),
      go: (place) => this.go(place),
      apply: (edits, creates) => this.apply(edits, creates),
      fix: (id, problem, fix) => void applyFix(this, fix.edits, () => sameFix(this.outcome.value?.problems[id], problem, fix)),
    });
    this.keeper = new Keeper(this);
    this.background = new Background(this);
    this.engine = new Engine({
      boot: (compiled) => ({
        files: this.ready.value ? [...this.project.files.value] : null,
        loaded: this.ready.value ? [...this.project.loaded.value] : null,
        request: this.requestId,
        text: this.project.request.value.text,
        today: this.today.value,
        module: compiled,
      }),
      look: () => this.#looked(),
      today: () => this.today.value,
      outcome: (outcome, current) => this.#decided(outcome, current),
      state: (state) => this.engineState.value = state,
      booted: (booted) => {
        if (this.ready.value) this.background.everything();
        else return this.#begin(booted);
      },
    }, makeWorker, module);
  }

  get requestId(): string {
    return REQUEST + this.project.request.value.name;
  }

  get policyId(): string {
    return POLICY + this.project.open.value;
  }

  textOf(id: string): string | undefined {
    if (id === this.requestId) return this.project.request.value.text;
    return id.startsWith(POLICY) ? this.project.text(id.slice(POLICY.length)) : undefined;
  }

  async #begin(booted: { builtIn: [string, string][]; digest: string; version: string }): Promise<void> {
    const { project } = this;
    project.builtIn = new Map(booted.builtIn);
    project.digest = booted.digest;
    this.version.value = booted.version;
    const another = await this.begin(this);
    this.ready.value = true;
    if (another) this.engine.reboot();
    else {
      this.engine.change(this.requestId, project.request.value.text);
      this.background.everything();
    }
    this.keeper.start();
  }

  /** The files whose problems are drawn. */
  #looked(): string[] {
    return (["policy", "request"] satisfies Side[]).flatMap((side) => this.editors.shown(side) ?? []);
  }

  #decided(outcome: Outcome, current: boolean): void {
    // What is decided about an intake that was left for another would be taken for a decision about that one.
    if (!this.ready.value || outcome.request !== this.requestId) return;
    // Places in a text that has changed since would be drawn beside what is meant. Another outcome is on its way.
    // Before the decision is drawn: an editor measures itself, and all that was drawn before it with it.
    if (current) for (const [id, found] of Object.entries(outcome.problems)) this.editors.showProblems(id, found);
    batch(() => {
      this.outcome.value = outcome;
      if (outcome.report === null || (outcome.report === this.#decision && this.report.value)) return;
      this.#decision = outcome.report;
      this.report.value = JSON.parse(outcome.report) as Report;
    });
    this.background.decided();
  }

  #typed(id: string, text: string): void {
    const { project } = this;
    if (id.startsWith(POLICY)) {
      project.write(id.slice(POLICY.length), text);
      this.background.policyChanged();
    } else if (id === this.requestId) {
      project.request.value = { ...project.request.value, text };
    }
    this.engine.change(id, text);
    this.keeper.touch();
  }

  /** Shows a file of the policy. */
  openFile(path: string, focus = false): void {
    if (this.project.text(path) === undefined) return;
    this.project.open.value = path;
    this.editors.open("policy", POLICY + path);
    this.editors.mark(this.#marks);
    if (focus) this.editors.focus("policy");
    this.engine.refresh();
    this.background.shown();
    this.keeper.touch();
  }

  /** Decides another intake. What was written in this one stays, under its name. */
  openRequest(request: Request): void {
    const { project } = this;
    const old = project.request.value;
    project.drafts.value = new Map(project.drafts.value).set(old.name, old.text);
    project.request.value = request;
    this.editors.open("request", this.requestId);
    if (this.editors.view("request")?.state.doc.toString() !== request.text) this.editors.forget(this.requestId);
    this.editors.mark(this.#marks);
    this.engine.change(this.requestId, request.text);
    this.questions.value = null;
    this.background.shown();
    this.keeper.touch();
  }

  /** Opens one of the policy's examples, as it was left or as it is in the policy. */
  openExample(path: string, fresh = false): void {
    const text = this.project.text(path);
    if (text === undefined) return;
    const name = path.split("/").pop() ?? path;
    if (name === this.project.request.value.name && !fresh) return;
    this.openRequest({ name, text: fresh ? text : this.project.drafts.value.get(name) ?? text });
  }

  /** Shows a place of the policy or of the intake, and puts the cursor there. */
  go(place: FilePlace): void {
    this.#show(place.file, place.span);
  }

  /** As `go`, for a place that a report names. */
  goTo(location: Location): void {
    this.#show(location.source, location);
  }

  #show(file: string, span: { start: number; end: number } | Location): void {
    if (file === this.requestId) {
      this.area.value = "request";
      this.editors.reveal("request", span, true);
    } else if (file.startsWith(POLICY)) {
      this.area.value = "policy";
      this.openFile(file.slice(POLICY.length));
      this.editors.reveal("policy", span, true);
    }
  }

  /** Marks lines in the editors, by file. */
  mark(places: Map<string, LinePlace[]>): void {
    this.#marks = places;
    this.editors.mark(places);
  }

  /** Shows the first of these places in each editor, without taking the cursor there. */
  bringIntoView(places: Location[]): void {
    const rules = places.filter((place) => place.source.startsWith(POLICY));
    const [rule] = rules;
    if (rule && !rules.some((place) => place.source === this.policyId)) this.openFile(rule.source.slice(POLICY.length));
    for (const side of ["policy", "request"] satisfies Side[]) {
      const first = places.find((place) => place.source === this.editors.shown(side));
      if (first) this.editors.scrollTo(side, first);
    }
  }

  /** Changes texts, and makes new files. */
  apply(edits: TextEdit[], creates: { file: string; text: string }[] = []): void {
    this.engine.together(() => {
      for (const { file, text } of creates) {
        if (file.startsWith(POLICY)) this.writeFile(file.slice(POLICY.length), text);
      }
      this.editors.apply(edits);
    });
    const [first] = creates;
    if (first?.file.startsWith(POLICY)) this.openFile(first.file.slice(POLICY.length), true);
  }

  /** Makes a file of the policy or gives it another text, or takes it away. */
  writeFile(path: string, text: string | null): void {
    this.project.write(path, text);
    this.editors.forget(POLICY + path);
    this.engine.change(POLICY + path, text);
    this.background.policyChanged();
    this.keeper.touch();
  }

  /** What a case or a draft would be called. */
  get requestName(): string {
    return shortName(this.project.request.value.name);
  }
}
