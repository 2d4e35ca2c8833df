// Puts the cursor where a decision, a lens or a message says.

import * as vscode from "vscode";
import type { Location } from "vscode-languageserver-protocol";
import type { Place } from "./remit";
import { type Session, words } from "./session";

/** Shows a place of a report, beside the panel: in the editor that has the file, else where the intake is. */
export async function goTo(session: Session, place: Place, intake: vscode.Uri | undefined): Promise<void> {
  try {
    const [found] = await session.ask("remit/locate", { locations: [place] });
    if (found) await show(session, found, intake);
    else void vscode.window.showInformationMessage(`\`${place.source}\` cannot be opened here.`);
  } catch (error) {
    void vscode.window.showErrorMessage(`Remit: ${words(error)}`);
  }
}

/** Shows a place as the server names it. */
export async function show(session: Session, location: Location, intake?: vscode.Uri): Promise<void> {
  const client = await session.ready();
  const { uri, range } = client.protocol2CodeConverter.asLocation(location);
  const columnOf = (wanted: vscode.Uri | undefined) =>
    vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === wanted?.toString())?.viewColumn;
  const viewColumn = columnOf(uri) ?? columnOf(intake) ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(uri, { viewColumn, selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
