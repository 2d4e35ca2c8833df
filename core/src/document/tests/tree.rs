//! The tree itself: spans, lookups, and JSON from either syntax.

use super::show::{read, show_node};
use super::sound::Random;
use crate::document::{Document, Entry, Format, Node, Segment, Value, codes};
use serde_json::json;

/// Each key and scalar with the text it spans.
fn spans(document: &Document) -> Vec<String> {
    fn walk(node: &Node, document: &Document, shown: &mut Vec<String>) {
        match &node.value {
            Value::List(items) => {
                shown.push(document.source.slice(node.span).to_owned());
                items.iter().for_each(|item| walk(item, document, shown));
            }
            Value::Map(entries) => {
                shown.push(document.source.slice(node.span).to_owned());
                for Entry { key_span, value, .. } in entries {
                    shown.push(document.source.slice(*key_span).to_owned());
                    walk(value, document, shown);
                }
            }
            _ => shown.push(format!("{}@{}", document.source.slice(node.span), node.span.start)),
        }
    }
    let mut shown = vec![];
    walk(document.root.as_ref().unwrap(), document, &mut shown);
    shown
}

#[test]
fn spans_are_those_of_the_file() {
    let cases: &[(&str, &[&str])] = &[
        ("a:\nb: 1\n", &["a:\nb: 1", "a", "@2", "b", "1@6"]),
        ("a  : \nb: x # c\n", &["a  : \nb: x", "a", "@4", "b", "x@9"]),
        ("\u{feff}ä: 'ö' \r\nb: 2\r\n", &["ä: 'ö' \r\nb: 2", "ä", "'ö'@7", "b", "2@17"]),
        (
            "- x\n-\n- [y, {z: 1}]\n",
            &["- x\n-\n- [y, {z: 1}]", "x@2", "@5", "[y, {z: 1}]", "y@9", "{z: 1}", "z", "1@16"],
        ),
        (
            "a: | # why\n  x\n\n  y\n\nb: >-\n\n  z\n",
            &["a: | # why\n  x\n\n  y\n\nb: >-\n\n  z", "a", "| # why\n  x\n\n  y@3", "b", ">-\n\n  z@24"],
        ),
        ("a: &n !!str x\nb: *n\n", &["a: &n !!str x\nb: *n", "a", "x@12", "b", "*n@17"]),
        ("a: one\n  two\n", &["a: one\n  two", "a", "one\n  two@3"]),
    ];
    for (text, expected) in cases {
        let document = read(text, Format::Yaml);
        assert!(document.is_clean());
        assert_eq!(&spans(&document), expected, "{text:?}");
    }
    let document = read("\u{feff}{\"ä\": [1, \"x\"],\n \"b\": }", Format::Json);
    assert_eq!(
        spans(&document),
        ["{\"ä\": [1, \"x\"],\n \"b\": }", "\"ä\"", "[1, \"x\"]", "1@11", "\"x\"@14", "\"b\"", "@25"]
    );
}

