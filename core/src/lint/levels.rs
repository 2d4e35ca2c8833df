//! How loud each code is: by default, by the manifest, by whoever runs the lints.

use super::codes;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::pack::{Level, Pack};
use crate::rules;
use crate::schema;
use crate::suggest;

/// Every code whose level can be set, and its default. Beside the lints these are what loading a pack warns of
/// or remarks on; an error is always one.
pub const LEVELS: &[(Code, Level)] = &[
    (codes::UNKNOWN_CODE, Level::Error),
    (codes::UNUSED_ENTRY, Level::Warn),
    (codes::UNUSED_HELPER, Level::Warn),
    (codes::UNLISTED_TOPIC, Level::Warn),
    (codes::UNREAD_QUESTION, Level::Warn),
    (codes::UNREAD_TEXT, Level::Info),
    (codes::SAME_CHOICES, Level::Info),
    (codes::ASSUMPTION, Level::Info),
    (codes::NEVER_FIRES, Level::Warn),
    (codes::ALWAYS_FIRES, Level::Warn),
    (codes::REDUNDANT_OPERAND, Level::Warn),
    (codes::SAME_CONDITION, Level::Warn),
    (codes::REDUNDANT_RULE, Level::Warn),
    (codes::LONG_CONDITION, Level::Warn),
    (codes::NO_EXAMPLES, Level::Warn),
    (codes::NO_EXAMPLE_FIRES, Level::Warn),
    (codes::EVERY_EXAMPLE_FIRES, Level::Warn),
    (codes::NO_CITATION, Level::Warn),
    (codes::MISSPELT_CITATION, Level::Warn),
    (codes::DEEP_REVIEW_FOR_ALL, Level::Warn),
    (codes::UNREACHABLE_TIER, Level::Warn),
    (codes::HIGH_DEFAULT_TIER, Level::Warn),
    (codes::NO_TURNAROUND, Level::Warn),
    (codes::SELF_REVIEW, Level::Warn),
    (codes::ESCALATION_TO_NOBODY, Level::Warn),
    (codes::SINGLE_OUTCOME, Level::Warn),
    (codes::CIRCULAR_ALTERNATES, Level::Warn),
    (codes::SHARED_RUNG, Level::Warn),
    (codes::EVIDENCE_ONLY, Level::Info),
    (codes::UNSATISFIABLE_ARTIFACT, Level::Warn),
    (rules::codes::NO_REASON, Level::Warn),
    (rules::codes::INTERPRETED, Level::Info),
    (schema::codes::INCOMPLETE_FIELD, Level::Warn),
];

/// The code of this name whose level can be set, or what to say instead.
pub fn code(name: &str) -> Result<Code, String> {
    let known = LEVELS.iter().map(|(code, _)| *code);
    if let Some(code) = known.clone().find(|code| code.0 == name) {
        return Ok(code);
    }
    Err(match suggest::nearest(name, known.map(|code| code.0)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "a level is set for the codes that `remit lint` gives".to_owned(),
    })
}

/// The level of a code: the last of `asked` that names it, else the manifest's, else that of the manifests of the
/// packs that it extends, else the default.
fn level(pack: &Pack, asked: &[(Code, Level)], code: Code) -> Option<Level> {
    let default = LEVELS.iter().find(|(known, _)| *known == code)?.1;
    let asked = asked.iter().rev().find(|(known, _)| *known == code).map(|(_, level)| *level);
    let bases = pack.bases.iter().map(|base| &base.manifest);
    let mut settings = std::iter::once(&pack.manifest).chain(bases).flat_map(|manifest| &manifest.lints);
    let written = settings.find(|setting| setting.code.value == code.0);
    Some(asked.or(written.map(|setting| setting.level)).unwrap_or(default))
}

/// Gives each diagnostic the severity of its level, and takes away what is allowed. An error that keeps a pack
/// from loading stays one.
pub(super) fn apply(pack: &Pack, asked: &[(Code, Level)], found: &mut Vec<Diagnostic>) {
    found.retain_mut(|diagnostic| {
        if diagnostic.is_error() && !diagnostic.code.0.starts_with("lint/") {
            return true;
        }
        match level(pack, asked, diagnostic.code).map(Level::severity) {
            None => true,
            Some(None) => false,
            Some(Some(severity)) => {
                diagnostic.severity = severity;
                true
            }
        }
    });
}

/// Codes in the manifest that there are not.
pub(super) fn unknown(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let Some(source) = pack.sources.first() else { return };
    for setting in &pack.manifest.lints {
        let Err(help) = code(&setting.code.value) else { continue };
        let at = source.locate(setting.code.span);
        let message = format!("no level can be set for `{}`", setting.code.value);
        let mut diagnostic = Diagnostic::error(codes::UNKNOWN_CODE, at.clone(), message).help(help);
        if let Some(meant) = suggest::nearest(&setting.code.value, LEVELS.iter().map(|(code, _)| code.0)) {
            diagnostic = diagnostic.fix(Fix::replace(at, meant));
        }
        out.push(diagnostic);
    }
}
