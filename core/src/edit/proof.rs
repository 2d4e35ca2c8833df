//! Proof that an edit did what it should and nothing else: both texts are read, and compared.

use crate::document::{Document, Entry, Node, Value};

/// Whether two documents hold the same, apart from what stands at the end of a path. A group that only
/// holds that counts as absent.
pub(super) fn same_but(before: &Document, after: &Document, path: &[&str]) -> bool {
    let errors = |document: &Document| document.diagnostics.iter().filter(|found| found.is_error()).count();
    before.skipped.len() == after.skipped.len()
        && errors(after) <= errors(before)
        && same_around(before.root.as_ref(), after.root.as_ref(), path)
}

fn same_around(before: Option<&Node>, after: Option<&Node>, path: &[&str]) -> bool {
    let Some((key, rest)) = path.split_first() else { return true };
    let (Some(before), Some(after)) = (entries(before), entries(after)) else { return false };
    let others = |entries: &'_ [Entry]| -> Vec<usize> {
        (0..entries.len()).filter(|at| entries.get(*at).is_some_and(|entry| entry.key != *key)).collect()
    };
    let (mine, theirs) = (others(before), others(after));
    let same = mine.len() == theirs.len()
        && mine.iter().zip(&theirs).all(|(one, other)| match (before.get(*one), after.get(*other)) {
            (Some(one), Some(other)) => same_entry(one, other),
            _ => false,
        });
    let at = |entries: &'_ [Entry]| entries.iter().position(|entry| entry.key == *key);
    let next =
        |entries: &'_ [Entry]| at(entries).and_then(|at| entries.get(at).map(|entry| entry.value.clone()));
    same && same_around(next(before).as_ref(), next(after).as_ref(), rest)
}

/// The entries of a mapping; none where nothing stands. `None` for anything else.
fn entries(node: Option<&Node>) -> Option<&[Entry]> {
    match node.map(|node| &node.value) {
        None | Some(Value::Null) => Some(&[]),
        Some(Value::Map(entries)) => Some(entries),
        Some(_) => None,
    }
}

fn same_entry(one: &Entry, other: &Entry) -> bool {
    one.key == other.key
        && one.duplicate == other.duplicate
        && one.merged == other.merged
        && same(&one.value, &other.value)
}

/// Whether two nodes hold the same, wherever they stand.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_entry(one, other))
        }
        (one, other) => one == other,
    }
}
