// Shows the files of the built-in pack, which has no folder: `remit:/default/topics/tiers.rhai`.

import * as vscode from "vscode";
import type { Session } from "./session";

export function registerBuiltIn(session: Session): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider("remit", {
    async provideTextDocumentContent(uri, token) {
      const text = await session.ask("remit/content", { uri: uri.toString() }, token);
      if (text === null) throw new Error(`the built-in policy has no file \`${uri.path}\``);
      return text;
    },
  });
}
