//! `remit pack`.

use crate::args::PackCommand;
use crate::exit;
use crate::output::Output;
use crate::packs;
use remit_core::rules::Body;

pub(crate) fn run(arguments: &PackCommand) -> u8 {
    let Some(choice) = packs::choose(arguments.pack.pack.as_deref(), arguments.color) else {
        return exit::PACK;
    };
    let Some(pack) = packs::load_chosen(&choice, arguments.color) else { return exit::PACK };
    let manifest = &pack.manifest;
    let rules = pack.rules.rules();
    let interpreted = rules.iter().filter(|rule| matches!(rule.body, Body::Interpreted { .. })).count();
    let slow = if interpreted > 0 { format!(", {interpreted} of them interpreted") } else { String::new() };
    let title = if manifest.title.is_empty() { String::new() } else { format!(": {}", manifest.title) };
    let inherited = rules.iter().filter(|rule| !pack.owns(rule)).count();
    let of_bases = if inherited > 0 { format!(", {inherited} of them inherited") } else { String::new() };
    let extends = pack
        .bases
        .iter()
        .map(|base| format!("{} {}, digest {}", base.manifest.name, base.manifest.version, base.digest));
    let off = pack.switched_off.iter().map(|off| format!("rule {}: {}", off.rule.value, off.because));
    let constants =
        manifest.constants.iter().map(|(name, value)| format!("{} = {}", name.value, value.to_json()));
    let mut output = Output::new();
    output.print(&format!("{} {}{title}\n\n", manifest.name, manifest.version));
    let more = extends
        .map(|base| ("extends", base))
        .chain(off.map(|off| ("without", off)))
        .chain(constants.map(|constant| ("with", constant)));
    let rows = [("where", choice.place()), ("why", choice.why.clone()), ("digest", pack.digest.clone())]
        .into_iter()
        .chain(more)
        .chain([
            ("rules", format!("{}{of_bases}{slow}", rules.len())),
            (
                "topics",
                manifest.topics.iter().map(|topic| topic.value.clone()).collect::<Vec<_>>().join(", "),
            ),
            ("questions", pack.schema.slot_count().to_string()),
            ("examples", manifest.examples.clone().unwrap_or_default()),
            ("tests", manifest.tests.clone().unwrap_or_default()),
        ]);
    for (label, value) in rows {
        if !value.is_empty() {
            output.print(&format!("  {label:<9}  {value}\n"));
        }
    }
    output.finish(exit::OK)
}
