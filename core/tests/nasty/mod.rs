//! A pack whose conditions use every construct that conditions have.
#![allow(dead_code, reason = "each test takes what it needs")]

use remit_core::pack::FileMap;

/// A catalogue that is enough to load.
pub(crate) const CATALOGUE: &str = "tiers:
  0: { title: Zero }
  1: { title: One }
  2: { title: Two }
  3: { title: Three }
routes:
  advisory: { title: Advisory, ladder: 1 }
  deep-review: { title: Deep, ladder: 2 }
";

/// A manifest with two topics.
pub(crate) const MANIFEST: &str = "format: 1\nname: nasty\nversion: 1.0.0\nschema: schema.json\ncatalogue: catalogue.yaml\ntopics: [a.rhai, b.rhai]\n";

/// Fields of every kind, lists of groups, of plain values and of lists.
pub(crate) const SCHEMA: &str = r#"{
  "type": "object",
  "properties": {
    "yes": { "type": "boolean" }, "no": { "type": "boolean" },
    "n": { "type": "integer" }, "m": { "type": "integer" },
    "small": { "type": "integer", "minimum": 0, "maximum": 5 },
    "rank": { "enum": ["low", "mid", "high"], "x-remit": { "ordered": true } },
    "cap": { "enum": ["low", "mid", "high"], "x-remit": { "ordered": true } },
    "scale": { "enum": ["none", "mid", "top"], "x-remit": { "ordered": true } },
    "colour": { "enum": ["red", "green", "blue"] },
    "paint": { "enum": ["green", "blue", "red"] },
    "text": { "type": "string" }, "other": { "type": "string" },
    "from": { "type": "string", "format": "date" }, "to": { "type": "string", "format": "date" },
    "gated": { "type": "boolean", "x-remit": { "applies_when": { "yes": true }, "otherwise": false } },
    "deep": { "type": "object", "properties": {
      "well": { "type": "object", "properties": { "flag": { "type": "boolean" }, "size": { "type": "integer" } } }
    } },
    "words": { "type": "array", "items": { "type": "string" } },
    "counts": { "type": "array", "items": { "type": "integer" } },
    "flags": { "type": "array", "items": { "type": "boolean" } },
    "ranks": { "type": "array", "items": { "enum": ["low", "mid", "high"], "x-remit": { "ordered": true } } },
    "hues": { "type": "array", "items": { "enum": ["red", "green", "blue"] } },
    "rows": { "type": "array", "items": { "type": "object", "properties": {
      "kind": { "enum": ["red", "green", "blue"] },
      "level": { "enum": ["low", "mid", "high"], "x-remit": { "ordered": true } },
      "name": { "type": "string" }, "size": { "type": "integer" }, "ok": { "type": "boolean" },
      "sub": { "type": "object", "properties": { "ok": { "type": "boolean" } } },
      "tags": { "type": "array", "items": { "type": "string" } },
      "parts": { "type": "array", "items": { "type": "object", "properties": {
        "ok": { "type": "boolean" }, "size": { "type": "integer" } } } }
    } } }
  }
}"#;

