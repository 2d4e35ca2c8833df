// A client of the built server, over standard input and output, with the JSON-RPC library that VS Code uses.
//
// Whatever the server says is kept until the test reads it; a session that ends with something unread fails.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from "vscode-jsonrpc/node";

const here = dirname(fileURLToPath(import.meta.url));
/** The top of the repository. */
export const repository = resolve(here, "../../..");
/** The program under test. */
export const program = process.env.REMIT || join(repository, "target/debug/remit");
assert.ok(existsSync(program), `\`${program}\` is not there: \`cargo build --package remit\` makes it`);
/** Nothing takes longer, even on a busy machine. */
const PATIENCE = 60_000;

/** What a failed test leaves running, so that it is not waited for. */
const running = new Set();
after(() => running.forEach((session) => session.abandon()));

/** An example of the default pack. */
export const example = (name) => readFileSync(join(repository, "rules/examples", name), "utf8");

/** A text with marks such as `«1»`: the text without them, and the offset of each. */
export function marked(text) {
  const at = {};
  let plain = "";
  for (const part of text.split(/(«\w*»)/)) {
    const mark = /^«(\w*)»$/.exec(part);
    if (mark) at[mark[1]] = plain.length;
    else plain += part;
  }
  return { text: plain, at };
}

/** A folder that is gone after the test. Its name has what URIs have to escape. */
export class Folder {
  constructor(files = {}) {
    this.path = mkdtempSync(join(tmpdir(), "remit 100% ä🦀 "));
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }
  /** The default pack, as a pack of one's own. */
  pack(path) {
    for (const part of ["remit.yaml", "catalogue.yaml", "intake.schema.json", "topics", "examples", "tests"]) {
      cpSync(join(repository, "rules", part), join(this.path, path, part), { recursive: true });
    }
    return this;
  }
  write(path, content) {
    const whole = join(this.path, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
  }
  read(path) {
    return readFileSync(join(this.path, path), "utf8");
  }
  uri(path = "") {
    return pathToFileURL(join(this.path, path)).href.replace(/\/$/, "");
  }
  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** An open text, with positions as the session counts them. */
class Text {
  constructor(text, encoding) {
    this.text = text;
    this.encoding = encoding;
  }
  units(text) {
    return this.encoding === "utf-8" ? Buffer.byteLength(text) : text.length;
  }
  /** The position of an offset, which counts as JavaScript does. */
  position(offset) {
    const before = this.text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: before.length - 1, character: this.units(before.at(-1)) };
  }
  /** The range of the first place where a text stands. */
  range(part, from = 0) {
    const start = this.text.indexOf(part, from);
    assert.notEqual(start, -1, `\`${part}\` is not in the text`);
    return { start: this.position(start), end: this.position(start + part.length) };
  }
  /** The offset of a position. */
  offset({ line, character }) {
    const lines = this.text.split(/(?<=\n)/);
    const before = lines.slice(0, line).join("").length;
    let offset = 0;
    const last = lines[line] ?? "";
    while (this.units(last.slice(0, offset)) < character) offset += 1;
    return before + offset;
  }
  /** What stands in a range. */
  slice(range) {
    return this.text.slice(this.offset(range.start), this.offset(range.end));
  }
  /** The text after edits that speak of it as it is. */
  edited(edits) {
    const last = [...edits].sort((a, b) => this.offset(b.range.start) - this.offset(a.range.start));
    return last.reduce(
      (text, edit) => text.slice(0, this.offset(edit.range.start)) + edit.newText + text.slice(this.offset(edit.range.end)),
      this.text,
    );
  }
}

/** A session with a server. */
export class Session {
  #unread = [];
  #waiting = [];
  #versions = new Map();
  /** What a test does not look at. */
  ignored = new Set(["remit/status", "remit/decision"]);

  constructor({ environment = {} } = {}) {
    this.process = spawn(program, ["lsp"], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, XDG_CACHE_HOME: join(tmpdir(), `remit-clients-${process.pid}`), ...environment },
    });
    running.add(this);
    this.exited = once(this.process, "exit").then(([code, signal]) => signal ?? code);
    this.complaints = "";
    this.process.stderr.on("data", (data) => (this.complaints += data));
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification((method, params) => this.#take({ method, params }));
    // The server's own requests: what every client can answer.
    this.connection.onRequest("workspace/configuration", ({ items }) => items.map(() => this.settings ?? null));
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onError(([error]) => (this.complaints += `${error}\n`));
    this.connection.listen();
  }

