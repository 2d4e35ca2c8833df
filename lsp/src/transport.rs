//! The session: reads messages, hands each to the service as it is read, writes what comes back.
//!
//! Every handler is polled once, here, before the next message is read. So whatever a handler does before its
//! first `await` happens in the order in which the client spoke: changes are applied, snapshots are taken, and
//! requests are cancelled, however many requests are still being answered. (tower-lsp's own loop stops reading
//! when a few handlers wait, and orders nothing after that.) How much is computed at once, `work` decides.

use crate::frames::{self, Frame, Reader};
use crate::trace::Trace;
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use serde::Deserialize as _;
use serde_json::Value;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, BufWriter};
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, ExitedError, LanguageServer, LspService};
use tower_service::Service as _;

/// At the end, what is still to be written gets this long.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The client shut the server down first, as it should.
    InOrder,
    /// It said `exit` without that, or went away.
    Abruptly,
}

enum Out {
    Response(Response),
    /// Everything before it is written, then writing ends.
    Close,
}

type Outbox = mpsc::UnboundedSender<Out>;
type Asked = Arc<Mutex<HashSet<Id>>>;

/// Runs a session until the client ends it, goes away, or `gone` resolves.
pub(crate) async fn run<S: LanguageServer>(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    service: LspService<S>,
    socket: ClientSocket,
    trace: Trace,
    gone: impl Future<Output = ()>,
) -> Ended {
    let (outbox, out) = mpsc::unbounded_channel();
    let asked = Asked::default();
    let (requests, responses) = socket.split();
    let writer = tokio::spawn(write_all(output, out, requests, Arc::clone(&asked)));
    let mut session = Session { service, outbox: outbox.clone(), asked, trace, shut_down: false };
    let ended = tokio::select! {
        ended = session.read_all(Reader::new(input), responses) => ended,
        () = gone => Ended::Abruptly,
    };
    let _ = outbox.send(Out::Close);
    let _ = tokio::time::timeout(LAST_WORDS, writer).await;
    ended
}

struct Session<S> {
    service: LspService<S>,
    outbox: Outbox,
    /// Ids of the server's own requests that wait for an answer.
    asked: Asked,
    trace: Trace,
    shut_down: bool,
}

impl<S: LanguageServer> Session<S> {
    async fn read_all(
        &mut self,
        mut reader: Reader<impl AsyncRead + Unpin>,
        mut responses: impl futures_util::Sink<Response, Error = ExitedError> + Unpin,
    ) -> Ended {
        while let Ok(Some(frame)) = reader.next().await {
            let message = match frame {
                Frame::Message(message) => message,
                Frame::Garbage(why) => {
                    self.refuse(Id::Null, Error { message: why.into(), ..Error::parse_error() });
                    continue;
                }
            };
            let is_request = message.get("method").is_some_and(Value::is_string);
            if !is_request && (message.get("result").is_some() || message.get("error").is_some()) {
                if let Some(response) = self.answer_to_us(message) {
                    let _ = responses.send(response).await;
                }
                continue;
            }
            let id = message.get("id").and_then(|id| Id::deserialize(id).ok()).unwrap_or_default();
            match serde_json::from_value::<Request>(message) {
                Ok(request) if request.method() == "exit" => return self.end(),
                Ok(request) if is_request => self.take(request),
                _ => self.refuse(id, Error::invalid_request()),
            }
        }
        self.end()
    }

    fn end(&self) -> Ended {
        if self.shut_down { Ended::InOrder } else { Ended::Abruptly }
    }

    fn refuse(&self, id: Id, error: Error) {
        let _ = self.outbox.send(Out::Response(Response::from_error(id, error)));
    }

    /// A response, if it answers a request of ours that is still open: others would upset tower-lsp.
    fn answer_to_us(&self, mut message: Value) -> Option<Response> {
        // Both at once, or no version, is how some clients answer; what they mean is clear.
        if let Value::Object(fields) = &mut message {
            fields.insert("jsonrpc".into(), "2.0".into());
            if fields.get("error").is_some_and(Value::is_null) {
                fields.remove("error");
            } else if fields.contains_key("error") {
                fields.remove("result");
            }
        }
        let response: Response = serde_json::from_value(message).ok()?;
        let ours = self.asked.lock().unwrap_or_else(PoisonError::into_inner).remove(response.id());
        ours.then_some(response)
    }

    /// Hands a request or notification over, and polls its handler once.
    fn take(&mut self, request: Request) {
        let began = Instant::now();
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        let service = &mut self.service;
        let first = catch_unwind(AssertUnwindSafe(move || {
            let mut future = service.call(request);
            let polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            (future, polled)
        }));
        match first {
            Ok((_, Poll::Ready(answer))) => {
                self.trace.answered(&method, id.as_ref(), began);
                // Not where it was refused, because nobody had said hello.
                let done = matches!(&answer, Ok(Some(response)) if response.is_ok());
                self.shut_down |= method == "shutdown" && done;
                send(&self.outbox, answer);
            }
            Ok((future, Poll::Pending)) => {
                let (outbox, trace) = (self.outbox.clone(), self.trace.clone());
                tokio::spawn(async move {
                    let answer = AssertUnwindSafe(future).catch_unwind().await;
                    trace.answered(&method, id.as_ref(), began);
                    match (answer, id) {
                        (Ok(answer), _) => send(&outbox, answer),
                        (Err(_), Some(id)) => {
                            let error = Response::from_error(id, Error::internal_error());
                            let _ = outbox.send(Out::Response(error));
                        }
                        (Err(_), None) => {}
                    }
                });
            }
            Err(_) => {
                if let Some(id) = id {
                    self.refuse(id, Error::internal_error());
                }
            }
        }
    }
}

fn send(outbox: &Outbox, answer: Result<Option<Response>, ExitedError>) {
    if let Ok(Some(response)) = answer {
        let _ = outbox.send(Out::Response(response));
    }
}

async fn write_all(
    output: impl AsyncWrite + Unpin,
    mut out: mpsc::UnboundedReceiver<Out>,
    mut requests: impl futures_util::Stream<Item = Request> + Unpin,
    asked: Asked,
) {
    let mut output = BufWriter::new(output);
    loop {
        let message = tokio::select! {
            message = out.recv() => match message {
                Some(Out::Response(response)) => serde_json::to_vec(&response),
                Some(Out::Close) | None => return,
            },
            Some(request) = requests.next() => {
                if let Some(id) = request.id() {
                    asked.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone());
                }
                serde_json::to_vec(&request)
            }
        };
        let Ok(message) = message else { continue };
        if frames::write(&mut output, &message).await.is_err() {
            return;
        }
    }
}
