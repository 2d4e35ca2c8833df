//! The default policy pack, as data: its files, embedded. Nothing here reads or judges them.

/// Every file of the pack: its path inside the pack's folder, with forward slashes, and its bytes.
pub static FILES: &[(&str, &[u8])] = &[
    ("remit.yaml", include_bytes!("../remit.yaml")),
    ("catalogue.yaml", include_bytes!("../catalogue.yaml")),
    ("intake.schema.json", include_bytes!("../intake.schema.json")),
    ("topics/tiers.rhai", include_bytes!("../topics/tiers.rhai")),
    ("topics/routing.rhai", include_bytes!("../topics/routing.rhai")),
    ("topics/escalation.rhai", include_bytes!("../topics/escalation.rhai")),
    ("topics/rights.rhai", include_bytes!("../topics/rights.rhai")),
    ("topics/service-lines.rhai", include_bytes!("../topics/service-lines.rhai")),
    ("topics/shepherding.rhai", include_bytes!("../topics/shepherding.rhai")),
    ("topics/evidence.rhai", include_bytes!("../topics/evidence.rhai")),
];

#[cfg(test)]
#[expect(dead_code, reason = "the types are there for their schema, nobody makes a value of them")]
mod intake;

#[cfg(test)]
mod pack;
