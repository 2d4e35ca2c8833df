//! Lines broken between words, whether they are painted or not.

/// A line broken so that nothing stands right of `width`, except a word that is longer than a line. The lines after
/// the first begin with `indent` blanks. Blanks between words stay as they are, so that columns stay columns.
pub(crate) fn fold(line: &str, width: usize, indent: usize) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    // What is seen of the current line, and whether anything but blanks is.
    let (mut column, mut begun) = (0, false);
    let mut rest = line;
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let (gap, after) = rest.split_at(blanks);
        let end = after.find(' ').unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        let len = seen(word);
        if begun && len > 0 && column + gap.len() + len > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else {
            out.push_str(gap);
            column += gap.len();
        }
        out.push_str(word);
        column += len;
        begun |= len > 0;
        rest = after;
    }
    out
}

/// How many characters a terminal shows of a word: all but those that set its colour.
fn seen(word: &str) -> usize {
    let mut count = 0;
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(|letter| letter.is_ascii_alphabetic());
        } else {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_go_on_further_in() {
        for (line, width, expected) in [
            ("one two three", 20, "one two three"),
            ("one two three", 7, "one two\n  three"),
            ("  a  column   text that goes on", 20, "  a  column   text\n  that goes on"),
            ("a-word-that-is-too-long for it", 8, "a-word-that-is-too-long\n  for it"),
            ("", 8, ""),
            ("   ", 2, "   "),
        ] {
            assert_eq!(fold(line, width, 2), expected);
        }
    }

    #[test]
    fn colour_takes_no_room() {
        let painted = "\u{1b}[1mone two\u{1b}[0m three";
        assert_eq!(fold(painted, 13, 2), painted);
        assert_eq!(fold(painted, 9, 2), "\u{1b}[1mone two\u{1b}[0m\n  three");
        assert_eq!(fold(painted, 4, 2), "\u{1b}[1mone\n  two\u{1b}[0m\n  three");
    }
}
