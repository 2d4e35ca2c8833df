// Decides the corpus with a build of the package, and says where it differs from the native engine. Runs in Node
// and in a page alike: it is given the engine, the lines, and nothing else.

const TODAY = "2026-11-20";

/** What differs, and how many intakes there were. */
export async function differences(Engine, lines) {
  const engine = new Engine();
  const differing = [];
  let intakes = 0;
  for await (const line of lines) {
    const wanted = JSON.parse(line);
    if (wanted.tests !== undefined) {
      compare(differing, "the pack's tests", wanted.tests, engine.test({ coverage: true }));
      continue;
    }
    intakes += 1;
    const { name, format } = wanted;
    const intake = wanted.text ?? Uint8Array.from(wanted.bytes);
    const how = { name, format, today: TODAY };
    const report = engine.checkJson(intake, how);
    if (wanted.report === undefined) {
      if ((await digest(report)) !== wanted.sha256) differing.push(`${name}: another report`);
      continue;
    }
    compare(differing, `${name}: report`, wanted.report, report);
    compare(differing, `${name}: explanation`, wanted.explanation, engine.explain(intake, how));
    compare(differing, `${name}: questions`, wanted.questions, engine.questions(intake, { ...how, all: true }));
    compare(differing, `${name}: instead`, wanted.instead, engine.instead(intake, "tier<=1", how));
  }
  engine.free();
  return { intakes, differing };
}

/** The same to the byte; a parsed answer is written again, which keeps the order of its keys. */
function compare(differing, what, wanted, found) {
  const text = typeof found === "string" ? found : JSON.stringify(found);
  const native = typeof found === "string" ? wanted : JSON.stringify(JSON.parse(wanted));
  if (text === native) return;
  let at = 0;
  while (text[at] === native[at]) at += 1;
  const part = (side) => side.slice(Math.max(0, at - 40), at + 40);
  differing.push(`${what}: native …${part(native)}… here …${part(text)}…`);
}

async function digest(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
