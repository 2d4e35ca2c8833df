//! Prints a document on few lines, for tests to compare.

use crate::diagnostic::Severity;
use crate::document::{Document, Format, Limits, Node, Value, parse};
use crate::source::Source;

/// The document of a text, under the default limits.
pub(super) fn read(text: &str, format: Format) -> Document {
    parse(Source::new("t", text), format, &Limits::default())
}

/// The tree on one line, then a line for each diagnostic: code, underlined text, message.
pub(super) fn show(document: &Document) -> String {
    let mut shown = document.root.as_ref().map_or("-".to_owned(), show_node);
    for diagnostic in &document.diagnostics {
        let mark = if diagnostic.severity == Severity::Error { "!" } else { "?" };
        let underlined = document.source.slice(diagnostic.location.span);
        let code = diagnostic.code.0.trim_start_matches("document/");
        shown.push_str(&format!("\n{mark} {code} {underlined:?} {}", diagnostic.message));
    }
    shown
}

/// A node on one line. A broken one is `?`, a duplicate key carries `!`.
pub(super) fn show_node(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Broken => "?".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Number(written) => format!("#{written}"),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(show_node).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries = entries.iter().map(|entry| {
                let mark = if entry.duplicate { "!" } else { "" };
                format!("{}{mark}: {}", entry.key, show_node(&entry.value))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Compares one text with what it should show.
pub(super) fn check(format: Format, cases: &[(&str, &str)]) {
    let mut wrong = vec![];
    for (text, expected) in cases {
        let shown = show(&read(text, format));
        if shown != *expected {
            wrong.push(format!("{text:?}\nshows\n{shown}\nand should\n{expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
