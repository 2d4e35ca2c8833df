// No engine survives a call where no stack is left. What then?

import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine, init, RemitError } from "@remit/engine";

test("after a crash the objects of before say so, and new ones work", async () => {
  await init();
  const [before, doomed] = [new Engine(), new Engine()];
  let fault;
  const dive = () => {
    try {
      dive();
    } catch {
      // On the way up there is a little more stack at every step, until the engine gets as far as to start.
      if (fault !== undefined) return;
      try {
        doomed.checkJson("environment: production");
        fault = "it was answered";
      } catch (error) {
        if (!(error instanceof RemitError)) throw error;
        fault = error;
      }
    }
  };
  dive();
  assert.equal(fault.code, "crashed", String(fault));
  for (const old of [before, doomed]) {
    assert.throws(() => old.check(""), { name: "RemitError", code: "crashed" });
    old.free();
  }
  assert.equal(new Engine().check("environment: production").valid, true);
});
