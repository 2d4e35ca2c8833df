//! What people may set: `remit.*`, from `initializationOptions` and from the client's configuration.
//!
//! A value that makes no sense is reported and the default stays: a typo in a setting takes nothing away.

use crate::documents;
use jiff::civil::Date;
use remit_service::{Config, Level, RootConfig};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use tower_lsp::lsp_types::Url;

/// What is set, in the client's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Settings {
    /// The folder of the pack for all roots.
    pub(crate) pack: Option<String>,
    /// The same for single roots, by their id.
    pub(crate) packs: BTreeMap<String, String>,
    /// The day that counts as today.
    pub(crate) today: Option<Date>,
    readiness: Option<Level>,
    evidence: Option<Level>,
    inlay_hints: Option<bool>,
    type_hints: Option<bool>,
    code_lenses: Option<bool>,
    pub(crate) trace: Option<String>,
}

impl Settings {
    /// Lays settings over these. What is wrong with them is added to `faults`.
    pub(crate) fn lay(&mut self, written: &Value, faults: &mut Vec<String>) {
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
    pub(crate) fn config(&self, roots: &[String]) -> Config {
        let default = Config::default();
        let of_root = |root: &String| {
            let pack = self.packs.get(root).or(self.pack.as_ref());
            RootConfig { root: root.clone(), pack: pack.and_then(|pack| folder(root, pack)) }
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
    value.as_str()?.parse().ok()
}

fn level(value: &Value) -> Option<Level> {
    serde_json::from_value(value.clone()).ok()
}

fn trace(value: &Value) -> Option<String> {
    let known = ["off", "messages", "verbose"];
    value.as_str().filter(|value| known.contains(value)).map(str::to_owned)
}

/// The id of a folder that is written as a path, seen from a root, or as a `file:` URI.
fn folder(root: &str, written: &str) -> Option<String> {
    let written = match Url::parse(written) {
        Ok(uri) if uri.scheme() == "file" => uri.to_file_path().ok()?,
        _ => PathBuf::from(written),
    };
    let whole = match documents::path_of_id(root) {
        Some(root) => root.join(written),
        None => written,
    };
    documents::id_of_path(&tidy(&whole)).map(|id| id.trim_end_matches('/').to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_lie_over_each_other_and_mistakes_are_named() {
        let (mut settings, mut faults) = (Settings::default(), vec![]);
        settings.lay(
            &json!({"pack": "../policy/./p/", "lint": {"readiness": "off"}, "inlayHints": false}),
            &mut faults,
        );
        settings.lay(&json!({"today": "2026-11-21", "lint": {"evidence": "warning"}}), &mut faults);
        assert_eq!(faults, Vec::<String>::new());
        let config = settings.config(&["/a/b".to_owned()]);
        assert_eq!(config.roots[0].pack.as_deref(), Some("/a/policy/p"));
        assert_eq!((config.readiness, config.evidence), (Level::Off, Level::Warning));
        assert!(!config.inlay_hints && config.code_lenses);
        settings.lay(&json!({"today": "soon", "lint": {"evidence": "loud"}, "pack": ""}), &mut faults);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(settings.config(&["/a/b".to_owned()]).roots[0].pack, None);
        assert_eq!(settings.today, Some(jiff::civil::date(2026, 11, 21)), "what made sense stays");
    }
}
