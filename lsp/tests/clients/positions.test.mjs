// Columns, in both ways of counting, around letters that are long in one of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "./session.mjs";

const TEXT = `service: { name: "köln 🦀 shöp 🦀", owner: TBD }
reason: "ä🦀"
environment: prodution # nicht später
exposure: { "internet": "ja 🦀", changes: true }
`;

for (const encoding of ["utf-16", "utf-8"]) {
  test(`marks, edits and answers stand where they belong in ${encoding}`, async () => {
    const session = await Session.open({ encoding });
    const uri = "file:///nowhere/k%C3%B6ln%20%F0%9F%A6%80.intake.yaml";
    let text = session.openText(uri, TEXT);
    const marks = (await session.published(uri)).filter(({ severity }) => severity < 3);
    assert.deepEqual(
      marks.map(({ code, range }) => [code, text.slice(range)]),
      [
        ["intake/placeholder", "TBD"],
        ["intake/unknown-choice", "prodution"],
        ["intake/wrong-type", `"ja 🦀"`],
      ],
    );
    // Behind the crabs, columns differ: 2 units or 4 bytes each.
    assert.deepEqual(marks[0].range.start, { line: 0, character: encoding === "utf-8" ? 49 : 43 });

    const typed = { start: text.range("🦀\"\nenv").start, end: text.range("🦀\"\nenv").start };
    session.change(uri, [{ range: typed, text: "ß🦀" }, { range: { start: { line: 2, character: 13 }, end: { line: 2, character: 22 } }, text: "production" }]);
    assert.equal(await session.content(uri), TEXT.replace('"ä🦀"', '"äß🦀🦀"').replace("prodution", "production"));

    text = session.openText(uri, TEXT);
    const at = text.range("changes").start;
    const hover = await session.at("hover", uri, { ...at, character: at.character + 1 });
    assert.equal(text.slice(hover.range), "changes");
    const actions = await session.actions(uri, text.range("prodution"));
    const [{ edits }] = actions.find(({ title }) => title.includes("`production`")).edit.documentChanges;
    assert.equal(text.edited(edits), TEXT.replace("prodution", "production"));
    const tokens = await session.at("documentSymbol", uri);
    const owner = tokens[0].children[1];
    assert.deepEqual([text.slice(owner.selectionRange), text.slice(owner.range)], ["owner", "owner: TBD"]);
    await session.ignore("textDocument/publishDiagnostics").end();
  });
}

test("a position in the middle of a letter, behind a line or behind the text is the nearest place", async () => {
  for (const [encoding, middle] of [["utf-16", 5], ["utf-8", 6]]) {
    const session = await Session.open({ encoding });
    const uri = "file:///nowhere/a.intake.yaml";
    session.openText(uri, "id: 🦀\nreason: x");
    const at = (line, character) => ({ start: { line, character }, end: { line, character } });
    session.change(uri, [{ range: at(0, middle), text: "a" }]);
    assert.equal(await session.content(uri), "id: a🦀\nreason: x");
    session.change(uri, [{ range: at(0, 999), text: "b" }, { range: at(99, 0), text: "c" }]);
    assert.equal(await session.content(uri), "id: a🦀b\nreason: xc");
    await session.ignore("textDocument/publishDiagnostics").end();
  }
});
