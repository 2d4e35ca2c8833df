//! The README's pictures: what the program really prints, in colour, as SVG. They are held to the program by this
//! test, and `cargo xtask pictures` draws them anew.

use crate::golden::is_blessing;
use crate::program::remit;
use crate::scratch::{Scratch, edit};
use crate::{TODAY, top};
use anstyle::{Color, RgbColor};
use anstyle_svg::{Palette, Term};
use std::fs;
use std::path::{Path, PathBuf};

/// A picture: its name, and the commands that are shown with what they print.
struct Picture {
    name: &'static str,
    lines: &'static [&'static str],
}

const PICTURES: [Picture; 4] = [
    Picture { name: "check", lines: &["remit check export-api.intake.yaml"] },
    Picture { name: "mistake", lines: &["remit check --quiet mistake.intake.yaml"] },
    Picture {
        name: "instead",
        lines: &["remit explain multi-product-network-change.intake.yaml --instead 'tier<=1'"],
    },
    Picture { name: "coverage", lines: &["remit test --pack portal --coverage", "remit lint --pack portal"] },
];

fn pictures() -> PathBuf {
    top().join("cli/pictures")
}

#[test]
fn pictures_show_what_the_program_prints() {
    let stage = stage();
    let mut old = vec![];
    for picture in &PICTURES {
        let drawn = draw(stage.path(), picture.lines);
        let path = pictures().join(format!("{}.svg", picture.name));
        if is_blessing() {
            fs::write(&path, drawn).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != drawn {
            old.push(picture.name);
        }
    }
    assert!(
        old.is_empty(),
        "{old:?} in cli/pictures: draw them anew with `cargo xtask pictures`, and look at them"
    );
}

#[test]
fn the_readme_shows_every_picture_and_says_what_is_on_it() {
    let readme = fs::read_to_string(top().join("README.md")).unwrap();
    for picture in &PICTURES {
        let place = format!("](cli/pictures/{}.svg)", picture.name);
        let before = readme.split(&place).next().filter(|before| before.len() < readme.len());
        let alt = before.and_then(|before| before.rsplit("![").next()).unwrap_or_default();
        assert!(alt.len() > 20, "the README shows {place} and describes it");
    }
    let shown = fs::read_to_string(pictures().join("export-api.intake.yaml")).unwrap();
    assert!(readme.contains(&shown), "the README shows the intake that the first picture is about");
}

/// A folder as somebody might have it in front of them.
fn stage() -> Scratch {
    let scratch = Scratch::new();
    let intake = fs::read_to_string(pictures().join("export-api.intake.yaml")).unwrap();
    scratch.write("export-api.intake.yaml", &intake);
    scratch.write("mistake.intake.yaml", intake.replace("production", "prodution"));
    let example = "multi-product-network-change.intake.yaml";
    fs::copy(top().join("rules/examples").join(example), scratch.path().join(example)).unwrap();
    copy(&top().join("rules/examples/packs/portal"), &scratch.path().join("portal"));
    // The case that was forgotten, and a rule that was scaffolded and left.
    edit(
        &scratch.path().join("portal/tests/scorecards.case.yaml"),
        "  - name: staging is not live\n    changes:\n      environment: staging\n    expect:\n      tier: 1\n      rules: { lacks: [scorecard-too-low, scorecard-to-show] }\n",
        "",
    );
    edit(
        &scratch.path().join("portal/topics/scorecards.rhai"),
        "goes_live(intake) && intake.exposure.internet)",
        "goes_live(intake) && intake.exposure.internet && intake.environment != \"test\")",
    );
    scratch
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A terminal in which these lines were typed.
fn draw(folder: &Path, lines: &[&str]) -> String {
    let mut screen = String::new();
    for line in lines {
        let words = line.split(' ').skip(1).map(|word| word.trim_matches('\''));
        let dated = |word: &str| {
            ["check", "explain"]
                .iter()
                .any(|command| line.contains(&format!(" {command} ")) && word == *command)
        };
        let mut arguments: Vec<&str> = vec![];
        for word in words {
            arguments.push(word);
            if dated(word) {
                arguments.extend(["--today", TODAY]);
            }
        }
        let ran = remit(arguments).arg("--color=always").within(folder).run();
        assert_eq!(ran.err, "", "{line}");
        screen.push_str(&format!("\u{1b}[1;32m$\u{1b}[0m \u{1b}[1m{line}\u{1b}[0m\n{}\n", ran.out));
    }
    Term::new()
        .palette(Palette(COLOURS))
        .fg_color(Color::Rgb(RgbColor(0xd8, 0xde, 0xe6)))
        .bg_color(Color::Rgb(RgbColor(0x15, 0x1a, 0x21)))
        .min_width_px(MIN_WIDTH)
        .render_svg(screen.trim_end())
}

/// Wide enough for all pictures, so that one page shows them in one size.
const MIN_WIDTH: usize = 900;

/// Colours that can be read on a dark ground: the eight of a terminal, then their bright ones.
const COLOURS: [RgbColor; 16] = {
    const GREY: RgbColor = RgbColor(0x8b, 0x94, 0x9e);
    const RED: RgbColor = RgbColor(0xff, 0x7b, 0x72);
    const GREEN: RgbColor = RgbColor(0x7e, 0xe7, 0x87);
    const YELLOW: RgbColor = RgbColor(0xe3, 0xb3, 0x41);
    const BLUE: RgbColor = RgbColor(0x79, 0xc0, 0xff);
    const MAGENTA: RgbColor = RgbColor(0xd2, 0xa8, 0xff);
    const CYAN: RgbColor = RgbColor(0x76, 0xd9, 0xe6);
    const WHITE: RgbColor = RgbColor(0xf0, 0xf6, 0xfc);
    [
        GREY, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, GREY, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN,
        WHITE,
    ]
};
