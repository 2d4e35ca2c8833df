//! What each crate costs, by the names of a module's functions.
//!
//! A generic function counts for the crate whose type it is made for: `Vec<rhai::Token>::push` is there because
//! of Rhai.

use std::collections::BTreeMap;
use wasmparser::{BinaryReaderError, KnownCustom, Name, Parser, Payload};

/// Crates that everybody uses: a function of theirs counts for somebody else, if its types name anybody.
const STANDARD: [&str; 6] = ["core", "alloc", "std", "hashbrown", "dlmalloc", "compiler_builtins"];

/// Bytes of code by crate, the largest first, then the data.
pub fn table(module: &[u8]) -> Result<String, BinaryReaderError> {
    let (mut sizes, mut names) = (vec![], BTreeMap::new());
    let (mut imported, mut data) = (0, 0);
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, wasmparser::TypeRef::Func(_)) {
                        imported += 1;
                    }
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::DataSection(section) => data += section.range().len(),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(subsections) = section.as_known() {
                    for subsection in subsections {
                        if let Name::Function(map) = subsection? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index, naming.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut crates: BTreeMap<String, usize> = BTreeMap::new();
    let mut index = imported;
    for size in &sizes {
        let name = names
            .get(&index)
            .map_or_else(String::new, |name| format!("{:#}", rustc_demangle::demangle(name)));
        *crates.entry(owner(&name)).or_default() += size;
        index += 1;
    }
    let mut rows: Vec<(String, usize)> = crates.into_iter().collect();
    rows.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let code: usize = sizes.iter().sum();
    let mut text = format!("  {:28} {:>10}\n", "code, by crate", "bytes");
    for (name, size) in &rows {
        if size * 500 >= code {
            text.push_str(&format!("  {name:28} {size:>10} {:>5.1} %\n", percent(*size, code)));
        }
    }
    let rest: usize = rows.iter().map(|(_, size)| size).filter(|size| *size * 500 < code).sum();
    text.push_str(&format!("  {:28} {rest:>10} {:>5.1} %\n", "all others", percent(rest, code)));
    text.push_str(&format!("  {:28} {code:>10}\n  {:28} {data:>10}\n", "code", "data"));
    Ok(text)
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

/// The crate that a function is there for.
fn owner(name: &str) -> String {
    let mut standard = None;
    for path in paths(name) {
        if !STANDARD.contains(&path) {
            return path.to_owned();
        }
        standard.get_or_insert(path);
    }
    standard.unwrap_or("no name").to_owned()
}

/// The first parts of all paths in a name, in order: `core` and `rhai` of `core::ptr::drop_glue::<rhai::Token>`.
fn paths(name: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let parts: Vec<&str> = name.split("::").collect();
    let mut paths = vec![];
    for (place, part) in parts.iter().take(parts.len() - 1).enumerate() {
        let word = part.rsplit(|c| !is_word(c)).next().unwrap_or_default();
        // What is nothing but a word goes on with the path that the part before has begun.
        let begins = place == 0 || word.len() < part.len();
        if begins && word.starts_with(|c: char| c.is_lowercase()) {
            paths.push(word);
        }
    }
    paths
}
