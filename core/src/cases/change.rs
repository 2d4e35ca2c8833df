//! Changes to an intake before it is admitted: a path and the value that stands there then.
//!
//! Changes are made on the tree. So that every place still means something, the document that is decided
//! has a text of two parts: the example's, then the case file's ([`Joined`]). What the example says points
//! into the first, what a change says into the second, and [`Joined::locate`] tells them apart again.

use crate::diagnostic::Diagnostic;
use crate::document::{Entry, Node, Value};
use crate::source::{Location, Source, Span};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a mapping.
    Key(String),
    /// Into a list, by place from 0.
    Index(usize),
}

/// A change: what stands at a path afterwards.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The path as it is written.
    pub path: String,
    pub steps: Vec<Step>,
    /// Where the path stands in the case file.
    pub key: Span,
    /// The new value; silent removes.
    pub value: Node,
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It goes into something that is no mapping or no list.
    NotInside { wants: &'static str, is: &'static str },
    /// It goes past the end of a list of this many items.
    PastEnd(usize),
}

/// A path such as `links[0].kind`; `None` where it is none.
pub(super) fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = vec![];
    for part in path.split('.') {
        let (key, mut rest) = match part.find('[') {
            Some(at) => part.split_at_checked(at)?,
            None => (part, ""),
        };
        if key.is_empty() {
            return None;
        }
        steps.push(Step::Key(key.to_owned()));
        while !rest.is_empty() {
            let (index, after) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = after;
        }
    }
    Some(steps)
}

/// The path as the schema writes it: `links[].kind`.
pub(super) fn schema_path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) if path.is_empty() => path.push_str(key),
            Step::Key(key) => {
                path.push('.');
                path.push_str(key);
            }
            Step::Index(_) => path.push_str("[]"),
        }
    }
    path
}

impl Change {
    /// Makes the change, with its places moved by `base`. Tells whether anything is different now.
    pub(super) fn apply(&self, root: &mut Node, base: usize) -> Result<bool, Fault> {
        if self.value.is_silent() {
            return remove(root, &self.steps);
        }
        let key = shift(self.key, base);
        let mut node = root;
        for step in &self.steps {
            node = enter(node, step, key)?;
        }
        let mut value = self.value.clone();
        shift_node(&mut value, base);
        let differs = node.to_json() != value.to_json();
        *node = value;
        Ok(differs)
    }
}

/// The place that a step leads to, made where it is not there.
fn enter<'n>(node: &'n mut Node, step: &Step, key: Span) -> Result<&'n mut Node, Fault> {
    let is = node.value.kind();
    if node.is_silent() {
        node.value = match step {
            Step::Key(_) => Value::Map(vec![]),
            Step::Index(_) => Value::List(vec![]),
        };
        node.span = key;
    }
    match (&mut node.value, step) {
        (Value::Map(entries), Step::Key(name)) => {
            let place = match entries.iter().position(|entry| entry.key == *name) {
                Some(place) => place,
                None => {
                    let value = Node::new(key, Value::Null);
                    entries.push(Entry {
                        key: name.clone(),
                        key_span: key,
                        value,
                        duplicate: false,
                        merged: false,
                    });
                    entries.len() - 1
                }
            };
            // A key that stood twice now stands once: the change says what it means.
            let mut number = 0;
            entries.retain(|entry| {
                number += 1;
                number - 1 <= place || entry.key != *name
            });
            let entry = entries.get_mut(place).ok_or(Fault::PastEnd(place))?;
            entry.duplicate = false;
            Ok(&mut entry.value)
        }
        (Value::List(items), Step::Index(index)) => {
            let length = items.len();
            if *index == length {
                items.push(Node::new(key, Value::Null));
            }
            items.get_mut(*index).ok_or(Fault::PastEnd(length))
        }
        (_, Step::Key(_)) => Err(Fault::NotInside { wants: "a mapping", is }),
        (_, Step::Index(_)) => Err(Fault::NotInside { wants: "a list", is }),
    }
}

fn remove(root: &mut Node, steps: &[Step]) -> Result<bool, Fault> {
    let Some((last, parents)) = steps.split_last() else { return Ok(false) };
    let mut node = root;
    for step in parents {
        let next = match (&mut node.value, step) {
            (Value::Map(entries), Step::Key(key)) => {
                entries.iter_mut().find(|entry| entry.key == *key).map(|entry| &mut entry.value)
            }
            (Value::List(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        };
        match next {
            Some(next) => node = next,
            None => return Ok(false),
        }
    }
    match (&mut node.value, last) {
        (Value::Map(entries), Step::Key(key)) => {
            let before = entries.len();
            entries.retain(|entry| entry.key != *key);
            Ok(entries.len() < before)
        }
        (Value::List(items), Step::Index(index)) if *index < items.len() => {
            items.remove(*index);
            Ok(true)
        }
        (Value::List(items), Step::Index(_)) => Err(Fault::PastEnd(items.len())),
        _ => Ok(false),
    }
}

fn shift(span: Span, base: usize) -> Span {
    Span::new(span.start as usize + base, span.end as usize + base)
}

fn shift_node(node: &mut Node, base: usize) {
    node.span = shift(node.span, base);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| shift_node(item, base)),
        Value::Map(entries) => {
            for entry in entries {
                entry.key_span = shift(entry.key_span, base);
                shift_node(&mut entry.value, base);
            }
        }
        _ => {}
    }
}

