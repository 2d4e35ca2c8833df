//! `remit new case`: a test that pins what the pack decides today about one of its examples.

use super::{Refusal, flow, folder, inside, is_id, write};
use crate::args::{Colour, NewCaseArgs};
use crate::exit;
use crate::inputs::max_bytes;
use crate::output::Output;
use crate::packs::{self, display, read, reason};
use remit_core::document::Format;
use remit_core::engine::Engine;
use remit_core::pack::Pack;
use remit_core::suggest;
use remit_core::wire;
use remit_core::wire::v1::{EvidenceState, Point, Report, Standing, Starts, Verdict};
use std::path::Path;

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
    let (example, bytes) = example(&root, &pack, &arguments.example)?;
    let engine = Engine::new(pack);
    let checked = engine.check_bytes(&example, &bytes, Format::of_name(&example), arguments.today);
    let report = wire::report(&engine, &checked);
    if let Some(folder) = path.parent() {
        write::folder(folder)?;
    }
    write::create(&path, &text(&example, &report))?;
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

/// The examples of a pack: their paths inside its folder of examples, sorted.
fn examples(root: &Path, pack: &Pack) -> Vec<String> {
    let Some(folder) = pack.manifest.examples.as_deref().and_then(|folder| inside(root, folder).ok()) else {
        return vec![];
    };
    let files =
        walkdir::WalkDir::new(&folder).sort_by_file_name().max_depth(8).into_iter().filter_entry(|entry| {
            entry.depth() == 0 || !entry.path().join(remit_core::pack::MANIFEST).is_file()
        });
    let inside = files.filter_map(Result::ok).filter_map(|file| {
        let path = file.path().strip_prefix(&folder).ok()?;
        Some(display(path))
    });
    inside.filter(|path| ENDINGS.iter().any(|ending| path.ends_with(ending))).take(1_000).collect()
}

fn example(root: &Path, pack: &Pack, wanted: &str) -> Result<(String, Vec<u8>), Refusal> {
    let known = examples(root, pack);
    let stem =
        |path: &str| ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path).to_owned();
    let Some(found) = known.iter().find(|path| *path == wanted || stem(path) == wanted) else {
        let names: Vec<String> = known.iter().map(|path| stem(path)).collect();
        let names = || names.iter().map(String::as_str);
        let help = match suggest::nearest(&stem(wanted), names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => {
                "it has none: put intakes into the folder that its manifest calls `examples`".to_owned()
            }
            None => format!("it has {}", suggest::list_of(names())),
        };
        return Err(Refusal::usage(format!("the pack has no example `{}`; {help}", wanted.escape_debug())));
    };
    let folder = pack.manifest.examples.as_deref().unwrap_or_default();
    let path = inside(root, folder)?.join(found);
    match read(&path, max_bytes()) {
        Ok(bytes) => Ok((found.clone(), bytes)),
        Err(error) => Err(Refusal::pack(format!("`{}` cannot be read: {}", display(&path), reason(&error)))),
    }
}

fn text(example: &str, report: &Report) -> String {
    let mut lines = vec![
        "# Say here what this case shows. It holds what the pack decided when it was made; what is not mentioned is"
            .to_owned(),
        "# not checked, so strike what does not matter.".to_owned(),
        format!("example: {}", super::scalar(example)),
    ];
    if let Some(today) = &report.today {
        lines.push(format!("today: {today}"));
    }
    lines.push("expect:".to_owned());
    lines.push(match report.tier.settled {
        Some(tier) => format!("  tier: {tier}"),
        None => format!("  tier: {{ floor: {}, ceiling: {} }}", report.tier.floor, report.tier.ceiling),
    });
    let missing: Vec<String> = report.ready.missing.iter().map(|missing| missing.path.clone()).collect();
    lines.push(if missing.is_empty() {
        "  ready: true".to_owned()
    } else {
        format!("  ready: {}", flow(&missing))
    });
    if !report.valid {
        lines.push("  valid: false".to_owned());
    }
    let certain = |points: Vec<&Point>| -> Vec<String> {
        let certain = points.into_iter().filter(|point| point.standing == Standing::Certain);
        certain.map(|point| point.name.clone()).collect()
    };
    let routes =
        report.routes.iter().filter(|route| route.starts != Starts::Superseded && route.superseded.is_none());
    let lacking = report.requirements.iter().filter(|found| found.evidence.state == EvidenceState::Missing);
    let rules = report.trace.iter().filter(|trace| trace.verdict == Verdict::Fires);
    for (key, names) in [
        ("routes", certain(routes.map(|route| &route.point).collect())),
        ("escalations", certain(report.escalations.iter().map(|found| &found.point).collect())),
        ("referrals", certain(report.referrals.iter().map(|found| &found.point).collect())),
        ("missing", certain(lacking.map(|found| &found.point).collect())),
        ("decisions", certain(report.decisions.iter().map(|found| &found.point).collect())),
        ("rules", rules.map(|trace| trace.rule.clone()).collect()),
    ] {
        lines.push(format!("  {key}: {}", flow(&names)));
    }
    lines.join("\n") + "\n"
}
