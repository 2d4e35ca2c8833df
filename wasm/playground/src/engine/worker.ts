// The engine, off the page's thread: the language service for what is typed, and engines for the tests and
// examples of the policy as it is and as it was loaded. It keeps no text that the page does not have.

import { Engine, init, LanguageService, RemitError, version } from "@remit/engine/full";
import { Policy } from "./policy";
import type { Answered, Asked, Calls, ExampleOutcome, ExampleRow, Outcome } from "./protocol";
import { POLICY, REQUEST } from "./protocol";

let service: LanguageService;
let today = "";
let request = "";
let requestText = "";
let policy: Policy;
/** The last one that loaded: it answers while the policy of now is broken. */
let lastGood: Policy | null = null;
let loaded: Policy;
let before: Map<string, ExampleOutcome> | null = null;

const calls: { [C in Call]: (...args: Parameters<Calls[C]>) => ReturnType<Calls[C]> | Promise<ReturnType<Calls[C]>> } = {
  async boot(start) {
    await init(start.module ?? undefined);
    const embedded = new Engine();
    const builtIn = Object.entries(embedded.files());
    const { digest } = embedded.pack;
    embedded.free();
    service = new LanguageService();
    // What is missing stands in the decision; the text says what is wrong with it.
    service.setConfig({ roots: [{ root: REQUEST.slice(0, -1), pack: POLICY.slice(0, -1) }], readiness: "off", evidence: "off", code_lenses: false, type_hints: false });
    today = start.today;
    service.setToday(today);
    policy = new Policy(start.files ?? builtIn);
    loaded = new Policy(start.loaded ?? builtIn);
    before = null;
    lastGood = null;
    for (const [path, text] of policy.files) service.setFile(POLICY + path, text);
    request = start.request;
    requestText = start.text;
    service.open(request, requestText);
    return { builtIn, digest, version: version() };
  },

  compareWith(files) {
    loaded.free();
    loaded = new Policy(files);
    before = null;
  },

  update(changes, look, day) {
    if (day !== today) {
      today = day;
      service.setToday(day);
      before = null;
    }
    const texts: [string, string | null][] = [];
    for (const [id, text] of changes) {
      if (id.startsWith(POLICY)) {
        texts.push([id.slice(POLICY.length), text]);
        if (text === null) service.removeFile(id);
        else service.setFile(id, text);
      } else if (id.startsWith(REQUEST) && text !== null) {
        setRequest(id, text);
      }
    }
    if (texts.length > 0) {
      const next = policy.with(texts);
      if (policy !== lastGood) policy.free();
      policy = next;
    }
    return outcome(look);
  },

  problems() {
    const counted: ReturnType<Calls["problems"]> = {};
    for (const path of policy.files.keys()) {
      const found = service.diagnostics(POLICY + path);
      // The policy of a test that fails is not wrong for that.
      const failures = found.filter((one) => one.code === "case/failed").length;
      const count = (severity: string) => found.filter((one) => one.severity === severity).length;
      counted[path] = { errors: count("error") - failures, warnings: count("warning"), failures };
    }
    return counted;
  },

  questions(id) {
    const engine = deciding();
    if (!engine || id !== request) return null;
    return engine.questions(requestText, { name: id, today, all: true }).questions;
  },

  answer(id, path, value) {
    const engine = deciding();
    if (!engine) return { refused: "the policy does not load, so nothing is known about its questions" };
    try {
      return { text: engine.answer(requestText, path, value, { name: id, today }) };
    } catch (error) {
      return { refused: reason(error) };
    }
  },

  examples() {
    const engine = policy.engine;
    if (!engine) return null;
    before ??= new Map(decided(loaded).map((one) => [one.path, one]));
    const after = new Map(decided(policy).map((one) => [one.path, one]));
    const paths = new Set([...after.keys(), ...before.keys()]);
    return [...paths].map((path): ExampleRow => ({ path, before: before?.get(path) ?? null, after: after.get(path) ?? null }));
  },

  test() {
    const report = policy.engine?.test({ coverage: true });
    return report ?? null;
  },

  completions: (id, at) => service.completions(id, at),
  hover: (id, at) => service.hover(id, at),
  hints: (id, start, end) => service.inlayHints(id, { start, end }),
  actions: (id, start, end) => service.codeActions(id, { start, end }),
  definition: (id, at) => service.definition(id, at),
  references: (id, at) => service.references(id, at),
  renamable: (id, at) => service.prepareRename(id, at),
  tokens: (id) => service.semanticTokens(id),
  signature: (id, at) => service.signatureHelp(id, at),

  rename(id, at, name) {
    try {
      return { edits: service.rename(id, at, name) };
    } catch (error) {
      return { refused: reason(error) };
    }
  },
};

type Call = keyof Calls;

function setRequest(id: string, text: string): void {
  if (id === request) service.change(id, text);
  else {
    service.close(request);
    service.open(id, text);
    request = id;
  }
  requestText = text;
}

function outcome(look: string[]): Outcome {
  const pack = service.pack(request);
  const notice = service.notices().find((one) => `${one.root}/` === POLICY);
  return {
    request,
    report: service.decisionJson(request) ?? null,
    policy: { state: pack.state, name: pack.name, version: pack.version },
    notice: notice ? { message: notice.message, place: notice.place ?? null } : null,
    // That the policy does not load stands over the decision, and where it is broken.
    problems: Object.fromEntries(look.map((id) => [id, service.diagnostics(id).filter(({ code }) => code !== "pack/not-loaded")])),
  };
}

/** What decides: the policy as it is, or the last one that loaded. */
function deciding(): Engine | null {
  const { engine } = policy;
  if (engine && lastGood !== policy) {
    lastGood?.free();
    lastGood = policy;
  }
  return engine ?? lastGood?.engine ?? null;
}

/** What a policy decides about its own examples. */
function decided(by: Policy): ExampleOutcome[] {
  const { engine } = by;
  if (!engine) return [];
  return engine.examples().map(({ name, path, text }) => {
    const report = engine.check(text, { name: path, today });
    const routes = report.routes.filter((route) => route.starts !== "superseded" && route.standing === "certain");
    return {
      name,
      path,
      title: report.intake.title ?? name,
      tier: report.tier,
      routes: routes.map((route) => route.title),
      ready: report.ready.complete,
      settled: report.settled,
    };
  });
}

function reason(error: unknown): string {
  if (error instanceof RemitError && (error.code === "refused" || error.code === "argument")) return error.message;
  throw error;
}

onmessage = async ({ data }: MessageEvent<Asked>) => {
  const answer = (answered: Answered) => postMessage(answered);
  try {
    const call = calls[data.call] as (...args: unknown[]) => unknown;
    answer({ id: data.id, value: await call(...data.args) });
  } catch (error) {
    const crashed = error instanceof RemitError && error.code === "crashed";
    answer({ id: data.id, failed: error instanceof Error ? error.message : String(error), crashed });
  }
};
