// A workspace that nobody has trusted: everything works, and nothing of the workspace is started.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { launch } from "./harness/browser.ts";
import { startCodeServer } from "./harness/code-server.ts";
import { temporary, workspace } from "./harness/places.ts";
import { DRAFT } from "./harness/samples.ts";
import { Workbench } from "./harness/workbench.ts";

test("in a workspace that is not trusted the carried server decides, and no program is started", async () => {
  const folder = temporary("program");
  const ran = path.join(folder, "ran");
  const program = path.join(folder, "remit");
  fs.writeFileSync(program, `#!/bin/sh\ntouch ${ran}\necho remit 0.1.0\n`);
  fs.chmodSync(program, 0o755);
  const [server, browser] = await Promise.all([startCodeServer({ trust: false }), launch()]);
  try {
    const settings = JSON.stringify({ "remit.server.path": program });
    const bench = await Workbench.open(browser, server.url(workspace({ "coupons.intake.yaml": DRAFT, ".vscode/settings.json": settings })));
    await bench.page.getByText("Restricted Mode").first().waitFor();
    await bench.openFile("coupons.intake.yaml");
    await bench.tierIs(/^Tier 1–3/);
    assert.equal(fs.existsSync(ran), false, "the workspace's program was started");
    await bench.picture("untrusted");
    assert.deepEqual(bench.errors, []);
  } finally {
    await browser.close();
    await server.stop();
  }
});
