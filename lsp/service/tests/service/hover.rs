//! Hovers over fields and values.

use crate::desk::{desk, json, yaml};

#[track_caller]
fn says(markdown: &str, parts: &[&str]) {
    for part in parts {
        assert!(markdown.contains(part), "`{part}` is not in:\n{markdown}");
    }
}

#[test]
fn a_field_says_what_it_means_and_who_reads_it() {
    let text = yaml("exposure:\n  ‸internet: true\n  changes: true\n").hover();
    says(
        &text,
        &[
            "**Exposed to the internet**",
            "`exposure.internet`",
            "Can the internet reach it",
            "what depends on it stays open",
        ],
    );
    let text = yaml("exposure:\n  internet: true\n  chan‸ges: true\n").hover();
    says(
        &text,
        &[
            "Asked only when `exposure.internet` is `true`",
            "`internet-exposure` **(fires)**",
            "tier 2",
            "(does not fire)",
        ],
    );
}

#[test]
fn a_value_says_what_it_causes_and_what_another_would() {
    let text = yaml("exposure:\n  internet: true\n  changes: tr‸ue\n").hover();
    says(&text, &["Because of this", "`internet-exposure`: tier 2", "if this were `false`: tier"]);
    let text = yaml("data:\n  sensitivity: restri‸cted\n  handling_changes: true\n").hover();
    says(
        &text,
        &["`restricted`: **Restricted**", "`sensitive-data`: tier 2", "if this were `internal`: tier"],
    );
}

#[test]
fn the_alternatives_are_what_writing_them_would_give() {
    let text = "exposure:\n  internet: true\n  changes: true\nchange:\n  golden_path: none\n";
    let hover = yaml(&text.replace("changes: true", "changes: ‸true")).hover();
    let other = yaml(&text.replace("changes: true", "changes: false"));
    let tier = other.snapshot.decision(&other.id).unwrap().tier.clone();
    let said = match tier.settled {
        Some(tier) => format!("tier {tier}"),
        None => format!("tier {}–{}", tier.floor, tier.ceiling),
    };
    says(&hover, &[&format!("if this were `false`: {said}")]);
}

#[test]
fn half_written_and_broken_text() {
    says(
        &yaml("service:\n  ‸owner:\n").hover(),
        &["**Owner**", "Who owns it?", "part of the minimum intake"],
    );
    says(&yaml("exposure: [\ndata:\n  sensi‸tivity: \"x\n").hover(), &["**Data sensitivity**"]);
    says(&yaml("data:\n  sensitivity: sec‸ret\n").hover(), &["does not count"]);
    says(&json("{ \"data\": { \"sensi‸tivity\": \"restricted\" ").hover(), &["**Data sensitivity**"]);
    assert_eq!(yaml("nosuch‸: 1\n").hover(), "");
    assert_eq!(yaml("# just ‸a comment\n").hover(), "");
    assert_eq!(desk("work/readme.md", "exp‸osure:\n").hover(), "");
}

#[test]
fn groups_lists_and_catalogue_entries() {
    says(
        &yaml("expo‸sure:\n  internet: true\n").hover(),
        &["**Exposure**", "Read by", "`internet-exposure`"],
    );
    says(&yaml("serv‸ice:\n  name: x\n").hover(), &["**Service**", "No rule reads anything in it"]);
    says(&yaml("links:\n  - kind: p‸r\n    url: https://a.corp/1\n").hover(), &["`links[].kind`"]);
    says(&yaml("evidence:\n  - artifact: threat-mo‸del\n").hover(), &["required"]);
}
