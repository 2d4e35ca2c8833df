//! What a schema plainly admits, told from the tree itself.
//!
//! Validation is `jsonschema`'s, and takes the intake as JSON. Most intakes are in order, though, and that can be
//! seen without either: a check made of the keywords that everybody uses says *admitted* or *not sure*. It never
//! says what is wrong, and whatever it does not know makes it unsure, so that it can only save time.

use crate::calendar;
use crate::document::{Node, Value};
use serde_json::{Map, Value as Json};

/// More references inside each other than this are not followed.
const MAX_DEPTH: usize = 32;

/// Keywords that say nothing about what is admitted.
const REMARKS: [&str; 12] = [
    "$schema",
    "$comment",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "x-remit",
];

/// What a part of a schema plainly admits.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plain {
    /// Nobody knows: nothing is plain here.
    Unsure,
    /// Yes or no.
    Bool,
    /// A whole number within bounds.
    Int { min: i64, max: i64 },
    /// Text of so many characters.
    Text { min: usize, max: usize, format: Format },
    /// One of these texts.
    Choice(Vec<String>),
    /// A list of so many items.
    List { item: Box<Plain>, min: usize, max: usize },
    /// A mapping.
    Group {
        /// What each key admits.
        keys: Vec<(String, Plain)>,
        /// Other keys are admitted too.
        open: bool,
        /// Keys that must be there.
        needs: Vec<String>,
    },
}

/// What a text must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Anything,
    Date,
    Address,
}

impl Plain {
    /// What a whole schema plainly admits.
    pub(super) fn of(schema: &Json) -> Self {
        part(schema, schema, 0)
    }

    /// Whether an intake is plainly admitted. What it must have and lacks is silence, not a fault; an item of a list
    /// must have it.
    pub(super) fn admits(&self, root: &Node) -> bool {
        self.takes(root, false)
    }

    fn takes(&self, node: &Node, in_list: bool) -> bool {
        match (self, &node.value) {
            (Self::Bool, Value::Bool(_)) => true,
            (Self::Int { min, max }, Value::Int(number)) => min <= number && number <= max,
            (Self::Choice(texts), Value::Text(text)) => texts.contains(text),
            (Self::Text { min, max, format }, Value::Text(text)) => {
                // Bytes are at least as many as characters, and at most four times as many.
                let length = || text.chars().count();
                let long = text.len() / 4 >= *min || length() >= *min;
                let short = text.len() <= *max || length() <= *max;
                long && short && format.fits(text)
            }
            (Self::List { item, min, max }, Value::List(items)) => {
                // What is silent in a list is `null` to the schema.
                let takes = |node: &Node| !node.is_silent() && item.takes(node, true);
                (*min..=*max).contains(&items.len()) && items.iter().all(takes)
            }
            (Self::Group { keys, open, needs }, Value::Map(entries)) => {
                let mut needed = 0;
                for entry in entries {
                    if entry.duplicate {
                        return false;
                    }
                    if entry.value.is_silent() {
                        continue;
                    }
                    needed += usize::from(in_list && needs.contains(&entry.key));
                    match keys.iter().find(|(key, _)| *key == entry.key) {
                        Some((_, plain)) if plain.takes(&entry.value, in_list) => {}
                        None if *open => {}
                        _ => return false,
                    }
                }
                !in_list || needed == needs.len()
            }
            _ => false,
        }
    }
}

impl Format {
    fn fits(self, text: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Date => text.starts_with(['1', '2']) && calendar::date(text).is_some(),
            Self::Address => is_plain_address(text),
        }
    }
}

/// An address of the kind that people have: nobody could doubt it.
fn is_plain_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at(end);
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let name_fits = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let port_fits = (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    let tail_fits = tail.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/?#=&+,;:@".contains(&b));
    name_fits && port_fits && tail_fits && tail.bytes().filter(|b| *b == b'#').count() <= 1
}

