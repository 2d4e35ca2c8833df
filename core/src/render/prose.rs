//! What somebody typed, made harmless inside Markdown: it can start no element, link, mention or table cell,
//! whatever it holds. Also percent-encoding of paths for links.

/// A single text longer than this is cut: a comment has room for many.
const MAX_TEXT: usize = 400;

/// Text as running prose, on one line.
pub(super) fn prose(text: &str) -> String {
    let text = flat(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut number = true;
    let characters: Vec<char> = text.chars().collect();
    for (place, &c) in characters.iter().enumerate() {
        let next = characters.get(place + 1).copied().unwrap_or(' ');
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => {
                out.push('\\');
                out.push(c);
                // `#12` would become a reference to an issue.
                if c == '#' && next.is_ascii_digit() {
                    out.push(JOINER);
                }
            }
            // At the start of a line these make lists and headings.
            '+' | '-' | '=' if place == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if number && place > 0 => {
                out.push('\\');
                out.push(c);
            }
            // `@somebody` would tell them; a bare address would become a link.
            '@' => {
                out.push(c);
                out.push(JOINER);
            }
            ':' if next == '/' => {
                out.push(c);
                out.push(JOINER);
            }
            '.' if ends_with_www(&out) => {
                out.push(JOINER);
                out.push(c);
            }
            _ => out.push(c),
        }
        number &= c.is_ascii_digit();
    }
    out
}

/// A message: running prose in which what stands in backticks is code.
pub(super) fn message(text: &str) -> String {
    let text = flat(text);
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, (word, after))) =
        rest.split_once('`').and_then(|(before, after)| Some((before, after.split_once('`')?)))
    {
        out.push_str(&prose(before));
        // `flat` takes blanks away at the ends, and between words they matter.
        if before.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&if word.is_empty() { "\\`\\`".to_owned() } else { fenced(word) });
        if after.starts_with(' ') {
            out.push(' ');
        }
        rest = after;
    }
    out.push_str(&prose(rest));
    out
}

/// Text as code inside running text.
pub(super) fn code(text: &str) -> String {
    fenced(&flat(text))
}

/// Text as code inside a table's cell, where a bar ends the cell even in code.
pub(super) fn code_in_cell(text: &str) -> String {
    fenced(&flat(text)).replace('|', "\\|")
}

/// A path as the target of a relative link; `None` where it is none: standard input, or an absolute path.
pub(super) fn target(path: &str) -> Option<String> {
    let absolute = path.starts_with('/') || path.chars().nth(1) == Some(':');
    if absolute || path.is_empty() || path.starts_with('<') {
        return None;
    }
    let path = path.strip_prefix("./").unwrap_or(path);
    Some(percent(path))
}

/// Everything but letters, digits, `-._~` and `/`, percent-encoded.
pub(super) fn percent(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Joins two characters without a break and without being seen: what a pattern looks for is no longer there.
const JOINER: char = '\u{2060}';

fn ends_with_www(out: &str) -> bool {
    let mut last = out.chars().rev();
    let www = last.by_ref().take(3).filter(|c| c.eq_ignore_ascii_case(&'w')).count() == 3;
    www && last.next().is_none_or(|c| !c.is_alphanumeric())
}

/// One line, without characters that act on the text around them, and not longer than it may be.
fn flat(text: &str) -> String {
    let acts =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut out = String::new();
    let mut count = 0;
    for c in text.trim().chars().filter(|c| !acts(*c)) {
        let blank = c.is_control() || c.is_whitespace();
        if blank && out.ends_with(' ') {
            continue;
        }
        if count == MAX_TEXT {
            out.push('…');
            break;
        }
        count += 1;
        out.push(if blank { ' ' } else { c });
    }
    out
}

/// Code between more backticks than it holds in a row.
fn fenced(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let room = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_text() {
        for (typed, safe) in [
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("[a](javascript:x)", "\\[a\\](javascript:x)"),
            ("a | b\n\n# c", "a \\| b \\# c"),
            ("- item", "\\- item"),
            ("12. item", "12\\. item"),
            ("v1.2", "v1.2"),
            ("@all see #12", "@\u{2060}all see \\#\u{2060}12"),
            ("https://x.example and www.x.example", "https:\u{2060}//x.example and www\u{2060}.x.example"),
            ("-->", "\\--&gt;"),
            ("`*_~$\\", "\\`\\*\\_\\~\\$\\\\"),
            ("\u{202e}evil\u{7}", "evil "),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ] {
            assert_eq!(prose(typed), safe, "{typed:?}");
        }
        assert_eq!(
            message("`a<b` is no `c`; write `d` <or> `e"),
            "`a<b` is no `c`; write `d` &lt;or&gt; \\`e"
        );
        assert_eq!(message("x `` y"), "x \\`\\` y");
        assert_eq!(code("a``b`"), "``` a``b` ```");
        assert_eq!(code_in_cell("a|b"), "`a\\|b`");
        assert_eq!(prose(&"x".repeat(9_999)).chars().count(), MAX_TEXT + 1);
    }

    #[test]
    fn only_a_relative_path_is_a_link() {
        assert_eq!(target("./a b/ü).yaml").as_deref(), Some("a%20b/%C3%BC%29.yaml"));
        assert_eq!(target("javascript:x").as_deref(), Some("javascript%3Ax"));
        for path in ["/etc/x", "C:/x", "<stdin>", "//host/x", ""] {
            assert_eq!(target(path), None, "{path}");
        }
    }
}
