// Which policy decides the file on the screen, in the language status of the editor.

import * as vscode from "vscode";
import { SELECTOR } from "./names";
import type { Notice, Pack } from "./remit";
import type { Session } from "./session";

export function registerPackItem(session: Session): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("remit.pack", SELECTOR);
  item.name = "Remit policy";
  item.command = { command: "remit.switchPack", title: "Switch" };
  const draw = () => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const file = session.status.files.find((one) => one.uri === uri);
    if (!file) {
      item.text = "Policy: not known yet";
      item.detail = "";
      item.severity = vscode.LanguageStatusSeverity.Information;
      return;
    }
    const notice = session.status.notices.find((one) => one.root === file.pack.root);
    item.text = `Policy: ${file.pack.name} ${file.pack.version}`;
    item.detail = packWords(file.pack, notice);
    item.severity =
      file.pack.state === "broken"
        ? vscode.LanguageStatusSeverity.Error
        : file.pack.state === "last_good"
          ? vscode.LanguageStatusSeverity.Warning
          : vscode.LanguageStatusSeverity.Information;
  };
  draw();
  return vscode.Disposable.from(
    item,
    session.onStatus(draw),
    session.onLife(draw),
    vscode.window.onDidChangeActiveTextEditor(draw),
  );
}

/** What is to be known about a pack, in a few words. */
export function packWords(pack: Pack, notice?: Notice): string {
  switch (pack.state) {
    case "default":
      return "built in";
    case "good":
      return place(pack);
    case "last_good":
      return `has a mistake, so its last good version decides${notice ? `: ${notice.message}` : ""}`;
    case "broken":
      return `has a mistake, so nothing is decided${notice ? `: ${notice.message}` : ""}`;
  }
}

/** Where a pack lies, seen from the workspace; its folder's name where it is the workspace. */
export function place(pack: Pack): string {
  if (pack.root === null) return "built in";
  const uri = vscode.Uri.parse(pack.root);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder?.uri.toString() === uri.toString() ? folder.name : vscode.workspace.asRelativePath(uri);
}
