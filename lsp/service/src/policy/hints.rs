//! Remarks drawn into the lines of a rule file: what a tier is called, and what a field can be.

use super::names::Target;
use super::{View, entries};
use crate::answer::{HintKind, InlayHint, Span};
use crate::kind::FileKind;
use remit_core::catalogue::Section;
use remit_core::schema::Kind;
use std::collections::BTreeSet;

impl View<'_> {
    pub(crate) fn inlay_hints(&self, range: Span) -> Vec<InlayHint> {
        let config = self.snapshot.config();
        if self.kind != FileKind::Rules || !(config.inlay_hints || config.type_hints) {
            return vec![];
        }
        let script = self.script();
        let mut hints = vec![];
        let mut seen: BTreeSet<(u32, String)> = BTreeSet::new();
        for found in self.occurrences(&self.file).into_iter().filter(|found| found.span.meets(range)) {
            match &found.target {
                Target::Entry(Section::Tiers, number) if config.inlay_hints => {
                    let head = self.catalogue().and_then(|catalogue| catalogue.head(Section::Tiers, number));
                    if let Some(head) = head.filter(|head| !head.title.is_empty()) {
                        hints.push(InlayHint {
                            offset: found.span.end,
                            label: format!(" {}", lower(&head.title)),
                            tooltip: self.about(&found.target),
                            target: head.declared.as_ref().map(Into::into),
                            kind: HintKind::Type,
                        });
                    }
                }
                Target::Field(path) if config.type_hints => {
                    let item = script.item_at(found.span.start as usize).map_or(0, |item| item.start);
                    let field = self.schema().and_then(|schema| Some((schema, schema.at(path)?)));
                    let Some((schema, field)) = field else { continue };
                    let shown = !matches!(field.kind, Kind::Group(_) | Kind::Bool);
                    if shown && seen.insert((item, path.clone())) {
                        hints.push(InlayHint {
                            offset: found.span.end,
                            label: format!(" ({})", entries::kind(schema, field)),
                            tooltip: Some(entries::field(schema, field)),
                            target: Some((&schema.declared(field)).into()),
                            kind: HintKind::Type,
                        });
                    }
                }
                _ => {}
            }
        }
        hints
    }
}

/// `Deep review` in the middle of a line.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next();
    first.into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
