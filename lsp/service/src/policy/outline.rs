//! Outlines: the rules, helpers and constants of a topic, the entries of a catalogue, the fields of a schema;
//! and all of these by name.

use super::View;
use super::names::Target;
use super::script::{Item, ItemKind, Script};
use crate::answer::{Place, Span, Symbol, SymbolKind, WorkspaceSymbol};
use crate::kind::FileKind;
use crate::snapshot::{Snapshot, is_like};
use remit_core::document::{Entry, Node, Value};
use remit_core::schema::{Field, FieldId, Kind, Schema};
use remit_core::source;
use std::collections::BTreeMap;

/// A query without letters is answered with this many symbols of a pack.
const MOST: usize = 2_000;

impl View<'_> {
    pub(crate) fn symbols(&self) -> Vec<Symbol> {
        match self.kind {
            FileKind::Rules => topic(&self.script()),
            FileKind::Catalogue => self.catalogue_symbols(),
            FileKind::Schema => self.schema_symbols(),
            FileKind::Manifest | FileKind::Case => {
                let document = self.file.document();
                let entries = document.root.as_ref().and_then(Node::as_map).unwrap_or_default();
                let of = |entry: &Entry| match (self.kind, entry.key.as_str()) {
                    (FileKind::Case, "cases") => cases(entry),
                    _ => data(entry, SymbolKind::Group, 0),
                };
                entries.iter().filter_map(of).collect()
            }
            FileKind::Intake | FileKind::Other => vec![],
        }
    }

    fn catalogue_symbols(&self) -> Vec<Symbol> {
        let document = self.file.document();
        let entries = document.root.as_ref().and_then(Node::as_map).unwrap_or_default();
        let section = |section: &Entry| {
            let mut symbol = data(section, SymbolKind::Group, 0)?;
            let children = section.value.as_map().unwrap_or_default().iter().filter_map(|entry| {
                let mut child = symbol_of(entry, SymbolKind::Entry)?;
                child.detail = entry.value.get("title").and_then(Node::as_text).map(str::to_owned);
                Some(child)
            });
            symbol.children = children.collect();
            symbol.detail =
                Some(super::lenses::count(symbol.children.len(), "entry").replace("entrys", "entries"));
            Some(symbol)
        };
        entries.iter().filter_map(section).collect()
    }

    fn schema_symbols(&self) -> Vec<Symbol> {
        let Some(schema) = self.schema() else { return vec![] };
        let own = schema.fields_of(self.file.source()).map(|(field, span)| (field.id, span)).collect();
        fields(schema, &own, schema.root())
    }
}

/// The cases of a file, by their names.
fn cases(entry: &Entry) -> Option<Symbol> {
    let mut symbol = symbol_of(entry, SymbolKind::Group)?;
    let items = entry.value.as_list().unwrap_or_default();
    let case = |(place, item): (usize, &Node)| {
        let named = item.entry("name").filter(|name| name.value.as_text().is_some());
        let first = item.as_map().and_then(|entries| entries.first());
        let name_span: Span = match (named, first) {
            (Some(name), _) => name.value.span.into(),
            (None, Some(first)) => first.key_span.into(),
            (None, None) => return None,
        };
        let name = named.and_then(|name| name.value.as_text()).map(str::to_owned);
        let span =
            Span { start: item.span.start.min(name_span.start), end: item.span.end.max(name_span.end) };
        Some(Symbol {
            name: name.unwrap_or_else(|| format!("case {}", place + 1)),
            detail: None,
            kind: SymbolKind::Case,
            span,
            name_span,
            children: vec![],
        })
    };
    symbol.children = items.iter().enumerate().filter_map(case).collect();
    symbol.detail = Some(super::lenses::count(symbol.children.len(), "case"));
    Some(symbol)
}

/// The outline of a rule file.
fn topic(script: &Script) -> Vec<Symbol> {
    let mut symbols = vec![];
    for item in &script.items {
        let Some(name) = item.name else { continue };
        let (kind, text, name_span, detail) = match item.kind {
            ItemKind::Rule => {
                (SymbolKind::Rule, script.value(name), script.inside(name), Some(effects(script, item)))
            }
            ItemKind::Function => {
                let params: Vec<&str> = item.params.iter().map(|param| script.says(*param)).collect();
                let detail = format!("({})", params.join(", "));
                (SymbolKind::Function, script.says(name), script.span(name), Some(detail))
            }
            ItemKind::Constant => {
                let value = script.range_span(&(name + 2..item.tokens.end));
                let value = script.slice(value).trim_end_matches(';').trim();
                (SymbolKind::Constant, script.says(name), script.span(name), Some(format!("= {value}")))
            }
            ItemKind::Stray => continue,
        };
        let end = script.item_span(item).end;
        symbols.push(Symbol {
            name: if text.is_empty() { "…".to_owned() } else { text.to_owned() },
            detail: detail.filter(|detail| !detail.is_empty()),
            kind,
            span: Span { start: item.start.min(name_span.start), end: end.max(name_span.end) },
            name_span,
            children: vec![],
        });
    }
    symbols
}

