//! A client in the same process, over a pair of pipes. It ends in order, and fails the test if the server sent
//! anything that the test did not read or say that it ignores.

use remit_lsp::{Ended, Host};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, WriteHalf};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Nothing takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Client {
    input: Option<WriteHalf<DuplexStream>>,
    output: mpsc::UnboundedReceiver<Value>,
    unread: VecDeque<Value>,
    ignored: Vec<&'static str>,
    /// Files that were closed: what was said of them is taken back whenever the server gets to it.
    closed: Vec<String>,
    last_id: i64,
    server: Option<JoinHandle<Ended>>,
    pub(crate) offers: Value,
}

/// How a client introduces itself.
pub(crate) struct Intro {
    pub(crate) capabilities: Value,
    pub(crate) options: Value,
    pub(crate) roots: Vec<String>,
}

impl Default for Intro {
    fn default() -> Self {
        // Decisions come after every publication: tests that look at them say so.
        Self { capabilities: json!({}), options: json!({"decisions": false}), roots: vec![] }
    }
}

pub(crate) fn utf8() -> Value {
    json!({"general": {"positionEncodings": ["utf-8", "utf-16"]}})
}

impl Client {
    /// A server that nobody has spoken to.
    pub(crate) fn silent() -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (reading, writing) = tokio::io::split(theirs);
        let host = Host { cache: None, ..Host::default() };
        let server = tokio::spawn(async move { remit_lsp::serve(reading, writing, &host).await });
        let (out, input) = tokio::io::split(ours);
        let (send, output) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut out = BufReader::new(out);
            while let Some(message) = read(&mut out).await {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            input: Some(input),
            output,
            unread: VecDeque::new(),
            ignored: vec!["remit/status"],
            closed: vec![],
            last_id: 0,
            server: Some(server),
            offers: Value::Null,
        }
    }

    pub(crate) async fn start() -> Self {
        Self::with(Intro::default()).await
    }

    pub(crate) async fn with(intro: Intro) -> Self {
        let mut client = Self::silent();
        let folders: Vec<Value> =
            intro.roots.iter().map(|uri| json!({"uri": uri, "name": uri.rsplit('/').next()})).collect();
        let params = json!({
            "processId": std::process::id(),
            "capabilities": intro.capabilities,
            "initializationOptions": intro.options,
            "workspaceFolders": folders,
            "rootUri": null,
        });
        client.offers = client.request("initialize", params).await.unwrap()["capabilities"].take();
        client.notify("initialized", json!({})).await;
        client
    }

    /// Messages that this test does not look at.
    pub(crate) fn ignore(mut self, method: &'static str) -> Self {
        self.ignored.push(method);
        self
    }

    pub(crate) fn look_at(mut self, method: &'static str) -> Self {
        self.ignored.retain(|ignored| *ignored != method);
        self
    }

    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) {
        self.input.as_mut().expect("the session is open").write_all(bytes).await.unwrap();
    }

    pub(crate) async fn send(&mut self, message: Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes()).await;
    }

    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params})).await;
    }

    /// Sends a request and does not wait; its id.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        let message = if params.is_null() {
            json!({"jsonrpc": "2.0", "id": id, "method": method})
        } else {
            json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
        };
        self.send(message).await;
        id
    }

    pub(crate) async fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let mut found = self.wait(|message| message["id"] == id && message.get("method").is_none()).await;
        match found.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(found["result"].take()),
        }
    }

    pub(crate) async fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    /// The next message of a method.
    pub(crate) async fn next(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method).await["params"].take()
    }

    /// Waits for a request of the server's and answers it; its content.
    pub(crate) async fn serve(&mut self, method: &str, result: Value) -> Value {
        let mut request = self.wait(|message| message["method"] == method).await;
        self.send(json!({"jsonrpc": "2.0", "id": request["id"], "result": result})).await;
        request["params"].take()
    }

    /// Whether a message only takes back what was said of a file that is closed by now.
    fn takes_back(&self, message: &Value) -> bool {
        let params = &message["params"];
        message["method"] == "textDocument/publishDiagnostics"
            && params["diagnostics"] == json!([])
            && params["version"].is_null()
            && self.closed.iter().any(|uri| params["uri"] == *uri)
    }

    async fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&wanted) {
            return self.unread.remove(at).expect("it was just found");
        }
        loop {
            let message = tokio::time::timeout(PATIENCE, self.output.recv()).await;
            let message = message.unwrap_or_else(|_| panic!("waited in vain; unread: {:#?}", self.unread));
            let message = message.unwrap_or_else(|| panic!("the server is gone; unread: {:#?}", self.unread));
            if self.takes_back(&message) {
                continue;
            }
            if wanted(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    /// What has come of some methods by now, in order.
    pub(crate) fn come(&mut self, methods: &[&str]) -> Vec<Value> {
        while let Ok(message) = self.output.try_recv() {
            self.unread.push_back(message);
        }
        let wanted = |message: &Value| message["method"].as_str().is_some_and(|name| methods.contains(&name));
        let (come, left): (VecDeque<Value>, VecDeque<Value>) = self.unread.drain(..).partition(wanted);
        self.unread = left;
        come.into()
    }

    /// What is published about a version; what was said about earlier ones is read on the way.
    pub(crate) async fn published(&mut self, uri: &str, version: i64) -> Value {
        loop {
            let mut params = self.next("textDocument/publishDiagnostics").await;
            assert_eq!(params["uri"], uri);
            let of = params["version"].as_i64();
            assert!(of.is_none_or(|of| of <= version), "published {of:?}, sent {version}");
            if of == Some(version) {
                return params["diagnostics"].take();
            }
        }
    }

    pub(crate) async fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "yaml", 1, text).await;
    }

    pub(crate) async fn open_as(&mut self, uri: &str, language: &str, version: i64, text: &str) {
        let file = json!({"uri": uri, "languageId": language, "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": file})).await;
    }

    pub(crate) async fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let file = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": file, "contentChanges": changes})).await;
    }

    pub(crate) async fn close(&mut self, uri: &str) {
        self.closed.push(uri.to_owned());
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}})).await;
    }

    /// The server's text of a file.
    pub(crate) async fn text(&mut self, uri: &str) -> Value {
        self.request("remit/content", json!({"uri": uri})).await.unwrap()
    }

    pub(crate) async fn decision(&mut self, uri: &str) -> Value {
        self.request("remit/decision", json!({"uri": uri})).await.unwrap()
    }

    /// Asks about a place.
    pub(crate) async fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let params =
            json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
        self.request(method, params).await.unwrap()
    }

    /// Ends the session in order. Nothing may be left unread.
    pub(crate) async fn end(mut self) {
        assert_eq!(self.request("shutdown", Value::Null).await, Ok(Value::Null));
        self.notify("exit", Value::Null).await;
        assert_eq!(self.ended().await, Ended::InOrder);
    }

    /// Waits until the server has ended, and looks at what is left unread.
    pub(crate) async fn ended(&mut self) -> Ended {
        let server = self.server.take().expect("it ends once");
        let ended = tokio::time::timeout(PATIENCE, server).await.expect("the server ends").unwrap();
        while let Some(message) = self.output.recv().await {
            if !self.takes_back(&message) {
                self.unread.push_back(message);
            }
        }
        let ignored =
            |message: &Value| message["method"].as_str().is_some_and(|method| self.ignored.contains(&method));
        self.unread.retain(|message| !ignored(message));
        assert!(self.unread.is_empty(), "left unread: {:#?}", self.unread);
        ended
    }

    /// The client dies: both of its pipes are closed.
    pub(crate) async fn die(&mut self) {
        self.input.take().expect("it dies once").shutdown().await.unwrap();
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        assert!(
            self.server.is_none() || std::thread::panicking(),
            "a session has to be ended: call `end` or `ended`"
        );
    }
}

