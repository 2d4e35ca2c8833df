// The commands, and what they have in common: an intake to work on, and errors that are shown.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageserver-protocol";
import type { Decisions } from "../decisions";
import { isIntake } from "../names";
import type { DecisionPanel } from "../panel/panel";
import { show } from "../places";
import { type Session, words } from "../session";
import type { PolicyTests } from "../tests/controller";
import { check } from "./check";
import { Explanations } from "./explain";
import { newIntake } from "./new-intake";
import { answerQuestions } from "./questions";
import { switchPack } from "./switch-pack";

export interface Parts {
  context: vscode.ExtensionContext;
  session: Session;
  decisions: Decisions;
  panel: DecisionPanel;
  tests: PolicyTests;
  log: vscode.LogOutputChannel;
}

export function registerCommands({ session, decisions, panel, tests, log }: Parts): vscode.Disposable[] {
  const explanations = new Explanations(session);
  const command = (name: string, act: (...given: never[]) => unknown) =>
    vscode.commands.registerCommand(name, async (...given: never[]) => {
      try {
        return await act(...given);
      } catch (error) {
        log.error(`${name}: ${words(error)}`);
        void vscode.window.showErrorMessage(`Remit: ${words(error)}`);
      }
    });
  return [
    explanations,
    command("remit.showDecision", (uri?: string | vscode.Uri) => {
      const intake = intakeOf(uri);
      if (intake) panel.show(intake);
    }),
    command("remit.check", () => check(session, panel)),
    command("remit.explainLine", () => {
      const editor = vscode.window.activeTextEditor;
      if (intakeOf(editor?.document.uri) && editor) return explanations.show(editor);
    }),
    command("remit.answerQuestions", (uri?: string | vscode.Uri) => {
      const intake = intakeOf(uri);
      if (intake) return answerQuestions(session, decisions, panel, intake);
    }),
    command("remit.newIntake", (folder?: vscode.Uri) => newIntake(session, folder)),
    command("remit.runTests", (uri?: string, rule?: string | null) => tests.runFor(uri, rule ?? undefined)),
    command("remit.switchPack", () => switchPack(session)),
    command("remit.restartServer", () => session.restart()),
    command("remit.showOutput", () => log.show()),
    command("remit.goTo", (place: Location) => show(session, place)),
    command("remit.showPlaces", async (uri: string, at: Position, places: Location[]) => {
      const convert = (await session.ready()).protocol2CodeConverter;
      const locations = places.map((place) => convert.asLocation(place));
      await vscode.commands.executeCommand("editor.action.showReferences", vscode.Uri.parse(uri), convert.asPosition(at), locations);
    }),
  ];
}

/** The intake that was named, else that of the active editor; says so if there is none. */
function intakeOf(named: string | vscode.Uri | undefined): vscode.Uri | undefined {
  const uri = typeof named === "string" ? vscode.Uri.parse(named) : (named ?? vscode.window.activeTextEditor?.document.uri);
  if (uri && isIntake(uri)) return uri;
  void vscode.window.showInformationMessage(
    "This needs an intake: a file whose name ends in `.intake.yaml`, `.intake.yml` or `.intake.json`.",
  );
  return undefined;
}
