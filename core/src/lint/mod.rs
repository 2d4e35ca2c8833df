//! What is suspicious about a pack that loads: what nothing uses, what can never happen, what nobody has tried,
//! and what makes an operating model slow.
//!
//! A lint is a function over the pack. None of them changes what the pack decides, and none guesses: what is
//! said of conditions is [proved](crate::prove) or not said.

mod catalogue;
mod citations;
pub mod codes;
mod conditions;
mod entries;
mod examples;
mod helpers;
mod levels;
mod operands;
mod proofs;
mod questions;
mod rules;
mod tiers;

pub use crate::pack::Level;
pub use levels::{LEVELS, code};

use crate::diagnostic::{self, Code, Diagnostic};
use crate::document::{self, Format, Limits, Segment};
use crate::evaluate::Truth;
use crate::pack::{Files, Pack};
use crate::source::{Location, Span};
use crate::{facts, intake};
use proofs::Proofs;

/// Which rules fire on one intake that the pack's author wrote down: an example, or what a case makes of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// What the intake is called: its path.
    pub name: String,
    /// What each rule says of it, in the pack's order.
    pub verdicts: Vec<Truth>,
}

/// How the files of a folder are told to be intakes.
const INTAKES: [&str; 3] = [".intake.yaml", ".intake.yml", ".intake.json"];

/// What the rules say of one intake.
pub fn observe(pack: &Pack, name: &str, bytes: &[u8]) -> Observation {
    let document = document::from_bytes(name, bytes, Format::of_name(name), &Limits::default());
    let intake = intake::admit(document, &pack.schema);
    let mut out = vec![];
    let facts = facts::derive(&intake, &pack.schema, &mut out);
    let verdicts = pack.evaluator.verdicts(&pack.rules, &pack.schema, &facts, &mut out);
    Observation { name: name.to_owned(), verdicts }
}

/// What the rules say of each of the pack's examples, and of those of the packs that it extends.
pub fn examples(pack: &Pack, files: &dyn Files) -> Vec<Observation> {
    let mut observations = vec![];
    pack.each(files, &mut |manifest, files| {
        let Some(folder) = &manifest.examples else { return };
        let paths = files.list(folder);
        let intakes = paths.iter().filter(|path| INTAKES.iter().any(|ending| path.ends_with(ending)));
        observations.extend(intakes.filter_map(|path| Some(observe(pack, path, &files.read(path).ok()?))));
    });
    observations
}

/// Lints a pack. `found` is what loading it found, `observations` what its rules say of the intakes that its
/// author wrote down, `asked` the levels that count before those of the manifest.
pub fn lint(
    pack: &Pack,
    files: &dyn Files,
    observations: &[Observation],
    found: Vec<Diagnostic>,
    asked: &[(Code, Level)],
) -> Vec<Diagnostic> {
    let mut out = found;
    levels::unknown(pack, &mut out);
    entries::unused(pack, &mut out);
    catalogue::routes(pack, &mut out);
    catalogue::people(pack, &mut out);
    catalogue::artifacts(pack, &mut out);
    catalogue::assumptions(pack, &mut out);
    helpers::unused(pack, &mut out);
    helpers::unlisted(pack, files, &mut out);
    citations::missing(pack, &mut out);
    citations::misspelt(pack, &mut out);
    questions::unread(pack, &mut out);
    questions::same_choices(pack, &mut out);
    let mut proofs = Proofs::new(pack);
    conditions::constant(&mut proofs, &mut out);
    conditions::long(pack, &mut out);
    operands::redundant(&mut proofs, &mut out);
    rules::same(&mut proofs, &mut out);
    tiers::reachable(&mut proofs, &mut out);
    tiers::settings(pack, &mut out);
    examples::fired(&proofs, observations, &mut out);
    // A pack that is extended is linted by its own author.
    out.retain(|found| found.is_error() || !pack.inherits(&found.location.source));
    levels::apply(pack, asked, &mut out);
    diagnostic::sort(&mut out);
    out.dedup();
    out
}

/// Where the manifest says something, by its key; its first byte where it does not.
fn manifest(pack: &Pack, key: &str) -> Location {
    let Some(source) = pack.sources.first() else {
        return crate::source::Source::new("", "").locate(Span::default());
    };
    let format = Format::of_name(source.id().as_str());
    let document = document::parse(source.clone(), format, &Limits::default());
    let entry = document.root.as_ref().and_then(|root| root.entry_at(&[Segment::Key(key)]));
    let span = entry.map_or(Span::at(0), |entry| entry.key_span.to(entry.value.span));
    source.locate(span)
}
