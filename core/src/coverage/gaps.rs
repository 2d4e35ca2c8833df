//! What is not covered, and which of it is excused.

use super::excuse::{Excuse, ExcuseKind};
use super::{Coverage, NEEDLESS_EXCUSE};
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::rules::condition::At;
use crate::schema::FieldId;
use crate::source::Location;

/// Something that no intake has shown.
#[derive(Debug, Clone)]
pub struct Gap {
    /// What.
    pub kind: GapKind,
    /// Where it stands in the rules, if it does.
    pub location: Option<Location>,
    /// Why that is as it should be, where somebody has said so.
    pub excused: Option<String>,
}

/// What no intake has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapKind {
    /// A rule that fires.
    Fires {
        /// Its place among the rules.
        rule: usize,
    },
    /// A rule that does not fire.
    Silent {
        /// Its place among the rules.
        rule: usize,
    },
    /// An operand that a rule turns on.
    Operand {
        /// The rule's place.
        rule: usize,
        /// The operand's place among the rule's.
        operand: usize,
        /// As it is written, on one line.
        text: String,
        /// It was shown to matter while it holds.
        holds: bool,
        /// It was shown to matter while it does not.
        fails: bool,
    },
    /// An answer that a rule reads.
    Choice {
        /// The field.
        field: FieldId,
        /// The answer.
        value: String,
    },
    /// A tier.
    Tier(u8),
    /// A point, by its id.
    Point(String),
}

/// Everything that is not covered.
#[derive(Debug, Default)]
pub struct Gaps {
    /// In the order of rules, choices, tiers and points.
    pub all: Vec<Gap>,
    /// What is wrong with the excuses.
    pub diagnostics: Vec<Diagnostic>,
}

impl Gaps {
    /// The gaps that nobody has excused.
    pub fn open(&self) -> impl Iterator<Item = &Gap> {
        self.all.iter().filter(|gap| gap.excused.is_none())
    }

    /// The gaps that somebody has excused.
    pub fn excused(&self) -> impl Iterator<Item = &Gap> {
        self.all.iter().filter(|gap| gap.excused.is_some())
    }
}

/// The text at a place of a topic, on one line.
pub(super) fn text_at(pack: &Pack, at: At) -> String {
    let written = pack.rules.source(at.topic).slice(at.span);
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Coverage {
    /// What is left uncovered. An excuse that excuses nothing is reported.
    pub fn gaps(&self, pack: &Pack, excuses: &[Excuse]) -> Gaps {
        let mut gaps = Gaps { all: self.all_gaps(pack), diagnostics: vec![] };
        for excuse in excuses {
            let mut used = false;
            for gap in gaps.all.iter_mut().filter(|gap| excuse.kind.covers(pack, &gap.kind)) {
                used = true;
                gap.excused = Some(excuse.because.clone());
            }
            if !used {
                let message = format!("{} is covered by now, so it needs no excuse", excuse.kind.name());
                gaps.diagnostics.push(
                    Diagnostic::error(NEEDLESS_EXCUSE, excuse.location.clone(), message)
                        .help("take the excuse away, so that the gap cannot come back unseen"),
                );
            }
        }
        gaps
    }

    fn all_gaps(&self, pack: &Pack) -> Vec<Gap> {
        let mut all = vec![];
        let mut push = |kind, location| all.push(Gap { kind, location, excused: None });
        for seen in &self.rules {
            let number = seen.rule;
            let Some(rule) = pack.rules.rules().get(number) else { continue };
            let place = pack.rules.locate(At { topic: rule.topic, span: rule.id_span });
            if seen.fires == 0 {
                push(GapKind::Fires { rule: number }, Some(place.clone()));
            }
            if seen.silent == 0 {
                push(GapKind::Silent { rule: number }, Some(place));
            }
            for (index, operand) in seen.operands.iter().enumerate().filter(|(_, one)| !one.is_covered()) {
                let kind = GapKind::Operand {
                    rule: number,
                    operand: index,
                    text: text_at(pack, operand.at),
                    holds: operand.shown(true) > 0,
                    fails: operand.shown(false) > 0,
                };
                push(kind, Some(pack.rules.locate(operand.at)));
            }
        }
        for (field, counts) in &self.choices {
            let choices = pack.schema.field(*field).choices().map(|choices| choices.values.as_slice());
            let unseen = choices.unwrap_or_default().iter().zip(counts).filter(|(_, count)| **count == 0);
            for (choice, _) in unseen {
                push(GapKind::Choice { field: *field, value: choice.value.clone() }, None);
            }
        }
        for (tier, _) in self.tiers.iter().filter(|(_, count)| *count == 0) {
            push(GapKind::Tier(*tier), None);
        }
        for (id, _) in self.points.iter().filter(|(_, count)| *count == 0) {
            push(GapKind::Point(id.clone()), None);
        }
        all
    }
}

impl ExcuseKind {
    /// Whether a gap is what this excuses.
    fn covers(&self, pack: &Pack, gap: &GapKind) -> bool {
        let is = |number: usize, id: &str| pack.rules.rules().get(number).is_some_and(|rule| rule.id == id);
        match (self, gap) {
            (Self::Fires(id), GapKind::Fires { rule }) | (Self::Silent(id), GapKind::Silent { rule }) => {
                is(*rule, id)
            }
            (Self::Operand { rule: id, text }, GapKind::Operand { rule, text: found, .. }) => {
                is(*rule, id) && text == found
            }
            (Self::Choice { path, value }, GapKind::Choice { field, value: found }) => {
                pack.schema.field(*field).path == *path && value == found
            }
            (Self::Tier(tier), GapKind::Tier(found)) => tier == found,
            (Self::Point(id), GapKind::Point(found)) => id == found,
            _ => false,
        }
    }

    /// What it excuses, for people.
    pub fn name(&self) -> String {
        match self {
            Self::Fires(rule) => format!("rule `{rule}` firing"),
            Self::Silent(rule) => format!("rule `{rule}` not firing"),
            Self::Operand { rule, text } => format!("`{text}` of rule `{rule}`"),
            Self::Choice { path, value } => format!("`{path}: {value}`"),
            Self::Tier(tier) => format!("tier {tier}"),
            Self::Point(id) => format!("`{id}`"),
        }
    }
}
