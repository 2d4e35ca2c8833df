//! `remit.yaml`: a pack's name, version and parts.

use super::{FORMAT, codes};
use crate::catalogue::{MAX_TIER, TierNumber};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Node, Value};
use crate::record::{Record, Spanned};
use crate::source::Source;

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
    /// The pack that it extends: `default`, or a path from this pack's folder.
    pub extends: Option<Spanned<String>>,
    /// Rules of the pack that it extends, which do not count here.
    pub switch_off: Vec<SwitchedOff>,
    /// Constants of the pack that it extends, which have another value here.
    pub constants: Vec<(Spanned<String>, Node)>,
    /// The tier where no rule of any tier fires. A pack that extends another may leave it to that one.
    pub default_tier: Option<TierNumber>,
    /// Path of the intake schema, or of what is added to the schema of the pack that it extends.
    pub schema: Option<Spanned<String>>,
    /// Path of the catalogue, or of what is changed in the catalogue of the pack that it extends.
    pub catalogue: Option<Spanned<String>>,
    /// Paths of the topics, in order.
    pub topics: Vec<Spanned<String>>,
    /// Folder of example intakes.
    pub examples: Option<String>,
    /// Folder of policy tests.
    pub tests: Option<String>,
    /// How loud the lints are.
    pub lints: Vec<Setting>,
}

/// A rule that does not count, although the pack that this one extends has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchedOff {
    /// Its id.
    pub rule: Spanned<String>,
    /// Why, in the author's words.
    pub because: String,
}

/// How loud a diagnostic is that is no error by nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is not shown.
    Allow,
    /// Something to know.
    Info,
    /// Probably not what was meant.
    Warn,
    /// Wrong.
    Error,
}

impl Level {
    /// All of them, from the quietest, with their names.
    pub const ALL: [(&'static str, Self); 4] =
        [("allow", Self::Allow), ("info", Self::Info), ("warn", Self::Warn), ("error", Self::Error)];

    /// The level of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
    }

    /// The severity that goes with it; none where it is not shown.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Info => Some(Severity::Info),
            Self::Warn => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// The level of a code: `lint/unused-entry: allow`, or a mapping that also says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The code, as it is written.
    pub code: Spanned<String>,
    /// How loud it is.
    pub level: Level,
    /// Why, in the author's words.
    pub because: Option<String>,
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
    let default_tier = record.int("default_tier").and_then(|tier| {
        let number = TierNumber::try_from(tier.value).ok().filter(|tier| *tier <= MAX_TIER);
        if number.is_none() {
            let message = format!("`{}` is no tier: tiers are 0, 1, 2 and 3", tier.value);
            record.error(codes::WRONG_VALUE, tier.span, message);
        }
        number
    });
    let extends = record.text("extends");
    let is_whole = extends.is_none();
    let switch_off = switched_off(&mut record, is_whole);
    let constants = record
        .entries("constants")
        .iter()
        .map(|entry| (Spanned { value: entry.key.clone(), span: entry.key_span }, entry.value.clone()));
    let constants: Vec<_> = constants.collect();
    if let Some((first, _)) = constants.first().filter(|_| is_whole) {
        let message = format!("`{}` has its value in a topic: this pack extends no other", first.value);
        record.error(codes::UNKNOWN_CONSTANT, first.span, message);
    }
    let mut part = |key| if is_whole { Some(record.needs_text(key)) } else { record.text(key) };
    let (schema, catalogue) = (part("schema"), part("catalogue"));
    let manifest = Manifest {
        format,
        name: record.needs_text("name").value,
        version: record.needs_text("version").value,
        title: record.text("title").map(|text| text.value).unwrap_or_default(),
        description: record.text("description").map(|text| text.value).unwrap_or_default(),
        extends,
        switch_off,
        constants,
        default_tier,
        schema,
        catalogue,
        topics: record.texts("topics"),
        examples: record.text("examples").map(|text| text.value),
        tests: record.text("tests").map(|text| text.value),
        lints: lints(&document.source, &mut record),
    };
    if manifest.topics.is_empty() && is_whole {
        let span = record.span();
        record.error(codes::MISSING_KEY, span, "the manifest names no topics, so the pack has no rules");
    }
    record.finish();
    manifest
}

fn switched_off(record: &mut Record<'_, '_>, is_whole: bool) -> Vec<SwitchedOff> {
    let mut rules = vec![];
    for entry in record.entries("switch_off") {
        let rule = Spanned { value: entry.key.clone(), span: entry.key_span };
        match entry.value.as_text().map(str::trim).filter(|because| !because.is_empty()) {
            Some(because) => rules.push(SwitchedOff { rule, because: because.to_owned() }),
            None => {
                let message = format!("nobody says why `{}` is switched off", entry.key);
                record.error(codes::WRONG_VALUE, entry.key_span, message).help =
                    Some(format!("write `{}: ` and the reason: people will ask", entry.key));
            }
        }
    }
    if let Some(first) = rules.first().filter(|_| is_whole) {
        let message = format!("`{}` cannot be switched off: this pack extends no other", first.rule.value);
        record.error(codes::UNKNOWN_RULE, first.rule.span, message).help =
            Some("take the rule out of its topic instead".to_owned());
    }
    rules
}

fn lints(source: &Source, record: &mut Record<'_, '_>) -> Vec<Setting> {
    let mut settings = vec![];
    for entry in record.entries("lints") {
        let code = Spanned { value: entry.key.clone(), span: entry.key_span };
        let (written, because) = if entry.value.as_map().is_some() {
            let mut part = Record::new(source, &entry.value, format!("`{}`", entry.key), record.out());
            let written = (part.needs_text("level"), part.text("because"));
            part.finish();
            (Some(written.0), written.1.map(|because| because.value))
        } else {
            let written =
                entry.value.as_text().map(|text| Spanned { value: text.to_owned(), span: entry.value.span });
            (written, None)
        };
        let level = written.as_ref().and_then(|written| Level::named(&written.value));
        match level {
            Some(level) => settings.push(Setting { code, level, because }),
            None => {
                let span = written.map_or(entry.value.span, |written| written.span);
                let message = format!("`{}` is no level", source.slice(span).trim());
                record.error(codes::WRONG_VALUE, span, message).help =
                    Some("a level is `allow`, `info`, `warn` or `error`".to_owned());
            }
        }
    }
    settings
}
