//! A host that needs nothing: messages in, messages out. No thread, no clock, no disk; for wasm, and for tests.
//!
//! A driver hands every message of the client's to [`Server::handle`] and sends what comes back. When nothing more
//! comes for a few milliseconds, and [`Server::is_due`], it calls [`Server::pump`], until nothing is due: one piece
//! of work each time, so that a message which comes meanwhile does not wait. When [`Server::is_unsettled`] for a
//! second, it calls [`Server::settle`]. It ends when [`Server::ended`] says so.
//!
//! ```
//! use remit_protocol::Server;
//!
//! let mut server = Server::new(&[]);
//! let hello = r#"{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}"#;
//! let answers = server.handle(hello);
//! assert!(answers[0].contains(r#""id":1,"result""#));
//! while server.is_due() {
//!     server.pump();
//! }
//! ```

mod clients;
mod dispatch;
mod due;
mod files;
mod rpc;

pub use files::{FileText, FilesFed, FilesLacking, FilesParams, LackingParams};

use crate::abilities::ReadBy;
use crate::commands::{self, Outcome};
use crate::failure::Failure;
use crate::names::{Names, NoDisk};
use crate::publish::Publisher;
use crate::settings::Set;
use crate::state::State;
use crate::status::Statuses;
use crate::surrogates::without_halves;
use clients::Asked;
use due::Event;
use files::Asking;
use lsp_types::request::{Request, ShowDocument};
use lsp_types::{
    InitializeParams, InitializeResult, MessageType, ServerInfo, ShowMessageParams, TraceValue,
    notification::{Notification, ShowMessage},
};
use remit_service::{Date, Service};
use rpc::{Answer, Incoming, Params};
use std::collections::BTreeMap;

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    /// Nobody has spoken.
    New,
    /// The client has introduced itself.
    Open,
    /// It has shut the server down, and may say nothing but `exit`.
    ShutDown,
    /// It has said so: in order, or without shutting down first.
    Ended { in_order: bool },
}

/// A server that is driven from outside.
#[derive(Debug)]
pub struct Server {
    state: State,
    set: Set,
    life: Life,
    /// The day that the client says it is.
    today: Option<Date>,
    trace: bool,
    events: Vec<Event>,
    publisher: Publisher,
    statuses: Statuses,
    asking: Asking,
    /// Requests of the server's that wait for an answer, by their number.
    asked: BTreeMap<String, Asked>,
    last_id: u64,
    out: Vec<String>,
}

impl Server {
    /// A server to which nobody has spoken. `default_pack` holds the embedded pack's files, by their path inside it.
    pub fn new(default_pack: &[(&str, &[u8])]) -> Self {
        let names = Names::new(NoDisk::new(default_pack));
        Self {
            state: State::new(Service::new(default_pack), names),
            set: Set::default(),
            life: Life::New,
            today: None,
            trace: false,
            events: vec![],
            publisher: Publisher::default(),
            statuses: Statuses::default(),
            asking: Asking::default(),
            asked: BTreeMap::new(),
            last_id: 0,
            out: vec![],
        }
    }

    /// Takes a message of the client's, as JSON. What to send to the client, in order.
    pub fn handle(&mut self, message: &str) -> Vec<String> {
        if self.ended().is_some() {
            return vec![];
        }
        let whole = without_halves(message);
        match rpc::read(whole.as_deref().unwrap_or(message)) {
            Incoming::Request { id, method, params } => {
                let answer = self.request(&method, params);
                self.out.push(rpc::response(&id, &answer));
                self.traced(&method, Some(&id));
            }
            Incoming::Notification { method, params } => {
                self.notified(&method, params);
                self.traced(&method, None);
            }
            Incoming::Response { id, result } => self.answered(&id, result),
            Incoming::Garbage { id, failure } => self.out.push(rpc::response(&id, &Err(failure))),
        }
        std::mem::take(&mut self.out)
    }

    /// Whether the session is over, and with which code a process of its own would end: 0 in order, 1 without
    /// having been shut down.
    pub fn ended(&self) -> Option<i32> {
        match self.life {
            Life::Ended { in_order } => Some(i32::from(!in_order)),
            _ => None,
        }
    }

    fn request(&mut self, method: &str, params: Params<'_>) -> Answer {
        match (self.life, method) {
            (Life::New, "initialize") => self.initialize(&params.read()?),
            (Life::New, _) => Err(Failure::new(Failure::NOT_INITIALIZED, "the server is not initialized")),
            (Life::Open, "initialize") => {
                Err(Failure::new(Failure::INVALID_REQUEST, "the server is initialized already"))
            }
            (Life::Open, "shutdown") => {
                self.life = Life::ShutDown;
                rpc::answer(&())
            }
            (Life::Open, "workspace/executeCommand") => {
                let outcome = commands::run(&self.state.moment(), &params.read()?)?;
                self.run(outcome)
            }
            (Life::Open, _) => {
                let answer = dispatch::dispatch(&self.state.moment(), method, params);
                answer.unwrap_or_else(|| {
                    Err(Failure::new(Failure::METHOD, format!("there is no method `{method}`")))
                })
            }
            (Life::ShutDown | Life::Ended { .. }, _) => {
                Err(Failure::new(Failure::INVALID_REQUEST, "the server is shut down"))
            }
        }
    }

    fn initialize(&mut self, params: &InitializeParams) -> Answer {
        let mut faults = vec![];
        self.state.meet(params);
        self.set.begin(params, self.state.names(), &mut faults);
        if let Some(trace) = params.trace {
            self.trace = trace != TraceValue::Off;
        }
        self.configure();
        self.life = Life::Open;
        for fault in faults {
            self.say(MessageType::WARNING, fault);
        }
        rpc::answer(&InitializeResult {
            capabilities: self.state.abilities().offers(ReadBy::Client),
            server_info: Some(ServerInfo {
                name: "remit".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    fn run(&mut self, outcome: Outcome) -> Answer {
        match outcome {
            Outcome::Answer(answer) => return rpc::answer(&answer),
            Outcome::Say(how, message) => self.say(how, message),
            Outcome::Show(show) => self.ask(Asked::Nothing, ShowDocument::METHOD, &show),
        }
        rpc::answer(&())
    }

    /// Settings, roots or the day are others: the service gets them.
    fn configure(&mut self) {
        let config = self.set.config(self.state.names());
        if let Some(trace) = &self.set.now.trace {
            self.trace = trace != "off";
        }
        self.state.service.set_config(config);
        self.state.service.set_today(self.set.now.today.or(self.today));
        self.asking.changed();
    }

    fn tell<N: Notification>(&mut self, params: &N::Params) {
        self.out.push(rpc::notification(N::METHOD, params));
    }

    /// Tells people something.
    fn say(&mut self, typ: MessageType, message: String) {
        self.tell::<ShowMessage>(&ShowMessageParams { typ, message });
    }

    fn traced(&mut self, method: &str, id: Option<&rpc::Id>) {
        if self.trace {
            let id = id.map_or_else(String::new, |id| format!(" ({id})"));
            let line = serde_json::json!({"message": format!("{method}{id}")});
            self.out.push(rpc::notification("$/logTrace", &line));
        }
    }
}
