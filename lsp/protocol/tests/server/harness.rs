//! A client with files in memory, and the driver that a host would have. It answers what it is asked for, and
//! fails the test if the server said anything that the test did not read or say that it ignores.

use remit_protocol::Server;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// An intake that has most of its questions open.
pub(crate) const DRAFT: &str =
    "service:\n  name: api ä🦀\nenvironment: production\nexposure:\n  internet: true\n";

pub(crate) struct Client {
    pub(crate) server: Server,
    /// What the client has, by URI.
    pub(crate) disk: BTreeMap<String, String>,
    /// It answers `remit/lacking` at once.
    pub(crate) reads: bool,
    unread: VecDeque<Value>,
    ignored: Vec<&'static str>,
    last_id: i64,
}

impl Client {
    /// A server that nobody has spoken to.
    pub(crate) fn silent() -> Self {
        Self {
            server: Server::new(remit_rules::FILES),
            disk: BTreeMap::new(),
            reads: true,
            unread: VecDeque::new(),
            ignored: vec!["remit/status"],
            last_id: 0,
        }
    }

    pub(crate) fn start() -> Self {
        Self::with(&json!({}), &json!({"decisions": false, "today": "2026-11-20"}), &[])
    }

    pub(crate) fn with(capabilities: &Value, options: &Value, roots: &[&str]) -> Self {
        let mut client = Self::silent();
        let folders: Vec<Value> = roots.iter().map(|uri| json!({"uri": uri, "name": uri})).collect();
        let params = json!({
            "processId": null,
            "capabilities": capabilities,
            "initializationOptions": options,
            "workspaceFolders": folders,
            "rootUri": null,
        });
        client.request("initialize", &params).unwrap();
        client.notify("initialized", &json!({}));
        client
    }

    pub(crate) fn ignore(mut self, method: &'static str) -> Self {
        self.ignored.push(method);
        self
    }

    pub(crate) fn look_at(mut self, method: &'static str) -> Self {
        self.ignored.retain(|ignored| *ignored != method);
        self
    }

    /// Hands a text over, as it is.
    pub(crate) fn send(&mut self, text: &str) {
        let out = self.server.handle(text);
        self.receive(out);
    }

    fn receive(&mut self, out: Vec<String>) {
        for text in out {
            let message: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(message["jsonrpc"], "2.0", "{message}");
            if message["method"] == "remit/lacking" && self.reads {
                let uris: Vec<String> = serde_json::from_value(message["params"]["uris"].clone()).unwrap();
                let uris: Vec<&str> = uris.iter().map(String::as_str).collect();
                self.feed(&uris);
            } else {
                self.unread.push_back(message);
            }
        }
    }

    /// Says how it stands with files.
    pub(crate) fn feed(&mut self, uris: &[&str]) {
        let files: Vec<Value> =
            uris.iter().map(|uri| json!({"uri": uri, "text": self.disk.get(*uri)})).collect();
        self.notify("remit/files", &json!({"files": files}));
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string());
        let at =
            self.unread.iter().position(|message| message["id"] == id && message.get("method").is_none());
        let mut answer = self.unread.remove(at.expect("an answer comes at once")).unwrap();
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["result"].take()),
        }
    }

    /// What the last message that is no request was answered with.
    pub(crate) fn refusal(&mut self) -> Value {
        let is = |message: &Value| message.get("method").is_none() && message.get("error").is_some();
        let at = self.unread.iter().position(is).expect("something was refused");
        self.unread.remove(at).unwrap()
    }

    /// Nothing more comes: the server does what is due.
    pub(crate) fn rest(&mut self) {
        for _ in 0..10_000 {
            if !self.server.is_due() {
                return;
            }
            let out = self.server.pump();
            self.receive(out);
        }
        panic!("something is due for ever");
    }

    /// A second passes.
    pub(crate) fn wait(&mut self) {
        self.rest();
        while self.server.is_unsettled() {
            let out = self.server.settle();
            self.receive(out);
            self.rest();
        }
    }

    /// The next message of a method, if there is one.
    pub(crate) fn maybe(&mut self, method: &str) -> Option<Value> {
        self.rest();
        let at = self.unread.iter().position(|message| message["method"] == method)?;
        let mut message = self.unread.remove(at).unwrap();
        match message.get("id").cloned() {
            Some(id) => Some(json!({"id": id, "params": message["params"].take()})),
            None => Some(message["params"].take()),
        }
    }

    pub(crate) fn next(&mut self, method: &str) -> Value {
        let found = self.maybe(method);
        found.unwrap_or_else(|| panic!("no {method} comes; unread: {:#?}", self.unread))
    }

    /// The last message of a method.
    pub(crate) fn last(&mut self, method: &str) -> Value {
        let mut last = self.next(method);
        while let Some(later) = self.maybe(method) {
            last = later;
        }
        last
    }

    /// Answers a request of the server's; its content.
    pub(crate) fn serve(&mut self, method: &str, result: &Value) -> Value {
        let mut request = self.next(method);
        self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": result}).to_string());
        request["params"].take()
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "yaml", text);
    }

    pub(crate) fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        let file = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": file}));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: &Value) {
        let file = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", &json!({"textDocument": file, "contentChanges": changes}));
    }

    /// The server's text of a file.
    pub(crate) fn text(&mut self, uri: &str) -> Value {
        self.request("remit/content", &json!({"uri": uri})).unwrap()
    }

    pub(crate) fn decision(&mut self, uri: &str) -> Value {
        self.request("remit/decision", &json!({"uri": uri})).unwrap()
    }

    /// The pack of an open file, as it was told last.
    pub(crate) fn pack(&mut self, uri: &str) -> Value {
        let status = self.last("remit/status");
        let files = status["files"].as_array().unwrap();
        files.iter().find(|file| file["uri"] == uri).unwrap()["pack"].clone()
    }

    /// Ends the session in order. Nothing may be left unread.
    pub(crate) fn end(mut self) {
        self.rest();
        assert_eq!(self.request("shutdown", &Value::Null), Ok(Value::Null));
        self.notify("exit", &Value::Null);
        assert_eq!(self.server.ended(), Some(0));
        let ignored = &self.ignored;
        let mut unread = self.unread;
        unread.retain(|message| !message["method"].as_str().is_some_and(|method| ignored.contains(&method)));
        assert!(unread.is_empty(), "left unread: {unread:#?}");
    }
}

/// The files of the default pack, below a folder, with another name.
pub(crate) fn pack(folder: &str, name: &str) -> Vec<(String, String)> {
    let files = remit_rules::FILES.iter();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    files
        .map(|(path, bytes)| {
            let text = match *path {
                "remit.yaml" => text(bytes).replace("name: default", &format!("name: {name}")),
                _ => text(bytes),
            };
            (format!("{folder}/{path}"), text)
        })
        .collect()
}
