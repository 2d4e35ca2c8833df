//! Who may know whom: which package uses which of ours, and who alone speaks an editor's protocol.

use crate::none;
use crate::sources::texts;

/// Our packages with those of ours that each may use, without its tests; what is not listed is free to choose.
const KNOWS: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("rules", &[]),
    ("lsp/service", &["remit-core"]),
    ("lsp/protocol", &["remit-service"]),
    ("lsp", &["remit-protocol", "remit-service", "remit-rules"]),
];

/// What only some packages may use.
const KEPT: &[(&str, &[&str], &str)] = &[
    ("lsp-types", &["lsp/protocol"], "answers are plain data until `lsp/protocol` makes them LSP's"),
    ("tower-lsp", &["lsp"], "only the native server has streams and tasks"),
    ("tokio", &["lsp"], "only the native server has streams and tasks"),
];

#[test]
fn packages_know_only_what_they_may() {
    let manifests: Vec<(String, Vec<String>)> = texts()
        .into_iter()
        .filter_map(|file| Some((file.path.strip_suffix("/Cargo.toml")?.to_owned(), used(&file.text))))
        .collect();
    let mut faults = vec![];
    for (package, may) in KNOWS {
        match manifests.iter().find(|(path, _)| path == package) {
            None => faults.push(format!("there is no package in `{package}`")),
            Some((_, used)) => faults.extend(
                used.iter()
                    .filter(|name| name.starts_with("remit-") && !may.contains(&name.as_str()))
                    .map(|name| format!("`{package}` uses `{name}`")),
            ),
        }
    }
    for (name, may, why) in KEPT {
        let strangers = manifests
            .iter()
            .filter(|(path, used)| used.iter().any(|used| used == name) && !may.contains(&path.as_str()));
        faults.extend(strangers.map(|(path, _)| format!("`{path}` uses `{name}`: {why}")));
    }
    none(&faults, "Pass in what is needed from the right, or move what is shared to the left.");
}

/// The packages that a manifest names, but for its tests and its build.
fn used(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut used = vec![];
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section == "dependencies" || section.ends_with(".dependencies");
            inside &= section != "workspace.dependencies";
        } else if inside && line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            used.push(line.split(['.', ' ', '=']).next().unwrap_or_default().to_owned());
        }
    }
    used
}

#[test]
fn what_a_manifest_names() {
    let manifest = "[dependencies]\na-b.workspace = true\nc = \"1\"\n[target.'cfg(unix)'.dependencies]\nd = \
                    \"1\"\n[dev-dependencies]\ne = \"1\"\n[workspace.dependencies]\nf = \"1\"\n";
    assert_eq!(used(manifest), ["a-b", "c", "d"]);
}
