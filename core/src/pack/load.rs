//! From files to a pack: each layer is read by itself, then all of them are put together.

use super::{
    Base, FORMAT, Files, Loaded, MANIFEST, Manifest, Pack, SwitchedOff, codes, digest, is_inside, manifest,
};
use crate::catalogue;
use crate::diagnostic::{self, Diagnostic, Fix};
use crate::document::{self, Document, Format, Layers, Limits, Node};
use crate::evaluate::Evaluator;
use crate::rules::{self, Topic};
use crate::schema;
use crate::source::{Source, Span};
use crate::suggest;
use std::sync::Arc;

/// A pack may have this many topics, so that a topic's number stays small.
const MAX_TOPICS: usize = 1_000;
/// No more packs than this extend each other.
const MAX_LAYERS: usize = 8;

/// Loads a pack.
pub fn load(files: &dyn Files) -> Loaded {
    let mut loader = Loader { sources: vec![], out: vec![], above: vec![] };
    let mut layers = vec![];
    let whole = loader.layers(files, &mut layers);
    let pack = if whole { put_together(layers, &mut loader.out) } else { None };
    let Loader { sources, mut out, .. } = loader;
    let pack = pack.map(|pack| Pack { sources: sources.clone(), ..pack });
    diagnostic::sort(&mut out);
    out.dedup();
    Loaded { pack, diagnostics: out, sources }
}

/// What was read of one pack, without the one that it extends.
struct Layer {
    manifest: Manifest,
    /// The manifest's text.
    source: Source,
    schema: Option<Document>,
    catalogue: Option<Document>,
    topics: Vec<Topic>,
    /// All of its texts.
    sources: Vec<Source>,
    /// Path and bytes of every file read, for the digest.
    contents: Vec<(String, Vec<u8>)>,
}

/// Reads packs, one at a time.
struct Loader {
    sources: Vec<Source>,
    out: Vec<Diagnostic>,
    /// What the files of the packs above are called, with the place that asks for the next.
    above: Vec<String>,
}

impl Loader {
    /// Reads a pack and those that it extends, itself first; whether all of them are there.
    fn layers(&mut self, files: &dyn Files, layers: &mut Vec<Layer>) -> bool {
        let Some(layer) = (Reader { files, loader: self, sources: vec![], contents: vec![] }).read() else {
            return false;
        };
        let extends = layer.manifest.extends.clone();
        let source = layer.source.clone();
        layers.push(layer);
        let Some(extends) = extends else { return true };
        self.above.push(files.prefix().to_owned());
        let at = source.locate(extends.span);
        let base = match files.base(&extends.value) {
            Ok(base) => base,
            Err(reason) => {
                let message = format!("the pack `{}` that this one extends cannot be read", extends.value);
                let mut diagnostic = Diagnostic::error(codes::UNKNOWN_BASE, at.clone(), message).help(reason);
                if let Some(meant) = suggest::nearest(&extends.value, [super::DEFAULT]) {
                    diagnostic = diagnostic.fix(Fix::replace(at, meant));
                }
                self.out.push(diagnostic);
                return false;
            }
        };
        if base.read(MANIFEST).is_err() {
            let message = format!(
                "the pack `{}` that this one extends is not there, or has no `{MANIFEST}`",
                extends.value
            );
            let help =
                "`extends` is `default`, the built-in pack, or the path of a pack from this one's folder";
            self.out.push(Diagnostic::error(codes::UNKNOWN_BASE, at, message).help(help));
            return false;
        }
        if layers.len() >= MAX_LAYERS || self.above.iter().any(|prefix| prefix == base.prefix()) {
            let name = |prefix: &str| format!("`{}`", prefix.trim_end_matches('/'));
            let path: Vec<String> =
                self.above.iter().map(String::as_str).chain([base.prefix()]).map(name).collect();
            let message = if layers.len() >= MAX_LAYERS {
                format!("more than {MAX_LAYERS} packs extend each other here")
            } else {
                format!("this pack extends itself: {}", path.join(" extends "))
            };
            let help = "one of them has to stand by itself";
            self.out.push(Diagnostic::error(codes::CIRCULAR_BASE, at, message).help(help));
            return false;
        }
        self.layers(&*base, layers)
    }
}

