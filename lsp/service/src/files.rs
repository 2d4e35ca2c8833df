//! The virtual files: what the host says stands on its disk, and what is open over it.

use crate::intake::Analysis;
use crate::kind::FileKind;
use crate::policy::Script;
use remit_core::document::{self, Document, Format, Limits};
use remit_core::rules;
use remit_core::source::Source;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Where the text of a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is open in an editor; its version there.
    Open(i32),
    /// The host read it.
    Fed,
    /// It belongs to the embedded default pack.
    BuiltIn,
}

/// One version of a file. It never changes; what was found out about it is kept with it.
pub struct File {
    id: Arc<str>,
    content: Content,
    origin: Origin,
    /// What the host says that it is, whatever its name.
    pub(crate) kind: Option<FileKind>,
    pub(crate) analysis: Kept<Analysis>,
    /// What its text says as a rule file, and as data; found when somebody asks.
    script: OnceLock<Arc<Script>>,
    document: OnceLock<Arc<Document>>,
}

enum Content {
    Text(Source),
    /// Bytes as they were fed, decoded when somebody asks.
    Bytes(Vec<u8>, OnceLock<Source>),
}

impl File {
    pub(crate) fn open(id: &str, text: &str, version: i32, kind: Option<FileKind>) -> Arc<Self> {
        let content = Content::Text(Source::new(id, text));
        Arc::new(Self {
            id: id.into(),
            content,
            origin: Origin::Open(version),
            kind,
            analysis: Kept::default(),
            script: OnceLock::new(),
            document: OnceLock::new(),
        })
    }

    pub(crate) fn fed(id: &str, bytes: Vec<u8>, origin: Origin) -> Arc<Self> {
        let content = Content::Bytes(bytes, OnceLock::new());
        Arc::new(Self {
            id: id.into(),
            content,
            origin,
            kind: None,
            analysis: Kept::default(),
            script: OnceLock::new(),
            document: OnceLock::new(),
        })
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its text and the index of its lines. Bytes that are not UTF-8 are replacement characters.
    pub fn source(&self) -> &Source {
        match &self.content {
            Content::Text(source) => source,
            Content::Bytes(bytes, source) => source.get_or_init(|| Source::from_bytes(&self.id, bytes).0),
        }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.source().text()
    }

    /// Its bytes, as they were given.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(source) => source.text().as_bytes(),
            Content::Bytes(bytes, _) => bytes,
        }
    }

    /// What it says as a rule file; nothing, where it is larger than a rule file may be.
    pub(crate) fn script(&self) -> Arc<Script> {
        let text = || if self.is_too_large(FileKind::Rules) { "" } else { self.text() };
        Arc::clone(self.script.get_or_init(|| Arc::new(Script::new(text()))))
    }

    /// Whether it is larger than what is read of its kind. One diagnostic says so, and nothing else is
    /// answered about it.
    pub(crate) fn is_too_large(&self, kind: FileKind) -> bool {
        let most = match kind {
            FileKind::Rules => rules::MAX_BYTES,
            _ => Limits::default().max_bytes,
        };
        self.bytes().len() > most
    }

    /// What it says as data.
    pub(crate) fn document(&self) -> Arc<Document> {
        let document = self.document.get_or_init(|| {
            let format = Format::of_name(&self.id);
            Arc::new(match &self.content {
                Content::Text(source) => document::parse(source.clone(), format, &Limits::default()),
                Content::Bytes(bytes, _) => document::from_bytes(&self.id, bytes, format, &Limits::default()),
            })
        });
        Arc::clone(document)
    }

    /// Where its text comes from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Its version in the editor, where it is open.
    pub fn version(&self) -> Option<i32> {
        match self.origin {
            Origin::Open(version) => Some(version),
            _ => None,
        }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} {:?}, {} bytes)", self.id, self.origin, self.bytes().len())
    }
}

/// Something that was found out, and is good as long as what it was found from is the same.
pub(crate) struct Kept<T>(Mutex<Option<Arc<T>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Kept<T> {
    /// Whether something is kept that is fresh.
    pub(crate) fn is(&self, fresh: impl Fn(&T) -> bool) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_deref().is_some_and(fresh)
    }

    /// What is kept, if it is `fresh`; else what `find` finds. Two threads that ask at once wait for each
    /// other, so that nothing is found twice.
    pub(crate) fn get(&self, fresh: impl Fn(&T) -> bool, find: impl FnOnce() -> T) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(known) if fresh(known) => Arc::clone(known),
            _ => Arc::clone(kept.insert(Arc::new(find()))),
        }
    }
}

/// All files, cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileSet {
    open: Arc<BTreeMap<Arc<str>, Arc<File>>>,
    fed: Arc<BTreeMap<Arc<str>, Arc<File>>>,
}

impl FileSet {
    /// The file with an id: what is open covers what was fed.
    pub(crate) fn get(&self, id: &str) -> Option<&Arc<File>> {
        self.open.get(id).or_else(|| self.fed.get(id))
    }

    pub(crate) fn opened(&self, id: &str) -> Option<&Arc<File>> {
        self.open.get(id)
    }

    pub(crate) fn put(&mut self, file: Arc<File>) {
        let files = match file.origin {
            Origin::Open(_) => &mut self.open,
            _ => &mut self.fed,
        };
        Arc::make_mut(files).insert(Arc::clone(&file.id), file);
    }

    pub(crate) fn close(&mut self, id: &str) -> bool {
        self.open.contains_key(id) && Arc::make_mut(&mut self.open).remove(id).is_some()
    }

    pub(crate) fn remove(&mut self, id: &str) -> bool {
        self.fed.contains_key(id) && Arc::make_mut(&mut self.fed).remove(id).is_some()
    }

    /// All files, by id; those that are open once.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<File>> {
        let fed = self.fed.values().filter(|file| !self.open.contains_key(&file.id));
        self.open.values().chain(fed)
    }
}
