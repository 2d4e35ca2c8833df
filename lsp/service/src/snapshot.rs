//! Answers. Every one is a function of the snapshot, a file and a place in it: nothing here changes anything.

use crate::answer::{
    ActionKind, CodeAction, CodeLens, Completion, Diagnostic, Edit, Fold, Hover, InlayHint, Link, NewFile,
    Place, SemanticToken, SignatureHelp, Span, Symbol, SymbolKind, WorkspaceSymbol,
};
use crate::files::File;
use crate::intake::{self, Analysis, Explained, Reader};
use crate::kind::{FileKind, folder, join};
use crate::packs::{Chosen, Notice, PackInfo, PackState, Packs};
use crate::policy;
use crate::service::{Config, State};
use jiff::civil::Date;
use remit_core::cases::{self, Start};
use remit_core::document::Format;
use remit_core::pack::MANIFEST;
use remit_core::record::Spanned;
use remit_core::wire::v1;
use remit_core::wire::v1::explanation::{Counterfactual, Questions};
use std::collections::BTreeSet;
use std::sync::Arc;

/// All files as they were at one moment. Cheap to clone, and good on any thread.
#[derive(Debug, Clone)]
pub struct Snapshot(Arc<State>);

impl Snapshot {
    pub(crate) fn new(state: Arc<State>) -> Self {
        Self(state)
    }

    /// A file: open, fed, or one of the embedded pack's.
    pub fn file(&self, id: &str) -> Option<&Arc<File>> {
        self.0.files.get(id).or_else(|| self.0.packs.built_in(id))
    }

    /// All files that the host gave, by id.
    pub fn files(&self) -> impl Iterator<Item = &Arc<File>> {
        self.0.files.iter()
    }

    /// The text of a file.
    pub fn text(&self, id: &str) -> Option<&str> {
        self.file(id).map(|file| file.text())
    }

    /// The version of an open file.
    pub fn version(&self, id: &str) -> Option<i32> {
        self.file(id)?.version()
    }

    /// What is set.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Which day it is.
    pub fn today(&self) -> Option<Date> {
        self.0.today
    }

    /// What a file is.
    pub fn kind(&self, id: &str) -> FileKind {
        if let Some(kind) = self.file(id).and_then(|file| file.kind) {
            return kind;
        }
        match FileKind::of_name(id) {
            FileKind::Other => self.named_by_manifest(id),
            // Scripts are written for other programs too.
            FileKind::Rules if !self.lies_in_a_pack(id) => FileKind::Other,
            kind => kind,
        }
    }

    /// Whether a manifest lies around a file, or it is the embedded pack's.
    fn lies_in_a_pack(&self, id: &str) -> bool {
        let root = Packs::root_of(&self.0.files, &self.0.config, id);
        // A pack that is set decides intakes from elsewhere.
        let inside = |root: String| {
            root.is_empty() || id.strip_prefix(&root).is_some_and(|rest| rest.starts_with('/'))
        };
        root.map_or_else(|| self.0.packs.built_in(id).is_some(), inside)
    }

    /// What a manifest around a file names it as.
    fn named_by_manifest(&self, id: &str) -> FileKind {
        let data = [".yaml", ".yml", ".json"].iter().any(|ending| id.to_ascii_lowercase().ends_with(ending));
        if !data || self.file(id).is_none() {
            return FileKind::Other;
        }
        let pack = self.pack(id);
        let Some(manifest) = pack.ready.as_ref().map(|ready| &ready.pack().manifest) else {
            // Without a manifest that can be read, the usual names beside it will do.
            let beside = folder(id) == pack.root.as_deref().filter(|root| !root.is_empty());
            return match id.rsplit('/').next() {
                Some("catalogue.yaml") if beside => FileKind::Catalogue,
                Some("intake.schema.json") if beside => FileKind::Schema,
                _ => FileKind::Other,
            };
        };
        let is = |named: &Option<Spanned<String>>, path: &str| {
            named.as_ref().is_some_and(|named| named.value == path)
        };
        let path = match &pack.root {
            Some(root) if root.is_empty() => Some(id),
            Some(root) => id.strip_prefix(root.as_str()).and_then(|rest| rest.strip_prefix('/')),
            None => id.strip_prefix(crate::DEFAULT_PACK),
        };
        match path {
            Some(path) if is(&manifest.catalogue, path) => FileKind::Catalogue,
            Some(path) if is(&manifest.schema, path) => FileKind::Schema,
            _ => FileKind::Other,
        }
    }

