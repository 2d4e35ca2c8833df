// The tier of the intake on the screen, in the status bar. It stays while a rule or the output is looked at beside it.

import * as vscode from "vscode";
import type { Decisions } from "./decisions";
import { isIntake } from "./names";
import type { Report } from "./remit";
import type { Session } from "./session";
import { count, missingCount, tierShort, tooltip } from "./sayings";

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("remit.tier", vscode.StatusBarAlignment.Left, 0);
  private readonly subscriptions: vscode.Disposable[];
  private text = "";
  private last: vscode.Uri | undefined;

  constructor(
    private readonly session: Session,
    private readonly decisions: Decisions,
  ) {
    this.item.name = "Remit tier";
    const draw = () => this.draw();
    this.subscriptions = [
      this.item,
      session.onLife(draw),
      session.onStatus(draw),
      decisions.onChange(({ uri }) => {
        if (uri.toString() === this.intake()?.toString()) this.draw();
      }),
      vscode.window.onDidChangeActiveTextEditor(draw),
      vscode.window.onDidChangeVisibleTextEditors(draw),
    ];
    this.draw();
  }

  /** The intake that is spoken of: that of the active editor, else the last one while it is still on the screen. */
  private intake(): vscode.Uri | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    const seen = vscode.window.visibleTextEditors.map(({ document }) => document.uri).filter(isIntake);
    if (active && isIntake(active)) this.last = active;
    else this.last = seen.find((uri) => uri.toString() === this.last?.toString()) ?? seen[0];
    return this.last;
  }

  private draw(): void {
    const uri = this.intake();
    if (!uri) {
      this.item.hide();
      return;
    }
    const now = this.content(uri);
    this.item.command = now.command;
    this.item.backgroundColor = now.colour && new vscode.ThemeColor(now.colour);
    this.item.tooltip = now.tooltip;
    if (now.text !== this.text) {
      this.text = now.text;
      this.item.text = now.text;
      this.item.accessibilityInformation = { label: `Remit: ${now.text.replace(/\$\([^)]*\)\s*/g, "")}`, role: "button" };
    }
    this.item.show();
  }

  private content(uri: vscode.Uri): Content {
    switch (this.session.life) {
      case "stopped":
        return {
          text: "$(error) Remit stopped",
          tooltip: "The server is not running. Click to start it again.",
          command: "remit.restartServer",
          colour: "statusBarItem.errorBackground",
        };
      case "idle":
      case "starting":
      case "recovering":
        return { text: "$(loading~spin) Remit", tooltip: "Starting…", command: "remit.showOutput" };
      case "running":
        return this.decided(uri);
    }
  }

  private decided(uri: vscode.Uri): Content {
    const report = this.decisions.of(uri);
    const file = this.session.status.files.find((one) => one.uri === uri.toString());
    if (file?.pack.state === "broken") {
      const notice = this.session.status.notices.find((one) => one.root === file.pack.root);
      return {
        text: "$(error) No policy",
        tooltip: `Nothing is decided: ${notice?.message ?? "the policy pack does not load"}`,
        command: notice?.location ? goTo(notice.location) : "remit.showOutput",
        colour: "statusBarItem.errorBackground",
      };
    }
    if (report === undefined) return { text: "$(loading~spin) Remit", tooltip: "Deciding…", command: "remit.showDecision" };
    if (report === null) {
      return { text: "$(circle-slash) No decision", tooltip: "Nothing is decided about this file.", command: "remit.showOutput" };
    }
    const old = file?.pack.state === "last_good";
    return {
      text: `${icon(report)} ${short(report)}${old ? " · old policy" : ""}`,
      tooltip: tooltip(report, old),
      command: "remit.showDecision",
      colour: old ? "statusBarItem.warningBackground" : undefined,
    };
  }

  dispose(): void {
    this.subscriptions.forEach((one) => one.dispose());
  }
}

interface Content {
  text: string;
  tooltip: string | vscode.MarkdownString;
  command: string | vscode.Command;
  colour?: string | undefined;
}

function icon(report: Report): string {
  if (!report.valid) return "$(warning)";
  return report.settled && missingCount(report) === 0 ? "$(pass)" : "$(law)";
}

/** `Tier 2–3 · 7 missing`. */
function short(report: Report): string {
  const missing = missingCount(report);
  const rest =
    missing > 0
      ? `${missing} missing`
      : report.questions.length > 0
        ? count(report.questions.length, "open question")
        : "complete";
  return `${tierShort(report.tier)} · ${rest}`;
}

function goTo(location: unknown): vscode.Command {
  return { command: "remit.goTo", title: "Show", arguments: [location] };
}
