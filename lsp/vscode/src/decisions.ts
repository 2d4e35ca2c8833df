// The last decision about each intake that is open.

import * as vscode from "vscode";
import type { Report } from "./remit";
import type { Session } from "./session";

export interface Decided {
  uri: vscode.Uri;
  report: Report | null;
}

export class Decisions implements vscode.Disposable {
  private readonly reports = new Map<string, Report | null>();
  private readonly changed = new vscode.EventEmitter<Decided>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onChange = this.changed.event;

  constructor(session: Session) {
    this.subscriptions = [
      this.changed,
      session.onDecision(({ uri, report }) => {
        const file = vscode.Uri.parse(uri, true);
        this.reports.set(file.toString(), report);
        this.changed.fire({ uri: file, report });
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.reports.delete(uri.toString());
      }),
    ];
  }

  /** The decision; `null` where nothing is decided, `undefined` where nothing was heard yet. */
  of(uri: vscode.Uri): Report | null | undefined {
    return this.reports.get(uri.toString());
  }

  dispose(): void {
    this.subscriptions.forEach((one) => one.dispose());
  }
}
