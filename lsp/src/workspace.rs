//! The workspace: its folders and their settings, searched when they come, watched while they stay.

use crate::diagnostics::Event;
use crate::disk;
use crate::host::{Shared, today_here};
use crate::names::path_of_id;
use remit_protocol::Set;
use remit_protocol::lsp_types::*;
use remit_service::FileKind;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A search that takes longer shows its progress.
const SLOW: Duration = Duration::from_millis(300);
/// How often files that the client does not watch are looked at.
const POLL: Duration = Duration::from_secs(2);
/// How often the day is looked at.
const DAY: Duration = Duration::from_secs(30);

/// Folders came to the workspace or left it.
pub(crate) fn change_roots(shared: &Arc<Shared>, event: WorkspaceFoldersChangeEvent) {
    let names = shared.state().names().clone();
    let (removed, left): (Vec<String>, Vec<String>) = {
        let mut set = shared.set();
        let (_, removed) = set.change(event, &names);
        (removed, set.roots.iter().map(|(id, _)| id.clone()).collect())
    };
    shared.configure();
    let task = Arc::clone(shared);
    shared.spawn(async move {
        let shared = task;
        let forgetting = Arc::clone(&shared);
        let forgotten = tokio::task::spawn_blocking(move || {
            removed.iter().for_each(|id| drop(forgetting.disk.forget(&forgetting, id)));
        });
        let _ = forgotten.await;
        pull_settings(&shared).await;
        // What is left is searched again: one folder may have lain in another.
        search_all(&shared, left).await;
        shared.tell(Event::Everything);
    });
}

/// Everything that begins once the client is ready.
pub(crate) fn begin(shared: &Arc<Shared>) {
    shared.spawn(first(Arc::clone(shared)));
    shared.spawn(poll(Arc::clone(shared)));
    shared.spawn(watch_the_day(Arc::clone(shared)));
}

async fn first(shared: Arc<Shared>) {
    pull_settings(&shared).await;
    let folders: Vec<String> = shared.set().roots.iter().map(|(id, _)| id.clone()).collect();
    search_all(&shared, folders).await;
    watch(&shared).await;
}

/// Asks the client for its settings, if it can be asked.
pub(crate) async fn pull_settings(shared: &Arc<Shared>) {
    if !shared.abilities().configuration {
        return;
    }
    let (roots, wanted) = {
        let set = shared.set();
        (set.roots.clone(), set.wanted())
    };
    let Ok(answers) = shared.client.configuration(wanted).await else { return };
    settle(shared, |set, faults| set.answered(&roots, answers, faults)).await;
}

/// Settings that came with a notification.
pub(crate) async fn take_settings(shared: &Arc<Shared>, written: &Value) {
    settle(shared, |set, faults| set.take(written, faults)).await;
}

/// Changes what is set, and everything that hangs on it.
async fn settle(shared: &Arc<Shared>, change: impl FnOnce(&mut Set, &mut Vec<String>)) {
    let mut faults = vec![];
    change(&mut shared.set(), &mut faults);
    shared.configure();
    shared.tell(Event::Everything);
    for fault in faults {
        shared.client.show_message(MessageType::WARNING, fault).await;
    }
    // A pack that is set may lie where nobody has looked yet.
    let packs: Vec<String> =
        shared.moment().snapshot.config().roots.iter().filter_map(|root| root.pack.clone()).collect();
    let strange: Vec<String> = packs.into_iter().filter(|pack| !is_searched(shared, pack)).collect();
    search_all(shared, strange).await;
}

/// Whether a file or folder lies in one of the workspace's folders.
pub(crate) fn is_searched(shared: &Shared, id: &str) -> bool {
    shared.set().is_inside(id)
}

/// Searches folders, beside everything else, and shows that it does if it takes long.
pub(crate) async fn search_all(shared: &Arc<Shared>, folders: Vec<String>) {
    let folders: Vec<PathBuf> = folders.iter().filter_map(|id| path_of_id(id)).collect();
    if folders.is_empty() {
        return;
    }
    let found = Arc::new(AtomicUsize::new(0));
    let (searching, counted) = (Arc::clone(shared), Arc::clone(&found));
    let mut search = tokio::task::spawn_blocking(move || {
        let searched = folders.iter().map(|folder| disk::search(&searching, folder, &counted));
        searched.filter_map(|searched| searched.cut).collect::<Vec<_>>()
    });
    let done = match tokio::time::timeout(SLOW, &mut search).await {
        Ok(done) => done,
        Err(_) => {
            let progress = Progress::begin(shared).await;
            let done = loop {
                match tokio::time::timeout(SLOW, &mut search).await {
                    Ok(done) => break done,
                    Err(_) => progress.report(found.load(Ordering::Relaxed)).await,
                }
            };
            progress.end().await;
            done
        }
    };
    shared.tell(Event::Everything);
    for cut in done.unwrap_or_default() {
        shared.client.log_message(MessageType::WARNING, cut).await;
    }
}

