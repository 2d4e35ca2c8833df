//! Hovers: what a field is and who reads it; what a value causes, and what another one would.

use super::View;
use super::analysis::Known;
use super::spot::Spot;
use super::words::{self, escape};
use crate::answer::Hover;
use remit_core::evaluate::Truth;
use remit_core::explain;
use remit_core::fact::Fact;
use remit_core::facts::Origin;
use remit_core::rules::Body;
use remit_core::schema::{Field, Kind, Place, Role, Slot};

/// As many rules are told; the rest is counted.
const RULES: usize = 8;
/// A field with more choices than this is not tried through.
const ALTERNATIVES: usize = 12;

impl View {
    pub(crate) fn hover(&self, offset: usize) -> Option<Hover> {
        let known = self.analysis.known()?;
        let spot = self.spot(known, offset)?;
        let mut page = Page { known, decides: self.analysis.pack.decides(), out: String::new() };
        if spot.on_key || matches!(spot.field.kind, Kind::Group(_)) {
            page.field(spot.field);
        } else {
            page.value(&spot);
        }
        Some(Hover { span: spot.span, markdown: page.out.trim_end().to_owned() })
    }

    /// A field in Markdown, as completions document it.
    pub(super) fn about(&self, known: Known<'_>, field: &Field) -> String {
        let mut page = Page { known, decides: false, out: String::new() };
        page.meaning(field);
        page.out.trim_end().to_owned()
    }
}

struct Page<'a> {
    known: Known<'a>,
    decides: bool,
    out: String,
}

