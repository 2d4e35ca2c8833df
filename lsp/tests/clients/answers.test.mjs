// What is answered about an intake and about rules, as an editor asks and applies it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { Folder, Session, example } from "./session.mjs";

const URI = "file:///nowhere/a.intake.yaml";
const TEXT = `service:
  name: shop
exposure:
  internet: yes
  changes: true
data:
  sensitvity: internal
environment: prodution
change:
  golden_path: none
  public_endpoint: true
`;

test("marks stand on the words that are wrong", async () => {
  const session = await Session.open();
  const text = session.openText(URI, TEXT);
  const marks = (await session.published(URI)).filter(({ severity }) => severity === 1);
  assert.deepEqual(
    marks.map(({ code, source, range }) => [code, source, text.slice(range), range.start]),
    [
      ["intake/wrong-type", "remit", "yes", { line: 3, character: 12 }],
      ["intake/unknown-key", "remit", "sensitvity", { line: 6, character: 2 }],
      ["intake/unknown-choice", "remit", "prodution", { line: 7, character: 13 }],
    ],
  );
  await session.end();
});

test("every mistake has an action that mends it, and the marks go away", async () => {
  const session = await Session.open();
  let text = session.openText(URI, TEXT);
  for (const right of ["true", "sensitivity", "production"]) {
    const [mark] = (await session.published(URI)).filter(({ severity }) => severity === 1);
    const actions = await session.actions(URI, mark.range, [mark]);
    const action = actions.find(({ kind, isPreferred }) => kind === "quickfix" && isPreferred);
    assert.ok(action.title.includes(`\`${right}\``), action.title);
    assert.deepEqual(action.diagnostics.map(({ code }) => code), [mark.code]);
    const [{ textDocument, edits }] = action.edit.documentChanges;
    assert.equal(textDocument.uri, URI);
    text.text = text.edited(edits);
    session.change(URI, edits.map(({ range, newText }) => ({ range, text: newText })));
  }
  assert.deepEqual((await session.published(URI)).filter(({ severity }) => severity === 1), []);
  assert.equal(text.text, TEXT.replace("yes", "true").replace("sensitvity", "sensitivity").replace("prodution", "production"));
  await session.end();
});