/// Condition by condition; the id says whether it may fail at run time.
const CONDITIONS: &[(&str, &str)] = &[
    ("or", "i.yes || i.no && !i.gated"),
    ("not-not", "!!i.yes != !i.no"),
    ("bools", "i.yes == i.no || i.gated != true"),
    ("bool-constant", "i.yes == false || true == i.no"),
    ("bool-nested", "(i.yes == i.no) == (i.gated == i.deep.well.flag)"),
    ("xor-chain", "i.yes != (i.no != (i.gated != i.deep.well.flag))"),
    ("ordered", "i.rank >= \"mid\" && i.cap < \"high\""),
    ("ordered-flipped", "\"mid\" <= i.rank || \"low\" == i.cap"),
    ("ordered-both", "i.rank > i.cap"),
    ("ordered-same", "i.rank != i.cap"),
    ("ordered-differ", "i.rank == i.scale"),
    ("unordered", "i.colour == \"red\" || i.paint != \"green\""),
    ("unordered-both", "i.colour == i.paint"),
    ("choice-text", "i.colour == i.text || i.rank == i.other || i.text != i.cap"),
    ("choice-in", "i.colour in [\"red\", \"blue\"] && i.rank !in [\"low\"]"),
    ("choice-in-list", "i.rank in i.ranks || i.colour in i.hues"),
    ("text-in-choices", "i.text in i.hues || i.text in i.ranks"),
    ("literal-in-list", "\"mid\" in i.ranks && \"red\" in i.hues"),
    ("list-contains", "i.ranks.contains(\"high\") || i.hues.contains(\"green\")"),
    ("cap-in-ranks", "i.ranks.contains(i.cap) && !i.ranks.contains(i.scale)"),
    ("numbers", "i.n > 3 || i.m <= -2 || i.n == i.m"),
    ("numbers-in", "i.n in [1, 2, 3] || i.small in [0, 5]"),
    ("numbers-list", "i.n in i.counts || i.counts.contains(2)"),
    ("range", "i.n in 1..4 && i.small in 0..=3"),
    ("range-fields", "i.n in i.m..10"),
    ("range-empty-constant", "i.n in 4..1"),
    ("flags-literal", "i.flags.some(|f| f) && !i.flags.all(|f| f)"),
    ("may-fail-add", "i.n + i.m > 3"),
    ("may-fail-overflow", "i.n * i.m * 4611686018427387904 > 3"),
    ("may-fail-div", "10 / i.n > 2"),
    ("may-fail-rem", "i.n % i.m == 1"),
    ("may-fail-neg", "-i.n < i.m - 2"),
    ("may-fail-after-or", "i.yes || 10 / i.small > 2"),
    ("may-fail-or-lenient", "10 / i.small > 2 || i.yes"),
    ("may-fail-let-lenient", "{ let x = 10 / i.small; i.yes || x > 2 }"),
    ("may-fail-range-lenient", "i.n in (10 / i.small)..9"),
    ("arithmetic", "i.small * 2 + 1 > 5 && i.small - 3 < 1 && -i.small != -2"),
    ("precedence", "i.small + 2 * i.small % 3 - 1 == 5"),
    ("text-equal", "i.text == \"alpha\" || i.text != i.other"),
    ("text-in", "i.text in [\"alpha\", \"beta\", i.other]"),
    ("text-in-words", "i.text in i.words || \"beta\" in i.words"),
    ("text-contains", "i.text.contains(\"al\") || \"a\" in i.other || i.text in i.other"),
    ("text-ends", "i.text.starts_with(\"al\") && i.text.ends_with(\"pha\") || i.text.starts_with(i.other)"),
    ("text-length", "i.text.len() > 4 && i.other.len < 9 || i.text.is_empty()"),
    ("text-case", "i.text.to_lower() == i.other.to_lower() || i.text.to_upper().contains(\"ALP\")"),
    ("text-chain", "i.text.to_upper().to_lower().len() == i.text.len()"),
    ("dates", "i.from < i.to || i.from >= \"2026-11-20\""),
    ("dates-equal", "i.from == i.to || \"2026-11-20\" == i.from"),
    ("rows-some", "i.rows.some(|r| r.kind == \"red\" && r.size > 2)"),
    ("rows-all", "i.rows.all(|r| r.ok || r.sub.ok)"),
    ("rows-filter-some", "i.rows.filter(|r| r.ok).some(|r| r.level >= \"mid\")"),
    ("rows-filter-all", "i.rows.filter(|r| r.ok).all(|r| r.level >= \"mid\")"),
    ("rows-filter-filter", "i.rows.filter(|r| r.ok).filter(|r| r.kind != \"red\").len() >= 1"),
    ("rows-filter-empty", "i.rows.filter(|r| r.name.contains(\"al\")).is_empty()"),
    ("rows-len", "i.rows.len() > 2 || i.rows.len == 0"),
    ("rows-empty", "i.rows.is_empty() || i.words.is_empty"),
    ("rows-tags", "i.rows.some(|r| \"alpha\" in r.tags)"),
    ("rows-tags-all", "i.rows.all(|r| r.tags.some(|t| t.len() > 3))"),
    ("rows-parts", "i.rows.some(|r| r.parts.filter(|p| p.ok).len() > 1 && r.ok)"),
    ("rows-parts-all", "i.rows.filter(|r| !r.ok).all(|r| r.parts.all(|p| p.size > 0) || r.tags.is_empty())"),
    ("rows-let", "i.rows.some(|r| { let big = r.size > 2; big && r.ok || !big && r.sub.ok })"),
    ("rows-if", "i.rows.some(|r| if r.ok { r.kind == \"red\" } else { r.size > 2 })"),
    ("rows-helper", "i.rows.some(|r| notable(r)) && !i.rows.all(|r| notable(r))"),
    ("words-some", "i.words.some(|w| w.starts_with(\"al\")) && i.words.all(|w| w != \"\")"),
    ("counts-filter", "i.counts.filter(|c| c > 1).len() == i.counts.filter(|c| c <= 1).len()"),
    ("ranks-all", "i.ranks.all(|r| r >= \"mid\")"),
    ("hues-in", "i.hues.some(|h| h in [\"red\", \"blue\"])"),
    ("filter-in", "2 in i.counts.filter(|c| c > 1)"),
    ("filter-contains", "i.words.filter(|w| w.len() > 2).contains(i.text)"),
    ("if-else", "if i.yes { i.no } else { i.gated }"),
    ("if-chain", "if i.yes { i.no } else if i.gated { i.n > 1 } else { i.m > 1 }"),
    ("if-number", "(if i.yes { i.n } else { 2 }) > 1"),
    ("if-text", "(if i.yes { i.text } else { i.other }) == \"alpha\""),
    ("if-choice", "(if i.yes { i.rank } else { \"mid\" }) == \"mid\""),
    ("if-same", "if i.yes { i.no } else { i.no }"),
    ("early", "{ if i.yes { return i.no; } i.gated || i.n > 2 }"),
    ("early-twice", "{ if i.yes { return i.no; } if i.gated { return i.n > 1; } i.m > 1 }"),
    ("early-helper", "early(i) && i.m > 1"),
    ("let", "{ let a = i.yes && i.no; let b = i.n; a || b > 2 }"),
    ("let-group", "{ let d = i.deep.well; d.flag && d.size > 1 }"),
    ("let-list", "{ let l = i.rows.filter(|r| r.ok); l.len() > 1 && !l.is_empty() }"),
    ("let-shadow", "{ let a = i.n; let a = a > 2; a || i.yes }"),
    ("let-shadows-constant", "{ let LIMIT = i.n; LIMIT > 2 }"),
    ("block", "{ { i.yes } }"),
    ("helper", "both(i.yes, i.no) || over(i.n)"),
    ("helper-across", "calls_across(i) != i.yes"),
    ("helper-group", "flagged(i.deep.well)"),
    ("helper-shadow", "shadows(i, i.n)"),
    ("helper-term", "twice(i.small) > LIMIT"),
    ("constants", "i.n > LIMIT || i.text == NAME || i.colour in HUES"),
    ("constant-list", "i.text in NAMES"),
    ("index", "i[\"yes\"] || i[\"n\"] > 2"),
    ("parens", "((((i.yes))) && (((i.no || (i.gated)))))"),
    ("literal-constant", "true || i.yes"),
    ("literals-compare-constant", "1 < 2 && \"a\" == \"a\" && !(\"a\" == \"b\")"),
];

