// All intakes of the workspace with their tiers, as a list to choose from.

import * as vscode from "vscode";
import { intakeName, isIntake, SKIPPED } from "../names";
import type { DecisionPanel } from "../panel/panel";
import type { Report } from "../remit";
import { oneLine, tierShort } from "../sayings";
import type { Session } from "../session";

/** So many are asked for at a time. */
const TOGETHER = 16;

interface Checked extends vscode.QuickPickItem {
  uri: vscode.Uri;
}

export async function check(session: Session, panel: DecisionPanel): Promise<void> {
  const uris = await intakes();
  if (uris.length === 0) {
    const make = "New Intake";
    const chosen = await vscode.window.showInformationMessage("There is no intake in this workspace yet.", make);
    if (chosen === make) await vscode.commands.executeCommand("remit.newIntake");
    return;
  }
  const items = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "Remit: checking intakes" },
    async () => {
      await session.informed();
      const found: Checked[] = [];
      for (let next = 0; next < uris.length; next += TOGETHER) {
        const some = uris.slice(next, next + TOGETHER);
        found.push(...(await Promise.all(some.map((uri) => decide(session, uri)))));
      }
      return found;
    },
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title: `${items.length === 1 ? "1 intake" : `${items.length} intakes`} checked`,
    placeHolder: "Choose one to open it with its decision",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return;
  await vscode.window.showTextDocument(chosen.uri);
  panel.show(chosen.uri);
}

/** The intakes of the workspace and those that are open, in the order of their paths. */
async function intakes(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles("**/*.intake.{yaml,yml,json}", SKIPPED);
  const open = vscode.workspace.textDocuments.map(({ uri }) => uri).filter(isIntake);
  const all = new Map([...found, ...open].map((uri) => [uri.toString(), uri]));
  return [...all.values()].sort((a, b) => a.path.localeCompare(b.path));
}

async function decide(session: Session, uri: vscode.Uri): Promise<Checked> {
  const report = await session.ask("remit/decision", { uri: uri.toString() });
  const place = vscode.workspace.asRelativePath(uri);
  if (!report) return { uri, label: `$(circle-slash) ${intakeName(uri)}`, description: "nothing is decided", detail: place };
  return {
    uri,
    label: `${icon(report)} ${intakeName(uri)}`,
    description: `${tierShort(report.tier)} · ${oneLine(report)}`,
    detail: place,
  };
}

function icon(report: Report): string {
  if (!report.valid) return "$(warning)";
  return report.settled ? "$(pass)" : "$(question)";
}