test("what is missing is written down, keeps what stands there, and still counts as missing", async () => {
  const session = await Session.open();
  let text = session.openText(URI, example("half-filled-draft.intake.yaml"));
  const before = await session.decision(URI);
  const start = { line: 0, character: 0 };
  for (const wanted of [/^add what the minimum intake lacks/, /stubs? for missing evidence$/]) {
    const found = (await session.actions(URI, { start, end: start })).find(({ title }) => wanted.test(title));
    if (!found) continue;
    const [{ edits }] = found.edit.documentChanges;
    const after = text.edited(edits);
    // Lines that stay are not touched: cursors and marks in them stay too.
    for (const { range } of edits) assert.equal(range.start.line, range.end.line, JSON.stringify(range));
    for (const line of text.text.split("\n")) assert.ok(after.includes(line), `\`${line}\` is gone`);
    text = session.openText(URI, after);
  }
  const report = await session.decision(URI);
  assert.equal(report.valid, true, JSON.stringify(report.diagnostics));
  assert.deepEqual(report.tier, before.tier);
  assert.deepEqual(report.ready.missing.map(({ path }) => path), before.ready.missing.map(({ path }) => path));
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("an open question is answered in place, and the tier follows", async () => {
  const session = await Session.open();
  const text = session.openText(URI, example("half-filled-draft.intake.yaml"));
  const range = text.range("internet");
  const action = (await session.actions(URI, range)).find(({ title }) => title.endsWith("true ⇒ tier 2–3"));
  const [{ edits }] = action.edit.documentChanges;
  session.change(URI, edits.map(({ range, newText }) => ({ range, text: newText })));
  const { tier } = await session.decision(URI);
  assert.deepEqual([tier.floor, tier.ceiling], [2, 3]);
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("completion offers what fits, indented as it has to be", async () => {
  const session = await Session.open();
  const written = "exposure:\n  internet: true\n  \nenvironment: \n";
  const text = session.openText(URI, written);
  const inside = await session.at("completion", URI, { line: 2, character: 2 });
  assert.deepEqual(inside.map(({ label }) => label), ["changes"]);
  const values = await session.at("completion", URI, { line: 3, character: 13 });
  assert.deepEqual(values.map(({ label }) => label).slice(0, 4), ["development", "test", "staging", "production"]);
  const top = await session.at("completion", URI, { line: 4, character: 0 });
  const service = top.find(({ label }) => label === "service");
  assert.equal(service.insertTextFormat, 2, "a snippet");
  assert.match(service.textEdit.newText, /^service:\n {2}name: \$1\n {2}owner: \$2/);
  assert.equal(text.edited([values[3].textEdit]), written.replace("environment: ", "environment: production"));
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("hovering tells what a field asks, and what a value causes", async () => {
  const session = await Session.open();
  const text = session.openText(URI, TEXT);
  const field = await session.at("hover", URI, text.range("public_endpoint").start);
  assert.match(field.contents.value, /\*Does it open an endpoint that the internet could not reach before\?\*/);
  assert.match(field.contents.value, /`new-trust-boundary` \*\*\(fires\)\*\*: tier 2/);
  assert.equal(text.slice(field.range), "public_endpoint");
  const value = await session.at("hover", URI, text.range("true\n", TEXT.indexOf("public_endpoint")).start);
  assert.match(value.contents.value, /Because of this:\n\n- `new-trust-boundary`: tier 2/);
  await session.ignore("textDocument/publishDiagnostics").end();
});

test("a cause leads to its rule in the built-in policy, as a file or as the client shows it", async () => {
  for (const virtualDocuments of [false, true]) {
    const session = await Session.open({ options: { virtualDocuments } });
    const text = session.openText(URI, TEXT);
    const at = text.range("true\n", TEXT.indexOf("public_endpoint")).start;
    const { uri, range } = await session.at("definition", URI, at);
    const rules = virtualDocuments ? await session.content(uri) : readFileSync(fileURLToPath(uri), "utf8");
    assert.equal(uri.startsWith("remit:/default/topics/"), virtualDocuments, uri);
    const line = rules.split("\n")[range.start.line];
    assert.equal(line, 'rule("new-trust-boundary")');
    assert.equal(line.slice(range.start.character, range.end.character), "new-trust-boundary");
    // What leads there can be asked about itself.
    const read = session.openText(uri, rules, "rhai");
    const hover = await session.at("hover", uri, range.start);
    assert.match(hover.contents.value, /tier 2/);
    assert.equal(read.slice(hover.range).includes("new-trust-boundary"), true);
    await session.ignore("textDocument/publishDiagnostics").end();
  }
});

test("a policy test that a rule breaks says so, once nobody types", async () => {
  const folder = new Folder().pack("");
  const session = await Session.open({ folder });
  const [topic, tests] = [folder.uri("topics/tiers.rhai"), folder.uri("tests/golden-path.case.yaml")];
  const rules = session.openText(topic, folder.read("topics/tiers.rhai"), "rhai");
  const cases = session.openText(tests, folder.read("tests/golden-path.case.yaml"));
  await session.next("remit/status", ({ files }) => files.length === 2 && files[0].pack.state === "good");
  // From here on a golden path asks for tier 1, and nobody earns self-service.
  session.change(topic, [{ range: rules.range(".tier(0)"), text: ".tier(1)" }]);
  const { diagnostics } = await session.next(
    "textDocument/publishDiagnostics",
    ({ uri, diagnostics }) => uri === tests && diagnostics.some(({ code }) => code === "case/failed"),
  );
  const failed = diagnostics.find(({ code }) => code === "case/failed");
  assert.match(failed.message, /^`tier` is 1, not 0/);
  assert.equal(cases.slice(failed.range), "0");
  assert.ok(failed.relatedInformation.some(({ location }) => location.uri === topic), "the rule that did it");
  await session.ignore("textDocument/publishDiagnostics").end();
  folder.remove();
});

test("a helper function is renamed in every topic that calls it", async () => {
  const folder = new Folder().pack("");
  const session = await Session.open({ folder });
  const uri = folder.uri("topics/tiers.rhai");
  const text = session.openText(uri, folder.read("topics/tiers.rhai"), "rhai");
  await session.next("remit/status", ({ files }) => files[0]?.pack.state === "good");
  const at = text.range("out_of_the_ordinary").start;
  const prepared = await session.at("prepareRename", uri, at);
  assert.equal(prepared.placeholder, "out_of_the_ordinary");
  const places = await session.at("references", uri, at, { context: { includeDeclaration: true } });
  const edit = await session.at("rename", uri, at, { newName: "unusual" });
  const edits = edit.documentChanges.flatMap(({ textDocument, edits }) => edits.map(({ range }) => [textDocument.uri, range]));
  const order = (list) => list.map((one) => JSON.stringify(one)).sort();
  assert.deepEqual(order(edits), order(places.map(({ uri, range }) => [uri, range])));
  const own = edit.documentChanges.find(({ textDocument }) => textDocument.uri === uri);
  assert.equal(text.edited(own.edits), text.text.replaceAll("out_of_the_ordinary", "unusual"));
  await assert.rejects(session.at("rename", uri, at, { newName: "low_risk" }), { code: -32803 });
  await assert.rejects(session.at("rename", uri, at, { newName: "not a name" }), { code: -32803 });
  await session.ignore("textDocument/publishDiagnostics").end();
  folder.remove();
});