    /// The pack that a file belongs to.
    pub(crate) fn pack(&self, id: &str) -> Chosen {
        self.0.packs.choose(&self.0, id)
    }

    /// The pack in a folder, or the embedded one.
    pub(crate) fn chosen(&self, root: Option<&str>) -> Chosen {
        match root {
            Some(root) => self.0.packs.at(&self.0, root),
            None => self.0.packs.default(),
        }
    }

    /// The files of a pack, as the engine sees them.
    pub(crate) fn pack_files<'a>(&'a self, root: Option<&'a str>) -> Box<dyn remit_core::pack::Files + 'a> {
        self.0.packs.files(&self.0, root)
    }

    /// The pack in a folder, or the embedded one.
    pub fn pack_at(&self, root: Option<&str>) -> PackInfo {
        self.chosen(root).info()
    }

    /// The folder of the pack that a file or folder belongs to, there or not yet; `None` for the embedded pack.
    pub fn pack_around(&self, id: &str) -> Option<String> {
        let id = id.trim_end_matches('/');
        if id.starts_with(crate::DEFAULT_PACK) && self.0.packs.built_in(id).is_some() {
            return None;
        }
        // As a folder: for a file, there is no manifest in it.
        Packs::root_of(&self.0.files, &self.0.config, &join(id, ""))
    }

    /// An intake with every question and no answer, by the pack in a folder or the embedded one; or why there is
    /// none.
    pub fn blank_intake(&self, root: Option<&str>, format: Format) -> Result<String, String> {
        match self.chosen(root) {
            chosen if !chosen.decides() => Err(chosen
                .notice()
                .map_or_else(|| "the pack does not load".to_owned(), |notice| notice.message)),
            chosen => match &chosen.ready {
                Some(ready) => Ok(ready.pack().blank_intake(format)),
                None => Err("the pack does not load".to_owned()),
            },
        }
    }

    /// The pack that a file belongs to.
    pub fn pack_info(&self, id: &str) -> PackInfo {
        self.pack(id).info()
    }

    /// The folder of the pack that a file belongs to, whether or not it loads; `None` for the embedded pack.
    pub fn pack_root(&self, id: &str) -> Option<String> {
        Packs::root_of(&self.0.files, &self.0.config, id)
    }

    /// The folders of all packs: those with a manifest, and those that are set.
    pub fn pack_roots(&self) -> Vec<String> {
        let manifests = self.0.files.iter().filter_map(|file| {
            let id = file.id();
            (id.rsplit('/').next() == Some(MANIFEST)).then(|| folder(id).unwrap_or_default().to_owned())
        });
        let set = self.0.config.roots.iter().filter_map(|root| root.pack.as_deref());
        let set = set.map(|pack| pack.trim_end_matches('/').to_owned());
        manifests.chain(set).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What people have to be told about packs as a whole.
    pub fn notices(&self) -> Vec<Notice> {
        let packs = self.pack_roots().into_iter().map(|root| self.0.packs.at(&self.0, &root));
        packs.filter_map(|pack| pack.notice()).collect()
    }

    /// Ids of files that packs name and that the host has not given. A host that finds them feeds them, and
    /// asks again until there are no new ones.
    pub fn lacking(&self) -> Vec<String> {
        self.pack_roots().iter().flat_map(|root| self.lacking_in(root)).collect()
    }

    /// The same for the pack in one folder; files of a pack that it extends may lie elsewhere.
    pub fn lacking_in(&self, root: &str) -> Vec<String> {
        self.0.packs.at(&self.0, root).version.lacks().map(str::to_owned).collect()
    }

    /// Whether a file is an example of the pack that it lies in: the pack's tests and lints read it.
    pub fn is_example(&self, id: &str) -> bool {
        if self.kind(id) != FileKind::Intake {
            return false;
        }
        let pack = self.pack(id);
        let folder = pack.ready.as_ref().and_then(|ready| ready.pack().manifest.examples.as_deref());
        let Some((root, folder)) = pack.root.as_deref().zip(folder) else { return false };
        id.starts_with(&join(root, &format!("{}/", folder.trim_end_matches('/'))))
    }

    /// The ids of the files whose answers may change when this one does: itself, and for a file of a pack, its
    /// examples included, every open file that belongs to the pack, or to one that extends it.
    pub fn affected_by(&self, id: &str) -> Vec<String> {
        let mut ids = vec![id.to_owned()];
        if self.kind(id) == FileKind::Intake && !self.is_example(id) {
            return ids;
        }
        let root = Packs::root_of(&self.0.files, &self.0.config, id);
        let open = self.0.files.iter().filter(|file| file.version().is_some() && file.id() != id);
        let same = open.filter(|file| {
            let other = Packs::root_of(&self.0.files, &self.0.config, file.id());
            other == root || other.is_some_and(|other| self.0.packs.at(&self.0, &other).version.reads(id))
        });
        ids.extend(same.map(|file| file.id().to_owned()));
        ids
    }

    /// What was found out about an intake; `None` for any other file.
    pub(crate) fn intake(&self, id: &str) -> Option<Arc<Analysis>> {
        let file = self.file(id)?;
        if self.kind(id) != FileKind::Intake {
            return None;
        }
        let pack = self.pack(id);
        let today = self.0.today;
        Some(
            file.analysis.get(|known| known.is_of(&pack, today), || Analysis::new(file, pack.clone(), today)),
        )
    }

    /// A file of a pack; `None` for an intake, and for what is too large to look into.
    fn policy(&self, id: &str) -> Option<policy::View<'_>> {
        if self.is_too_large(id) { None } else { policy::View::new(self, id) }
    }

