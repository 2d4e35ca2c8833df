// Tells rule files apart from other Rhai scripts. In `topics/` their name says it; a pack may keep them elsewhere, and
// then its `remit.yaml` names them. Whatever language somebody chooses after that stays.

import * as vscode from "vscode";

const LANGUAGE = "remit-rules";

export function keepLanguage(): vscode.Disposable {
  const done = new Set<string>();
  const look = async (document: vscode.TextDocument) => {
    const { uri, languageId } = document;
    if (!uri.path.endsWith(".rhai") || languageId === LANGUAGE || done.has(uri.toString())) return;
    done.add(uri.toString());
    if (await isNamed(uri)) await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  };
  vscode.workspace.textDocuments.forEach((document) => void look(document));
  return vscode.workspace.onDidOpenTextDocument((document) => void look(document));
}

/** Whether the nearest manifest, from the file's folder up to that of the workspace, names the file. */
async function isNamed(uri: vscode.Uri): Promise<boolean> {
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri.path ?? "";
  let folder = vscode.Uri.joinPath(uri, "..");
  while (folder.path.length >= top.length && folder.path.length > 1) {
    try {
      const manifest = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, "remit.yaml")));
      return manifest.includes(uri.path.slice(folder.path.length + 1));
    } catch {
      // There is none here.
    }
    folder = vscode.Uri.joinPath(folder, "..");
  }
  return false;
}