async fn read(out: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if out.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().unwrap(),
            Some(header) => panic!("a strange header: {header:?}"),
            None => break,
        }
    }
    let mut body = vec![0; length];
    out.read_exact(&mut body).await.ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// A folder with files that is gone after the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Its name has what URIs have to escape.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("remit 100% ä🦀 {} {count}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        files.iter().for_each(|(path, bytes)| folder.write(path, bytes));
        fs::create_dir_all(&folder.0).unwrap();
        folder
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.0.join(path)).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn root(&self) -> String {
        tower_lsp::lsp_types::Url::from_file_path(&self.0).unwrap().into()
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        tower_lsp::lsp_types::Url::from_file_path(self.0.join(path)).unwrap().into()
    }

    pub(crate) fn intro(&self) -> Intro {
        Intro { roots: vec![self.root()], ..Intro::default() }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The files of the default pack, below a folder.
pub(crate) fn default_pack(folder: &str) -> Vec<(String, Vec<u8>)> {
    remit_rules::FILES.iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes.to_vec())).collect()
}

impl Client {
    /// The next answer to something that had no id.
    pub(crate) async fn next_refusal(&mut self) -> Value {
        self.wait(|message| message.get("method").is_none() && message.get("error").is_some()).await["error"]
            .take()
    }
}
