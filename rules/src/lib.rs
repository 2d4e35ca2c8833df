//! The default policy pack, as data: its files, embedded. Nothing here reads or judges them.

macro_rules! embed {
    ($($path:literal)*) => { &[$(($path, include_bytes!(concat!("../", $path)))),*] };
}

/// Every file of the pack: its path inside the pack's folder, with forward slashes, and its bytes.
pub static FILES: &[(&str, &[u8])] = embed! {
    "remit.yaml"
    "catalogue.yaml"
    "intake.schema.json"
    "topics/tiers.rhai"
    "topics/routing.rhai"
    "topics/escalation.rhai"
    "topics/rights.rhai"
    "topics/service-lines.rhai"
    "topics/shepherding.rhai"
    "topics/evidence.rhai"
    "examples/audit-season-narrative.intake.yaml"
    "examples/contained-iam-change.intake.yaml"
    "examples/disputed-and-undetectable.intake.yaml"
    "examples/exception-pattern-across-services.intake.yaml"
    "examples/exception-renewed-third-time.intake.yaml"
    "examples/golden-path-bootstrap.intake.yaml"
    "examples/half-filled-draft.intake.yaml"
    "examples/internal-docs-site-tweak.intake.yaml"
    "examples/multi-product-network-change.intake.yaml"
    "examples/post-incident-hardening.intake.yaml"
    "examples/privileged-deploy-pipeline.intake.json"
    "examples/public-payments-endpoint.intake.yaml"
    "examples/release-missing-material-control.intake.yaml"
    "examples/repeated-sla-breaches.intake.yaml"
    "examples/role-trust-without-diff.intake.yaml"
    "examples/suspected-exploitation.intake.yaml"
    "examples/vendor-integration-personal-data.intake.yaml"
    "tests/audit-season-narrative.case.yaml"
    "tests/contained-iam-change.case.yaml"
    "tests/disputed-and-undetectable.case.yaml"
    "tests/escalation.case.yaml"
    "tests/evidence.case.yaml"
    "tests/exception-pattern-across-services.case.yaml"
    "tests/exception-renewed-third-time.case.yaml"
    "tests/golden-path-bootstrap.case.yaml"
    "tests/golden-path.case.yaml"
    "tests/half-filled-draft.case.yaml"
    "tests/internal-docs-site-tweak.case.yaml"
    "tests/multi-product-network-change.case.yaml"
    "tests/post-incident-hardening.case.yaml"
    "tests/privileged-deploy-pipeline.case.yaml"
    "tests/public-payments-endpoint.case.yaml"
    "tests/release-missing-material-control.case.yaml"
    "tests/repeated-sla-breaches.case.yaml"
    "tests/rights.case.yaml"
    "tests/role-trust-without-diff.case.yaml"
    "tests/routing.case.yaml"
    "tests/service-lines.case.yaml"
    "tests/shepherding.case.yaml"
    "tests/suspected-exploitation.case.yaml"
    "tests/tiers.case.yaml"
    "tests/vendor-integration-personal-data.case.yaml"
};

#[cfg(test)]
#[expect(dead_code, reason = "the types are there for their schema, nobody makes a value of them")]
mod intake;

#[cfg(test)]
mod pack;
