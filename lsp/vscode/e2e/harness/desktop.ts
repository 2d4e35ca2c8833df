// What every test in VS Code's workbench begins and ends with: one server and one browser for a file of tests, a window
// of its own for each.

import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import type { Browser } from "playwright-core";
import { launch } from "./browser.ts";
import { type CodeServer, type Options, startCodeServer } from "./code-server.ts";
import { workspace } from "./places.ts";
import { Workbench } from "./workbench.ts";

/** Opens a window on a new folder with these files in it. */
export type Open = (files: Record<string, string>, dark?: boolean) => Promise<[Workbench, string]>;

export function desktop(options: Options): Open {
  let server: CodeServer;
  let browser: Browser;
  let bench: Workbench | undefined;

  before(async () => {
    [server, browser] = await Promise.all([startCodeServer(options), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  afterEach(async (context) => {
    const { errors } = bench ?? { errors: [] };
    const { name, passed } = context as { name: string; passed?: boolean };
    if (!passed) await bench?.picture(`failed-${name.replaceAll(/\W+/g, "-").slice(0, 40)}`).catch(() => {});
    await bench?.close();
    bench = undefined;
    assert.deepEqual(errors, [], "the page reported errors");
  });
  return async (files, dark = false) => {
    const folder = workspace(files);
    bench = await Workbench.open(browser, server.url(folder), dark);
    return [bench, folder];
  };
}
