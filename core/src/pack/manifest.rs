//! `remit.yaml`: a pack's name, version and parts.

use super::{FORMAT, codes};
use crate::catalogue::{MAX_TIER, TierNumber};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Node, Value};
use crate::record::{Record, Spanned};

/// A pack's name, version and parts.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The format of the pack itself.
    pub format: Spanned<i64>,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its name for people.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The tier where no rule of any tier fires.
    pub default_tier: TierNumber,
    /// Path of the intake schema.
    pub schema: Spanned<String>,
    /// Path of the catalogue.
    pub catalogue: Spanned<String>,
    /// Paths of the topics, in order.
    pub topics: Vec<Spanned<String>>,
    /// Folder of example intakes.
    pub examples: Option<String>,
    /// Folder of policy tests.
    pub tests: Option<String>,
}

pub(super) fn read(document: &Document, out: &mut Vec<Diagnostic>) -> Manifest {
    let empty = Node { span: crate::source::Span::at(0), value: Value::Map(vec![]) };
    let root = document.root.as_ref().unwrap_or(&empty);
    let mut record = Record::new(&document.source, root, "the manifest", out);
    let format = record.int("format").unwrap_or_else(|| {
        let span = record.span();
        record.error(codes::MISSING_KEY, span, "the manifest has no `format`").help =
            Some(format!("write `format: {FORMAT}`"));
        Spanned { value: 0, span }
    });
    if format.value != FORMAT && format.value != 0 {
        let message =
            format!("this pack is of format {}, and this engine reads format {FORMAT}", format.value);
        record.error(codes::FORMAT, format.span, message).help = Some(
            if format.value > FORMAT { "use a newer Remit" } else { "the pack has to be brought up to date" }
                .to_owned(),
        );
    }
    let default_tier = match record.int("default_tier") {
        None => 1,
        Some(tier) => {
            TierNumber::try_from(tier.value).ok().filter(|tier| *tier <= MAX_TIER).unwrap_or_else(|| {
                record.error(
                    codes::WRONG_VALUE,
                    tier.span,
                    format!("`{}` is no tier: tiers are 0, 1, 2 and 3", tier.value),
                );
                1
            })
        }
    };
    let manifest = Manifest {
        format,
        name: record.needs_text("name").value,
        version: record.needs_text("version").value,
        title: record.text("title").map(|text| text.value).unwrap_or_default(),
        description: record.text("description").map(|text| text.value).unwrap_or_default(),
        default_tier,
        schema: record.needs_text("schema"),
        catalogue: record.needs_text("catalogue"),
        topics: record.texts("topics"),
        examples: record.text("examples").map(|text| text.value),
        tests: record.text("tests").map(|text| text.value),
    };
    if manifest.topics.is_empty() {
        let span = record.span();
        record.error(codes::MISSING_KEY, span, "the manifest names no topics, so the pack has no rules");
    }
    record.finish();
    manifest
}
