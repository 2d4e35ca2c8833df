//! Half characters. JavaScript's texts are UTF-16 and may hold one half of a pair alone; JSON writes it as an escape
//! that no Unicode text can hold. It becomes U+FFFD, which is one unit of UTF-16 too, so that every position after
//! it stays what the client means.

use std::ops::RangeInclusive;

const FIRST: RangeInclusive<u32> = 0xD800..=0xDBFF;
const SECOND: RangeInclusive<u32> = 0xDC00..=0xDFFF;

/// JSON with each half character replaced; `None` where there is none.
pub fn without_halves(json: &str) -> Option<String> {
    let mut replaced: Option<String> = None;
    let (mut done, mut at) = (0, 0);
    while let Some(found) = json.get(at..).and_then(|rest| rest.find('\\')) {
        let start = at + found;
        let Some(unit) = unit(json, start) else {
            // Another escape: its second character is no beginning of one.
            let next = json.get(start + 1..).and_then(|rest| rest.chars().next());
            at = start + 1 + next.map_or(0, char::len_utf8);
            continue;
        };
        at = start + 6;
        let is_pair =
            FIRST.contains(&unit) && self::unit(json, at).is_some_and(|next| SECOND.contains(&next));
        if is_pair {
            at += 6;
        } else if FIRST.contains(&unit) || SECOND.contains(&unit) {
            let whole = replaced.get_or_insert_default();
            whole.push_str(json.get(done..start).unwrap_or_default());
            whole.push_str("\\ufffd");
            done = at;
        }
    }
    let rest = json.get(done..).unwrap_or_default();
    replaced.map(|whole| whole + rest)
}

/// The unit of UTF-16 that an escape at an offset means.
fn unit(json: &str, at: usize) -> Option<u32> {
    let digits = json.get(at..)?.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_halves_are_replaced() {
        for (json, whole) in [
            (r#""a\ud83eb""#, Some("\"a\\ufffdb\"")),
            (r#""\udd80\ud83e""#, Some("\"\\ufffd\\ufffd\"")),
            (r#""\ud83e\ud83e\udd80ä""#, Some("\"\\ufffd\\ud83e\\udd80ä\"")),
            (r#""\ud83e\udd80 \n \u00e4 🦀""#, None),
            (r#""\\ud83e \\\\ud83e""#, None),
            (r#""\\\uD83E""#, Some(r#""\\\ufffd""#)),
            (r#""\ud8"#, None),
            ("\\", None),
            ("\\ä\\ud83e", Some("\\ä\\ufffd")),
        ] {
            assert_eq!(without_halves(json).as_deref(), whole, "{json}");
        }
    }
}
