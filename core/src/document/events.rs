//! The events of the YAML parser, gathered into a flat tree.
//!
//! Nothing is interpreted here: aliases stay references, scalars stay text. The flat form knows for each
//! value what it would weigh with its aliases replaced, so that an alias bomb is refused before it goes off.

use super::limits::Limits;
use crate::source::Span;
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, StrInput, StructureStyle, Tag, options};
use std::collections::BTreeMap;

/// A place in [`Tree::nodes`].
pub(super) type Id = usize;

/// A tag as written, and the name it has among YAML's own.
#[derive(Debug, Clone)]
pub(super) struct TagName {
    pub(super) span: Span,
    /// `str`, `int`, …; `!` for the tag that means "text"; `None` for one that means nothing to us.
    pub(super) known: Option<String>,
}

/// What a value of the flat tree is.
#[derive(Debug)]
pub(super) enum Kind {
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Id>),
    /// Keys and values by turns.
    Map(Vec<Id>),
    Alias(Id),
    /// The alias stands inside the value it names.
    RecursiveAlias,
    UnknownAlias,
    /// Text that recovery passed over, or the place where reading stopped.
    Broken,
}

/// A value of the flat tree.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) span: Span,
    pub(super) tag: Option<TagName>,
    pub(super) kind: Kind,
    /// How many values it stands for, long texts counting for several.
    pub(super) weight: u64,
}

/// The first document of a text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Raw>,
    pub(super) root: Option<Id>,
    /// The version that a `%YAML` directive names, and where the document starts after it.
    pub(super) version: Option<(u32, u32)>,
    /// Where a second document starts.
    pub(super) second_document: Option<Span>,
}

/// Why reading stopped early.
#[derive(Debug)]
pub(super) enum Stop {
    Syntax { kind: ErrorKind, offset: usize },
    TooManyValues { offset: usize },
}

/// A value that recovery blanked out: where it would start, and what stood there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    /// Offset after the `:` or `-` before it.
    pub(super) after: usize,
    /// The text that was blanked.
    pub(super) span: Span,
}

/// The parser over a text, set up as every pass of it must be.
pub(super) fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    // The parser keeps no stack of calls, so deep nesting costs it little; our own limit comes later and
    // leaves the rest of the text readable.
    const NESTING: usize = 1024;
    let options: Options = options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: NESTING,
        block_nesting_limit: NESTING,
    };
    Parser::new_from_str_with_options(text, options)
}

/// Reads the first document of a text, as far as it goes.
pub(super) fn read(text: &str, gaps: &[Gap], limits: &Limits) -> (Tree, Option<Stop>) {
    let mut builder = Builder { text, gaps, tree: Tree::default(), open: vec![], anchors: BTreeMap::new() };
    let mut documents = 0;
    for event in parser(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let offset = error_offset(text, &error);
                builder.stop_at(offset);
                return (builder.tree, Some(Stop::Syntax { kind: error.kind().clone(), offset }));
            }
        };
        match event {
            Event::DocumentStart(_, version) => {
                documents += 1;
                if documents > 1 {
                    builder.tree.second_document = Some(convert(&span));
                    break;
                }
                builder.tree.version = version.map(|version| (version.major, version.minor));
            }
            event => builder.event(event, &span),
        }
        if builder.tree.nodes.len() >= limits.max_nodes {
            let offset = convert(&span).end as usize;
            builder.stop_at(offset);
            return (builder.tree, Some(Stop::TooManyValues { offset }));
        }
    }
    (builder.tree, None)
}

/// The byte offset of a parser's error.
pub(super) fn error_offset(text: &str, error: &granit_parser::ScanError) -> usize {
    let marker = error.marker();
    let counted = || text.char_indices().nth(marker.index()).map_or(text.len(), |(offset, _)| offset);
    marker.byte_offset().unwrap_or_else(counted).min(text.len())
}

fn convert(span: &granit_parser::Span) -> Span {
    span.byte_range().map(|range| Span::new(range.start, range.end)).unwrap_or_default()
}

fn tag_name(tag: Option<&Tag>, span: &granit_parser::Span) -> Option<TagName> {
    let tag = tag?;
    let span = span.tag_span().map(|span| convert(&span)).unwrap_or_default();
    let known = if tag.parts() == ("", "!") || tag.parts() == ("!", "") {
        Some("!".to_owned())
    } else {
        tag.core_suffix().map(str::to_owned)
    };
    Some(TagName { span, known })
}

/// A list or mapping that has not ended yet.
struct Open {
    id: Id,
    children: Vec<Id>,
    weight: u64,
    flow: bool,
    is_map: bool,
}

