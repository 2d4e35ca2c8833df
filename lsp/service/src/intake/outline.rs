//! The shape of an intake: symbols, folds, selections and links. All from the tree that was read.

use super::View;
use super::skeleton::Step;
use super::spot::field_at;
use super::words;
use crate::answer::{Fold, Link, LinkTarget, Span, Symbol, SymbolKind};
use remit_core::document::{Entry, Node, Value};
use remit_core::schema::Kind;

/// As many letters of a value are shown beside its name.
const DETAIL: usize = 60;
/// As many links are listed.
const LINKS: usize = 1_000;

impl View {
    pub(crate) fn symbols(&self) -> Vec<Symbol> {
        self.analysis.root().map(|root| self.symbols_in(root, &[])).unwrap_or_default()
    }

    fn symbols_in(&self, node: &Node, path: &[Step]) -> Vec<Symbol> {
        match &node.value {
            Value::Map(entries) => {
                let own = entries.iter().filter(|entry| self.is_own(node, entry));
                own.map(|entry| {
                    let path: Vec<Step> =
                        path.iter().cloned().chain([Step::Key(entry.key.clone())]).collect();
                    let span = Span::from(entry.key_span.to(entry.value.span));
                    self.symbol(entry.key.clone(), span, entry.key_span.into(), &entry.value, &path)
                })
                .collect()
            }
            Value::List(items) => {
                let own = items.iter().enumerate().filter(|(_, item)| inside(node, item.span.into()));
                own.map(|(index, item)| {
                    let path: Vec<Step> = path.iter().cloned().chain([Step::Item(index)]).collect();
                    let span = Span::from(item.span);
                    let mut symbol =
                        self.symbol(item_name(item, index), span, self.first_line(span), item, &path);
                    symbol.kind = SymbolKind::Item;
                    symbol
                })
                .collect()
            }
            _ => vec![],
        }
    }

    /// Whether an entry is written in its mapping, and not merged into it from elsewhere.
    fn is_own(&self, node: &Node, entry: &Entry) -> bool {
        inside(node, entry.key_span.into()) && inside(node, entry.value.span.into())
    }

    fn symbol(&self, name: String, span: Span, name_span: Span, value: &Node, path: &[Step]) -> Symbol {
        let children = self.symbols_in(value, path);
        let written = self.analysis.source().slice(value.span);
        let scalar = !matches!(value.value, Value::Map(_) | Value::List(_) | Value::Null);
        let detail = match &value.value {
            Value::List(items) => Some(words::count(items.len(), "item")),
            _ => scalar.then(|| words::short(written, DETAIL)),
        };
        let field = self.analysis.known().and_then(|known| field_at(known.schema(), path));
        let kind = match (&value.value, field.map(|field| &field.kind)) {
            (Value::Map(_), _) => SymbolKind::Group,
            (Value::List(_), _) => SymbolKind::List,
            (Value::Bool(_), _) => SymbolKind::Bool,
            (Value::Int(_) | Value::Number(_), _) => SymbolKind::Number,
            (Value::Text(_), Some(Kind::Choice(_))) => SymbolKind::Choice,
            (_, Some(Kind::Group(_))) => SymbolKind::Group,
            (_, Some(Kind::Bool)) => SymbolKind::Bool,
            (_, Some(Kind::Int { .. })) => SymbolKind::Number,
            (_, Some(Kind::Choice(_))) => SymbolKind::Choice,
            (_, Some(Kind::List { .. })) => SymbolKind::List,
            _ => SymbolKind::Text,
        };
        let span = Span { start: span.start.min(name_span.start), end: span.end.max(name_span.end) };
        Symbol { name, detail, kind, span, name_span, children }
    }

    pub(crate) fn folding(&self) -> Vec<Fold> {
        let mut folds = vec![];
        if let Some(root) = self.analysis.root() {
            self.folds(root, &mut folds);
        }
        self.comments(&mut folds);
        folds.sort_by_key(|fold| fold.span);
        folds.dedup();
        folds
    }

    fn folds(&self, node: &Node, out: &mut Vec<Fold>) {
        match &node.value {
            Value::Map(entries) => {
                for entry in entries.iter().filter(|entry| self.is_own(node, entry)) {
                    self.fold(Span::from(entry.key_span.to(entry.value.span)), false, out);
                    self.folds(&entry.value, out);
                }
            }
            Value::List(items) => {
                for item in items.iter().filter(|item| inside(node, item.span.into())) {
                    self.fold(item.span.into(), false, out);
                    self.folds(item, out);
                }
            }
            _ => {}
        }
    }

