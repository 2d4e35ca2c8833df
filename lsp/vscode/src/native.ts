// A `remit` program in place of the carried server: only one that is there, runs, and has our version. Anything else
// is said once, and the carried server goes on.

import { execFile } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { HostContext } from "./session";

const run = promisify(execFile);

/** A program that hangs is no server. */
const PATIENCE = 5_000;

export interface Native {
  path: string;
  version: string;
}

/** The program that the settings name, if it can be used. */
export async function findNative({ log, version }: HostContext): Promise<Native | undefined> {
  const written = vscode.workspace.getConfiguration("remit").get<string>("server.path", "").trim();
  if (written === "") return undefined;
  if (!vscode.workspace.isTrusted) {
    const seen = vscode.workspace.getConfiguration("remit").inspect<string>("server.path");
    log.info("`remit.server.path` waits until this workspace is trusted");
    if (!seen?.globalValue) return undefined;
  }
  const program = resolve(written);
  let found: string;
  try {
    const { stdout } = await run(program, ["--version"], { timeout: PATIENCE, windowsHide: true });
    found = /^remit (\S+)/.exec(stdout)?.[1] ?? "";
    if (found === "") return refuse(log, `\`${program}\` does not answer \`--version\` as Remit does`);
  } catch (error) {
    return refuse(log, why(program, error as NodeJS.ErrnoException & { killed?: boolean }));
  }
  if (found !== version) {
    return refuse(log, `\`${program}\` is Remit ${found}, but this extension needs ${version}`);
  }
  return { path: program, version: found };
}

/** From the home folder or from the first folder of the workspace. */
function resolve(written: string): string {
  if (written.startsWith("~/") || written.startsWith("~\\")) return path.join(os.homedir(), written.slice(2));
  const folder = vscode.workspace.workspaceFolders?.find((one) => one.uri.scheme === "file")?.uri.fsPath;
  const whole = folder ? written.replaceAll("${workspaceFolder}", folder) : written;
  const isPath = whole.includes("/") || whole.includes("\\");
  return isPath && folder && !path.isAbsolute(whole) ? path.join(folder, whole) : whole;
}

function why(program: string, error: NodeJS.ErrnoException & { killed?: boolean }): string {
  if (error.code === "ENOENT") return `there is no program \`${program}\``;
  if (error.code === "EACCES") return `\`${program}\` may not be run`;
  if (error.killed) return `\`${program} --version\` gave no answer in ${PATIENCE / 1000} seconds`;
  return `\`${program} --version\` failed: ${error.message.split("\n")[0]}`;
}

function refuse(log: vscode.LogOutputChannel, reason: string): undefined {
  const message = `Remit: ${reason}. The setting \`remit.server.path\` is left aside, and the server that comes with the extension is used.`;
  log.warn(message);
  const open = "Open Setting";
  void vscode.window.showWarningMessage(message, open).then((chosen) => {
    if (chosen === open) void vscode.commands.executeCommand("workbench.action.openSettings", "remit.server.path");
  });
  return undefined;
}