/// Reads one pack.
struct Reader<'a, 'l> {
    files: &'a dyn Files,
    loader: &'l mut Loader,
    sources: Vec<Source>,
    contents: Vec<(String, Vec<u8>)>,
}

impl Reader<'_, '_> {
    fn read(mut self) -> Option<Layer> {
        let document = self.document(MANIFEST, None)?;
        let manifest = manifest::read(&document, &mut self.loader.out);
        let source = document.source;
        if manifest.format.value != FORMAT {
            // Another format may mean anything: nothing else of it is read.
            return None;
        }
        let mut part = |named: &Option<crate::record::Spanned<String>>| {
            let named = named.as_ref()?;
            self.document(&named.value, Some((&source, named.span)))
        };
        let (schema, catalogue) = (part(&manifest.schema), part(&manifest.catalogue));
        let topics = self.topics(&manifest, &source);
        let Self { sources, contents, .. } = self;
        Some(Layer { manifest, source, schema, catalogue, topics, sources, contents })
    }

    fn topics(&mut self, manifest: &Manifest, source: &Source) -> Vec<Topic> {
        let mut topics = vec![];
        for path in manifest.topics.iter().take(MAX_TOPICS) {
            let Some(bytes) = self.bytes(&path.value, Some((source, path.span))) else { continue };
            let (topic, fault) = Source::from_bytes(&self.name(&path.value), &bytes);
            self.source(&topic);
            if let Some(fault) = fault {
                let at = topic.locate(Span::new(fault.offset, fault.offset + 3));
                self.loader.out.push(
                    Diagnostic::error(codes::NOT_TEXT, at, "this rule file is not UTF-8")
                        .help("save it as UTF-8"),
                );
                continue;
            }
            topics.push(rules::read(&topic, &mut self.loader.out));
        }
        topics
    }

    fn source(&mut self, source: &Source) {
        self.sources.push(source.clone());
        self.loader.sources.push(source.clone());
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
                self.loader.out.push(diagnostic);
                None
            }
        }
    }

    fn document(&mut self, path: &str, named: Option<(&Source, Span)>) -> Option<Document> {
        let bytes = self.bytes(path, named)?;
        let mut document =
            document::from_bytes(&self.name(path), &bytes, Format::of_name(path), &Limits::default());
        self.source(&document.source);
        self.loader.out.append(&mut document.diagnostics);
        if document.root.as_ref().and_then(Node::as_map).is_none() {
            let at = document.source.locate(document.root.as_ref().map_or(Span::at(0), |root| root.span));
            self.loader.out.push(Diagnostic::error(
                codes::EMPTY_FILE,
                at,
                format!("the pack's file `{path}` holds no mapping"),
            ));
            return None;
        }
        Some(document)
    }
}

/// Makes one pack of a pack and those that it extends. The sources are the loader's to give.
fn put_together(layers: Vec<Layer>, out: &mut Vec<Diagnostic>) -> Option<Pack> {
    let (mut schema, mut catalogue) = (None, None);
    let mut topics: Vec<Topic> = vec![];
    let mut own_topics = 0;
    let mut switched_off: Vec<SwitchedOff> = vec![];
    let mut default_tier = None;
    let mut digest_below: Option<String> = None;
    let mut bases: Vec<Base> = vec![];
    let mut top = None;
    // From the one that stands by itself upwards.
    for mut layer in layers.into_iter().rev() {
        add_schema(&mut schema, layer.schema.take(), out);
        add_catalogue(&mut catalogue, layer.catalogue.take());
        if layer.manifest.extends.is_some() {
            switch_off(&mut topics, &layer, out);
            set_constants(&mut topics, &layer, out);
        }
        switched_off.extend(layer.manifest.switch_off.iter().cloned());
        own_topics = layer.topics.len();
        topics.extend(layer.topics);
        default_tier = layer.manifest.default_tier.or(default_tier);
        let contents = layer.contents.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        let below = digest_below.iter().map(|below| ("extends", below.as_bytes()));
        let own = digest(contents.chain(below));
        digest_below = Some(own.clone());
        let sources = layer.sources.iter().map(|source| source.id().clone()).collect();
        if let Some(below) = top.replace(Base { manifest: layer.manifest, digest: own, sources }) {
            bases.insert(0, below);
        }
    }
    let Base { manifest, digest, .. } = top?;
    let schema = schema.and_then(|layers: Layers| schema::read(&layers, out));
    let catalogue_source = catalogue.as_ref().map(|layers: &Layers| layers.source.clone());
    let catalogue = catalogue.map(|layers| catalogue::read(&layers, out)).unwrap_or_default();
    let schema = Arc::new(schema?);
    if let Some(source) = &catalogue_source {
        catalogue.check(source, &schema, out);
    }
    let inherited = topics.len() - own_topics;
    let rules = rules::compile(topics, inherited, &schema, &catalogue, out);
    let evaluator = Evaluator::new(&rules);
    let default_tier = default_tier.unwrap_or(1);
    let sources = vec![];
    Some(Pack {
        manifest,
        catalogue,
        schema,
        rules,
        evaluator,
        default_tier,
        digest,
        sources,
        bases,
        switched_off,
    })
}

