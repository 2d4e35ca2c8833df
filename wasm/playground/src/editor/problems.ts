// What is wrong with a text: underlined, in the gutter, with its fixes a click away.

import { type Diagnostic, diagnosticCount, forEachDiagnostic, lintGutter, linter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import type { EditorState, Extension, TransactionSpec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { Problem } from "../engine/protocol";
import { inline } from "../ui/markdown";
import { type Desk, fileId } from "./desk";

export function problems(): Extension {
  // Without a source: what there is comes with each decision.
  return [linter(null, { delay: 150 }), lintGutter(), keymap.of(lintKeymap)];
}

/** Shows these problems, and only these; nothing where they are shown already: drawing costs more than comparing. */
export function showProblems(state: EditorState, found: Problem[], desk: Desk): TransactionSpec | null {
  const length = state.doc.length;
  if (isShown(state, found)) return null;
  return setDiagnostics(state, found.map((problem) => {
    const from = Math.min(problem.span.start, length);
    const to = Math.min(Math.max(problem.span.end, from), length);
    return {
      from,
      to,
      severity: problem.severity,
      message: problem.message,
      renderMessage: () => message(problem),
      actions: problem.fixes.map((fix) => ({
        name: capital(fix.title.replaceAll("`", "")),
        apply: (view) => desk.fix(view.state.facet(fileId), problem, fix),
      })),
    } satisfies Diagnostic;
  }));
}

function isShown(state: EditorState, found: Problem[]): boolean {
  if (diagnosticCount(state) !== found.length) return false;
  const key = (from: number, to: number, severity: string, text: string) => `${from} ${to} ${severity} ${text}`;
  const wanted = new Set(found.map(({ span, severity, message }) => key(span.start, span.end, severity, message)));
  forEachDiagnostic(state, (shown, from, to) => wanted.delete(key(from, to, shown.severity, shown.message)));
  return wanted.size === 0;
}

function message(problem: Problem): HTMLElement {
  const whole = document.createElement("span");
  whole.append(...inline(capital(problem.message)));
  if (problem.help) {
    const help = document.createElement("div");
    help.className = "cm-diagnosticHelp";
    help.append(...inline(capital(problem.help)));
    whole.append(help);
  }
  return whole;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
