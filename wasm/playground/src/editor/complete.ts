// Completion, from the language service.

import {
  type Completion as Shown, type CompletionContext, type CompletionResult, autocompletion, closeCompletion, snippet, startCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Completion } from "../engine/protocol";
import { markdown } from "../ui/markdown";
import { calmly, type Desk, fileId } from "./desk";

const KINDS: Record<string, string> = {
  field: "property", group: "namespace", choice: "enum", value: "constant", entry: "enum", method: "method",
  function: "function", variable: "variable", keyword: "keyword", snippet: "text",
};

/** Characters after which completions are worth a look without being asked for. */
const OPENERS = /[\w.:"-]$|^\s+$|: $|\($/;

export function completion(desk: Desk): Extension {
  return autocompletion({
    override: [(context) => source(desk, context)],
    icons: false,
    maxRenderedOptions: 60,
    activateOnTypingDelay: 60,
  });
}

async function source(desk: Desk, context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const written = line.text.slice(0, context.pos - line.from);
  if (!context.explicit && !OPENERS.test(written)) return null;
  const found = await calmly(desk.ask("completions", context.state.facet(fileId), context.pos));
  if (!found || found.length === 0 || context.aborted) return null;
  // Most of them replace the same word; what replaces more brings its own place.
  const from = Math.max(...found.map((one) => one.span.start));
  return {
    from: Math.min(from, context.pos),
    options: found.map((one) => shown(one, context.pos)),
    validFor: /^[\w-]*$/,
  };
}

function shown(one: Completion, asked: number): Shown {
  return {
    label: one.filter ?? one.label,
    displayLabel: one.label,
    type: KINDS[one.kind] ?? "text",
    ...(one.detail ? { detail: one.detail } : {}),
    ...(one.documentation ? { info: () => markdown(one.documentation ?? "") } : {}),
    boost: Math.max(99 - one.rank, -99),
    apply: (view, completion, _from, to) => accept(view, completion, one, to + Math.max(one.span.end - asked, 0)),
  };
}

function accept(view: EditorView, completion: Shown, one: Completion, to: number): void {
  if (one.snippet) {
    snippet(template(one.text))(view, completion, one.span.start, to);
  } else {
    view.dispatch({
      changes: { from: one.span.start, to, insert: one.text },
      selection: { anchor: one.span.start + one.text.length },
      scrollIntoView: true,
      userEvent: "input.complete",
    });
  }
  if (one.more.length > 0) {
    // They stand before the cursor or elsewhere, and speak of the text as it was.
    const before = one.more.filter((edit) => edit.place.span.end <= one.span.start);
    view.dispatch({ changes: before.map((edit) => ({ from: edit.place.span.start, to: edit.place.span.end, insert: edit.text })) });
  }
  closeCompletion(view);
  if (one.again) startCompletion(view);
}

/** An editor's snippet in the words of CodeMirror: `${1:hint}` is `#{1:hint}`, `$0` the end. */
export function template(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const rest = text.slice(at);
    const field = /^\$(?:(\d+)|\{(\d+)(?::((?:[^}\\]|\\.)*)|\|((?:[^|\\]|\\.)*)\|)?\})/.exec(rest);
    if (field) {
      const number = field[1] ?? field[2] ?? "0";
      const hint = (field[3] ?? field[4]?.split(",")[0] ?? "").replaceAll(/\\(.)/g, "$1");
      out += `#{${number === "0" ? "99" : number}${hint ? `:${hint}` : ""}}`;
      at += field[0].length - 1;
    } else if (rest.startsWith("\\") && rest.length > 1) {
      at += 1;
      out += escaped(text.charAt(at));
    } else {
      out += escaped(text.charAt(at));
    }
  }
  return out;
}

function escaped(character: string): string {
  return character === "{" || character === "}" || character === "\\" ? `\\${character}` : character;
}