    fn is_too_large(&self, id: &str) -> bool {
        self.file(id).is_some_and(|file| file.is_too_large(self.kind(id)))
    }

    /// The files of a pack that this service knows something about, by id; those of the embedded default
    /// without a folder. Files of a pack inside the pack are not its own.
    pub(crate) fn files_of_pack(&self, root: Option<&str>) -> Vec<Arc<File>> {
        let Some(root) = root else { return self.0.packs.built_in_files().cloned().collect() };
        let prefix = join(root, "");
        let inside = self.0.files.iter().filter(|file| file.id().starts_with(&prefix));
        let ours = inside.filter(|file| {
            self.kind(file.id()) != FileKind::Other
                && Packs::root_of(&self.0.files, &self.0.config, file.id()).as_deref() == Some(root)
        });
        let mut files: Vec<Arc<File>> = ours.cloned().collect();
        files.sort_by(|one, other| one.id().cmp(other.id()));
        files
    }

    /// An intake, unless it is too large to look into.
    fn view(&self, id: &str) -> Option<intake::View> {
        if self.is_too_large(id) { None } else { self.whole_view(id) }
    }

    fn whole_view(&self, id: &str) -> Option<intake::View> {
        Some(intake::View { analysis: self.intake(id)?, config: Arc::clone(&self.0.config) })
    }

    /// What is wrong with a file, or worth knowing, in order of place.
    pub fn diagnostics(&self, id: &str) -> Vec<Diagnostic> {
        match (self.kind(id), self.file(id)) {
            (_, None) | (FileKind::Other, _) => vec![],
            (FileKind::Intake, _) => self.whole_view(id).map(|view| view.diagnostics()).unwrap_or_default(),
            (_, Some(_)) => {
                policy::View::new(self, id).map(|policy| policy.diagnostics()).unwrap_or_default()
            }
        }
    }

    /// What is wrong with a file of a pack as far as it is quickly found out, without lints and failing tests;
    /// `None` where [`Snapshot::diagnostics`] is as quick.
    pub fn quick_diagnostics(&self, id: &str) -> Option<Vec<Diagnostic>> {
        policy::View::new(self, id)?.quick_diagnostics()
    }

    /// What could stand at an offset, in order of rank.
    pub fn completions(&self, id: &str, offset: usize) -> Vec<Completion> {
        match self.view(id) {
            Some(view) => view.completions(offset),
            None => self.policy(id).map(|policy| policy.completions(offset)).unwrap_or_default(),
        }
    }

    /// What is to be known about the place at an offset.
    pub fn hover(&self, id: &str, offset: usize) -> Option<Hover> {
        match self.view(id) {
            Some(view) => view.hover(offset),
            None => self.policy(id)?.hover(offset),
        }
    }

