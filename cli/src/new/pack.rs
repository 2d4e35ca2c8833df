//! `remit new pack`: a small pack that loads and whose tests pass, to be changed into one's own.

use super::{Refusal, quoted, write};
use crate::args::NewPackArgs;
use crate::exit;
use crate::output::Output;
use crate::packs::{display, reason};
use std::fs;
use std::io;

macro_rules! template {
    ($($path:literal)*) => { [$(($path, include_str!(concat!("../../templates/pack/", $path)))),*] };
}

/// Every file of the pack.
const FILES: [(&str, &str); 6] = template! {
    "remit.yaml"
    "catalogue.yaml"
    "intake.schema.json"
    "topics/tiers.rhai"
    "examples/new-price-list.intake.yaml"
    "tests/tiers.case.yaml"
};

pub(super) fn run(arguments: &NewPackArgs) -> Result<u8, Refusal> {
    let root = &arguments.folder;
    let shown = display(root);
    match fs::read_dir(root) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(Refusal::output(format!("`{shown}` is not empty, and is left as it is")));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Refusal::output(format!("`{shown}` is a file, and is left as it is")));
        }
        Err(error) => return Err(Refusal::output(format!("`{shown}` cannot be used: {}", reason(&error)))),
    }
    let called = std::path::absolute(root).ok();
    let called = called.as_deref().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy();
    let name = name(&called);
    let title = title(&name);
    let mut said = format!("made the pack `{name}`\n");
    for (path, text) in FILES {
        let file = root.join(path);
        if let Some(folder) = file.parent() {
            write::folder(folder)?;
        }
        write::create(&file, &text.replace("{{name}}", &name).replace("{{title}}", &title))?;
        said.push_str(&format!("  {}\n", display(&file)));
    }
    let (pack, examples) = (quoted(root), quoted(&root.join("examples")));
    said.push_str(&format!(
        "\nnext:\n  remit check --pack {pack} {examples}\n  remit test --pack {pack}\n  remit new rule --pack {pack} --topic tiers my-rule\n"
    ));
    let mut output = Output::new();
    output.print(&said);
    Ok(output.finish(exit::OK))
}

/// A folder's name as the name of a pack: lowercase letters, digits and dashes.
fn name(folder: &str) -> String {
    let mut name = String::new();
    for c in folder.chars().take(60) {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "policy".to_owned() } else { name.to_owned() }
}

fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_folder_gives_a_name() {
        for (folder, expected) in [
            ("Vendor Intake", "vendor-intake"),
            ("..", "policy"),
            ("ü", "policy"),
            ("a\"b\n{{title}}", "a-b-title"),
            ("2026", "2026"),
        ] {
            assert_eq!(name(folder), expected);
        }
        assert_eq!(title("vendor-intake"), "Vendor intake");
    }
}
