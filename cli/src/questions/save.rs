//! Writing a file so that it is never half written, and never over what somebody else wrote meanwhile.

use crate::packs::{read, reason};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that answers are written into.
pub(super) struct Target {
    /// The file itself, links followed: a link stays one.
    path: PathBuf,
    /// What it held when it was read or written last.
    known: Vec<u8>,
}

impl Target {
    /// Reads a file of at most `limit` bytes, or says why not.
    pub(super) fn open(path: &Path, limit: u64) -> Result<Self, String> {
        let path = fs::canonicalize(path).map_err(|error| reason(&error))?;
        let metadata = fs::metadata(&path).map_err(|error| reason(&error))?;
        if !metadata.is_file() {
            return Err("it is no file".to_owned());
        }
        if metadata.permissions().readonly() {
            return Err("it is read-only".to_owned());
        }
        let known = read(&path, limit).map_err(|error| reason(&error))?;
        if known.len() as u64 > limit {
            return Err(format!("it has more than {limit} bytes"));
        }
        Ok(Self { path, known })
    }

    /// What it held when it was read or written last.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.known
    }

    /// Replaces what it holds, all at once; or says why it stays as it is.
    pub(super) fn write(&mut self, text: &str) -> Result<(), String> {
        let limit = self.known.len() as u64 + 1;
        let now = read(&self.path, limit).map_err(|error| reason(&error))?;
        if now != self.known {
            return Err("it was changed by somebody else meanwhile".to_owned());
        }
        let permissions = fs::metadata(&self.path).map_err(|error| reason(&error))?.permissions();
        if permissions.readonly() {
            return Err("it has become read-only".to_owned());
        }
        let (beside, mut file) = self.beside().map_err(|error| reason(&error))?;
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.set_permissions(permissions))
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&beside, &self.path));
        if let Err(error) = written {
            let _ = fs::remove_file(&beside);
            return Err(reason(&error));
        }
        text.as_bytes().clone_into(&mut self.known);
        Ok(())
    }

    /// A new file in the same folder, so that renaming it is one step.
    fn beside(&self) -> io::Result<(PathBuf, File)> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        for number in 0..100 {
            let path = self.path.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
            match File::create_new(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                result => return result.map(|file| (path, file)),
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }
}