#[test]
fn the_parts_of_an_alias_stay_where_they_were_anchored() {
    let text = "a: &n {x: 1}\nb: *n\nc: {<<: *n, y: 2}\n";
    let document = read(text, Format::Yaml);
    let at = |path: &[Segment<'_>]| document.source.slice(document.at(path).unwrap().span);
    assert_eq!(at(&[Segment::Key("b")]), "*n");
    let anchored = document.at(&[Segment::Key("a"), Segment::Key("x")]).unwrap().span;
    assert_eq!(document.at(&[Segment::Key("b"), Segment::Key("x")]).unwrap().span, anchored);
    assert_eq!(document.at(&[Segment::Key("c"), Segment::Key("x")]).unwrap().span, anchored);
}

#[test]
fn lookups_lead_nowhere_where_a_key_stands_twice() {
    let document = read("a: 1\nb: {c: [x, {d: 2}]}\na: 3\n", Format::Yaml);
    let root = document.root.as_ref().unwrap();
    assert!(root.get("a").is_none() && root.get("z").is_none() && root.entry("a").is_none());
    let path = [Segment::Key("b"), Segment::Key("c"), Segment::Index(1), Segment::Key("d")];
    assert_eq!(root.at(&path).unwrap().as_int(), Some(2));
    assert_eq!(root.entry_at(&path).unwrap().key, "d");
    assert!(root.at(&[Segment::Key("b"), Segment::Index(0)]).is_none());
    assert_eq!(root.at(&[]).unwrap(), root);
}

#[test]
fn a_cursor_finds_its_path() {
    let text = "a: 1\nb:\n  - x\n  - key: value\nc:\n";
    let document = read(text, Format::Yaml);
    let path = |needle: &str| format!("{:?}", document.path_at(text.find(needle).unwrap() + 1));
    assert_eq!(path("value"), "[Key(\"b\"), Index(1), Key(\"key\")]");
    assert_eq!(path("key"), "[Key(\"b\"), Index(1), Key(\"key\")]");
    assert_eq!(path("c:"), "[Key(\"c\")]");
    assert_eq!(document.node_at(text.find("value").unwrap()).len(), 4);
    assert_eq!(document.node_at(text.find("key").unwrap()).len(), 3);
    assert!(document.node_at(1000).is_empty());
}

#[test]
fn json_for_the_schema_leaves_out_what_answers_nothing() {
    let text = "a: 1\nb:\nc: ~\nd: @x\ne: 1\ne: 2\nf: [1, , 2]\ng: [~, x]\nh: 18446744073709551615\ni: 1.5\nj: .nan\n";
    let document = read(text, Format::Yaml);
    let expected = json!({"a": 1, "g": [null, "x"], "h": u64::MAX, "i": 1.5, "j": ".nan"});
    assert_eq!(document.root.unwrap().to_json(), expected);
}

#[test]
fn kinds_are_named_in_the_users_words() {
    let root = read("[x, 1, 1.5, [], {}, true, null]", Format::Json).root.unwrap();
    let kinds: Vec<_> = root.as_list().unwrap().iter().map(|item| item.value.kind()).collect();
    assert_eq!(
        kinds,
        ["something unreadable", "a number", "a number", "a list", "a mapping", "true or false", "nothing"]
    );
    assert!(root.as_list().unwrap()[6].is_silent() && !root.is_silent());
}

#[test]
fn formats_are_known_by_name_and_by_look() {
    assert_eq!(Format::of_name("a/b.intake.JSON"), Format::Json);
    assert_eq!(Format::of_name("a.json/b.yml"), Format::Yaml);
    assert_eq!(Format::of_name("noname"), Format::Yaml);
    assert_eq!(Format::sniff("-", " {\"a\": 1}\n"), Format::Json);
    assert_eq!(Format::sniff("-", "{a: 1}"), Format::Yaml);
    assert_eq!(Format::sniff("-", "a: 1"), Format::Yaml);
    assert_eq!(Format::sniff("x.yaml", "{\"a\": 1}"), Format::Yaml);
}

#[test]
fn codes_are_unique_and_of_this_stage() {
    let names: std::collections::BTreeSet<_> = codes::ALL.iter().map(|code| code.0).collect();
    assert_eq!(names.len(), codes::ALL.len());
    assert!(names.iter().all(|name| name.starts_with("document/")));
}

/// A value with all that JSON has in it.
fn generate(random: &mut Random, depth: usize) -> serde_json::Value {
    let texts = [
        "",
        "x",
        "true",
        "null",
        "1",
        "a: b",
        "- x",
        "\"q\" 'q'",
        "ä🦀\u{2028}",
        "tab\t\n\r\u{8}\\/",
        "#",
        "@",
        "<<",
        "~",
        " ",
        "yes",
    ];
    match random.below(if depth == 0 { 6 } else { 8 }) {
        0 => json!(null),
        1 => json!(random.below(2) == 0),
        2 => json!(random.below(1_000_000_000) as i64 - 500_000_000),
        3 => json!((random.below(100_000) as f64 - 50_000.0) / 64.0),
        4 => json!(u64::MAX - random.below(1000) as u64),
        5 => json!(*random.pick(&texts)),
        6 => (0..random.below(5)).map(|_| generate(random, depth - 1)).collect(),
        _ => {
            let keys = (0..random.below(5)).map(|n| format!("{}{n}", random.pick(&texts)));
            let entries: Vec<_> = keys.collect();
            entries
                .into_iter()
                .map(|key| (key, generate(random, depth - 1)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
    }
}

/// What a tree says, without leaving anything out.
fn whole(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::List(items) => items.iter().map(whole).collect(),
        Value::Map(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.clone(), whole(&entry.value)));
            entries.collect::<serde_json::Map<_, _>>().into()
        }
        _ => node.to_json(),
    }
}

/// A value as block YAML.
fn block(value: &serde_json::Value, indent: usize, text: &mut String) {
    let blanks = " ".repeat(indent);
    match value {
        serde_json::Value::Array(items) if !items.is_empty() => {
            for item in items {
                text.push_str(&format!("\n{blanks}-"));
                block(item, indent + 2, text);
            }
        }
        serde_json::Value::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                text.push_str(&format!("\n{blanks}{}:", json!(key)));
                block(value, indent + 2, text);
            }
        }
        scalar => text.push_str(&format!(" {scalar}")),
    }
}

#[test]
fn good_json_is_what_serde_reads_and_the_same_in_yaml() {
    let mut random = Random(7);
    for round in 0..400 {
        let value = generate(&mut random, 4);
        let compact = value.to_string();
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        let mut yaml = String::new();
        block(&value, 0, &mut yaml);
        for (text, format) in [
            (&compact, Format::Json),
            (&pretty, Format::Json),
            (&compact, Format::Yaml),
            (&pretty, Format::Yaml),
            (&yaml, Format::Yaml),
        ] {
            let document = read(text, format);
            assert!(document.is_clean(), "round {round} {format:?}\n{text}\n{:?}", document.diagnostics);
            let root = document.root.as_ref().unwrap();
            assert_eq!(whole(root), value, "round {round} {format:?}\n{text}\n{}", show_node(root));
        }
    }
}
