//! A policy pack: manifest, catalogue, intake schema and rule topics, loaded and checked together.
//!
//! Loading never fails half-way: whatever can be read is read, and everything that is wrong is reported. A
//! pack with an error decides nothing ([`Pack::is_usable`]), but tools can still look into it.

pub mod codes;
mod digest;
mod manifest;

pub use digest::digest;
pub use manifest::{Level, Manifest, Setting};

use crate::catalogue::{self, Catalogue};
use crate::diagnostic::{self, Diagnostic};
use crate::document::{self, Document, Format, Limits, Node};
use crate::edit;
use crate::evaluate::Evaluator;
use crate::rules::{self, RuleSet, Topic};
use crate::schema::{self, Schema};
use crate::source::{Source, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The manifest's name in a pack's folder.
pub const MANIFEST: &str = "remit.yaml";

/// The format of packs that this engine reads.
pub const FORMAT: i64 = 1;

/// A pack may have this many topics, so that a topic's number stays small.
const MAX_TOPICS: usize = 1_000;

/// A pack's files: the only window through which the engine sees them.
pub trait Files {
    /// The name that sources of this pack get in front of their path: `my-pack/`.
    fn prefix(&self) -> &str;

    /// The bytes of a file, by its path inside the pack, with forward slashes; or why there are none.
    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String>;

    /// The paths of all files below a folder of the pack, sorted; empty where there is no such folder. The
    /// pack itself is `""`.
    fn list(&self, folder: &str) -> Vec<String>;
}

/// Files in memory: an embedded pack, an editor's buffers, a test's.
#[derive(Debug, Clone, Default)]
pub struct FileMap {
    prefix: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl FileMap {
    /// No files yet; sources are named `prefix` and their path.
    pub fn new(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), files: BTreeMap::new() }
    }

    /// Files from a list of path and bytes.
    pub fn of(prefix: impl Into<String>, files: &[(&str, &[u8])]) -> Self {
        let files = files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
        Self { prefix: prefix.into(), files }
    }

    /// Adds or replaces a file.
    pub fn put(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.files.remove(path)
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl Files for FileMap {
    fn prefix(&self) -> &str {
        &self.prefix
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        self.files
            .get(path)
            .map(|bytes| Cow::Borrowed(bytes.as_slice()))
            .ok_or_else(|| "it is not there".to_owned())
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let start = match folder.trim_end_matches('/') {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        self.paths().filter(|path| path.starts_with(&start)).map(str::to_owned).collect()
    }
}

/// A policy pack.
pub struct Pack {
    /// Its name, version and parts.
    pub manifest: Manifest,
    /// What its rules can name.
    pub catalogue: Catalogue,
    /// What its intakes can hold.
    pub schema: Arc<Schema>,
    /// Its rules.
    pub rules: RuleSet,
    /// Its rules, ready to be asked.
    pub evaluator: Evaluator,
    /// SHA-256 over its files, in hexadecimal.
    pub digest: String,
    /// Every text that it was loaded from.
    pub sources: Vec<Source>,
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pack({} {})", self.manifest.name, self.manifest.version)
    }
}

impl Pack {
    /// An intake with every question and no answer.
    pub fn blank_intake(&self, format: Format) -> String {
        let Manifest { title, name, version, .. } = &self.manifest;
        let title = if title.is_empty() { name } else { title };
        edit::blank(&self.schema, &format!("An intake for: {title} ({name} {version})."), format)
    }
}

/// What loading a pack gave.
#[derive(Debug)]
pub struct Loaded {
    /// The pack, as far as it could be read; `None` where a part that everything needs is missing.
    pub pack: Option<Pack>,
    /// What is wrong with it, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every text that was read, to show diagnostics in.
    pub sources: Vec<Source>,
}

impl Loaded {
    /// The pack, if it may decide: nothing in it is an error.
    pub fn usable(self) -> Result<Pack, Box<Self>> {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Box::new(self));
        }
        match self.pack {
            Some(pack) => Ok(pack),
            None => Err(Box::new(self)),
        }
    }
}

/// Loads a pack.
pub fn load(files: &dyn Files) -> Loaded {
    let mut loader = Loader { files, sources: vec![], contents: vec![], out: vec![] };
    let pack = loader.load();
    let Loader { sources, mut out, .. } = loader;
    diagnostic::sort(&mut out);
    out.dedup();
    Loaded { pack, diagnostics: out, sources }
}

