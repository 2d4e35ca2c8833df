//! `remit questions`.

mod ask;
mod save;

use crate::args::{InputFormat, Prose, QuestionsArgs};
use crate::check::checked;
use crate::explain::json;
use crate::inputs;
use crate::output::{Output, complain, paint};
use crate::{exit, packs};
use remit_core::engine::Engine;
use remit_core::{render, wire};
use std::io;

pub(crate) fn run(arguments: &QuestionsArgs) -> u8 {
    let Some(pack) = packs::load(arguments.pack.pack.as_deref(), arguments.color) else { return exit::PACK };
    let engine = Engine::new(pack);
    if arguments.file.is_dir() {
        complain(&format!("`{}` is a folder; name one intake in it", packs::display(&arguments.file)));
        return exit::USAGE;
    }
    let paint = paint(arguments.color, &io::stdout());
    if arguments.ask {
        if arguments.file.as_os_str() == "-" {
            complain("`--ask` needs a file to write the answers into");
            return exit::USAGE;
        }
        return ask::run(&engine, &arguments.file, arguments.all, paint);
    }
    let places = inputs::find(std::slice::from_ref(&arguments.file));
    let Some(place) = places.first() else { return exit::INVALID };
    let checked = checked(&engine, place.open(InputFormat::Auto), jiff::Zoned::now().date());
    let found = wire::questions(&engine, &checked, arguments.all);
    let mut output = Output::new();
    if checked.intake.document.root.is_none() && !checked.is_valid() {
        let sources = [&checked.intake.document.source];
        packs::print(checked.diagnostics.iter().filter(|found| found.is_error()), &sources, arguments.color);
        // An intake that says nothing at all has all its questions open; one that cannot be read has none.
        if checked.intake.document.source.text().is_empty() {
            return output.finish(exit::INVALID);
        }
    }
    output.print(&match arguments.format {
        Prose::Json => json(&found),
        Prose::Text => render::questions(&found, paint),
    });
    output.finish(if checked.is_valid() { exit::OK } else { exit::INVALID })
}
