//! The service: takes changes, one after the other, and hands out snapshots.

use crate::change::{self, Change};
use crate::files::{File, FileSet, Origin};
use crate::kind::FileKind;
use crate::packs::{Choices, Packs};
use crate::snapshot::Snapshot;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// What a host may set. Fields that are left out of a written form keep their default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Config {
    /// Workspace folders with what is set for each; of several around a file the innermost counts.
    pub roots: Vec<RootConfig>,
    /// How loudly answers that the minimum intake lacks are remarked.
    pub readiness: Level,
    /// How loudly required evidence that is missing is remarked.
    pub evidence: Level,
    /// Draw what a line causes into the line.
    pub inlay_hints: bool,
    /// Draw what a field can be behind its first use in a condition.
    pub type_hints: bool,
    /// Show the tier above the first line.
    pub code_lenses: bool,
}

impl Default for Config {
    fn default() -> Self {
        let (readiness, evidence) = (Level::Info, Level::Info);
        Self { roots: vec![], readiness, evidence, inlay_hints: true, type_hints: false, code_lenses: true }
    }
}

/// What is set for a workspace folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RootConfig {
    /// The id of the folder, without a `/` at its end.
    pub root: String,
    /// The id of the folder of the pack that decides intakes here, where no pack lies nearer to them.
    #[serde(default)]
    pub pack: Option<String>,
}

/// How loudly something is remarked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not at all.
    Off,
    /// As a faint mark.
    Hint,
    /// As something to know.
    Info,
    /// As a warning.
    Warning,
}

/// A file that is not open cannot be changed or closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFile(
    /// Its id.
    pub String,
);

impl fmt::Display for UnknownFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not open", self.0)
    }
}

impl std::error::Error for UnknownFile {}

/// Everything that an answer depends on.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) files: FileSet,
    pub(crate) config: Arc<Config>,
    pub(crate) today: Option<Date>,
    pub(crate) packs: Arc<Packs>,
    /// Which version of each pack answers here: chosen once, so that a snapshot never contradicts itself.
    pub(crate) chosen: Choices,
}

/// The language service. Changes go in here; answers come from a [`Snapshot`].
#[derive(Debug)]
pub struct Service {
    state: Arc<State>,
}

impl Service {
    /// A service without files. `default_pack` holds the embedded pack's files, by their path inside it; it
    /// decides intakes for which there is no other. Its files can be asked about below
    /// [`DEFAULT_PACK`](crate::DEFAULT_PACK).
    pub fn new(default_pack: &[(&str, &[u8])]) -> Self {
        let state = State {
            files: FileSet::default(),
            config: Arc::default(),
            today: None,
            packs: Arc::new(Packs::new(default_pack)),
            chosen: Choices::default(),
        };
        Self { state: Arc::new(state) }
    }

    fn state(&mut self) -> &mut State {
        let state = Arc::make_mut(&mut self.state);
        state.chosen = Choices::default();
        state
    }

    /// A file was opened in an editor: its text there counts from now on, whatever stands on the disk.
    pub fn open(&mut self, id: &str, text: &str, version: i32) {
        self.state().files.put(File::open(id, text, version, None));
    }

    /// As [`Service::open`], for a file that the editor knows to be of a kind whatever its name.
    pub fn open_as(&mut self, id: &str, kind: FileKind, text: &str, version: i32) {
        self.state().files.put(File::open(id, text, version, Some(kind)));
    }

    /// An open file was changed. The changes are applied in order. A change of a file that is not open is an
    /// error, and nothing changes.
    pub fn change(&mut self, id: &str, changes: Vec<Change>, version: i32) -> Result<(), UnknownFile> {
        let file = self.state.files.opened(id).ok_or_else(|| UnknownFile(id.to_owned()))?;
        let kind = file.kind;
        let mut text = file.text().to_owned();
        change::apply(&mut text, changes);
        self.state().files.put(File::open(id, &text, version, kind));
        Ok(())
    }

    /// A file was closed: what the host fed counts again, if it fed anything.
    pub fn close(&mut self, id: &str) -> Result<(), UnknownFile> {
        if self.state().files.close(id) { Ok(()) } else { Err(UnknownFile(id.to_owned())) }
    }

    /// A file stands on the disk, or is another one now: a pack's file, an intake that is not open.
    pub fn set_file(&mut self, id: &str, bytes: impl Into<Vec<u8>>) {
        let bytes = bytes.into();
        self.state().files.put(File::fed(id, bytes, Origin::Fed));
    }

    /// A file is gone from the disk; whether there was one.
    pub fn remove_file(&mut self, id: &str) -> bool {
        self.state().files.remove(id)
    }

    /// Which day it is: due dates are compared with it, and dates are suggested from it.
    pub fn set_today(&mut self, today: Option<Date>) {
        self.state().today = today;
    }

    /// Sets what a host may set.
    pub fn set_config(&mut self, config: Config) {
        self.state().config = Arc::new(config);
    }

    /// What is set.
    pub fn config(&self) -> &Config {
        &self.state.config
    }

    /// Everything as it is now. Cheap, and good on any thread; later changes do not touch it.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(Arc::clone(&self.state))
    }
}
