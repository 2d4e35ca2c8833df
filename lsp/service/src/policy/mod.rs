//! Rule, pack and case files: what an editor asks about one, answered from its own text and its pack.
//!
//! The text around the cursor is read from tokens, so that a file which is being typed has answers too; what
//! names mean comes from the pack as far as it loads, else from the last version that did.

mod actions;
mod complete;
mod cursor;
mod data;
mod diagnostics;
mod entries;
mod examples;
mod folding;
mod hints;
mod hover;
mod lenses;
mod methods;
mod names;
mod outline;
mod rename;
mod review;
mod script;
mod selection;
mod semantic;
mod shape;
mod signature;
mod tokens;
mod typing;

pub(crate) use examples::Firings;
pub(crate) use outline::workspace_symbols;
pub(crate) use review::Review;
pub(crate) use script::Script;

use crate::answer::{Link, LinkTarget, Place};
use crate::files::File;
use crate::kind::{FileKind, join};
use crate::packs::{Chosen, DEFAULT_PACK, Ready};
use crate::snapshot::Snapshot;
use data::Known;
use names::{Occurrence, Target};
use remit_core::catalogue::Catalogue;
use remit_core::document::Node;
use remit_core::pack::{MANIFEST, Pack};
use remit_core::schema::Schema;
use std::sync::Arc;
use typing::Typing;

/// A file of a pack, with all that answers about it are made of.
pub(crate) struct View<'s> {
    snapshot: &'s Snapshot,
    file: Arc<File>,
    kind: FileKind,
    pack: Chosen,
    /// The pack as it is now, as far as it can be read; else as it last was.
    model: Option<Arc<Ready>>,
    /// The rule files of the pack, in its order; this one too, if the pack does not name it.
    topics: Vec<Arc<File>>,
    scripts: Vec<Arc<Script>>,
}

impl<'s> View<'s> {
    /// The view of a file; `None` for intakes and files that are not ours.
    pub(crate) fn new(snapshot: &'s Snapshot, id: &str) -> Option<Self> {
        let kind = snapshot.kind(id);
        if matches!(kind, FileKind::Intake | FileKind::Other) {
            return None;
        }
        let file = Arc::clone(snapshot.file(id)?);
        let pack = snapshot.pack(id);
        let model = pack.version.ready.clone().or_else(|| pack.ready.clone());
        let mut view = Self { snapshot, file, kind, pack, model, topics: vec![], scripts: vec![] };
        view.topics = view.find_topics();
        view.scripts = view.topics.iter().map(|topic| topic.script()).collect();
        Some(view)
    }

    fn find_topics(&self) -> Vec<Arc<File>> {
        let paths = self.topic_paths();
        let mut topics: Vec<Arc<File>> =
            paths.iter().filter_map(|path| self.file_at(path).cloned()).collect();
        if self.kind == FileKind::Rules && !topics.iter().any(|topic| topic.id() == self.file.id()) {
            topics.push(Arc::clone(&self.file));
        }
        let inherited = self.inherited().into_iter();
        topics.extend(inherited.filter(|file| self.snapshot.kind(file.id()) == FileKind::Rules));
        topics
    }

    /// The files of the packs that this one extends, as far as it is made from them.
    fn inherited(&self) -> Vec<Arc<File>> {
        let Some(pack) = self.pack() else { return vec![] };
        let sources = pack.sources.iter().filter(|source| pack.inherits(source.id()));
        sources.filter_map(|source| self.snapshot.file(source.id().as_str()).cloned()).collect()
    }

    /// The paths of the rule files that the manifest names.
    fn topic_paths(&self) -> Vec<String> {
        let Some(manifest) = self.file_at(MANIFEST) else { return vec![] };
        let document = manifest.document();
        let topics = document.root.as_ref().and_then(|root| root.get("topics"));
        let items = topics.map(|topics| topics.as_list().unwrap_or(std::slice::from_ref(topics)));
        items.unwrap_or_default().iter().filter_map(Node::as_text).map(str::to_owned).collect()
    }

    /// The id of a file of this pack, by its path inside it.
    fn id_of(&self, path: &str) -> String {
        match &self.pack.root {
            Some(root) => join(root, path),
            None => format!("{DEFAULT_PACK}{path}"),
        }
    }