  /** Starts a session and says hello. */
  static async open({ folder, encoding = "utf-16", capabilities = {}, options = {}, environment } = {}) {
    const session = new Session({ environment });
    const general = { positionEncodings: encoding === "utf-8" ? ["utf-8", "utf-16"] : ["utf-16"] };
    const answer = await session.ask("initialize", {
      processId: process.pid,
      clientInfo: { name: "test" },
      capabilities: {
        general,
        textDocument: {
          completion: { completionItem: { snippetSupport: true } },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor"] } } },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          hover: { contentFormat: ["markdown"] },
          publishDiagnostics: { relatedInformation: true },
        },
        workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
        ...capabilities,
      },
      initializationOptions: { settings: { today: "2026-11-20" }, ...options },
      workspaceFolders: folder ? [{ uri: folder.uri(), name: "test" }] : null,
    });
    session.offers = answer.capabilities;
    assert.equal(session.offers.positionEncoding, encoding);
    session.encoding = encoding;
    await session.tell("initialized", {});
    return session;
  }

  /** Asks; `token` can take it back. */
  ask(method, ...paramsAndToken) {
    return this.connection.sendRequest(method, ...paramsAndToken);
  }

  tell(method, ...params) {
    return this.connection.sendNotification(method, ...params);
  }

  /** Sends bytes past the library. */
  bytes(bytes) {
    this.process.stdin.write(bytes);
  }

  #take(message) {
    const at = this.#waiting.findIndex(({ wanted }) => wanted(message));
    if (at === -1) this.#unread.push(message);
    else this.#waiting.splice(at, 1)[0].found(message);
  }

  /** The next notification that is wanted; what was not read before counts. */
  async next(method, wanted = () => true) {
    const of = (message) => message.method === method && wanted(message.params);
    const at = this.#unread.findIndex(of);
    if (at !== -1) return this.#unread.splice(at, 1)[0].params;
    return new Promise((found, failed) => {
      const timer = setTimeout(() => failed(new Error(`waited in vain for ${method}; ${this.complaints}`)), PATIENCE);
      const waiting = { wanted: of, found: (message) => (clearTimeout(timer), found(message.params)) };
      this.#waiting.push(waiting);
    });
  }

  /** Opens a text, and gives it back with positions. */
  openText(uri, text, languageId = "yaml") {
    this.#versions.set(uri, 1);
    this.tell("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    return new Text(text, this.encoding);
  }

  /** Changes a text; its new version. */
  change(uri, contentChanges) {
    const version = this.#versions.get(uri) + 1;
    this.#versions.set(uri, version);
    this.tell("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
    return version;
  }

  /** What is published about the last version; what was said of earlier ones is read on the way. */
  async published(uri, version = this.#versions.get(uri)) {
    for (;;) {
      const params = await this.next("textDocument/publishDiagnostics", (found) => found.uri === uri);
      assert.ok(params.version <= version, `published ${params.version}, sent ${version}`);
      if (params.version === version) return params.diagnostics;
    }
  }

  /** The server's text of a file. */
  content(uri) {
    return this.ask("remit/content", { uri });
  }

  decision(uri) {
    return this.ask("remit/decision", { uri });
  }

  at(method, uri, position, more = {}) {
    return this.ask(`textDocument/${method}`, { textDocument: { uri }, position, ...more });
  }

  actions(uri, range, diagnostics = []) {
    return this.ask("textDocument/codeAction", { textDocument: { uri }, range, context: { diagnostics } });
  }

  ignore(...methods) {
    methods.forEach((method) => this.ignored.add(method));
    return this;
  }

  /** Ends the session in order: nothing may be left unread, and the server leaves with 0. */
  async end() {
    assert.equal(await this.ask("shutdown"), null);
    await this.tell("exit");
    await this.left(0);
  }

  /** Waits until the server is gone. */
  async left(code) {
    const timer = setTimeout(() => this.process.kill("SIGKILL"), PATIENCE);
    assert.equal(await this.exited, code, this.complaints);
    clearTimeout(timer);
    this.abandon();
    const unread = this.#unread.filter(({ method }) => !this.ignored.has(method));
    assert.deepEqual(unread, [], "left unread");
    assert.equal(this.complaints, "");
  }

  abandon() {
    running.delete(this);
    this.process.kill("SIGKILL");
    this.connection.dispose();
  }
}
