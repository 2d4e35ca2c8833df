//! Feeds the service from the disk: intakes, rules, policy tests and packs below the workspace's folders, and
//! packs around files that were opened elsewhere.
//!
//! A file is read and handed over in one step, under one lock, so that of two tasks that read the same file the
//! later one counts. All of this blocks: it runs beside the threads that talk to the client.

use crate::host::Shared;
use crate::names::{id_of_path, path_of_id, tidy};
use remit_protocol::State;
use remit_service::FileKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use walkdir::WalkDir;

/// The manifest of a pack.
const MANIFEST: &str = "remit.yaml";
/// Nothing larger is read: the service would not look into it either.
const MAX_FILE: u64 = 4 * 1024 * 1024;
/// So deep is a folder searched,
const MAX_DEPTH: usize = 16;
/// so many entries of it are looked at,
const MAX_ENTRIES: usize = 100_000;
/// and so many files read.
const MAX_FILES: usize = 10_000;
/// A pack may name files that name files, but not for ever.
const ROUNDS: usize = 8;

/// Folders that hold other people's files, or none that anybody wrote.
const SKIPPED: [&str; 5] = ["node_modules", "target", "vendor", "dist", "__pycache__"];

/// What a file was when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { modified: metadata.modified().ok(), length: metadata.len() }
    }
}

type Fed = BTreeMap<String, Stamp>;

/// What was fed.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    fed: Mutex<Fed>,
}

/// How a search of a folder went.
#[derive(Debug, Default)]
pub(crate) struct Searched {
    /// What was not searched, and why.
    pub(crate) cut: Option<String>,
}

impl Disk {
    /// Reads a file again, or takes it away if it is gone. Whether anything is otherwise than before.
    pub(crate) fn feed(&self, shared: &Shared, id: &str) -> bool {
        feed(&mut self.fed(), shared, id)
    }

    /// Feeds what packs name and nobody has fed, until there is nothing new; before that, files that ask for
    /// more, such as manifests. Nobody sees half a pack: all of it comes at once.
    pub(crate) fn complete(&self, shared: &Shared, first: &[String]) -> bool {
        let mut fed = self.fed();
        let mut state = shared.state();
        let mut any = first.iter().filter(|id| feed_into(&mut fed, &mut state, id)).count() > 0;
        let mut tried = BTreeSet::new();
        for _ in 0..ROUNDS {
            let lacking = state.moment().snapshot.lacking();
            let new: Vec<String> = lacking.into_iter().filter(|id| tried.insert(id.clone())).collect();
            // A pack's files lie below its folder, whatever its manifest says.
            let inside = new.iter().filter(|id| path_of_id(id).is_some_and(|path| tidy(&path) == path));
            if inside.filter(|id| feed_into(&mut fed, &mut state, id)).count() == 0 {
                break;
            }
            any = true;
        }
        any
    }

    fn fed(&self) -> MutexGuard<'_, Fed> {
        self.fed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets a file, or everything in a folder. The ids that were known.
    pub(crate) fn forget(&self, shared: &Shared, id: &str) -> Vec<String> {
        let mut fed = self.fed();
        let folder = format!("{id}/");
        let gone: Vec<String> =
            fed.keys().filter(|known| *known == id || known.starts_with(&folder)).cloned().collect();
        let mut state = shared.state();
        for id in &gone {
            fed.remove(id);
            state.service.remove_file(id);
        }
        gone
    }

    /// Whether a file was fed.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.fed().contains_key(id)
    }

    /// Reads again what is another file now, of those that nobody watches. Their ids.
    pub(crate) fn poll(&self, shared: &Shared, watched: impl Fn(&str) -> bool) -> Vec<String> {
        let fed = self.fed().clone();
        let changed = fed.into_iter().filter(|(id, stamp)| {
            let now = path_of_id(id).and_then(|path| path.metadata().ok());
            !watched(id) && now.is_none_or(|now| Stamp::of(&now) != *stamp)
        });
        changed.map(|(id, _)| id).filter(|id| self.feed(shared, id)).collect()
    }
}

/// One file, under the lock, from the disk to the service.
fn feed(fed: &mut Fed, shared: &Shared, id: &str) -> bool {
    // Read before the service is locked: it is needed for every key that is typed.
    let found = path_of_id(id).and_then(|path| read(&path));
    put(fed, &mut shared.state(), id, found)
}

fn feed_into(fed: &mut Fed, state: &mut State, id: &str) -> bool {
    let found = path_of_id(id).and_then(|path| read(&path));
    put(fed, state, id, found)
}

fn put(fed: &mut Fed, state: &mut State, id: &str, found: Option<(Vec<u8>, Stamp)>) -> bool {
    match found {
        Some((bytes, stamp)) => {
            fed.insert(id.to_owned(), stamp);
            state.service.set_file(id, bytes);
            true
        }
        None => {
            fed.remove(id);
            state.service.remove_file(id)
        }
    }
}

fn read(path: &Path) -> Option<(Vec<u8>, Stamp)> {
    let metadata = path.metadata().ok().filter(Metadata::is_file)?;
    if metadata.len() > MAX_FILE {
        return None;
    }
    let mut bytes = vec![];
    File::open(path).ok()?.take(MAX_FILE).read_to_end(&mut bytes).ok()?;
    Some((bytes, Stamp::of(&metadata)))
}

/// Searches a folder for files of ours and feeds them. `found` counts them on the way.
pub(crate) fn search(shared: &Shared, folder: &Path, found: &AtomicUsize) -> Searched {
    let (mut searched, mut manifests) = (Searched::default(), vec![]);
    let walk = WalkDir::new(folder).max_depth(MAX_DEPTH).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        let skipped = name.starts_with('.') || SKIPPED.contains(&name.as_ref());
        entry.depth() == 0 || !entry.file_type().is_dir() || !skipped
    });
    // What cannot be read is not there.
    for (count, entry) in walk.filter_map(Result::ok).enumerate() {
        if count >= MAX_ENTRIES || found.load(Ordering::Relaxed) >= MAX_FILES {
            searched.cut = Some(format!(
                "`{}` holds more than {MAX_ENTRIES} entries or {MAX_FILES} intakes and rules: the rest is not searched",
                folder.display()
            ));
            break;
        }
        let Some(id) = id_of_path(entry.path()).filter(|_| entry.file_type().is_file()) else { continue };
        match FileKind::of_name(&id) {
            FileKind::Other => continue,
            // A pack comes as a whole, once the files in it that are found by name are there.
            FileKind::Manifest => manifests.push(id),
            _ if shared.disk.feed(shared, &id) => {}
            _ => continue,
        }
        found.fetch_add(1, Ordering::Relaxed);
    }
    shared.disk.complete(shared, &manifests);
    searched
}

/// Looks for the pack around a file: the nearest manifest up the folders. Feeds that pack if it is not known.
pub(crate) fn look_around(shared: &Shared, id: &str, searched: impl Fn(&str) -> bool) {
    let Some(path) = path_of_id(id) else { return };
    for folder in path.ancestors().skip(1) {
        let Some(manifest) = id_of_path(&folder.join(MANIFEST)) else { continue };
        if shared.disk.knows(&manifest) {
            return;
        }
        if folder.join(MANIFEST).is_file() {
            if searched(&manifest) {
                shared.disk.complete(shared, &[manifest]);
            } else {
                search(shared, folder, &AtomicUsize::new(0));
            }
            return;
        }
    }
}
