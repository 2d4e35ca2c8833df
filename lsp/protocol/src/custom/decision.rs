//! Requests about one file: what is decided, why, what is open, and how to answer it.

use crate::failure::Failure;
use crate::publish;
use crate::state::{Asked, Moment};
use lsp_types::{Position, Range, Url, WorkspaceEdit};
use remit_service::v1::explanation::{Counterfactual, Explanation, Questions};
use remit_service::{FileKind, Reader};
use serde::{Deserialize, Serialize};
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

/// What `remit/questions` asks.
#[derive(Debug, Clone, Deserialize)]
pub struct QuestionsParams {
    /// The intake.
    pub uri: Url,
    /// Questions that change nothing, too.
    pub all: Option<bool>,
}

/// `remit/questions`: the open questions as `json v1`; nothing for what is no intake.
///
/// # Errors
///
/// When nothing is decided about the intake.
pub fn questions(moment: &Moment, params: &QuestionsParams) -> Result<Option<Questions>, Failure> {
    let id = moment.names.id(&params.uri);
    let found = moment.snapshot.questions(&id, params.all.unwrap_or_default());
    found.transpose().map_err(Failure::failed)
}

/// What `remit/explain` asks.
#[derive(Debug, Clone, Deserialize)]
pub struct ExplainParams {
    /// The intake.
    pub uri: Url,
    /// What stands here.
    pub position: Option<Position>,
    /// A rule, a point, a field, `tier`. It goes before the position.
    pub target: Option<String>,
    /// Whom it is for.
    pub reader: Option<Reader>,
}

/// What `remit/explain` gives.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// What was explained; nothing for the whole decision.
    pub target: Option<String>,
    /// Where the position stands: a key or a value.
    pub range: Option<Range>,
    /// For people.
    pub text: String,
    /// As `json v1`.
    pub explanation: Explanation,
}

/// `remit/explain`: nothing for what is no intake.
///
/// # Errors
///
/// When there is no such target, or nothing is decided.
pub fn explain(moment: &Moment, params: &ExplainParams) -> Result<Option<Explained>, Failure> {
    let Some(asked) = Asked::of(moment, &params.uri) else { return Ok(None) };
    let offset = params.position.map(|position| asked.offset(position));
    let reader = params.reader.unwrap_or_default();
    let found = moment.snapshot.explain(&asked.id, params.target.as_deref(), offset, reader);
    let found = found.transpose().map_err(Failure::failed)?;
    Ok(found.map(|found| Explained {
        target: found.target,
        range: found.span.map(|span| asked.converter().range(span)),
        text: found.text,
        explanation: found.explanation,
    }))
}

/// What `remit/instead` asks.
#[derive(Debug, Clone, Deserialize)]
pub struct InsteadParams {
    /// The intake.
    pub uri: Url,
    /// What should be: `tier=1`.
    pub goals: Vec<String>,
}

/// What `remit/instead` gives.
#[derive(Debug, Clone, Serialize)]
pub struct Instead {
    /// For people.
    pub text: String,
    /// As `json v1`.
    pub found: Counterfactual,
}

/// `remit/instead`: nothing for what is no intake.
///
/// # Errors
///
/// When a goal makes no sense, or nothing is decided.
pub fn instead(moment: &Moment, params: &InsteadParams) -> Result<Option<Instead>, Failure> {
    let found = moment.snapshot.instead(&moment.names.id(&params.uri), &params.goals);
    let found = found.transpose().map_err(Failure::failed)?;
    Ok(found.map(|(text, found)| Instead { text, found }))
}

/// What `remit/answer` asks.
#[derive(Debug, Clone, Deserialize)]
pub struct AnswerParams {
    /// The intake.
    pub uri: Url,
    /// The field.
    pub path: String,
    /// The answer; `null` takes it away.
    pub value: Value,
}

/// `remit/answer`: what writes an answer.
///
/// # Errors
///
/// When it cannot be written, or would not count.
pub fn answer(moment: &Moment, params: &AnswerParams) -> Result<WorkspaceEdit, Failure> {
    let typed = match &params.value {
        Value::Null => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(value.clone()),
        Value::Array(_) | Value::Object(_) => {
            return Err(Failure::params("an answer is text, a number, `true`, `false` or `null`"));
        }
    };
    let asked =
        Asked::of(moment, &params.uri).filter(|asked| moment.snapshot.kind(&asked.id) == FileKind::Intake);
    let no_intake = || Failure::failed("this file is no intake");
    let asked = asked.ok_or_else(no_intake)?;
    let edits = moment.snapshot.answer(&asked.id, &params.path, typed.as_deref());
    let edits = edits.ok_or_else(no_intake)?.map_err(Failure::failed)?;
    let edit = asked.converter().workspace_edit(&edits, &[]);
    edit.ok_or_else(|| Failure::failed("the editor cannot make this edit"))
}
