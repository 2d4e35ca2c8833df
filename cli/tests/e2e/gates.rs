//! Gates: each class lets one intake pass and stops another, and what is only possible counts.

use crate::program::{Program, remit};
use crate::{TODAY, top};

fn check(example: &str, today: &str, gate: &str) -> Program {
    let path = format!("rules/examples/{example}");
    remit(["check", &path, "--today", today, "--gate", gate]).within(&top())
}

/// Gate; an example that passes; one that is stopped, on which day, and why.
const GATES: [(&str, &str, &str, &str, &str); 13] = [
    ("tier-1", "golden-path-bootstrap.intake.yaml", "contained-iam-change.intake.yaml", TODAY, "tier 1"),
    ("tier-1", "golden-path-bootstrap.intake.yaml", "half-filled-draft.intake.yaml", TODAY, "tier "),
    ("tier-2", "contained-iam-change.intake.yaml", "public-payments-endpoint.intake.yaml", TODAY, "tier 2"),
    ("tier-2", "contained-iam-change.intake.yaml", "half-filled-draft.intake.yaml", TODAY, "possibly tier 3"),
    ("tier-3", "public-payments-endpoint.intake.yaml", "exception-renewed-third-time.intake.yaml", TODAY, "tier 3"),
    ("tier-3", "public-payments-endpoint.intake.yaml", "half-filled-draft.intake.yaml", TODAY, "possibly tier 3"),
    ("unsettled", "golden-path-bootstrap.intake.yaml", "half-filled-draft.intake.yaml", TODAY, "questions are open"),
    ("not-ready", "golden-path-bootstrap.intake.yaml", "half-filled-draft.intake.yaml", TODAY, "unanswered: "),
    ("missing-evidence", "privileged-deploy-pipeline.intake.json", "public-payments-endpoint.intake.yaml", TODAY, "threat-model"),
    ("unreviewed", "", "public-payments-endpoint.intake.yaml", TODAY, "threat-model"),
    ("escalation", "golden-path-bootstrap.intake.yaml", "suspected-exploitation.intake.yaml", TODAY, ""),
    ("overdue", "golden-path-bootstrap.intake.yaml", "golden-path-bootstrap.intake.yaml", "2027-01-04", ""),
    ("flag", "golden-path-bootstrap.intake.yaml", "release-missing-material-control.intake.yaml", TODAY, ""),
];

#[test]
fn every_class_passes_one_and_stops_another() {
    for (gate, passes, stopped, day, why) in GATES {
        let ran = check(passes, TODAY, gate).run().expect_code(0);
        assert!(!ran.out.contains("Stopped by gate"), "{gate}:\n{}", ran.out);
        let ran = check(stopped, day, gate).run().expect_code(1);
        let last = ran.out.lines().last().unwrap();
        let said = last.strip_prefix(&format!("Stopped by gate {gate}: "));
        assert!(said.is_some_and(|said| said.starts_with(why)), "{gate}: {last}");
    }
}
