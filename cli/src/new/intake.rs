//! `remit new intake`: an intake with every question and no answer.

use super::{Refusal, write};
use crate::args::{Colour, NewIntakeArgs};
use crate::exit;
use crate::output::Output;
use crate::packs::{self, display};
use remit_core::document::Format;
use std::path::{Path, PathBuf};

/// Endings that make a file an intake of a folder.
const ENDINGS: [&str; 3] = [".intake.yaml", ".intake.yml", ".intake.json"];

pub(super) fn run(arguments: &NewIntakeArgs) -> Result<u8, Refusal> {
    let path = arguments.name.as_deref().map(|name| path(name, arguments.json)).transpose()?;
    let is_json =
        arguments.json || path.as_ref().is_some_and(|path| path.to_string_lossy().ends_with(".json"));
    let pack = packs::load(arguments.pack.pack.as_deref(), Colour::Auto).ok_or_else(|| Refusal::pack(""))?;
    let format = if is_json { Format::Json } else { Format::Yaml };
    let text = pack.blank_intake(format);
    let mut output = Output::new();
    match path {
        Some(path) => {
            write::create(&path, &text)?;
            let shown = display(&path);
            output.print(&format!(
                "made `{shown}`\n\nnext: answer what you know, then\n  remit check {shown}\n"
            ));
        }
        None => output.print(&text),
    }
    Ok(output.finish(exit::OK))
}

fn path(name: &Path, json: bool) -> Result<PathBuf, Refusal> {
    let shown = display(name);
    let file = name.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
    let bad = file.is_empty()
        || shown.ends_with('/')
        || file.starts_with('.')
        || file.chars().any(|c| c.is_control() || c == '\u{fffd}');
    if bad {
        return Err(Refusal::usage(format!(
            "`{}` is no name for an intake: give one such as `payments-api`",
            shown.escape_debug()
        )));
    }
    if let Some(ending) = ENDINGS.iter().find(|ending| file.ends_with(**ending)) {
        if json && !ending.ends_with("json") {
            return Err(Refusal::usage(format!("`{shown}` is a name for YAML, but --json was given")));
        }
        return Ok(name.to_owned());
    }
    // `x.yaml` would be found by no folder walk; `x` and `x.yaml` mean the same file.
    let stem =
        [".yaml", ".yml", ".json"].iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(&file);
    let is_json = json || file.ends_with(".json");
    Ok(name.with_file_name(format!("{stem}.intake.{}", if is_json { "json" } else { "yaml" })))
}
