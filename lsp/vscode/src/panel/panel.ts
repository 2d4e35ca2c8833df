// The decision beside the editor: one panel, which follows the intake that is worked on.
//
// The page draws; everything that touches files happens here.

import * as vscode from "vscode";
import type { Decisions } from "../decisions";
import { intakeName, isIntake } from "../names";
import { applyAnswer } from "../answer";
import type { OpenQuestion, Place } from "../remit";
import { type Session, words } from "../session";
import { goTo } from "../places";
import { Marks } from "./marks";
import type { FromPage, ToPage } from "./messages";
import { html } from "./html";

const VIEW = "remit.decision";
/** Questions are asked for when typing pauses for so long. */
const PAUSE = 150;

export class DecisionPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private uri: vscode.Uri | undefined;
  private questions: { of: string; list: OpenQuestion[] } | undefined;
  private asking: ReturnType<typeof setTimeout> | undefined;
  private readonly opened = new Set<string>();
  private readonly marks: Marks;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly session: Session,
    private readonly decisions: Decisions,
  ) {
    this.marks = new Marks(session);
    this.subscriptions = [
      this.marks,
      decisions.onChange(({ uri, report }) => {
        if (report) this.openByItself(uri);
        if (uri.toString() !== this.uri?.toString()) return;
        this.draw();
        this.askSoon();
      }),
      session.onLife(() => this.draw()),
      session.onStatus(() => this.draw()),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isIntake(editor.document.uri)) this.follow(editor.document.uri);
      }),
      vscode.window.registerWebviewPanelSerializer(VIEW, {
        deserializeWebviewPanel: async (panel, state: { uri?: string } | undefined) => {
          if (this.panel) {
            panel.dispose();
            return;
          }
          this.adopt(panel);
          const active = vscode.window.activeTextEditor?.document.uri;
          const uri = active && isIntake(active) ? active : state?.uri ? vscode.Uri.parse(state.uri) : undefined;
          if (uri) this.follow(uri);
          session.wake();
        },
      }),
    ];
  }

  /** Shows the decision about an intake. */
  show(uri: vscode.Uri): void {
    if (!this.panel) {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.adopt(vscode.window.createWebviewPanel(VIEW, "Decision", column, { enableFindWidget: true }));
    } else if (!this.panel.visible) {
      this.panel.reveal(undefined, true);
    }
    this.session.wake();
    this.follow(uri);
  }

  private openByItself(uri: vscode.Uri): void {
    const key = uri.toString();
    if (this.opened.has(key) || uri.toString() !== vscode.window.activeTextEditor?.document.uri.toString()) return;
    this.opened.add(key);
    if (vscode.workspace.getConfiguration("remit").get("panel.opensByItself", false)) this.show(uri);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    const media = vscode.Uri.joinPath(this.context.extensionUri, "dist");
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.context.extensionUri, "media", "decision-light.svg"),
      dark: vscode.Uri.joinPath(this.context.extensionUri, "media", "decision-dark.svg"),
    };
    panel.webview.options = { enableScripts: true, localResourceRoots: [media] };
    panel.webview.onDidReceiveMessage((message: FromPage) => void this.receive(message));
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.uri = undefined;
      this.marks.clear();
    });
    panel.webview.html = html(panel.webview, media);
  }

  private follow(uri: vscode.Uri): void {
    if (!this.panel || uri.toString() === this.uri?.toString()) return;
    this.uri = uri;
    this.questions = undefined;
    this.panel.title = `Decision: ${intakeName(uri)}`;
    this.draw();
    this.askSoon();
  }

  private draw(): void {
    const uri = this.uri;
    if (!this.panel || !uri) return;
    const report = this.decisions.of(uri) ?? null;
    const questions = this.questions?.of === uri.toString() ? this.questions.list : null;
    this.post({ kind: "draw", uri: uri.toString(), report, questions, stale: this.stale(uri), empty: this.empty(uri) });
  }

  /** Why what is shown is not about the texts as they stand. */
  private stale(uri: vscode.Uri): string | null {
    if (this.session.life === "recovering") return "The server ended and starts again. This is the decision from before.";
    if (this.session.life === "stopped") return "The server is not running. This is the decision from before.";
    const file = this.session.status.files.find((one) => one.uri === uri.toString());
    if (file?.pack.state === "last_good") return "The policy has a mistake. Its last good version decides.";
    return null;
  }

  private empty(uri: vscode.Uri): string {
    const file = this.session.status.files.find((one) => one.uri === uri.toString());
    if (file?.pack.state === "broken") {
      const notice = this.session.status.notices.find((one) => one.root === file.pack.root);
      return `Nothing is decided: ${notice?.message ?? "the policy pack does not load"}.`;
    }
    if (this.session.life !== "running") return "Starting…";
    return this.decisions.of(uri) === null ? "Nothing is decided about this file." : "Deciding…";
  }

  /** What each answer would lead to costs more than the decision: it is asked when typing pauses. */
  private askSoon(): void {
    clearTimeout(this.asking);
    if (!this.panel) return;
    this.asking = setTimeout(async () => {
      const uri = this.uri;
      if (!uri || !this.panel || this.session.life !== "running") return;
      try {
        const list = openQuestions(await this.session.ask("remit/questions", { uri: uri.toString(), all: true }));
        if (uri !== this.uri) return;
        this.questions = { of: uri.toString(), list };
        this.draw();
      } catch {
        // The report's own questions are there all the same.
      }
    }, PAUSE);
  }

  private post(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.kind) {
      case "ready":
        this.draw();
        return;
      case "go":
        await goTo(this.session, message.place, this.uri);
        return;
      case "answer":
        this.post({ kind: "answered", id: message.id, refused: await this.answer(message.path, message.value) });
        return;
      case "fix":
        await this.fix(message.edits);
        return;
      case "mark":
        await this.marks.set(message.places);
        return;
    }
  }

  private async answer(path: string, value: boolean | number | string): Promise<string | null> {
    if (!this.uri) return "this intake is not open any more";
    try {
      await applyAnswer(this.session, this.uri, path, value);
      return null;
    } catch (error) {
      return words(error);
    }
  }

  private async fix(edits: { location: Place; text: string }[]): Promise<void> {
    const client = await this.session.ready();
    const places = await this.session.ask("remit/locate", { locations: edits.map(({ location }) => location) });
    const edit = new vscode.WorkspaceEdit();
    for (const [index, { text }] of edits.entries()) {
      const place = places[index];
      if (!place) return;
      const { uri, range } = client.protocol2CodeConverter.asLocation(place);
      edit.replace(uri, range, text);
    }
    await vscode.workspace.applyEdit(edit);
  }

  dispose(): void {
    clearTimeout(this.asking);
    this.panel?.dispose();
    this.subscriptions.forEach((one) => one.dispose());
  }
}

/** The list in what `remit/questions` gives. */
export function openQuestions(found: unknown): OpenQuestion[] {
  return (found as { questions?: OpenQuestion[] } | null)?.questions ?? [];
}
