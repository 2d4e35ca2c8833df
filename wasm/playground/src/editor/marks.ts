// What is drawn into a text from outside: the lines that a part of the decision depends on, what the tests cover,
// what names mean, and what a line causes.

import { type EditorState, type Extension, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, gutter, GutterMarker, WidgetType } from "@codemirror/view";
import type { Hint, Token } from "../engine/protocol";
import { markdown } from "../ui/markdown";

/** A place as reports give it: lines and columns from 1, in whole characters. */
export interface LinePlace {
  start: { line: number; column: number };
  end: { line: number; column: number };
}

/** The offset of a line and column, or the nearest there is. */
export function offsetOf(state: EditorState, place: { line: number; column: number }): number {
  const line = state.doc.line(Math.min(Math.max(place.line, 1), state.doc.lines));
  // Columns count characters, offsets count units of UTF-16.
  const units = [...line.text].slice(0, place.column - 1).join("").length;
  return Math.min(line.from + units, line.to);
}

export const setMarks = StateEffect.define<LinePlace[]>();
export const flash = StateEffect.define<number | null>();

const marked = Decoration.line({ class: "cm-marked" });
const flashed = Decoration.line({ class: "cm-flash" });

const marks = field(setMarks, (places: LinePlace[], state) => starts(places, state).map((start) => marked.range(start)));

/** Where the lines of these places begin. */
function starts(places: LinePlace[], state: EditorState): number[] {
  const lines = new Set<number>();
  for (const place of places) {
    const first = Math.max(place.start.line, 1);
    const last = Math.min(place.end.line, state.doc.lines, first + 40);
    for (let line = first; line <= last; line += 1) lines.add(line);
  }
  return [...lines].sort((one, other) => one - other).map((line) => state.doc.line(line).from);
}

/** Whether exactly these places are marked: drawing costs more than comparing. */
export function isMarked(state: EditorState, places: LinePlace[]): boolean {
  const wanted = starts(places, state);
  let at = 0;
  for (const range = state.field(marks).iter(); range.value; range.next()) {
    if (wanted[at] !== range.from) return false;
    at += 1;
  }
  return at === wanted.length;
}

const flashes = field(flash, (at: number | null, state) =>
  at === null ? [] : [flashed.range(state.doc.lineAt(Math.min(at, state.doc.length)).from)]);

/** A set of decorations that an effect replaces, and that moves with the text in between. */
function field<T>(effect: ReturnType<typeof StateEffect.define<T>>, draw: (value: T, state: EditorState) => Range<Decoration>[]) {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(value, transaction) {
      for (const one of transaction.effects) {
        if (one.is(effect)) return Decoration.set(draw(one.value as T, transaction.state), true);
      }
      return transaction.docChanged ? value.map(transaction.changes) : value;
    },
    provide: (self) => EditorView.decorations.from(self),
  });
}

export const setTokens = StateEffect.define<Token[]>();

/** Only what colours by syntax cannot tell. */
const TOKENS: Record<string, Decoration> = Object.fromEntries(
  ["rule", "entry", "field", "choice"].map((kind) => [kind, Decoration.mark({ class: `tok-${kind}` })]),
);

const tokens = field(setTokens, (found: Token[], state) => {
  const length = state.doc.length;
  return found.flatMap(({ span, kind }) => {
    const mark = TOKENS[kind];
    return mark && span.start < span.end && span.end <= length ? [mark.range(span.start, span.end)] : [];
  });
});

export const setHints = StateEffect.define<{ hints: Hint[]; go(hint: Hint): void }>();

class HintWidget extends WidgetType {
  constructor(private readonly hint: Hint, private readonly go: (hint: Hint) => void) {
    super();
  }

  override eq(other: HintWidget): boolean {
    return this.says(other.hint);
  }

  says(hint: Hint): boolean {
    const [one, other] = [hint.target?.span.start, this.hint.target?.span.start];
    return hint.label === this.hint.label && hint.tooltip === this.hint.tooltip && one === other;
  }

  override toDOM(): HTMLElement {
    const { hint } = this;
    const dom = document.createElement(hint.target ? "button" : "span");
    dom.className = "cm-hint";
    dom.textContent = hint.label;
    if (hint.tooltip) dom.title = markdown(hint.tooltip).textContent ?? "";
    if (hint.target) {
      // Reached by its keys: F12 on the line does the same.
      dom.tabIndex = -1;
      dom.onmousedown = (event) => event.preventDefault();
      dom.onclick = () => this.go(hint);
    }
    return dom;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const hints = field(setHints, ({ hints, go }: { hints: Hint[]; go(hint: Hint): void }, state) =>
  hints
    .filter((hint) => hint.offset <= state.doc.length)
    .map((hint) => Decoration.widget({ widget: new HintWidget(hint, go), side: 1 }).range(hint.offset)));

/** Whether exactly these hints are drawn. */
export function isDrawn(state: EditorState, wanted: Hint[]): boolean {
  let at = 0;
  for (const range = state.field(hints).iter(); range.value; range.next()) {
    const widget = range.value.spec.widget as HintWidget;
    const one = wanted[at];
    if (!one || one.offset !== range.from || !widget.says(one)) return false;
    at += 1;
  }
  return at === wanted.length;
}

/** How well a line is tested. */
export interface Cover {
  line: number;
  state: "full" | "part" | "none";
  words: string;
}

export const setCoverage = StateEffect.define<Cover[]>();

class CoverMarker extends GutterMarker {
  constructor(private readonly cover: Cover) {
    super();
  }

  override eq(other: CoverMarker): boolean {
    return other.cover.state === this.cover.state && other.cover.words === this.cover.words;
  }

  override toDOM(): HTMLElement {
    const dom = document.createElement("span");
    dom.className = `cm-cover cm-cover-${this.cover.state}`;
    dom.title = this.cover.words;
    return dom;
  }
}

const coverage = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setCoverage)) continue;
      const { doc } = transaction.state;
      const there = effect.value.filter((cover) => cover.line >= 1 && cover.line <= doc.lines);
      return RangeSet.of(there.map((cover) => new CoverMarker(cover).range(doc.line(cover.line).from)), true);
    }
    return transaction.docChanged ? value.map(transaction.changes) : value;
  },
});

const coverageGutter = gutter({ class: "cm-coverage", markers: (view) => view.state.field(coverage) });

export const drawings: Extension = [marks, flashes, tokens, hints, coverage, coverageGutter];
