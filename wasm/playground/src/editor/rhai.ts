// Highlighting of rules: the words, texts and comments of Rhai, as far as colours need them. What a name means
// comes from the language service.

import { indentService, type StreamParser, StreamLanguage } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";

interface State {
  /** How deep inside of block comments: they nest. */
  comment: number;
  /** Inside of a text between backticks. */
  ticks: boolean;
  /** The last token was a dot, so that a method follows. */
  dot: boolean;
}

const KEYWORDS = new Set([
  "as", "break", "catch", "const", "continue", "do", "else", "export", "fn", "for", "if", "import", "in", "is", "let",
  "loop", "private", "return", "switch", "this", "throw", "try", "until", "while",
]);
const ATOMS = new Set(["true", "false"]);

const parser: StreamParser<State> = {
  name: "rhai",
  languageData: {
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    closeBrackets: { brackets: ["(", "[", "{", '"', "`"] },
    indentOnInput: /^\s*[)\]}.]$/,
  },
  startState: () => ({ comment: 0, ticks: false, dot: false }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (state.comment > 0) return blockComment(stream, state);
    if (state.ticks) return backticks(stream, state);
    if (stream.eatSpace()) return null;
    const afterDot = state.dot;
    state.dot = false;
    if (stream.match("///") || stream.match("//!")) {
      stream.skipToEnd();
      return "docComment";
    }
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match("/*")) {
      state.comment = 1;
      return blockComment(stream, state);
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/^'(?:[^'\\]|\\.[^']*)'/)) return "string";
    if (stream.eat("`")) {
      state.ticks = true;
      return backticks(stream, state);
    }
    if (stream.match(/^0[xX][\da-fA-F_]+|^0[bB][01_]+|^0[oO][0-7_]+|^\d[\d_]*/)) return "number";
    const word = stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null;
    if (word) return named(word[0], afterDot, stream.peek() === "(");
    if (stream.match(/^[&|]{2}|^[=!<>]=|^[-+*/%<>!]|^=>?/)) return "operator";
    state.dot = stream.peek() === ".";
    stream.next();
    return state.dot ? "punctuation" : "bracket";
  },
  tokenTable: {
    docComment: tags.docComment,
    method: tags.function(tags.propertyName),
    call: tags.function(tags.variableName),
    rule: tags.definitionKeyword,
    property: tags.propertyName,
    constant: tags.constant(tags.variableName),
  },
};

function named(word: string, afterDot: boolean, called: boolean): string {
  if (afterDot) return called ? "method" : "property";
  if (KEYWORDS.has(word)) return "keyword";
  if (ATOMS.has(word)) return "bool";
  if (called) return word === "rule" ? "rule" : "call";
  return /^[A-Z][A-Z\d_]*$/.test(word) ? "constant" : "variableName";
}

function blockComment(stream: Parameters<typeof parser.token>[0], state: State): string {
  while (!stream.eol() && state.comment > 0) {
    if (stream.match("/*")) state.comment += 1;
    else if (stream.match("*/")) state.comment -= 1;
    else stream.next();
  }
  return "comment";
}

function backticks(stream: Parameters<typeof parser.token>[0], state: State): string {
  while (!stream.eol()) {
    if (stream.eat("`")) {
      state.ticks = false;
      break;
    }
    stream.next();
  }
  return "string";
}

/** A method of a rule stands a step further in than the rule; inside of braces and brackets so does everything. */
const indentation = indentService.of((context, at) => {
  const line = context.lineAt(at, -1);
  const after = context.lineAt(at, 1).text.slice(Math.max(0, at - context.lineAt(at, 1).from)).trimStart();
  const before = line.text.slice(0, at - line.from).trimEnd();
  const here = context.lineIndent(line.from);
  if (/^[)\]}]/.test(after)) return /[([{]$/.test(before) ? here : Math.max(0, here - context.unit);
  if (/[([{]$/.test(before)) return here + context.unit;
  if (/^\./.test(after)) return /^\s*\./.test(line.text) ? here : here + context.unit;
  // What ends a statement ends the chain of methods as well.
  if (/;$/.test(before) && /^\s*\./.test(line.text)) return Math.max(0, here - context.unit);
  return here;
});

/** The language of rules. */
export const rhai: Extension = [StreamLanguage.define(parser), indentation];
