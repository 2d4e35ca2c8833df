//! The native server and the synchronous one say the same: one random session with both.

use crate::basics::DRAFT;
use crate::edits::{Buffer, Dice};
use crate::harness::{Client, Folder, Intro, default_pack};
use remit_protocol::Server;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

/// What is told without being asked, and is told by both.
const TOLD: [&str; 3] = ["textDocument/publishDiagnostics", "remit/decision", "remit/status"];
/// Even on a busy machine, the native server has said all by then.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was told last: of each file its diagnostics and its decision, and how it stands with packs.
type Told = BTreeMap<String, Value>;

/// The first place where two values differ.
fn difference(one: &Value, other: &Value, at: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(fields), Value::Object(others)) => {
            let keys: BTreeSet<&String> = fields.keys().chain(others.keys()).collect();
            keys.into_iter().find_map(|key| difference(&one[key], &other[key], &format!("{at}/{key}")))
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            let mut pairs = items.iter().zip(others).enumerate();
            pairs.find_map(|(number, (item, other))| difference(item, other, &format!("{at}/{number}")))
        }
        _ if one == other => None,
        _ => Some(format!("{at}: {one} != {other}")),
    }
}

fn take(told: &mut Told, message: &Value) {
    let (method, params) = (message["method"].as_str().unwrap(), &message["params"]);
    let key = format!("{method} {}", params["uri"].as_str().unwrap_or_default());
    told.insert(key, params.clone());
}

/// The synchronous server, with its driver and its client.
struct Alone {
    server: Server,
    inbox: VecDeque<Value>,
    told: Told,
    last_id: i64,
}

impl Alone {
    fn send(&mut self, message: &Value) {
        let out = self.server.handle(&message.to_string());
        self.receive(out);
    }

    fn receive(&mut self, out: Vec<String>) {
        for text in out {
            let message: Value = serde_json::from_str(&text).unwrap();
            match message["method"].as_str() {
                Some("remit/lacking") => {
                    let uris: Vec<String> =
                        serde_json::from_value(message["params"]["uris"].clone()).unwrap();
                    self.feed(&uris);
                }
                Some(method) if TOLD.contains(&method) => take(&mut self.told, &message),
                _ => self.inbox.push_back(message),
            }
        }
    }

    fn feed(&mut self, uris: &[String]) {
        let read = |uri: &String| {
            let path = tower_lsp::lsp_types::Url::parse(uri).unwrap().to_file_path().ok()?;
            std::fs::read_to_string(path).ok()
        };
        let files: Vec<Value> = uris.iter().map(|uri| json!({"uri": uri, "text": read(uri)})).collect();
        self.send(&json!({"jsonrpc": "2.0", "method": "remit/files", "params": {"files": files}}));
    }

    fn rest(&mut self) {
        while self.server.is_due() {
            let out = self.server.pump();
            self.receive(out);
        }
    }

    fn request(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
        self.last_id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}));
        let at = self.inbox.iter().position(|message| message["id"] == self.last_id);
        let mut answer = self.inbox.remove(at.expect("an answer comes at once")).unwrap();
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["result"].take()),
        }
    }
}

struct Both {
    native: Client,
    native_told: Told,
    alone: Alone,
}