    /// Remarks to draw into the lines of a range.
    pub fn inlay_hints(&self, id: &str, range: Span) -> Vec<InlayHint> {
        match self.view(id) {
            Some(view) => view.inlay_hints(range),
            None => self.policy(id).map(|policy| policy.inlay_hints(range)).unwrap_or_default(),
        }
    }

    /// Remarks above lines.
    pub fn code_lenses(&self, id: &str) -> Vec<CodeLens> {
        match self.view(id) {
            Some(view) => view.code_lenses(),
            None => self.policy(id).map(|policy| policy.code_lenses()).unwrap_or_default(),
        }
    }

    /// Changes that are offered at a range.
    pub fn code_actions(&self, id: &str, range: Span) -> Vec<CodeAction> {
        match self.view(id) {
            Some(view) => {
                let mut actions = view.code_actions(range);
                actions.extend(self.case_of(id));
                actions
            }
            None => self.policy(id).map(|policy| policy.code_actions(range)).unwrap_or_default(),
        }
    }

    /// The action that makes a policy test of an intake, in the pack that decides it.
    fn case_of(&self, id: &str) -> Option<CodeAction> {
        let pack = self.pack(id);
        let root = pack.root.as_deref().filter(|_| pack.state == PackState::Good)?;
        let manifest = &pack.ready.as_ref()?.pack().manifest;
        let tests = join(root, manifest.tests.as_deref()?.trim_end_matches('/'));
        let analysis = self.intake(id)?;
        let report = analysis.report().filter(|_| analysis.document().is_clean())?;
        let examples = manifest.examples.as_deref().map(|folder| join(root, folder.trim_end_matches('/')));
        let example = examples.and_then(|folder| id.strip_prefix(&folder)?.strip_prefix('/'));
        let start = match example {
            Some(name) => Start::Example(name),
            // Inside another document there are no others.
            None if analysis.text().lines().any(|line| line.starts_with(['-', '.', '%'])) => return None,
            None => Start::Intake(analysis.text()),
        };
        let stem = id.rsplit('/').next().and_then(|name| name.split(".intake.").next())?;
        let free = |name: &String| self.file(name).is_none();
        let names = (1..100).map(|count| match count {
            1 => format!("{tests}/{stem}.case.yaml"),
            count => format!("{tests}/{stem}-{count}.case.yaml"),
        });
        Some(CodeAction {
            title: "add a test case from this intake".to_owned(),
            kind: ActionKind::Rewrite,
            edits: vec![],
            creates: vec![NewFile {
                file: names.into_iter().find(free)?,
                text: cases::draft(start, &report),
            }],
            mends: vec![],
            preferred: false,
        })
    }

    /// Where what stands at an offset comes from: for a field of an intake the rules that read it, those that
    /// fire because of it first.
    pub fn definition(&self, id: &str, offset: usize) -> Vec<Place> {
        match self.view(id) {
            Some(view) => view.definition(offset),
            None => self.policy(id).map(|policy| policy.definition(offset)).unwrap_or_default(),
        }
    }

    /// Where what stands at an offset is declared: for a field of an intake its place in the schema.
    pub fn declaration(&self, id: &str, offset: usize) -> Vec<Place> {
        match self.view(id) {
            Some(view) => view.declaration(offset),
            None => self.policy(id).map(|policy| policy.definition(offset)).unwrap_or_default(),
        }
    }

    /// Where what stands at an offset is used: for a field of an intake every place in a rule that reads it.
    pub fn references(&self, id: &str, offset: usize) -> Vec<Place> {
        match self.view(id) {
            Some(view) => view.references(offset),
            None => self.policy(id).map(|policy| policy.references(offset)).unwrap_or_default(),
        }
    }

    /// The name at an offset, if it can be renamed.
    pub fn prepare_rename(&self, id: &str, offset: usize) -> Option<Span> {
        self.policy(id)?.prepare_rename(offset).ok()
    }

    /// The edits that give what stands at an offset another name; or why that cannot be.
    pub fn rename(&self, id: &str, offset: usize, name: &str) -> Result<Vec<Edit>, String> {
        match self.policy(id) {
            Some(policy) => policy.rename(offset, name),
            None => Err("nothing here can be renamed".to_owned()),
        }
    }

