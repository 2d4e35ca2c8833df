// What the language service answers. Offsets are in units of UTF-16, as in JavaScript's strings.
// Made from the Rust types by `cargo xtask wasm --types`; do not edit.

/** How much attention something wants. */
export type Severity = "hint" | "info" | "warning" | "error";
/** What a completion is. */
export type CompletionKind =
  | "field"
  | "group"
  | "choice"
  | "value"
  | "entry"
  | "method"
  | "function"
  | "variable"
  | "keyword"
  | "snippet";
/** What an inlay hint says. */
export type HintKind = "effect" | "type";
/** What a click asks the host to do. */
export type Command =
  | "nothing"
  | "show_decision"
  | {
      go_to: Place;
    }
  | {
      show_places: Place[];
    }
  | {
      run_tests: string | null;
    };
/** What kind of change an action is. */
export type ActionKind = "quick_fix" | "fill" | "rewrite";
/** What a symbol is. */
export type SymbolKind =
  | "intake"
  | "group"
  | "bool"
  | "number"
  | "text"
  | "choice"
  | "list"
  | "item"
  | "rule"
  | "function"
  | "constant"
  | "entry"
  | "case";
/** Where a link leads. */
export type LinkTarget =
  | {
      address: string;
    }
  | {
      file: string;
    };
/** What a token means. */
export type TokenKind =
  | "rule"
  | "method"
  | "function"
  | "parameter"
  | "variable"
  | "field"
  | "choice"
  | "entry"
  | "keyword"
  | "number"
  | "text"
  | "comment"
  | "operator";
/** What a file is to the service. */
export type FileKind = "intake" | "rules" | "case" | "manifest" | "catalogue" | "schema" | "other";
/** How it stands with a pack. */
export type PackState = "default" | "good" | "last_good" | "broken";
/** How loudly something is remarked. */
export type Level = "off" | "hint" | "info" | "warning";