    /// The path of a file inside this pack.
    fn path_of<'f>(&self, id: &'f str) -> Option<&'f str> {
        match self.pack.root.as_deref() {
            Some("") => Some(id),
            Some(root) => id.strip_prefix(root)?.strip_prefix('/'),
            None => id.strip_prefix(DEFAULT_PACK),
        }
    }

    fn file_at(&self, path: &str) -> Option<&'s Arc<File>> {
        self.snapshot.file(&self.id_of(path))
    }

    fn pack(&self) -> Option<&Pack> {
        self.model.as_ref().map(|model| model.pack())
    }

    fn schema(&self) -> Option<&Schema> {
        self.pack().map(|pack| &*pack.schema)
    }

    fn catalogue(&self) -> Option<&Catalogue> {
        self.pack().map(|pack| &pack.catalogue)
    }

    fn text(&self) -> &str {
        self.file.text()
    }

    fn script(&self) -> Arc<Script> {
        self.file.script()
    }

    fn typing(&self) -> Typing<'_> {
        Typing::new(&self.scripts, self.schema())
    }

    /// Where examples lie inside the pack, with a `/` at the end.
    fn examples_folder(&self) -> String {
        let named = self.pack().and_then(|pack| pack.manifest.examples.clone());
        format!("{}/", named.as_deref().unwrap_or("examples").trim_end_matches('/'))
    }

    fn known<'a>(&'a self, examples: &'a str) -> Known<'a> {
        Known { catalogue: self.catalogue(), schema: self.schema(), examples }
    }

    /// Everything that a file of the pack speaks of.
    fn occurrences(&self, file: &File) -> Vec<Occurrence> {
        let examples = self.examples_folder();
        match self.snapshot.kind(file.id()) {
            FileKind::Rules => names::in_script(&file.script(), &self.typing()),
            FileKind::Schema => {
                self.schema().map_or_else(Vec::new, |schema| data::in_schema(&file.document(), schema))
            }
            FileKind::Intake => data::in_intake(&file.document(), self.known(&examples)),
            kind => match shape::of(kind) {
                Some(shape) => data::in_data(&file.document(), shape, self.known(&examples)),
                None => vec![],
            },
        }
    }

    /// What a cursor in this file is on; of several the smallest.
    fn occurrence_at(&self, offset: usize) -> Option<Occurrence> {
        let found = self.occurrences(&self.file).into_iter();
        let here =
            found.filter(|found| found.span.start as usize <= offset && offset <= found.span.end as usize);
        here.min_by_key(|found| (found.span.end - found.span.start, found.span.start))
    }

    /// The files of the pack that can speak of a name: rules, catalogue, manifest, schema, cases, examples.
    fn files(&self) -> Vec<Arc<File>> {
        self.snapshot.files_of_pack(self.pack.root.as_deref())
    }

    /// Every place in the pack that speaks of the same, with the file it is in.
    fn places_of(&self, target: &Target) -> Vec<(Arc<File>, Occurrence)> {
        let files = match target {
            Target::Local(_) => vec![Arc::clone(&self.file)],
            _ => self.files(),
        };
        let mut found = vec![];
        for file in files {
            let same = self.occurrences(&file).into_iter().filter(|found| found.target == *target);
            found.extend(same.map(|occurrence| (Arc::clone(&file), occurrence)));
        }
        found
    }

    fn place(file: &File, occurrence: &Occurrence) -> Place {
        Place { file: file.id().to_owned(), span: occurrence.span }
    }

    /// Where what stands at an offset is declared.
    pub(crate) fn definition(&self, offset: usize) -> Vec<Place> {
        let Some(here) = self.occurrence_at(offset) else { return vec![] };
        if let Target::File(path) = &here.target {
            let file = self.file_at(path).map(|file| file.id().to_owned());
            return file.into_iter().map(|file| Place { file, span: Default::default() }).collect();
        }
        let mut places = self.places_of(&here.target);
        places.retain(|(_, found)| found.declares);
        if places.is_empty() {
            for file in self.inherited() {
                let same = self.occurrences(&file).into_iter().filter(|found| found.target == here.target);
                places.extend(same.filter(|found| found.declares).map(|found| (Arc::clone(&file), found)));
            }
        }
        places.iter().map(|(file, found)| Self::place(file, found)).collect()
    }

    /// Where what stands at an offset is used; its declarations first.
    pub(crate) fn references(&self, offset: usize) -> Vec<Place> {
        let Some(here) = self.occurrence_at(offset) else { return vec![] };
        if matches!(here.target, Target::Key(..) | Target::Builder(_) | Target::Member(..)) {
            return vec![];
        }
        let mut places = self.places_of(&here.target);
        places.sort_by_key(|(_, found)| !found.declares);
        places.iter().map(|(file, found)| Self::place(file, found)).collect()
    }

    /// Parts of the file that lead somewhere: files of the pack, and addresses in comments.
    pub(crate) fn links(&self) -> Vec<Link> {
        let mut links = vec![];
        for found in self.occurrences(&self.file) {
            if let Target::File(path) = &found.target
                && let Some(file) = self.file_at(path)
            {
                links.push(Link { span: found.span, target: LinkTarget::File(file.id().to_owned()) });
            }
        }
        links.extend(addresses(self.text()));
        links.sort_by_key(|link| link.span);
        links
    }
}

/// Web addresses in a text.
fn addresses(text: &str) -> Vec<Link> {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ')' | ']' | '}' | '|');
    let mut links = vec![];
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("http")).map(|start| at + start) {
        let rest = text.get(start..).unwrap_or_default();
        let len = rest.find(ends).unwrap_or(rest.len());
        let address = rest.get(..len).unwrap_or_default().trim_end_matches(['.', ',', ';', ':']);
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if host.is_some_and(|host| !host.is_empty()) {
            let span = crate::answer::Span::new(start, start + address.len());
            links.push(Link { span, target: LinkTarget::Address(address.to_owned()) });
        }
        at = start + len.max(4);
    }
    links
}
