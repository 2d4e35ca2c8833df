//! The page of a diagnostic code for a terminal. Reads no more of Markdown than the pages use: a heading,
//! paragraphs, `code`, and fenced blocks.

use super::Paint;

/// A page as text.
pub fn page(markdown: &str, paint: Paint) -> String {
    let mut text = String::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            fenced = !fenced;
            let caption = if fenced { caption(fence) } else { String::new() };
            if !caption.is_empty() {
                text.push_str(&paint.quiet(&caption));
                text.push('\n');
            }
        } else if fenced {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        } else if let Some(title) = line.strip_prefix("# ") {
            text.push_str(&paint.strong(&title.replace('`', "")));
            text.push('\n');
        } else {
            text.push_str(&inline(line, paint));
            text.push('\n');
        }
    }
    text
}

/// What stands above an example: whether it is wrong or right, and in which file.
fn caption(fence: &str) -> String {
    let mut words = fence.split_whitespace().skip(1);
    let what = match words.next() {
        Some("bad") => "  Wrong",
        Some("good") => "  Right",
        _ => return String::new(),
    };
    match words.find(|word| word.contains('.')) {
        Some(file) => format!("{what}, in {file}:"),
        None => format!("{what}:"),
    }
}

/// A line of prose, its code in colour, or in backticks where there is none.
fn inline(line: &str, paint: Paint) -> String {
    if !paint.has_colour() {
        return line.to_owned();
    }
    let pieces = line.split('`').enumerate();
    pieces.map(|(index, piece)| if index % 2 == 1 { paint.name(piece) } else { piece.to_owned() }).collect()
}
