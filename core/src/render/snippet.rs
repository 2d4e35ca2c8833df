//! Diagnostics as rustc shows them: the line with the fault underlined, and what to do below it.

use super::Paint;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Location, Source, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Lines longer than this are shown around the fault only.
const MAX_LINE: usize = 160;
/// A place that spans more lines than this is shown by its first.
const MAX_LINES: usize = 4;

/// A diagnostic with its source lines. `sources` are the texts that it may speak of.
pub fn diagnostic(found: &Diagnostic, sources: &[&Source], paint: Paint) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(visible(&found.message)).id(found.code.0);
    let mut windows =
        vec![Window::of(&found.location, found.note.as_deref(), AnnotationKind::Primary, sources)];
    for label in &found.labels {
        windows.push(Window::of(&label.location, Some(&label.message), AnnotationKind::Context, sources));
    }
    let miscounted = windows.first().and_then(|window| window.as_ref()?.miscounted());
    let mut group = Group::with_title(title);
    if windows.first().is_some_and(Option::is_none) {
        group = group.element(Origin::path(found.location.source.to_string()));
    }
    // Places in one stretch of text are shown in one snippet.
    let mut rest: Vec<Window<'_>> = windows.into_iter().flatten().collect();
    while !rest.is_empty() {
        let (same, others): (Vec<_>, Vec<_>) = {
            let first = rest.first().map(|window| (window.source.id().clone(), window.is_cut));
            rest.into_iter().partition(|window| {
                Some((window.source.id().clone(), window.is_cut)) == first && !window.is_cut
            })
        };
        let (same, others) = if same.is_empty() {
            let mut others = others;
            let first = others.remove(0);
            (vec![first], others)
        } else {
            (same, others)
        };
        group = group.element(snippet(&same));
        rest = others;
    }
    let mut groups = vec![group];
    // What would mend it is said, where nothing else is.
    let fix = found.fixes.first().map(|fix| &fix.title);
    if let Some(help) = found.help.as_ref().or(fix) {
        let help = visible(help);
        groups.push(Group::with_title(Level::HELP.secondary_title(help)));
    }
    let renderer = if paint.has_colour() { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.decor_style(DecorStyle::Ascii).render(&groups);
    if let Some((counted, place)) = miscounted {
        text = text.replacen(&counted, &place, 1);
    }
    text.push('\n');
    text
}

/// A diagnostic in one line: `path:line:column: error[code]: message`.
pub fn summary(found: &Diagnostic, sources: &[&Source]) -> String {
    let source = sources.iter().find(|source| *source.id() == found.location.source);
    let place = source.map_or_else(String::new, |source| {
        let place = source.line_column(found.location.span.start as usize);
        format!(":{}:{}", place.line, place.column)
    });
    format!(
        "{}{place}: {}[{}]: {}",
        found.location.source,
        found.severity.name(),
        found.code,
        visible(&found.message)
    )
}

/// Text from a file may hold anything; a terminal must not act on it.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// The lines that a place is shown in.
struct Window<'a> {
    source: &'a Source,
    lines: Span,
    first_line: usize,
    place: Span,
    label: Option<&'a str>,
    kind: AnnotationKind,
    /// Only part of a long line is shown.
    is_cut: bool,
}

impl<'a> Window<'a> {
    fn of(
        at: &Location,
        label: Option<&'a str>,
        kind: AnnotationKind,
        sources: &[&'a Source],
    ) -> Option<Self> {
        let source = sources.iter().find(|source| *source.id() == at.source)?;
        if source.text().is_empty() {
            return None;
        }
        let first_line = source.line_of(at.span.start as usize);
        let last_line = source.line_of(at.span.end as usize);
        let shown_last = if last_line - first_line >= MAX_LINES { first_line } else { last_line };
        let (first, last) = (source.line_span(first_line)?, source.line_span(shown_last)?);
        let mut lines = first.to(last);
        let mut place = Span::new(
            at.span.start as usize,
            (at.span.end.min(lines.end) as usize).max(at.span.start as usize),
        );
        let is_cut = lines.len() > MAX_LINE * MAX_LINES;
        if is_cut {
            let boundary = |mut offset: usize| {
                while !source.text().is_char_boundary(offset) {
                    offset += 1;
                }
                offset
            };
            let start =
                boundary((place.start as usize).saturating_sub(MAX_LINE / 2).max(lines.start as usize));
            let end = boundary((start + MAX_LINE).min(lines.end as usize));
            lines = Span::new(start, end);
            place = Span::new(place.start as usize, (place.end as usize).min(end).max(place.start as usize));
        }
        Some(Self { source, lines, first_line, place, label, kind, is_cut })
    }

    /// The place as the snippet tells it, which counts columns from where the line was cut, and as it is.
    fn miscounted(&self) -> Option<(String, String)> {
        let cut = Span::new(self.lines.start as usize, self.place.start as usize);
        let column = self.source.slice(cut).chars().count() + 1;
        let at = self.source.line_column(self.place.start as usize);
        let place = |column: usize| format!("{}:{}:{column}", self.source.id(), at.line);
        self.is_cut.then(|| (place(column), place(at.column as usize)))
    }
}

fn snippet<'a>(windows: &[Window<'a>]) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let Some(first) = windows.first() else { return Snippet::source("") };
    let lines = windows.iter().map(|window| window.lines).reduce(Span::to).unwrap_or_default();
    let first_line = windows.iter().map(|window| window.first_line).min().unwrap_or(0);
    let mut snippet = Snippet::source(first.source.slice(lines))
        .line_start(first_line + 1)
        .path(first.source.id().to_string());
    for window in windows {
        let place = window.place.range();
        let start = place.start - lines.start as usize;
        let end = (place.end - lines.start as usize).max(start);
        let annotation = window.kind.span(start..end).label(window.label.map(visible));
        snippet = snippet.annotation(annotation);
    }
    snippet
}
