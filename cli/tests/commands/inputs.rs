//! Which files a folder's intakes are.

use crate::{Folder, Ran, check, remit};

#[test]
fn a_walk_does_not_go_into_another_pack() {
    let lines = check(&["rules/examples", "--format", "ndjson"]).ok(0);
    assert_eq!(lines.lines().count(), 17);
    assert!(!lines.contains("vendor-intake/"), "{lines}");

    let pack = "rules/examples/packs/vendor-intake";
    for named in [pack, "rules/examples/packs/vendor-intake/examples"] {
        let lines = check(&[named, "--pack", pack, "--format", "ndjson"]).ok(0);
        assert_eq!(lines.lines().count(), 4, "what is named itself is walked");
    }
    let ran = check(&["rules/examples/packs"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("such as `rules/examples/packs/portal`, has to be named itself"), "{}", ran.out);
}

#[test]
fn a_file_called_like_a_manifest_hides_nothing_beside_a_folder() {
    let folder = Folder::new();
    folder.put("a/remit.yaml/x.intake.yaml", "id: A");
    folder.put("b.intake.yaml", "id: B");
    let lines = folder.run(&["check", "--format", "ndjson"]).ok(0);
    assert_eq!(lines.lines().count(), 2, "only a file is a manifest");
}

#[test]
fn the_other_pack_decides_without_a_word_of_security() {
    let pack = "rules/examples/packs/vendor-intake";
    let ran = check(&["--pack", pack, &format!("{pack}/examples")]);
    assert_eq!(ran.err, "");
    let text = ran.ok(0);
    assert!(text.contains("Tier 3 · Decision of the management — Blitzblank e.K. (PR-1201)"), "{text}");
    assert!(!text.to_lowercase().contains("security"), "{text}");
    let ran = Ran::of(remit().args(["test", "--pack", pack, "--require-coverage"]), "");
    assert_eq!(ran.err, "");
    assert!(ran.ok(0).contains("29 cases: 29 passed"));
}
