//! The language service: virtual files in, an editor's answers out. Offsets are in units of UTF-16.

use crate::fault::{Fault, json};
use crate::units::Units;
use remit_core::calendar;
use remit_service::answer::Span;
use remit_service::{Change, Config, FileKind, Service, Snapshot};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The language service.
#[wasm_bindgen]
pub struct LanguageService(Service);

/// A change of an open text, as JavaScript writes it.
#[derive(Deserialize)]
struct Typed {
    start: u32,
    end: u32,
    text: String,
}

#[wasm_bindgen]
impl LanguageService {
    /// A service without files; the embedded pack decides where there is no other.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript knows constructors only")]
    pub fn new() -> Self {
        Self(Service::new(remit_rules::FILES))
    }

    /// A file was opened; `kind` says what it is where its name does not.
    pub fn open(&mut self, id: &str, text: &str, version: i32, kind: Option<String>) -> Result<(), JsValue> {
        match kind {
            None => self.0.open(id, text, version),
            Some(kind) => self.0.open_as(
                id,
                written::<FileKind>(&format!("\"{kind}\""), "kind of file")?,
                text,
                version,
            ),
        }
        Ok(())
    }

    /// An open file has another text.
    pub fn replace(&mut self, id: &str, text: &str, version: i32) -> Result<(), JsValue> {
        let change = self.0.change(id, vec![Change::Full(text.to_owned())], version);
        Ok(change.map_err(|unknown| Fault::argument(unknown.to_string()))?)
    }

    /// An open file was changed: a JSON list of replacements, each of the text as the one before left it.
    pub fn change(&mut self, id: &str, changes: &str, version: i32) -> Result<(), JsValue> {
        for change in written::<Vec<Typed>>(changes, "list of changes")? {
            let snapshot = self.0.snapshot();
            let mut units = Units::new(&snapshot);
            let span = Span::new(units.bytes(id, change.start), units.bytes(id, change.end));
            let change = self.0.change(id, vec![Change::Replace(span, change.text)], version);
            change.map_err(|unknown| Fault::argument(unknown.to_string()))?;
        }
        Ok(())
    }

    /// A file was closed.
    pub fn close(&mut self, id: &str) -> Result<(), JsValue> {
        Ok(self.0.close(id).map_err(|unknown| Fault::argument(unknown.to_string()))?)
    }

    /// A file is there, or is another one now.
    #[wasm_bindgen(js_name = setFile)]
    pub fn set_file(&mut self, id: &str, bytes: Vec<u8>) {
        self.0.set_file(id, bytes);
    }

    /// A file is gone; whether there was one.
    #[wasm_bindgen(js_name = removeFile)]
    pub fn remove_file(&mut self, id: &str) -> bool {
        self.0.remove_file(id)
    }

    /// Which day it is; nothing where nobody shall compare with it.
    #[wasm_bindgen(js_name = setToday)]
    pub fn set_today(&mut self, today: Option<String>) -> Result<(), JsValue> {
        let date = match today {
            None => None,
            Some(text) => match calendar::date(&text) {
                Some(date) => Some(date),
                None => {
                    return Err(Fault::argument(format!(
                        "`{text}` is no date; write one such as `2026-11-20`"
                    ))
                    .into());
                }
            },
        };
        self.0.set_today(date);
        Ok(())
    }

    /// Sets what a host may set, from JSON.
    #[wasm_bindgen(js_name = setConfig)]
    pub fn set_config(&mut self, config: &str) -> Result<(), JsValue> {
        self.0.set_config(written::<Config>(config, "configuration")?);
        Ok(())
    }
}

/// Answers, as JSON.
#[wasm_bindgen]
impl LanguageService {
    /// What a file is.
    pub fn kind(&self, id: &str) -> Result<String, JsValue> {
        Ok(json(&self.0.snapshot().kind(id))?)
    }

    /// The text of a file.
    pub fn text(&self, id: &str) -> Option<String> {
        self.0.snapshot().text(id).map(str::to_owned)
    }

    /// The ids of all files that the host gave.
    pub fn files(&self) -> Result<String, JsValue> {
        let snapshot = self.0.snapshot();
        let ids: Vec<&str> = snapshot.files().map(|file| file.id()).collect();
        Ok(json(&ids)?)
    }

    /// The pack that a file belongs to.
    #[wasm_bindgen(js_name = packOf)]
    pub fn pack_of(&self, id: &str) -> Result<String, JsValue> {
        Ok(json(&self.0.snapshot().pack_info(id))?)
    }

    /// What people have to be told about packs as a whole.
    pub fn notices(&self) -> Result<String, JsValue> {
        self.answer("", |snapshot| snapshot.notices())
    }

    /// Ids of files that packs name and that the host has not given.
    pub fn lacking(&self) -> Result<String, JsValue> {
        Ok(json(&self.0.snapshot().lacking())?)
    }

    /// The ids of the files whose answers may change when this one does.
    #[wasm_bindgen(js_name = affectedBy)]
    pub fn affected_by(&self, id: &str) -> Result<String, JsValue> {
        Ok(json(&self.0.snapshot().affected_by(id))?)
    }

    /// The decision about an intake: `json v1`, whose offsets are in bytes in every host.
    pub fn decision(&self, id: &str) -> Result<Option<String>, JsValue> {
        let report = self.0.snapshot().decision(id);
        Ok(report.map(|report| json(&*report)).transpose()?)
    }