/// A pack stays inside its folder, whatever its manifest says.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains(['\\', ':'])
        && !path.split('/').any(|part| part == "..")
}

struct Loader<'a> {
    files: &'a dyn Files,
    sources: Vec<Source>,
    /// Path and bytes of every file read, for the digest.
    contents: Vec<(String, Vec<u8>)>,
    out: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn load(&mut self) -> Option<Pack> {
        let manifest_document = self.document(MANIFEST, None)?;
        let manifest = manifest::read(&manifest_document, &mut self.out);
        let source = manifest_document.source.clone();
        if manifest.format.value != FORMAT {
            // Another format may mean anything: nothing else of it is read.
            return None;
        }
        let schema_document = self.document(&manifest.schema.value, Some((&source, manifest.schema.span)));
        let schema = schema_document.and_then(|document| schema::read(&document, &mut self.out));
        let mut catalogue = Catalogue::default();
        let catalogue_document =
            self.document(&manifest.catalogue.value, Some((&source, manifest.catalogue.span)));
        if let Some(document) = &catalogue_document {
            catalogue::read(&mut catalogue, document, &mut self.out);
        }
        let topics = self.topics(&manifest, &source);
        let schema = Arc::new(schema?);
        if let Some(document) = &catalogue_document {
            catalogue.check(&document.source, &schema, &mut self.out);
        }
        let rules = rules::compile(topics, &schema, &catalogue, &mut self.out);
        let evaluator = Evaluator::new(&rules);
        let contents: Vec<(&str, &[u8])> =
            self.contents.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        let digest = digest(contents);
        Some(Pack { manifest, catalogue, schema, rules, evaluator, digest, sources: self.sources.clone() })
    }

    fn topics(&mut self, manifest: &Manifest, source: &Source) -> Vec<Topic> {
        let mut topics = vec![];
        for path in manifest.topics.iter().take(MAX_TOPICS) {
            let Some(bytes) = self.bytes(&path.value, Some((source, path.span))) else { continue };
            let (topic, fault) = Source::from_bytes(&self.name(&path.value), &bytes);
            self.sources.push(topic.clone());
            if let Some(fault) = fault {
                let at = topic.locate(Span::new(fault.offset, fault.offset + 3));
                self.out.push(
                    Diagnostic::error(codes::NOT_TEXT, at, "this rule file is not UTF-8")
                        .help("save it as UTF-8"),
                );
                continue;
            }
            topics.push(rules::read(&topic, &mut self.out));
        }
        topics
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.files.prefix())
    }

    fn bytes(&mut self, path: &str, named: Option<(&Source, Span)>) -> Option<Vec<u8>> {
        let bytes =
            if is_inside(path) { self.files.read(path) } else { Err("it lies outside the pack".to_owned()) };
        match bytes {
            Ok(bytes) => {
                let bytes = bytes.into_owned();
                self.contents.push((path.to_owned(), bytes.clone()));
                Some(bytes)
            }
            Err(reason) => {
                let message = format!("the pack's file `{path}` cannot be read: {reason}");
                let at = match named {
                    Some((source, span)) => source.locate(span),
                    None => Source::new(&self.name(path), "").locate(Span::at(0)),
                };
                let mut diagnostic = Diagnostic::error(codes::MISSING_FILE, at, message);
                if path == MANIFEST {
                    diagnostic = diagnostic.help(format!("a pack is a folder with a `{MANIFEST}` in it"));
                }
                self.out.push(diagnostic);
                None
            }
        }
    }

    fn document(&mut self, path: &str, named: Option<(&Source, Span)>) -> Option<Document> {
        let bytes = self.bytes(path, named)?;
        let mut document =
            document::from_bytes(&self.name(path), &bytes, Format::of_name(path), &Limits::default());
        self.sources.push(document.source.clone());
        self.out.append(&mut document.diagnostics);
        if document.root.as_ref().and_then(Node::as_map).is_none() {
            let at = document.source.locate(document.root.as_ref().map_or(Span::at(0), |root| root.span));
            self.out.push(Diagnostic::error(
                codes::EMPTY_FILE,
                at,
                format!("the pack's file `{path}` holds no mapping"),
            ));
            return None;
        }
        Some(document)
    }
}
