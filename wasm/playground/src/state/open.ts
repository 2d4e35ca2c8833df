// Beginning, opening another policy, saving: what replaces everything or takes it elsewhere.

import { batch } from "@preact/signals";
import { POLICY } from "../engine/protocol";
import { openFolder, readFiles, type Folder } from "../files/folder";
import { makeZip, readZip } from "../files/zip";
import { Refused } from "../share/codec";
import { isLink, makeLink, readLink } from "../share/link";
import { localDay, type Playground } from "./playground";
import { firstFile, type Files, isIntake, type Request, UNTITLED } from "./project";
import { type Origin, remembered } from "./storage";

/** The folder that was opened, if it can be written to. */
let folder: Folder | null = null;

interface State {
  origin: Origin;
  files: Files;
  loaded: Files;
  request: Request;
  drafts?: Files;
  open?: string;
  today?: string;
}

function put(playground: Playground, state: State): void {
  const { project } = playground;
  const open = state.open !== undefined && state.files.has(state.open) ? state.open : firstFile(state.files);
  playground.editors.reset();
  batch(() => {
    project.origin.value = state.origin;
    project.files.value = state.files;
    project.loaded.value = state.loaded;
    project.request.value = state.request;
    project.drafts.value = state.drafts ?? new Map();
    project.open.value = open;
    playground.today.value = state.today ?? localDay();
    playground.outcome.value = null;
    playground.report.value = null;
    playground.questions.value = null;
    playground.examples.value = null;
    playground.tests.value = null;
    playground.problems.value = {};
  });
  playground.editors.show("policy", POLICY + open);
  playground.editors.show("request", playground.requestId);
}

/** A good example to begin with: half filled in if there is one, so that there is something to answer. */
function firstRequest(files: Files): Request {
  const examples = [...files].filter(([path]) => isIntake(path));
  const [path, text] = examples.find(([name]) => /half|draft/.test(name)) ?? examples[0] ?? [UNTITLED, ""];
  return { name: path.split("/").pop() ?? path, text };
}

function fresh(files: Files): State {
  return { origin: { is: "built-in" }, files, loaded: files, request: firstRequest(files) };
}

/** Puts there what a link says, what was left unsaved, or the built-in policy. Whether that is another policy. */
export async function begin(playground: Playground): Promise<boolean> {
  const { builtIn, digest } = playground.project;
  const fragment = location.hash;
  if (isLink(fragment)) {
    try {
      const shared = await readLink(fragment, { digest, files: new Map(builtIn) });
      put(playground, {
        origin: shared.loaded ? { is: "link", name: "a link" } : { is: "built-in" },
        files: shared.files,
        loaded: shared.loaded ?? builtIn,
        request: shared.request,
        open: shared.open,
        today: shared.today,
      });
      if (shared.note) playground.toasts.say(shared.note);
      // A reload goes on with what was made of it since.
      history.replaceState(null, "", location.pathname + location.search);
      return true;
    } catch (error) {
      playground.toasts.complain(words(error));
      history.replaceState(null, "", location.pathname + location.search);
    }
  }
  const work = await remembered().catch(() => null);
  if (!work) {
    put(playground, fresh(builtIn));
    return false;
  }
  const loaded: Files = work.loaded ? new Map(work.loaded) : builtIn;
  put(playground, {
    origin: work.origin,
    files: work.files ? new Map(work.files) : loaded,
    loaded,
    request: work.request,
    drafts: new Map(work.drafts),
    open: work.open,
  });
  return playground.project.files.value !== builtIn;
}

/** Follows a link that is pasted into the address of the page as it is open. */
export async function follow(playground: Playground): Promise<void> {
  if (!isLink(location.hash)) return;
  playground.keeper.now();
  location.reload();
}

async function replace(playground: Playground, state: State): Promise<void> {
  put(playground, state);
  playground.engine.reboot();
  playground.keeper.touch();
}

