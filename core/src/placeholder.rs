//! Text that stands where an answer should: `TBD`, `todo`, an example address, a stub that a tool inserted.

/// Whether a text is a placeholder rather than an answer.
pub(crate) fn is_text(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "tbd",
        "tba",
        "tbc",
        "todo",
        "fixme",
        "xxx",
        "???",
        "??",
        "?",
        "...",
        "…",
        "changeme",
        "placeholder",
        "fill me in",
    ];
    const FIRST: [&str; 5] = ["tbd", "todo", "fixme", "tba", "tbc"];
    let text = text.trim().trim_end_matches([':', '.', '!']).trim();
    if text.is_empty() {
        return true;
    }
    let stub = text.starts_with('<') && text.ends_with('>') && !text.contains("://");
    let said = text.split_once([':', ' ']).map_or(text, |(first, _)| first);
    let is = |text: &str, words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    stub || is(text, &WORDS) || is(said, &FIRST)
}

/// Whether an address leads nowhere: a placeholder, or a host that is reserved for examples.
pub(crate) fn is_address(address: &str) -> bool {
    if is_text(address) {
        return true;
    }
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let reserved = |name: &str| {
        let (start, end) = host.split_at_checked(host.len().wrapping_sub(name.len())).unwrap_or_default();
        end.eq_ignore_ascii_case(name) && (start.is_empty() || start.ends_with('.'))
    };
    address.contains("://")
        && (["example.com", "example.org", "example.net", "example", "invalid"].into_iter().any(reserved)
            || host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_answers() {
        for text in ["TBD", "todo", " ? ", "…", "<link>", "TODO: ask Ana", "tbd.", ""] {
            assert!(is_text(text), "{text}");
        }
        for text in ["Ana Todorova", "todoist export", "payments", "<https://wiki.corp.internal/x>"] {
            assert!(!is_text(text), "{text}");
        }
        for address in [
            "https://example.com/x",
            "http://docs.example.org",
            "https://",
            "tbd",
            "https://user@wiki.example/x",
        ] {
            assert!(is_address(address), "{address}");
        }
        for address in
            ["https://git.acme.internal/pr/1", "PAY-123", "https://notexample.com/", "wiki/threat-model.md"]
        {
            assert!(!is_address(address), "{address}");
        }
    }
}