fn part(schema: &Json, root: &Json, depth: usize) -> Plain {
    let Json::Object(keywords) = schema else { return Plain::Unsure };
    if depth > MAX_DEPTH {
        return Plain::Unsure;
    }
    if let Some(reference) = keywords.get("$ref") {
        let alone = keywords.keys().all(|key| key == "$ref" || REMARKS.contains(&key.as_str()));
        let target = reference.as_str().and_then(|text| root.pointer(text.strip_prefix('#')?));
        return target.filter(|_| alone).map_or(Plain::Unsure, |target| part(target, root, depth + 1));
    }
    let reader = Reader { keywords, root, depth };
    let kind = keywords.get("type").map(Json::as_str);
    let plain = match kind {
        _ if keywords.contains_key("enum") || keywords.contains_key("oneOf") => reader.choice(kind),
        Some(Some("boolean")) => reader.only(&["type"]).map(|()| Plain::Bool),
        Some(Some("integer")) => reader.int(),
        Some(Some("string")) => reader.text(),
        Some(Some("array")) => reader.list(),
        Some(Some("object")) => reader.group(),
        _ => None,
    };
    plain.unwrap_or(Plain::Unsure)
}

/// Reads one part; `None` wherever something is not plain.
struct Reader<'a> {
    keywords: &'a Map<String, Json>,
    root: &'a Json,
    depth: usize,
}

