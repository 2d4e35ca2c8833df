//! How long a keystroke takes on an intake of a thousand lines. Run it with `--release -- --ignored --nocapture`
//! for numbers; the bounds that always run are loose, and catch what got slower by an order of magnitude.

use crate::desk::service;
use remit_service::answer::Span;
use remit_service::{Change, Service};
use std::time::{Duration, Instant};

const ID: &str = "work/long.intake.yaml";

/// A draft of a thousand lines: some answers, many links, much evidence.
pub(crate) fn long() -> String {
    let mut text = "service:\n  name: shop\n  owner: Ana\nexposure:\n  internet: true\ndata:\n  sensitivity: internal\nreason: |\n".to_owned();
    for line in 0..90 {
        text.push_str(&format!(
            "  Line {line} of a reason that somebody pasted from a ticket: more or less.\n"
        ));
    }
    text.push_str("links:\n");
    for link in 0..190 {
        text.push_str(&format!(
            "  - kind: pr\n    url: https://git.corp.internal/shop/pulls/{link}\n    title: Change {link}\n"
        ));
    }
    text.push_str("evidence:\n");
    for item in 0..110 {
        text.push_str(&format!("  - artifact: threat-model\n    link: https://wiki.corp.internal/shop/{item}\n    reviewed_by: Hanna\n"));
    }
    text
}

fn keystrokes(
    service: &mut Service,
    insert: &str,
    count: usize,
    mut ask: impl FnMut(&Service),
) -> Vec<Duration> {
    let at = long().find("internal").unwrap();
    let mut times = vec![];
    for stroke in 0..count {
        let change = if stroke % 2 == 0 {
            Change::Replace(Span::new(at, at), insert.to_owned())
        } else {
            Change::Replace(Span::new(at, at + insert.len()), String::new())
        };
        let start = Instant::now();
        service.change(ID, vec![change], stroke as i32 + 2).unwrap();
        ask(service);
        times.push(start.elapsed());
    }
    times.sort();
    times
}

fn median(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

#[test]
fn a_keystroke_in_a_thousand_lines() {
    let mut service = service();
    service.open(ID, &long(), 1);
    assert!(long().lines().count() > 990);
    for insert in ["x", "\"", "[", "\n: :\n"] {
        let times = keystrokes(&mut service, insert, 9, |service| {
            assert!(!service.snapshot().diagnostics(ID).is_empty());
        });
        assert!(median(&times) < Duration::from_millis(1_500), "{insert:?}: {times:?}");
    }
}

#[test]
#[ignore = "prints numbers"]
fn numbers() {
    let mut service = service();
    service.open(ID, &long(), 1);
    let at = long().find("internal").unwrap();
    let all = Span::new(0, long().len());
    type Ask = Box<dyn Fn(&Service)>;
    let asks: [(&str, Ask); 6] = [
        ("diagnostics", Box::new(|service| drop(service.snapshot().diagnostics(ID)))),
        ("completions", Box::new(move |service| drop(service.snapshot().completions(ID, at)))),
        ("hover", Box::new(move |service| drop(service.snapshot().hover(ID, at)))),
        ("inlay hints", Box::new(move |service| drop(service.snapshot().inlay_hints(ID, all)))),
        ("decision", Box::new(|service| drop(service.snapshot().decision(ID)))),
        (
            "code actions",
            Box::new(move |service| drop(service.snapshot().code_actions(ID, Span::new(at, at)))),
        ),
    ];
    for insert in ["x", "\"", "["] {
        for (name, ask) in &asks {
            let times = keystrokes(&mut service, insert, 200, ask);
            println!(
                "{insert:?} change + {name}: median {:?}, p99 {:?}",
                median(&times),
                times[times.len() * 99 / 100]
            );
        }
    }
}
