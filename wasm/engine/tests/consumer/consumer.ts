// A consumer as strict as TypeScript gets; `tsc` reads it, nobody runs it.

import { Engine, init, RemitError, type Report, type RemitErrorCode } from "@remit/engine";
import { LanguageServer, LanguageService, type answers } from "@remit/engine/full";
import { Engine as Inline } from "@remit/engine/inline";
import type { OpenQuestion, TestReport } from "@remit/engine/types";

export async function decide(text: string): Promise<string> {
  await init(new URL("https://example.invalid/engine.wasm"));
  using engine = new Engine();
  const report: Report = engine.check(text, { name: "a.intake.yaml", today: "2026-11-20" });
  const settled: number | null = report.tier.settled;
  const first: OpenQuestion | undefined = engine.questions(text, { all: true }).questions[0];
  const tests: TestReport = engine.test({ coverage: true });
  const answered = first === undefined ? text : engine.answer(text, first.path, true);
  return `${settled ?? "open"} ${tests.passed} ${answered} ${Engine.load({ "remit.yaml": "" }).diagnostics.length}`;
}

export function edit(service: LanguageService): answers.Completion[] {
  service.open("a.intake.yaml", "", { version: 1, kind: "intake" });
  service.change("a.intake.yaml", [{ start: 0, end: 0, text: "x" }]);
  service.setConfig({ inlay_hints: false });
  LanguageServer.drive((message: string) => void message)({ jsonrpc: "2.0" });
  return service.completions("a.intake.yaml", 1);
}

export function why(error: unknown): RemitErrorCode | undefined {
  return error instanceof RemitError ? error.code : undefined;
}

// @ts-expect-error: a day is written as text
new Engine().check("", { today: 20261120 });
// @ts-expect-error: there are three readers
new Inline().describe("", "everybody");
// @ts-expect-error: a report has no such field
export const nothing = (report: Report) => report.teir;
