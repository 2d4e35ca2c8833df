//! `remit schema`.

use crate::args::{Colour, SchemaArgs};
use crate::output::Output;
use crate::{exit, packs};

pub(crate) fn run(arguments: &SchemaArgs) -> u8 {
    let schema = if arguments.decision {
        remit_core::wire::schema()
    } else if arguments.tests {
        remit_core::wire::test_schema()
    } else if arguments.explanation {
        remit_core::wire::explanation_schemas().into_iter().collect()
    } else {
        let Some(pack) = packs::load(arguments.pack.pack.as_deref(), Colour::Auto) else { return exit::PACK };
        pack.schema.json().clone()
    };
    let mut output = Output::new();
    output.print(&format!("{schema:#}\n"));
    output.finish(exit::OK)
}
