//! How long the native engine takes over the default pack and its examples, as JSON, for `speed.mjs` to compare
//! with.

#![allow(clippy::print_stdout, reason = "a program that prints")]

use remit_core::document::Format;
use remit_core::engine::Engine;
use remit_core::pack::{self, FileMap};
use remit_core::wire;
use remit_tests::measure::{Series, nanoseconds};
use serde_json::json;
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let load = || pack::load(&FileMap::of("default/", remit_rules::FILES));
    let loads = (0..9).map(|_| {
        let began = Instant::now();
        black_box(load());
        nanoseconds(began.elapsed()) / 1e3
    });
    let loads: Series = loads.collect();
    let engine = Engine::new(load().pack.expect("the default pack loads"));
    let examples = remit_rules::FILES.iter().filter(|(path, _)| path.starts_with("examples/"));
    let checks = (0..60).flat_map(|_| {
        let engine = &engine;
        examples.clone().map(move |(path, bytes)| {
            let began = Instant::now();
            let checked = engine.check_bytes(path, bytes, Format::of_name(path), None);
            black_box(serde_json::to_string(&wire::report(engine, &checked)).map(|text| text.len()).ok());
            nanoseconds(began.elapsed()) / 1e3
        })
    });
    let checks: Series = checks.collect();
    println!("{}", json!({ "check": checks.median(), "load": loads.median() }));
}
