//! What all parts of a session share.

use crate::builtin::BuiltIn;
use crate::diagnostics::Event;
use crate::disk::Disk;
use crate::names;
use crate::trace::Trace;
use crate::work::Workers;
use remit_protocol::{Abilities, Failure, Moment, Names, Set, State};
use remit_service::Service;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, watch};
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

/// What a session starts with.
#[derive(Debug, Clone)]
pub struct Host {
    /// The files of the pack that decides where there is no other.
    pub default_pack: &'static [(&'static str, &'static [u8])],
    /// A folder for files that may vanish; the embedded pack is written there for editors to show.
    pub cache: Option<PathBuf>,
}

impl Default for Host {
    fn default() -> Self {
        Self { default_pack: remit_rules::FILES, cache: crate::builtin::cache_folder() }
    }
}

/// Shared by handlers and tasks.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) client: Client,
    pub(crate) workers: Workers,
    pub(crate) trace: Trace,
    pub(crate) disk: Disk,
    state: Mutex<State>,
    settings: Mutex<Set>,
    events: mpsc::UnboundedSender<Event>,
    /// The client's process; 0 where it did not say.
    pub(crate) process: AtomicU32,
    /// Becomes true at the end of the session.
    ended: watch::Sender<bool>,
}

impl Shared {
    pub(crate) fn new(
        client: Client,
        host: &Host,
        trace: Trace,
        events: mpsc::UnboundedSender<Event>,
    ) -> Self {
        let built_in = BuiltIn::new(host.default_pack, host.cache.as_deref());
        let names = Names::new(names::Disk::new(built_in));
        Self {
            client,
            workers: Workers::new(),
            trace,
            disk: Disk::default(),
            state: Mutex::new(State::new(Service::new(host.default_pack), names)),
            settings: Mutex::default(),
            events,
            process: AtomicU32::new(0),
            ended: watch::Sender::new(false),
        }
    }

    /// Everything that changes. Never held over an `await`.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is set.
    pub(crate) fn set(&self) -> MutexGuard<'_, Set> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything as it is now.
    pub(crate) fn moment(&self) -> Moment {
        self.state().moment()
    }

    /// What the client can do.
    pub(crate) fn abilities(&self) -> Arc<Abilities> {
        self.state().abilities()
    }

    /// Runs something beside until it is done or the session ends.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut ended = self.ended.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                () = task => {}
                _ = ended.wait_for(|ended| *ended) => {}
            }
        });
    }

    /// The session ended: nothing goes on beside.
    pub(crate) fn stop(&self) {
        self.ended.send_replace(true);
    }

    /// Tells the task that publishes diagnostics.
    pub(crate) fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Settings or roots are others: the service gets them.
    pub(crate) fn configure(&self) {
        let names = self.state().names().clone();
        let (config, today, trace) = {
            let set = self.set();
            (set.config(&names), set.now.today, set.now.trace.clone())
        };
        if let Some(trace) = trace {
            self.trace.set(&trace);
        }
        let mut state = self.state();
        state.service.set_config(config);
        state.service.set_today(Some(today.unwrap_or_else(today_here)));
    }

    /// Answers from the moment at which this is first polled.
    pub(crate) async fn answer<P: Send + 'static, R: Send + 'static>(
        &self,
        params: P,
        answer: fn(&Moment, &P) -> R,
    ) -> Result<R> {
        let moment = self.moment();
        self.workers.run(move || answer(&moment, &params)).await
    }

    /// The same, where there may be no answer.
    pub(crate) async fn attempt<P: Send + 'static, R: Send + 'static>(
        &self,
        params: P,
        answer: fn(&Moment, &P) -> std::result::Result<R, Failure>,
    ) -> Result<R> {
        self.answer(params, answer).await?.map_err(error)
    }
}

/// A failure as tower-lsp knows it.
pub(crate) fn error(failure: Failure) -> Error {
    Error { code: ErrorCode::from(failure.code), message: failure.message.into(), data: None }
}

/// Which day it is where the server runs.
pub(crate) fn today_here() -> remit_service::Date {
    jiff::Zoned::now().date()
}
