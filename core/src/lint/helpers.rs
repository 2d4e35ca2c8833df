//! What lies in a pack and is not part of it: helpers that no rule calls, files that the manifest does not name.

use super::{codes, manifest};
use crate::diagnostic::Diagnostic;
use crate::pack::{Files, Pack};
use std::collections::BTreeSet;

/// Helper functions and constants that no rule uses, itself or through another helper.
pub(super) fn unused(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let used = pack.rules.used_names();
    for topic in pack.rules.topics() {
        let functions = topic.functions.iter().map(|function| ("helper", &function.name, function.name_span));
        let constants =
            topic.constants.iter().map(|constant| ("constant", &constant.name.value, constant.name.span));
        for (what, name, span) in functions.chain(constants).filter(|(_, name, _)| !used.contains(*name)) {
            let message = format!("no rule uses the {what} `{name}`");
            out.push(
                Diagnostic::warning(codes::UNUSED_HELPER, topic.source.locate(span), message)
                    .help("take it out, or use it where its words are written out"),
            );
        }
    }
}

/// Rule files that lie where topics lie and are none.
pub(super) fn unlisted(pack: &Pack, files: &dyn Files, out: &mut Vec<Diagnostic>) {
    let named: BTreeSet<&str> = pack.manifest.topics.iter().map(|topic| topic.value.as_str()).collect();
    let folders: BTreeSet<&str> =
        named.iter().map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
    for folder in folders {
        for path in files.list(folder) {
            let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
            if parent != folder || !path.ends_with(".rhai") || named.contains(path.as_str()) {
                continue;
            }
            let message = format!("`{path}` is no topic of this pack, so its rules do not count");
            out.push(
                Diagnostic::warning(codes::UNLISTED_TOPIC, manifest(pack, "topics"), message)
                    .help(format!("add `- {path}` to `topics`, or take the file away")),
            );
        }
    }
}
