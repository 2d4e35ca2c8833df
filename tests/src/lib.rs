//! What the end-to-end tests and the benchmarks share: the default pack, complete intakes by the hundred, and
//! a way to time things. Public doors of the engine only.

pub mod measure;
pub mod sample;

use remit_core::pack::{self, FileMap, Pack};

/// The default pack, loaded. Stops with what is wrong where it may not decide.
pub fn default_pack() -> Pack {
    let loaded = pack::load(&FileMap::of("", remit_rules::FILES));
    let faults: Vec<String> = loaded
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| format!("{}: {}", diagnostic.location.source, diagnostic.message))
        .collect();
    assert!(faults.is_empty(), "the default pack may not decide:\n{}", faults.join("\n"));
    loaded.pack.expect("a pack without an error is there")
}