impl Page<'_> {
    fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push_str(text);
            self.out.push_str("\n\n");
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn heading(&mut self, field: &Field) {
        let mut said = vec![format!("**{}**", escape(&field.title)), format!("`{}`", field.path)];
        if field.required {
            said.push("part of the minimum intake".to_owned());
        }
        self.paragraph(&said.join(" · "));
    }

    fn meaning(&mut self, field: &Field) {
        if !field.question.is_empty() {
            self.paragraph(&format!("*{}*", escape(&field.question)));
        }
        self.paragraph(&escape(&field.description));
        if !matches!(field.kind, Kind::Group(_)) {
            self.paragraph(&words::silence(self.known.schema(), field));
        }
    }

    fn field(&mut self, field: &Field) {
        self.heading(field);
        self.meaning(field);
        if let Kind::Choice(choices) = &field.kind {
            for choice in &choices.values {
                let description =
                    if choice.description.is_empty() { &choice.title } else { &choice.description };
                self.line(&format!("- `{}`: {}", choice.value, escape(description)));
            }
            self.line("");
        }
        self.readers(field);
    }

    /// The rules that read a field, those that fire first.
    fn readers(&mut self, field: &Field) {
        let rules = self.known.rules_reading(field.id);
        if rules.is_empty() {
            let what = if matches!(field.kind, Kind::Group(_)) {
                "No rule reads anything in it."
            } else {
                "No rule reads it."
            };
            self.paragraph(what);
            return;
        }
        self.line(&format!("Read by {}:\n", words::count(rules.len(), "rule")));
        for &number in rules.iter().take(RULES) {
            self.rule(number);
        }
        if rules.len() > RULES {
            self.line(&format!("- and {} more", rules.len() - RULES));
        }
    }

    fn rule(&mut self, number: usize) {
        let pack = self.known.ready.pack();
        let Some(rule) = pack.rules.rules().get(number) else { return };
        let verdict = self.known.verdict(number);
        let standing = match verdict {
            _ if !self.decides => String::new(),
            Truth::Yes => format!(" **({})**", words::standing(verdict)),
            _ => format!(" ({})", words::standing(verdict)),
        };
        let when = match &rule.body {
            Body::Compiled(condition) => {
                words::short(&explain::words::condition(&pack.schema, condition), 240)
            }
            Body::Interpreted { .. } => words::short(&rule.because, 240),
        };
        self.line(&format!(
            "- `{}`{standing}: {} — when {}",
            rule.id,
            escape(&words::effects(pack, rule)),
            escape(&when)
        ));
    }

    fn value(&mut self, spot: &Spot<'_>) {
        let field = spot.field;
        self.heading(field);
        if let Kind::Choice(choices) = &field.kind
            && let Some(choice) = spot
                .value
                .and_then(|node| node.as_text())
                .and_then(|text| choices.values.iter().find(|choice| choice.value == text))
        {
            self.paragraph(&format!(
                "`{}`: **{}**. {}",
                choice.value,
                escape(&choice.title),
                escape(&choice.description)
            ));
        }
        self.artifact(spot);
        let Some(slot) = spot.slot.filter(|_| self.decides) else {
            if matches!(field.kind, Kind::Text(_)) {
                self.meaning(field);
            }
            return;
        };
        if let Origin::Void { .. } = self.known.facts().origin(slot) {
            self.paragraph("What stands here does not count, so the question is open.");
        }
        let fired = self.known.fired_by(slot);
        if fired.is_empty() {
            let readers = self.known.rules_reading(field.id);
            let open = readers.iter().filter(|rule| self.known.verdict(**rule) == Truth::Unsettled).count();
            match (readers.len(), open) {
                (0, _) => self.meaning(field),
                (_, 0) => self.paragraph("No rule fires because of it."),
                (_, 1) => self
                    .paragraph("No rule fires because of it so far; 1 rule still waits for other answers."),
                (_, open) => self.paragraph(&format!(
                    "No rule fires because of it so far; {open} rules still wait for other answers."
                )),
            }
        } else {
            self.line("Because of this:\n");
            for &number in fired.iter().take(RULES) {
                self.cause(number);
            }
            if fired.len() > RULES {
                self.line(&format!("- and {} more rules", fired.len() - RULES));
            }
            self.line("");
        }
        if let Place::Slot(own) = field.place {
            self.alternatives(field, own);
        }
    }

    fn cause(&mut self, number: usize) {
        let pack = self.known.ready.pack();
        let Some(rule) = pack.rules.rules().get(number) else { return };
        let reason = words::reason(&pack.schema, rule);
        self.line(&format!("- `{}`: {} — {}", rule.id, escape(&words::effects(pack, rule)), escape(&reason)));
    }

    /// An id of the catalogue, where the value is one.
    fn artifact(&mut self, spot: &Spot<'_>) {
        let schema = self.known.schema();
        let in_evidence = spot.slot.is_some_and(|slot| schema.slot(slot).role == Some(Role::Evidence));
        if spot.field.key != "artifact" || !in_evidence {
            return;
        }
        let catalogue = &self.known.ready.pack().catalogue;
        let artifact = spot.value.and_then(|node| node.as_text()).and_then(|id| catalogue.artifacts.get(id));
        if let Some(artifact) = artifact {
            self.paragraph(&format!(
                "**{}**. {}",
                escape(&artifact.head.title),
                escape(&artifact.head.description)
            ));
            let required =
                self.known.decision().requirements.iter().find(|known| known.artifact == artifact.head.id);
            let said = match required {
                None => "It is not required here.",
                Some(found) if found.standing == remit_core::decide::Standing::Certain => "It is required.",
                Some(_) => "It may become required.",
            };
            self.paragraph(said);
        }
    }

    /// What each other answer would change.
    fn alternatives(&mut self, field: &Field, slot: Slot) {
        let facts: Vec<Fact> = match &field.kind {
            Kind::Bool => vec![Fact::Bool(true), Fact::Bool(false)],
            Kind::Choice(choices) if choices.values.len() <= ALTERNATIVES => {
                (0u16..).take(choices.values.len()).map(Fact::Choice).collect()
            }
            _ => return,
        };
        let current = self.known.facts().value(slot).clone();
        let mut said = vec![];
        for fact in facts.into_iter().filter(|fact| *fact != current) {
            let written = field.write(&fact);
            let other = self.known.if_answered(slot, fact);
            let change = words::difference(self.known, &other).unwrap_or_else(|| "no change".to_owned());
            said.push(format!("- if this were `{written}`: {change}"));
        }
        if !said.is_empty() {
            self.line(&format!("Now {}.\n", words::tier(self.known.decision())));
            self.line(&said.join("\n"));
        }
    }
}
