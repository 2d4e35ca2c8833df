//! `remit schema`.

use crate::args::{Colour, SchemaArgs};
use crate::output::Output;
use crate::{exit, packs};

pub(crate) fn run(arguments: &SchemaArgs) -> u8 {
    let schema = match arguments.shape() {
        Some(shape) => shape.schema(),
        None => {
            let Some(pack) = packs::load(arguments.pack.pack.as_deref(), Colour::Auto) else {
                return exit::PACK;
            };
            pack.schema.json().clone()
        }
    };
    let mut output = Output::new();
    output.print(&format!("{schema:#}\n"));
    output.finish(exit::OK)
}
