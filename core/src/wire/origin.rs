//! Which engine and which pack something comes from.

use super::v1::{self, SwitchedOff};
use crate::pack::Pack;

/// This engine, as it leaves itself.
pub fn engine() -> v1::Engine {
    v1::Engine { name: "remit".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// A pack, as it leaves the engine.
pub fn pack(pack: &Pack) -> v1::Pack {
    let base = |base: &crate::pack::Base| v1::Base {
        name: base.manifest.name.clone(),
        version: base.manifest.version.clone(),
        digest: base.digest.clone(),
    };
    let off = |off: &crate::pack::SwitchedOff| SwitchedOff {
        rule: off.rule.value.clone(),
        because: off.because.clone(),
    };
    v1::Pack {
        name: pack.manifest.name.clone(),
        version: pack.manifest.version.clone(),
        digest: pack.digest.clone(),
        extends: pack.bases.iter().map(base).collect(),
        switched_off: pack.switched_off.iter().map(off).collect(),
    }
}