    /// Adds a fold for what stands on several lines, without the blank lines at its end.
    fn fold(&self, span: Span, comment: bool, out: &mut Vec<Fold>) {
        let source = self.analysis.source();
        let written = source.slice(span.into());
        let span = Span {
            start: span.start,
            end: span.start + u32::try_from(written.trim_end().len()).unwrap_or(0),
        };
        if source.line_of(span.start as usize) < source.line_of(span.end as usize) {
            out.push(Fold { span, comment });
        }
    }

    fn comments(&self, out: &mut Vec<Fold>) {
        let source = self.analysis.source();
        let mut block: Option<Span> = None;
        for line in (0..source.line_count()).filter_map(|line| source.line_span(line)) {
            let text = source.slice(line);
            if text.trim_start().starts_with('#') {
                let start = line.start as usize + text.len() - text.trim_start().len();
                let span = Span::new(start, line.end as usize);
                block = Some(block.map_or(span, |block| Span { start: block.start, end: span.end }));
            } else if let Some(block) = block.take() {
                self.fold(block, true, out);
            }
        }
        if let Some(block) = block {
            self.fold(block, true, out);
        }
    }

    pub(crate) fn selection_range(&self, offset: usize) -> Vec<Span> {
        let text = self.analysis.text();
        let offset = text.floor_char_boundary(offset);
        let mut spans = vec![word(text, offset)];
        if let Some(root) = self.analysis.root() {
            around(root, offset, &mut spans);
        }
        spans.push(Span::new(0, text.len()));
        // From the inside out, each strictly around the one before.
        spans.sort_by_key(|span| (span.end - span.start, span.start));
        let mut chain: Vec<Span> = vec![];
        for span in spans {
            let holds = chain
                .last()
                .is_none_or(|inner| span.start <= inner.start && inner.end <= span.end && *inner != span);
            if holds {
                chain.push(span);
            }
        }
        chain
    }

    pub(crate) fn links(&self) -> Vec<Link> {
        let mut links = vec![];
        if let Some(root) = self.analysis.root() {
            self.links_in(root, &mut links);
        }
        links.sort_by_key(|link| link.span);
        links.dedup();
        links.truncate(LINKS);
        links
    }

    fn links_in(&self, node: &Node, out: &mut Vec<Link>) {
        match &node.value {
            Value::Map(entries) => entries.iter().for_each(|entry| self.links_in(&entry.value, out)),
            Value::List(items) => items.iter().for_each(|item| self.links_in(item, out)),
            Value::Text(_) => {
                let written = self.analysis.source().slice(node.span);
                let start = node.span.start as usize;
                for (at, address) in addresses(written) {
                    let span = Span::new(start + at, start + at + address.len());
                    out.push(Link { span, target: LinkTarget::Address(address.to_owned()) });
                }
            }
            _ => {}
        }
    }
}

fn inside(node: &Node, span: Span) -> bool {
    node.span.start <= span.start && span.end <= node.span.end
}

/// The name of a list's item: its number and the first text in it.
fn item_name(item: &Node, index: usize) -> String {
    let first = item.as_map().and_then(|entries| entries.iter().find_map(|entry| entry.value.as_text()));
    match first.or_else(|| item.as_text()) {
        Some(text) if !text.trim().is_empty() => words::short(text, DETAIL),
        _ => format!("#{}", index + 1),
    }
}

/// The word at an offset.
fn word(text: &str, offset: usize) -> Span {
    let part = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let before: usize =
        text.get(..offset).unwrap_or_default().chars().rev().take_while(part).map(char::len_utf8).sum();
    let after: usize =
        text.get(offset..).unwrap_or_default().chars().take_while(part).map(char::len_utf8).sum();
    Span::new(offset - before, offset + after)
}

fn around(node: &Node, offset: usize, out: &mut Vec<Span>) {
    if !node.span.touches(offset) {
        return;
    }
    out.push(node.span.into());
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let whole = entry.key_span.to(entry.value.span);
                if whole.touches(offset) {
                    out.push(whole.into());
                    if entry.key_span.touches(offset) {
                        out.push(entry.key_span.into());
                    }
                    around(&entry.value, offset, out);
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| around(item, offset, out)),
        _ => {}
    }
}

/// Web addresses in a text, with their offsets.
fn addresses(text: &str) -> Vec<(usize, &str)> {
    let mut found = vec![];
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let next = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min();
        let Some(at) = next else { break };
        let address = rest.get(at..).unwrap_or_default();
        let ends = |c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '`' | '|' | '\\')
        };
        let length = address.find(ends).unwrap_or(address.len());
        let address =
            address.get(..length).unwrap_or_default().trim_end_matches(['.', ',', ';', ')', ']', '}']);
        if address.len() > "https://".len() {
            found.push((from + at, address));
        }
        from += at + length.max(1);
        while !text.is_char_boundary(from) && from < text.len() {
            from += 1;
        }
    }
    found
}