    /// What is wrong with a file, or worth knowing.
    pub fn diagnostics(&self, id: &str) -> Result<String, JsValue> {
        self.answer(id, |snapshot| snapshot.diagnostics(id))
    }

    /// What could stand at an offset.
    pub fn completions(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| snapshot.completions(id, offset))
    }

    /// What is to be known about the place at an offset.
    pub fn hover(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| snapshot.hover(id, offset))
    }

    /// Remarks to draw into the lines of a range.
    #[wasm_bindgen(js_name = inlayHints)]
    pub fn inlay_hints(&self, id: &str, start: u32, end: u32) -> Result<String, JsValue> {
        self.within(id, start, end, |snapshot, span| snapshot.inlay_hints(id, span))
    }

    /// Remarks above lines.
    #[wasm_bindgen(js_name = codeLenses)]
    pub fn code_lenses(&self, id: &str) -> Result<String, JsValue> {
        self.answer(id, |snapshot| snapshot.code_lenses(id))
    }

    /// Changes that are offered at a range.
    #[wasm_bindgen(js_name = codeActions)]
    pub fn code_actions(&self, id: &str, start: u32, end: u32) -> Result<String, JsValue> {
        self.within(id, start, end, |snapshot, span| snapshot.code_actions(id, span))
    }

    /// Where what stands at an offset comes from.
    pub fn definition(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| snapshot.definition(id, offset))
    }

    /// Where what stands at an offset is declared.
    pub fn declaration(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| snapshot.declaration(id, offset))
    }

    /// Where what stands at an offset is used.
    pub fn references(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| snapshot.references(id, offset))
    }

    /// The name at an offset, if it can be renamed.
    #[wasm_bindgen(js_name = prepareRename)]
    pub fn prepare_rename(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| snapshot.prepare_rename(id, offset))
    }

    /// The edits that give what stands at an offset another name.
    pub fn rename(&self, id: &str, offset: u32, name: &str) -> Result<String, JsValue> {
        let snapshot = self.0.snapshot();
        let offset = Units::new(&snapshot).bytes(id, offset);
        let edits = snapshot.rename(id, offset, name).map_err(Fault::refused)?;
        self.answer(id, |_| edits)
    }

    /// The outline of a file.
    pub fn symbols(&self, id: &str) -> Result<String, JsValue> {
        self.answer(id, |snapshot| snapshot.symbols(id))
    }

    /// Symbols of all files whose name holds the letters of a query.
    #[wasm_bindgen(js_name = workspaceSymbols)]
    pub fn workspace_symbols(&self, query: &str) -> Result<String, JsValue> {
        self.answer("", |snapshot| snapshot.workspace_symbols(query))
    }

    /// Parts of a file that can be folded.
    pub fn folding(&self, id: &str) -> Result<String, JsValue> {
        self.answer(id, |snapshot| snapshot.folding(id))
    }

    /// The parts of the text around an offset, the innermost first.
    #[wasm_bindgen(js_name = selectionRanges)]
    pub fn selection_ranges(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| {
            snapshot.selection_ranges(id, &[offset]).into_iter().next().unwrap_or_default()
        })
    }

    /// Parts of a file that lead somewhere.
    pub fn links(&self, id: &str) -> Result<String, JsValue> {
        self.answer(id, |snapshot| snapshot.links(id))
    }

    /// Tokens with a meaning that colour can show.
    #[wasm_bindgen(js_name = semanticTokens)]
    pub fn semantic_tokens(&self, id: &str) -> Result<String, JsValue> {
        self.answer(id, |snapshot| snapshot.semantic_tokens(id))
    }

    /// The signature of the call around an offset.
    #[wasm_bindgen(js_name = signatureHelp)]
    pub fn signature_help(&self, id: &str, offset: u32) -> Result<String, JsValue> {
        self.at(id, offset, |snapshot, offset| snapshot.signature_help(id, offset))
    }
}

impl LanguageService {
    fn answer<T: Serialize>(&self, id: &str, ask: impl FnOnce(&Snapshot) -> T) -> Result<String, JsValue> {
        let snapshot = self.0.snapshot();
        let answer = ask(&snapshot);
        Ok(rewritten(&snapshot, id, &answer)?)
    }

    fn at<T: Serialize>(
        &self,
        id: &str,
        offset: u32,
        ask: impl FnOnce(&Snapshot, usize) -> T,
    ) -> Result<String, JsValue> {
        self.answer(id, |snapshot| ask(snapshot, Units::new(snapshot).bytes(id, offset)))
    }

    fn within<T: Serialize>(
        &self,
        id: &str,
        start: u32,
        end: u32,
        ask: impl FnOnce(&Snapshot, Span) -> T,
    ) -> Result<String, JsValue> {
        self.answer(id, |snapshot| {
            let mut units = Units::new(snapshot);
            ask(snapshot, Span::new(units.bytes(id, start), units.bytes(id, end)))
        })
    }
}

/// An answer about a file, as JSON with JavaScript's offsets.
fn rewritten(snapshot: &Snapshot, id: &str, answer: &impl Serialize) -> Result<String, Fault> {
    let mut answer = serde_json::to_value(answer).map_err(|error| Fault::internal(error.to_string()))?;
    Units::new(snapshot).rewrite(id, &mut answer);
    Ok(answer.to_string())
}

/// A value that JavaScript wrote.
fn written<T: for<'de> Deserialize<'de>>(text: &str, what: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::argument(format!("this is no {what}: {error}")))
}
