// What a portal team relies on, in Node.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { Engine, init, RemitError, version } from "@remit/engine";
import { engine as folder, pack } from "./setting.mjs";

/** A small pack, about suppliers. */
const SMALL = await pack("rules/examples/packs/vendor-intake");
const TOPIC = Object.keys(SMALL).find((path) => path.endsWith(".rhai"));

before(async () => {
  assert.throws(() => new Engine(), { code: "not-started" });
  await Promise.all([init(), init()]);
});

test("the built-in pack decides", async () => {
  const engine = new Engine();
  assert.equal(engine.pack.name, "default");
  assert.equal(engine.pack.topics.length, 7);
  assert.ok(engine.pack.files.includes("catalogue.yaml"));
  assert.match(engine.files()["topics/tiers.rhai"], /rule\("/);
  assert.equal(engine.schema().type, "object");
  const { version: own } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  assert.equal(version(), own, "the package and the crate have one version");

  const example = engine.examples().find(({ name }) => name === "golden-path-bootstrap.intake.yaml");
  const report = engine.check(example.text, { name: example.path, today: "2026-11-20" });
  assert.deepEqual([report.json, report.valid, report.tier.settled, report.today], [1, true, 0, "2026-11-20"]);
  assert.equal(report.intake.source, "examples/golden-path-bootstrap.intake.yaml");
  assert.equal(engine.check(example.text).today, null, "no clock");
  assert.deepEqual(JSON.parse(engine.checkJson(example.text)), engine.check(example.text));
  engine.free();
});

test("a draft has questions, and an answer is written as a person would", () => {
  const engine = new Engine();
  const draft = "# by hand\nenvironment: production   # for now\n";
  const { questions, tier } = engine.questions(draft);
  assert.ok(tier.floor < tier.ceiling && questions.length > 3);
  const answered = engine.answer(draft, "change.public_endpoint", true);
  assert.match(answered, /^# by hand\nenvironment: production   # for now\n/);
  assert.match(answered, /change:\n +public_endpoint: true\n/);
  assert.ok(engine.check(answered).tier.floor >= 2);
  assert.equal(engine.answer(answered, "environment", "Staging"), answered.replace("production", "staging"));
  assert.doesNotMatch(engine.answer(answered, "environment", null), /production/);
  assert.equal(engine.answer('{"a": 1}', "environment", "test", { format: "json" }).includes('"environment": "test"'), true);
});

test("a decision is explained", () => {
  const engine = new Engine();
  const draft = "change: { public_endpoint: true }\n";
  const published = engine.examples().find(({ name }) => name.startsWith("public-payments")).text;
  const all = engine.explain(draft);
  assert.equal(all.subject, undefined);
  const route = engine.explain(draft, { target: "route/deep-review" });
  assert.equal(route.subject.id, "route/deep-review");
  assert.ok(route.rules.every((rule) => rule.points.includes("route/deep-review")));
  for (const reader of ["requester", "reviewer", "auditor"]) assert.ok(engine.describe(draft, reader).length > 200);
  assert.match(engine.render(draft, "markdown"), /Deep review/);
  assert.match(engine.render(draft, "text"), /^Tier /);
  assert.ok(engine.instead(published, "tier<=1").ways.length > 0);
  assert.equal(engine.diagnostics("environment: prodution")[0].code, "intake/unknown-choice");
});

test("the pack's tests run, and cover what they should", () => {
  const engine = new Engine();
  const all = engine.test({ coverage: true });
  assert.deepEqual([all.failed, all.wrong, all.coverage.complete], [0, 0, true]);
  const some = engine.test({ filter: "golden" });
  assert.ok(some.passed > 0 && some.left_out > 0 && some.coverage === undefined);
  assert.ok(engine.lint().every(({ severity }) => severity === "info"));
});

test("a pack is loaded from texts and bytes", () => {
  const { engine, diagnostics } = Engine.load(
    { ...SMALL, [TOPIC]: new TextEncoder().encode(SMALL[TOPIC]) },
    { prefix: "mine/" },
  );
  assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error"), []);
  assert.equal(engine.pack.name, "vendor-intake");
  const [example] = engine.examples();
  const report = engine.check(example.text, { name: example.name });
  assert.equal(report.pack.digest, engine.pack.digest);
  assert.ok(report.trace.every(({ location }) => location.source.startsWith("mine/topics/")));
  assert.equal(engine.test().failed, 0);
});

test("a pack that does not load says why", () => {
  const broken = Engine.load({ ...SMALL, [TOPIC]: "rule('x'" });
  assert.equal(broken.engine, undefined);
  assert.ok(broken.diagnostics.some(({ severity, location }) => severity === "error" && location.source === TOPIC));
  const newer = Engine.load({ ...SMALL, "remit.yaml": SMALL["remit.yaml"].replace("format: 1", "format: 9") });
  assert.equal(newer.engine, undefined);
  assert.ok(newer.diagnostics.some(({ code, help }) => code === "pack/format" && help === "use a newer Remit"));
  assert.equal(Engine.load({}).diagnostics[0].code, "pack/missing-file");
});

test("what makes no sense is a typed error", () => {
  const engine = new Engine();
  const argument = { name: "RemitError", code: "argument" };
  for (const wrong of [undefined, null, 5, {}, [], Symbol("x"), () => "", 5n]) {
    assert.throws(() => engine.check(wrong), argument, String(wrong));
  }
  assert.throws(() => engine.check("", { today: "tomorrow" }), argument);
  assert.throws(() => engine.check("", { today: 20261120 }), argument);
  assert.throws(() => engine.check("", { format: "xml" }), argument);
  assert.throws(() => engine.check("", "yaml"), argument);
  assert.throws(() => engine.explain("", { target: "route/no-such" }), argument);
  assert.throws(() => engine.instead("", "tier=9"), argument);
  assert.throws(() => engine.instead("", [7]), argument);
  assert.throws(() => engine.describe("", "everybody"), argument);
  assert.throws(() => engine.render("", "pdf"), argument);
  assert.throws(() => engine.answer("", "enviroment", "test"), { ...argument, message: /did you mean `environment`/ });
  assert.throws(() => engine.answer("", "environment", undefined), argument);
  assert.throws(() => engine.answer("", "environment", 1.5), argument);
  assert.throws(() => engine.answer("", "environment", "moon"), { code: "refused" });
  assert.throws(() => engine.answer("[]", "environment", "test"), { code: "refused" });
  assert.throws(() => Engine.load([]), argument);
  assert.throws(() => Engine.load({ "remit.yaml": 5 }), argument);
  const circle = {};
  circle.self = circle;
  assert.throws(() => engine.answer("", "links", circle), argument);
  engine.free();
  engine.free();
  assert.throws(() => engine.check(""), { code: "freed" });
  assert.ok(new RemitError("argument", "x") instanceof Error);
});

test("its memory comes back", () => {
  const kept = new Engine();
  for (let round = 0; round < 20; round += 1) {
    const { engine } = Engine.load(SMALL);
    engine.check("");
    engine.free();
  }
  assert.equal(kept.check("environment: test").valid, true);
});