export async function startOver(playground: Playground): Promise<void> {
  folder = null;
  const { project } = playground;
  const before: State = {
    origin: project.origin.value, files: project.files.value, loaded: project.loaded.value, request: project.request.value,
    drafts: project.drafts.value, open: project.open.value,
  };
  await replace(playground, fresh(project.builtIn));
  playground.toasts.say("Started over with the built-in policy.", { title: "Undo", run: () => void replace(playground, before) });
}

async function opening(playground: Playground, read: () => Promise<{ name: string; files: Files; is: "folder" | "zip" } | null>): Promise<void> {
  try {
    const opened = await read();
    if (!opened) return;
    const { files } = opened;
    await replace(playground, { origin: { is: opened.is, name: opened.name }, files, loaded: files, request: firstRequest(files) });
    playground.toasts.say(`Opened ${opened.name}.`);
  } catch (error) {
    playground.toasts.complain(words(error));
  }
}

export function openAFolder(playground: Playground): Promise<void> {
  return opening(playground, async () => {
    const opened = await openFolder();
    folder = opened?.folder ?? null;
    return opened && { name: opened.name, files: opened.files, is: "folder" };
  });
}

export function openAZip(playground: Playground): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".zip,application/zip";
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) void openZipFile(playground, file);
  };
  input.click();
}

export function openZipFile(playground: Playground, file: File): Promise<void> {
  return opening(playground, async () => {
    const files = await readZip(file);
    folder = null;
    return { name: file.name, files, is: "zip" };
  });
}

/** What was dropped onto the page: an archive, an intake, or files of a policy. */
export async function dropped(playground: Playground, list: File[]): Promise<void> {
  const [first] = list;
  if (!first) return;
  if (first.name.endsWith(".zip")) return openZipFile(playground, first);
  if (list.length === 1 && isIntake(first.name)) {
    if (first.size > 2 << 20) {
      playground.toasts.complain("The intake is larger than 2 MB. None is.");
      return;
    }
    playground.openRequest({ name: first.name, text: await first.text() });
    return;
  }
  await opening(playground, async () => {
    const { name, files } = await readFiles(list);
    folder = null;
    return { name, files, is: "folder" };
  });
}

export function folderName(): string | null {
  return folder?.name ?? null;
}

export async function saveToFolder(playground: Playground): Promise<void> {
  const { project } = playground;
  if (!folder) return;
  try {
    const files = project.files.value;
    const written = await folder.save(new Map(files), new Map(project.loaded.value));
    // What was saved is what changes are compared with from now on; the examples as well.
    project.loaded.value = files;
    void compareWith(playground, files);
    playground.keeper.touch();
    playground.toasts.say(written === 0 ? "Nothing had changed." : `Saved ${written} ${written === 1 ? "file" : "files"} to ${folder.name}.`);
  } catch (error) {
    playground.toasts.complain(error instanceof Refused ? error.message : "The folder could not be written to. Save a zip instead.");
  }
}

/** A new engine, where there has to be one, compares with what is loaded anyway. */
async function compareWith(playground: Playground, files: Files): Promise<void> {
  await playground.engine.caughtUp();
  await playground.engine.ask("compareWith", [...files]).catch(() => {});
  playground.background.everything();
}

export function saveZip(playground: Playground): void {
  download(makeZip(new Map(playground.project.files.value)), `${playground.project.manifest("name") ?? "policy"}.zip`);
}

export function saveRequest(playground: Playground): void {
  const { name, text } = playground.project.request.value;
  download(new Blob([text], { type: "text/plain" }), name);
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A link that opens as this page stands. */
export function linkOf(playground: Playground, whole: boolean): Promise<string> {
  const { project } = playground;
  return makeLink(location.href, {
    files: new Map(project.files.value),
    loaded: project.origin.value.is === "built-in" ? null : new Map(project.loaded.value),
    request: project.request.value,
    open: project.open.value,
    today: playground.today.value,
  }, { digest: project.digest, files: new Map(project.builtIn) }, whole);
}

export function setDay(playground: Playground, day: string): void {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return;
  playground.today.value = day;
  playground.engine.refresh();
  playground.background.everything();
}

function words(error: unknown): string {
  if (error instanceof Refused) return error.message;
  console.error(error);
  return "That could not be opened.";
}
