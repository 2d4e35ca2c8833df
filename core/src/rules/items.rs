//! The top-level statements of a rule file, found by brackets and line starts alone, so that they are found
//! in a broken file too.

use super::positions::pieces;
use crate::source::Span;

/// A top-level statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// From its first word to its `;` or closing brace.
    pub span: Span,
    /// The `///` comment right above it.
    pub doc: String,
    /// It ends in `;`, or is a function.
    pub terminated: bool,
}

/// Splits a text into its top-level statements.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut splitter =
        Splitter { text, items: vec![], doc: String::new(), start: None, end: 0, depth: 0, function: false };
    for (offset, piece) in pieces(text, 0) {
        splitter.piece(offset, piece);
    }
    splitter.close(false);
    splitter.items
}

struct Splitter<'a> {
    text: &'a str,
    items: Vec<Item>,
    doc: String,
    start: Option<usize>,
    /// The end of the last piece that was no white space or comment.
    end: usize,
    depth: usize,
    function: bool,
}

impl Splitter<'_> {
    fn piece(&mut self, offset: usize, piece: &str) {
        if piece.starts_with("//") {
            if self.start.is_none() {
                self.comment(piece);
            }
            return;
        }
        if piece.starts_with("/*") || piece.trim().is_empty() || piece == "\u{feff}" {
            return;
        }
        // `rule(`, `fn` and `const` at the start of a line begin a statement, whatever is open above.
        if self.start.is_some() && self.begins(offset, piece) {
            self.close(false);
        }
        if self.start.is_none() {
            self.start = Some(offset);
            self.depth = 0;
            self.function = matches!(piece, "fn" | "private");
        }
        self.end = offset + piece.len();
        match piece {
            "(" | "[" | "{" => self.depth += 1,
            ")" | "]" => self.depth = self.depth.saturating_sub(1),
            "}" => {
                self.depth = self.depth.saturating_sub(1);
                if self.function && self.depth == 0 {
                    self.close(true);
                }
            }
            ";" if self.depth == 0 => self.close(true),
            _ => {}
        }
    }

    fn begins(&self, offset: usize, piece: &str) -> bool {
        let at_line_start = offset == 0 || self.text.as_bytes().get(offset - 1) == Some(&b'\n');
        let after = self.text.get(offset + piece.len()..).unwrap_or_default();
        at_line_start
            && match piece {
                "rule" => after.trim_start().starts_with('('),
                "fn" | "const" | "private" => after.starts_with([' ', '\t']),
                _ => false,
            }
    }

    fn comment(&mut self, piece: &str) {
        match piece.strip_prefix("///") {
            Some(line) => {
                if !self.doc.is_empty() {
                    self.doc.push('\n');
                }
                self.doc.push_str(line.trim());
            }
            None => self.doc.clear(),
        }
    }

    fn close(&mut self, terminated: bool) {
        let Some(start) = self.start.take() else { return };
        let doc = std::mem::take(&mut self.doc);
        let terminated = terminated || self.function;
        // A lone `;` is nothing.
        if self.text.get(start..self.end) != Some(";") {
            self.items.push(Item { span: Span::new(start, self.end), doc, terminated });
        }
        self.depth = 0;
    }
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a span that cuts a character should stop the test")]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(&str, bool)> {
        items(text).iter().map(|item| (&text[item.span.range()], item.terminated)).collect()
    }

    #[test]
    fn statements_are_found_also_behind_a_broken_one() {
        let text = "// head\nrule(\"a\").when(|i| { i.a; });\n\nrule(\"b\").when(|i| (i.b\n  .tier(1)\nfn f(i) { i.c }\nconst N = 3\nrule(\"c\");";
        let found = split(text);
        assert_eq!(found.len(), 5, "{found:?}");
        assert_eq!(found[1], ("rule(\"b\").when(|i| (i.b\n  .tier(1)", false));
        assert_eq!(found[2], ("fn f(i) { i.c }", true));
        assert_eq!(found[3], ("const N = 3", false));
    }

    #[test]
    fn the_comment_above_a_statement_is_its_own() {
        let text = "/// About a.\n/// More.\nrule(\"a\");\n/// lost\n// break\nrule(\"b\");";
        let found = items(text);
        assert_eq!((found[0].doc.as_str(), found[1].doc.as_str()), ("About a.\nMore.", ""));
    }
}
