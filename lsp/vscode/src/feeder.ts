// Gives the carried server the files that it cannot read itself: what is found in the workspace's folders, and what
// the server asks for. Through the editor's file system, so that it is the same wherever files live.

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { FOUND, SKIPPED } from "./names";
import type { FedFile } from "./remit";

/** Nothing larger is read: the server would not look into it either. */
const MAX_FILE = 4 * 1024 * 1024;
/** So many files are looked at, */
const MAX_FILES = 10_000;
/** so many at a time, */
const TOGETHER = 32;
/** and so much text goes into one message. */
const MAX_MESSAGE = 1024 * 1024;
/** The server asks for what else it wants to see before so much time is over, in milliseconds; */
const ASKS = 80;
/** it has asked for everything after so many times. */
const MAX_ASKED = 20;
/** Folders whose file system cannot be searched are walked, so deep and so far. */
const MAX_DEPTH = 12;
const MAX_FOLDERS = 2_000;

export class Feeder implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private feeds = false;
  private disposed = false;
  /** How often the server asked, and what it is being given. */
  private asked = 0;
  private answering: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: BaseLanguageClient,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The server is ready; `feeds`: it does not read files itself. Done when it knows the folders of the workspace. */
  async begin(feeds: boolean): Promise<void> {
    this.subscriptions.splice(0).forEach((one) => one.dispose());
    this.feeds = feeds;
    if (!feeds) return;
    this.tellTheDay();
    this.subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => void this.search(added)),
    );
    await this.search(vscode.workspace.workspaceFolders ?? []);
    for (let before = -1; before < this.asked && this.asked < MAX_ASKED && !this.disposed; ) {
      before = this.asked;
      await new Promise((resolve) => setTimeout(resolve, ASKS));
      await this.answering;
    }
  }

  /** The server wants to see these files. */
  async answer(uris: string[]): Promise<void> {
    if (!this.feeds) return;
    this.asked += 1;
    this.answering = this.send(uris.map((uri) => ({ name: uri, uri: vscode.Uri.parse(uri, true) })));
    await this.answering;
  }

  private async search(folders: readonly vscode.WorkspaceFolder[]): Promise<void> {
    for (const folder of folders) {
      const began = Date.now();
      const found = await this.find(folder);
      if (found.length >= MAX_FILES) {
        this.log.warn(`${folder.name} holds more than ${MAX_FILES} intakes and rules: the rest is left out`);
      }
      await this.send(found.map((uri) => ({ name: this.client.code2ProtocolConverter.asUri(uri), uri })));
      this.log.info(`${folder.name}: ${found.length} intakes and policy files, read in ${Date.now() - began} ms`);
    }
  }

  private async find(folder: vscode.WorkspaceFolder): Promise<vscode.Uri[]> {
    const pattern = new vscode.RelativePattern(folder, FOUND);
    try {
      const found = await vscode.workspace.findFiles(pattern, SKIPPED, MAX_FILES);
      if (found.length > 0 || folder.uri.scheme === "file") return found;
    } catch (error) {
      this.log.warn(`${folder.name} cannot be searched: ${error}`);
    }
    return walk(folder.uri);
  }

  private async send(wanted: { name: string; uri: vscode.Uri }[]): Promise<void> {
    let files: FedFile[] = [];
    let size = 0;
    const flush = async () => {
      if (files.length === 0 || this.disposed) return;
      const message = { files };
      [files, size] = [[], 0];
      // A server that ended meanwhile is fed again when it is back.
      await this.client.sendNotification("remit/files", message).catch(() => {});
    };
    for (let next = 0; next < wanted.length; next += TOGETHER) {
      const batch = wanted.slice(next, next + TOGETHER);
      const texts = await Promise.all(batch.map(({ uri }) => read(uri)));
      for (const [index, { name }] of batch.entries()) {
        const text = texts[index] ?? null;
        files.push({ uri: name, text });
        size += text?.length ?? 0;
        if (size > MAX_MESSAGE) await flush();
      }
    }
    await flush();
  }

  /** Says which day it is, now and after each midnight. */
  private tellTheDay(): void {
    let told = "";
    const tell = () => {
      const now = new Date();
      const two = (number: number) => String(number).padStart(2, "0");
      const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
      if (date === told) return;
      told = date;
      this.client.sendNotification("remit/today", { date }).catch(() => {});
    };
    tell();
    const timer = setInterval(tell, 30_000);
    this.subscriptions.push(new vscode.Disposable(() => clearInterval(timer)));
  }

  dispose(): void {
    this.disposed = true;
    this.subscriptions.forEach((one) => one.dispose());
  }
}

/** The text of a file; `null` where there is none, or none that anybody would look into. */
async function read(uri: vscode.Uri): Promise<string | null> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_FILE || !(type & vscode.FileType.File)) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** Files of ours below a folder, found by looking into every folder. */
async function walk(root: vscode.Uri): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  let level = [root];
  let seen = 0;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const next: vscode.Uri[] = [];
    for (const folder of level) {
      seen += 1;
      if (seen > MAX_FOLDERS || found.length >= MAX_FILES) return found;
      let entries: [string, vscode.FileType][] = [];
      try {
        entries = await vscode.workspace.fs.readDirectory(folder);
      } catch {
        // What cannot be read is not there.
      }
      for (const [name, type] of entries) {
        const uri = vscode.Uri.joinPath(folder, name);
        if (type & vscode.FileType.Directory) {
          if (!/^(node_modules|target|vendor|dist|__pycache__|\..*)$/.test(name)) next.push(uri);
        } else if (/(\.intake\.(ya?ml|json)|\.case\.ya?ml|\.rhai|^remit\.yaml)$/.test(name)) {
          found.push(uri);
        }
      }
    }
    level = next;
  }
  return found;
}
