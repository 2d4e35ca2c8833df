//! The words that a field adds to its JSON Schema under `x-remit`: what a form asks, what silence means,
//! when the question applies. Each function takes the words so far and adds one.

use serde_json::{Value, json};

/// A question whose silence means that nobody knows the answer yet.
pub(super) fn ask(question: &str) -> Value {
    json!({ "question": question, "silence": "unknown" })
}

/// A question whose silence means `answer`; the trace shows that it was assumed.
pub(super) fn assume(answer: impl Into<Value>, question: &str) -> Value {
    let answer: Value = answer.into();
    json!({ "question": question, "silence": { "assume": answer } })
}

/// A question that applies only when one of `gates` holds; rules read `otherwise` when none does.
pub(super) fn only_when(gates: Value, otherwise: impl Into<Value>, asked: Value) -> Value {
    let otherwise: Value = otherwise.into();
    with("otherwise", otherwise, with("applies_when", gates, asked))
}

/// A question about what the change touches: one that stays inside an approved template touches nothing else.
pub(super) fn off_path(otherwise: impl Into<Value>, question: &str) -> Value {
    only_when(json!([{ "change.golden_path": ["none", "with-deviations"] }]), otherwise, ask(question))
}

/// A question about what could go wrong. A complete golden path settles it only where nothing else raises the risk.
pub(super) fn unless_settled(otherwise: impl Into<Value>, question: &str) -> Value {
    let gates = json!([
        { "change.golden_path": ["none", "with-deviations"] },
        { "change.identity": true },
        { "exposure.internet": true },
        { "data.sensitivity": ["confidential", "restricted"] },
        { "exception.kind": ["new", "renewal"] },
    ]);
    only_when(gates, otherwise, ask(question))
}

/// A question about the data, asked once the data is worth protecting.
pub(super) fn if_sensitive(otherwise: impl Into<Value>, question: &str) -> Value {
    only_when(json!([{ "data.sensitivity": ["confidential", "restricted"] }]), otherwise, ask(question))
}

/// A question that applies only when the boolean at `path` is true.
pub(super) fn if_true(path: &str, otherwise: impl Into<Value>, question: &str) -> Value {
    let mut gate = serde_json::Map::new();
    gate.insert(path.to_owned(), Value::Bool(true));
    only_when(Value::Array(vec![Value::Object(gate)]), otherwise, ask(question))
}

/// The choices are listed from least to most, and compare by rank.
pub(super) fn ordered(asked: Value) -> Value {
    with("ordered", Value::Bool(true), asked)
}

/// The engine itself reads this field, under the name `role`.
pub(super) fn role(role: &str, asked: Value) -> Value {
    with("role", Value::String(role.to_owned()), asked)
}

fn with(key: &str, value: Value, mut asked: Value) -> Value {
    if let Value::Object(words) = &mut asked {
        words.insert(key.to_owned(), value);
    }
    asked
}
