//! What people may set: `remit.*`, from `initializationOptions` and from the client's configuration.
//!
//! A value that makes no sense is reported and the default stays: a typo in a setting takes nothing away.

use crate::names::Names;
use lsp_types::{ConfigurationItem, InitializeParams, Url, WorkspaceFolder, WorkspaceFoldersChangeEvent};
use remit_service::{Config, Date, Level, RootConfig};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is set, in the client's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The folder of the pack for all roots.
    pub pack: Option<String>,
    /// The same for single roots, by their id.
    pub packs: BTreeMap<String, String>,
    /// The day that counts as today.
    pub today: Option<Date>,
    readiness: Option<Level>,
    evidence: Option<Level>,
    inlay_hints: Option<bool>,
    type_hints: Option<bool>,
    code_lenses: Option<bool>,
    /// How much is traced.
    pub trace: Option<String>,
}

/// What is set, and for which folders of the workspace.
#[derive(Debug, Default)]
pub struct Set {
    /// From `initializationOptions`: what counts where nothing else is set.
    pub base: Settings,
    /// What counts now.
    pub now: Settings,
    /// The workspace's folders, by id and as the client names them.
    pub roots: Vec<(String, Url)>,
}

impl Set {
    /// For the service.
    pub fn config(&self, names: &Names) -> Config {
        let roots: Vec<String> = self.roots.iter().map(|(id, _)| id.clone()).collect();
        self.now.config(&roots, names)
    }

    /// The client introduced itself. What is wrong with what it says is added to `faults`.
    pub fn begin(&mut self, params: &InitializeParams, names: &Names, faults: &mut Vec<String>) {
        let roots = roots(params).into_iter();
        self.roots = roots.map(|uri| (names.folder_id(&uri), uri)).collect();
        if let Some(options) = &params.initialization_options {
            self.base.lay(options, faults);
            self.base.lay(options.get("settings").unwrap_or(&Value::Null), faults);
        }
        self.now = self.base.clone();
    }

    /// Settings that came with a notification.
    pub fn take(&mut self, written: &Value, faults: &mut Vec<String>) {
        self.now = self.base.clone();
        self.now.lay(written.get("remit").unwrap_or(written), faults);
    }

    /// What to ask a client for that can be asked: its settings for all, and for each folder.
    pub fn wanted(&self) -> Vec<ConfigurationItem> {
        let item = |scope_uri| ConfigurationItem { scope_uri, section: Some("remit".to_owned()) };
        let scopes = std::iter::once(None).chain(self.roots.iter().map(|(_, uri)| Some(uri.clone())));
        scopes.map(item).collect()
    }

    /// The client's answer, for the folders that were asked for.
    pub fn answered(&mut self, roots: &[(String, Url)], answers: Vec<Value>, faults: &mut Vec<String>) {
        let mut answers = answers.into_iter();
        self.now = self.base.clone();
        self.now.lay(&answers.next().unwrap_or_default(), faults);
        for ((root, _), answer) in roots.iter().zip(answers) {
            if let Some(pack) = answer.get("pack").and_then(Value::as_str).filter(|pack| !pack.is_empty()) {
                self.now.packs.insert(root.clone(), pack.to_owned());
            }
        }
    }

    /// Whether a file or folder lies in one of the workspace's folders.
    pub fn is_inside(&self, id: &str) -> bool {
        let inside =
            |root: &str| id == root || id.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
        self.roots.iter().any(|(root, _)| inside(root))
    }

    /// Folders came to the workspace or left it: the ids of those that came, and of those that left.
    pub fn change(
        &mut self,
        event: WorkspaceFoldersChangeEvent,
        names: &Names,
    ) -> (Vec<String>, Vec<String>) {
        let of = |folders: Vec<WorkspaceFolder>| -> Vec<(String, Url)> {
            folders.into_iter().map(|folder| (names.folder_id(&folder.uri), folder.uri)).collect()
        };
        let (added, removed) = (of(event.added), of(event.removed));
        self.roots.retain(|(id, _)| !removed.iter().any(|(gone, _)| gone == id));
        self.roots.extend(added.iter().cloned());
        let ids = |folders: Vec<(String, Url)>| folders.into_iter().map(|(id, _)| id).collect();
        (ids(added), ids(removed))
    }
}

