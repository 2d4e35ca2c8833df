// The extension where there is Node: on the desktop, over SSH, in a container.
//
// The server is the one that comes along, run in a process of its own, or a `remit` program that the settings name.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { begin } from "./extension";
import { findNative } from "./native";
import type { Host } from "./session";

const host: Host = {
  async connect(options, surroundings) {
    const native = await findNative(surroundings);
    const server: ServerOptions = native
      ? { command: native.path, args: ["lsp"], transport: TransportKind.stdio }
      : {
          module: path.join(surroundings.context.extensionPath, "dist", "server.node.js"),
          transport: TransportKind.ipc,
        };
    return {
      client: new LanguageClient("remit", "Remit", server, options),
      server: native ? `${native.path} (${native.version})` : `the server that comes with the extension (${surroundings.version})`,
    };
  },
};

export function activate(context: vscode.ExtensionContext): void {
  begin(context, host, (took) => {
    // The benchmark reads it.
    const marks = process.env.REMIT_MARKS;
    if (marks) fs.appendFileSync(marks, `${took}\n`);
  });
}