impl Both {
    async fn start(intro: Intro, found: &[String]) -> Self {
        let mut alone = Alone {
            server: Server::new(remit_rules::FILES),
            inbox: VecDeque::new(),
            told: Told::new(),
            last_id: 0,
        };
        let folders: Vec<Value> = intro.roots.iter().map(|uri| json!({"uri": uri, "name": "w"})).collect();
        let params = json!({
            "processId": null,
            "capabilities": intro.capabilities,
            "initializationOptions": intro.options,
            "workspaceFolders": folders,
        });
        let mut offers = alone.request("initialize", &params).unwrap()["capabilities"].take();
        alone.send(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
        alone.feed(found);
        let native = Client::with(intro).await.look_at("remit/status");
        assert_eq!(offers["experimental"]["remit"]["files"], "client");
        offers["experimental"]["remit"]["files"] = json!("server");
        assert_eq!(native.offers, offers);
        Self { native, native_told: Told::new(), alone }
    }

    async fn notify(&mut self, method: &str, params: Value) {
        self.alone.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
        self.native.notify(method, params).await;
    }

    /// Both have said all that there is to say, and it is the same.
    async fn settle(&mut self, when: &str) {
        let began = Instant::now();
        loop {
            self.alone.rest();
            for message in self.native.come(&TOLD) {
                take(&mut self.native_told, &message);
            }
            if self.native_told == self.alone.told {
                return;
            }
            if began.elapsed() > PATIENCE {
                let keys: BTreeSet<&String> = self.alone.told.keys().chain(self.native_told.keys()).collect();
                let of = |told: &Told, key: &str| told.get(key).cloned().unwrap_or_default();
                let differences = keys.into_iter().filter_map(|key| {
                    let (alone, native) = (of(&self.alone.told, key), of(&self.native_told, key));
                    difference(&alone, &native, key)
                });
                panic!(
                    "{when}: told otherwise by the synchronous and the native server:\n{}",
                    differences.collect::<Vec<_>>().join("\n")
                );
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    async fn ask(&mut self, method: &str, params: Value, when: &str) {
        let alone = self.alone.request(method, &params);
        let native = self.native.request(method, params.clone()).await;
        let whole = |answer: Result<Value, Value>| {
            answer.map_or_else(|error| json!({"error": error}), |found| json!({"result": found}))
        };
        if let Some(difference) = difference(&whole(alone), &whole(native), "") {
            panic!("{when}: {method} {params}:\n{difference}");
        }
    }

    /// Until the native server has found the same files.
    async fn search(&mut self) {
        let began = Instant::now();
        let params = json!({"query": ""});
        self.alone.rest();
        let found = self.alone.request("workspace/symbol", &params);
        while self.native.request("workspace/symbol", params.clone()).await != found {
            assert!(began.elapsed() < PATIENCE, "the native server does not find all files");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

struct Open {
    uri: String,
    language: &'static str,
    version: i64,
    start: String,
    buffer: Buffer,
}

impl Open {
    fn is_of_a_pack(&self) -> bool {
        !self.uri.contains(".intake.")
    }
}

const METHODS: [&str; 24] = [
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/codeAction",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/references",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/documentLink",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/signatureHelp",
    "workspace/symbol",
    "remit/decision",
    "remit/content",
    "remit/questions",
    "remit/explain",
    "remit/answer",
    "remit/newIntake",
];

/// Params that suit every method: each reads its own part.
fn params(method: &str, file: &Open, marks: &Value, dice: &mut Dice) -> Value {
    let place = |dice: &mut Dice| file.buffer.position(file.buffer.place(dice));
    let position = place(dice);
    let (one, other) = (place(dice), place(dice));
    let line = |place: &Value| (place["line"].as_u64(), place["character"].as_u64());
    let (start, end) = if line(&one) <= line(&other) { (one, other) } else { (other, one) };
    let path = ["environment", "service.owner", "exposure.changes", "no.such"][dice.below(4)];
    let value = ["production", "yes", "Dana ä"][dice.below(3)];
    let mut params = json!({
        "uri": file.uri,
        "textDocument": {"uri": file.uri},
        "position": position,
        "positions": [position, start],
        "range": {"start": start, "end": end},
        "newName": "another-name",
        "query": "in",
        "path": path,
        "value": value,
    });
    match method {
        "textDocument/references" => params["context"] = json!({"includeDeclaration": dice.below(2) == 0}),
        "textDocument/codeAction" => params["context"] = json!({"diagnostics": marks}),
        _ => {}
    }
    params
}

fn rich() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "window": {"showDocument": {"support": true}},
        "workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
        "textDocument": {
            "completion": {"completionItem": {
                "snippetSupport": true,
                "insertTextModeSupport": {"valueSet": [1, 2]},
            }},
            "hover": {"contentFormat": ["markdown"]},
            "publishDiagnostics": {"relatedInformation": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "semanticTokens": {
                "multilineTokenSupport": true,
                "requests": {"full": true, "range": true},
                "tokenTypes": [],
                "tokenModifiers": [],
                "formats": ["relative"],
            },
        },
    })
}

async fn session(capabilities: Value, utf8: bool, seed: u64, steps: usize) {
    let mut files = default_pack("p ä");
    files.push(("p ä/a.intake.yaml".to_owned(), DRAFT.into()));
    files.push((
        "b.intake.json".to_owned(),
        br#"{"environment": "production", "exposure": {"changes": true}}"#.into(),
    ));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let folder = Folder::new(&files);
    let by_name = [".intake.yaml", ".intake.json", ".case.yaml", ".rhai", "/remit.yaml"];
    let found: Vec<String> = files
        .iter()
        .filter(|(path, _)| by_name.iter().any(|end| path.ends_with(end)))
        .map(|(path, _)| folder.uri(path))
        .collect();
    let options = json!({
        "today": "2026-11-20",
        "virtualDocuments": true,
        "commands": ["editor.action.triggerSuggest", "remit.showPlaces", "remit.runTests"],
    });
    let mut both = Both::start(Intro { capabilities, options, roots: vec![folder.root()] }, &found).await;
    both.search().await;

    let mut open: Vec<Open> = vec![];
    for (path, language) in [
        ("p ä/a.intake.yaml", "yaml"),
        ("b.intake.json", "json"),
        ("p ä/topics/tiers.rhai", "remit-rules"),
        ("p ä/tests/tiers.case.yaml", "remit-case"),
        ("p ä/catalogue.yaml", "yaml"),
        ("p ä/remit.yaml", "yaml"),
        ("p ä/intake.schema.json", "json"),
        ("untitled:Untitled-1", "remit-intake"),
        ("p ä/notes.yaml", "yaml"),
    ] {
        let start = files.iter().find(|(known, _)| *known == path);
        let start = start.map_or(DRAFT.to_owned(), |(_, bytes)| String::from_utf8(bytes.to_vec()).unwrap());
        let uri = if path.contains(':') { path.to_owned() } else { folder.uri(path) };
        let buffer = Buffer { text: start.chars().collect(), utf8 };
        let file = json!({"uri": uri, "languageId": language, "version": 1, "text": start});
        both.notify("textDocument/didOpen", json!({"textDocument": file})).await;
        both.settle(&format!("{path} is open")).await;
        open.push(Open { uri, language, version: 1, start, buffer });
    }
    let mut dice = Dice(seed);
    for step in 0..steps {
        let when = format!("step {step} of seed {seed:#x}");
        let at = dice.below(open.len());
        let file = &mut open[at];
        file.version += 1;
        let identity = json!({"uri": file.uri, "version": file.version});
        let changes = if dice.below(8) == 0 {
            // Back to something whole.
            file.buffer.text = file.start.chars().collect();
            json!([{"text": file.start}])
        } else {
            let changes: Vec<Value> = (0..=dice.below(3)).map(|_| file.buffer.edit(&mut dice).0).collect();
            json!(changes)
        };
        both.notify("textDocument/didChange", json!({"textDocument": identity, "contentChanges": changes}))
            .await;
        // Which version of a pack was the last good one hangs on when it is looked at.
        if file.is_of_a_pack() || step % 5 == 0 {
            both.settle(&when).await;
        }
        for _ in 0..3 {
            let file = &open[dice.below(open.len())];
            let key = format!("{} {}", TOLD[0], file.uri);
            let marks = both.alone.told.get(&key).map_or(json!([]), |told| told["diagnostics"].clone());
            let method = METHODS[dice.below(METHODS.len())];
            let params = params(method, file, &marks, &mut dice);
            both.ask(method, params, &when).await;
        }
        if step % 40 == 39 {
            both.ask("remit/tests", json!({"uri": null}), &when).await;
            both.ask("remit/packs", json!({}), &when).await;
            both.ask(
                "remit/explain",
                json!({"uri": open[0].uri, "target": "tier", "reader": "auditor"}),
                &when,
            )
            .await;
            let command = json!({"command": "remit.decision", "arguments": [open[0].uri]});
            both.ask("workspace/executeCommand", command, &when).await;
            let settings = json!({"remit": {"typeHints": step % 80 == 39, "lint": {"readiness": "warning"}}});
            both.notify("workspace/didChangeConfiguration", json!({"settings": settings})).await;
            both.settle(&when).await;
        }
        if step % 60 == 59 {
            // One is closed without being saved, and opened again.
            both.settle(&when).await;
            let file = &mut open[at];
            both.notify("textDocument/didClose", json!({"textDocument": {"uri": file.uri}})).await;
            both.settle(&when).await;
            file.buffer.text = file.start.chars().collect();
            file.version += 1;
            let again = json!({
                "uri": file.uri, "languageId": file.language, "version": file.version, "text": file.start,
            });
            both.notify("textDocument/didOpen", json!({"textDocument": again})).await;
            both.settle(&when).await;
        }
    }
    for file in &mut open {
        file.version += 1;
        let identity = json!({"uri": file.uri, "version": file.version});
        let change = json!({"textDocument": identity, "contentChanges": [{"text": file.start}]});
        both.notify("textDocument/didChange", change).await;
        both.settle("everything is whole again").await;
    }
    both.ask("remit/runTests", json!({"uri": open[0].uri, "coverage": true}), "at the end").await;
    both.ask("remit/instead", json!({"uri": open[0].uri, "goals": ["tier=3"]}), "at the end").await;
    let report = both.alone.request("remit/decision", &json!({"uri": open[0].uri})).unwrap();
    let places: Vec<&Value> =
        report["trace"].as_array().unwrap().iter().map(|trace| &trace["location"]).collect();
    both.ask("remit/locate", json!({"locations": places}), "at the end").await;
    let spoken_of = |file: &Open| both.alone.told.contains_key(&format!("{} {}", TOLD[0], file.uri));
    assert!(open.iter().filter(|file| !file.uri.contains("notes")).all(spoken_of));
    // What was equal may be said once more.
    let ignored = TOLD.into_iter().chain(["window/showMessage"]);
    ignored.fold(both.native, Client::ignore).end().await;
}

#[tokio::test]
async fn both_servers_say_the_same_to_a_client_that_can_much() {
    session(rich(), true, 0x5EED_0011, 80).await;
}

#[tokio::test]
async fn both_servers_say_the_same_to_a_client_that_can_little() {
    session(json!({}), false, 0x5EED_0012, 80).await;
}
