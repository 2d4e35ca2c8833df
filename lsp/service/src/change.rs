//! Changes of an open text, applied in order. A place outside the text means its nearest end.

use crate::answer::Span;
use remit_core::source::{EditorPosition, Encoding, Source};

/// A change of an open text. Each speaks of the text as the change before it left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The whole text is another one.
    Full(String),
    /// A range of bytes is replaced.
    Replace(Span, String),
    /// What stands between two of an editor's positions is replaced.
    Typed {
        /// From here,
        start: EditorPosition,
        /// up to here.
        end: EditorPosition,
        /// How the editor counts columns.
        encoding: Encoding,
        /// The new text.
        text: String,
    },
}

/// Applies changes to a text.
pub(crate) fn apply(text: &mut String, changes: Vec<Change>) {
    for change in changes {
        match change {
            Change::Full(new) => *text = new,
            Change::Replace(span, new) => replace(text, span.start as usize, span.end as usize, &new),
            Change::Typed { start, end, encoding, text: new } => {
                let (start, end) = {
                    let source = Source::new("", text);
                    (source.editor_offset(start, encoding), source.editor_offset(end, encoding))
                };
                replace(text, start, end, &new);
            }
        }
    }
}

fn replace(text: &mut String, start: usize, end: usize, new: &str) {
    let start = text.floor_char_boundary(start);
    let end = text.floor_char_boundary(end).max(start);
    text.replace_range(start..end, new);
}

/// The one replacement that makes `new` of `old`, as short as it can be.
pub(crate) fn difference(old: &str, new: &str) -> Option<(Span, String)> {
    if old == new {
        return None;
    }
    let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
    let mut same = old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(a, b)| a == b).count();
    while !old_rest.is_char_boundary(old_rest.len() - same)
        || !new_rest.is_char_boundary(new_rest.len() - same)
    {
        same -= 1;
    }
    let text = new_rest.get(..new_rest.len() - same)?.to_owned();
    Some((Span::new(start, old.len() - same), text))
}

/// The replacements that make `new` of `old`, line by line: lines that stay are not touched, so that cursors and
/// marks in them stay too. None overlaps another, and all speak of `old`.
pub(crate) fn differences(old: &str, new: &str) -> Vec<(Span, String)> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let (mut i, mut j, mut at) = (0, 0, 0);
    let mut found = vec![];
    while i < before.len() || j < after.len() {
        if let (Some(one), Some(other)) = (before.get(i), after.get(j))
            && one == other
        {
            (i, j, at) = (i + 1, j + 1, at + one.len());
            continue;
        }
        let (gone, come) =
            next_common(before.get(i..).unwrap_or_default(), after.get(j..).unwrap_or_default());
        let old: String = before.iter().skip(i).take(gone).copied().collect();
        let new: String = after.iter().skip(j).take(come).copied().collect();
        if let Some((span, text)) = difference(&old, &new) {
            found.push((Span::new(at + span.start as usize, at + span.end as usize), text));
        }
        (i, j, at) = (i + gone, j + come, at + old.len());
    }
    found
}

/// How many lines are gone and how many have come until both go on with the same one: as few as can be.
fn next_common(before: &[&str], after: &[&str]) -> (usize, usize) {
    // Further apart than this nothing is looked for: what is there is replaced as one.
    const REACH: usize = 1_000;
    for sum in 1..(before.len() + after.len()).min(REACH) {
        for gone in sum.saturating_sub(after.len())..=sum.min(before.len()) {
            let pair = (before.get(gone), after.get(sum - gone));
            if let (Some(one), Some(other)) = pair
                && one == other
                && !one.trim().is_empty()
            {
                return (gone, sum - gone);
            }
        }
    }
    (before.len(), after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_follow_each_other_and_places_outside_are_the_nearest_end() {
        let mut text = "a: ä🦀\nb: 1\n".to_owned();
        let typed = |line, start, end, text: &str| Change::Typed {
            start: EditorPosition { line, character: start },
            end: EditorPosition { line, character: end },
            encoding: Encoding::Utf16,
            text: text.to_owned(),
        };
        apply(
            &mut text,
            vec![typed(0, 4, 6, "x"), typed(1, 3, 99, "22"), Change::Replace(Span::new(90, 99), "!".into())],
        );
        assert_eq!(text, "a: äx\nb: 22\n!");
        apply(&mut text, vec![Change::Replace(Span::new(4, 4), "_".into())]);
        assert_eq!(text, "a: _äx\nb: 22\n!", "the middle of a character is its start");
    }

    #[test]
    fn lines_that_stay_are_not_touched() {
        for (old, new, wanted) in [
            ("a\nb\nc\n", "a\nx\nb\nc\ny\n", 2),
            ("a\nb\nc\n", "b\nc\n", 1),
            ("a: \nb: 1\nc: \n", "a: # x\nb: 1\nc: # y\n", 2),
            ("", "a\n", 1),
            ("a\n", "", 1),
            ("a", "a\nb\n", 1),
            ("ä\n\n\nb", "ö\n\nc\n\nb", 1),
            ("same\n", "same\n", 0),
        ] {
            let edits = differences(old, new);
            let mut text = old.to_owned();
            for (span, part) in edits.iter().rev() {
                text.replace_range(span.range(), part);
            }
            assert_eq!(text, new);
            assert!(edits.is_sorted_by(|one, next| one.0.end <= next.0.start), "{edits:?}");
            assert_eq!(edits.len(), wanted, "{old:?} -> {new:?}: {edits:?}");
        }
    }

    #[test]
    fn a_difference_is_short_and_on_characters() {
        assert_eq!(difference("abc", "abc"), None);
        assert_eq!(difference("ab ä c", "ab ö c"), Some((Span::new(3, 5), "ö".to_owned())));
        assert_eq!(difference("aa", "aaa"), Some((Span::new(2, 2), "a".to_owned())));
    }
}