impl Reader<'_> {
    /// Whether nothing but these keywords counts here.
    fn only(&self, known: &[&str]) -> Option<()> {
        let mut keys = self.keywords.keys().map(String::as_str);
        keys.all(|key| known.contains(&key) || REMARKS.contains(&key)).then_some(())
    }

    fn bound<T>(&self, key: &str, none: T, read: impl Fn(&Json) -> Option<T>) -> Option<T> {
        self.keywords.get(key).map_or(Some(none), read)
    }

    fn size(&self, key: &str, none: usize) -> Option<usize> {
        self.bound(key, none, |value| usize::try_from(value.as_u64()?).ok())
    }

    fn choice(&self, kind: Option<Option<&str>>) -> Option<Plain> {
        kind.is_none_or(|kind| kind == Some("string")).then_some(())?;
        let texts = if let Some(list) = self.keywords.get("enum") {
            self.only(&["type", "enum"])?;
            let texts = list.as_array()?.iter().map(|text| text.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<_>>>()?
        } else {
            self.only(&["type", "oneOf"])?;
            let mut texts: Vec<String> = vec![];
            for member in self.keywords.get("oneOf")?.as_array()? {
                let member = member.as_object()?;
                let known = |key: &String| {
                    REMARKS.contains(&key.as_str())
                        || key == "const"
                        || key == "type" && member["type"] == "string"
                };
                let text = member.get("const")?.as_str()?;
                // Of two equal ones neither is the one.
                if !member.keys().all(known) || texts.iter().any(|other| other == text) {
                    return None;
                }
                texts.push(text.to_owned());
            }
            texts
        };
        Some(Plain::Choice(texts))
    }

    fn int(&self) -> Option<Plain> {
        self.only(&["type", "minimum", "maximum"])?;
        let min = self.bound("minimum", i64::MIN, Json::as_i64)?;
        Some(Plain::Int { min, max: self.bound("maximum", i64::MAX, Json::as_i64)? })
    }

    fn text(&self) -> Option<Plain> {
        self.only(&["type", "minLength", "maxLength", "format"])?;
        let format = match self.keywords.get("format").map(Json::as_str) {
            None => Format::Anything,
            Some(Some("date")) => Format::Date,
            Some(Some("uri" | "uri-reference" | "iri" | "iri-reference")) => Format::Address,
            Some(_) => return None,
        };
        let min = self.size("minLength", 0)?;
        Some(Plain::Text { min, max: self.size("maxLength", usize::MAX)?, format })
    }

    fn list(&self) -> Option<Plain> {
        self.only(&["type", "items", "minItems", "maxItems"])?;
        let item = Box::new(part(self.keywords.get("items")?, self.root, self.depth + 1));
        Some(Plain::List { item, min: self.size("minItems", 0)?, max: self.size("maxItems", usize::MAX)? })
    }

    fn group(&self) -> Option<Plain> {
        self.only(&["type", "properties", "required", "additionalProperties"])?;
        let open = self.bound("additionalProperties", true, Json::as_bool)?;
        let mut keys = vec![];
        if let Some(properties) = self.keywords.get("properties") {
            for (key, schema) in properties.as_object()? {
                keys.push((key.clone(), part(schema, self.root, self.depth + 1)));
            }
        }
        let mut needs = vec![];
        if let Some(required) = self.keywords.get("required") {
            for key in required.as_array()? {
                needs.push(key.as_str()?.to_owned());
            }
        }
        Some(Plain::Group { keys, open, needs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Document, Format as Syntax, Limits};
    use crate::pack::{FileMap, load};
    use crate::schema::Schema;
    use std::sync::Arc;

    fn schema() -> Arc<Schema> {
        load(&FileMap::of("", remit_rules::FILES)).pack.expect("the default pack loads").schema
    }

    fn parse(name: &str, bytes: &[u8]) -> Document {
        document::from_bytes(name, bytes, Syntax::of_name(name), &Limits::default())
    }

    fn examples() -> impl Iterator<Item = (&'static str, &'static [u8])> {
        remit_rules::FILES.iter().copied().filter(|(path, _)| path.starts_with("examples/"))
    }

    #[test]
    fn the_default_packs_examples_are_plainly_admitted() {
        let schema = schema();
        for (path, bytes) in examples() {
            let document = parse(path, bytes);
            let root = document.root.as_ref().expect("the example holds something");
            assert!(schema.plain.admits(root), "{path} takes the long way");
        }
    }

    /// Every example with a piece of it gone, doubled or changed: where the short way says yes, the long one does.
    #[test]
    fn nothing_is_plainly_admitted_that_has_a_fault() {
        let schema = schema();
        let (mut plain, mut long) = (0, 0);
        for (path, bytes) in examples() {
            for at in (0..bytes.len()).step_by(3) {
                let (before, after) = bytes.split_at(at);
                let rest = after.get(1..).unwrap_or_default();
                let pieces: [&[u8]; 5] = [b"", b"0", b": ", b"\"", b"\xC3\xA4"];
                let piece = pieces.get(at % pieces.len()).copied().unwrap_or_default();
                let document = parse(path, &[before, piece, rest].concat());
                let Some(root) = document.root.as_ref().filter(|root| root.as_map().is_some()) else {
                    continue;
                };
                if !schema.plain.admits(root) {
                    long += 1;
                    continue;
                }
                plain += 1;
                let faults = schema.long_way(&document, root);
                assert!(faults.is_empty(), "{path} at {at}: {faults:#?}");
            }
        }
        assert!(plain > 500 && long > 500, "{plain} plain, {long} not");
    }

    #[test]
    fn whatever_is_not_known_is_not_plain() {
        let sure = |schema: &str| {
            let schema = serde_json::from_str(schema).expect("the schema is JSON");
            Plain::of(&schema) != Plain::Unsure
        };
        for (schema, expected) in [
            (r#"{"type":"string","minLength":1}"#, true),
            (r#"{"type":"string","pattern":"a"}"#, false),
            (r#"{"type":"string","format":"email"}"#, false),
            (r#"{"type":"integer","minimum":1.5}"#, false),
            (r#"{"type":"integer","exclusiveMinimum":1}"#, false),
            (r#"{"type":["string","null"]}"#, false),
            (r#"{"enum":["a",1]}"#, false),
            (r#"{"enum":["a"],"minLength":3}"#, false),
            (r#"{"oneOf":[{"const":"a"},{"const":"b","title":"B"}]}"#, true),
            (r#"{"oneOf":[{"const":"a"},{"const":"a"}]}"#, false),
            (r##"{"type":"object","if":{}}"##, false),
            (r##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"boolean"}}}"##, true),
            (r##"{"$ref":"#/$defs/b","$defs":{"a":{"type":"boolean"}}}"##, false),
            (r##"{"$ref":"#"}"##, false),
            (r#"{"$id":"x","type":"boolean"}"#, false),
            ("true", false),
        ] {
            assert_eq!(sure(schema), expected, "{schema}");
        }
    }

    #[test]
    fn addresses_that_somebody_could_doubt_are_not_plain() {
        for plain in ["https://a.b/c?d=e#f", "http://localhost:8080", "https://x.y/a-b_c~d"] {
            assert!(is_plain_address(plain), "{plain}");
        }
        for odd in [
            "a.b",
            "https://",
            "https://a b",
            "https://a:b/",
            "https://u@h/",
            "https://a/#b#c",
            "https://a/%zz",
            "https://ä/",
        ] {
            assert!(!is_plain_address(odd), "{odd}");
        }
    }
}
