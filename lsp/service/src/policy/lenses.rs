//! Remarks above lines: on how many examples a rule fires, and how a pack is made up.

use super::View;
use super::script::ItemKind;
use crate::answer::{CodeLens, Command, Place, Span};
use crate::kind::FileKind;
use remit_core::evaluate::Truth;
use remit_core::pack::Pack;

impl View<'_> {
    pub(crate) fn code_lenses(&self) -> Vec<CodeLens> {
        if !self.snapshot.config().code_lenses {
            return vec![];
        }
        match self.kind {
            FileKind::Rules => self.rule_lenses(),
            FileKind::Manifest => self.pack_lens().into_iter().collect(),
            FileKind::Case => vec![CodeLens {
                span: Span::new(0, self.first_line()),
                title: "run tests".to_owned(),
                command: Command::RunTests(None),
            }],
            _ => vec![],
        }
    }

    fn first_line(&self) -> usize {
        self.text().lines().next().map_or(0, str::len)
    }

    fn rule_lenses(&self) -> Vec<CodeLens> {
        let (Some(pack), Some(firings)) = (self.pack(), self.firings()) else { return vec![] };
        let script = self.script();
        let mut lenses = vec![];
        for (item, _, id) in script.named(ItemKind::Rule) {
            let Some(number) = pack.rules.rules().iter().position(|rule| rule.id == id) else { continue };
            let span = script.span(item.tokens.start);
            let all = firings.examples.len();
            if all > 0 {
                let fired = firings.of(number, Truth::Yes);
                let places: Vec<Place> = fired
                    .iter()
                    .map(|file| Place { file: file.id().to_owned(), span: Span::default() })
                    .collect();
                let command = if places.is_empty() { Command::Nothing } else { Command::ShowPlaces(places) };
                let unsettled = match firings.of(number, Truth::Unsettled).len() {
                    0 => String::new(),
                    count => format!(", unsettled on {count}"),
                };
                let title = format!("fires on {} of {all} examples{unsettled}", fired.len());
                lenses.push(CodeLens { span, title, command });
            }
            lenses.push(CodeLens {
                span,
                title: "run tests".to_owned(),
                command: Command::RunTests(Some(id.to_owned())),
            });
        }
        lenses
    }

    /// What a pack is made of.
    fn pack_lens(&self) -> Option<CodeLens> {
        let pack = self.pack()?;
        let cases =
            self.files().iter().filter(|file| self.snapshot.kind(file.id()) == FileKind::Case).count();
        let faults = self.pack.version.diagnostics.iter().filter(|found| found.is_error()).count();
        let mut title = summary(pack);
        title.push_str(&format!(
            " · {} · {} · run tests",
            count(self.examples().len(), "example"),
            count(cases, "test file")
        ));
        if faults > 0 {
            title = format!("does not load: {} · {title}", count(faults, "error"));
        }
        Some(CodeLens { span: Span::new(0, self.first_line()), title, command: Command::RunTests(None) })
    }
}

fn summary(pack: &Pack) -> String {
    let rules = count(pack.rules.rules().len(), "rule");
    let topics = count(pack.rules.topics().len(), "topic");
    format!("{rules} in {topics} · {}", count(pack.schema.slot_count(), "question"))
}

pub(super) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
