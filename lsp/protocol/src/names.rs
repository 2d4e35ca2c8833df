//! How the client's URIs and the service's ids name the same files.
//!
//! An id is a path with `/`, not escaped, for `file:` URIs; `default/…` for the files of the embedded pack; and
//! the URI itself for everything else (`untitled:Untitled-1`, `vscode-vfs://…`), its path not escaped, so that
//! what a manifest names lies beside it. What hangs on the machine, a host adds.

use lsp_types::Url;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use remit_service::DEFAULT_PACK;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// What `remit:` URIs of the embedded pack start with.
pub const VIRTUAL: &str = "remit:/default/";

/// What a `file:` URI cannot hold as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Where a host finds what it has names of its own for: its disk, and where it shows the embedded pack.
pub trait Places: fmt::Debug + Send + Sync {
    /// The id of a file that the client names; `None` for one that the URI itself names best.
    fn id(&self, uri: &Url) -> Option<String>;

    /// How the client is told of a file; `None` for one that its id names.
    fn uri(&self, id: &str) -> Option<Url>;

    /// The id of a folder that somebody wrote into a setting, seen from a folder of the workspace.
    fn folder(&self, root: &str, written: &str) -> Option<String> {
        folder(root, written)
    }

    /// The client shows `remit:` URIs itself.
    fn stay_virtual(&self) {}
}

/// The names of files, both ways. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Names {
    /// As the client wrote them: it compares letter by letter.
    open: Arc<BTreeMap<String, Url>>,
    fed: Arc<BTreeMap<String, Url>>,
    places: Arc<dyn Places>,
}

impl Names {
    /// Names of a host.
    pub fn new(places: impl Places + 'static) -> Self {
        Self { open: Arc::default(), fed: Arc::default(), places: Arc::new(places) }
    }

    /// The client shows `remit:` URIs itself.
    pub fn stay_virtual(&self) {
        self.places.stay_virtual();
    }

    /// The id of a file that the client names.
    pub fn id(&self, uri: &Url) -> String {
        self.places.id(uri).unwrap_or_else(|| own_id(uri))
    }

    /// The id of a folder that the client names.
    pub fn folder_id(&self, uri: &Url) -> String {
        self.id(uri).trim_end_matches('/').to_owned()
    }

    /// How the client names a file or folder.
    pub fn uri(&self, id: &str) -> Option<Url> {
        let named = self.open.get(id).or_else(|| self.fed.get(id)).cloned();
        named.or_else(|| self.places.uri(id)).or_else(|| Url::parse(id).ok())
    }

    /// The id of a folder that somebody wrote into a setting: a path, seen from a root, or a URI.
    pub fn folder(&self, root: &str, written: &str) -> Option<String> {
        self.places.folder(root, written).map(|id| id.trim_end_matches('/').to_owned())
    }

    pub(crate) fn opened(&mut self, id: &str, uri: &Url) {
        Arc::make_mut(&mut self.open).insert(id.to_owned(), uri.clone());
    }

    pub(crate) fn closed(&mut self, id: &str) {
        Arc::make_mut(&mut self.open).remove(id);
    }

    /// The client has a file under a name, open or not.
    pub(crate) fn fed(&mut self, id: &str, uri: &Url) {
        if self.fed.get(id) != Some(uri) {
            Arc::make_mut(&mut self.fed).insert(id.to_owned(), uri.clone());
        }
    }

    pub(crate) fn forgotten(&mut self, id: &str) {
        if self.fed.contains_key(id) {
            Arc::make_mut(&mut self.fed).remove(id);
        }
    }
}

/// A host that has no disk: paths are only names, and the embedded pack is shown as `remit:` URIs.
#[derive(Debug, Clone)]
pub struct NoDisk {
    /// The paths of the embedded pack's files.
    built_in: BTreeSet<String>,
}

impl NoDisk {
    /// With the files of the embedded pack, by their path inside it.
    pub fn new(default_pack: &[(&str, &[u8])]) -> Self {
        Self { built_in: default_pack.iter().map(|(path, _)| (*path).to_owned()).collect() }
    }
}

impl Places for NoDisk {
    fn id(&self, uri: &Url) -> Option<String> {
        if let Some(path) = uri.as_str().strip_prefix(VIRTUAL).filter(|path| self.built_in.contains(*path)) {
            return Some(format!("{DEFAULT_PACK}{path}"));
        }
        path_id(uri)
    }

    fn uri(&self, id: &str) -> Option<Url> {
        if let Some(path) = id.strip_prefix(DEFAULT_PACK) {
            return Url::parse(&format!("{VIRTUAL}{path}")).ok();
        }
        path_uri(id)
    }
}

/// The id of a `file:` URI: its path, not escaped. `None` for another machine's, and for what is no text.
fn path_id(uri: &Url) -> Option<String> {
    let here = uri.host_str().is_none_or(|host| host.is_empty() || host == "localhost");
    if uri.scheme() != "file" || !here {
        return None;
    }
    let path = percent_decode_str(uri.path()).decode_utf8().ok()?;
    (!path.contains('\0')).then(|| path.into_owned())
}

fn path_uri(id: &str) -> Option<Url> {
    let path = id.starts_with('/').then(|| utf8_percent_encode(id, ESCAPED))?;
    Url::parse(&format!("file://{path}")).ok()
}

/// The id of a file that is not on a disk: its URI, with a path that is not escaped but where that would make it
/// another one.
pub fn own_id(uri: &Url) -> String {
    let text = uri.as_str();
    let start = text.len().min(text.find(uri.path()).unwrap_or(text.len()));
    let end = start + uri.path().len();
    let parts = (text.get(..start), text.get(start..end), text.get(end..));
    let (Some(before), Some(path), Some(after)) = parts else { return text.to_owned() };
    format!("{before}{}{after}", plain(path))
}

