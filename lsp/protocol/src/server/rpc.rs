//! JSON-RPC: from a text to a message, and back. Params stay text until somebody knows what they should be.

use crate::failure::Failure;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// The id of a request.
pub(super) type Id = Value;

/// A message of the client's.
pub(super) enum Incoming<'t> {
    Request {
        id: Id,
        method: String,
        params: Params<'t>,
    },
    Notification {
        method: String,
        params: Params<'t>,
    },
    /// An answer to a request of the server's; `None` where the client refused it.
    Response {
        id: Id,
        result: Option<Value>,
    },
    /// No message at all. What to answer, and to which id.
    Garbage {
        id: Id,
        failure: Failure,
    },
}

/// What a message brings.
#[derive(Clone, Copy)]
pub(super) struct Params<'t>(Option<&'t RawValue>);

impl Params<'_> {
    /// As what they should be.
    pub(super) fn read<P: DeserializeOwned>(self) -> Result<P, Failure> {
        let text = self.0.map_or("null", RawValue::get);
        serde_json::from_str(text)
            .map_err(|error| Failure::params(format!("the parameters do not fit: {error}")))
    }
}

#[derive(Deserialize)]
struct Wire<'t> {
    jsonrpc: Option<Value>,
    #[serde(default, deserialize_with = "some")]
    id: Option<Value>,
    method: Option<Value>,
    #[serde(borrow)]
    params: Option<&'t RawValue>,
    #[serde(default, deserialize_with = "some")]
    result: Option<Value>,
    error: Option<Value>,
}

/// Something, even where it is `null`.
fn some<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

/// Reads a message.
pub(super) fn read(text: &str) -> Incoming<'_> {
    let wire: Wire<'_> = match serde_json::from_str(text) {
        Ok(wire) => wire,
        Err(error) => {
            let failure = if error.is_data() {
                Failure::new(Failure::INVALID_REQUEST, "the message is no request")
            } else {
                Failure::new(Failure::PARSE, format!("the message is not JSON: {error}"))
            };
            return Incoming::Garbage { id: Id::Null, failure };
        }
    };
    let params = Params(wire.params);
    let good = wire.jsonrpc.as_ref().and_then(Value::as_str) == Some("2.0");
    match (wire.method, wire.id) {
        (Some(Value::String(method)), None) if good => Incoming::Notification { method, params },
        (Some(Value::String(method)), Some(id)) if good && is_id(&id) => {
            Incoming::Request { id, method, params }
        }
        // Both at once, or no version, is how some clients answer; what they mean is clear.
        (None, Some(id)) if wire.error.as_ref().is_some_and(|error| !error.is_null()) => {
            Incoming::Response { id, result: None }
        }
        (None, Some(id)) if wire.result.is_some() => Incoming::Response { id, result: wire.result },
        (_, id) => Incoming::Garbage {
            id: id.filter(is_id).unwrap_or_default(),
            failure: Failure::new(Failure::INVALID_REQUEST, "the message is no request"),
        },
    }
}

fn is_id(id: &Id) -> bool {
    id.is_number() || id.is_string() || id.is_null()
}

/// An answer as text, for a message.
pub(super) type Answer = Result<String, Failure>;

/// What a function gave, as an answer.
pub(super) fn answer(result: &impl Serialize) -> Answer {
    // Nothing of ours cannot be written: keys are text.
    serde_json::to_string(result)
        .map_err(|error| Failure::failed(format!("the answer cannot be written: {error}")))
}

/// An answer to a request.
pub(super) fn response(id: &Id, answer: &Answer) -> String {
    match answer {
        Ok(result) => format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#),
        Err(failure) => {
            let error = serde_json::to_string(failure).unwrap_or_else(|_| "null".to_owned());
            format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{error}}}"#)
        }
    }
}

/// A notification.
pub(super) fn notification(method: &str, params: &impl Serialize) -> String {
    let params = serde_json::to_string(params).unwrap_or_else(|_| "null".to_owned());
    format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{params}}}"#)
}

/// A request of the server's.
pub(super) fn request(id: &str, method: &str, params: &impl Serialize) -> String {
    let params = serde_json::to_string(params).unwrap_or_else(|_| "null".to_owned());
    format!(r#"{{"jsonrpc":"2.0","id":"{id}","method":"{method}","params":{params}}}"#)
}
