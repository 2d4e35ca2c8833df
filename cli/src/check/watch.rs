//! `remit check --watch`: decides again whatever changes.
//!
//! Changes are found by asking for size and time of every file three times a second. Notifications of the
//! system would cost less, but say nothing on network drives and on folders mounted into a container, which is
//! where people edit; and asking for a few hundred files takes a millisecond.

use super::printer::Printer;
use super::{Check, Tally};
use crate::inputs::{self, Place};
use crate::output::complain;
use crate::packs::{self, Choice, display};
use remit_core::engine::Engine;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const PAUSE: Duration = Duration::from_millis(300);

/// A pack with more files than this is not looked at in full.
const MAX_FILES: usize = 5_000;

/// Moves the cursor to the top and clears the terminal, but not what was scrolled away.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J";

/// What a file looks like from outside; `None` where it is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

type Stamps = BTreeMap<PathBuf, Stamp>;

/// Runs until nobody reads any more, or until Ctrl-C ends the process.
pub(super) fn run(check: &Check<'_>, choice: &Choice, mut printer: Printer) -> u8 {
    let clears = io::stdout().is_terminal();
    let mut engine: Option<Engine> = None;
    let mut pack_files: Option<Stamps> = None;
    let mut intakes = Stamps::new();
    let mut tally = Tally::default();
    loop {
        let now = pack_stamps(choice);
        let pack_changed = pack_files.as_ref() != Some(&now);
        pack_files = Some(now);
        if pack_changed {
            load(check, choice, &mut engine);
        }
        let places = inputs::find(&check.arguments.inputs);
        let now = intake_stamps(&places);
        for (path, _) in intakes.iter().filter(|(path, was)| was.is_some() && stamp(path).is_none()) {
            complain(&format!("`{}` is gone", display(path)));
        }
        if let Some(engine) = &engine {
            let changed = |path: &Path| pack_changed || intakes.get(path) != now.get(path);
            let again: Vec<&Place> = places.iter().filter(|place| changed(place.path())).collect();
            if !again.is_empty() {
                tally = round(check, engine, &again, clears, &mut printer);
            }
        }
        // Without a pack nothing was decided, so everything is still to be decided once there is one.
        if engine.is_some() {
            intakes = now;
        }
        if printer.output.is_closed() {
            return printer.output.finish(tally.code());
        }
        std::thread::sleep(PAUSE);
    }
}

fn load(check: &Check<'_>, choice: &Choice, engine: &mut Option<Engine>) {
    let Some(pack) = packs::load_chosen(choice, check.arguments.color) else {
        complain(match engine {
            Some(_) => "the pack as it was before goes on deciding until this is mended",
            None => "waiting until the pack loads",
        });
        return;
    };
    if check.arguments.verbose || engine.is_some() {
        complain(&packs::describe(&pack, choice));
    }
    *engine = Some(Engine::new(pack));
}

fn round(
    check: &Check<'_>,
    engine: &Engine,
    places: &[&Place],
    clears: bool,
    printer: &mut Printer,
) -> Tally {
    if clears {
        printer.output.print(CLEAR);
    }
    let mut tally = Tally::default();
    printer.begin();
    for place in places {
        check.decide(engine, place.open(check.arguments.input), &mut tally, printer);
    }
    printer.end((tally.intakes > 1).then_some(&tally));
    if !clears && check.format == crate::args::Format::Text {
        printer.output.print("\n");
    }
    printer.output.flush();
    tally
}

fn stamp(path: &Path) -> Stamp {
    let found = std::fs::metadata(path).ok()?;
    Some((found.len(), found.modified().ok()))
}

fn intake_stamps(places: &[Place]) -> Stamps {
    places.iter().map(|place| (place.path().to_owned(), stamp(place.path()))).collect()
}

/// Everything that the pack could be read from, and what is not there yet.
fn pack_stamps(choice: &Choice) -> Stamps {
    let Some(root) = &choice.folder else { return Stamps::new() };
    let part = |path: &Path| {
        matches!(path.extension().and_then(|ending| ending.to_str()), Some("rhai" | "yaml" | "yml" | "json"))
    };
    let files = walkdir::WalkDir::new(root).max_depth(8).into_iter().filter_map(Result::ok);
    let parts = files.filter(|file| part(file.path())).take(MAX_FILES);
    // What is only an intake or a test of the pack does not change the pack.
    let parts = parts.filter(|file| {
        let name = file.file_name().to_string_lossy();
        !name.contains(".intake.") && !name.contains(".case.")
    });
    parts.map(|file| (file.path().to_owned(), stamp(file.path()))).collect()
}
