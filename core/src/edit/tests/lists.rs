//! Items added to lists, and answers taken away.

use super::super::{Literal, Why, append, apply, remove};
use super::{json, schema, text, yaml};

fn link() -> Literal {
    Literal::Map(vec![("kind".to_owned(), text("pr")), ("url".to_owned(), text("https://git.corp/1"))])
}

#[test]
fn an_item_is_added_in_the_style_of_the_others() {
    let table = [
        ("id: x\n", "id: x\nlinks:\n  - kind: pr\n    url: https://git.corp/1\n"),
        ("links:\n", "links:\n  - kind: pr\n    url: https://git.corp/1\n"),
        ("links: [] # none yet\n", "links: # none yet\n  - kind: pr\n    url: https://git.corp/1\n"),
        (
            "links:\n- kind: iac\n  url: https://a # a\n  # end\nid: x\n",
            "links:\n- kind: iac\n  url: https://a # a\n  # end\n- kind: pr\n  url: https://git.corp/1\nid: x\n",
        ),
        (
            "links:\n  - { kind: iac, url: \"https://a\" }",
            "links:\n  - { kind: iac, url: \"https://a\" }\n  - { kind: pr, url: \"https://git.corp/1\" }",
        ),
        ("links: [{kind: iac}]\n", "links: [{kind: iac}, { kind: pr, url: \"https://git.corp/1\" }]\n"),
        (
            "links:\n  -\n    kind: iac\nid: x\n",
            "links:\n  -\n    kind: iac\n  - kind: pr\n    url: https://git.corp/1\nid: x\n",
        ),
    ];
    for (before, wanted) in table {
        let document = yaml(before);
        let edits = append(&document, schema(), "links", &link());
        let edits = edits.unwrap_or_else(|refusal| panic!("{before:?}: {refusal}"));
        assert_eq!(apply(before, &edits), wanted, "{before:?}");
    }
    for (before, wanted) in [
        ("{\"links\":[]}", "{\"links\":[{\"kind\":\"pr\",\"url\":\"https://git.corp/1\"}]}"),
        (
            "{\n  \"links\": [\n    {\n      \"kind\": \"iac\"\n    }\n  ]\n}\n",
            "{\n  \"links\": [\n    {\n      \"kind\": \"iac\"\n    },\n    {\n      \"kind\": \"pr\",\n      \"url\": \"https://git.corp/1\"\n    }\n  ]\n}\n",
        ),
    ] {
        let edits = append(&json(before), schema(), "links", &link()).unwrap();
        assert_eq!(apply(before, &edits), wanted, "{before:?}");
    }
    let refusal = append(&yaml("links: soon\n"), schema(), "links", &link()).unwrap_err();
    assert_eq!(refusal.why, Why::Occupied);
    assert_eq!(append(&yaml(""), schema(), "id", &link()).unwrap_err().why, Why::NotAnAnswer);
}

#[test]
fn an_answer_is_taken_away_and_a_comment_beside_it_is_not() {
    let table = [
        ("id: x\ndata:\n  personal: true\n  cross_border: true\n", "id: x\ndata:\n  cross_border: true\n"),
        (
            "data:\n  personal: true # c\n  cross_border: true\n",
            "data:\n  personal:  # c\n  cross_border: true\n",
        ),
        ("data:\n  personal: true\nid: x\n", "data:\n  personal: \nid: x\n"),
        ("data: { personal: true, cross_border: true }\n", "data: { cross_border: true }\n"),
        ("data: { cross_border: true, personal: true }\n", "data: { cross_border: true }\n"),
        ("data: { personal: true }\n", "data: {  }\n"),
        ("data:\n  personal:\n", "data:\n  personal:\n"),
        ("id: x\n", "id: x\n"),
    ];
    for (before, wanted) in table {
        let document = yaml(before);
        let edits = remove(&document, schema(), "data.personal").unwrap();
        assert_eq!(apply(before, &edits), wanted, "{before:?}");
    }
    let before = "{\n  \"data\": {\n    \"personal\": true\n  }\n}";
    let edits = remove(&json(before), schema(), "data.personal").unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&apply(before, &edits)).is_ok());
}