/** Something wrong with a file, or worth knowing. */
export interface Diagnostic {
  /** Stable code: `intake/unknown-choice`. */
  code: string;
  /** How bad. */
  severity: Severity;
  /** What happened, in one line. */
  message: string;
  /** Where, in the file that was asked about. */
  span: Span;
  /** What to do about it. */
  help: string | null;
  /** Other places that explain it. */
  related: Related[];
  /** Changes that would mend it, the best first. */
  fixes: Fix[];
}
/** A range in one file; both ends lie on boundaries of characters. */
export interface Span {
  /** Offset of the first UTF-16 unit. */
  start: number;
  /** Offset of the unit after the last one. */
  end: number;
}
/** A second place that helps to understand a diagnostic. */
export interface Related {
  /** Where. */
  place: Place;
  /** What is to be seen there. */
  message: string;
}
/** A range in a file. */
export interface Place {
  /** Which file, by the host's id, or an id below [`DEFAULT_PACK`](crate::DEFAULT_PACK). */
  file: string;
  /** Where in it. */
  span: Span;
}
/** A change that would mend something. */
export interface Fix {
  /** What it does, as a menu entry. */
  title: string;
  /** The replacements; none overlaps another, and all speak of the text as it was. */
  edits: Edit[];
}
/** One replacement of text; an empty span inserts. */
export interface Edit {
  /** What is replaced. */
  place: Place;
  /** By what. */
  text: string;
}
/** Something that could stand at the cursor. */
export interface Completion {
  /** What the list shows. */
  label: string;
  /** What it is. */
  kind: CompletionKind;
  /** A few words beside the label. */
  detail: string | null;
  /** More about it, in Markdown. */
  documentation: string | null;
  /** What is replaced: it holds the cursor and ends on its line. */
  span: Span;
  /** By what. Lines after the first are indented as they shall stand in the file; nothing is to be added. */
  text: string;
  /** `text` is a snippet: `$1`, `${1:hint}`, `${1|a,b|}`, `$0`; a literal `$`, `}` or `\` has a `\` before it. */
  snippet: boolean;
  /** Further replacements elsewhere in the same file, such as a comma before the cursor. */
  more: Edit[];
  /** What the typed text is compared with, where that is not the label. */
  filter: string | null;
  /** The place in the list, from 0. */
  rank: number;
  /** Ask for completions again once this one is accepted: a value comes next. */
  again: boolean;
}
/** What is to be known about a place. */
export interface Hover {
  /** What it speaks of. */
  span: Span;
  /** Markdown. */
  markdown: string;
}
/** A remark that an editor draws into a line, without changing it. */
export interface InlayHint {
  /** Where it is drawn: before the unit at this offset. */
  offset: number;
  /** What is drawn, with the blank that separates it. */
  label: string;
  /** More about it, in Markdown. */
  tooltip: string | null;
  /** Where a click leads. */
  target: Place | null;
  /** What it is. */
  kind: HintKind;
}
/** A remark above a line that can be clicked. */
export interface CodeLens {
  /** What it stands above. */
  span: Span;
  /** What it says. */
  title: string;
  /** What a click does. */
  command: Command;
}
/** A change that is offered at a place. */
export interface CodeAction {
  /** What it does, as a menu entry. */
  title: string;
  /** What kind of change it is. */
  kind: ActionKind;
  /** The replacements, perhaps in several files; none overlaps another. */
  edits: Edit[];
  /** Files to be made, with their text. */
  creates: NewFile[];
  /** Codes and places of the diagnostics that it mends. */
  mends: [unknown, unknown][];
  /** It is what one would most likely do. */
  preferred: boolean;
}
/** A file that a change makes. */
export interface NewFile {
  /** Its id; the folder is one that the host has named before. */
  file: string;
  /** Its text. */
  text: string;
}
/** A part of a file, for outlines. */
export interface Symbol {
  /** Its name. */
  name: string;
  /** A few words beside it: a value. */
  detail: string | null;
  /** What it is. */
  kind: SymbolKind;
  /** All of it. */
  span: Span;
  /** Its name in the text; inside `span`. */
  name_span: Span;
  /** What stands in it. */
  children: Symbol[];
}
/** A symbol of the workspace. */
export interface WorkspaceSymbol {
  /** Its name. */
  name: string;
  /** What it is. */
  kind: SymbolKind;
  /** Where. */
  place: Place;
  /** What it stands in: a pack, a section, a folder. */
  container: string | null;
}
/** A part that can be folded: from the end of the line of `span.start` to the end of the line of `span.end`. */
export interface Fold {
  /** The part. */
  span: Span;
  /** It is a comment. */
  comment: boolean;
}
/** A part of a text that leads somewhere. */
export interface Link {
  /** The part. */
  span: Span;
  /** Where it leads. */
  target: LinkTarget;
}
/** A token with a meaning that colour can show. */
export interface SemanticToken {
  /** Where. */
  span: Span;
  /** What. */
  kind: TokenKind;
  /** It is declared here. */
  declaration: boolean;
}
/** The signature of the call around the cursor. */
export interface SignatureHelp {
  /** The signatures that there are. */
  signatures: Signature[];
  /** Which of them it is. */
  signature: number;
  /** Which parameter the cursor is in. */
  parameter: number;
}
/** A signature. */
export interface Signature {
  /** As it is written: `tier(number)`. */
  label: string;
  /** What it is for, in Markdown. */
  documentation: string | null;
  /** Its parameters. */
  parameters: Parameter[];
}
/** A parameter of a signature. */
export interface Parameter {
  /** Its part of the label. */
  label: string;
  /** What it is for, in Markdown. */
  documentation: string | null;
}
/** The pack that a file belongs to. */
export interface PackInfo {
  /** The id of its folder; `None` for the embedded default. */
  root: string | null;
  /** Its name; empty where the manifest cannot be read. */
  name: string;
  /** Its version. */
  version: string;
  /** How it stands with it. */
  state: PackState;
}
/** Something about a whole pack that people have to be told. */
export interface Notice {
  /** The id of the pack's folder. */
  root: string;
  /** How bad. */
  severity: Severity;
  /** What happened. */
  message: string;
  /** The first place to look at. */
  place: Place | null;
}
/** What a host may set. Fields that are left out of a written form keep their default. */
export interface Config {
  /** Workspace folders with what is set for each; of several around a file the innermost counts. */
  roots?: RootConfig[];
  /** How loudly answers that the minimum intake lacks are remarked. */
  readiness?: Level & string;
  /** How loudly required evidence that is missing is remarked. */
  evidence?: Level & string;
  /** Draw what a line causes into the line. */
  inlay_hints?: boolean;
  /** Draw what a field can be behind its first use in a condition. */
  type_hints?: boolean;
  /** Show the tier above the first line. */
  code_lenses?: boolean;
}
/** What is set for a workspace folder. */
export interface RootConfig {
  /** The id of the folder, without a `/` at its end. */
  root: string;
  /** The id of the folder of the pack that decides intakes here, where no pack lies nearer to them. */
  pack?: string | null;
}
