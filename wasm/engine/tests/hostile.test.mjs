// Broken, hostile and huge input: an answer with diagnostics, and the engine goes on.

import assert from "node:assert/strict";
import { afterEach, before, test } from "node:test";
import { Engine, init } from "@remit/engine";

let engine;

before(async () => {
  await init();
  engine = new Engine();
});

// Whatever came before, the next intake is decided.
afterEach(() => assert.equal(engine.check("environment: production").valid, true));

const codes = (report) => report.diagnostics.map(({ code }) => code);

test("a paste of 5 MB is refused or read, and quickly said", () => {
  const lines = "environment: production\n".repeat(220_000);
  assert.ok(lines.length > 5_000_000);
  assert.deepEqual(codes(engine.check(lines)), ["document/too-large"]);
  assert.deepEqual(codes(engine.check("x".repeat(5_000_000))), ["document/too-large"]);
  const refused = { code: "refused", message: /stays as it is/ };
  assert.throws(() => engine.answer(lines, "environment", "test"), refused);
  assert.throws(() => engine.answer(Uint8Array.of(0x61, 0xff), "environment", "test"), refused);
});

test("bytes that are no text are read as far as they go", () => {
  const report = engine.check(Uint8Array.of(0x61, 0x3a, 0x20, 0xff, 0xfe, 0x0a));
  assert.ok(codes(report).includes("document/encoding"), codes(report).join());
});

test("half a character in a string is a replacement character, as in every encoder", () => {
  const report = engine.check("reason: \ud83d is half of one");
  assert.equal(report.valid, true);
  assert.equal(engine.checkJson("reason: \ud83d is half of one"), engine.checkJson("reason: \ufffd is half of one"));
  assert.match(engine.answer("", "reason", "\udc00 half"), /reason: "?\ufffd half/);
  assert.throws(() => engine.explain("", { target: "\ud800" }), { code: "argument" });
});

test("nesting without end is cut off", () => {
  for (const deep of ["[".repeat(100_000), "{a: ".repeat(50_000), '{"a":'.repeat(100_000), "- ".repeat(100_000)]) {
    for (const format of ["yaml", "json"]) assert.equal(engine.check(deep, { format }).valid, false);
  }
  const lines = Array.from({ length: 2_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
  assert.equal(engine.check(lines).valid, false);
});

test("aliases that unfold without end are refused", () => {
  const laughs = ["a0: &a0 [x, x, x, x, x, x, x, x]"];
  for (let n = 1; n < 12; n += 1) laughs.push(`a${n}: &a${n} [${Array(8).fill(`*a${n - 1}`).join(", ")}]`);
  assert.equal(engine.check(laughs.join("\n")).valid, false);
});

/** The built-in pack with one more rule. */
function withRule(rule) {
  const files = new Engine().files();
  files["topics/tiers.rhai"] += `\n${rule}\n`;
  return Engine.load(files);
}

test("a rule that never ends runs into its limit and counts as unsettled", () => {
  const { engine: slow, diagnostics } = withRule(
    'rule("endless").when(|intake| { let n = 0; loop { n += 1; } n > 0 }).tier(2).because("never");',
  );
  assert.ok(slow, JSON.stringify(diagnostics.filter(({ severity }) => severity === "error")));
  const report = slow.check("environment: production");
  assert.ok(codes(report).some((code) => code.startsWith("rules/")), codes(report).join());
  assert.ok(report.trace.some(({ rule, verdict }) => rule === "endless" && verdict === "unsettled"));
  slow.free();
});

test("a rule that calls itself without end runs into its limit", () => {
  const { engine: deep, diagnostics } = withRule(
    'fn again(n) { again(n + 1) + again(n + 2) }\nrule("deep").when(|intake| again(0) > 1).tier(2).because("never");',
  );
  assert.ok(deep, JSON.stringify(diagnostics.filter(({ severity }) => severity === "error")));
  assert.ok(codes(deep.check("environment: production")).some((code) => code.startsWith("rules/")));
  deep.free();
});

test("scripts nested without end do not load, and do no harm", () => {
  for (const rule of [
    `rule("x").when(|intake| ${"(".repeat(20_000)}`,
    `rule("x").when(|intake| ${"!".repeat(20_000)}intake.exposure.internet).tier(1).because("x");`,
    `rule("x").when(|intake| ${"intake.exposure.internet && ".repeat(20_000)}true).tier(1).because("x");`,
    `rule("x").when(|intake| ${"[".repeat(20_000)}${"]".repeat(20_000)}.len() > 0).tier(1).because("x");`,
    `fn f(intake) { ${"if true { ".repeat(5_000)} ${"}".repeat(5_000)} }`,
  ]) {
    const { diagnostics } = withRule(rule);
    assert.ok(diagnostics.some(({ severity }) => severity === "error"), rule.slice(0, 60));
  }
});

test("a schema nested without end does not load, and does no harm", () => {
  const files = new Engine().files();
  const deep = `${'{"type":"object","properties":{"a":'.repeat(3_000)}{}${"}}".repeat(3_000)}`;
  const { engine: none } = Engine.load({ ...files, "intake.schema.json": deep });
  assert.equal(none, undefined);
});