/// The folders that a client names when it introduces itself.
fn roots(params: &InitializeParams) -> Vec<Url> {
    if let Some(folders) = params.workspace_folders.as_ref().filter(|folders| !folders.is_empty()) {
        return folders.iter().map(|folder| folder.uri.clone()).collect();
    }
    params.root_uri.iter().cloned().collect()
}

impl Settings {
    /// Lays settings over these. What is wrong with them is added to `faults`.
    pub fn lay(&mut self, written: &Value, faults: &mut Vec<String>) {
        let Some(fields) = written.as_object() else { return };
        let mut read = Reader { fields, faults };
        read.set("pack", "the path of a folder", &mut self.pack, path);
        read.set("today", "a date such as `2026-11-20`", &mut self.today, date);
        read.set("inlayHints", "`true` or `false`", &mut self.inlay_hints, Value::as_bool);
        read.set("typeHints", "`true` or `false`", &mut self.type_hints, Value::as_bool);
        read.set("codeLenses", "`true` or `false`", &mut self.code_lenses, Value::as_bool);
        read.set("trace", "`off`, `messages` or `verbose`", &mut self.trace, trace);
        if let Some(lint) = fields.get("lint").and_then(Value::as_object) {
            let levels = "`off`, `hint`, `info` or `warning`";
            let mut read = Reader { fields: lint, faults };
            read.set("readiness", levels, &mut self.readiness, level);
            read.set("evidence", levels, &mut self.evidence, level);
        }
    }

    /// For the service. `roots` are the ids of the workspace's folders.
    pub fn config(&self, roots: &[String], names: &Names) -> Config {
        let default = Config::default();
        let of_root = |root: &String| {
            let pack = self.packs.get(root).or(self.pack.as_ref());
            RootConfig { root: root.clone(), pack: pack.and_then(|pack| names.folder(root, pack)) }
        };
        Config {
            roots: roots.iter().map(of_root).collect(),
            readiness: self.readiness.unwrap_or(default.readiness),
            evidence: self.evidence.unwrap_or(default.evidence),
            inlay_hints: self.inlay_hints.unwrap_or(default.inlay_hints),
            type_hints: self.type_hints.unwrap_or(default.type_hints),
            code_lenses: self.code_lenses.unwrap_or(default.code_lenses),
        }
    }
}

struct Reader<'a> {
    fields: &'a Map<String, Value>,
    faults: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn set<T>(&mut self, name: &str, wanted: &str, target: &mut Option<T>, read: impl Fn(&Value) -> Option<T>)
    where
        T: Clone,
    {
        match self.fields.get(name) {
            None => {}
            // As clients write what is not set.
            Some(Value::Null) => *target = None,
            Some(Value::String(text)) if text.is_empty() => *target = None,
            Some(value) => match read(value) {
                Some(value) => *target = Some(value),
                None => self
                    .faults
                    .push(format!("the setting `remit.{name}` is `{value}`, but has to be {wanted}")),
            },
        }
    }
}

fn path(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn date(value: &Value) -> Option<Date> {
    remit_service::date(value.as_str()?)
}

fn level(value: &Value) -> Option<Level> {
    serde_json::from_value(value.clone()).ok()
}

fn trace(value: &Value) -> Option<String> {
    let known = ["off", "messages", "verbose"];
    value.as_str().filter(|value| known.contains(value)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::NoDisk;
    use serde_json::json;

    #[test]
    fn settings_lie_over_each_other_and_mistakes_are_named() {
        let names = Names::new(NoDisk::new(&[]));
        let (mut settings, mut faults) = (Settings::default(), vec![]);
        settings.lay(
            &json!({"pack": "../policy/./p/", "lint": {"readiness": "off"}, "inlayHints": false}),
            &mut faults,
        );
        settings.lay(&json!({"today": "2026-11-21", "lint": {"evidence": "warning"}}), &mut faults);
        assert_eq!(faults, Vec::<String>::new());
        let config = settings.config(&["/a/b".to_owned()], &names);
        assert_eq!(config.roots[0].pack.as_deref(), Some("/a/policy/p"));
        assert_eq!((config.readiness, config.evidence), (Level::Off, Level::Warning));
        assert!(!config.inlay_hints && config.code_lenses);
        settings.lay(&json!({"today": "soon", "lint": {"evidence": "loud"}, "pack": ""}), &mut faults);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(settings.config(&["/a/b".to_owned()], &names).roots[0].pack, None);
        assert_eq!(settings.today, "2026-11-21".parse().ok(), "what made sense stays");
    }
}
