//! The repository's files, and Rust code without its comments and tests.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the repository.
#[derive(Debug)]
pub(crate) struct File {
    /// From the top of the repository, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository").to_owned()
}

/// The paths of all files that git knows.
pub(crate) fn tracked() -> Vec<String> {
    // A container's checkout may belong to somebody else than root; git only wants to be told that this is fine.
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "-c", "core.quotePath=false", "ls-files"])
        .current_dir(root())
        .output()
        .expect("git is installed; the house rules look at the files that it knows");
    assert!(
        output.status.success(),
        "the house rules need a git checkout, not an unpacked archive: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("paths are UTF-8").lines().map(str::to_owned).collect()
}

/// All files that git knows, that are there and that are text.
pub(crate) fn texts() -> Vec<File> {
    let root = root();
    let read = |path: String| Some(File { text: std::fs::read_to_string(root.join(&path)).ok()?, path });
    tracked().into_iter().filter_map(read).collect()
}

/// The engine's code: files of `core/src`, without comments and tests; line numbers stay.
pub(crate) fn core() -> Vec<File> {
    raw_core().into_iter().map(|file| File { text: code(&file.text), ..file }).collect()
}

/// Files of `core/src` as they are, but for files of tests.
pub(crate) fn raw_core() -> Vec<File> {
    let files: Vec<File> = texts()
        .into_iter()
        .filter(|file| file.path.starts_with("core/src/") && file.path.ends_with(".rs"))
        .filter(|file| !file.path.contains("/tests/") && !file.path.ends_with("/tests.rs"))
        .collect();
    assert!(!files.is_empty(), "core/src has no Rust files: these tests look in the wrong place");
    files
}

/// Code without comments and without what stands under `#[cfg(test)]`. Relies on rustfmt's layout.
pub(crate) fn code(text: &str) -> String {
    let mut lines = vec![];
    let mut test = Test::Outside;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let keep = match test {
            Test::Outside if line.trim_start().starts_with("#[cfg(test)]") => {
                test = Test::Announced;
                false
            }
            Test::Outside => true,
            Test::Announced => {
                if line.ends_with('{') {
                    test = Test::Until(indent);
                } else if !line.trim_start().starts_with("#[") {
                    test = Test::Outside;
                }
                false
            }
            Test::Until(open) => {
                if indent == open && line.trim() == "}" {
                    test = Test::Outside;
                }
                false
            }
        };
        lines.push(if keep { without_comment(line) } else { "" });
    }
    lines.join("\n")
}

/// Where a line stands, seen from code that is only for tests.
#[derive(Clone, Copy)]
enum Test {
    Outside,
    Announced,
    /// Inside a block that ends with a brace of this indentation.
    Until(usize),
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.split_once(" // ").map_or(line, |(code, _)| code)
}

/// The number of the line that an offset lies in, from 1.
pub(crate) fn line(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

/// The word that a text starts with: letters, digits, underscores.
pub(crate) fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// Where a piece of code stands, but not inside a longer word.
pub(crate) fn occurrences<'t>(text: &'t str, piece: &'t str) -> impl Iterator<Item = usize> + 't {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let joins = move |left: &str, right: &str| left.ends_with(inside) && right.starts_with(inside);
    text.match_indices(piece).map(|(at, _)| at).filter(move |at| {
        let (before, after) = (&text[..*at], &text[at + piece.len()..]);
        !joins(before, piece) && !joins(piece, after)
    })
}

#[test]
fn tests_and_comments_are_no_code() {
    let text = "a(); // x\n/// doc\n#[cfg(test)]\nmod tests;\nb();\n#[cfg(test)]\nmod t {\n    c();\n}\nd();";
    let code = code(text);
    let left: Vec<&str> = code.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(left, ["a();", "b();", "d();"]);
}
