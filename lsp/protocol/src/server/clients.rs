//! What the client says without being asked, and what it answers.

use super::due::Event;
use super::files::{FilesFed, FilesParams};
use super::{Life, Server, rpc};
use crate::convert;
use lsp_types::notification::{
    DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders,
    DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit, Initialized, LogMessage,
    Notification, SetTrace,
};
use lsp_types::request::{RegisterCapability, Request, WorkspaceConfiguration};
use lsp_types::*;
use remit_service::FileKind;
use rpc::{Id, Params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a request of the server's was about.
#[derive(Debug)]
pub(super) enum Asked {
    /// Whatever the answer is, nothing follows.
    Nothing,
    /// Settings, for these folders.
    Settings(Vec<(String, Url)>),
    /// To ask again for what it draws.
    Refresh {
        method: &'static str,
        /// Something changed since.
        again: bool,
    },
}

/// `remit/today`.
#[derive(Debug, Deserialize)]
struct TodayParams {
    date: String,
}

impl Server {
    /// A notification. What cannot be read is left out: nobody waits for an answer.
    pub(super) fn notified(&mut self, method: &str, params: Params<'_>) {
        if method == Exit::METHOD {
            self.life = Life::Ended { in_order: self.life == Life::ShutDown };
        }
        if self.life == Life::Open
            && let Err(failure) = self.take(method, params)
        {
            self.log(format!("`{method}` is left out: {}", failure.message));
        }
    }

    fn take(&mut self, method: &str, params: Params<'_>) -> Result<(), crate::Failure> {
        match method {
            Initialized::METHOD => self.begin(),
            DidOpenTextDocument::METHOD => self.opened(&params.read()?),
            DidChangeTextDocument::METHOD => self.changed(params.read()?),
            DidSaveTextDocument::METHOD => {
                let params: DidSaveTextDocumentParams = params.read()?;
                self.look_again(&params.text_document.uri);
            }
            DidCloseTextDocument::METHOD => {
                let params: DidCloseTextDocumentParams = params.read()?;
                self.closed(params.text_document.uri);
            }
            DidChangeConfiguration::METHOD => {
                let params: DidChangeConfigurationParams = params.read()?;
                if self.state.abilities().configuration {
                    self.ask_for_settings();
                } else {
                    let mut faults = vec![];
                    self.set.take(&params.settings, &mut faults);
                    self.settle_settings(faults);
                }
            }
            DidChangeWorkspaceFolders::METHOD => self.roots_changed(params.read()?),
            DidChangeWatchedFiles::METHOD => self.files_changed(params.read()?),
            SetTrace::METHOD => {
                let params: SetTraceParams = params.read()?;
                self.trace = params.value != TraceValue::Off;
            }
            FilesFed::METHOD => self.fed(params.read()?),
            "remit/today" => {
                let TodayParams { date } = params.read()?;
                let date = remit_service::date(&date).ok_or_else(|| {
                    crate::Failure::params(format!("`{date}` is no date; one is `2026-11-20`"))
                })?;
                if self.today.replace(date) != Some(date) {
                    self.configure();
                    self.events.push(Event::Everything);
                }
            }
            // `$/cancelRequest` among them: whatever it means is answered already.
            _ => {}
        }
        Ok(())
    }

    /// The client is ready.
    fn begin(&mut self) {
        self.ask_for_settings();
        if self.state.abilities().watches {
            let watcher = FileSystemWatcher {
                glob_pattern: GlobPattern::String("**/*.{yaml,yml,json,rhai}".to_owned()),
                kind: None,
            };
            let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
            let registration = Registration {
                id: "remit/files".to_owned(),
                method: DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: serde_json::to_value(options).ok(),
            };
            let params = RegistrationParams { registrations: vec![registration] };
            self.ask(Asked::Nothing, RegisterCapability::METHOD, &params);
        }
        self.events.push(Event::Everything);
    }

    fn opened(&mut self, params: &DidOpenTextDocumentParams) {
        let file = &params.text_document;
        let id = self.state.open(&file.uri, &file.language_id, file.version, &file.text);
        self.asking.changed();
        self.events.push(Event::Touched(id));
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let encoding = self.state.abilities().encoding;
        let changes = params.content_changes.into_iter().map(|change| convert::change(change, encoding));
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        match self.state.change(&uri, changes.collect(), version) {
            Ok(id) => {
                // Only a pack's own files say what a pack is made of.
                if FileKind::of_name(&id) != FileKind::Intake {
                    self.asking.changed();
                }
                self.events.push(Event::Touched(id));
            }
            Err(unknown) => self.log(format!("{unknown}, so its change is left out")),
        }
    }

    fn closed(&mut self, uri: Url) {
        self.look_again(&uri);
        if let Some(id) = self.state.close(&uri) {
            self.events.push(Event::Closed(id, uri));
        }
    }

    /// A file of ours may be another one where the client has it.
    fn look_again(&mut self, uri: &Url) {
        let id = self.state.names().id(uri);
        if FileKind::of_name(&id) != FileKind::Other || self.asking.knows(&id) {
            self.asking.look_again(&id);
        }
    }

    fn fed(&mut self, params: FilesParams) {
        for file in params.files {
            let uri = file.uri.clone();
            let (id, changed) = self.state.feed(&uri, file.read());
            self.asking.answered(&id);
            if changed {
                self.asking.changed();
                self.events.push(Event::Fed(id));
            }
        }
    }

    fn files_changed(&mut self, params: DidChangeWatchedFilesParams) {
        for change in params.changes {
            if change.typ == FileChangeType::DELETED {
                let id = self.state.names().id(&change.uri);
                self.forget(&id);
            } else {
                self.look_again(&change.uri);
            }
        }
    }

    /// A file or a folder is gone.
    fn forget(&mut self, id: &str) {
        let folder = format!("{id}/");
        let moment = self.state.moment();
        let files = moment.snapshot.files().map(|file| file.id());
        for known in files.filter(|known| *known == id || known.starts_with(&folder)) {
            if let Some(uri) = moment.names.uri(known) {
                self.state.feed(&uri, None);
            }
            self.asking.answered(known);
            self.events.push(Event::Fed(known.to_owned()));
        }
    }

    fn roots_changed(&mut self, params: DidChangeWorkspaceFoldersParams) {
        let names = self.state.names().clone();
        let (_, removed) = self.set.change(params.event, &names);
        for root in removed {
            let folder = format!("{root}/");
            let moment = self.state.moment();
            let files = moment.snapshot.files().map(|file| file.id());
            // What lies in another folder of the workspace too stays.
            for id in files.filter(|id| id.starts_with(&folder) && !self.set.is_inside(id)) {
                if let Some(uri) = moment.names.uri(id) {
                    self.state.feed(&uri, None);
                }
                self.asking.forget(id);
            }
        }
        self.configure();
        self.ask_for_settings();
        self.events.push(Event::Everything);
    }

    fn ask_for_settings(&mut self) {
        if self.state.abilities().configuration {
            let params = ConfigurationParams { items: self.set.wanted() };
            self.ask(Asked::Settings(self.set.roots.clone()), WorkspaceConfiguration::METHOD, &params);
        }
    }

    fn settle_settings(&mut self, faults: Vec<String>) {
        self.configure();
        self.events.push(Event::Everything);
        for fault in faults {
            self.say(MessageType::WARNING, fault);
        }
    }

    /// Asks the client for something.
    pub(super) fn ask(&mut self, about: Asked, method: &str, params: &impl Serialize) {
        self.last_id += 1;
        let id = format!("remit/{}", self.last_id);
        self.out.push(rpc::request(&id, method, params));
        self.asked.insert(id, about);
    }

    /// Asks the client to ask again for what it draws, once until it has answered.
    pub(super) fn ask_to_refresh(&mut self, method: &'static str) {
        let pending = self.asked.values_mut().find_map(|asked| match asked {
            Asked::Refresh { method: known, again } if *known == method => Some(again),
            _ => None,
        });
        match pending {
            Some(again) => *again = true,
            None => self.ask(Asked::Refresh { method, again: false }, method, &()),
        }
    }

    /// The client answered; `None` where it refused.
    pub(super) fn answered(&mut self, id: &Id, result: Option<Value>) {
        let Some(asked) = id.as_str().and_then(|id| self.asked.remove(id)) else { return };
        if self.life != Life::Open {
            return;
        }
        match (asked, result) {
            (Asked::Settings(roots), Some(Value::Array(answers))) => {
                let mut faults = vec![];
                self.set.answered(&roots, answers, &mut faults);
                self.settle_settings(faults);
            }
            (Asked::Refresh { method, again: true }, Some(_)) => self.ask_to_refresh(method),
            _ => {}
        }
    }

    fn log(&mut self, message: String) {
        self.tell::<LogMessage>(&LogMessageParams { typ: MessageType::WARNING, message });
    }
}
