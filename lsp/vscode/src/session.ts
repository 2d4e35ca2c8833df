// The server's life: started when something needs it, fed, restarted when it dies, asked.
//
// Everything else in the extension asks here and hears from here, and knows neither which server runs nor how often
// it was started.

import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
  ResponseError,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient";
import { Feeder } from "./feeder";
import { SELECTOR } from "./names";
import { MessageLog } from "./messages";
import type { DecisionNews, FedFile, Requests, Status } from "./remit";

/** What differs between the desktop and the browser. */
export interface Host {
  /** Makes a client with a server behind it; says in a few words which server that is. */
  connect(options: LanguageClientOptions, host: HostContext): Promise<{ client: BaseLanguageClient; server: string }>;
}

export interface HostContext {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  /** The version of the extension, and of the server that fits it. */
  version: string;
}

/** Where the server is in its life. */
export type Life = "idle" | "starting" | "running" | "recovering" | "stopped";

/** So many crashes in so much time are too many. */
const CRASHES = 4;
const CRASH_WINDOW = 3 * 60_000;

/** Commands that the server's lenses and completions can name, because they run here. */
const OWN_COMMANDS = [
  "editor.action.triggerSuggest",
  "remit.showDecision",
  "remit.goTo",
  "remit.showPlaces",
  "remit.runTests",
];

export class Session implements vscode.Disposable {
  private client: BaseLanguageClient | undefined;
  private begun: Promise<BaseLanguageClient> | undefined;
  private readonly subscriptions: vscode.Disposable[] = [];
  private ofClient: vscode.Disposable[] = [];
  private crashes: number[] = [];
  private fed: Promise<void> = Promise.resolve();
  private current: Life = "idle";
  private readonly messages = new MessageLog();
  private readonly lifeChanged = new vscode.EventEmitter<Life>();
  private readonly decided = new vscode.EventEmitter<DecisionNews>();
  private readonly statusChanged = new vscode.EventEmitter<Status>();

  /** Which server runs, in a few words. */
  server = "";
  /** What the server said last about open files and packs. */
  status: Status = { files: [], notices: [] };
  readonly onLife = this.lifeChanged.event;
  readonly onDecision = this.decided.event;
  readonly onStatus = this.statusChanged.event;

