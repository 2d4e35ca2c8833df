// What every editor of the page is made of.

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  crosshairCursor, drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap,
  lineNumbers, rectangularSelection,
} from "@codemirror/view";
import { completion } from "./complete";
import { type Desk, fileId } from "./desk";
import { hover, signature } from "./look";
import { drawings } from "./marks";
import { navigation } from "./navigate";
import { problems } from "./problems";
import { rhai } from "./rhai";
import { highlighting, theme } from "./theme";

/** Above this many characters a text is not highlighted or wrapped: it stays quick to type in. */
export const LARGE = 300_000;

const basics: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  dropCursor(),
  EditorState.allowMultipleSelections.of(true),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  rectangularSelection(),
  crosshairCursor(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  syntaxHighlighting(highlighting),
  theme,
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, indentWithTab]),
];

export function extensions(id: string, label: string, length: number, desk: Desk): Extension {
  return [
    fileId.of(id),
    // Before the basics: its keys win.
    navigation(desk),
    drawings,
    problems(),
    basics,
    completion(desk),
    hover(desk),
    signature(desk),
    length > LARGE ? [] : language(id),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", autocapitalize: "off", autocorrect: "off", spellcheck: "false" }),
  ];
}

function language(id: string): Extension {
  if (id.endsWith(".rhai")) return [rhai, foldGutter(), indentUnit.of("    ")];
  if (/\.ya?ml$/.test(id)) return [yaml(), foldGutter(), indentUnit.of("  ")];
  if (id.endsWith(".json")) return [json(), foldGutter(), indentUnit.of("  ")];
  return [];
}
