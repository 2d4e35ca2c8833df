// The language service and the language server, as an editor's worker uses them.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { init, LanguageServer, LanguageService } from "@remit/engine/full";
import { pack } from "./setting.mjs";

before(() => init());

/** Four bytes and two units in the first line, so that a mix-up of the two shows everywhere below. */
const CRAB = "# 🦀 ä\n";

test("offsets are JavaScript's, in and out", () => {
  const service = new LanguageService();
  const text = `${CRAB}environment: prodution # 🦀\n`;
  service.open("a.intake.yaml", text);
  const [wrong] = service.diagnostics("a.intake.yaml").filter(({ severity }) => severity === "error");
  assert.equal(text.slice(wrong.span.start, wrong.span.end), "prodution");
  const [fix] = wrong.fixes;
  const [edit] = fix.edits;
  const mended = text.slice(0, edit.place.span.start) + edit.text + text.slice(edit.place.span.end);
  assert.equal(mended, text.replace("prodution", "production"));

  service.change("a.intake.yaml", [{ ...edit.place.span, text: edit.text }], 2);
  assert.equal(service.text("a.intake.yaml"), mended);
  const at = mended.indexOf("production") + 3;
  const hover = service.hover("a.intake.yaml", at);
  assert.equal(mended.slice(hover.span.start, hover.span.end).includes("production"), true);
  const choice = service.completions("a.intake.yaml", at).find(({ label }) => label === "staging");
  assert.equal(mended.slice(choice.span.start, choice.span.end), "production");
  for (const symbol of service.symbols("a.intake.yaml").flatMap(({ children }) => children)) {
    assert.equal(mended.slice(symbol.name_span.start, symbol.name_span.end), symbol.name);
  }
  for (const { offset } of service.inlayHints("a.intake.yaml")) assert.ok(offset <= mended.length);
  service.free();
});

test("changes follow each other, and a place outside means the nearest end", () => {
  const service = new LanguageService();
  service.open("a.intake.yaml", CRAB);
  service.change("a.intake.yaml", [
    { start: 2, end: 4, text: "x" },
    { start: 3, end: 3, text: "\ud83d" },
    { start: 99, end: 999, text: "environment: test\n" },
    { start: -5, end: 0, text: "" },
  ]);
  assert.equal(service.text("a.intake.yaml"), "# x\ufffd ä\nenvironment: test\n");
  service.change("a.intake.yaml", "environment: staging\n");
  assert.equal(service.text("a.intake.yaml"), "environment: staging\n");
  assert.equal(service.decision("a.intake.yaml").valid, true);
  service.close("a.intake.yaml");
  assert.equal(service.text("a.intake.yaml"), undefined);
  assert.equal(service.decision("a.intake.yaml"), undefined);
});

test("every question has an answer about every file of a pack, wherever the cursor is", async () => {
  const service = new LanguageService();
  const files = await pack("rules/examples/packs/vendor-intake");
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith(".rhai")) service.open(`p/${path}`, `// 🦀\n${content}`);
    else service.setFile(`p/${path}`, content);
  }
  service.setToday("2026-11-20");
  service.setConfig({ type_hints: true });
  assert.deepEqual(service.notices(), []);
  assert.equal(service.pack(Object.keys(files).map((path) => `p/${path}`)[0]).name, "vendor-intake");
  for (const id of service.files()) {
    const text = service.text(id);
    const inside = (part) => {
      if (Array.isArray(part)) return part.forEach(inside);
      if (part === null || typeof part !== "object" || part.file !== undefined) return;
      if (typeof part.start === "number") assert.ok(part.start <= part.end && part.end <= text.length, id);
      Object.values(part).forEach(inside);
    };
    for (const ask of ["diagnostics", "codeLenses", "symbols", "folding", "links", "semanticTokens"]) inside(service[ask](id));
    inside([service.inlayHints(id), service.codeActions(id, { start: 0, end: text.length })]);
    for (let at = 0; at <= text.length; at += 97) {
      for (const ask of ["hover", "completions", "selectionRanges", "signatureHelp", "prepareRename"]) inside(service[ask](id, at));
      for (const ask of ["definition", "declaration", "references"]) service[ask](id, at);
    }
  }
  for (const token of service.semanticTokens(service.files().find((id) => id.endsWith(".rhai")))) {
    assert.ok(token.span.end > token.span.start);
  }
  assert.ok(service.workspaceSymbols("").length > 3);
});

test("what makes no sense is a typed error", () => {
  const service = new LanguageService();
  const argument = { name: "RemitError", code: "argument" };
  assert.throws(() => service.open(5, ""), argument);
  assert.throws(() => service.open("a", undefined), argument);
  assert.throws(() => service.open("a", "", { kind: "novel" }), argument);
  assert.throws(() => service.change("nobody", "x"), argument);
  assert.throws(() => service.change("a", [{ start: "0", end: 1, text: "" }]), argument);
  assert.throws(() => service.change("a", [null]), argument);
  assert.throws(() => service.close("nobody"), argument);
  assert.throws(() => service.hover("a", "1"), argument);
  assert.throws(() => service.setToday("soon"), argument);
  assert.throws(() => service.setConfig({ readiness: "loud" }), argument);
  assert.equal(service.hover("nobody", 3), null);
  assert.deepEqual(service.diagnostics("nobody"), []);
  assert.throws(() => service.rename("nobody", 0, "x"), { code: "refused" });
});

test("the language server answers messages and publishes what it found", async () => {
  const sent = [];
  let found;
  const published = new Promise((resolve) => (found = resolve));
  const receive = LanguageServer.drive((message) => {
    sent.push(JSON.parse(message));
    if (sent.at(-1).method === "textDocument/publishDiagnostics") found(sent.at(-1).params);
  });
  const request = (method, params, id) => receive(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
  request("initialize", { processId: null, rootUri: null, capabilities: {} }, 1);
  assert.ok(sent.find(({ id }) => id === 1).result.capabilities.hoverProvider);
  receive({ jsonrpc: "2.0", method: "initialized", params: {} });
  const uri = "file:///a.intake.yaml";
  request("textDocument/didOpen", { textDocument: { uri, languageId: "remit-intake", version: 1, text: `${CRAB}environment: prodution\n` } });
  request("textDocument/hover", { textDocument: { uri }, position: { line: 1, character: 2 } }, 2);
  assert.match(JSON.stringify(sent.find(({ id }) => id === 2).result), /nvironment/);
  const { diagnostics } = await published;
  assert.ok(diagnostics.some(({ code }) => code === "intake/unknown-choice"));
  receive("no JSON at all");
  assert.ok(sent.at(-1).error);
  request("shutdown", undefined, 3);
  receive({ jsonrpc: "2.0", method: "exit" });
});

test("a host hears what stops the language server that it drives", () => {
  const hello = { jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } };
  const send = () => {
    throw new Error("the pipe is closed");
  };
  const heard = [];
  LanguageServer.drive(send, (error) => heard.push(error.message))(hello);
  assert.deepEqual(heard, ["the pipe is closed"]);
  assert.throws(() => LanguageServer.drive(send)(hello), /the pipe is closed/);
});
