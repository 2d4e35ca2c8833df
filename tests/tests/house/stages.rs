//! A stage knows only the stages to its left.

use crate::none;
use crate::sources::{File, code, core, line, word};

/// The engine's modules, from left to right: each may use those above it, and none below.
///
/// A new module gets a line here, as far up as what it uses allows.
const MODULES: &[&str] = &[
    // what every stage speaks of
    "source",
    "diagnostic",
    "codes",
    "suggest",
    "placeholder",
    // text to tree
    "document",
    "record",
    "calendar",
    // what a pack says
    "fact",
    "schema",
    "edit",
    "catalogue",
    "rules",
    "prove",
    // what an intake says
    "intake",
    "facts",
    // one asked of the other
    "evaluate",
    "pack",
    "decide",
    "explain",
    // all stages in a row
    "engine",
    "lint",
    // what would be, were answers others
    "prospect",
    "counterfactual",
    // what leaves
    "wire",
    "gate",
    "render",
    // what a pack is tested by
    "coverage",
    "cases",
];

#[test]
fn a_stage_knows_only_the_stages_to_its_left() {
    let faults: Vec<String> = core().iter().flat_map(wrong_uses).collect();
    none(
        &faults,
        "Move what is shared to the left, or pass it in. A new module gets a line in `MODULES` in \
         tests/tests/house/stages.rs, after everything that it uses.",
    );
}

fn rank(module: &str) -> Option<usize> {
    MODULES.iter().position(|known| *known == module)
}

fn wrong_uses(file: &File) -> Vec<String> {
    let inside = file.path.strip_prefix("core/src/").unwrap_or(&file.path);
    let own = word(inside);
    if own == "lib" {
        return vec![];
    }
    let Some(own_rank) = rank(own) else {
        return vec![format!("{}: module `{own}` has no place in the order of stages", file.path)];
    };
    let mut faults = vec![];
    for (at, used) in uses(&file.text, depth(inside)) {
        let place = format!("{}:{}", file.path, line(&file.text, at));
        match rank(used) {
            None => faults.push(format!("{place}: module `{used}` has no place in the order of stages")),
            Some(rank) if rank > own_rank => {
                faults.push(format!("{place}: `{own}` uses `{used}`, which lies to its right"));
            }
            Some(_) => {}
        }
    }
    faults
}

/// How many `super::` lead from a file's module to the top: 1 for `facts.rs` and `rules/mod.rs`.
fn depth(inside: &str) -> usize {
    inside.matches('/').count() + usize::from(!inside.ends_with("/mod.rs"))
}

/// The top-level modules that code uses, with the offset of each use.
fn uses(text: &str, depth: usize) -> Vec<(usize, &str)> {
    let mut found = vec![];
    for top in ["crate::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in text.match_indices(&top) {
            let before = &text[..at];
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let start = at + top.len();
            found.extend(heads(&text[start..]).map(|used| (at, used)));
        }
    }
    // Types and macros at the top of the crate are nobody's module; `super::super` went further than the top.
    found.retain(|(_, used)| used.starts_with(|c: char| c.is_ascii_lowercase()) && *used != "super");
    found
}

/// The first words of a path: one of `facts::Facts`, several of `{facts::Facts, schema}`.
fn heads(path: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0usize;
    let mut expected = true;
    let mut done = false;
    path.char_indices().filter_map(move |(at, c)| {
        if done {
            return None;
        }
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => expected = true,
            _ if expected && !c.is_whitespace() => {
                expected = false;
                done = depth == 0;
                return Some(word(&path[at..]));
            }
            _ => {}
        }
        done = depth == 0;
        None
    })
}

#[test]
fn uses_are_found_in_groups_and_through_super() {
    let text =
        code("use crate::{\n    facts::{Facts, derive},\n    schema,\n};\nlet x = crate::pack::load();\n");
    let used: Vec<&str> = uses(&text, 1).into_iter().map(|(_, used)| used).collect();
    assert_eq!(used, ["facts", "schema", "pack"]);
    let used: Vec<&str> = uses("use super::super::decide::Decision;", 2).into_iter().map(|u| u.1).collect();
    assert_eq!(used, ["decide"]);
    assert_eq!((depth("facts.rs"), depth("rules/mod.rs"), depth("rules/lower/mod.rs")), (1, 1, 2));
}
