//! Where an editor finds the files of the embedded pack: it has no folder, yet a cause leads to a rule in it.
//!
//! Clients that show `remit:` URIs themselves get those and ask for the text (`remit/content`). For all others
//! the files are written, read-only, into the user's cache the first time that something leads there.

use remit_protocol::VIRTUAL;
use remit_protocol::lsp_types::Url;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs};

type Files = &'static [(&'static str, &'static [u8])];

/// The files of the embedded pack, and where they are shown.
#[derive(Debug)]
pub(crate) struct BuiltIn {
    files: Files,
    /// The folder that they are written into.
    folder: Option<PathBuf>,
    /// Whether they were, once it was tried.
    written: OnceLock<bool>,
}

impl BuiltIn {
    /// `cache` is a folder for files that may vanish; without one, or where it cannot be written, clients get
    /// `remit:` URIs.
    pub(crate) fn new(files: Files, cache: Option<&Path>) -> Self {
        let name = format!("default-{}-{:016x}", env!("CARGO_PKG_VERSION"), fingerprint(files));
        let folder = cache.map(|cache| cache.join("remit").join(name));
        Self { files, folder, written: OnceLock::new() }
    }

    /// The client shows `remit:` URIs: nothing is written.
    pub(crate) fn stay_virtual(&self) {
        let _ = self.written.set(false);
    }

    /// The path inside the pack of a file that the client names; `None` for files that are not the pack's.
    pub(crate) fn path_of(&self, uri: &Url) -> Option<String> {
        let known = |path: &str| self.files.iter().any(|(name, _)| *name == path).then(|| path.to_owned());
        if let Some(path) = uri.as_str().strip_prefix(VIRTUAL) {
            return known(path);
        }
        if uri.scheme() != "file" {
            return None;
        }
        let path = uri.to_file_path().ok()?;
        let inside = path.strip_prefix(self.folder.as_ref()?).ok()?;
        known(&inside.to_str()?.replace('\\', "/"))
    }

    /// How a client names a file of the pack.
    pub(crate) fn uri(&self, path: &str) -> Option<Url> {
        let folder = self.folder.as_ref().filter(|folder| *self.written.get_or_init(|| self.write(folder)));
        match folder {
            Some(folder) => Url::from_file_path(folder.join(path)).ok(),
            None => Url::parse(&format!("{VIRTUAL}{path}")).ok(),
        }
    }

    fn write(&self, folder: &Path) -> bool {
        self.files.iter().all(|(path, bytes)| write(&folder.join(path), bytes).is_ok())
    }
}

/// Writes a file that is not there yet, or is another one, and lets nobody change it by accident.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Two servers may do this at once: each writes its own file and moves it into place.
    let own = path.with_extension(format!("{}.tmp", std::process::id()));
    fs::write(&own, bytes)?;
    let mut permissions = fs::metadata(&own)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&own, permissions)?;
    fs::rename(&own, path)
}

/// The user's folder for files that may vanish.
pub(crate) fn cache_folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Caches"))
    } else {
        set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
    }
}

/// Tells one build's pack from another's (FNV-1a).
fn fingerprint(files: Files) -> u64 {
    let bytes = files.iter().flat_map(|(path, bytes)| path.bytes().chain(bytes.iter().copied()));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: Files = &[("remit.yaml", b"a"), ("topics/x.rhai", b"b")];

    #[test]
    fn files_are_written_once_something_leads_there() {
        let cache = env::temp_dir().join(format!("remit built in {}", std::process::id()));
        let built_in = BuiltIn::new(FILES, Some(&cache));
        assert!(!cache.exists());
        let uri = built_in.uri("topics/x.rhai").unwrap();
        assert_eq!(fs::read(uri.to_file_path().unwrap()).unwrap(), b"b");
        assert!(fs::metadata(uri.to_file_path().unwrap()).unwrap().permissions().readonly());
        assert_eq!(built_in.path_of(&uri).as_deref(), Some("topics/x.rhai"));
        assert_eq!(built_in.path_of(&uri.join("y.rhai").unwrap()), None);
        fs::remove_dir_all(&cache).unwrap();
    }

    #[test]
    fn without_a_cache_there_are_virtual_files() {
        let built_in = BuiltIn::new(FILES, Some(Path::new("/proc/nowhere")));
        let uri = built_in.uri("topics/x.rhai").unwrap();
        assert_eq!(uri.as_str(), "remit:/default/topics/x.rhai");
        assert_eq!(built_in.path_of(&uri).as_deref(), Some("topics/x.rhai"));
    }
}
