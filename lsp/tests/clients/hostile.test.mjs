// What no client should send, and what nobody should write: the server says so and goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Folder, Session, example } from "./session.mjs";

const DRAFT = example("half-filled-draft.intake.yaml");
const frame = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

test("what is no message is refused, and the session goes on", async () => {
  const session = await Session.open();
  const refused = [];
  // The library knows no answer without an id: it tells of it as of an error.
  session.connection.onError(([error]) => refused.push(error.message));
  for (const bytes of [
    frame('{"jsonrpc": "2.0", "id": 7, "meth'),
    frame("[]"),
    frame("null"),
    frame('{"jsonrpc": "2.0", "id": 7, "method": 7}'),
    "Content-Length: many\r\n\r\n",
    "Content-Type: application/json\r\n\r\n",
    Buffer.concat([Buffer.from("Content-Length: 3\r\n\r\n"), Buffer.from([0xff, 0xfe, 0x00])]),
    frame('{"jsonrpc": "2.0", "id": 99, "result": null}'),
    frame('{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 7}}'),
  ]) {
    session.bytes(bytes);
  }
  await assert.rejects(session.ask("remit/nothing", {}), { code: -32601 });
  await assert.rejects(session.ask("textDocument/hover", { textDocument: 7 }), { code: -32602 });
  const uri = "file:///nowhere/a.intake.yaml";
  session.openText(uri, DRAFT);
  assert.equal((await session.decision(uri)).json, 1);
  session.complaints = "";
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("nothing is answered before hello", async () => {
  const session = new Session();
  await assert.rejects(session.ask("textDocument/hover", {}), { code: -32002 });
  await assert.rejects(session.ask("shutdown"), { code: -32002 });
  await session.tell("exit");
  await session.left(1);
});

test("bytes that are no UTF-8 are named, and what can be read counts", async () => {
  const folder = new Folder();
  folder.write("a.intake.yaml", Buffer.concat([Buffer.from(DRAFT), Buffer.from([0x69, 0x64, 0x3a, 0x20, 0xff, 0x0a])]));
  folder.pack("policy");
  folder.write("policy/examples/bytes.intake.yaml", Buffer.from([0xff, 0xfe, 0x61, 0x00]));
  const session = await Session.open({ folder });
  const uri = folder.uri("a.intake.yaml");
  // What is on the screen is text whatever stands on the disk: editors put replacement characters.
  session.openText(uri, folder.read("a.intake.yaml"));
  assert.equal((await session.decision(uri)).tier.floor, 1);
  await session.ignore("textDocument/publishDiagnostics").end();
  folder.remove();
});

test("a file of 10 MB is refused, in words, and does not hold up the others", async () => {
  const session = await Session.open();
  const line = "key: value that goes on and on and on\n";
  const text = line.repeat(10_000_000 / line.length);
  const position = { line: 3, character: 2 };
  for (const [name, code, language] of [["a.intake.yaml", "document/too-large"], ["b.intake.json", "document/too-large"],
    // What no name says, the language does: a script outside of a pack is nobody's.
    ["c", "rules/too-large", "remit-rules"], ["d.case.yaml", "document/too-large"]]) {
    const uri = `file:///nowhere/${name}`;
    session.openText(uri, text, language);
    const [mark, ...more] = await session.published(uri);
    assert.deepEqual([mark.code, more], [code, []], name);
    assert.match(mark.message, /so none of it is read/);
    for (const method of ["completion", "hover", "definition", "documentSymbol", "foldingRange", "codeLens",
      "semanticTokens/full", "signatureHelp", "documentLink"]) {
      await session.at(method, uri, position);
    }
    await session.actions(uri, { start: position, end: position });
    const version = session.change(uri, [{ range: { start: position, end: position }, text: "x" }]);
    assert.equal((await session.published(uri, version)).length, 1);
    session.tell("textDocument/didClose", { textDocument: { uri } });
  }
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("while a pack does not load its last good version answers, and people are told", async () => {
  const folder = new Folder({ "a.intake.yaml": DRAFT }).pack("");
  const session = await Session.open({ folder });
  const [uri, topic] = [folder.uri("a.intake.yaml"), folder.uri("topics/tiers.rhai")];
  session.openText(uri, DRAFT);
  await session.next("remit/status", ({ files }) => files[0]?.pack.state === "good");
  const before = await session.decision(uri);
  const rules = folder.read("topics/tiers.rhai");
  session.openText(topic, rules.replace('.route("deep-review")', '.route("deep-revue")'), "rhai");
  const broken = await session.next("remit/status", ({ notices }) => notices.length === 1);
  assert.ok(broken.files.every(({ pack }) => pack.state === "last_good"), JSON.stringify(broken.files));
  assert.equal(broken.notices[0].location.uri, topic);
  const said = await session.next("window/showMessage");
  assert.match(said.message, /does not load, so the last version that did is used/);
  assert.deepEqual((await session.decision(uri)).tier, before.tier);
  const marks = await session.published(topic);
  const wrong = marks.find(({ code }) => code === "rules/unknown-entry");
  assert.match(wrong.message, /deep-revue/);
  const text = session.openText(topic, rules, "rhai");
  await session.next("remit/status", ({ notices }) => notices.length === 0);
  // A rule is changed on the screen: the intake is decided by it.
  session.change(topic, [{ range: text.range("| intake.exposure.changes"), text: "| intake.exposure.internet" }]);
  const { report } = await session.next("remit/decision", (told) => told.uri === uri && told.report.tier.floor === 2);
  assert.ok(report.trace.some(({ rule }) => rule === "internet-exposure"), JSON.stringify(report.trace[0]));
  await session.ignore("textDocument/publishDiagnostics").end();
  folder.remove();
});

test("a rule that never ends is cut off, and said to be", async () => {
  const folder = new Folder({ "a.intake.yaml": DRAFT }).pack("");
  folder.write(
    "topics/tiers.rhai",
    `${folder.read("topics/tiers.rhai")}
rule("endless")
    .when(|intake| { let n = 0; while n >= 0 { n += 1; if n > 5 { n = 0; } } true })
    .tier(1)
    .because("it never ends")
    .cites("OM-tiers");
`,
  );
  const session = await Session.open({ folder });
  const uri = folder.uri("a.intake.yaml");
  session.openText(uri, DRAFT);
  await session.next("remit/status", ({ files }) => files[0]?.pack.root !== null);
  const marks = await session.published(uri, 1);
  const cut = marks.find(({ code }) => code === "intake/rule-failed");
  assert.match(cut.message, /endless/);
  assert.match(cut.relatedInformation[0].location.uri, /tiers\.rhai$/);
  await session.ignore("textDocument/publishDiagnostics").end();
  folder.remove();
});
