//! From the flat tree to the real one: aliases and merge keys replaced by what they stand for, scalars
//! given their types, tags obeyed.

use super::codes;
use super::events::{Id, Kind, Raw, TagName, Tree};
use super::faults::{Faults, quoted};
use super::keys::mark_duplicates;
use super::limits::Limits;
use super::scalar;
use super::{Entry, Node, Value};
use crate::source::Span;
use std::collections::BTreeSet;

/// The tree that a flat tree stands for. `untrusted` are the offsets, in order, of characters that were
/// replaced to read on: a scalar that holds one is unreadable.
pub(super) fn expand(
    tree: &Tree,
    untrusted: &[usize],
    limits: &Limits,
    faults: &mut Faults<'_>,
) -> Option<Node> {
    let root = tree.nodes.get(tree.root?)?;
    if matches!(root.kind, Kind::Scalar { .. }) && root.span.is_empty() && root.tag.is_none() {
        return None;
    }
    let spare = limits.max_nodes.saturating_sub(tree.nodes.len()) as u64;
    let mut expansion = Expansion { tree, untrusted, limits, spare, faults, in_alias: 0, refused: false };
    Some(expansion.node(tree.root?, 0))
}

struct Expansion<'a, 's> {
    tree: &'a Tree,
    untrusted: &'a [usize],
    limits: &'a Limits,
    /// How many more values aliases may add.
    spare: u64,
    faults: &'a mut Faults<'s>,
    /// How many aliases are being replaced around here: what is wrong inside was said at the anchor.
    in_alias: usize,
    refused: bool,
}

impl Expansion<'_, '_> {
    fn node(&mut self, id: Id, depth: usize) -> Node {
        let Some(raw) = self.tree.nodes.get(id) else { return Node::new(Span::default(), Value::Broken) };
        let value = match &raw.kind {
            Kind::Broken => Value::Broken,
            Kind::List(_) | Kind::Map(_) if depth >= self.limits.depth() => self.too_deep(raw),
            Kind::List(items) => {
                let items = items.iter().map(|&item| self.node(item, depth + 1)).collect();
                self.tagged(raw, Value::List(items), "seq")
            }
            Kind::Map(children) => {
                let entries = self.entries(children, depth + 1);
                self.tagged(raw, Value::Map(entries), "map")
            }
            Kind::Scalar { text, plain } => self.scalar(raw, text, *plain),
            Kind::Alias(target) => self.alias(raw, *target, depth),
            Kind::UnknownAlias => self.unknown_alias(raw.span),
            Kind::RecursiveAlias => self.recursive_alias(raw.span),
        };
        Node::new(raw.span, value)
    }

    fn alias(&mut self, raw: &Raw, target: Id, depth: usize) -> Value {
        // An alias inside another was weighed with it.
        if self.in_alias == 0 {
            if raw.weight > self.spare {
                return self.too_many(raw.span);
            }
            self.spare -= raw.weight;
        }
        self.in_alias += 1;
        let value = self.node(target, depth).value;
        self.in_alias -= 1;
        value
    }

    fn entries(&mut self, children: &[Id], depth: usize) -> Vec<Entry> {
        let mut entries = vec![];
        let mut merged = vec![];
        for pair in children.chunks_exact(2) {
            let &[key, value] = pair else { continue };
            let is_merge = matches!(self.tree.nodes.get(key),
                Some(Raw { kind: Kind::Scalar { text, plain: true }, tag: None, .. }) if text == "<<");
            if is_merge {
                let value = self.node(value, depth);
                self.merge(value, &mut merged);
            } else if let Some((key, key_span)) = self.key(key) {
                let value = self.node(value, depth);
                entries.push(Entry { key, key_span, value, duplicate: false, merged: false });
            }
        }
        if self.in_alias == 0 {
            mark_duplicates(&mut entries, self.faults);
        } else {
            mark_duplicates(&mut entries, &mut Faults::new(self.faults.source(), self.limits));
        }
        add_merged(&mut entries, merged);
        entries
    }

    /// The text of a key: what was written, whatever it would be as a value.
    fn key(&mut self, id: Id) -> Option<(String, Span)> {
        let raw = self.tree.nodes.get(id)?;
        let mut target = raw;
        // An alias names a finished value, so this goes strictly backwards and ends.
        while let Kind::Alias(id) = &target.kind {
            target = self.tree.nodes.get(*id)?;
        }
        match &target.kind {
            Kind::Scalar { text, .. } => return Some((text.clone(), raw.span)),
            Kind::UnknownAlias => {
                self.unknown_alias(raw.span);
            }
            Kind::RecursiveAlias => {
                self.recursive_alias(raw.span);
            }
            Kind::List(_) | Kind::Map(_) if self.in_alias == 0 => {
                let fault = self
                    .faults
                    .error(codes::COMPLEX_KEY, raw.span, "a key must be text, not a list or a mapping")
                    .help("if this is meant as text, put it in quotes");
                self.faults.report(fault);
            }
            _ => {}
        }
        None
    }

    fn merge(&mut self, node: Node, merged: &mut Vec<Vec<Entry>>) {
        match node.value {
            Value::Map(entries) => merged.push(entries),
            Value::List(items) => {
                for item in items {
                    match item.value {
                        Value::Map(entries) => merged.push(entries),
                        other => self.cannot_merge(item.span, &other),
                    }
                }
            }
            other => self.cannot_merge(node.span, &other),
        }
    }

    fn cannot_merge(&mut self, span: Span, value: &Value) {
        if self.in_alias > 0 || matches!(value, Value::Broken) {
            return;
        }
        let message = format!("`<<` takes in the keys of a mapping, but this is {}", value.kind());
        let fault = self
            .faults
            .error(codes::MERGE, span, message)
            .help("name a mapping by its anchor: `<<: *name`; to have a key of this name, quote it");
        self.faults.report(fault);
    }