    /// The outline of a file.
    pub fn symbols(&self, id: &str) -> Vec<Symbol> {
        match self.view(id) {
            Some(view) => view.symbols(),
            None => self.policy(id).map(|policy| policy.symbols()).unwrap_or_default(),
        }
    }

    /// Symbols of all files whose name holds the letters of a query, in its order.
    pub fn workspace_symbols(&self, query: &str) -> Vec<WorkspaceSymbol> {
        let mut found = vec![];
        for file in self.0.files.iter().filter(|file| self.kind(file.id()) == FileKind::Intake) {
            let (container, name) =
                file.id().rsplit_once('/').map_or((None, file.id()), |(folder, name)| (Some(folder), name));
            let name = name.split(".intake.").next().unwrap_or(name);
            if is_like(name, query) {
                found.push(WorkspaceSymbol {
                    name: name.to_owned(),
                    kind: SymbolKind::Intake,
                    place: Place { file: file.id().to_owned(), span: Span::default() },
                    container: container.map(str::to_owned),
                });
            }
        }
        found.extend(policy::workspace_symbols(self, query));
        found
    }

    /// Parts of a file that can be folded.
    pub fn folding(&self, id: &str) -> Vec<Fold> {
        match self.view(id) {
            Some(view) => view.folding(),
            None => self.policy(id).map(|policy| policy.folding()).unwrap_or_default(),
        }
    }

    /// For each offset the parts of the text around it, the innermost first.
    pub fn selection_ranges(&self, id: &str, offsets: &[usize]) -> Vec<Vec<Span>> {
        match self.view(id) {
            Some(view) => offsets.iter().map(|offset| view.selection_range(*offset)).collect(),
            None => match self.policy(id) {
                Some(policy) => offsets.iter().map(|offset| policy.selection_range(*offset)).collect(),
                None => vec![],
            },
        }
    }

    /// Parts of a file that lead somewhere.
    pub fn links(&self, id: &str) -> Vec<Link> {
        match self.view(id) {
            Some(view) => view.links(),
            None => self.policy(id).map(|policy| policy.links()).unwrap_or_default(),
        }
    }

    /// Tokens with a meaning that colour can show, in order of place. An intake has none: it is YAML or JSON,
    /// which editors colour themselves.
    pub fn semantic_tokens(&self, id: &str) -> Vec<SemanticToken> {
        self.policy(id).map(|policy| policy.semantic_tokens()).unwrap_or_default()
    }

    /// The signature of the call around an offset.
    pub fn signature_help(&self, id: &str, offset: usize) -> Option<SignatureHelp> {
        self.policy(id)?.signature_help(offset)
    }

    /// The decision about an intake; `None` for any other file, and where the pack decides nothing.
    pub fn decision(&self, id: &str) -> Option<Arc<v1::Report>> {
        self.intake(id)?.report()
    }
}

/// What people ask about a decision. `None` for what is no intake; an error says why there is no answer.
impl Snapshot {
    /// Explains a target (a rule, a point, a field, `tier`), else what stands at an offset, else the whole.
    pub fn explain(
        &self,
        id: &str,
        target: Option<&str>,
        offset: Option<usize>,
        reader: Reader,
    ) -> Option<Result<Explained, String>> {
        Some(self.view(id)?.explain(target, offset, reader))
    }

    /// The open questions, the most telling first; with `all`, also those that change nothing.
    pub fn questions(&self, id: &str, all: bool) -> Option<Result<Questions, String>> {
        Some(self.view(id)?.questions(all))
    }

    /// The smallest change of answers that would meet goals such as `tier=1`: for people, and as data.
    pub fn instead(&self, id: &str, goals: &[String]) -> Option<Result<(String, Counterfactual), String>> {
        Some(self.view(id)?.instead(goals))
    }

    /// The edits that answer a field with what somebody typed; without that, those that take its answer away.
    pub fn answer(&self, id: &str, path: &str, typed: Option<&str>) -> Option<Result<Vec<Edit>, String>> {
        Some(self.view(id)?.write_answer(path, typed))
    }
}

/// Whether a name holds the letters of a query, in its order and whatever their case.
pub(crate) fn is_like(name: &str, query: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    query
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .all(|wanted| letters.any(|c| c == wanted))
}
