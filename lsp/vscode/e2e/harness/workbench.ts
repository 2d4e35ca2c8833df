// The workbench as somebody at the screen uses it.

import fs from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from "playwright-core";
import { VIEWPORT } from "./browser.ts";
import { pictures } from "./places.ts";

/** Nothing is measured by it: a machine that is busy has to have time enough. */
const PATIENCE = 90_000;

export class Workbench {
  readonly page: Page;
  /** What the page reported as an error of its own. */
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.errors.push(error.message));
  }

  static async open(browser: Browser, url: string, dark = false): Promise<Workbench> {
    return Workbench.in(await browser.newContext({ viewport: VIEWPORT, colorScheme: dark ? "dark" : "light" }), url);
  }

  /** Opens it in a window that is there. */
  static async in(context: BrowserContext, url: string): Promise<Workbench> {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const workbench = new Workbench(page);
    await page.goto(url);
    await page.locator(".monaco-workbench").waitFor();
    return workbench;
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<Locator> {
    const row = this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: path.basename(name) }).first();
    // A workbench that has just been opened may not find files yet.
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      await this.quickOpen(name);
      const found = await row.waitFor({ timeout: 3_000 }).then(() => true, () => false);
      if (found) break;
      await this.page.keyboard.press("Escape");
    }
    await row.click();
    await this.page.locator(".tab.active").filter({ hasText: path.basename(name) }).first().waitFor();
    const editor = this.editor(name);
    await editor.locator(".view-lines").waitFor();
    return editor;
  }

  /** Opens a file at the top of the explorer. */
  async openFromExplorer(name: string): Promise<void> {
    await this.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name }).first().dblclick();
    await this.editor(name).locator(".view-lines").waitFor();
  }

  /** Runs a command by its title. */
  async command(title: string): Promise<void> {
    const row = this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first();
    // A workbench that has just been opened does not know the commands of extensions yet.
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      await this.quickOpen(`>${title}`);
      if (await row.waitFor({ timeout: 3_000 }).then(() => true, () => false)) break;
      await this.page.keyboard.press("Escape");
    }
    await row.click();
  }

  private async quickOpen(text: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input.input");
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      await this.page.keyboard.press("F1");
      if (await input.waitFor({ timeout: 1_000 }).then(() => true, () => false)) break;
    }
    await input.waitFor();
    await input.fill(text);
  }

  /** The editor of a file. */
  editor(name: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor[data-uri$="${path.basename(name)}"]`).first();
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.quickOpen(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await this.cursorIs(line);
  }

  /** Waits until the cursor is on a line. */
  async cursorIs(line: number): Promise<void> {
    await this.page.locator('[id="status.editor.selection"]').filter({ hasText: new RegExp(`Ln ${line},`) }).waitFor();
  }

  /** Waits until the cursor is on the line of a file that holds this text. */
  async cursorIsAt(name: string, text: string): Promise<void> {
    const line = this.editor(name).locator(".view-line").filter({ hasText: text });
    await line.first().waitFor();
    const box = async (found: Locator) => Math.round((await found.first().boundingBox())?.y ?? -1);
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      if ((await box(line)) === (await box(this.editor(name).locator(".cursors-layer .cursor")))) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`the cursor is not at \`${text}\``);
  }

  /** Clicks into an editor. */
  async focus(name: string): Promise<void> {
    await this.editor(name).locator(".view-lines").click({ position: { x: 200, y: 5 } });
  }

  /** The text of an editor, as far as it is drawn. */
  async text(name: string): Promise<string> {
    const lines = await this.editor(name)
      .locator(".view-line")
      .evaluateAll((found) =>
        found
          .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? "" }))
          .sort((a, b) => a.top - b.top)
          .map(({ text }) => text)
          .join("\n"),
      );
    return lines.replaceAll("\u00a0", " ").replaceAll("\u200c", "");
  }

  /** Applies a quick fix at the cursor. */
  async quickFix(title: string): Promise<void> {
    await this.page.keyboard.press("Control+.");
    await this.page.locator(".action-widget .monaco-list-row").filter({ hasText: title }).first().click();
  }

  /** An entry of the list of completions. */
  suggestion(label: string): Locator {
    return this.page.locator(".suggest-widget .monaco-list-row").filter({ hasText: label }).first();
  }

  /** Goes through the stops of a snippet; nothing is typed where its proposal is taken. */
  async tabThrough(answers: (string | { choose: string })[]): Promise<void> {
    const list = this.page.locator(".suggest-widget.visible");
    for (const answer of answers) {
      const typed = typeof answer === "string" ? answer : answer.choose;
      if (typed !== "") await this.page.keyboard.type(typed);
      // A list that opens takes the Tab: good for a choice, which leads on to the next stop, but not over a typed text.
      await this.page.waitForTimeout(400);
      if (typeof answer === "string" && typed !== "" && (await list.isVisible())) await this.page.keyboard.press("Escape");
      await this.page.keyboard.press("Tab");
    }
  }

  /** Waits until something is so. */
  async until(so: () => Promise<boolean>): Promise<void> {
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      if (await so()) return;
      await this.page.waitForTimeout(200);
    }
    throw new Error("what was waited for did not come");
  }

  /** Waits until the status bar says so. */
  async tierIs(wanted: RegExp): Promise<void> {
    let seen = "";
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      seen = (await this.tier.isVisible()) ? (await this.tier.innerText()).trim() : "";
      if (wanted.test(seen)) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`the status bar says \`${seen}\`, not ${wanted}`);
  }

  /** How many answers and pieces of evidence the status bar says are missing. */
  async missing(): Promise<number> {
    await this.tierIs(/\d+ missing$/);
    return Number(/(\d+) missing$/.exec((await this.tier.innerText()).trim())?.[1]);
  }

  /** Types into the box with this title, and confirms it. */
  async typeInto(title: string, text: string): Promise<void> {
    const widget = this.page.locator(".quick-input-widget");
    await widget.locator(".quick-input-title").filter({ hasText: title }).waitFor();
    await widget.locator("input.input").fill(text);
    await this.page.keyboard.press("Enter");
    await widget.waitFor({ state: "hidden" });
  }

  /** Answers the questions that are asked one after the other, until none is asked any more. */
  async answerQuestions(answers: Record<string, string>): Promise<void> {
    const widget = this.page.locator(".quick-input-widget");
    const left = new Map(Object.entries(answers));
    while (left.size > 0) {
      const asked = await this.asked([...left.keys()]);
      const answer = left.get(asked) ?? "";
      left.delete(asked);
      const row = widget.locator(".monaco-list-row").filter({ hasText: answer }).first();
      if (await row.isVisible()) {
        await row.click();
      } else {
        await widget.locator("input.input").fill(answer);
        await this.page.keyboard.press("Enter");
      }
      await this.page.waitForTimeout(200);
    }
    await widget.waitFor({ state: "hidden" });
  }

  /** Which of these questions is asked now. */
  private async asked(questions: string[]): Promise<string> {
    const widget = this.page.locator(".quick-input-widget");
    let seen = "";
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      if (await widget.isVisible()) {
        const placeholder = await widget.locator("input.input").first().getAttribute("placeholder");
        seen = `${placeholder} ${await widget.locator(".quick-input-title, .quick-input-message").allInnerTexts()}`;
        const found = questions.find((question) => seen.includes(question));
        if (found) return found;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`none of ${questions} is asked: ${seen.slice(0, 300)}`);
  }

  /** The name of the language of the active editor. */
  async language(): Promise<string> {
    return (await this.page.locator('[id="status.editor.mode"]').innerText()).trim();
  }

  /** Opens the Test Explorer. */
  async openTests(): Promise<void> {
    await this.page.locator('.activitybar .action-label[aria-label^="Testing"]').first().click();
  }

  /** A row of the Test Explorer. */
  testItem(label: string): Locator {
    return this.page.locator(".test-explorer .monaco-list-row").filter({ hasText: label }).first();
  }

  /** What a checker of accessibility finds in the panel, of what hinders people. */
  async seriousIssues(): Promise<string[]> {
    const frames = this.page.frames();
    for (const frame of frames) {
      if ((await frame.locator("#decision").count()) === 0) continue;
      await frame.evaluate(fs.readFileSync(path.join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8"));
      const found = (await frame.evaluate("axe.run()")) as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
      const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    }
    throw new Error("there is no panel");
  }

  /** The tier in the status bar. */
  get tier(): Locator {
    return this.page.locator('.statusbar-item[id$="remit.tier"]').first();
  }

  /** The list of outputs that can be looked at. */
  get output(): Locator {
    return this.page.locator(".part.panel select").filter({ hasText: "Remit" }).first();
  }

  /** The page inside of the decision panel. */
  get panel(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame");
  }

  /** Notifications on the screen. */
  get notifications(): Locator {
    return this.page.locator(".notification-toast .notification-list-item-message, .notifications-center .notification-list-item-message");
  }

  /** The words under squiggles of a kind: what is underlined, as the text says it. */
  async squiggled(kind: "error" | "warning" | "info", name: string): Promise<string[]> {
    const marks = this.editor(name).locator(`.squiggly-${kind}`);
    await marks.first().waitFor();
    return this.page.evaluate(
      ([selector, name]) => {
        const editor = [...document.querySelectorAll<HTMLElement>(".monaco-editor")].find((one) => one.dataset.uri?.endsWith(name!));
        const found = [...(editor?.querySelectorAll<HTMLElement>(selector!) ?? [])];
        return found.map((mark) => {
          const box = mark.getBoundingClientRect();
          const line = [...editor!.querySelectorAll<HTMLElement>(".view-line")].find((one) => {
            const at = one.getBoundingClientRect();
            return at.top <= box.top + 2 && at.bottom >= box.bottom - 2;
          });
          if (!line) return "";
          let text = "";
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const content = node.textContent ?? "";
            for (let at = 0; at < content.length; at += 1) {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const { left, right } = range.getBoundingClientRect();
              const middle = (left + right) / 2;
              if (middle > box.left && middle < box.right && right > left) text += content[at];
            }
          }
          return text.replaceAll("\u00a0", " ");
        });
      },
      [`.squiggly-${kind}`, path.basename(name)],
    );
  }

  /** Keeps a picture. */
  async picture(name: string): Promise<void> {
    fs.mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
