//! Changes that are offered: mends, answers, and what is missing.
//!
//! How an answer is put into a text is `remit_core::edit`'s business; here is only which answers.

use super::View;
use super::analysis::Known;
use super::fill;
use super::words;
use crate::answer::{ActionKind, CodeAction, Edit, Place, Span};
use crate::change::differences;
use remit_core::decide::{EvidenceState, Standing};
use remit_core::edit::{self, Literal};
use remit_core::fact::Fact;
use remit_core::intake::Answer;
use remit_core::schema::{Field, Kind, Role, Slot};

/// As many answers to a question are offered.
const ANSWERS: usize = 8;

impl View {
    pub(crate) fn code_actions(&self, range: Span) -> Vec<CodeAction> {
        let text = self.analysis.text();
        let limit = |offset: u32| Span::new(text.floor_char_boundary(offset as usize), 0).start;
        let start = limit(range.start);
        let range = Span { start, end: limit(range.end).max(start) };
        let mut out = self.mends(range);
        if let Some(known) = self.analysis.decided() {
            out.extend(self.answers(known, range));
            out.extend(self.missing(known));
            out.extend(self.stubs(known));
        }
        out
    }

    /// The fixes of the diagnostics that a range meets.
    fn mends(&self, range: Span) -> Vec<CodeAction> {
        let mut out = vec![];
        for diagnostic in self.diagnostics().into_iter().filter(|found| found.span.meets(range)) {
            for (number, fix) in diagnostic.fixes.into_iter().enumerate() {
                out.push(CodeAction {
                    title: fix.title,
                    kind: ActionKind::QuickFix,
                    edits: fix.edits,
                    creates: vec![],
                    mends: vec![(diagnostic.code.clone(), diagnostic.span)],
                    preferred: number == 0,
                });
            }
        }
        out
    }

    /// The action that makes the text this one; `None` where it is this one already.
    fn becomes(&self, title: String, text: &str) -> Option<CodeAction> {
        let file = self.analysis.source().id().as_str();
        let edits: Vec<Edit> = differences(self.analysis.text(), text)
            .into_iter()
            .map(|(span, text)| Edit { place: Place { file: file.to_owned(), span }, text })
            .collect();
        (!edits.is_empty()).then_some(CodeAction {
            title,
            kind: ActionKind::Fill,
            edits,
            creates: vec![],
            mends: vec![],
            preferred: false,
        })
    }

    /// Answers to the question that the cursor is at: on its line, where nothing that counts stands there, or
    /// in its group; else to the one that tells most.
    fn answers(&self, known: Known<'_>, range: Span) -> Vec<CodeAction> {
        let schema = known.schema();
        let source = self.analysis.source();
        let line = source.line_of(range.start as usize);
        let choosable = |slot: &Slot| matches!(schema.slot(*slot).kind, Kind::Bool | Kind::Choice(_));
        let on_line = |slot: &Slot| match known.checked.intake.answer(*slot) {
            Answer::Silent { key: Some(span) } | Answer::Void { span } => {
                source.line_of(span.start as usize) == line
            }
            _ => false,
        };
        let in_group = |slot: &Slot| {
            let group = schema.slot(*slot).parent;
            group.is_some_and(|group| group != schema.root().id && self.holds(known, group, range.start))
        };
        let here = schema.slots().map(|(slot, _)| slot).filter(choosable).find(on_line);
        let questions = || known.decision().questions.iter().map(|question| question.slot).filter(choosable);
        let Some(slot) = here.or_else(|| questions().find(in_group)).or_else(|| questions().next()) else {
            return vec![];
        };
        let field = schema.slot(slot);
        let facts: Vec<Fact> = match &field.kind {
            Kind::Bool => vec![Fact::Bool(true), Fact::Bool(false)],
            Kind::Choice(choices) => {
                (0u16..).take(choices.values.len().min(ANSWERS)).map(Fact::Choice).collect()
            }
            _ => return vec![],
        };
        facts.into_iter().filter_map(|fact| self.answer(known, field, slot, fact)).collect()
    }

    fn answer(&self, known: Known<'_>, field: &Field, slot: Slot, fact: Fact) -> Option<CodeAction> {
        let literal = Literal::of(field, &fact)?;
        let edits = edit::set(self.analysis.document(), known.schema(), &field.path, &literal).ok()?;
        let written = field.write(&fact);
        let tier = words::tier(&known.if_answered(slot, fact));
        let title = format!("{} {written} ⇒ {tier}", field.question);
        let edits = edits.iter().map(|edit| Edit { place: (&edit.location).into(), text: edit.text.clone() });
        let (edits, creates, mends) = (edits.collect(), vec![], vec![]);
        Some(CodeAction { title, kind: ActionKind::Fill, edits, creates, mends, preferred: false })
    }

    /// Whether a group's lines hold an offset.
    fn holds(&self, known: Known<'_>, group: remit_core::schema::FieldId, offset: u32) -> bool {
        let Some(key) = known.checked.intake.group(group) else { return false };
        let source = self.analysis.source();
        let path = &known.schema().field(group).path;
        let keys: Vec<&str> = path.split('.').collect();
        let value = keys.iter().try_fold(self.analysis.root(), |node, key| Some(node?.get(key))).flatten();
        let end = value.map_or(key.end, |node| node.span.end.max(key.end));
        let lines = source.line_of(key.start as usize)..=source.line_of(end as usize);
        lines.contains(&source.line_of(offset as usize))
    }

    /// Everything that the minimum intake lacks, in the order of the schema.
    fn missing(&self, known: Known<'_>) -> Option<CodeAction> {
        let decision = known.decision();
        let fields = decision
            .missing
            .iter()
            .filter(|missing| !missing.void)
            .map(|missing| known.schema().slot(missing.slot));
        let (text, count) = fill::fields(self.analysis.document(), known.schema(), fields.collect())?;
        let title = format!("add what the minimum intake lacks ({})", words::count(count, "answer"));
        self.becomes(title, &text)
    }

    /// A stub for each piece of evidence that is required and missing. It still counts as missing.
    fn stubs(&self, known: Known<'_>) -> Option<CodeAction> {
        let requirements = known.decision().requirements.iter().filter(|requirement| {
            let missing =
                requirement.evidence.state == EvidenceState::Missing && requirement.evidence.span.is_none();
            missing && requirement.standing == Standing::Certain
        });
        let (_, field) = known.schema().role(Role::Evidence)?;
        let artifacts: Vec<&str> = requirements.map(|requirement| requirement.artifact.as_str()).collect();
        let (text, count) = fill::evidence(self.analysis.document(), known.schema(), field, &artifacts)?;
        let title = format!("add {} for missing evidence", words::count(count, "stub"));
        self.becomes(title, &text)
    }
}
