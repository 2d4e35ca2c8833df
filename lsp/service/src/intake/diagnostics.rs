//! What is wrong with an intake, or worth knowing, where an editor shows it.
//!
//! What the engine found stands where it found it. What a decision says about the whole (readiness, evidence,
//! remarks of the policy) is brought to the line that it is about, and told once, not once for every answer.

use super::View;
use super::analysis::{Known, State};
use super::words;
use crate::answer::{Diagnostic, Place, Related, Severity, Span};
use crate::service::Level;
use remit_core::decide::{EvidenceState, PointKey, Standing};
use remit_core::explain::CauseKind;
use remit_core::intake::Answer;
use remit_core::rules::EffectKind;
use remit_core::schema::{FieldId, Role};
use std::collections::BTreeMap;

/// The pack of this intake does not load.
const PACK: &str = "pack/not-loaded";
/// A rule failed while it looked at this intake.
const RULE: &str = "intake/rule-failed";
/// The minimum intake lacks answers.
const MISSING_ANSWER: &str = "intake/missing-answer";
/// Required evidence is missing.
const MISSING_EVIDENCE: &str = "intake/missing-evidence";

impl View {
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut out = vec![];
        self.own(&mut out);
        self.pack(&mut out);
        if let Some(known) = self.analysis.decided().filter(|_| self.analysis.root().is_some()) {
            self.readiness(known, &mut out);
            self.evidence(known, &mut out);
            self.remarks(known, &mut out);
        }
        out.sort_by(|a, b| {
            (a.span, b.severity, &a.code, &a.message).cmp(&(b.span, a.severity, &b.code, &b.message))
        });
        out.dedup();
        out
    }

    /// What the engine found.
    fn own(&self, out: &mut Vec<Diagnostic>) {
        let found = match &self.analysis.state {
            State::Read(document) => &document.diagnostics,
            State::Checked(checked, _) => &checked.diagnostics,
        };
        let own = self.analysis.source().id();
        for found in found {
            if found.location.source == *own {
                out.push(found.into());
                continue;
            }
            let place = Place::from(&found.location);
            out.push(Diagnostic {
                code: RULE.to_owned(),
                severity: Severity::Warning,
                message: found.message.clone(),
                span: self.top(),
                help: found.help.clone(),
                related: vec![Related { place, message: "here in the pack".to_owned() }],
                fixes: vec![],
            });
        }
    }

    fn pack(&self, out: &mut Vec<Diagnostic>) {
        let Some(notice) = self.analysis.pack.notice() else { return };
        let related =
            notice.place.into_iter().map(|place| Related { place, message: "look here first".to_owned() });
        out.push(Diagnostic {
            code: PACK.to_owned(),
            severity: notice.severity,
            message: notice.message,
            span: self.top(),
            help: Some("mend the pack; until then what is said here may be out of date".to_owned()),
            related: related.collect(),
            fixes: vec![],
        });
    }

    /// The first line with something on it.
    pub(super) fn top(&self) -> Span {
        let source = self.analysis.source();
        let lines = (0..source.line_count().min(1_000)).filter_map(|line| source.line_span(line));
        let mut lines = lines.filter(|span| !source.slice(*span).trim().is_empty());
        lines.next().map_or(Span::default(), |span| {
            let text = source.slice(span);
            let blanks = text.len() - text.trim_start().len();
            Span::new(span.start as usize + blanks, span.start as usize + text.trim_end().len())
        })
    }

    /// What the minimum intake lacks: at an empty key, else at the key of its group, else at the top.
    fn readiness(&self, known: Known<'_>, out: &mut Vec<Diagnostic>) {
        let Some(severity) = severity(self.config.readiness) else { return };
        let schema = known.schema();
        let mut groups: BTreeMap<FieldId, Vec<&str>> = BTreeMap::new();
        let mut elsewhere = vec![];
        for missing in known.decision().missing.iter().filter(|missing| !missing.void) {
            let field = schema.slot(missing.slot);
            let placeholder = matches!(known.checked.intake.answer(missing.slot), Answer::Given { .. });
            match (known.checked.intake.answer(missing.slot), field.parent) {
                (Answer::Silent { key: Some(key) }, _) if !self.is_remarked(known, *key) => {
                    let message = format!("`{}` is not answered yet: {}", field.path, field.question);
                    out.push(remark(MISSING_ANSWER, severity, message, (*key).into()));
                }
                (Answer::Silent { key: Some(_) }, _) => {}
                (_, Some(parent)) if known.checked.intake.group(parent).is_some() && !placeholder => {
                    groups.entry(parent).or_default().push(&field.key);
                }
                _ => elsewhere.push(format!("`{}`", field.path)),
            }
        }
        for (group, keys) in groups {
            let Some(span) = known.checked.intake.group(group) else { continue };
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let message = format!(
                "the minimum intake wants more of `{}`: {}",
                schema.field(group).path,
                words::list(&keys)
            );
            out.push(remark(MISSING_ANSWER, severity, message, span.into()));
        }
        if !elsewhere.is_empty() {
            const SHOWN: usize = 6;
            let more = elsewhere.len().saturating_sub(SHOWN);
            let mut shown: Vec<String> = elsewhere.into_iter().take(SHOWN).collect();
            if more > 0 {
                shown.push(format!("{more} more"));
            }
            let message = format!("not ready: the minimum intake lacks {}", words::list(&shown));
            let help = "the action “add what the minimum intake lacks” writes them down".to_owned();
            let mut diagnostic = remark(MISSING_ANSWER, severity, message, self.top());
            diagnostic.help = Some(help);
            out.push(diagnostic);
        }
    }

    /// Whether the engine said something about the value behind a key.
    fn is_remarked(&self, known: Known<'_>, key: remit_core::source::Span) -> bool {
        let source = self.analysis.source();
        let line = source.line_of(key.start as usize);
        let on_line = known.checked.diagnostics.iter().filter(|found| found.location.source == *source.id());
        on_line.into_iter().any(|found| source.line_of(found.location.span.start as usize) == line)
    }

    /// Required evidence that is missing: at an item that does not count, else at the key, else at the top.
    fn evidence(&self, known: Known<'_>, out: &mut Vec<Diagnostic>) {
        let Some(severity) = severity(self.config.evidence) else { return };
        let lacking = known.decision().requirements.iter().filter(|requirement| {
            requirement.standing == Standing::Certain && requirement.evidence.state == EvidenceState::Missing
        });
        let title = |id: &str| {
            let artifact = known.ready.pack().catalogue.artifacts.get(id);
            artifact.map_or_else(|| id.to_owned(), |artifact| artifact.head.title.to_lowercase())
        };
        let mut absent = vec![];
        for requirement in lacking {
            match requirement.evidence.span {
                Some(span) => {
                    let source = self.analysis.source();
                    let end = source
                        .line_span(source.line_of(span.start as usize))
                        .map_or(span.end, |line| line.end);
                    let span = Span { start: span.start, end: span.end.min(end) };
                    let message = format!(
                        "the {} is still missing: nothing here leads to it",
                        title(&requirement.artifact)
                    );
                    out.push(remark(MISSING_EVIDENCE, severity, message, span));
                }
                None => absent.push(format!("{} (`{}`)", title(&requirement.artifact), requirement.artifact)),
            }
        }
        if absent.is_empty() {
            return;
        }
        let key = known.schema().role(Role::Evidence).and_then(|(slot, _)| {
            match known.checked.intake.answer(slot) {
                Answer::Given { key, .. } | Answer::Silent { key: Some(key) } => Some(Span::from(*key)),
                _ => None,
            }
        });
        let verb = if absent.len() == 1 { "is" } else { "are" };
        let message = format!("evidence is missing: {} {verb} required", words::list(&absent));
        let mut diagnostic = remark(MISSING_EVIDENCE, severity, message, key.unwrap_or_else(|| self.top()));
        diagnostic.help =
            Some("link it under `links`, or list it under `evidence` once it exists".to_owned());
        out.push(diagnostic);
    }

    /// Remarks of the policy, at the first line that causes them.
    fn remarks(&self, known: Known<'_>, out: &mut Vec<Diagnostic>) {
        let pack = known.ready.pack();
        let own = self.analysis.source().id().as_str();
        for point in known.decision().points.iter().filter(|point| point.standing == Standing::Certain) {
            let PointKey::Flag(number, place) = point.key else { continue };
            let Some(rule) = pack.rules.rules().get(number) else { continue };
            let Some(EffectKind::Flag(level, message)) = rule.effects.get(place).map(|effect| &effect.kind)
            else {
                continue;
            };
            let causes = known.causes(number).iter().filter(|cause| cause.kind == CauseKind::Answered);
            let mut at = causes.filter_map(|cause| Some((self.first_line(cause.span?.into()), &cause.words)));
            let first = at.next();
            let mut related: Vec<Related> = at
                .map(|(span, words)| Related {
                    place: Place { file: own.to_owned(), span },
                    message: words.clone(),
                })
                .collect();
            let source = pack.rules.source(rule.topic);
            let place = Place::from(&source.locate(rule.id_span));
            related.push(Related { place, message: format!("rule `{}`", rule.id) });
            let because = Some(rule.because.as_str()).filter(|because| !because.is_empty());
            out.push(Diagnostic {
                code: format!("flag/{}", rule.id),
                severity: (*level).into(),
                message: message.clone(),
                span: first.map_or_else(|| self.top(), |(span, _)| span),
                help: because.map(str::to_owned),
                related,
                fixes: vec![],
            });
        }
    }

    /// The part of a span that stands on its first line.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let source = self.analysis.source();
        let end = source.line_span(source.line_of(span.start as usize)).map_or(span.end, |line| line.end);
        Span { start: span.start, end: span.end.min(end.max(span.start)) }
    }
}

fn remark(code: &str, severity: Severity, message: String, span: Span) -> Diagnostic {
    Diagnostic { code: code.to_owned(), severity, message, span, help: None, related: vec![], fixes: vec![] }
}

fn severity(level: Level) -> Option<Severity> {
    match level {
        Level::Off => None,
        Level::Hint => Some(Severity::Hint),
        Level::Info => Some(Severity::Info),
        Level::Warning => Some(Severity::Warning),
    }
}
