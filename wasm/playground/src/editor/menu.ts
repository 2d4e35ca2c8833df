// A small menu at the cursor: which of several changes, which of several places.

import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, showTooltip, type Tooltip } from "@codemirror/view";

export interface Entry {
  title: string;
  run(): void;
}

const setMenu = StateEffect.define<Tooltip | null>();

const menu = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMenu)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

export const menus: Extension = menu;

/** Opens a menu at the cursor; the keyboard is in it until something is chosen or Escape pressed. */
export function openMenu(view: EditorView, label: string, entries: Entry[]): void {
  const create = () => {
    const dom = document.createElement("ul");
    dom.className = "cm-menu";
    dom.setAttribute("role", "listbox");
    dom.setAttribute("aria-label", label);
    dom.tabIndex = 0;
    const items = entries.map((entry, at) => {
      const item = document.createElement("li");
      item.id = `menu-${at}`;
      item.setAttribute("role", "option");
      item.textContent = entry.title;
      item.onmousedown = (event) => {
        event.preventDefault();
        choose(at);
      };
      item.onmousemove = () => select(at);
      return item;
    });
    dom.append(...items);
    let selected = 0;
    const select = (at: number) => {
      selected = (at + items.length) % items.length;
      items.forEach((item, index) => item.setAttribute("aria-selected", String(index === selected)));
      dom.setAttribute("aria-activedescendant", `menu-${selected}`);
      items[selected]?.scrollIntoView({ block: "nearest" });
    };
    const leave = () => {
      view.dispatch({ effects: setMenu.of(null) });
      view.focus();
    };
    const choose = (at: number) => {
      leave();
      entries[at]?.run();
    };
    dom.onkeydown = (event) => {
      if (event.key === "ArrowDown") select(selected + 1);
      else if (event.key === "ArrowUp") select(selected - 1);
      else if (event.key === "Enter" || event.key === " ") choose(selected);
      else if (event.key === "Escape" || event.key === "Tab") leave();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Not at once: it may lose the focus because it is being taken away.
    dom.onblur = () => setTimeout(() => {
      if (dom.isConnected) view.dispatch({ effects: setMenu.of(null) });
    });
    select(0);
    return { dom, mount: () => dom.focus() };
  };
  view.dispatch({ effects: setMenu.of({ pos: view.state.selection.main.head, above: false, create }) });
}
