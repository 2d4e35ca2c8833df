// The two editors and all texts behind them. A text lives in an editor's state from the moment that it is first
// shown, with its history, also while another file is shown in its place.

import { type EditorState as State, EditorState, type StateEffect, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Hint, Problem, TextEdit, Token } from "../engine/protocol";
import type { Desk } from "./desk";
import { flash, isDrawn, isMarked, type LinePlace, offsetOf, setHints, setMarks, setTokens } from "./marks";
import { showProblems } from "./problems";
import { extensions } from "./setup";

export type Side = "policy" | "request";

export interface Texts {
  /** The text of a file, as it was last known here; nothing where there is no such file. */
  text(id: string): string | undefined;
  /** Somebody typed. */
  typed(id: string, text: string): void;
  /** What a screen reader calls the editor of a file. */
  label(id: string): string;
  /** The cursor went somewhere else, or another part of the text can be seen. */
  moved(side: Side): void;
}

interface Pane {
  view: EditorView;
  id: string;
}

export class Editors {
  #panes = new Map<Side, Pane>();
  /** States of files that were shown before. */
  #states = new Map<string, State>();

  constructor(private readonly texts: Texts, private readonly desk: Desk) {}

  /** Puts an editor into an element. Its styles live in a shadow root: a page without inline styles allows that. */
  mount(side: Side, element: HTMLElement, id: string): void {
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    root.replaceChildren();
    const view = new EditorView({
      state: this.#state(id),
      root,
      parent: root,
      dispatchTransactions: (transactions, view) => {
        const pane = this.#panes.get(side);
        const last = transactions.at(-1);
        const changed = transactions.some((transaction) => transaction.docChanged);
        // The engine begins while the text is still being drawn: it works on another thread.
        if (pane && last && changed) this.texts.typed(pane.id, last.newDoc.toString());
        view.update(transactions);
        if (pane && (changed || transactions.some((transaction) => transaction.selection))) this.texts.moved(side);
      },
    });
    view.scrollDOM.addEventListener("scroll", () => this.texts.moved(side), { passive: true });
    this.#panes.set(side, { view, id });
  }

  /** Takes an editor away; its text stays. */
  unmount(side: Side): void {
    const pane = this.#panes.get(side);
    if (!pane) return;
    this.#states.set(pane.id, pane.view.state);
    pane.view.destroy();
    this.#panes.delete(side);
  }

  view(side: Side): EditorView | undefined {
    return this.#panes.get(side)?.view;
  }

  shown(side: Side): string | undefined {
    return this.#panes.get(side)?.id;
  }

