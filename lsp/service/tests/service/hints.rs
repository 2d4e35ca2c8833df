//! What lines cause, and the lens above them.

use crate::desk::{Desk, json, yaml};
use remit_service::Config;
use remit_service::answer::{Command, Span};

fn hints(desk: &Desk) -> Vec<String> {
    let lines = |offset: u32| desk.text[..offset as usize].rsplit('\n').next().unwrap().to_owned();
    let hints = desk.snapshot.inlay_hints(&desk.id, desk.everything()).into_iter();
    hints.map(|hint| format!("{}|{}", lines(hint.offset).trim(), hint.label)).collect()
}

#[test]
fn the_line_that_causes_the_tier_says_so() {
    let desk = yaml("exposure:\n  internet: true\n  changes: true # new\nenvironment: test\n");
    assert_eq!(
        hints(&desk),
        ["changes: true| ⇒ at least tier 2: the change alters what the internet can reach"]
    );
    let hint = &desk.snapshot.inlay_hints(&desk.id, desk.everything())[0];
    let target = hint.target.as_ref().unwrap();
    assert!(target.file.starts_with("default/topics/"), "{target:?}");
    assert_eq!(desk.snapshot.text(&target.file).unwrap().get(target.span.range()), Some("internet-exposure"));
    let above = Span::new(0, 10);
    assert!(desk.snapshot.inlay_hints(&desk.id, above).is_empty());
}

#[test]
fn broken_text_still_has_hints() {
    let desk = yaml("exposure:\n  internet: true\n  changes: true\nservice: [\nreason: \"x\n");
    assert_eq!(hints(&desk).len(), 1);
    let desk = json("{ \"exposure\": { \"internet\": true, \"changes\": true }, \"service\": { ");
    assert_eq!(hints(&desk).len(), 1);
    assert!(hints(&yaml("")).is_empty());
}

#[test]
fn the_lens_tells_the_decision_and_the_next_question() {
    let desk = yaml("# a draft\nexposure:\n  internet: true\n");
    let lenses = desk.snapshot.code_lenses(&desk.id);
    assert_eq!(desk.slice(lenses[0].span), "# a draft");
    assert!(lenses[0].title.starts_with("Tier 0–3 · "), "{}", lenses[0].title);
    assert!(
        lenses[0].title.contains("open questions") && lenses[0].title.contains("missing"),
        "{}",
        lenses[0].title
    );
    assert_eq!(lenses[0].command, Command::ShowDecision);
    assert!(lenses[1].title.starts_with("next: "));
    assert!(yaml("").snapshot.code_lenses("work/a.intake.yaml").is_empty());
}

#[test]
fn they_can_be_switched_off() {
    let mut service = crate::desk::service();
    service.open("a.intake.yaml", "exposure:\n  internet: true\n  changes: true\n", 1);
    service.set_config(Config { inlay_hints: false, code_lenses: false, ..Config::default() });
    let snapshot = service.snapshot();
    assert!(snapshot.inlay_hints("a.intake.yaml", Span::new(0, 999)).is_empty());
    assert!(snapshot.code_lenses("a.intake.yaml").is_empty());
}
