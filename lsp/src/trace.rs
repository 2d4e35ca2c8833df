//! `$/setTrace`: how long each message took, said to the client when it asks for it.

use remit_protocol::lsp_types::notification::Notification;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::Id;

/// Whether to trace, and where to.
#[derive(Debug, Clone)]
pub(crate) struct Trace {
    on: Arc<AtomicBool>,
    lines: mpsc::UnboundedSender<String>,
}

/// `$/logTrace`.
pub(crate) enum LogTrace {}

impl Notification for LogTrace {
    type Params = Value;
    const METHOD: &'static str = "$/logTrace";
}

impl Trace {
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<String>) {
        let (lines, received) = mpsc::unbounded_channel();
        (Self { on: Arc::default(), lines }, received)
    }

    /// `off`, `messages` or `verbose`.
    pub(crate) fn set(&self, value: &str) {
        self.on.store(value != "off", Ordering::Relaxed);
    }

    /// A message was answered.
    pub(crate) fn answered(&self, method: &str, id: Option<&Id>, began: Instant) {
        if self.on.load(Ordering::Relaxed) {
            let took = began.elapsed().as_secs_f64() * 1000.0;
            let id = id.map_or_else(String::new, |id| format!(" ({id})"));
            let _ = self.lines.send(format!("{method}{id} took {took:.1} ms"));
        }
    }

    /// As the notification's content.
    pub(crate) fn params(line: &str) -> Value {
        json!({ "message": line })
    }
}
