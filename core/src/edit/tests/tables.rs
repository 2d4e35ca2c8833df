//! One answer, one text: what comes out, to the byte.

use super::super::{Literal, Why, set};
use super::{after, json, schema, text, yaml};

#[test]
fn an_answer_that_is_there_is_replaced_where_it_stands() {
    let table = [
        ("data:\n  sensitivity: internal   # for now\n", "data:\n  sensitivity: public   # for now\n"),
        (
            "data: { sensitivity: internal, personal: true }\n",
            "data: { sensitivity: public, personal: true }\n",
        ),
        ("data:\r\n    sensitivity:    \"internal\"\r\n", "data:\r\n    sensitivity:    \"public\"\r\n"),
        ("data:\n  sensitivity: 'internal'\nid: x", "data:\n  sensitivity: 'public'\nid: x"),
        ("data:\n  sensitivity:\n", "data:\n  sensitivity: public\n"),
        ("data:\n  sensitivity:   # ask Bob\n", "data:\n  sensitivity: public   # ask Bob\n"),
        ("data:\n  sensitivity: ~ # ask\n", "data:\n  sensitivity: public # ask\n"),
        ("data: {sensitivity: , personal: true}\n", "data: {sensitivity: public , personal: true}\n"),
        ("data: {sensitivity, personal: true}\n", "data: {sensitivity: public, personal: true}\n"),
        (
            "data:\n  sensitivity: | # block\n    int\n    ernal\nid: x\n",
            "data:\n  sensitivity: public\nid: x\n",
        ),
        ("data:\n  sensitivity: # why\n    internal\n", "data:\n  sensitivity: # why\n    public\n"),
        ("data:\n  sensitivity: &s internal\n", "data:\n  sensitivity: &s public\n"),
    ];
    for (before, wanted) in table {
        let got = after(&yaml(before), "data.sensitivity", &text("public"));
        if before.contains("| # block") {
            // The comment stands in the header of the block that goes; there is nowhere to keep it.
            assert!(got == wanted || got.starts_with("refused"), "{got:?}");
            continue;
        }
        assert_eq!(got, wanted, "{before:?}");
    }
    assert_eq!(
        after(&yaml("exposure: {internet: yes}\n"), "exposure.internet", &Literal::Bool(true)),
        "exposure: {internet: true}\n"
    );
    assert_eq!(
        after(&yaml("release:\n  open_actions: 1_0 # ?\n"), "release.open_actions", &Literal::Int(3)),
        "release:\n  open_actions: 3 # ?\n"
    );
}

#[test]
fn a_missing_answer_goes_where_the_schema_has_it() {
    let table = [
        // Between its neighbours, with their indentation.
        (
            "data:\n    sensitivity: internal # s\n    cross_border: false\n",
            "data:\n    sensitivity: internal # s\n    personal: true\n    cross_border: false\n",
        ),
        // Before what comes later, and before the comment above that.
        (
            "id: x\ndata:\n  # across\n  cross_border: false\n",
            "id: x\ndata:\n  personal: true\n  # across\n  cross_border: false\n",
        ),
        // The group is missing: after the group before it, and after the remark that ends that.
        (
            "exposure:\n  internet: true\n  # more to come\n\nchange:\n  iam: false\n",
            "exposure:\n  internet: true\n  # more to come\ndata:\n  personal: true\n\nchange:\n  iam: false\n",
        ),
        ("data:\n", "data:\n  personal: true\n"),
        ("data: # later\nid: x\n", "data: # later\n  personal: true\nid: x\n"),
        ("data: ~ # later\n", "data: # later\n  personal: true\n"),
        ("data: {}\n", "data: { personal: true }\n"),
        ("data: { }", "data: { personal: true }"),
        ("data: {cross_border: true}\n", "data: {personal: true, cross_border: true}\n"),
        ("data: {sensitivity: public}\n", "data: {sensitivity: public, personal: true}\n"),
        (
            "data: {\n  sensitivity: public, # a\n}\n",
            "data: {\n  sensitivity: public, # a\n  personal: true,\n}\n",
        ),
        (
            "data: {\n  sensitivity: public # a\n}\n",
            "data: {\n  sensitivity: public, # a\n  personal: true\n}\n",
        ),
        ("{id: x}\n", "{id: x, data: { personal: true }}\n"),
        ("{}\n", "{ data: { personal: true } }\n"),
        ("", "data:\n  personal: true\n"),
        ("# only\n# comments", "# only\n# comments\ndata:\n  personal: true\n"),
        ("\u{FEFF}", "\u{FEFF}data:\n  personal: true\n"),
        ("---\n# c\n", "---\n# c\ndata:\n  personal: true\n"),
        ("id: x", "id: x\ndata:\n  personal: true"),
        ("id: x\r\n", "id: x\r\ndata:\r\n  personal: true\r\n"),
        ("\"id\": \"x\"\n", "\"id\": \"x\"\n\"data\":\n  \"personal\": true\n"),
        // A comment at the top is about the file.
        (
            "# Intake of May\ndeadline:\n  event: x\n",
            "# Intake of May\ndata:\n  personal: true\ndeadline:\n  event: x\n",
        ),
        ("\u{FEFF}links: []\n", "\u{FEFF}data:\n  personal: true\nlinks: []\n"),
    ];
    for (before, wanted) in table {
        assert_eq!(after(&yaml(before), "data.personal", &Literal::Bool(true)), wanted, "{before:?}");
    }
}

