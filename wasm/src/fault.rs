//! Why a question got no answer, in a form that JavaScript makes an error of.

use serde::Serialize;
use wasm_bindgen::JsValue;

/// The kinds of faults; the wrapper's `RemitError` has the same.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// An argument is not what it has to be.
    Argument,
    /// The text stays as it is: the answer cannot be written into it.
    Refused,
    /// An answer could not be written as JSON.
    Internal,
}

/// Why a question got no answer.
#[derive(Debug, Serialize)]
pub(crate) struct Fault {
    kind: Kind,
    message: String,
}

impl Fault {
    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self { kind: Kind::Argument, message: message.into() }
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self { kind: Kind::Internal, message: message.into() }
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { kind: Kind::Refused, message: message.into() }
    }
}

impl From<Fault> for JsValue {
    fn from(fault: Fault) -> Self {
        JsValue::from_str(&serde_json::to_string(&fault).unwrap_or(fault.message))
    }
}

/// A shape as JSON.
pub(crate) fn json(shape: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(shape).map_err(|error| Fault::internal(error.to_string()))
}
