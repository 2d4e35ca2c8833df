// The same corpus through the native engine and through both builds, in Node: the same answers to the byte.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import * as alone from "@remit/engine";
import * as full from "@remit/engine/full";
import { corpus } from "./setting.mjs";
import { differences } from "./parity.mjs";

for (const [name, build] of Object.entries({ engine: alone, full })) {
  test(`the ${name} build decides as the native engine does`, async () => {
    await build.init();
    const lines = createInterface({ input: createReadStream(corpus), crlfDelay: Infinity });
    const { intakes, differing } = await differences(build.Engine, lines);
    assert.ok(intakes > 2_100, `${intakes} intakes`);
    assert.deepEqual(differing.slice(0, 5), [], `${differing.length} differences`);
  });
}
