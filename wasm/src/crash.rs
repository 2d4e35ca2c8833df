//! What is left of a panic. There should never be one; if there is, the instance stops, and whoever called can
//! still ask what happened.

use std::panic;
use std::sync::{Mutex, PoisonError};
use wasm_bindgen::prelude::wasm_bindgen;

static LAST: Mutex<String> = Mutex::new(String::new());

/// Runs once, before anything else.
#[wasm_bindgen(start)]
pub fn start() {
    panic::set_hook(Box::new(|info| {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
}

/// What the panic said that stopped this instance; empty where there was none.
#[wasm_bindgen(js_name = lastPanic)]
pub fn last_panic() -> String {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