/// A path without escapes, but for those that keep it what it is.
fn plain(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, escapes) = rest.split_at(at);
        plain.push_str(before);
        // As many escapes as follow each other: several may make one character.
        let mut bytes = vec![];
        let mut digits = escapes;
        while let Some(byte) =
            digits.strip_prefix('%').and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok())
        {
            bytes.push(byte);
            digits = digits.get(3..).unwrap_or_default();
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) if !bytes.is_empty() => {
                for c in text.chars() {
                    let keep = matches!(c, '/' | '\\' | '%' | '?' | '#') || c.is_control();
                    if keep { plain.push_str(&format!("%{:02X}", u32::from(c))) } else { plain.push(c) }
                }
            }
            _ if bytes.is_empty() => {
                plain.push('%');
                digits = escapes.get(1..).unwrap_or_default();
            }
            _ => plain.push_str(escapes.get(..escapes.len() - digits.len()).unwrap_or_default()),
        }
        rest = digits;
    }
    plain + rest
}

/// The id of a folder that is written as a URI, as a path, or as a path seen from a root.
pub fn folder(root: &str, written: &str) -> Option<String> {
    let drive = |text: &str| {
        text.as_bytes().get(1) == Some(&b':') && text.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    if let Ok(uri) = Url::parse(written)
        && !drive(written)
    {
        return Some(path_id(&uri).unwrap_or_else(|| own_id(&uri)));
    }
    let windows = drive(written) || root.strip_prefix('/').is_some_and(drive);
    let written = if windows { written.replace('\\', "/") } else { written.to_owned() };
    if drive(&written) {
        return Some(tidy("", &format!("/{written}")));
    }
    if written.starts_with('/') {
        return Some(tidy("", &written));
    }
    // What names the place that paths begin at stays: `vscode-vfs://host`.
    let start = root.find("://").map_or(0, |at| {
        let host = at + 3;
        root.get(host..).and_then(|rest| rest.find('/')).map_or(root.len(), |slash| host + slash)
    });
    let (host, path) = root.split_at(start);
    Some(tidy(host, &format!("{path}/{written}")))
}

/// A path behind what it begins at, without `.`, `..` and empty parts, so that one folder has one name.
fn tidy(host: &str, path: &str) -> String {
    let mut parts: Vec<&str> = vec![];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let slash = if path.starts_with('/') || !host.is_empty() { "/" } else { "" };
    format!("{host}{slash}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new(NoDisk::new(&[("remit.yaml", b""), ("topics/x.rhai", b"")]))
    }

    #[test]
    fn a_file_has_one_id_and_one_uri() {
        for (uri, id) in [
            ("file:///a%20b/100%25/%C3%A4%F0%9F%A6%80.yaml", "/a b/100%/ä🦀.yaml"),
            ("file:///c%3A/x/%5B1%5D.yaml", "/c:/x/[1].yaml"),
            ("vscode-vfs://github/o/r/a%20%C3%A4.yaml", "vscode-vfs://github/o/r/a ä.yaml"),
            ("vscode-vfs://github/o/r/a%2Fb%25%3F%23.yaml", "vscode-vfs://github/o/r/a%2Fb%25%3F%23.yaml"),
            ("memfs:/a/b.yaml", "memfs:/a/b.yaml"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
            ("remit:/default/topics/x.rhai", "default/topics/x.rhai"),
            ("remit:/default/nothing", "remit:/default/nothing"),
            ("file://server/share/a.yaml", "file://server/share/a.yaml"),
            ("vscode-vfs://github/o/%FF%C3/%zz%.yaml", "vscode-vfs://github/o/%FF%C3/%zz%.yaml"),
        ] {
            let parsed = Url::parse(uri).unwrap();
            assert_eq!(names().id(&parsed), id);
            let again = names().uri(id).unwrap();
            assert_eq!(names().id(&again), id, "{again}");
        }
        let names = names();
        assert_eq!(names.uri("/a b/100%/ä.yaml").unwrap().as_str(), "file:///a%20b/100%25/%C3%A4.yaml");
        assert_eq!(names.uri("no uri"), None);
    }

    #[test]
    fn what_the_client_called_a_file_it_is_called() {
        let mut names = names();
        let uri = Url::parse("file:///c%3A/x.yaml").unwrap();
        let id = names.id(&uri);
        assert_ne!(names.uri(&id), Some(uri.clone()));
        names.fed(&id, &uri);
        assert_eq!(names.uri(&id), Some(uri));
        names.forgotten(&id);
        names.closed(&id);
        assert_eq!(names.uri(&id).unwrap().as_str(), "file:///c:/x.yaml");
    }

    #[test]
    fn folders_are_found_from_any_root() {
        for (root, written, id) in [
            ("/w/a", "../policy/./p/", "/w/policy/p"),
            ("/w/a", "/policy", "/policy"),
            ("/w/a", "file:///x%20y/", "/x y"),
            ("/c:/w", r"..\p", "/c:/p"),
            ("/c:/w", r"D:\p\q", "/D:/p/q"),
            ("/w", r"a\b", r"/w/a\b"),
            ("vscode-vfs://github/o/r", "policy", "vscode-vfs://github/o/r/policy"),
            ("vscode-vfs://github/o/r", "../../../../p", "vscode-vfs://github/p"),
            ("vscode-vfs://github", "p", "vscode-vfs://github/p"),
            ("/w", "vscode-vfs://github/o/r/p/", "vscode-vfs://github/o/r/p"),
            ("memfs:/w", "../p", "memfs:/p"),
        ] {
            assert_eq!(names().folder(root, written).as_deref(), Some(id), "{written} from {root}");
        }
    }
}
