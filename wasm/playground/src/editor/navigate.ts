// Going to where a name comes from, finding where it is used, renaming it, and the changes that are offered at a
// place.

import { StateEffect, StateField, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, type Panel, showPanel } from "@codemirror/view";
import type { FilePlace } from "../engine/protocol";
import { calmly, type Desk, fileId } from "./desk";
import { menus, openMenu } from "./menu";

export function navigation(desk: Desk): Extension {
  const goTo = (view: EditorView, at: number) => {
    void places(desk, view, at, "definition", "Where it comes from");
    return true;
  };
  return [
    menus,
    asking,
    keymap.of([
      { key: "F12", run: (view) => goTo(view, view.state.selection.main.head) },
      { key: "Shift-F12", run: (view) => (void places(desk, view, view.state.selection.main.head, "references", "Where it is used"), true) },
      { key: "F2", run: (view) => (void rename(desk, view), true) },
      { key: "Mod-.", run: (view) => (void offer(desk, view), true) },
    ]),
    Prec.highest(EditorView.domEventHandlers({
      mousedown(event, view) {
        if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at === null) return false;
        event.preventDefault();
        view.dispatch({ selection: { anchor: at } });
        return goTo(view, at);
      },
    })),
  ];
}

async function places(desk: Desk, view: EditorView, at: number, call: "definition" | "references", label: string): Promise<void> {
  const found = await calmly(desk.ask(call, view.state.facet(fileId), at));
  const [first, ...more] = found ?? [];
  if (!first) return;
  if (more.length === 0) desk.go(first);
  else openMenu(view, label, [first, ...more].map((place) => ({ title: nameOf(place), run: () => desk.go(place) })));
}

/** The file of a place, as the tree calls it. */
function nameOf(place: FilePlace): string {
  return place.file.split("/").slice(1).join("/");
}

async function offer(desk: Desk, view: EditorView): Promise<void> {
  const { from, to } = view.state.selection.main;
  const found = await calmly(desk.ask("actions", view.state.facet(fileId), from, to));
  if (!found) return;
  const entries = found.map((action) => ({
    title: capital(action.title.replaceAll("`", "")),
    run: () => desk.apply(action.edits, action.creates),
  }));
  openMenu(view, "Changes at the cursor", entries.length > 0 ? entries : [{ title: "Nothing to change here", run: () => {} }]);
}

async function rename(desk: Desk, view: EditorView): Promise<void> {
  const id = view.state.facet(fileId);
  const at = view.state.selection.main.head;
  const span = await calmly(desk.ask("renamable", id, at));
  if (!span) {
    openMenu(view, "Rename", [{ title: "Nothing here can be renamed", run: () => {} }]);
    return;
  }
  const old = view.state.sliceDoc(span.start, span.end);
  ask(view, {
    label: "New name, everywhere in the policy",
    value: old,
    async done(name) {
      if (name === old) return null;
      const answer = await desk.ask("rename", id, at, name);
      if ("refused" in answer) return capital(answer.refused);
      desk.apply(answer.edits);
      return null;
    },
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Question {
  label: string;
  value: string;
  /** Why it cannot be; `null` where it is done. */
  done(value: string): Promise<string | null>;
}

const setAsking = StateEffect.define<Question | null>();

const asking = StateField.define<Question | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setAsking)) return effect.value;
    return value;
  },
  provide: (field) => showPanel.from(field, (question) => question ? (view) => panel(view, question) : null),
});

function ask(view: EditorView, question: Question): void {
  view.dispatch({ effects: setAsking.of(question) });
}

function panel(view: EditorView, question: Question): Panel {
  const dom = document.createElement("form");
  dom.className = "cm-ask";
  const label = document.createElement("label");
  label.textContent = `${question.label} `;
  const input = document.createElement("input");
  input.className = "cm-textfield";
  input.value = question.value;
  input.spellcheck = false;
  label.append(input);
  const button = document.createElement("button");
  button.className = "cm-button";
  button.textContent = "Rename";
  const why = document.createElement("span");
  why.className = "cm-ask-why";
  why.setAttribute("role", "alert");
  dom.append(label, button, why);
  const leave = () => {
    view.dispatch({ effects: setAsking.of(null) });
    view.focus();
  };
  dom.onsubmit = async (event) => {
    event.preventDefault();
    const refused = await question.done(input.value.trim()).catch(() => "The engine was restarted. Try again.");
    if (refused) why.textContent = refused;
    else leave();
  };
  dom.onkeydown = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
    }
  };
  return {
    dom,
    top: true,
    mount() {
      input.focus();
      input.select();
    },
  };
}
