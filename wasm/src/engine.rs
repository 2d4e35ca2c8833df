//! A pack, loaded from files in memory.

use crate::fault::{Fault, json};
use remit_core::diagnostic::Diagnostic;
use remit_core::pack::{self, FileMap, Files as _};
use remit_core::source::Source;
use remit_core::wire;
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// What sources of the embedded pack are named with, in every host.
const DEFAULT_PREFIX: &str = "default/";

/// How the files of a folder are told to be intakes.
const INTAKES: [&str; 3] = [".intake.yaml", ".intake.yml", ".intake.json"];

/// The files of a pack.
#[wasm_bindgen]
pub struct Files(FileMap);

#[wasm_bindgen]
impl Files {
    /// No files yet; diagnostics name each by `prefix` and its path.
    #[wasm_bindgen(constructor)]
    pub fn new(prefix: &str) -> Self {
        let default = FileMap::of(DEFAULT_PREFIX, remit_rules::FILES);
        Self(FileMap::new(prefix).with_base(pack::DEFAULT, default))
    }

    /// Adds or replaces a file.
    pub fn put(&mut self, path: String, bytes: Vec<u8>) {
        self.0.put(path, bytes);
    }
}

/// What loading a pack gave.
#[wasm_bindgen]
pub struct Loaded {
    engine: Option<Engine>,
    diagnostics: String,
}

#[wasm_bindgen]
impl Loaded {
    /// Everything that is wrong with it or worth knowing, as JSON.
    pub fn diagnostics(&self) -> String {
        self.diagnostics.clone()
    }

    /// The engine, once; there is none where the pack has an error.
    pub fn engine(&mut self) -> Option<Engine> {
        self.engine.take()
    }
}

/// A pack, ready to decide.
#[wasm_bindgen]
pub struct Engine {
    pub(crate) engine: remit_core::engine::Engine,
    pub(crate) files: FileMap,
    /// What loading found; no error is among it.
    pub(crate) found: Vec<Diagnostic>,
}

/// Loads a pack.
#[wasm_bindgen]
pub fn load(files: Files) -> Result<Loaded, wasm_bindgen::JsValue> {
    Ok(open(files.0)?)
}

/// Loads the embedded pack.
#[wasm_bindgen(js_name = loadDefault)]
pub fn load_default() -> Result<Loaded, wasm_bindgen::JsValue> {
    Ok(open(FileMap::of(DEFAULT_PREFIX, remit_rules::FILES))?)
}

fn open(files: FileMap) -> Result<Loaded, Fault> {
    let loaded = pack::load(&files);
    let sources: Vec<&Source> = loaded.sources.iter().collect();
    let found: Vec<_> = loaded.diagnostics.iter().map(|found| wire::diagnostic(found, &sources)).collect();
    let diagnostics = json(&found)?;
    let found = loaded.diagnostics.clone();
    let engine = loaded.usable().ok().map(|pack| {
        let engine = remit_core::engine::Engine::new(pack);
        Engine { engine, files, found }
    });
    Ok(Loaded { engine, diagnostics })
}

#[wasm_bindgen]
impl Engine {
    /// What pack this is, as JSON.
    pub fn pack(&self) -> String {
        let pack = &self.engine.pack;
        let topics: Vec<&str> = pack.manifest.topics.iter().map(|topic| topic.value.as_str()).collect();
        let files: Vec<&str> = self.files.paths().collect();
        let rules: Vec<&str> = pack.rules.rules().iter().map(|rule| rule.id.as_str()).collect();
        json!({
            "name": pack.manifest.name,
            "version": pack.manifest.version,
            "digest": pack.digest,
            "topics": topics,
            "rules": rules,
            "files": files,
        })
        .to_string()
    }

    /// The files of the pack as texts by their path, as JSON.
    pub fn files(&self) -> String {
        let texts = self.files.paths().map(|path| (path.to_owned(), Value::String(self.text(path))));
        Value::Object(texts.collect::<Map<String, Value>>()).to_string()
    }

    /// The schema of the pack's intakes, as JSON.
    pub fn schema(&self) -> String {
        self.engine.pack.schema.json().to_string()
    }

    /// The pack's example intakes, as JSON.
    pub fn examples(&self) -> String {
        let Some(folder) = &self.engine.pack.manifest.examples else { return "[]".to_owned() };
        let paths = self.files.list(folder);
        let examples = paths.iter().filter(|path| INTAKES.iter().any(|ending| path.ends_with(ending)));
        let start = format!("{}/", folder.trim_end_matches('/'));
        let examples = examples.map(|path| {
            let name = path.strip_prefix(&start).unwrap_or(path);
            json!({ "name": name, "path": path, "text": self.text(path) })
        });
        Value::Array(examples.collect()).to_string()
    }
}

impl Engine {
    fn text(&self, path: &str) -> String {
        self.files.read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}
