//! Names of files that a machine has: paths on its disk, and where it shows the embedded pack.

use crate::builtin::BuiltIn;
use remit_protocol::lsp_types::Url;
use remit_protocol::{Places, folder, own_id};
use remit_service::DEFAULT_PACK;
use std::path::{Component, Path, PathBuf};

/// The disk, and the embedded pack's place on it.
#[derive(Debug)]
pub(crate) struct Disk {
    built_in: BuiltIn,
}

impl Disk {
    pub(crate) fn new(built_in: BuiltIn) -> Self {
        Self { built_in }
    }
}

impl Places for Disk {
    fn id(&self, uri: &Url) -> Option<String> {
        match self.built_in.path_of(uri) {
            Some(path) => Some(format!("{DEFAULT_PACK}{path}")),
            None => path(uri).and_then(|path| id_of_path(&path)),
        }
    }

    fn uri(&self, id: &str) -> Option<Url> {
        match id.strip_prefix(DEFAULT_PACK) {
            Some(path) => self.built_in.uri(path),
            None => path_of_id(id).and_then(|path| Url::from_file_path(path).ok()),
        }
    }

    fn folder(&self, root: &str, written: &str) -> Option<String> {
        let written = match Url::parse(written) {
            Ok(uri) if uri.scheme() == "file" => uri.to_file_path().ok()?,
            // A letter with a colon is a drive.
            Ok(uri) if uri.scheme().len() > 1 => return Some(own_id(&uri)),
            _ => PathBuf::from(written),
        };
        let whole = match path_of_id(root) {
            Some(root) => root.join(written),
            None if written.is_absolute() => written,
            None => return folder(root, written.to_str()?),
        };
        id_of_path(&tidy(&whole))
    }

    fn stay_virtual(&self) {
        self.built_in.stay_virtual();
    }
}

fn path(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() == "file" { uri.to_file_path().ok() } else { None }
}

/// The id of a file on the disk; `None` where its path is no text.
pub(crate) fn id_of_path(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() })
}

/// Where a file would be on the disk; `None` for one that is not there.
pub(crate) fn path_of_id(id: &str) -> Option<PathBuf> {
    let path = PathBuf::from(id);
    path.is_absolute().then_some(path)
}

/// Without `.` and `..`, so that one folder has one name.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}
