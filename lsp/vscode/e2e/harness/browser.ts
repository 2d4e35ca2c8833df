// A real Chromium, driven by playwright-core.

import fs from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { temporary } from "./places.ts";

const CHROMIUM = process.env.REMIT_CHROMIUM ?? "/usr/bin/chromium";

const OPTIONS = {
  executablePath: CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export function launch(): Promise<Browser> {
  return chromium.launch(OPTIONS);
}

/** How big a window is. */
export const VIEWPORT = { width: 1280, height: 800 };

/**
 * A window whose profile lets pages of other origins store things. The panels of VS Code for the Web have an origin of
 * their own each and need a service worker, which a browser that is stricter denies them.
 */
export function launchWithProfile(): Promise<BrowserContext> {
  const folder = temporary("profile");
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  fs.mkdirSync(path.join(folder, "Default"));
  fs.writeFileSync(path.join(folder, "Default/Preferences"), JSON.stringify(preferences));
  return chromium.launchPersistentContext(folder, { ...OPTIONS, viewport: VIEWPORT });
}
