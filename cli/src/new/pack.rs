//! `remit new pack`: a small pack that loads and whose tests pass, to be changed into one's own.

use super::{Refusal, quoted, rule, scalar, write};
use crate::args::{Colour, NewPackArgs};
use crate::exit;
use crate::output::Output;
use crate::packs::{self, Choice, display, reason};
use remit_core::pack::{self, MANIFEST, Pack};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

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

/// Every file of a pack that adds to another.
const ADDITION: [(&str, &str); 2] = [
    ("remit.yaml", include_str!("../../templates/extending/remit.yaml")),
    ("topics/own.rhai", include_str!("../../templates/extending/topics/own.rhai")),
];

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
    if let Some(extends) = &arguments.extends {
        return extending(root, &name, &title, extends);
    }
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

/// Makes a pack that adds to another, with a first rule and its case.
fn extending(root: &Path, name: &str, title: &str, base: &Path) -> Result<u8, Refusal> {
    let is_built_in = base.as_os_str() == pack::DEFAULT;
    let choice =
        Choice { folder: (!is_built_in).then(|| base.to_owned()), why: "named by --extends".to_owned() };
    if !is_built_in && !base.join(MANIFEST).is_file() {
        let shown = display(base);
        return Err(Refusal::usage(format!(
            "`{}` is no pack to extend: it has no `{MANIFEST}`; `default` is the built-in one",
            shown.escape_debug()
        )));
    }
    let known = packs::load_chosen(&choice, Colour::Auto).ok_or_else(|| Refusal::pack(""))?;
    let extends = if is_built_in { pack::DEFAULT.to_owned() } else { from(root, base)? };
    let rule = known.rules.rules().first().map_or("its-rule", |rule| rule.id.as_str());
    let constant = known.rules.constants().next();
    let constant =
        constant.map_or_else(|| "ITS_CONSTANT: 3".to_owned(), |(name, value)| format!("{name}: {value}"));
    let mut said = format!("made the pack `{name}`, which adds to {}\n", known.manifest.name);
    for (path, text) in ADDITION {
        let file = root.join(path);
        if let Some(folder) = file.parent() {
            write::folder(folder)?;
        }
        let text = text.replace("{{name}}", name).replace("{{title}}", title);
        let text = text.replace("{{extends}}", &scalar(&extends)).replace("{{rule}}", rule);
        write::create(
            &file,
            &text.replace("{{constant}}", &constant).replace("{{base}}", &known.manifest.name),
        )?;
        said.push_str(&format!("  {}\n", display(&file)));
    }
    let choice = Choice { folder: Some(root.to_owned()), why: "made just now".to_owned() };
    let made = packs::load_chosen(&choice, Colour::Auto).ok_or_else(|| Refusal::pack(""))?;
    let id = free(&made, &format!("{name}-rule"));
    let added = rule::add(root, made, &id, "own")?;
    said.push_str(&format!("  {}\n", added.case));
    let pack = quoted(root);
    said.push_str(&format!(
        "\nnext: make `{id}` at {}:{} your own, mend its case to match, then\n  remit test --pack {pack} --coverage\n  remit lint --pack {pack}\n  remit pack --pack {pack}\n",
        added.topic, added.line
    ));
    let mut output = Output::new();
    output.print(&said);
    Ok(output.finish(exit::OK))
}

/// A rule's id that the pack does not have yet.
fn free(pack: &Pack, wanted: &str) -> String {
    let wanted = if wanted.starts_with(|c: char| c.is_ascii_lowercase()) { wanted } else { "own-rule" };
    let mut numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let mut id = wanted.to_owned();
    while pack.rules.rule(&id).is_some() {
        id = numbered.next().unwrap_or_default();
    }
    id
}

/// The path from one folder to another, as a manifest writes it.
fn from(here: &Path, there: &Path) -> Result<String, Refusal> {
    let whole = |path: &Path| {
        std::path::absolute(path)
            .map(|path| packs::plain(&path))
            .map_err(|error| Refusal::usage(format!("`{}`: {}", display(path), reason(&error))))
    };
    let (here, there) = (whole(here)?, whole(there)?);
    let shared = here.components().zip(there.components()).take_while(|(one, other)| one == other).count();
    let up = here.components().skip(shared).map(|_| OsStr::new(".."));
    let path: PathBuf = up.chain(there.components().skip(shared).map(Component::as_os_str)).collect();
    let shown = display(&path).trim_end_matches('/').to_owned();
    Ok(if shown.starts_with("..") { shown } else { format!("./{shown}") })
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

    #[test]
    fn a_base_is_named_from_the_packs_own_folder() {
        for (here, there, expected) in
            [("a/b", "a/c", "../c"), ("a", "b/c/../d", "../b/d"), ("a/b", "a", ".."), ("a", "a/b", "./b")]
        {
            let path = from(Path::new(here), Path::new(there)).map_err(|refusal| refusal.message);
            assert_eq!(path.as_deref(), Ok(expected), "{here} to {there}");
        }
    }
}