  /** Shows a file in an editor. */
  open(side: Side, id: string): void {
    const pane = this.#panes.get(side);
    if (!pane || pane.id === id) return;
    this.#states.set(pane.id, pane.view.state);
    pane.id = id;
    pane.view.setState(this.#state(id));
    this.#states.delete(id);
  }

  /** As `open`, for a file whose text is another one now. */
  show(side: Side, id: string): void {
    const pane = this.#panes.get(side);
    if (!pane) return;
    pane.id = id;
    pane.view.setState(this.#state(id));
  }

  /** Puts the cursor to a place in what an editor shows, and marks its line for a moment. */
  reveal(side: Side, span: { start: number; end: number } | LinePlace, focus: boolean): void {
    const view = this.view(side);
    if (!view) return;
    const { length } = view.state.doc;
    const offset = (place: number | LinePlace["start"]) => typeof place === "number" ? Math.min(place, length) : offsetOf(view.state, place);
    const [start, end] = [offset(span.start), offset(span.end)];
    const scroll = EditorView.scrollIntoView(start, { y: "center" });
    view.dispatch({
      selection: { anchor: start, head: Math.min(end, view.state.doc.lineAt(start).to) },
      effects: [scroll, flash.of(start)],
    });
    this.#onceDrawn(view, () => view.dispatch({ effects: scroll }));
    if (focus) this.focus(side);
  }

  /** Puts the keyboard into an editor. */
  focus(side: Side): void {
    const view = this.view(side);
    if (!view) return;
    view.focus();
    this.#onceDrawn(view, () => view.focus());
  }

  /** A narrow page shows one area at a time: what cannot be seen yet can neither be scrolled nor written into. */
  #onceDrawn(view: EditorView, run: () => void): void {
    if (view.dom.getClientRects().length > 0) return;
    requestAnimationFrame(() => {
      if (view.dom.isConnected) run();
    });
  }

  /** Brings a place into view, unless it is. */
  scrollTo(side: Side, place: LinePlace): void {
    const view = this.view(side);
    if (view) view.dispatch({ effects: EditorView.scrollIntoView(offsetOf(view.state, place.start), { y: "nearest", yMargin: 40 }) });
  }

  /** Marks lines, by file; files that are not named lose their marks. */
  mark(places: Map<string, LinePlace[]>): void {
    for (const { view, id } of this.#panes.values()) {
      const own = places.get(id) ?? [];
      if (!isMarked(view.state, own)) view.dispatch({ effects: setMarks.of(own) });
    }
  }

  showProblems(id: string, found: Problem[]): void {
    this.#in(id, (state) => showProblems(state, found, this.desk));
  }

  showTokens(id: string, tokens: Token[]): void {
    this.draw(id, setTokens.of(tokens));
  }

  showHints(id: string, hints: Hint[], go: (hint: Hint) => void): void {
    this.#in(id, (state) => isDrawn(state, hints) ? null : { effects: setHints.of({ hints, go }) });
  }

  /** Draws something into a file that is shown. */
  draw(id: string, effect: StateEffect<unknown>): void {
    this.#in(id, () => ({ effects: effect }));
  }

  /** Replaces parts of texts; each file's change can be undone at once. */
  apply(edits: TextEdit[]): void {
    const files = new Map<string, TextEdit[]>();
    for (const edit of edits) files.set(edit.place.file, [...files.get(edit.place.file) ?? [], edit]);
    for (const [id, own] of files) {
      const changes = own.map(({ place, text }) => ({ from: place.span.start, to: place.span.end, insert: text }));
      this.#change(id, (state) => {
        const { length } = state.doc;
        return { changes: changes.filter((change) => change.to <= length), userEvent: "input.fix", scrollIntoView: false };
      });
    }
  }

  /** Gives a file another text by the smallest change, so that cursor and history make sense of it. */
  rewrite(id: string, text: string, event = "input.answer"): { from: number; to: number } | null {
    let at: { from: number; to: number } | null = null;
    this.#change(id, (state) => {
      const old = state.doc.toString();
      if (old === text) return {};
      const [from, to, insert] = difference(old, text);
      at = { from, to: from + insert.length };
      return { changes: { from, to, insert }, userEvent: event };
    });
    return at;
  }

  /** A file has another name. */
  rename(from: string, to: string): void {
    const state = this.#states.get(from);
    this.#states.delete(from);
    for (const pane of this.#panes.values()) {
      if (pane.id !== from) continue;
      pane.id = to;
      // Another name may be another language; the history is worth less than that.
      pane.view.setState(this.#made(to, pane.view.state.doc.toString()));
    }
    if (state) this.#states.set(to, this.#made(to, state.doc.toString()));
  }

  /** A file is gone, or has another text that nobody typed. */
  forget(id: string): void {
    this.#states.delete(id);
    for (const pane of this.#panes.values()) {
      if (pane.id === id) pane.view.setState(this.#state(id));
    }
  }

  /** All texts are others. */
  reset(): void {
    this.#states.clear();
  }

  /** The editor that shows a file. */
  sideOf(id: string): Side | null {
    for (const [side, pane] of this.#panes) if (pane.id === id) return side;
    return null;
  }

  /** Changes a text, whether it is shown or not. */
  #change(id: string, spec: (state: State) => TransactionSpec): void {
    const side = this.sideOf(id);
    if (side) {
      this.view(side)?.dispatch(spec(this.view(side)?.state ?? this.#state(id)));
      return;
    }
    const before = this.#state(id);
    const { state } = before.update(spec(before));
    this.#states.set(id, state);
    if (!state.doc.eq(before.doc)) this.texts.typed(id, state.doc.toString());
  }

  /** Draws into a text that is shown; what is hidden is drawn when it is shown again. */
  #in(id: string, spec: (state: State) => TransactionSpec | null): void {
    const side = this.sideOf(id);
    const view = side && this.view(side);
    const drawn = view && spec(view.state);
    if (drawn) view.dispatch(drawn);
  }

  #state(id: string): State {
    return this.#states.get(id) ?? this.#made(id, this.texts.text(id) ?? "");
  }

  #made(id: string, text: string): State {
    return EditorState.create({ doc: text, extensions: extensions(id, this.texts.label(id), text.length, this.desk) });
  }
}

/** The part of `old` to replace, and by what. */
function difference(old: string, text: string): [from: number, to: number, insert: string] {
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  // Never between the halves of a character.
  if (start > 0 && /[\ud800-\udbff]/.test(old.charAt(start - 1))) start -= 1;
  if (end > 0 && /[\udc00-\udfff]/.test(old.charAt(old.length - end))) end -= 1;
  return [start, old.length - end, text.slice(start, text.length - end)];
}

