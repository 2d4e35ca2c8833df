//! Why a request has no answer.

use serde::Serialize;

/// Why a request has no answer, with JSON-RPC's or LSP's code for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The code.
    pub code: i64,
    /// What happened, for people.
    pub message: String,
}

impl Failure {
    /// The message is not JSON.
    pub const PARSE: i64 = -32700;
    /// The message is no request.
    pub const INVALID_REQUEST: i64 = -32600;
    /// There is no such method.
    pub const METHOD: i64 = -32601;
    /// The parameters do not fit.
    pub const PARAMS: i64 = -32602;
    /// The client has not introduced itself.
    pub const NOT_INITIALIZED: i64 = -32002;
    /// The request makes sense and cannot be met.
    pub const FAILED: i64 = -32803;

    /// A failure with a code.
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The parameters do not fit.
    pub fn params(message: impl Into<String>) -> Self {
        Self::new(Self::PARAMS, message)
    }

    /// The request makes sense and cannot be met.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Self::FAILED, message)
    }
}
