//! What a file is, by its name. Names are compared in lower case.

use serde::{Deserialize, Serialize};

/// What a file is to the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// An intake.
    Intake,
    /// A topic of rules.
    Rules,
    /// A policy test.
    Case,
    /// The manifest of a pack, `remit.yaml`.
    Manifest,
    /// The catalogue that a manifest names.
    Catalogue,
    /// The intake schema that a manifest names.
    Schema,
    /// Not ours: every answer about it is empty.
    Other,
}

impl FileKind {
    /// What a name alone promises. Catalogue and schema are known by their manifest only.
    pub fn of_name(id: &str) -> Self {
        let name = id.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&[".intake.yaml", ".intake.yml", ".intake.json"]) {
            Self::Intake
        } else if ends(&[".case.yaml", ".case.yml"]) {
            Self::Case
        } else if ends(&[".rhai"]) {
            Self::Rules
        } else if name == remit_core::pack::MANIFEST {
            Self::Manifest
        } else {
            Self::Other
        }
    }

    /// What an editor's language id promises.
    pub fn of_language(language: &str) -> Option<Self> {
        match language {
            "remit-intake" | "remit-intake-json" => Some(Self::Intake),
            "remit-rules" => Some(Self::Rules),
            "remit-case" => Some(Self::Case),
            _ => None,
        }
    }
}

/// The folder of a file: its id up to the last `/`, or nothing.
pub(crate) fn folder(id: &str) -> Option<&str> {
    id.rsplit_once('/').map(|(folder, _)| folder)
}

/// The id of a file in a folder; the nameless folder holds files without a `/`.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