/// What a rule does, in a few words: `tier 2, deep-review`.
fn effects(script: &Script, item: &Item) -> String {
    let mut words = vec![];
    for call in item.calls.iter().skip(1) {
        let Some(argument) = call.arguments.first().map(|range| range.start) else { continue };
        match script.says(call.name) {
            "tier" => words.push(format!("tier {}", script.says(argument))),
            "when" | "because" | "cites" | "flag" | "within" => {}
            _ => words.push(script.value(argument).to_owned()),
        }
    }
    words.join(", ")
}

fn symbol_of(entry: &Entry, kind: SymbolKind) -> Option<Symbol> {
    let name_span: Span = entry.key_span.into();
    // What an alias or a merge key brings in stands elsewhere.
    let value = entry.value.span;
    let end = if value.start >= name_span.start { value.end.max(name_span.end) } else { name_span.end };
    (!entry.key.is_empty() && name_span.start < name_span.end).then(|| Symbol {
        name: entry.key.clone(),
        detail: None,
        kind,
        span: Span { start: name_span.start, end },
        name_span,
        children: vec![],
    })
}

/// A key with what stands under it, a few levels deep.
fn data(entry: &Entry, kind: SymbolKind, depth: usize) -> Option<Symbol> {
    let mut symbol = symbol_of(entry, kind)?;
    match &entry.value.value {
        Value::Map(entries) if depth < 3 => {
            symbol.children = entries.iter().filter_map(|entry| data(entry, kind, depth + 1)).collect();
        }
        Value::Text(text) => symbol.detail = text.lines().next().map(str::to_owned),
        Value::Int(number) => symbol.detail = Some(number.to_string()),
        Value::Bool(value) => symbol.detail = Some(value.to_string()),
        Value::List(items) => symbol.detail = Some(super::lenses::count(items.len(), "item")),
        _ => {}
    }
    Some(symbol)
}

/// What stands in a group and is declared in this text, or holds something that is.
fn fields(schema: &Schema, own: &BTreeMap<FieldId, source::Span>, group: &Field) -> Vec<Symbol> {
    let children = schema.children(group).iter().map(|id| schema.field(*id));
    let symbol = |field: &Field| {
        let (kind, inner) = match &field.kind {
            Kind::Bool => (SymbolKind::Bool, vec![]),
            Kind::Int { .. } => (SymbolKind::Number, vec![]),
            Kind::Text(_) => (SymbolKind::Text, vec![]),
            Kind::Choice(_) => (SymbolKind::Choice, vec![]),
            Kind::Group(_) => (SymbolKind::Group, fields(schema, own, field)),
            Kind::List { item, .. } => (SymbolKind::List, fields(schema, own, schema.field(*item))),
        };
        // A group of the pack that is extended stands around what is added to it.
        let around = || inner.first().map(|first| first.name_span);
        let name_span: Span = own.get(&field.id).map(|span| (*span).into()).or_else(around)?;
        let end = inner.iter().map(|child| child.span.end).max().unwrap_or_default().max(name_span.end);
        let start = inner.iter().map(|child| child.span.start).min().unwrap_or(u32::MAX).min(name_span.start);
        Some(Symbol {
            name: field.key.clone(),
            detail: Some(field.title.clone()),
            kind,
            span: Span { start, end },
            name_span,
            children: inner,
        })
    };
    children.filter_map(symbol).collect()
}

/// Rules, helpers, constants and entries of all packs whose name is like a query.
pub(crate) fn workspace_symbols(snapshot: &Snapshot, query: &str) -> Vec<WorkspaceSymbol> {
    let roots = snapshot.pack_roots();
    let mut packs: Vec<Option<&str>> = roots.iter().map(|root| Some(root.as_str())).collect();
    if packs.is_empty() {
        packs.push(None);
    }
    let mut found = vec![];
    for root in packs {
        for file in snapshot.files_of_pack(root) {
            match snapshot.kind(file.id()) {
                FileKind::Rules => rules(&file.script(), file.id(), query, &mut found),
                FileKind::Catalogue => {
                    let Some(view) = View::new(snapshot, file.id()) else { continue };
                    let declared = view.occurrences(&file).into_iter().filter(|found| found.declares);
                    for entry in declared {
                        let Target::Entry(section, id) = entry.target else { continue };
                        if is_like(&id, query) {
                            found.push(WorkspaceSymbol {
                                name: id,
                                kind: SymbolKind::Entry,
                                place: Place { file: file.id().to_owned(), span: entry.span },
                                container: Some(section.to_string()),
                            });
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found.truncate(MOST);
    found
}

fn rules(script: &Script, id: &str, query: &str, found: &mut Vec<WorkspaceSymbol>) {
    let container = id.rsplit('/').next().map(|name| name.trim_end_matches(".rhai").to_owned());
    for symbol in topic(script).into_iter().filter(|symbol| is_like(&symbol.name, query)) {
        found.push(WorkspaceSymbol {
            name: symbol.name,
            kind: symbol.kind,
            place: Place { file: id.to_owned(), span: symbol.name_span },
            container: container.clone(),
        });
    }
}