    fn scalar(&mut self, raw: &Raw, text: &str, plain: bool) -> Value {
        if holds(self.untrusted, raw.span) {
            return Value::Broken;
        }
        let untagged = |plain| if plain { scalar::resolve(text) } else { Value::Text(text.to_owned()) };
        let Some(tag) = &raw.tag else { return untagged(plain) };
        let value = match tag.known.as_deref() {
            None => {
                self.unknown_tag(tag);
                Some(untagged(plain))
            }
            Some("str" | "!") => Some(Value::Text(text.to_owned())),
            Some("int") => Some(scalar::resolve(text)).filter(|value| is_whole(value, text)),
            Some("float") => scalar::number(text),
            Some("bool") => Some(scalar::resolve(text)).filter(|value| matches!(value, Value::Bool(_))),
            Some("null") => Some(scalar::resolve(text)).filter(|value| matches!(value, Value::Null)),
            Some(_) => None,
        };
        value.unwrap_or_else(|| self.tag_mismatch(tag, raw.span))
    }

    /// A list or mapping under its tag.
    fn tagged(&mut self, raw: &Raw, value: Value, own: &str) -> Value {
        let Some(tag) = &raw.tag else { return value };
        match tag.known.as_deref() {
            None => {
                self.unknown_tag(tag);
                value
            }
            Some("!") => value,
            Some(known) if known == own => value,
            Some(_) => self.tag_mismatch(tag, tag.span),
        }
    }

    fn tag_mismatch(&mut self, tag: &TagName, span: Span) -> Value {
        if self.in_alias == 0 {
            let span = if span.is_empty() { tag.span } else { span };
            let written = quoted(self.faults.source().slice(tag.span));
            let fault = self
                .faults
                .error(codes::TAG, span, format!("the tag {written} does not fit this value"))
                .help("remove the tag, or write a value of that kind");
            self.faults.report(fault);
        }
        Value::Broken
    }

    fn unknown_tag(&mut self, tag: &TagName) {
        if self.in_alias > 0 {
            return;
        }
        let message = format!("the tag {} has no meaning here", quoted(self.faults.source().slice(tag.span)));
        let fault = self
            .faults
            .warning(codes::UNKNOWN_TAG, tag.span, message)
            .help("the value is read as if the tag were not there")
            .fix(self.faults.fix("remove the tag", tag.span, ""));
        self.faults.report(fault);
    }

    fn unknown_alias(&mut self, span: Span) -> Value {
        if self.in_alias == 0 {
            let name = self.faults.source().slice(span).trim_start_matches('*');
            let fault = self
                .faults
                .error(codes::UNKNOWN_ALIAS, span, format!("no anchor `&{name}` stands before this alias"))
                .help("an alias repeats a value that carries its anchor further up; to write a text that starts with `*`, quote it");
            self.faults.report(fault);
        }
        Value::Broken
    }

    fn recursive_alias(&mut self, span: Span) -> Value {
        if self.in_alias == 0 {
            let fault = self
                .faults
                .error(codes::RECURSIVE_ALIAS, span, "this alias stands inside the value that it names")
                .help("a value cannot hold itself");
            self.faults.report(fault);
        }
        Value::Broken
    }

    fn too_deep(&mut self, raw: &Raw) -> Value {
        if self.in_alias == 0 {
            let fault = too_deep(self.faults, raw.span, self.limits.depth());
            self.faults.report(fault);
        }
        Value::Broken
    }

    fn too_many(&mut self, span: Span) -> Value {
        if !self.refused {
            self.refused = true;
            let message =
                format!("with this alias the document would hold more than {} values", self.limits.max_nodes);
            let fault = self
                .faults
                .error(codes::TOO_MANY_VALUES, span, message)
                .help("aliases of aliases multiply; write out what is needed");
            self.faults.report(fault);
        }
        Value::Broken
    }
}

/// The error for what stands deeper than the limit.
pub(super) fn too_deep(faults: &Faults<'_>, span: Span, depth: usize) -> crate::diagnostic::Diagnostic {
    // The text inside may be huge; where it starts is what matters.
    let start = span.start as usize;
    let width =
        faults.source().text().get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    faults
        .error(
            codes::TOO_DEEP,
            Span::new(start, start + width),
            format!("this stands more than {depth} levels deep"),
        )
        .help("what is inside is not read")
}

/// Adds the entries of merge keys: explicit keys win, and of several mappings the earlier.
fn add_merged(entries: &mut Vec<Entry>, merged: Vec<Vec<Entry>>) {
    if merged.is_empty() {
        return;
    }
    let mut taken: BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    for source in merged {
        let fresh = source.into_iter().filter(|entry| !taken.contains(&entry.key));
        let fresh: Vec<Entry> = fresh.map(|entry| Entry { merged: true, ..entry }).collect();
        taken.extend(fresh.iter().map(|entry| entry.key.clone()));
        entries.extend(fresh);
    }
}

/// Whether one of the offsets lies in the span.
pub(super) fn holds(untrusted: &[usize], span: Span) -> bool {
    let first = untrusted.partition_point(|&offset| offset < span.start as usize);
    untrusted.get(first).is_some_and(|&offset| offset < span.end as usize)
}

fn is_whole(value: &Value, text: &str) -> bool {
    match value {
        Value::Int(_) => true,
        Value::Number(_) => !text.contains(['.', 'e', 'E']) || text.starts_with("0x"),
        _ => false,
    }
}
