//! What the end-to-end tests and the benchmarks share: the default pack, complete intakes by the hundred, and
//! a way to time things. Public doors of the engine only.

pub mod measure;
pub mod sample;

use remit_core::pack::{self, FileMap, Pack};

/// The default pack, loaded. Stops with what is wrong where it may not decide.
pub fn default_pack() -> Pack {
    match pack::load(&FileMap::of("", remit_rules::FILES)).usable() {
        Ok(pack) => pack,
        Err(loaded) => {
            let faults: Vec<String> = loaded
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.is_error())
                .map(|diagnostic| format!("{}: {}", diagnostic.location.source, diagnostic.message))
                .collect();
            Err::<Pack, _>(faults.join("\n")).expect("the default pack has no errors")
        }
    }
}
