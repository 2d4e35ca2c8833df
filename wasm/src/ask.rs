//! Questions about an intake: what is decided, why, what else could be, and what is still to be asked.

use crate::engine::Engine;
use crate::fault::{Fault, json};
use remit_core::calendar;
use remit_core::counterfactual::{Goal, Limits, search};
use remit_core::document::Format;
use remit_core::engine::Checked;
use remit_core::explain::Target;
use remit_core::render::{self, Audience, Outcome, Paint};
use remit_core::wire;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// An intake as a host hands it in.
#[wasm_bindgen]
pub struct Input {
    name: String,
    bytes: Vec<u8>,
    format: Option<String>,
    today: Option<String>,
}

#[wasm_bindgen]
impl Input {
    /// `format` is `yaml`, `json`, or nothing: then the name and the text say it. `today` is a date, or
    /// nothing: then no due date is compared with anything.
    #[wasm_bindgen(constructor)]
    pub fn new(name: String, bytes: Vec<u8>, format: Option<String>, today: Option<String>) -> Self {
        Self { name, bytes, format, today }
    }
}

impl Input {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn format(&self) -> Result<Format, Fault> {
        match self.format.as_deref() {
            None => Ok(Format::sniff(&self.name, &String::from_utf8_lossy(&self.bytes))),
            Some("yaml") => Ok(Format::Yaml),
            Some("json") => Ok(Format::Json),
            Some(other) => Err(Fault::argument(format!(
                "`{other}` is no format of an intake; there are `yaml` and `json`"
            ))),
        }
    }
}

/// Decides an intake.
fn checked(engine: &Engine, input: &Input) -> Result<Checked, Fault> {
    let today = match input.today.as_deref() {
        None => None,
        Some(text) => match calendar::date(text) {
            Some(date) => Some(date),
            None => {
                return Err(Fault::argument(format!("`{text}` is no date; write one such as `2026-11-20`")));
            }
        },
    };
    Ok(engine.engine.check_bytes(&input.name, &input.bytes, input.format()?, today))
}

#[wasm_bindgen]
impl Engine {
    /// The decision about an intake, as JSON.
    pub fn check(&self, input: &Input) -> Result<String, JsValue> {
        let checked = checked(self, input)?;
        Ok(json(&wire::report(&self.engine, &checked))?)
    }

    /// The decision about an intake, as a text: `text` or `markdown`.
    pub fn render(&self, input: &Input, format: &str) -> Result<String, JsValue> {
        let checked = checked(self, input)?;
        let outcome = Outcome { report: wire::report(&self.engine, &checked), stops: vec![] };
        match format {
            "markdown" => Ok(render::markdown(&[outcome], None)),
            "text" => Ok(render::text(&outcome.report, Paint::PLAIN)),
            other => Err(Fault::argument(format!(
                "`{other}` is no form of a decision; there are `text` and `markdown`"
            ))
            .into()),
        }
    }

    /// Why it is decided so, as JSON. `target` names a part: a point, a rule, a field or `tier`.
    pub fn explain(&self, input: &Input, target: Option<String>) -> Result<String, JsValue> {
        let checked = checked(self, input)?;
        let target = self.target(target.as_deref())?;
        Ok(json(&wire::explanation(&self.engine, &checked, target.as_ref()))?)
    }

    /// Why it is decided so, as a text for a `requester`, a `reviewer` or an `auditor`.
    pub fn describe(&self, input: &Input, reader: &str, target: Option<String>) -> Result<String, JsValue> {
        let audience = match reader {
            "requester" => Audience::Requester,
            "reviewer" => Audience::Reviewer,
            "auditor" => Audience::Auditor,
            other => {
                return Err(Fault::argument(format!(
                    "`{other}` is no reader of an explanation; there are `requester`, `reviewer` and `auditor`"
                ))
                .into());
            }
        };
        let checked = checked(self, input)?;
        let target = self.target(target.as_deref())?;
        let explanation = wire::explanation(&self.engine, &checked, target.as_ref());
        Ok(render::explanation(&explanation, audience, Paint::PLAIN))
    }

    /// The smallest change of answers with which the decision would be another, as JSON.
    pub fn instead(&self, input: &Input, goals: Vec<String>) -> Result<String, JsValue> {
        let checked = checked(self, input)?;
        let goals: Result<Vec<Goal>, String> =
            goals.iter().map(|goal| Goal::parse(goal, &self.engine)).collect();
        let goals = goals.map_err(Fault::argument)?;
        let outcome = search(&self.engine, &checked, &goals, Limits::default());
        Ok(json(&wire::counterfactual(&self.engine, &checked, &goals, &outcome))?)
    }

    /// The open questions, the most telling first, as JSON; with `all`, also those that change nothing.
    pub fn questions(&self, input: &Input, all: bool) -> Result<String, JsValue> {
        let checked = checked(self, input)?;
        Ok(json(&wire::questions(&self.engine, &checked, all))?)
    }
}

impl Engine {
    fn target(&self, text: Option<&str>) -> Result<Option<Target>, Fault> {
        let target = text.map(|text| Target::parse(text, &self.engine.pack, self.engine.index()));
        target.transpose().map_err(Fault::argument)
    }
}
