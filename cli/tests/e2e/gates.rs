//! Gates: each class lets one intake pass and stops another, and what is only possible counts.

use crate::program::{Program, remit};
use crate::{TODAY, top};

fn check(example: &str, today: &str, gate: &str) -> Program {
    let path = format!("rules/examples/{example}");
    remit(["check", &path, "--today", today, "--gate", gate]).within(&top())
}

const EARNED: &str = "golden-path-bootstrap.intake.yaml";
const DRAFT: &str = "half-filled-draft.intake.yaml";
const TIER_1: &str = "contained-iam-change.intake.yaml";
const TIER_2: &str = "public-payments-endpoint.intake.yaml";
const TIER_3: &str = "exception-renewed-third-time.intake.yaml";
const UNDECLARED: &str = "role-trust-without-diff.intake.yaml";
const LATER: &str = "2027-01-04";

/// Gate; an example that passes on this day; one that is stopped, on which day, and how the reason starts.
const GATES: [(&str, &str, &str, &str, &str); 14] = [
    ("tier-1", EARNED, TIER_1, TODAY, "tier 1"),
    ("tier-2", TIER_1, TIER_2, TODAY, "tier 2"),
    ("tier-2", TIER_1, DRAFT, TODAY, "possibly tier 3"),
    ("tier-3", TIER_2, TIER_3, TODAY, "tier 3"),
    ("tier-3", TIER_2, DRAFT, TODAY, "possibly tier 3"),
    ("unsettled", EARNED, DRAFT, TODAY, "20 questions are open"),
    ("not-ready", EARNED, DRAFT, TODAY, "unanswered: submitted_on, service.owner,"),
    ("missing-evidence", TIER_1, TIER_2, TODAY, "threat-assumptions, control-mapping,"),
    ("missing-evidence", TIER_1, DRAFT, TODAY, "possibly design-note, change-diff,"),
    ("escalation", EARNED, "release-missing-material-control.intake.yaml", TODAY, "ships-without-control"),
    ("escalation", EARNED, DRAFT, TODAY, "possibly ships-without-control"),
    ("overdue", EARNED, EARNED, LATER, "first response, decision"),
    ("flag", EARNED, UNDECLARED, TODAY, "no pull request or infrastructure code is linked"),
    ("flag", EARNED, DRAFT, TODAY, "possibly no pull request or infrastructure code is linked"),
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

#[test]
fn every_gate_is_tested() {
    let help = remit(["check", "--help"]).run().expect_code(0).out;
    let (_, gates) = help.split_once("Gate classes (what is only possible counts):\n").unwrap();
    let named: Vec<&str> =
        gates.lines().map_while(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    assert!(named.len() >= 10, "{named:?}");
    for name in named {
        assert!(name == "unreviewed" || GATES.iter().any(|(gate, ..)| *gate == name), "{name}");
    }
}

/// The link alone is a claim; that somebody has looked, or has waived it with a reason, is more.
#[test]
fn evidence_passes_once_somebody_has_looked_at_it() {
    let example = std::fs::read_to_string(top().join("rules/examples").join(EARNED)).unwrap();
    let check = |text: &str, gate: &str| {
        remit(["check", "-", "--today", TODAY, "--gate", gate]).input(text).within(&top()).run()
    };
    let claimed = check(&example, "unreviewed").expect_code(1);
    assert!(claimed.out.contains("Stopped by gate unreviewed: template-usage, "), "{}", claimed.out);
    check(&example, "missing-evidence").expect_code(0);

    let mut looked = format!("{example}evidence:\n");
    for artifact in ["template-usage", "default-controls", "standard-logs"] {
        looked.push_str(&format!(
            "  - artifact: {artifact}\n    link: https://wiki.corp.internal/rooms\n    \
             reviewed_by: Ana Lima\n    reviewed_on: 2026-11-18\n"
        ));
    }
    let waived =
        "  - artifact: review-evidence\n    waived_by: Ana Lima\n    waived_because: Two people wrote it.\n";
    check(&format!("{looked}{waived}"), "unreviewed").expect_code(0);
    let half = waived.replace("    waived_by: Ana Lima\n", "");
    let ran = check(&format!("{looked}{half}"), "unreviewed").expect_code(1);
    assert!(ran.out.contains("Stopped by gate unreviewed: review-evidence"), "{}", ran.out);
}

#[test]
fn several_gates_say_each_why() {
    let ran = check(DRAFT, TODAY, "tier-2,not-ready,overdue").run().expect_code(1);
    let stops = ran.out.lines().filter(|line| line.starts_with("Stopped by gate ")).count();
    assert_eq!(stops, 2, "{}", ran.out);
}
