// The extension in a browser: the carried server runs in a worker.

import * as vscode from "vscode";
import { LanguageClient, type MessageTransports } from "vscode-languageclient/browser";
import { connectWorker } from "./carried/worker";
import { begin } from "./extension";
import type { Host } from "./session";

const host: Host = {
  async connect(options, { context, log, version }) {
    if (vscode.workspace.getConfiguration("remit").get<string>("server.path", "").trim() !== "") {
      log.info("`remit.server.path` has no meaning in a browser");
    }
    const folder = vscode.Uri.joinPath(context.extensionUri, "dist");
    const connect = async (): Promise<MessageTransports> => {
      const wasm = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, "engine.wasm"));
      return connectWorker(vscode.Uri.joinPath(folder, "server.web.js").toString(true), wasm);
    };
    return {
      client: new LanguageClient("remit", "Remit", connect, options),
      server: `the server that comes with the extension (${version})`,
    };
  },
};

export function activate(context: vscode.ExtensionContext): void {
  begin(context, host);
}
