// Writes an answer into an intake, as the server says how: the text around it stays as it is.

import * as vscode from "vscode";
import type { Session } from "./session";

/** The error's message, if it cannot be written, says why. */
export async function applyAnswer(
  session: Session,
  uri: vscode.Uri,
  path: string,
  value: boolean | number | string | null,
): Promise<void> {
  const client = await session.ready();
  const written = await session.ask("remit/answer", { uri: uri.toString(), path, value });
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(written);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error("the editor did not take the answer: the text changed meanwhile, or may not be changed");
  }
}
