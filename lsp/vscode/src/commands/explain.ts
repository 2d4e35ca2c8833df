// What a line of an intake means for the decision, unfolded below the line.

import * as vscode from "vscode";
import { type Session } from "../session";

const SCHEME = "remit-explanation";

export class Explanations implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? "",
  });

  constructor(private readonly session: Session) {}

  /** Explains what stands at the cursor. */
  async show(editor: vscode.TextEditor): Promise<void> {
    const { document, selection } = editor;
    const client = await this.session.ready();
    const position = client.code2ProtocolConverter.asPosition(meant(document, selection.active));
    const found = await this.session.ask("remit/explain", { uri: document.uri.toString(), position });
    if (!found) {
      void vscode.window.showInformationMessage("Nothing is decided about this file.");
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${found.target ?? "the whole decision"}`, query: document.uri.toString() });
    this.texts.set(uri.toString(), readable(found.text));
    this.changed.fire(uri);
    const place = new vscode.Location(uri, new vscode.Position(0, 0));
    const at = found.range ? client.protocol2CodeConverter.asRange(found.range).start : selection.active;
    await vscode.commands.executeCommand("editor.action.peekLocations", document.uri, at, [place], "peek");
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** So many characters of a line can be seen beside the list that unfolds with it. */
const WIDTH = 66;

/** The text with names of files as they are called in the workspace, and with lines that can be seen to their end. */
function readable(text: string): string {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => `${uri.fsPath}/`);
  const short = folders.reduce((text, folder) => text.replaceAll(folder, ""), text);
  return short.split("\n").flatMap(wrapped).join("\n");
}

/** A line in pieces, each of them indented as the first one. */
function wrapped(line: string): string[] {
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const pieces: string[] = [];
  let piece = "";
  // The gaps between columns stay as they are.
  for (const word of line.slice(indent.length).split(/(?<=\S)(?= )/)) {
    if (piece !== "" && indent.length + piece.length + word.length > WIDTH) {
      pieces.push(indent + piece);
      piece = word.trimStart();
    } else {
      piece += word;
    }
  }
  return [...pieces, indent + piece];
}

/** A cursor in the blank part of a line means the line. */
function meant(document: vscode.TextDocument, cursor: vscode.Position): vscode.Position {
  const line = document.lineAt(cursor.line);
  return cursor.character < line.firstNonWhitespaceCharacterIndex
    ? new vscode.Position(cursor.line, line.firstNonWhitespaceCharacterIndex)
    : cursor;
}