struct Builder<'t> {
    text: &'t str,
    gaps: &'t [Gap],
    tree: Tree,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Id>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, parser_span: &granit_parser::Span) {
        let span = convert(parser_span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag_name(tag.as_deref(), parser_span);
                let raw = self.scalar(&text, style, span, tag);
                let id = self.add(raw);
                self.anchor(anchor, id);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.start(span, style, anchor, tag_name(tag.as_deref(), parser_span), false);
            }
            Event::MappingStart(style, anchor, tag) => {
                self.start(span, style, anchor, tag_name(tag.as_deref(), parser_span), true);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(Some(span)),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(_) => {
                self.add(Raw { span, tag: None, kind: Kind::UnknownAlias, weight: 1 });
            }
            _ => {}
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, span: Span, tag: Option<TagName>) -> Raw {
        let plain = style == ScalarStyle::Plain;
        let weight = 1 + text.len() as u64 / 32;
        if plain && span.is_empty() {
            return self.absent(span.start as usize, tag);
        }
        if let Some(gap) = self.gap_before() {
            // What follows a blanked `[1,` on the next line is a part of it, not the value.
            return Raw { span: gap.span.to(span), tag: None, kind: Kind::Broken, weight: 1 };
        }
        let span = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => block_scalar_span(self.text, span),
            _ => span,
        };
        Raw { span, tag, kind: Kind::Scalar { text: text.to_owned(), plain }, weight }
    }

    /// The offset after the colon that follows an offset, white space apart.
    fn after_colon(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(blanks..)?.starts_with(':').then_some(start + blanks + 1)
    }

    /// If the next node is the value of a key after which something was blanked: what that was.
    fn gap_before(&self) -> Option<Gap> {
        if self.gaps.is_empty() {
            return None;
        }
        let map = self.open.last().filter(|open| open.is_map && open.children.len() % 2 == 1)?;
        let key = self.tree.nodes.get(*map.children.last()?)?;
        let after = self.after_colon(key.span.end as usize)?;
        self.gaps.iter().find(|gap| gap.after == after).copied()
    }

    /// Nothing stands here. The parser says so right after the key; we want it after the colon.
    fn absent(&self, start: usize, tag: Option<TagName>) -> Raw {
        let after = self.after_colon(start).unwrap_or(start);
        // After a dash, the parser puts it behind the blanks.
        let gap = self.gaps.iter().find(|gap| (gap.after..=gap.span.end as usize).contains(&after));
        if let Some(gap) = gap {
            return Raw { span: gap.span, tag: None, kind: Kind::Broken, weight: 1 };
        }
        let kind = Kind::Scalar { text: String::new(), plain: true };
        Raw { span: Span::at(after), tag, kind, weight: 1 }
    }

    fn start(
        &mut self,
        span: Span,
        style: StructureStyle,
        anchor: usize,
        tag: Option<TagName>,
        is_map: bool,
    ) {
        let kind = if is_map { Kind::Map(vec![]) } else { Kind::List(vec![]) };
        let id = self.add(Raw { span, tag, kind, weight: 1 });
        self.anchor(anchor, id);
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { id, children: vec![], weight: 1, flow, is_map });
    }

    fn end(&mut self, closing: Option<Span>) {
        let Some(mut open) = self.open.pop() else { return };
        if open.is_map && open.children.len() % 2 == 1 {
            // Reading stopped between a key and its value.
            let after =
                open.children.last().and_then(|&id| self.tree.nodes.get(id)).map_or(0, |key| key.span.end);
            let value = Raw { span: Span::at(after as usize), tag: None, kind: Kind::Broken, weight: 1 };
            open.children.push(self.tree.nodes.len());
            self.tree.nodes.push(value);
        }
        let mut extent: Option<Span> = None;
        for child in open.children.iter().filter_map(|&id| self.tree.nodes.get(id)) {
            extent = Some(extent.map_or(child.span, |extent| extent.to(child.span)));
        }
        if let Some(parent) = self.open.last_mut() {
            parent.weight = parent.weight.saturating_add(open.weight);
        }
        let Some(node) = self.tree.nodes.get_mut(open.id) else { return };
        node.weight = open.weight;
        if let Some(extent) = extent {
            node.span = node.span.to(extent);
        }
        if let (true, Some(closing)) = (open.flow, closing) {
            node.span = node.span.to(closing);
        }
        node.kind = if open.is_map { Kind::Map(open.children) } else { Kind::List(open.children) };
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let (kind, weight) = match self.anchors.get(&anchor) {
            None => (Kind::UnknownAlias, 1),
            Some(id) if self.open.iter().any(|open| open.id == *id) => (Kind::RecursiveAlias, 1),
            Some(&id) => (Kind::Alias(id), self.tree.nodes.get(id).map_or(1, |target| target.weight)),
        };
        self.add(Raw { span, tag: None, kind, weight });
    }

    fn anchor(&mut self, anchor: usize, id: Id) {
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
    }

    /// Adds a value to the list or mapping that is open.
    fn add(&mut self, raw: Raw) -> Id {
        let id = self.tree.nodes.len();
        let is_container = matches!(raw.kind, Kind::List(_) | Kind::Map(_));
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(id);
                // A container adds its weight when it ends.
                if !is_container {
                    parent.weight = parent.weight.saturating_add(raw.weight);
                }
            }
            None if self.tree.root.is_none() => self.tree.root = Some(id),
            None => {}
        }
        self.tree.nodes.push(raw);
        id
    }

    /// Closes what is open, because reading stopped here. A list gets one more item, unreadable, so that
    /// nobody takes it for complete.
    fn stop_at(&mut self, offset: usize) {
        let innermost_end = self.tree.nodes.last().map_or(0, |node| node.span.end as usize);
        let place = Span::at(offset.max(innermost_end).min(self.text.len()));
        while let Some(open) = self.open.last() {
            if !open.is_map {
                self.add(Raw { span: place, tag: None, kind: Kind::Broken, weight: 1 });
            }
            self.end(None);
        }
    }
}

/// The span of a block scalar from its `|` or `>` to its last visible character; the parser gives its
/// content with the line breaks after it.
fn block_scalar_span(text: &str, content: Span) -> Span {
    let body = text.get(content.range()).unwrap_or_default();
    let end = content.start as usize + body.trim_end().len();
    let before = text.get(..content.start as usize).unwrap_or_default().trim_end();
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = before.get(line_start..).unwrap_or_default();
    let header =
        line.char_indices().filter(|(_, character)| matches!(character, '|' | '>')).find(|(at, _)| {
            let rest = line.get(at + 1..).unwrap_or_default();
            let rest = rest.trim_start_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
            rest.trim_start().is_empty() || rest.trim_start().starts_with('#')
        });
    match header {
        Some((at, _)) => Span::new(line_start + at, end.max(line_start + at + 1)),
        None => Span::new(content.start as usize, end),
    }
}
