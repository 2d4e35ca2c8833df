// What editor and server say to each other, where `remit.trace.server` asks for it.
//
// The client writes it where the level of its channel says so, which would have to be set besides the setting. So this
// channel's level is what the setting says. It is made when there is something to write.

import * as vscode from "vscode";

export class MessageLog implements vscode.LogOutputChannel {
  readonly name = "Remit Messages";
  private channel: vscode.OutputChannel | undefined;
  private readonly levelChanged = new vscode.EventEmitter<vscode.LogLevel>();
  private readonly watch = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration("remit.trace.server")) this.levelChanged.fire(this.logLevel);
  });
  readonly onDidChangeLogLevel = this.levelChanged.event;

  get logLevel(): vscode.LogLevel {
    const asked = vscode.workspace.getConfiguration("remit").get<string>("trace.server", "off");
    return asked === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace;
  }

  trace(message: string): void {
    this.appendLine(`[${new Date().toISOString().slice(11, 23)}] ${message}`);
  }

  debug(message: string): void {
    this.trace(message);
  }

  info(message: string): void {
    this.trace(message);
  }

  warn(message: string): void {
    this.trace(message);
  }

  error(error: string | Error): void {
    this.trace(String(error));
  }

  append(value: string): void {
    this.open().append(value);
  }

  appendLine(value: string): void {
    this.open().appendLine(value);
  }

  replace(value: string): void {
    this.open().replace(value);
  }

  clear(): void {
    this.channel?.clear();
  }

  show(): void {
    this.open().show(true);
  }

  hide(): void {
    this.channel?.hide();
  }

  private open(): vscode.OutputChannel {
    this.channel ??= vscode.window.createOutputChannel(this.name);
    return this.channel;
  }

  dispose(): void {
    this.watch.dispose();
    this.levelChanged.dispose();
    this.channel?.dispose();
  }
}
