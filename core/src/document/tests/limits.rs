//! Bounds: what is too large, too deep or too many is refused at its place, and quickly.

use super::show::{read, show, show_node};
use crate::document::{Format, Limits, Node, Value, codes, from_bytes, parse};
use crate::source::Source;
use std::time::{Duration, Instant};

fn nested(levels: usize, format: Format) -> String {
    match format {
        Format::Yaml => format!("a: 1\nb: {}x{}\nc: 2\n", "[".repeat(levels), "]".repeat(levels)),
        Format::Json => {
            format!("{{\"a\": 1, \"b\": {}0{}, \"c\": 2}}", "[".repeat(levels), "]".repeat(levels))
        }
    }
}

#[test]
fn what_stands_too_deep_is_broken_and_the_rest_is_there() {
    for format in [Format::Yaml, Format::Json] {
        for levels in [127, 128, 200, 1000, 1500, 100_000] {
            let document = read(&nested(levels, format), format);
            let root = document.root.as_ref().unwrap();
            assert_eq!(
                (root.get("a").unwrap().as_int(), root.get("c").unwrap().as_int()),
                (Some(1), Some(2)),
                "{levels}"
            );
            let codes: Vec<_> = document.diagnostics.iter().map(|fault| fault.code).collect();
            let expected = if levels <= 127 { vec![] } else { vec![codes::TOO_DEEP] };
            assert_eq!(codes, expected, "{format:?} {levels}");
            if levels > 127 {
                assert_eq!(document.source.slice(document.diagnostics[0].location.span), "[");
            }
        }
    }
    let block: String = (0..200).map(|level| format!("{}k:\n", " ".repeat(level))).collect();
    let document = read(&format!("{block}end: 1\n"), Format::Yaml);
    assert_eq!(document.diagnostics.len(), 1);
    assert_eq!(document.root.as_ref().unwrap().get("end").unwrap().as_int(), Some(1));
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    text.push_str("end: 1\n");
    let started = Instant::now();
    let document = read(&text, Format::Yaml);
    let taken = started.elapsed();
    println!("alias bomb refused in {taken:?}");
    assert!(taken < Duration::from_secs(2), "{taken:?}");
    assert_eq!(document.diagnostics.len(), 1);
    assert_eq!(document.diagnostics[0].code, codes::TOO_MANY_VALUES);
    assert!(document.diagnostics[0].message.contains("250000"));
    let root = document.root.as_ref().unwrap();
    assert_eq!(root.get("end").unwrap().as_int(), Some(1));
    assert_eq!(root.get("a1").unwrap().as_list().unwrap().len(), 9);
    assert_eq!(root.get("a19").unwrap().as_list().unwrap()[8].value, Value::Broken);
}

#[test]
fn long_texts_weigh_more_than_short_ones() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 10_000].join(", "));
    let document = read(&text, Format::Yaml);
    assert_eq!(document.diagnostics[0].code, codes::TOO_MANY_VALUES);
}

#[test]
fn merge_keys_through_a_bomb_are_refused_too() {
    let mut text = String::from("m0: &m0 {a: [x, x, x, x], b: [x, x, x, x]}\n");
    for level in 1..12 {
        text.push_str(&format!("m{level}: &m{level}\n"));
        for key in 0..9 {
            text.push_str(&format!("  k{key}:\n    <<: *m{}\n", level - 1));
        }
    }
    let started = Instant::now();
    let document = read(&text, Format::Yaml);
    assert!(started.elapsed() < Duration::from_secs(3));
    assert!(document.diagnostics.iter().any(|fault| fault.code == codes::TOO_MANY_VALUES));
}

#[test]
fn too_many_values_end_the_reading_and_say_so() {
    let limits = Limits { max_nodes: 10, ..Limits::default() };
    let list = format!("[{}]", ["1"; 50].join(", "));
    for (format, shown) in [(Format::Yaml, 9), (Format::Json, 9)] {
        let document = parse(Source::new("t", &list), format, &limits);
        let items = document.root.as_ref().unwrap().as_list().unwrap();
        assert_eq!(items.len(), shown + 1, "{format:?}");
        assert!(items[..shown].iter().all(|item| item.as_int() == Some(1)));
        assert_eq!(items[shown].value, Value::Broken);
        assert_eq!(
            document.diagnostics.iter().map(|fault| fault.code).collect::<Vec<_>>(),
            [codes::TOO_MANY_VALUES]
        );
        assert_eq!(document.skipped.len(), 1);
    }
}

#[test]
fn what_is_too_large_is_not_read() {
    let limits = Limits { max_bytes: 10, ..Limits::default() };
    for document in [
        parse(Source::new("t", "a: 1234567890"), Format::Yaml, &limits),
        from_bytes("t", b"a: 1234567890", Format::Yaml, &limits),
    ] {
        assert_eq!(
            show(&document),
            "-\n! too-large \"\" the file has more than 10 bytes, so none of it is read"
        );
    }
}

#[test]
fn bytes_that_are_not_utf8_cost_only_their_value() {
    let limits = Limits::default();
    for (format, text) in
        [(Format::Yaml, &b"a: x\xFFy\nb: 1"[..]), (Format::Json, b"{\"a\": \"x\xFFy\", \"b\": 1}")]
    {
        let document = from_bytes("t", text, format, &limits);
        assert_eq!(show(&document), "{a: ?, b: 1}\n! encoding \"\u{FFFD}\" these bytes are not UTF-8 text");
    }
    for utf16 in [&b"\xFF\xFEa\0:\0 \0"[..], b"\xFE\xFF\0a\0:", b"a\0:\0 \x001\0", b"\0a\0:\0 \x001"] {
        let document = from_bytes("t", utf16, Format::Yaml, &limits);
        assert!(document.root.is_none() && document.diagnostics.len() == 1);
        assert!(document.diagnostics[0].message.contains("UTF-16"));
    }
    // A replacement character that was in the text is a character like any other.
    assert_eq!(show(&read("a: \u{FFFD}", Format::Yaml)), "{a: \"\u{FFFD}\"}");
}

#[test]
fn a_large_broken_file_is_answered_quickly() {
    let mut text = String::from("key: [1, 2, 3]\n");
    for n in 0..60_000 {
        text.push_str(&format!("key_{n}: some value {n}\n"));
    }
    text.push_str("broken: [\n");
    for n in 0..10_000 {
        text.push_str(&format!("more_{n}: @x\n"));
    }
    let started = Instant::now();
    let document = read(&text, Format::Yaml);
    let taken = started.elapsed();
    println!("{} bytes, broken, in {taken:?}", text.len());
    assert!(taken < Duration::from_secs(20), "{taken:?}");
    assert!(document.root.as_ref().unwrap().get("key_59999").is_some());
}

#[test]
fn one_huge_line_is_read() {
    let text = format!("a: [{}]", vec!["1"; 100_000].join(", "));
    let document = read(&text, Format::Yaml);
    assert!(document.is_clean());
    assert_eq!(
        document.root.as_ref().unwrap().get("a").and_then(Node::as_list).map(<[Node]>::len),
        Some(100_000)
    );
    assert_eq!(show_node(&document.root.unwrap()).len(), text.len() + 2);
}
