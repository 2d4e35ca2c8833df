//! Writing one value so that YAML 1.2 reads it back as what it is, and so that a reader of YAML 1.1 does too:
//! `yes`, `no` and `1_000` are quoted although we would not need it.

use crate::document::{Value, scalar};

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// On a line of its key.
    Block,
    /// Between brackets.
    Flow,
}

/// How a text is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Only where it must be.
    Fewest,
    Single,
    Double,
}

/// A text as YAML.
pub(super) fn text(text: &str, around: Around, quotes: Quotes) -> String {
    match quotes {
        Quotes::Fewest if is_plain(text, around) => text.to_owned(),
        Quotes::Single if text.chars().all(is_printable) => format!("'{}'", text.replace('\'', "''")),
        _ => double(text),
    }
}

/// A text in double quotes, as both YAML and JSON read it.
pub(super) fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            character if is_printable(character) => out.push(character),
            character => out.push_str(&format!("\\u{:04x}", u32::from(character))),
        }
    }
    out.push('"');
    out
}

/// The lines of a text that can be written as a block scalar, and its header. `None` for a text of one line,
/// and for one that a block scalar would change.
pub(super) fn block(text: &str) -> Option<(&'static str, Vec<&str>)> {
    let (header, body) = match text.strip_suffix('\n') {
        Some(body) => ("|", body),
        None => ("|-", text),
    };
    let lines: Vec<&str> = body.split('\n').collect();
    let fits = lines.len() > 1
        && lines.iter().all(|line| line.chars().all(is_printable))
        && lines.first().is_some_and(|first| !first.is_empty() && !first.starts_with(' '))
        && lines.last().is_some_and(|last| !last.trim().is_empty());
    fits.then_some((header, lines))
}

/// Whether a character may stand in YAML as it is. All that is not is below U+10000.
fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn is_plain(text: &str, around: Around) -> bool {
    let starts_well = text.chars().next().is_some_and(|first| {
        !first.is_whitespace()
            && !matches!(
                first,
                '-' | '?'
                    | ':'
                    | ','
                    | '['
                    | ']'
                    | '{'
                    | '}'
                    | '#'
                    | '&'
                    | '*'
                    | '!'
                    | '|'
                    | '>'
                    | '\''
                    | '"'
                    | '%'
                    | '@'
                    | '`'
                    | '='
                    | '<'
            )
    });
    let reads_back = matches!(scalar::resolve(text), Value::Text(_)) && !was_something_else(text);
    let inside = match around {
        Around::Block => !text.contains(": ") && !text.ends_with(':'),
        Around::Flow => !text.contains([',', '[', ']', '{', '}', ':']),
    };
    starts_well
        && reads_back
        && inside
        && text.chars().all(is_printable)
        && !text.contains(" #")
        && !text.ends_with(char::is_whitespace)
        && !text.starts_with("...")
}

/// Whether YAML 1.1 would read a text as a boolean or a number.
fn was_something_else(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    let number = |c: char| c.is_ascii_hexdigit() || matches!(c, '_' | ':' | '.' | '+' | '-' | 'x' | 'o');
    let is_date = crate::calendar::date(text).is_some();
    matches!(folded.as_str(), "yes" | "no" | "on" | "off" | "y" | "n")
        || (!is_date
            && text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+'))
            && text.chars().all(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Limits, parse};
    use crate::source::Source;
    use proptest::prelude::*;

    #[test]
    fn only_what_yaml_would_misread_is_quoted() {
        let block = |value| text(value, Around::Block, Quotes::Fewest);
        for plain in
            ["internal", "Ada Lovelace", "https://a.example/x#y", "2026-11-20", "a, b", "it's", "10 days"]
        {
            assert_eq!(block(plain), plain);
        }
        for (value, written) in [
            ("yes", "\"yes\""),
            ("Off", "\"Off\""),
            ("", "\"\""),
            ("null", "\"null\""),
            ("~", "\"~\""),
            ("12", "\"12\""),
            ("1_000", "\"1_000\""),
            ("12:30", "\"12:30\""),
            (".5", "\".5\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("- x", "\"- x\""),
            ("*x", "\"*x\""),
            ("@x", "\"@x\""),
            (" x", "\" x\""),
            ("x:", "\"x:\""),
            ("...", "\"...\""),
            ("a\tb", "\"a\\tb\""),
            ("a\nb", "\"a\\nb\""),
            ("say \"hi\"", "say \"hi\""),
            ("\u{7f}", "\"\\u007f\""),
        ] {
            assert_eq!(block(value), written);
        }
        assert_eq!(text("a, b", Around::Flow, Quotes::Fewest), "\"a, b\"");
        assert_eq!(text("it's", Around::Block, Quotes::Single), "'it''s'");
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_back(value in "\\PC{0,12}|[-?:,\\[\\]{}#&*!|>'\"%@` a\\n\\t.~0-9_+x]{0,8}|\\p{Any}{0,4}") {
            for around in [Around::Block, Around::Flow] {
                for quotes in [Quotes::Fewest, Quotes::Single, Quotes::Double] {
                    let written = text(&value, around, quotes);
                    let whole = match around {
                        Around::Block => format!("key: {written}\n"),
                        Around::Flow => format!("{{ key: {written}, other: 1 }}\n"),
                    };
                    let document = parse(Source::new("t", &whole), Format::Yaml, &Limits::default());
                    prop_assert!(document.is_clean(), "{whole:?} {:?}", document.diagnostics);
                    let root = document.root.unwrap();
                    prop_assert_eq!(root.get("key").and_then(|node| node.as_text()), Some(value.as_str()), "{}", whole);
                }
            }
            let json: Result<String, _> = serde_json::from_str(&double(&value));
            prop_assert_eq!(json.ok(), Some(value));
        }
    }
}
