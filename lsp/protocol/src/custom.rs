//! The requests of Remit's own, as README.md describes them: each is a function of a moment.

use crate::publish;
use crate::state::{Asked, Moment};
use lsp_types::Url;
use serde::Deserialize;
use serde_json::Value;

/// A request about a file.
#[derive(Debug, Clone, Deserialize)]
pub struct FileParams {
    /// The file.
    pub uri: Url,
}

/// `remit/decision`: the report about an intake as `json v1`; nothing for any other file.
pub fn decision(moment: &Moment, params: &FileParams) -> Option<Value> {
    let asked = Asked::of(moment, &params.uri)?;
    publish::report(moment, &asked.id)
}

/// `remit/content`: the text of a file as the server knows it, such as one that a `remit:` URI names.
pub fn content(moment: &Moment, params: &FileParams) -> Option<String> {
    moment.snapshot.text(&moment.names.id(&params.uri)).map(str::to_owned)
}
