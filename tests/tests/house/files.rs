//! What files there may be, how long they are, and what must not stand in them.

use crate::none;
use crate::sources::{line, texts, tracked};
use std::collections::BTreeSet;

/// The top level, beside dotfiles. It stays this short: it is the first thing that anybody sees.
const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "cli",
    "core",
    "lsp",
    "rules",
    "tests",
    "wasm",
    "xtask",
];

/// A file longer than this is not read in one sitting.
const LONGEST: usize = 600;

/// Where that holds, and for which kinds of file.
const READ: [&str; 4] = ["core/src/", "cli/src/", "lsp/", "wasm/"];
const WRITTEN: [&str; 6] = ["rs", "ts", "tsx", "js", "mjs", "css"];

#[test]
fn the_top_level_stays_short() {
    let entries: BTreeSet<String> =
        tracked().iter().filter_map(|path| path.split('/').next()).map(str::to_owned).collect();
    let strange = entries.iter().filter(|entry| !entry.starts_with('.') && !TOP.contains(&entry.as_str()));
    let faults: Vec<String> = strange.map(|entry| format!("`{entry}` stands at the top level")).collect();
    none(&faults, "Put it into the folder that it belongs to; the README's layout names them all.");
}

#[test]
fn files_are_read_in_one_sitting() {
    let faults: Vec<String> = texts()
        .iter()
        .filter(|file| READ.iter().any(|folder| file.path.starts_with(folder)))
        .filter(|file| WRITTEN.iter().any(|kind| file.path.rsplit('.').next() == Some(kind)))
        // What is made from something else is read there.
        .filter(|file| !file.text.lines().take(3).any(|line| line.contains("do not edit")))
        .map(|file| (&file.path, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect();
    none(&faults, &format!("Split what has more than {LONGEST} lines where it changes its subject."));
}

#[test]
fn no_file_names_a_registry_or_this_machine() {
    // In two parts, so that this file may say them.
    let hosts = [
        ("crates", ".io"),
        ("registry.npmjs", ".org"),
        ("registry.yarnpkg", ".com"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("deb.debian", ".org"),
        ("proxy.golang", ".org"),
    ];
    let folders = [("/wor", "k/")];
    let words: Vec<String> =
        hosts.iter().chain(&folders).map(|(first, second)| format!("{first}{second}")).collect();
    let mut faults = vec![];
    // Cargo writes its registry into its lock files, whatever anybody wants.
    for file in texts().iter().filter(|file| file.path.rsplit('/').next() != Some("Cargo.lock")) {
        for word in &words {
            if let Some(at) = file.text.find(word.as_str()) {
                faults.push(format!("{}:{}: `{word}`", file.path, line(&file.text, at)));
            }
        }
    }
    none(
        &faults,
        "The project builds behind any mirror and on any machine: use relative paths, and let each tool's own \
         configuration say where packages come from (in a package-lock.json, `npm config set \
         omit-lockfile-registry-resolved true` leaves the addresses out).",
    );
}
