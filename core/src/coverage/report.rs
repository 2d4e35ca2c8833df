//! Coverage as `json v1`.

use super::gaps::{GapKind, text_at};
use super::{Coverage, Gap, Gaps};
use crate::pack::Pack;
use crate::rules::Body;
use crate::source::Source;
use crate::wire;
use crate::wire::suite::{
    ChoiceCoverage, CoverageCount, CoverageGap, CoverageKind, CoverageReport, OperandCoverage, PointCoverage,
    RuleCoverage, SeenChoice, TierCoverage,
};

/// All kinds, in the order in which they are shown.
const KINDS: [CoverageKind; 6] = [
    CoverageKind::RuleFires,
    CoverageKind::RuleSilent,
    CoverageKind::Operand,
    CoverageKind::Choice,
    CoverageKind::Tier,
    CoverageKind::Point,
];

/// The report of what was seen.
pub fn report(pack: &Pack, coverage: &Coverage, gaps: &Gaps) -> CoverageReport {
    let sources: Vec<&Source> = pack.sources.iter().collect();
    CoverageReport {
        json: wire::VERSION,
        pack: wire::pack(pack),
        inputs: number(coverage.inputs),
        complete: gaps.open().next().is_none(),
        summary: summary(coverage, gaps),
        rules: rules(pack, coverage, &sources),
        choices: choices(pack, coverage),
        tiers: coverage.tiers.iter().map(|(tier, seen)| TierCoverage { tier: *tier, seen: *seen }).collect(),
        points: coverage
            .points
            .iter()
            .map(|(id, seen)| PointCoverage { id: id.clone(), seen: *seen })
            .collect(),
        gaps: gaps.all.iter().map(|gap| wire_gap(pack, gap, &sources)).collect(),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(super) fn kind(gap: &GapKind) -> CoverageKind {
    match gap {
        GapKind::Fires { .. } => CoverageKind::RuleFires,
        GapKind::Silent { .. } => CoverageKind::RuleSilent,
        GapKind::Operand { .. } => CoverageKind::Operand,
        GapKind::Choice { .. } => CoverageKind::Choice,
        GapKind::Tier(_) => CoverageKind::Tier,
        GapKind::Point(_) => CoverageKind::Point,
    }
}

/// How much of each kind is covered.
pub(super) fn summary(coverage: &Coverage, gaps: &Gaps) -> Vec<CoverageCount> {
    let count = |own: CoverageKind| {
        let total = match own {
            CoverageKind::RuleFires | CoverageKind::RuleSilent => coverage.rules.len(),
            CoverageKind::Operand => coverage.rules.iter().map(|rule| rule.operands.len()).sum(),
            CoverageKind::Choice => coverage.choices.values().map(Vec::len).sum(),
            CoverageKind::Tier => coverage.tiers.len(),
            CoverageKind::Point => coverage.points.len(),
        };
        let missing = gaps.all.iter().filter(|gap| kind(&gap.kind) == own).count();
        let excused = gaps.excused().filter(|gap| kind(&gap.kind) == own).count();
        CoverageCount {
            kind: own,
            total: number(total),
            covered: number(total.saturating_sub(missing)),
            excused: number(excused),
        }
    };
    KINDS.into_iter().map(count).collect()
}

fn rules(pack: &Pack, coverage: &Coverage, sources: &[&Source]) -> Vec<RuleCoverage> {
    let seen = coverage.rules.iter().filter_map(|seen| Some((seen, pack.rules.rules().get(seen.rule)?)));
    let rule = seen.map(|(seen, rule)| RuleCoverage {
        rule: rule.id.clone(),
        location: wire::location(&pack.rules.source(rule.topic).locate(rule.id_span), sources),
        fires: seen.fires,
        silent: seen.silent,
        unsettled: seen.unsettled,
        interpreted: matches!(rule.body, Body::Interpreted { .. }),
        operands: seen
            .operands
            .iter()
            .map(|operand| OperandCoverage {
                text: text_at(pack, operand.at),
                location: wire::location(&pack.rules.locate(operand.at), sources),
                seen: operand.seen,
                shown_true: operand.shown(true),
                shown_false: operand.shown(false),
                covered: operand.is_covered(),
            })
            .collect(),
    });
    rule.collect()
}

fn choices(pack: &Pack, coverage: &Coverage) -> Vec<ChoiceCoverage> {
    let fields = coverage.choices.iter().map(|(id, counts)| {
        let field = pack.schema.field(*id);
        let values = field.choices().map(|choices| choices.values.as_slice()).unwrap_or_default();
        let choices = values.iter().zip(counts);
        let choices = choices.map(|(choice, seen)| SeenChoice { value: choice.value.clone(), seen: *seen });
        ChoiceCoverage { path: field.path.clone(), choices: choices.collect() }
    });
    fields.collect()
}

fn wire_gap(pack: &Pack, gap: &Gap, sources: &[&Source]) -> CoverageGap {
    CoverageGap {
        kind: kind(&gap.kind),
        message: message(pack, &gap.kind),
        rule: rule(pack, &gap.kind),
        location: gap.location.as_ref().map(|at| wire::location(at, sources)),
        excused: gap.excused.clone(),
    }
}

fn rule(pack: &Pack, gap: &GapKind) -> Option<String> {
    let (GapKind::Fires { rule } | GapKind::Silent { rule } | GapKind::Operand { rule, .. }) = gap else {
        return None;
    };
    pack.rules.rules().get(*rule).map(|rule| rule.id.clone())
}

/// A gap in a sentence; of an operand it does not say in which rule.
pub(super) fn message(pack: &Pack, gap: &GapKind) -> String {
    let rule = |number: usize| pack.rules.rules().get(number).map_or("", |rule| rule.id.as_str());
    match gap {
        GapKind::Fires { rule: number } => format!("rule `{}` never fires", rule(*number)),
        GapKind::Silent { rule: number } => format!("rule `{}` fires every time", rule(*number)),
        GapKind::Operand { text, holds, fails, .. } => {
            let lacks = match (holds, fails) {
                (false, false) => "never decides",
                (true, _) => "never decides while it does not hold",
                (false, true) => "never decides while it holds",
            };
            format!("`{text}` {lacks}")
        }
        GapKind::Choice { field, value } => {
            format!("no intake answers `{}: {value}`", pack.schema.field(*field).path)
        }
        GapKind::Tier(tier) => format!("no intake settles on tier {tier}"),
        GapKind::Point(id) => format!("`{id}` is never certain"),
    }
}
