// Policy tests in the Test Explorer: packs, their case files, the cases in them.

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { isPolicy } from "../names";
import { place } from "../pack-item";
import type { Pack, Run, Suite } from "../remit";
import { type Session, words } from "../session";
import { RuleFileCoverage } from "./coverage";
import { messages } from "./messages";

/** Changes are looked at when they pause for so long. */
const PAUSE = 400;

/** What an item of the tree stands for. */
type Meaning = { kind: "pack"; pack: Pack } | { kind: "file" } | { kind: "case"; name: string };

export class PolicyTests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController("remit", "Policy tests");
  private readonly meanings = new WeakMap<vscode.TestItem, Meaning>();
  private readonly subscriptions: vscode.Disposable[];
  private readonly runProfile: vscode.TestRunProfile;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const soon = () => this.refreshSoon();
    const watcher = vscode.workspace.createFileSystemWatcher("**/{*.case.yaml,*.case.yml,*.rhai,remit.yaml}");
    this.controller.refreshHandler = () => this.refresh();
    const { Run, Coverage } = vscode.TestRunProfileKind;
    this.runProfile = this.controller.createRunProfile("Run", Run, (request, token) => this.run(request, token, false), true);
    const coverage = this.controller.createRunProfile(
      "Run with coverage",
      Coverage,
      (request, token) => this.run(request, token, true),
      true,
    );
    coverage.loadDetailedCoverage = async (_run, file) => (file instanceof RuleFileCoverage ? file.details : []);
    this.subscriptions = [
      this.controller,
      watcher,
      watcher.onDidCreate(soon),
      watcher.onDidChange(soon),
      watcher.onDidDelete(soon),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isPolicy(document.uri)) soon();
      }),
      session.onStatus(soon),
      session.onLife((life) => {
        if (life === "running") soon();
      }),
    ];
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE);
  }

  /** Lists what there is. */
  private async refresh(): Promise<void> {
    const client = this.session.running;
    if (!client) return;
    try {
      const suites = await this.session.ask("remit/tests", {});
      const own = suites.filter(({ pack }) => pack.root !== null);
      this.controller.items.replace(own.map((suite) => this.suite(suite, client)));
    } catch (error) {
      this.log.warn(`policy tests cannot be listed: ${words(error)}`);
    }
  }

  private suite(suite: Suite, client: BaseLanguageClient): vscode.TestItem {
    const root = suite.pack.root ?? "remit:/default";
    const item = this.item(root, `Policy ${suite.pack.name}`, undefined, { kind: "pack", pack: suite.pack });
    item.description = place(suite.pack);
    if (suite.pack.state === "broken" || suite.pack.state === "last_good") {
      item.error = "The policy has a mistake; see the list of problems.";
    }
    item.children.replace(
      suite.files.map((file) => {
        const uri = vscode.Uri.parse(file.uri);
        const of = this.item(file.uri, file.name, uri, { kind: "file" });
        of.children.replace(
          file.cases.map((one, index) => {
            const child = this.item(`${file.uri}#${one.name}`, one.label, uri, { kind: "case", name: one.name });
            child.range = client.protocol2CodeConverter.asRange(one.range);
            child.sortText = String(index).padStart(5, "0");
            if (one.wrong) child.error = "Something in this case is wrong; see the list of problems.";
            return child;
          }),
        );
        return of;
      }),
    );
    return item;
  }

  private item(id: string, label: string, uri: vscode.Uri | undefined, meaning: Meaning): vscode.TestItem {
    const item = this.controller.createTestItem(id, label, uri);
    this.meanings.set(item, meaning);
    return item;
  }

  /** Runs the tests of the pack around a file: all, or those that expect something of a rule. */
  async runFor(uri: string | undefined, rule: string | undefined): Promise<void> {
    await this.session.informed();
    await this.refresh();
    const roots: vscode.TestItem[] = [];
    this.controller.items.forEach((item) => roots.push(item));
    const near = uri ?? vscode.window.activeTextEditor?.document.uri.toString();
    const around = roots.filter(({ id }) => near === id || near?.startsWith(`${id}/`));
    const packs = around.length > 0 ? around.slice(-1) : uri ? [] : roots;
    if (packs.length === 0) {
      void vscode.window.showInformationMessage(
        "There are no policy tests here: they are `*.case.yaml` files of a pack, a folder with a `remit.yaml`.",
      );
      return;
    }
    const token = new vscode.CancellationTokenSource();
    const request = new vscode.TestRunRequest(packs, undefined, this.runProfile);
    void vscode.commands.executeCommand("testing.showMostRecentOutput").then(undefined, () => {});
    await this.run(request, token.token, false, rule);
    void vscode.commands.executeCommand("workbench.view.testing.focus");
  }

  private async run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    coverage: boolean,
    rule?: string,
  ): Promise<void> {
    const run = this.controller.createTestRun(request);
    try {
      for (const [pack, cases] of this.chosen(request)) {
        if (token.isCancellationRequested) break;
        await this.runPack(run, pack, cases, coverage, rule);
      }
    } catch (error) {
      run.appendOutput(`${words(error)}\r\n`);
      void vscode.window.showErrorMessage(`Remit: ${words(error)}`);
    }
    run.end();
  }

  /** The cases that were asked for, by pack. */
  private chosen(request: vscode.TestRunRequest): Map<vscode.TestItem, Set<vscode.TestItem>> {
    const chosen = new Map<vscode.TestItem, Set<vscode.TestItem>>();
    const out = new Set(request.exclude ?? []);
    const add = (item: vscode.TestItem) => {
      if (out.has(item)) return;
      if (this.meanings.get(item)?.kind !== "case") {
        item.children.forEach(add);
        return;
      }
      const pack = item.parent?.parent;
      if (pack) chosen.set(pack, (chosen.get(pack) ?? new Set()).add(item));
    };
    if (request.include) request.include.forEach(add);
    else this.controller.items.forEach(add);
    return chosen;
  }

  private async runPack(
    run: vscode.TestRun,
    pack: vscode.TestItem,
    cases: Set<vscode.TestItem>,
    coverage: boolean,
    rule: string | undefined,
  ): Promise<void> {
    const client = await this.session.ready();
    const byName = new Map<string, vscode.TestItem>();
    for (const item of cases) {
      const meaning = this.meanings.get(item);
      if (meaning?.kind === "case") byName.set(meaning.name, item);
      run.enqueued(item);
    }
    const whole = [...cases].length === count(pack);
    const found = await this.session.ask("remit/runTests", {
      uri: pack.id,
      coverage,
      ...(whole ? {} : { cases: [...byName.keys()] }),
      ...(rule ? { rule } : {}),
    });
    for (const one of found.cases) {
      const item = byName.get(one.name);
      if (!item) continue;
      byName.delete(one.name);
      if (one.text) run.appendOutput(`${one.text.replaceAll(/\r?\n/g, "\r\n")}\r\n`, undefined, item);
      if (one.state === "passed") run.passed(item);
      else if (one.state === "failed") run.failed(item, messages(one, client));
      else run.errored(item, messages(one, client));
    }
    for (const item of byName.values()) run.skipped(item);
    for (const fault of found.faults) run.appendOutput(`${fault.severity}: ${fault.message}\r\n`);
    run.appendOutput(`${summary(found)}\r\n`);
    for (const file of found.coverage?.files ?? []) run.addCoverage(RuleFileCoverage.of(file, client));
    for (const gap of found.coverage?.gaps ?? []) {
      if (!gap.excused) run.appendOutput(`not covered: ${gap.message}\r\n`);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.forEach((one) => one.dispose());
  }
}

function count(item: vscode.TestItem): number {
  let cases = 0;
  item.children.forEach((file) => {
    cases += file.children.size;
  });
  return cases;
}

function summary(run: Run): string {
  const wrong = run.wrong > 0 ? `, ${run.wrong} wrong` : "";
  const out = run.leftOut > 0 ? `, ${run.leftOut} left out` : "";
  return `Policy ${run.pack.name}: ${run.passed} passed, ${run.failed} failed${wrong}${out}`;
}