  constructor(
    private readonly host: Host,
    private readonly surroundings: HostContext,
  ) {
    this.subscriptions.push(
      this.messages,
      this.lifeChanged,
      this.decided,
      this.statusChanged,
      // The server asks for what is set; it has to be told when to.
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration("remit")) return;
        this.running?.sendNotification("workspace/didChangeConfiguration", { settings: null }).catch(() => {});
      }),
    );
  }

  get life(): Life {
    return this.current;
  }

  /** The running client; starts the server if it is not. */
  ready(): Promise<BaseLanguageClient> {
    this.begun ??= this.start();
    return this.begun;
  }

  /** The running client, once it knows the files of the workspace. */
  async informed(): Promise<BaseLanguageClient> {
    const client = await this.ready();
    await this.fed;
    return client;
  }

  /** Starts the server without waiting for it; what goes wrong is shown. */
  wake(): void {
    this.ready().catch(() => {});
  }

  /** Asks the server. An error's message can be shown to people. */
  async ask<M extends keyof Requests>(
    method: M,
    params: Requests[M][0],
    token?: vscode.CancellationToken,
  ): Promise<Requests[M][1]> {
    const client = await this.ready();
    // A third argument, even one that is not there, would become a second parameter.
    return token
      ? client.sendRequest<Requests[M][1]>(method, params, token)
      : client.sendRequest<Requests[M][1]>(method, params);
  }

  /** The client, if it runs now: for what is only worth asking then. */
  get running(): BaseLanguageClient | undefined {
    return this.current === "running" ? this.client : undefined;
  }

  /** Stops the server, if it runs, and starts it again: perhaps another one, by the settings as they are now. */
  async restart(): Promise<void> {
    this.crashes = [];
    await this.stop();
    await this.ready();
  }

  private async start(): Promise<BaseLanguageClient> {
    this.live("starting");
    const { log } = this.surroundings;
    try {
      const { client, server } = await this.host.connect(this.options(), this.surroundings);
      this.client = client;
      this.server = server;
      log.info(`starting ${server}`);
      this.listen(client);
      await client.start();
      return client;
    } catch (error) {
      log.error(`the server did not start: ${words(error)}`);
      this.begun = undefined;
      this.live("stopped");
      throw error;
    }
  }

  private listen(client: BaseLanguageClient): void {
    const feeder = new Feeder(client, this.surroundings.log);
    this.ofClient.push(
      feeder,
      client.onNotification("remit/decision", (news: DecisionNews) => this.decided.fire(news)),
      client.onNotification("remit/status", (status: Status) => {
        this.status = status;
        this.statusChanged.fire(status);
      }),
      client.onNotification("remit/lacking", ({ uris }: { uris: string[] }) => void feeder.answer(uris)),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) {
          const { version } = this.surroundings;
          const info = client.initializeResult?.serverInfo;
          this.surroundings.log.info(`${info?.name ?? "the server"} ${info?.version ?? version} is ready`);
          this.live("running");
          const feeds = client.initializeResult?.capabilities.experimental?.remit?.files === "client";
          this.fed = feeder.begin(feeds).catch((error) => this.surroundings.log.warn(`while reading files: ${words(error)}`));
        } else if (newState === State.Starting) {
          if (this.current !== "starting") this.live("recovering");
        }
      }),
    );
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.begun = undefined;
    this.ofClient.splice(0).forEach((one) => one.dispose());
    this.live("idle");
    if (!client) return;
    try {
      await client.dispose(2000);
    } catch (error) {
      // It had died already, or does not answer: either way it is gone.
      this.surroundings.log.debug(`while stopping: ${words(error)}`);
    }
  }

  private live(life: Life): void {
    if (life === this.current) return;
    this.current = life;
    if (life !== "running") this.status = { files: [], notices: [] };
    this.lifeChanged.fire(life);
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: SELECTOR.map(({ language, pattern }) => ({ language, pattern }) as { pattern: string }),
      diagnosticCollectionName: "remit",
      outputChannel: this.surroundings.log,
      traceOutputChannel: this.messages,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => ({ commands: OWN_COMMANDS, virtualDocuments: true }),
      errorHandler: this.errorHandler(),
      markdown: { isTrusted: false, supportHtml: false },
      middleware: {
        // Documents of the built-in pack are known to the server already.
        didOpen: (document, next) => (document.uri.scheme === "remit" ? Promise.resolve() : next(document)),
        workspace: {
          configuration: async (params, token, next) => {
            const found = await next(params, token);
            return Array.isArray(found) ? found.map(serverSettings) : found;
          },
        },
      },
    };
  }

  private errorHandler(): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        const now = Date.now();
        this.crashes = [...this.crashes.filter((when) => now - when < CRASH_WINDOW), now];
        this.surroundings.log.warn("the server ended without being asked to");
        if (this.crashes.length <= CRASHES) {
          this.live("recovering");
          return { action: CloseAction.Restart, handled: true };
        }
        this.begun = undefined;
        this.live("stopped");
        const again = "Restart Server";
        const output = "Show Output";
        void vscode.window
          .showErrorMessage("The Remit server keeps ending. Your text is safe; tiers are not up to date.", again, output)
          .then((chosen) => {
            if (chosen === again) void vscode.commands.executeCommand("remit.restartServer");
            if (chosen === output) this.surroundings.log.show();
          });
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  /** Feeds files that are not in any folder. */
  async feed(files: FedFile[]): Promise<void> {
    await (await this.ready()).sendNotification("remit/files", { files });
  }

  async dispose(): Promise<void> {
    await this.stop();
    this.subscriptions.forEach((one) => one.dispose());
  }
}

/** `remit.*` without what only the editor is meant to read. */
function serverSettings(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null) return settings;
  const { server: _server, trace: _trace, panel: _panel, ...rest } = settings as Record<string, unknown>;
  return rest;
}

/** What an error says, for people. */
export function words(error: unknown): string {
  if (error instanceof ResponseError || error instanceof Error) return error.message;
  return String(error);
}
