// What is to be known about a place: on hover, and while a call is written.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, hoverTooltip, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { SignatureHelp } from "../engine/protocol";
import { markdown } from "../ui/markdown";
import { calmly, type Desk, fileId } from "./desk";

export function hover(desk: Desk): Extension {
  return hoverTooltip(async (view, at): Promise<Tooltip | null> => {
    const found = await calmly(desk.ask("hover", view.state.facet(fileId), at));
    if (!found || found.markdown.trim() === "") return null;
    return { pos: found.span.start, end: found.span.end, above: true, create: () => ({ dom: markdown(found.markdown) }) };
  }, { hoverTime: 350, hideOnChange: true });
}

const setTip = StateEffect.define<Tooltip | null>();

/** One tooltip that a key or a character opened; it goes with the next change of place. */
const tip = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setTip)) return effect.value;
    if (value && transaction.docChanged) return { ...value, pos: transaction.changes.mapPos(value.pos) };
    return value;
  },
  provide: (field) => showTooltip.from(field),
});

export function signature(desk: Desk): Extension {
  const watcher = ViewPlugin.define((view) => {
    let asked = 0;
    const look = async () => {
      const mine = ++asked;
      // The engine gets a text once the editor is done with it.
      await null;
      const at = view.state.selection.main.head;
      const help = await calmly(desk.ask("signature", view.state.facet(fileId), at));
      if (mine !== asked || view.state.selection.main.head !== at) return;
      view.dispatch({ effects: setTip.of(help ? signatureTip(help, at) : null) });
    };
    return {
      update(update: ViewUpdate) {
        const open = update.state.field(tip) !== null;
        const typed = update.transactions.some((transaction) => transaction.isUserEvent("input"));
        const opens = typed && /[(,]/.test(lastTyped(update));
        if (opens || (open && (update.docChanged || update.selectionSet))) void look();
      },
    };
  });
  return [tip, watcher, keymap.of([{ key: "Escape", run: close }])];
}

function lastTyped(update: ViewUpdate): string {
  let text = "";
  update.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => text = inserted.toString());
  return text;
}

function close(view: EditorView): boolean {
  if (!view.state.field(tip)) return false;
  view.dispatch({ effects: setTip.of(null) });
  return true;
}

function signatureTip(help: SignatureHelp, at: number): Tooltip | null {
  const one = help.signatures[help.signature];
  if (!one) return null;
  const parameter = one.parameters[help.parameter];
  const create = () => {
    const dom = document.createElement("div");
    dom.className = "cm-prose";
    const label = document.createElement("div");
    label.className = "cm-signature";
    const start = parameter ? one.label.indexOf(parameter.label, one.label.indexOf("(")) : -1;
    if (parameter && start >= 0) {
      const strong = document.createElement("b");
      strong.textContent = parameter.label;
      label.append(one.label.slice(0, start), strong, one.label.slice(start + parameter.label.length));
    } else label.textContent = one.label;
    dom.append(label);
    const words = parameter?.documentation ?? one.documentation;
    if (words) dom.append(...markdown(words).childNodes);
    return { dom };
  };
  return { pos: at, above: true, create };
}
