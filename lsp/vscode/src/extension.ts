// What the extension is made of, and when it wakes up. The same on the desktop and in a browser.
//
// It is woken for any YAML or JSON file, since that is what intakes are to an editor; the server starts only when
// something of ours is there.

import * as vscode from "vscode";
import { registerBuiltIn } from "./builtin";
import { registerCommands } from "./commands";
import { Decisions } from "./decisions";
import { keepLanguage } from "./language";
import { FOUND, isIntake, isOurs, SKIPPED } from "./names";
import { DecisionPanel } from "./panel/panel";
import { registerPackItem } from "./pack-item";
import { type Host, Session } from "./session";
import { StatusBar } from "./status-bar";
import { PolicyTests } from "./tests/controller";

/** Sets everything up. `diagnosed` hears how long the first diagnostics took from now, in milliseconds. */
export function begin(context: vscode.ExtensionContext, host: Host, diagnosed?: (took: number) => void): void {
  const began = Date.now();
  let first = true;
  const log = vscode.window.createOutputChannel("Remit", { log: true });
  const version = (context.extension.packageJSON as { version: string }).version;
  const session = new Session(host, { context, log, version });
  const decisions = new Decisions(session);
  const panel = new DecisionPanel(context, session, decisions);
  const tests = new PolicyTests(session, log);
  context.subscriptions.push(log, session, decisions, panel, tests, new StatusBar(session, decisions));
  context.subscriptions.push(registerBuiltIn(session), registerPackItem(session), keepLanguage());
  context.subscriptions.push(...registerCommands({ context, session, decisions, panel, tests, log }));

  context.subscriptions.push(
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!first || !uris.some((uri) => isIntake(uri) && says(uri))) return;
      first = false;
      const took = Date.now() - began;
      log.info(`first diagnostics ${took} ms after activation`);
      diagnosed?.(took);
    }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) session.wake();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("remit.server.path") && session.life !== "idle") void session.restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      const path = vscode.workspace.getConfiguration("remit").get<string>("server.path", "");
      if (path !== "" && session.life !== "idle") void session.restart();
    }),
    decisions.onChange(({ uri, report }) => {
      if (!report) return;
      void vscode.commands.executeCommand("setContext", "remit.hasDecision", true);
      if (isIntake(uri)) void vscode.commands.executeCommand("setContext", "remit.hasIntake", true);
    }),
  );
  if (vscode.workspace.textDocuments.some(isOurs)) session.wake();
  else void wakeForWorkspace(session);
}

function says(uri: vscode.Uri): boolean {
  return vscode.languages.getDiagnostics(uri).some((one) => one.source === "remit");
}

/** Starts the server if the workspace holds anything for it: policy tests are to be seen without opening a file. */
async function wakeForWorkspace(session: Session): Promise<void> {
  try {
    const [found] = await vscode.workspace.findFiles(FOUND, SKIPPED, 1);
    if (found) session.wake();
  } catch {
    // What cannot be searched is opened file by file.
  }
}