struct Progress<'a> {
    shared: &'a Shared,
    token: Option<ProgressToken>,
}

impl<'a> Progress<'a> {
    async fn begin(shared: &'a Shared) -> Self {
        let mut progress = Self { shared, token: None };
        if !shared.abilities().progress {
            return progress;
        }
        let token = ProgressToken::String("remit/search".to_owned());
        let create = WorkDoneProgressCreateParams { token: token.clone() };
        let created = shared.client.send_request::<request::WorkDoneProgressCreate>(create).await;
        progress.token = created.is_ok().then_some(token);
        progress
            .send(WorkDoneProgress::Begin(WorkDoneProgressBegin {
                title: "Remit: searching for intakes and packs".to_owned(),
                ..Default::default()
            }))
            .await;
        progress
    }

    async fn send(&self, value: WorkDoneProgress) {
        let Some(token) = self.token.clone() else { return };
        let params = ProgressParams { token, value: ProgressParamsValue::WorkDone(value) };
        self.shared.client.send_notification::<notification::Progress>(params).await;
    }

    async fn report(&self, found: usize) {
        let message = Some(format!("{found} files"));
        let report = WorkDoneProgressReport { message, ..Default::default() };
        self.send(WorkDoneProgress::Report(report)).await;
    }

    async fn end(&self) {
        self.send(WorkDoneProgress::End(WorkDoneProgressEnd::default())).await;
    }
}

/// Asks the client to say when files change.
async fn watch(shared: &Shared) {
    if !shared.abilities().watches {
        return;
    }
    let pattern = "**/*.{yaml,yml,json,rhai}";
    let watcher = |pattern| FileSystemWatcher { glob_pattern: pattern, kind: None };
    let watchers = vec![watcher(GlobPattern::String(pattern.to_owned()))];
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    let registration = Registration {
        id: "remit/files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    if let Err(error) = shared.client.register_capability(vec![registration]).await {
        let message = format!("files are not watched: {}", error.message);
        shared.client.log_message(MessageType::WARNING, message).await;
    }
}

/// Files on the disk changed, or may have.
pub(crate) fn changed_on_disk(shared: &Arc<Shared>, changes: Vec<(String, FileChangeType)>) {
    let shared = Arc::clone(shared);
    tokio::task::spawn_blocking(move || {
        let lacking = shared.moment().snapshot.lacking();
        let (mut manifests, mut fed) = (vec![], vec![]);
        for (id, how) in changes {
            let kind = FileKind::of_name(&id);
            let ours = kind != FileKind::Other || shared.disk.knows(&id) || lacking.contains(&id);
            if how == FileChangeType::DELETED {
                fed.extend(shared.disk.forget(&shared, &id));
            } else if kind == FileKind::Manifest {
                manifests.push(id.clone());
                fed.push(id);
            } else if ours && shared.disk.feed(&shared, &id) {
                fed.push(id);
            }
        }
        shared.disk.complete(&shared, &manifests);
        fed.into_iter().for_each(|id| shared.tell(Event::Fed(id)));
    });
}

async fn poll(shared: Arc<Shared>) {
    loop {
        tokio::time::sleep(POLL).await;
        let polling = Arc::clone(&shared);
        let changed = tokio::task::spawn_blocking(move || {
            let watches = polling.abilities().watches;
            let changed = polling.disk.poll(&polling, |id| watches && is_searched(&polling, id));
            if !changed.is_empty() {
                polling.disk.complete(&polling, &[]);
            }
            changed
        });
        let changed = changed.await.unwrap_or_default();
        changed.into_iter().for_each(|id| shared.tell(Event::Fed(id)));
    }
}

/// At midnight, what was due is overdue.
async fn watch_the_day(shared: Arc<Shared>) {
    loop {
        tokio::time::sleep(DAY).await;
        let set = shared.set().now.today;
        if shared.moment().snapshot.today() != Some(set.unwrap_or_else(today_here)) {
            shared.configure();
            shared.tell(Event::Everything);
        }
    }
}