/// Helpers and constants, apart from the rules.
const HELPERS: &str = r#"
const LIMIT = 3;
const NAME = "alpha";
const NAMES = ["alpha", "beta"];
const HUES = ["red", "green"];
fn both(a, b) { a && b }
fn over(n) { n > LIMIT }
fn twice(n) { n * 2 }
fn notable(r) { r.ok && over(r.size) }
fn early(i) { if i.yes { return i.no; } return i.gated; }
fn calls_across(i) { across(i) || both(i.no, i.gated) }
fn flagged(d) { d.flag && d.size > LIMIT - 2 }
fn shadows(i, LIMIT) { LIMIT > 1 && i.yes }
"#;

/// The pack.
pub(crate) fn files() -> FileMap {
    let mut rules = String::from(
        "fn across(i) { i.n > LIMIT && notable_number(i.m) }\nfn notable_number(n) { n in [1, 2] }\n",
    );
    for (id, condition) in CONDITIONS {
        rules.push_str(&format!(
            "rule(\"{id}\").when(|i| {condition}).tier(1).because(\"it must mean one thing\");\n"
        ));
    }
    pack(HELPERS, &rules)
}

/// A pack with these topics.
pub(crate) fn pack(a: &str, b: &str) -> FileMap {
    FileMap::of(
        "",
        &[
            ("remit.yaml", MANIFEST.as_bytes()),
            ("schema.json", SCHEMA.as_bytes()),
            ("catalogue.yaml", CATALOGUE.as_bytes()),
            ("a.rhai", a.as_bytes()),
            ("b.rhai", b.as_bytes()),
        ],
    )
}
