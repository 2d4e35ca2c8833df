//! What an intake's lines cause, drawn into them; and the tier above the first line.

use super::View;
use super::analysis::Known;
use super::words;
use crate::answer::{CodeLens, Command, HintKind, InlayHint, Place, Span};
use remit_core::decide::{EvidenceState, Standing};
use remit_core::explain::CauseKind;
use std::collections::BTreeMap;

/// A rule with more causes than this is drawn at the first of them only.
const LINES_PER_RULE: usize = 3;
/// As many letters of a reason are drawn.
const REASON: usize = 72;

impl View {
    pub(crate) fn inlay_hints(&self, range: Span) -> Vec<InlayHint> {
        let Some(known) = self.analysis.decided().filter(|_| self.config.inlay_hints) else { return vec![] };
        let mut lines: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for &rule in &known.decision().tier_rules {
            let causes = known.causes(rule).iter().filter(|cause| cause.kind == CauseKind::Answered);
            let mut at: Vec<u32> =
                causes.filter_map(|cause| Some(self.first_line(cause.span?.into()).end)).collect();
            at.sort_unstable();
            at.dedup();
            let many = at.len() > LINES_PER_RULE;
            for offset in at.into_iter().take(if many { 1 } else { LINES_PER_RULE }) {
                lines.entry(offset).or_default().push(rule);
            }
        }
        let hints = lines.into_iter().filter(|(offset, _)| range.start <= *offset && *offset <= range.end);
        hints.filter_map(|(offset, rules)| self.hint(known, offset, &rules)).collect()
    }

    fn hint(&self, known: Known<'_>, offset: u32, rules: &[usize]) -> Option<InlayHint> {
        let pack = known.ready.pack();
        let rule = pack.rules.rules().get(*rules.first()?)?;
        let decision = known.decision();
        let least = if decision.tier().is_none() { "at least " } else { "" };
        let reason = words::short(&words::reason(&pack.schema, rule), REASON);
        let more = if rules.len() > 1 { format!(" (+{})", rules.len() - 1) } else { String::new() };
        let label = format!(" ⇒ {least}tier {}: {reason}{more}", decision.tiers.floor());
        let tooltip = rules.iter().filter_map(|rule| pack.rules.rules().get(*rule)).map(|rule| {
            let reason = words::escape(&words::reason(&pack.schema, rule));
            format!("`{}`: {} — {reason}", rule.id, words::escape(&words::effects(pack, rule)))
        });
        let source = pack.rules.source(rule.topic);
        Some(InlayHint {
            offset,
            label,
            tooltip: Some(tooltip.collect::<Vec<_>>().join("\n\n")),
            target: Some(Place::from(&source.locate(rule.id_span))),
            kind: HintKind::Effect,
        })
    }

    pub(crate) fn code_lenses(&self) -> Vec<CodeLens> {
        let Some(known) = self.analysis.decided().filter(|_| self.config.code_lenses) else { return vec![] };
        if self.analysis.root().is_none() {
            return vec![];
        }
        let span = self.top();
        let mut lenses = vec![CodeLens { span, title: self.title(known), command: Command::ShowDecision }];
        if let Some(question) = known.decision().questions.first() {
            let field = known.schema().slot(question.slot);
            let title = format!("next: {} ({})", field.question, field.path);
            let place = Place {
                file: self.analysis.source().id().as_str().to_owned(),
                span: self.home(known, question.slot),
            };
            lenses.push(CodeLens { span, title, command: Command::GoTo(place) });
        }
        lenses
    }

    /// `Tier 1–3 · Light review to Board · 4 open questions · 2 answers missing · 1 evidence missing`.
    fn title(&self, known: Known<'_>) -> String {
        let decision = known.decision();
        let catalogue = &known.ready.pack().catalogue;
        let name = |tier| catalogue.tier(tier).map(|tier| tier.head.title.clone());
        let tiers = decision.tiers;
        let mut said = vec![match decision.tier() {
            Some(tier) => format!("Tier {tier}"),
            None => format!("Tier {}–{}", tiers.floor(), tiers.ceiling()),
        }];
        match (name(tiers.floor()), name(tiers.ceiling())) {
            (Some(floor), Some(ceiling)) if floor != ceiling => said.push(format!("{floor} to {ceiling}")),
            (Some(name), _) => said.push(name),
            (None, _) => {}
        }
        if !self.analysis.known().is_some_and(|known| known.checked.is_valid()) {
            said.push("something is wrong".to_owned());
        }
        if !decision.questions.is_empty() {
            said.push(words::count(decision.questions.len(), "open question"));
        }
        if !decision.missing.is_empty() {
            said.push(format!("{} missing", words::count(decision.missing.len(), "answer")));
        }
        let lacking = decision.requirements.iter().filter(|requirement| {
            requirement.standing == Standing::Certain && requirement.evidence.state == EvidenceState::Missing
        });
        match lacking.count() {
            0 => {}
            1 => said.push("1 piece of evidence missing".to_owned()),
            many => said.push(format!("{many} pieces of evidence missing")),
        }
        if said.len() == 2 && decision.is_ready() {
            said.push("ready".to_owned());
        }
        said.join(" · ")
    }
}
