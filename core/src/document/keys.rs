//! Keys that stand twice in one mapping: the one thing both syntaxes allow and nobody means.

use super::Entry;
use super::codes;
use super::faults::{Faults, quoted};
use std::collections::BTreeMap;

/// Marks every entry whose key stands more than once, and reports each but the first.
pub(super) fn mark_duplicates(entries: &mut [Entry], faults: &mut Faults<'_>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut repeats: Vec<(usize, usize)> = vec![];
    for (index, entry) in entries.iter().enumerate() {
        match first.get(entry.key.as_str()) {
            Some(&earlier) => repeats.push((earlier, index)),
            None => {
                first.insert(&entry.key, index);
            }
        }
    }
    for (earlier, later) in repeats {
        let Some(first_span) = entries.get(earlier).map(|entry| entry.key_span) else { continue };
        if let Some(entry) = entries.get_mut(later) {
            entry.duplicate = true;
            let message = format!("the key {} stands here again", quoted(&entry.key));
            let fault = faults
                .error(codes::DUPLICATE_KEY, entry.key_span, message)
                .label(faults.source().locate(first_span), "it stands here first")
                .help("keep one of them; until then neither counts");
            faults.report(fault);
        }
        if let Some(entry) = entries.get_mut(earlier) {
            entry.duplicate = true;
        }
    }
}
