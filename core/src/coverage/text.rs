//! Coverage for people: a table, then what is missing with the place where it stands.

use super::report::{message, summary};
use super::{Coverage, Gap, GapKind, Gaps};
use crate::pack::Pack;
use crate::render::{Paint, fold};
use crate::source::Location;
use crate::wire::suite::CoverageKind;

/// The coverage as text.
pub fn text(pack: &Pack, coverage: &Coverage, gaps: &Gaps, paint: Paint) -> String {
    let mut out = format!("{}\n", paint.strong(&format!("Coverage by {} intakes", coverage.inputs)));
    for count in summary(coverage, gaps) {
        let missing = count.total - count.covered - count.excused;
        let number = format!("{:>4} of {:<4}", count.covered, count.total);
        let number = if missing == 0 { paint.good(&number) } else { paint.wary(&number) };
        let excused = match count.excused {
            0 => String::new(),
            some => format!("  {some} excused"),
        };
        out.push_str(format!("  {:<20}{number}{excused}", title(count.kind)).trim_end());
        out.push('\n');
    }
    section(pack, &mut out, paint, "Not covered", gaps.open());
    section(pack, &mut out, paint, "Excused", gaps.excused());
    out
}

fn title(kind: CoverageKind) -> &'static str {
    match kind {
        CoverageKind::RuleFires => "rules that fire",
        CoverageKind::RuleSilent => "rules that do not",
        CoverageKind::Operand => "operands that decide",
        CoverageKind::Choice => "answers",
        CoverageKind::Tier => "tiers",
        CoverageKind::Point => "points",
    }
}

/// Gaps under a title. A helper's operand that several rules have is one line that names them.
fn section<'g>(
    pack: &Pack,
    out: &mut String,
    paint: Paint,
    title: &str,
    gaps: impl Iterator<Item = &'g Gap>,
) {
    let mut lines: Vec<(String, String, Vec<&str>, Option<&str>)> = vec![];
    for gap in gaps {
        let place = gap.location.as_ref().map(|at| format!("{}: ", place(pack, at))).unwrap_or_default();
        let (what, because) = (message(pack, &gap.kind), gap.excused.as_deref());
        let rule = match gap.kind {
            GapKind::Operand { rule, .. } => pack.rules.rules().get(rule).map(|rule| rule.id.as_str()),
            _ => None,
        };
        let same = lines.iter_mut().find(|line| (&line.0, &line.1, line.3) == (&place, &what, because));
        match (same, rule) {
            (Some(line), Some(rule)) => line.2.push(rule),
            _ => lines.push((place, what, rule.into_iter().collect(), because)),
        }
    }
    if !lines.is_empty() {
        out.push_str(&format!("\n{}\n", paint.strong(title)));
    }
    for (place, what, rules, because) in lines {
        let of = if rules.is_empty() { String::new() } else { format!(", in {}", rules.join(", ")) };
        let line = format!("  {}{what}{}", paint.name(&place), paint.quiet(&of));
        out.push_str(&fold(&line, paint.width(), 4));
        out.push('\n');
        if let Some(because) = because {
            out.push_str(&format!("    {}\n", paint.quiet(because)));
        }
    }
}

fn place(pack: &Pack, at: &Location) -> String {
    let source = pack.sources.iter().find(|source| *source.id() == at.source);
    let Some(source) = source else { return at.source.to_string() };
    let place = source.line_column(at.span.start as usize);
    format!("{}:{}:{}", at.source, place.line, place.column)
}
