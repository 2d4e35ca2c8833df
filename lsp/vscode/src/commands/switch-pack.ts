// Chooses the policy pack that decides where no pack lies nearer: the setting `remit.pack`.

import * as vscode from "vscode";
import { packWords, place } from "../pack-item";
import type { Pack } from "../remit";
import type { Session } from "../session";

interface Offered extends vscode.QuickPickItem {
  pack: Pack;
}

export async function switchPack(session: Session): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const file = session.status.files.find(({ uri }) => uri === active?.toString());
  await session.informed();
  const packs = await session.ask("remit/packs", {});
  const items = packs.map((pack): Offered => {
    const now = file && pack.root === file.pack.root;
    return {
      pack,
      label: `${now ? "$(check) " : ""}${pack.name}`,
      description: `${pack.version}${now ? " · decides this file" : ""}`,
      detail: `${place(pack)}${pack.state === "default" || pack.state === "good" ? "" : ` · ${packWords(pack)}`}`,
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Policy pack",
    placeHolder: "Which policy decides, where no `remit.yaml` lies nearer?",
    matchOnDetail: true,
  });
  if (!chosen) return;
  await set(chosen.pack, active);
}

async function set(pack: Pack, active: vscode.Uri | undefined): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const settings = vscode.workspace.getConfiguration("remit", active);
  const target =
    folders.length === 0
      ? vscode.ConfigurationTarget.Global
      : folders.length > 1 && active && vscode.workspace.getWorkspaceFolder(active)
        ? vscode.ConfigurationTarget.WorkspaceFolder
        : vscode.ConfigurationTarget.Workspace;
  await settings.update("pack", pack.root === null ? undefined : written(vscode.Uri.parse(pack.root), active), target);
}

/** As it is written in the settings: seen from the workspace's folder where it lies in it. */
function written(root: vscode.Uri, active: vscode.Uri | undefined): string {
  const own = active && vscode.workspace.getWorkspaceFolder(active);
  const folder = own ?? vscode.workspace.workspaceFolders?.[0];
  const base = folder && `${folder.uri.path.replace(/\/$/, "")}/`;
  if (base && root.scheme === folder.uri.scheme && root.path.startsWith(base)) return root.path.slice(base.length);
  if (folder && root.toString() === folder.uri.toString()) return ".";
  return root.scheme === "file" ? root.fsPath : root.toString();
}
