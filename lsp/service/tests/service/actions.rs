//! Every change that is offered does what it promises, to text that then parses.

use crate::desk::{Desk, desk, json, yaml};
use remit_service::v1::EvidenceState;

fn missing(desk: &Desk) -> Vec<String> {
    let report = desk.snapshot.decision(&desk.id).unwrap();
    report.ready.missing.iter().map(|missing| missing.path.clone()).collect()
}

fn errors(desk: &Desk) -> Vec<String> {
    let found = desk.snapshot.diagnostics(&desk.id).into_iter();
    found
        .filter(|found| found.severity == remit_service::answer::Severity::Error)
        .map(|found| found.message)
        .collect()
}

#[test]
fn typos_are_mended() {
    let mended = yaml("‸servce:\n  name: x\n").take("replace with `service`");
    assert_eq!(mended.text, "service:\n  name: x\n");
    let mended = yaml("exposure:\n  internet: ye‸s\n").take("replace with `true`");
    assert_eq!(mended.text, "exposure:\n  internet: true\n");
    assert!(
        yaml("exposure:\n  internet: yes\nreason: ‸x\n")
            .titles()
            .iter()
            .all(|title| !title.contains("`true`"))
    );
}

#[test]
fn missing_answers_are_added_as_gaps_that_still_count_as_missing() {
    let before = yaml("# mine\nservice:\n  name: shop # the shop\nexposure:\n  internet: true\n");
    let after = before.take("add what the minimum intake lacks");
    assert!(
        after.text.starts_with("submitted_on:  # On which day is this handed in?\n")
            || after.text.contains("\nsubmitted_on:  # On which"),
        "{}",
        after.text
    );
    assert!(
        after.text.contains("  name: shop # the shop\n  owner:  # Who owns it?\n  deputy:  # Who stands in"),
        "{}",
        after.text
    );
    assert!(
        after.text.contains("environment:  # development | test | staging | production\n"),
        "{}",
        after.text
    );
    assert_eq!(missing(&after), missing(&before), "a gap is no answer");
    assert_eq!(errors(&after), Vec::<String>::new(), "{}", after.text);
    assert!(
        !after.titles().iter().any(|title| title.starts_with("add what")),
        "there is nothing left to add: {}",
        after.text
    );
    let order: Vec<usize> =
        ["submitted_on:", "service:", "environment:", "reason:", "exposure:", "change:", "links:"]
            .iter()
            .map(|key| after.text.find(key).unwrap())
            .collect();
    assert!(order.is_sorted(), "schema order: {}", after.text);
}

#[test]
fn missing_answers_in_json_are_null() {
    let before = json("{\n  \"service\": { \"name\": \"shop\" }\n}\n");
    let after = before.take("add what the minimum intake lacks");
    assert!(after.text.contains("\"owner\": null"), "{}", after.text);
    assert_eq!(missing(&after), missing(&before));
    assert_eq!(errors(&after), Vec::<String>::new(), "{}", after.text);
    let empty = yaml("").snapshot.decision("work/a.intake.yaml").is_some();
    assert!(empty);
}

#[test]
fn stubs_for_evidence_still_count_as_missing() {
    for before in [
        yaml("exposure:\n  internet: true\n  changes: true\n"),
        yaml(
            "exposure: { internet: true, changes: true }\nevidence:\n  - artifact: runbook\n    link: https://a.corp/1\n",
        ),
        json("{ \"exposure\": { \"internet\": true, \"changes\": true } }"),
    ] {
        let lacking = |desk: &Desk| -> Vec<String> {
            let report = desk.snapshot.decision(&desk.id).unwrap();
            let lacking =
                report.requirements.iter().filter(|found| found.evidence.state == EvidenceState::Missing);
            lacking.map(|found| found.point.name.clone()).collect()
        };
        let title =
            before.titles().into_iter().find(|title| title.ends_with("for missing evidence")).unwrap();
        let after = before.take(&title);
        assert!(after.text.contains("TODO"), "{}", after.text);
        assert_eq!(lacking(&after), lacking(&before));
        assert_eq!(errors(&after), Vec::<String>::new(), "{}", after.text);
        assert!(!after.titles().iter().any(|title| title.ends_with("missing evidence")), "{}", after.text);
    }
}

#[test]
fn an_open_question_is_answered_where_the_cursor_is() {
    let before = yaml("exposure:\n  internet:‸\ndata:\n  sensitivity: internal\n");
    let titles = before.titles();
    assert!(
        titles[0].starts_with("Can the internet reach it, now or after the change? true ⇒ tier"),
        "{titles:?}"
    );
    let after = before.take("Can the internet reach it, now or after the change? false");
    assert_eq!(after.text, "exposure:\n  internet: false\ndata:\n  sensitivity: internal\n");
}

#[test]
fn the_tier_in_the_title_is_the_one_that_comes() {
    for (_, bytes) in remit_rules::FILES.iter().filter(|(path, _)| path.ends_with(".intake.yaml")) {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let before = yaml(&format!("‸{text}"));
        let promised = before.actions().into_iter().filter_map(|action| {
            let (_, tier) = action.title.rsplit_once("⇒ tier ")?;
            Some((action.title.clone(), tier.to_owned()))
        });
        for (title, tier) in promised.collect::<Vec<_>>() {
            let after = before.take(&title);
            let found = after.snapshot.decision(&after.id).unwrap().tier.clone();
            let found = found
                .settled
                .map_or_else(|| format!("{}–{}", found.floor, found.ceiling), |tier| tier.to_string());
            assert_eq!(found, tier, "{title}");
        }
    }
}

#[test]
fn every_action_leaves_a_text_that_parses_with_all_else_as_it_was() {
    for (path, bytes) in remit_rules::FILES.iter().filter(|(path, _)| path.contains(".intake.")) {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let id = format!("work/{}", path.rsplit('/').next().unwrap());
        for cut in [text.len(), text.len() / 2] {
            let text = &text[..text.floor_char_boundary(cut)];
            let before = desk(&id, &format!("‸{text}"));
            for title in before.titles() {
                let after = before.take(&title);
                let known = errors(&before);
                let new: Vec<String> =
                    errors(&after).into_iter().filter(|error| !known.contains(error)).collect();
                assert_eq!(new, Vec::<String>::new(), "{path}: {title}\n{}", after.text);
            }
        }
    }
}

#[test]
fn nothing_is_offered_where_nothing_can_be_decided() {
    assert!(desk("work/readme.md", "‸a").actions().is_empty());
    assert!(yaml("- a\n- b‸\n").actions().iter().all(|action| !action.edits.is_empty()));
}
