//! Which pack is used, and why.

use crate::{Folder, Ran, remit};

/// A folder with two packs, `one` and `two`, told apart by their versions.
fn packs() -> Folder {
    let folder = Folder::new();
    for (name, version) in [("one", "1.1.1"), ("two", "2.2.2")] {
        folder.copy("rules/examples/packs/vendor-intake", name);
        let manifest = folder
            .text(&format!("{name}/remit.yaml"))
            .replace("version: 0.1.0", &format!("version: {version}"));
        folder.put(&format!("{name}/remit.yaml"), manifest);
    }
    folder
}

#[track_caller]
fn uses(ran: Ran, version: &str, why: &str) {
    let text = ran.ok(0);
    assert!(text.lines().next().unwrap_or_default().contains(version), "{text}");
    assert!(text.contains(why), "{text}");
}

#[test]
fn the_flag_comes_before_the_environment_before_the_file_before_the_built_in_one() {
    let folder = packs();
    uses(folder.run(&["pack"]), "default 0.1.0", "no other was named or found");
    folder.put(".remit.toml", "pack = \"one\"\n");
    uses(folder.run(&["pack"]), "1.1.1", "named in `.remit.toml`");
    let with = |arguments: &[&str]| {
        Ran::of(remit().current_dir(&folder.0).env("REMIT_PACK", "two").args(arguments), "")
    };
    uses(with(&["pack"]), "2.2.2", "the environment variable REMIT_PACK");
    uses(with(&["pack", "--pack", "one"]), "1.1.1", "named by --pack");
    let none = Ran::of(remit().current_dir(&folder.0).env("REMIT_PACK", "").arg("pack"), "");
    uses(none, "1.1.1", "named in `.remit.toml`");
}

#[test]
fn the_nearest_folder_upwards_counts_as_far_as_the_repository_goes() {
    let folder = packs();
    folder.put(".remit.toml", "pack = \"./one/../two\"\n");
    folder.put("deep/down/x.txt", "");
    let at = |path: &str| Ran::of(remit().current_dir(folder.0.join(path)).arg("pack"), "");
    uses(at("deep/down"), "2.2.2", "/.remit.toml`");
    uses(at("one/topics"), "1.1.1", "the nearest folder upwards with a `remit.yaml`");
    uses(at("one"), "1.1.1", "in `.`");
    // A file that names no pack leaves the one that lies further up.
    folder.put("one/topics/.remit.toml", "gate = [\"tier-3\"]\n");
    uses(at("one/topics"), "1.1.1", "the nearest folder upwards with a `remit.yaml`");
    // Another repository has its own.
    folder.put("deep/.git/HEAD", "");
    uses(at("deep/down"), "default 0.1.0", "no other was named or found");
}

#[test]
fn gates_and_format_come_from_the_file_unless_they_are_given() {
    let folder = packs();
    folder.put(".remit.toml", "pack = \"one\"\ngate = [\"tier-3\"]\nformat = \"github\"\n");
    let check =
        |more: &[&str]| folder.run(&[&["check", "one/examples", "--today", "2026-11-20"], more].concat());
    assert!(check(&[]).ok(1).contains("title=remit%3A gate/tier-3"));
    assert!(check(&["--gate", "overdue"]).ok(1).contains("gate/overdue"));
    assert!(check(&["--format", "text"]).ok(1).contains("Stopped by gate tier-3"));
    let said = check(&["-v"]).err;
    assert!(said.contains("pack vendor-intake 1.1.1, in `one`: named in `.remit.toml`"), "{said}");
}

#[test]
fn a_wrong_file_is_shown_where_it_is_wrong() {
    let folder = packs();
    for (text, said) in [
        ("pakc = \"one\"", ["`.remit.toml` has no key `pakc`", "did you mean `pack`?", "^^^^"]),
        ("format = \"sarfi\"", ["there is no format `sarfi`", "did you mean `sarif`?", "^^^^^^^"]),
        ("gate = [\"tier-3\", \"tier-9\"]", ["there is no gate class `tier-9`", "did you mean", "^^^^^^^^"]),
        ("gate = [3]", ["this must be a list of gate classes", ".remit.toml:1:9", "^"]),
        ("pack = 7", ["this must be a folder", ".remit.toml:1:8", "^"]),
        ("pack = \"one\"\npack = \"two\"", ["this is not TOML", "duplicate key", ".remit.toml:2:1"]),
        ("pack = ", ["this is not TOML", ".remit.toml:1:", "^"]),
        (
            "pack = \"none\"",
            ["the pack `none` is not there", "named in `.remit.toml`", "nothing was decided"],
        ),
        ("pack = \"one/remit.yaml\"", ["is no folder", "named in `.remit.toml`", "nothing was decided"]),
        ("[policy]\npack = \"one\"", ["`.remit.toml` has no key `policy`", "^", "nothing was done"]),
    ] {
        folder.put(".remit.toml", text);
        for command in [&["check", "one/examples"][..], &["pack"], &["schema"], &["test"], &["new", "intake"]]
        {
            let ran = folder.run(command);
            assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{command:?} with {text}: {}", ran.err);
            for said in said {
                assert!(ran.err.contains(said), "{text}: no `{said}` in\n{}", ran.err);
            }
        }
    }
    folder.put(".remit.toml", b"pack = \"\xff\"");
    assert!(folder.run(&["pack"]).err.contains("is not UTF-8"));
    folder.put(".remit.toml", format!("# {}", "x".repeat(70_000)));
    assert!(folder.run(&["pack"]).err.contains("longer than 64 KiB"));
    std::fs::remove_file(folder.0.join(".remit.toml")).expect("it is there");
    folder.put(".remit.toml/x", "");
    let ran = folder.run(&["pack"]);
    assert!(ran.code == 3 && ran.err.contains("`.remit.toml` cannot be read: it is a folder"), "{}", ran.err);
}
