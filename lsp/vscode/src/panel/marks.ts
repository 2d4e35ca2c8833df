// Marks lines in the editors: those behind the part of the decision that was opened last.

import * as vscode from "vscode";
import type { Place } from "../remit";
import type { Session } from "../session";

export class Marks implements vscode.Disposable {
  private readonly look = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.rangeHighlightForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  private ranges = new Map<string, vscode.Range[]>();
  private turn = 0;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly session: Session) {
    this.subscriptions = [this.look, vscode.window.onDidChangeVisibleTextEditors(() => this.draw())];
  }

  async set(places: Place[]): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    const client = this.session.running;
    const found = places.length > 0 && client ? await this.session.ask("remit/locate", { locations: places }) : [];
    if (turn !== this.turn) return;
    this.ranges = new Map();
    for (const place of found) {
      if (!place || !client) continue;
      const { uri, range } = client.protocol2CodeConverter.asLocation(place);
      const key = uri.toString();
      this.ranges.set(key, [...(this.ranges.get(key) ?? []), range]);
    }
    this.draw();
  }

  clear(): void {
    void this.set([]);
  }

  private draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      editor.setDecorations(this.look, this.ranges.get(editor.document.uri.toString()) ?? []);
    }
  }

  dispose(): void {
    this.subscriptions.forEach((one) => one.dispose());
  }
}