/// The text of an example with the text of a case file behind it.
#[derive(Debug, Clone)]
pub(super) struct Joined {
    /// Both texts, under the example's name.
    pub source: Source,
    /// Where the case file's part begins.
    pub base: usize,
    case_file: Source,
}

impl Joined {
    pub(super) fn new(example: &Source, case_file: &Source) -> Self {
        let text = format!("{}\n{}", example.text(), case_file.text());
        Self {
            source: Source::new(example.id().as_str(), &text),
            base: example.text().len() + 1,
            case_file: case_file.clone(),
        }
    }

    /// A place of the joined text, in the file that it comes from.
    pub(super) fn locate(&self, at: &Location) -> Location {
        match (at.span.start as usize).checked_sub(self.base) {
            Some(start) if at.source == *self.source.id() => {
                self.case_file.locate(Span::new(start, (at.span.end as usize).saturating_sub(self.base)))
            }
            _ => at.clone(),
        }
    }

    /// A diagnostic about the joined text, with its places in the files that they come from.
    pub(super) fn relocate(&self, found: &mut Diagnostic) {
        found.location = self.locate(&found.location);
        found.labels.iter_mut().for_each(|label| label.location = self.locate(&label.location));
        for edit in found.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.location = self.locate(&edit.location);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Limits, parse};

    fn tree(text: &str) -> Node {
        parse(Source::new("t", text), Format::Yaml, &Limits::default()).root.unwrap()
    }

    fn apply(text: &str, path: &str, value: &str) -> Result<(bool, String), Fault> {
        let mut root = tree(text);
        let value = tree(&format!("v: {value}")).get("v").unwrap().clone();
        let change =
            Change { path: path.to_owned(), steps: steps(path).unwrap(), key: Span::new(1, 3), value };
        let differs = change.apply(&mut root, 100)?;
        Ok((differs, root.to_json().to_string()))
    }

    #[test]
    fn a_path_is_keys_and_places() {
        let path = steps("links[0].kind").unwrap();
        assert_eq!(path, [Step::Key("links".into()), Step::Index(0), Step::Key("kind".into())]);
        assert_eq!(schema_path(&path), "links[].kind");
        for bad in ["", ".", "a.", "a..b", "[0]", "a[x]", "a[0", "a[]", "a[0]b", "a[-1]", "é[９]"] {
            assert_eq!(steps(bad), None, "{bad}");
        }
    }

    #[test]
    fn changes_set_add_and_remove() {
        let of = |text, path, value| apply(text, path, value).unwrap();
        assert_eq!(of("a: {b: 1}", "a.b", "2"), (true, r#"{"a":{"b":2}}"#.to_owned()));
        assert_eq!(of("a: {b: 1}", "a.b", "1"), (false, r#"{"a":{"b":1}}"#.to_owned()));
        assert_eq!(of("x: 1", "a.b", "[c]"), (true, r#"{"x":1,"a":{"b":["c"]}}"#.to_owned()));
        assert_eq!(of("a: {b: 1, c: 2}", "a.b", "null"), (true, r#"{"a":{"c":2}}"#.to_owned()));
        assert!(!of("a: {c: 2}", "a.b", "null").0);
        assert!(!of("a: {c: 2}", "x.y.z", "null").0);
        assert_eq!(of("a: [1]", "a[1]", "2"), (true, r#"{"a":[1,2]}"#.to_owned()));
        assert_eq!(of("x: 1", "a[0].k", "v"), (true, r#"{"x":1,"a":[{"k":"v"}]}"#.to_owned()));
        assert_eq!(of("a: [1, 2]", "a[0]", "null"), (true, r#"{"a":[2]}"#.to_owned()));
        assert_eq!(of("a: 1\na: 2", "a", "3"), (true, r#"{"a":3}"#.to_owned()));
    }

    #[test]
    fn a_change_without_a_place_says_why() {
        assert_eq!(apply("a: [1]", "a[5]", "2"), Err(Fault::PastEnd(1)));
        assert_eq!(apply("a: [1]", "a[1]", "null"), Err(Fault::PastEnd(1)));
        assert_eq!(apply("a: x", "a.b", "2"), Err(Fault::NotInside { wants: "a mapping", is: "text" }));
        assert_eq!(
            apply("a: {b: 1}", "a[0]", "2"),
            Err(Fault::NotInside { wants: "a list", is: "a mapping" })
        );
    }

    #[test]
    fn places_of_a_change_lead_back_to_the_case_file() {
        let joined = Joined::new(&Source::new("e", "a: 1"), &Source::new("c", "changes: {a: 2}"));
        let inside = joined.source.locate(Span::new(joined.base + 13, joined.base + 14));
        assert_eq!(joined.source.slice(inside.span), "2");
        let back = joined.locate(&inside);
        assert_eq!((back.source.as_str(), back.span), ("c", Span::new(13, 14)));
        let own = joined.source.locate(Span::new(3, 4));
        assert_eq!(joined.locate(&own), own);
    }
}
