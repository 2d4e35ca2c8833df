// A new intake with every question of the policy around it and no answer yet.

import * as vscode from "vscode";
import type { Session } from "../session";

export async function newIntake(session: Session, named: vscode.Uri | undefined): Promise<void> {
  const folder = named ?? (await chooseFolder());
  if (folder === null) return;
  const name = await vscode.window.showInputBox({
    title: "New intake",
    prompt: folder ? `It is written into ${vscode.workspace.asRelativePath(folder)}/` : "It is kept when you save it.",
    placeHolder: "what is reviewed, such as export-api",
    validateInput: (typed) => wrong(typed, folder),
  });
  if (name === undefined) return;
  const file = `${plain(name)}.intake.yaml`;
  await session.informed();
  const { text } = await session.ask("remit/newIntake", folder ? { uri: folder.toString(), format: "yaml" } : { format: "yaml" });
  const document = folder ? await write(vscode.Uri.joinPath(folder, file), text) : await draft(file, text);
  const editor = await vscode.window.showTextDocument(document);
  const at = firstOpen(document);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at));
}

/** Where it goes: beside the file on the screen, else into a folder of the workspace; `undefined` where there is none. */
async function chooseFolder(): Promise<vscode.Uri | undefined | null> {
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active && vscode.workspace.getWorkspaceFolder(active)) return vscode.Uri.joinPath(active, "..");
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2) return folders[0]?.uri;
  const chosen = await vscode.window.showWorkspaceFolderPick({ placeHolder: "The folder for the new intake" });
  return chosen?.uri ?? null;
}

async function wrong(typed: string, folder: vscode.Uri | undefined): Promise<string | undefined> {
  const name = plain(typed);
  if (name === "") return typed === "" ? undefined : "A name is needed.";
  if (/[\\:*?"<>|]/.test(name)) return "A file cannot be called so.";
  if (!folder) return undefined;
  try {
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, `${name}.intake.yaml`));
    return `There is \`${name}.intake.yaml\` already.`;
  } catch {
    return undefined;
  }
}

/** What was typed, without an ending and without blanks. */
function plain(typed: string): string {
  return typed
    .trim()
    .replace(/(\.intake)?\.(ya?ml|json)$/i, "")
    .replace(/\s+/g, "-");
}

async function write(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`\`${uri.path}\` could not be written`);
  return vscode.workspace.openTextDocument(uri);
}

/** Without a folder: a text that is not saved yet, with the name that it shall have. */
async function draft(file: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: "untitled", path: file }));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** Behind the first key that waits for a value. */
function firstOpen(document: vscode.TextDocument): vscode.Position {
  for (let line = 0; line < document.lineCount; line += 1) {
    const { text, range } = document.lineAt(line);
    const next = line + 1 < document.lineCount ? document.lineAt(line + 1).text : "";
    const deeper = next.search(/\S/) > text.search(/\S/);
    const open = /^\s*[\w.-]+:\s*(#.*)?$/.exec(text);
    if (open && !deeper) return open[1] ? new vscode.Position(line, text.indexOf(":") + 1) : range.end;
  }
  return new vscode.Position(0, 0);
}
