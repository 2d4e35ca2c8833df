//! What all parts of a session share.

use crate::abilities::Abilities;
use crate::builtin::BuiltIn;
use crate::config::Settings;
use crate::convert::Converter;
use crate::diagnostics::Event;
use crate::disk::Disk;
use crate::documents::{Moment, State};
use crate::trace::Trace;
use crate::work::Workers;
use remit_service::{Encoding, Service, Source};
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::{mpsc, watch};
use tower_lsp::Client;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{InitializeParams, Position, Url};

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
    abilities: OnceLock<Arc<Abilities>>,
    events: mpsc::UnboundedSender<Event>,
    /// The client's process; 0 where it did not say.
    pub(crate) process: AtomicU32,
    /// Becomes true at the end of the session.
    ended: watch::Sender<bool>,
}

/// What is set, and for which roots.
#[derive(Debug, Default)]
pub(crate) struct Set {
    /// From `initializationOptions`: what counts where nothing else is set.
    pub(crate) base: Settings,
    pub(crate) now: Settings,
    /// The workspace's folders, by id and as the client names them.
    pub(crate) roots: Vec<(String, Url)>,
}

impl Shared {
    pub(crate) fn new(
        client: Client,
        host: &Host,
        trace: Trace,
        events: mpsc::UnboundedSender<Event>,
    ) -> Self {
        let built_in = BuiltIn::new(host.default_pack, host.cache.as_deref());
        Self {
            client,
            workers: Workers::new(),
            trace,
            disk: Disk::default(),
            state: Mutex::new(State::new(Service::new(host.default_pack), built_in)),
            settings: Mutex::default(),
            abilities: OnceLock::new(),
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

    /// The client introduced itself.
    pub(crate) fn meet(&self, params: &InitializeParams) -> Arc<Abilities> {
        Arc::clone(self.abilities.get_or_init(|| Arc::new(Abilities::of(params))))
    }

    /// What the client can do. Nothing is asked before it said so.
    pub(crate) fn abilities(&self) -> Arc<Abilities> {
        Arc::clone(self.abilities.get_or_init(|| Arc::new(Abilities::of(&InitializeParams::default()))))
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.abilities().encoding
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
        let (config, today, trace) = {
            let set = self.set();
            let roots: Vec<String> = set.roots.iter().map(|(id, _)| id.clone()).collect();
            (set.now.config(&roots), set.now.today, set.now.trace.clone())
        };
        if let Some(trace) = trace {
            self.trace.set(&trace);
        }
        let mut state = self.state();
        state.service.set_config(config);
        state.service.set_today(Some(today.unwrap_or_else(today_here)));
    }

    /// Asks about a file as it is when this is first polled; `None` for a file that there is not.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        uri: &Url,
        answer: impl FnOnce(&Asked) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let moment = self.moment();
        let id = moment.names.id(uri);
        let Some(source) = moment.snapshot.file(&id).map(Arc::clone) else { return Ok(None) };
        let abilities = self.abilities();
        self.workers
            .run(move || {
                let source = source.source().clone();
                answer(&Asked { moment, abilities, id, source })
            })
            .await
            .map(Some)
    }
}

/// A file at a moment, to be asked about.
pub(crate) struct Asked {
    pub(crate) moment: Moment,
    abilities: Arc<Abilities>,
    pub(crate) id: String,
    source: Source,
}

impl Asked {
    pub(crate) fn converter(&self) -> Converter<'_> {
        Converter { moment: &self.moment, abilities: &self.abilities, id: &self.id, source: &self.source }
    }

    pub(crate) fn offset(&self, position: Position) -> usize {
        self.converter().offset(position)
    }
}

/// Which day it is where the server runs.
pub(crate) fn today_here() -> remit_service::Date {
    jiff::Zoned::now().date()
}