fn add_schema(schema: &mut Option<Layers>, document: Option<Document>, out: &mut Vec<Diagnostic>) {
    let Some(document) = document else { return };
    match schema {
        None => *schema = Layers::new(document),
        Some(layers) => {
            let Some(root) = document.root else { return };
            let root = layers.push(document.source, root);
            schema::extend(&mut layers.root, root, &layers.source, out);
        }
    }
}

fn add_catalogue(catalogue: &mut Option<Layers>, document: Option<Document>) {
    let Some(document) = document else { return };
    match catalogue {
        None => *catalogue = Layers::new(document),
        Some(layers) => {
            let Some(root) = document.root else { return };
            let root = layers.push(document.source, root);
            layers.root.patch(root);
        }
    }
}

/// Takes the rules that a pack switches off out of the topics of the packs that it extends.
fn switch_off(topics: &mut [Topic], layer: &Layer, out: &mut Vec<Diagnostic>) {
    let known: Vec<String> =
        topics.iter().flat_map(|topic| &topic.rules).map(|rule| rule.id.value.clone()).collect();
    for off in &layer.manifest.switch_off {
        let id = &off.rule.value;
        if known.contains(id) {
            topics.iter_mut().for_each(|topic| topic.rules.retain(|rule| rule.id.value != *id));
            continue;
        }
        let at = layer.source.locate(off.rule.span);
        let message = format!("the pack that this one extends has no rule `{id}` to switch off");
        let mut diagnostic = Diagnostic::error(codes::UNKNOWN_RULE, at.clone(), message);
        let is_own = layer.topics.iter().flat_map(|topic| &topic.rules).any(|rule| rule.id.value == *id);
        diagnostic = match suggest::nearest(id, known.iter().map(String::as_str)) {
            _ if is_own => diagnostic.help("it is a rule of this pack: take it out of its topic"),
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).fix(Fix::replace(at, meant)),
            None => diagnostic.help(format!("it has {}", suggest::all_of(known.iter().map(String::as_str)))),
        };
        out.push(diagnostic);
    }
}

/// Gives constants of the packs that a pack extends the values that it gives them.
fn set_constants(topics: &mut [Topic], layer: &Layer, out: &mut Vec<Diagnostic>) {
    for (name, value) in &layer.manifest.constants {
        let mut constants = topics.iter_mut().flat_map(|topic| &mut topic.constants);
        if let Some(constant) = constants.find(|constant| constant.name.value == name.value) {
            if let Err(wants) = constant.set(value) {
                let at = layer.source.locate(value.span);
                let message =
                    format!("`{}` must be {wants}, as in the pack that this one extends", name.value);
                out.push(Diagnostic::error(codes::WRONG_VALUE, at, message));
            }
            continue;
        }
        let at = layer.source.locate(name.span);
        let message = format!("the pack that this one extends has no constant `{}`", name.value);
        let mut diagnostic = Diagnostic::error(codes::UNKNOWN_CONSTANT, at.clone(), message);
        let known: Vec<&str> =
            topics.iter().flat_map(|topic| &topic.constants).map(|known| known.name.value.as_str()).collect();
        diagnostic = match suggest::nearest(&name.value, known.iter().copied()) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).fix(Fix::replace(at, meant)),
            None => diagnostic.help(format!("it has {}", suggest::all_of(known))),
        };
        out.push(diagnostic);
    }
}
