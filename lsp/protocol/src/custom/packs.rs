//! Requests about packs, and what begins with one.

use crate::failure::Failure;
use crate::state::Moment;
use crate::status::PackStatus;
use lsp_types::Url;
use remit_service::Format;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// Nothing is asked but what the method says.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct NoParams(IgnoredAny);

/// `remit/packs`: the packs in the workspace and those that are set, the embedded one last.
pub fn packs(moment: &Moment, _: &NoParams) -> Vec<PackStatus> {
    let roots = moment.snapshot.pack_roots().into_iter().map(Some);
    let packs = roots.chain([None]).map(|root| moment.snapshot.pack_at(root.as_deref()));
    packs.map(|pack| PackStatus::of(moment, pack)).collect()
}

/// What `remit/newIntake` asks.
#[derive(Debug, Clone, Deserialize)]
pub struct NewIntakeParams {
    /// A file or folder around which the pack lies, there or not yet.
    pub uri: Option<Url>,
    /// How it is written.
    pub format: Option<Syntax>,
}

/// How an intake is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Syntax {
    /// YAML.
    #[default]
    Yaml,
    /// JSON.
    Json,
}

/// What `remit/newIntake` gives.
#[derive(Debug, Clone, Serialize)]
pub struct Blank {
    /// Every question and no answer.
    pub text: String,
    /// The pack whose questions they are.
    pub pack: PackStatus,
}

/// `remit/newIntake`.
///
/// # Errors
///
/// When the pack does not load.
pub fn new_intake(moment: &Moment, params: &NewIntakeParams) -> Result<Blank, Failure> {
    let around = params.uri.as_ref().map(|uri| moment.names.id(uri));
    let root = around.and_then(|id| moment.snapshot.pack_around(&id));
    let format = match params.format.unwrap_or_default() {
        Syntax::Yaml => Format::Yaml,
        Syntax::Json => Format::Json,
    };
    let text = moment.snapshot.blank_intake(root.as_deref(), format).map_err(Failure::failed)?;
    Ok(Blank { text, pack: PackStatus::of(moment, moment.snapshot.pack_at(root.as_deref())) })
}