#[test]
fn json_stays_json() {
    let table = [
        ("", "{\n  \"data\": {\n    \"personal\": true\n  }\n}\n"),
        ("{}", "{\n  \"data\": {\n    \"personal\": true\n  }\n}"),
        ("{\"id\":\"x\"}", "{\"id\":\"x\",\"data\":{\"personal\":true}}"),
        ("{\"id\": \"x\"}\n", "{\"id\": \"x\", \"data\": {\"personal\": true}}\n"),
        ("{\n\t\"id\": \"x\"\n}\n", "{\n\t\"id\": \"x\",\n\t\"data\": {\n\t\t\"personal\": true\n\t}\n}\n"),
        (
            "{\n  \"data\": {\n    \"cross_border\": true\n  }\n}",
            "{\n  \"data\": {\n    \"personal\": true,\n    \"cross_border\": true\n  }\n}",
        ),
        ("{\n  \"data\": null\n}", "{\n  \"data\": {\n    \"personal\": true\n  }\n}"),
        ("{ \"data\": {} }", "{ \"data\": {\"personal\": true} }"),
        ("{ \"data\": { \"personal\": false } }", "{ \"data\": { \"personal\": true } }"),
    ];
    for (before, wanted) in table {
        let got = after(&json(before), "data.personal", &Literal::Bool(true));
        assert_eq!(got, wanted, "{before:?}");
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(&got);
        assert!(parsed.is_ok(), "{got}");
    }
    assert_eq!(
        after(&json("{\"reason\":\"a\"}"), "reason", &text("b\n\"c\"")),
        "{\"reason\":\"b\\n\\\"c\\\"\"}"
    );
}

#[test]
fn texts_of_several_lines_are_written_as_blocks_where_they_can() {
    let value = text("one\n\ntwo");
    let table = [
        ("reason: x # r\nid: y\n", "reason: |- # r\n  one\n\n  two\nid: y\n"),
        ("reason:\n", "reason: |-\n  one\n\n  two\n"),
        ("reason: \"x\"\n", "reason: \"one\\n\\ntwo\"\n"),
        ("{reason: x}\n", "{reason: \"one\\n\\ntwo\"}\n"),
        ("id: y\r\n", "id: y\r\nreason: |-\r\n  one\r\n\r\n  two\r\n"),
    ];
    for (before, wanted) in table {
        assert_eq!(after(&yaml(before), "reason", &value), wanted, "{before:?}");
    }
    assert_eq!(after(&yaml(""), "reason", &text(" x\ny")), "reason: \" x\\ny\"\n");
}

#[test]
fn what_would_be_a_guess_is_refused_and_said_why() {
    let table = [
        ("x: 1\n", "data.sensitivty", Why::UnknownField, "did you mean `data.sensitivity`?"),
        ("x: 1\n", "data", Why::NotAnAnswer, "is a group"),
        ("x: 1\n", "links[].kind", Why::NotAnAnswer, "add a whole item"),
        ("- x\n", "data.personal", Why::NotAMapping, "a list"),
        ("data:\n  personal: true\n  personal: false\n", "data.personal", Why::Duplicate, "twice"),
        ("data:\n  a: 1\ndata:\n  b: 2\n", "data.personal", Why::Duplicate, "`data` stands there twice"),
        ("a: &a { personal: true }\ndata:\n  <<: *a\n", "data.personal", Why::Merged, "merge key"),
        ("a: &a\n  personal: true\ndata: *a\n", "data.personal", Why::Alias, "`*a`"),
        ("a: &a true\ndata:\n  personal: *a\n", "data.personal", Why::Alias, "write it out"),
        ("data:\n  personal: [1,\nid: x\n", "data.personal", Why::Unreadable, "cannot be read"),
        ("data: yes\n", "data.personal", Why::Occupied, "is a group, but text"),
        ("data:\n  personal:\n    a: 1\n", "data.personal", Why::Occupied, "a mapping stands at"),
        // Others read the value that has the anchor.
        ("data:\n  personal: &p true\nx: *p\n", "data.personal", Why::Unsafe, "by hand"),
        ("data:\n  personal: !!str true\n", "data.personal", Why::Unsafe, "by hand"),
    ];
    for (before, path, why, part) in table {
        let refusal = set(&yaml(before), schema(), path, &Literal::Bool(false)).unwrap_err();
        assert_eq!(refusal.why, why, "{before:?}: {refusal}");
        assert!(refusal.message.contains(part), "{before:?}: {refusal}");
    }
    // A merge key elsewhere is no reason.
    assert_eq!(
        after(&yaml("a: &a { x: 1 }\ndata:\n  <<: *a\n"), "data.personal", &Literal::Bool(true)),
        "a: &a { x: 1 }\ndata:\n  <<: *a\n  personal: true\n"
    );
}
