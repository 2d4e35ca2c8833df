//! `remit new case`: a test that pins what the pack decides today about one of its examples.

use super::{Refusal, folder, inside, is_id, write};
use crate::args::{Colour, NewCaseArgs};
use crate::exit;
use crate::output::Output;
use crate::packs::{self, display};
use remit_core::cases::{self, Suite};
use remit_core::engine::Engine;
use remit_core::pack::Pack;
use remit_core::suggest;
use remit_core::wire;

/// Endings of intakes in a folder of examples.
const ENDINGS: [&str; 3] = [".intake.yaml", ".intake.yml", ".intake.json"];

pub(super) fn run(arguments: &NewCaseArgs) -> Result<u8, Refusal> {
    let name = &arguments.name;
    if !is_id(name) {
        let message =
            format!("`{}` is no name for a case: lowercase letters, digits and dashes", name.escape_debug());
        return Err(Refusal::usage(message));
    }
    let (root, choice) = folder(&arguments.pack)?;
    let pack = packs::load_chosen(&choice, Colour::Auto).ok_or_else(|| Refusal::pack(""))?;
    let tests = tests_folder(&pack)?;
    let path = inside(&root, &format!("{tests}/{name}.case.yaml"))?;
    let suite = cases::read(&*choice.files(), &pack);
    let example = example(&suite, &arguments.example)?;
    let example = suite.examples.get(example).ok_or_else(|| Refusal::pack("the example is gone"))?;
    let engine = Engine::new(pack);
    let checked = engine.check(example.document.clone(), arguments.today);
    let report = wire::report(&engine, &checked);
    if let Some(folder) = path.parent() {
        write::folder(folder)?;
    }
    write::create(&path, &cases::draft(cases::Start::Example(&example.name), &report))?;
    let mut output = Output::new();
    output.print(&format!(
        "made `{}`: it holds what is decided today\n\nnext: strike what does not matter, and say above why the rest does\n",
        display(&path)
    ));
    Ok(output.finish(exit::OK))
}

/// The folder of the pack's tests, as its manifest says.
pub(super) fn tests_folder(pack: &Pack) -> Result<String, Refusal> {
    let folder = pack.manifest.tests.as_deref().map(|folder| folder.trim_end_matches('/').to_owned());
    folder.filter(|folder| !folder.is_empty()).ok_or_else(|| {
        Refusal::pack("the pack has no folder for tests: write `tests: tests` into its remit.yaml")
    })
}

/// The example that is meant, of the pack or of one that it extends: by its path, or by its file's name.
fn example(suite: &Suite, wanted: &str) -> Result<usize, Refusal> {
    let known = || suite.examples.iter().map(|example| example.name.as_str());
    let stem =
        |path: &str| ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path).to_owned();
    if let Some(found) = known().position(|path| path == wanted || stem(path) == wanted) {
        return Ok(found);
    }
    let names: Vec<String> = known().map(stem).collect();
    let names = || names.iter().map(String::as_str);
    let help = match suggest::nearest(&stem(wanted), names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if suite.examples.is_empty() => {
            "it has none: put intakes into the folder that its manifest calls `examples`".to_owned()
        }
        None => format!("it has {}", suggest::list_of(names())),
    };
    Err(Refusal::usage(format!("the pack has no example `{}`; {help}", wanted.escape_debug())))
}
