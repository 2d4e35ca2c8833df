//! What every kind of text becomes: the tree, and what is underlined.

use super::*;

#[test]
fn smoke() {
    let d = parse(Source::new("t", "a: 1"), Format::Yaml, &Limits::default());
    assert!(d.is_clean());
}
