// A policy as a folder on this machine: through the browser's access to folders where there is one, which can also
// write it back; elsewhere through a file dialog that picks a folder, which can only read.

import { Budget, isWanted, MAX_FILES, policyOf, textOf } from "./limits";
import { Refused } from "../share/codec";

// Not in TypeScript's own list yet.
interface Directory extends FileSystemDirectoryHandle {
  entries(): AsyncIterableIterator<[string, FileSystemHandle]>;
}
type Picker = (options: { id: string; mode: "read" | "readwrite" }) => Promise<Directory>;

/** A folder that can be written to. */
export interface Folder {
  name: string;
  save(files: Map<string, string>, before: Map<string, string>): Promise<number>;
}

export interface Opened {
  name: string;
  files: Map<string, string>;
  folder: Folder | null;
}

function picker(): Picker | null {
  const pick = (window as { showDirectoryPicker?: Picker }).showDirectoryPicker;
  return pick ? pick.bind(window) : null;
}

/** Whether a folder can be written back. */
export function canWriteFolders(): boolean {
  return picker() !== null;
}

/** Asks for a folder and reads it; `null` where somebody thought better of it. */
export async function openFolder(): Promise<Opened | null> {
  const pick = picker();
  if (!pick) return chosen();
  let directory: Directory;
  try {
    directory = await pick({ id: "remit-policy", mode: "readwrite" });
  } catch (error) {
    if ((error as DOMException).name === "AbortError") return null;
    throw new Refused("The browser did not allow the folder to be read.");
  }
  const found = new Map<string, string>();
  const budget = new Budget();
  await walk(directory, "", async (path, handle) => {
    const file = await handle.getFile();
    budget.take(path, file.size);
    found.set(path, textOf(path, new Uint8Array(await file.arrayBuffer())));
  });
  const { root, files } = policyOf(found);
  return { name: directory.name, files, folder: { name: directory.name, save: (now, before) => save(directory, root, now, before) } };
}

async function walk(directory: Directory, prefix: string, file: (path: string, handle: FileSystemFileHandle) => Promise<void>, depth = 0): Promise<void> {
  if (depth > 8) return;
  let seen = 0;
  for await (const [name, handle] of directory.entries()) {
    seen += 1;
    if (seen > MAX_FILES * 4) throw new Refused("The folder holds too many files to be a policy. Open the policy's own folder.");
    const path = prefix + name;
    if (handle.kind === "directory") {
      if (!name.startsWith(".") && name !== "node_modules" && name !== "target") await walk(handle as Directory, `${path}/`, file, depth + 1);
    } else if (isWanted(path)) await file(path, handle as FileSystemFileHandle);
  }
}

/** Writes what differs, takes away what is gone; how many files that were. Nothing, where that would undo others' work. */
async function save(directory: Directory, root: string, files: Map<string, string>, before: Map<string, string>): Promise<number> {
  const written = [...files].filter(([path, text]) => before.get(path) !== text);
  const gone = [...before.keys()].filter((path) => !files.has(path));
  for (const path of [...written.map(([path]) => path), ...gone]) {
    const there = await textAt(directory, root + path);
    if (there === null || there === before.get(path) || there === files.get(path)) continue;
    throw new Refused(`${path} was changed in the folder since it was opened. Nothing is written. Save a zip, or open the folder again.`);
  }
  for (const [path, text] of written) {
    const { folders, name } = split(root + path);
    let inside: FileSystemDirectoryHandle = directory;
    for (const part of folders) inside = await inside.getDirectoryHandle(part, { create: true });
    const stream = await (await inside.getFileHandle(name, { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  }
  for (const path of gone) {
    const { folders, name } = split(root + path);
    await (await inner(directory, folders))?.removeEntry(name).catch(() => {});
  }
  return written.length + gone.length;
}

function split(path: string): { folders: string[]; name: string } {
  const folders = path.split("/");
  return { name: folders.pop() ?? path, folders };
}

async function inner(directory: FileSystemDirectoryHandle, folders: string[]): Promise<FileSystemDirectoryHandle | null> {
  let inside: FileSystemDirectoryHandle | null = directory;
  for (const part of folders) inside = inside && await inside.getDirectoryHandle(part).catch(() => null);
  return inside;
}

/** What a file holds now; `null` where there is none. */
async function textAt(directory: FileSystemDirectoryHandle, path: string): Promise<string | null> {
  const { folders, name } = split(path);
  const file = await (await inner(directory, folders))?.getFileHandle(name).catch(() => null);
  return file ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(await (await file.getFile()).arrayBuffer()) : null;
}

/** A folder through the file dialog. */
function chosen(): Promise<Opened | null> {
  const input = document.createElement("input");
  input.type = "file";
  input.webkitdirectory = true;
  return new Promise((resolve, reject) => {
    input.oncancel = () => resolve(null);
    input.onchange = () => readFiles([...input.files ?? []]).then(resolve, reject);
    input.click();
  });
}

/** The policy among files that a dialog or a drop gave. */
export async function readFiles(list: File[]): Promise<Opened> {
  const found = new Map<string, string>();
  const budget = new Budget();
  for (const file of list) {
    const path = file.webkitRelativePath || file.name;
    if (!isWanted(path)) continue;
    budget.take(path, file.size);
    found.set(path, textOf(path, new Uint8Array(await file.arrayBuffer())));
  }
  return { name: list[0]?.webkitRelativePath.split("/")[0] || "folder", files: policyOf(found).files, folder: null };
}
