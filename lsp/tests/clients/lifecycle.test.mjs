// How a session begins, goes on and ends.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { Folder, Session, example, program } from "./session.mjs";

const DRAFT = example("half-filled-draft.intake.yaml");

test("from hello to goodbye", async () => {
  const session = await Session.open();
  for (const offered of ["hover", "definition", "references", "completion", "codeAction", "codeLens", "rename",
    "inlayHint", "documentSymbol", "workspaceSymbol", "foldingRange", "selectionRange", "documentLink",
    "semanticTokens", "signatureHelp"]) {
    assert.ok(session.offers[`${offered}Provider`], offered);
  }
  await session.end();
});

test("the tier of a half-written intake changes with one key", async () => {
  const session = await Session.open();
  const uri = "file:///nowhere/a.intake.yaml";
  const text = session.openText(uri, DRAFT);
  const before = await session.next("remit/decision");
  assert.deepEqual([before.version, before.report.tier.floor, before.report.tier.ceiling], [1, 1, 3]);
  // `true` is `tru` until the last key.
  const at = text.range("with-deviations   # the template, plus a Redis next to it");
  session.change(uri, [{ range: at, text: "complete\n  public_endpoint: tru" }]);
  const half = await session.next("remit/decision");
  assert.equal(half.report.valid, false);
  const end = { line: at.start.line + 1, character: "  public_endpoint: tru".length };
  session.change(uri, [{ range: { start: end, end }, text: "e" }]);
  const after = await session.next("remit/decision");
  assert.deepEqual([after.version, after.report.tier.floor], [3, 2]);
  assert.deepEqual(after.report, await session.decision(uri));
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("a request that is taken back says so, and the rest goes on", async () => {
  const session = await Session.open();
  const uri = "file:///nowhere/a.intake.yaml";
  session.openText(uri, `${DRAFT}notes: |\n${"  and so on\n".repeat(3000)}`);
  const asked = [];
  for (let count = 0; count < 50; count += 1) asked.push(session.decision(uri));
  const last = new CancellationTokenSource();
  const cancelled = session.ask("remit/decision", { uri }, last.token);
  last.cancel();
  await assert.rejects(cancelled, { code: -32800 });
  for (const report of await Promise.all(asked)) assert.equal(report.json, 1);
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("after a burst of 200 changes there are few publications, and the last is about the last version", async () => {
  const session = await Session.open();
  const uri = "file:///nowhere/a.intake.yaml";
  session.openText(uri, `${DRAFT}notes: |\n${"  and so on\n".repeat(1000)}`);
  await session.published(uri);
  const start = { line: 0, character: 1 };
  const published = [];
  const seen = session.connection.onNotification("textDocument/publishDiagnostics", ({ version }) => {
    published.push(version);
  });
  // Two a millisecond: what a held key or a paste by another tool does at its worst.
  for (let burst = 0; burst < 100; burst += 1) {
    for (let count = 0; count < 2; count += 1) session.change(uri, [{ range: { start, end: start }, text: "x" }]);
    await new Promise((done) => setTimeout(done, 1));
  }
  await session.decision(uri);
  while (published.at(-1) !== 201) await new Promise((done) => setTimeout(done, 5));
  assert.ok(published.length <= 20, `${published.length} publications`);
  assert.deepEqual(published, [...published].sort((a, b) => a - b), "never back to an older version");
  seen.dispose();
  await session.end();
});

test("settings count without a restart", async () => {
  const folder = new Folder({ "a.intake.yaml": DRAFT }).pack("policy");
  const capabilities = { workspace: { configuration: true } };
  const session = await Session.open({ folder, capabilities });
  const uri = folder.uri("a.intake.yaml");
  session.openText(uri, DRAFT);
  const first = await session.next("remit/status", ({ files }) => files.length === 1);
  assert.equal(first.files[0].pack.root, null, "the built-in policy");
  session.settings = { pack: "policy", lint: { readiness: "off" } };
  session.tell("workspace/didChangeConfiguration", { settings: null });
  const then = await session.next("remit/status", ({ files }) => files[0].pack.root !== null);
  assert.deepEqual(then.files[0].pack, { root: folder.uri("policy"), name: "default", version: then.files[0].pack.version, state: "good" });
  session.change(uri, [{ text: `${DRAFT}\n` }]);
  const codes = (await session.published(uri, 2)).map(({ code }) => code);
  assert.deepEqual(codes, []);
  await session.ignore("textDocument/publishDiagnostics").end();
  folder.remove();
});

test("a workspace may have several folders, each with its own pack", async () => {
  const [one, other] = [new Folder({ "a.intake.yaml": DRAFT }), new Folder({ "in/a.intake.yaml": DRAFT }).pack("")];
  const session = await Session.open({ folder: one });
  session.openText(one.uri("a.intake.yaml"), DRAFT);
  session.tell("workspace/didChangeWorkspaceFolders", { event: { added: [{ uri: other.uri(), name: "other" }], removed: [] } });
  session.openText(other.uri("in/a.intake.yaml"), DRAFT);
  const { files } = await session.next("remit/status", ({ files }) => files.some(({ pack }) => pack.root));
  const packs = Object.fromEntries(files.map(({ uri, pack }) => [uri, pack.root]));
  assert.deepEqual(packs, { [one.uri("a.intake.yaml")]: null, [other.uri("in/a.intake.yaml")]: other.uri() });
  await session.ignore("textDocument/publishDiagnostics").end();
  one.remove();
  other.remove();
});

test("without `shutdown`, or without a client, the server leaves with 1", async () => {
  const abrupt = await Session.open();
  await abrupt.tell("exit");
  await abrupt.left(1);

  const cut = await Session.open();
  cut.process.stdin.end();
  await cut.left(1);
});

test("a server whose client was killed leaves, although its input stays open", { skip: process.platform === "win32" }, async () => {
  // The client is a process of its own; somebody else holds the other end of the pipe, as a shell may.
  const client = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const session = new Session();
  await session.ask("initialize", { processId: client.pid, capabilities: {}, rootUri: null });
  client.kill("SIGKILL");
  await once(client, "exit");
  await session.left(1);
});

test("the options that editors add are accepted", async () => {
  const server = spawn(program, ["lsp", "--stdio", "--clientProcessId=1"], { stdio: ["pipe", "ignore", "ignore"] });
  server.stdin.end();
  assert.deepEqual(await once(server, "exit"), [1, null]);
});
