//! Hovers: a rule in plain words, a field with its question, an entry with what it means.

use super::examples::short;
use super::names::Target;
use super::script::ItemKind;
use super::tokens::TokenKind;
use super::{View, entries, methods};
use crate::answer::Hover;
use remit_core::catalogue::Section;
use remit_core::evaluate::Truth;
use remit_core::explain::words;
use remit_core::rules::{Body, Effect, EffectKind, Rule, Verb};

/// As many examples are named; the rest are counted.
const SHOWN: usize = 6;

impl View<'_> {
    pub(crate) fn hover(&self, offset: usize) -> Option<Hover> {
        if let Some(here) = self.occurrence_at(offset)
            && let Some(markdown) = self.about(&here.target)
        {
            return Some(Hover { span: here.span, markdown });
        }
        if self.kind != crate::kind::FileKind::Rules {
            return None;
        }
        // On the word `rule` too.
        let script = self.script();
        let token = script.at(offset).filter(|token| script.kind(*token) == TokenKind::Word)?;
        let item = script.item_of(token).filter(|item| item.kind == ItemKind::Rule)?;
        if item.tokens.start != token {
            return None;
        }
        let markdown = self.rule_hover(script.value(item.name?))?;
        Some(Hover { span: script.span(token), markdown })
    }

    /// What there is to say about a name.
    pub(crate) fn about(&self, target: &Target) -> Option<String> {
        match target {
            Target::Rule(id) => self.rule_hover(id),
            Target::Function(name) => self.helper_hover(name),
            Target::Constant(name) => self.constant_hover(name),
            Target::Local(_) => self.local_hover(target),
            Target::Entry(section, id) => self.entry_hover(*section, id),
            Target::Field(path) => {
                let schema = self.schema()?;
                let field = schema.at(path)?;
                let mut text = entries::field(schema, field);
                text.push_str(&self.readers(path));
                Some(text)
            }
            Target::Choice(path, value) => {
                let schema = self.schema()?;
                let field = schema.at(path)?;
                let item = schema.at(&format!("{path}[]"));
                entries::choice(field, value).or_else(|| entries::choice(item?, value))
            }
            Target::Citation(row) => {
                let rules: Vec<String> = self
                    .pack()?
                    .rules
                    .rules()
                    .iter()
                    .filter(|rule| rule.cites.contains(row))
                    .map(|rule| format!("`{}`", rule.id))
                    .collect();
                let by = if rules.is_empty() { "no rule".to_owned() } else { rules.join(", ") };
                Some(format!("**{row}**, a row of the source documents\n\nCited by {by}"))
            }
            Target::Builder(name) => methods::builder(name)
                .map(|method| format!("```rhai\n.{}\n```\n\n{}", method.label(), method.doc)),
            Target::Member(name, list) => {
                let method = methods::member(name, *list)?;
                Some(format!("```rhai\n.{}\n```\n\n{}", method.label(), method.doc))
            }
            Target::File(path) => self.file_at(path).map(|_| format!("`{path}`")),
            Target::Key(name, doc) => Some(format!("`{name}`: {doc}")),
        }
    }

    fn readers(&self, path: &str) -> String {
        let Some(ready) = &self.model else { return String::new() };
        let Some(field) = self.schema().and_then(|schema| schema.at(path)) else { return String::new() };
        let Some(schema) = self.schema() else { return String::new() };
        let readers = ready.readers.within(schema, field.id);
        let mut rules: Vec<usize> = readers.iter().map(|reader| reader.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let named: Vec<String> = rules
            .iter()
            .filter_map(|rule| ready.pack().rules.rules().get(*rule))
            .map(|rule| format!("`{}`", rule.id))
            .collect();
        match named.len() {
            0 => "\n\nNo rule reads it.".to_owned(),
            count if count > SHOWN => {
                let first = named.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
                format!("\n\nRead by {count} rules: {first} and {} more", count - SHOWN)
            }
            _ => format!("\n\nRead by {}", named.join(", ")),
        }
    }

    /// A rule in plain words, with what it does and where it fires.
    pub(crate) fn rule_hover(&self, id: &str) -> Option<String> {
        let pack = self.pack()?;
        let number = pack.rules.rules().iter().position(|rule| rule.id == id)?;
        let rule = pack.rules.rules().get(number)?;
        let mut text = format!("**{id}**");
        if !rule.doc.is_empty() {
            text.push_str(&format!("\n\n{}", rule.doc.replace('\n', " ")));
        }
        let when = match &rule.body {
            Body::Compiled(condition) => words::condition(&pack.schema, condition),
            Body::Interpreted { why, .. } => format!("only the interpreter can say: it uses {why}"),
        };
        text.push_str(&format!("\n\nWhen {when}"));
        let effects: Vec<String> =
            rule.effects.iter().map(|effect| format!("- {}", self.effect(effect))).collect();
        if !effects.is_empty() {
            text.push_str(&format!("\n\n{}", effects.join("\n")));
        }
        if !rule.because.is_empty() {
            text.push_str(&format!("\n\nBecause {}", rule.because));
        }
        if !rule.cites.is_empty() {
            text.push_str(&format!("\n\nCites {}", rule.cites.join(", ")));
        }
        text.push_str(&self.fires(number));
        Some(text)
    }

    fn fires(&self, rule: usize) -> String {
        let Some(firings) = self.firings().filter(|firings| !firings.examples.is_empty()) else {
            return String::new();
        };
        let list = |verdict| {
            let found = firings.of(rule, verdict);
            let named: Vec<&str> = found.iter().take(SHOWN).map(|file| short(file.id())).collect();
            let more = found.len().saturating_sub(SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            (found.len(), format!("{}{more}", named.join(", ")))
        };
        let (yes, named) = list(Truth::Yes);
        let all = firings.examples.len();
        let mut text = format!("\n\nFires on {yes} of {all} examples");
        if yes > 0 {
            text.push_str(&format!(": {named}"));
        }
        let (unsettled, named) = list(Truth::Unsettled);
        if unsettled > 0 {
            text.push_str(&format!("\n\nUnsettled on {unsettled}: {named}"));
        }
        text
    }

    /// An effect in words.
    pub(crate) fn effect(&self, effect: &Effect) -> String {
        let title = |section: Section, id: &str| {
            let head = self.catalogue().and_then(|catalogue| catalogue.head(section, id));
            head.map_or_else(|| format!("`{id}`"), |head| head.title.clone())
        };
        match &effect.kind {
            EffectKind::Tier(number) => {
                format!("tier {number}: {}", title(Section::Tiers, &number.to_string()))
            }
            EffectKind::Names(verb, id) => {
                let what = match verb {
                    Verb::Route => "goes to",
                    Verb::Service => "suggests",
                    Verb::Require => "needs",
                    Verb::Escalate => "escalates:",
                    Verb::Refer => "is referred to",
                    Verb::Decides => "asks for the decision",
                    Verb::Notify => "notifies",
                    Verb::Oblige => "obliges to",
                };
                format!("{what} {}", title(verb.section(), id))
            }
            EffectKind::Within(duration) => format!("within {duration}"),
            EffectKind::Flag(severity, message) => format!("{}: {message}", severity.name()),
        }
    }

    fn helper_hover(&self, name: &str) -> Option<String> {
        for script in &self.scripts {
            for (item, token, known) in script.named(ItemKind::Function) {
                if known != name {
                    continue;
                }
                let params: Vec<&str> = item.params.iter().map(|param| script.says(*param)).collect();
                let mut text = format!("```rhai\nfn {}({})\n```", script.says(token), params.join(", "));
                if !item.doc.is_empty() {
                    text.push_str(&format!("\n\n{}", item.doc.replace('\n', " ")));
                }
                if let Some(pack) = self.pack()
                    && let Some(condition) = pack.rules.helper(&pack.schema, name)
                {
                    text.push_str(&format!("\n\nSo when {}", words::condition(&pack.schema, &condition)));
                }
                return Some(text);
            }
        }
        None
    }

    fn constant_hover(&self, name: &str) -> Option<String> {
        for script in &self.scripts {
            for (item, _, known) in script.named(ItemKind::Constant) {
                if known == name {
                    let mut text = format!(
                        "```rhai\n{}\n```",
                        script.slice(script.item_span(item)).trim_end_matches(';')
                    );
                    if !item.doc.is_empty() {
                        text.push_str(&format!("\n\n{}", item.doc.replace('\n', " ")));
                    }
                    return Some(text);
                }
            }
        }
        None
    }

    fn local_hover(&self, target: &Target) -> Option<String> {
        let Target::Local(span) = target else { return None };
        let script = self.script();
        let token = script.at(span.start as usize + 1).or_else(|| script.at(span.start as usize))?;
        let typing = self.typing();
        let locals = typing.locals(&script, token);
        let (_, of) = locals.into_iter().find(|(declared, _)| script.span(*declared) == *span)?;
        let schema = self.schema()?;
        let field = typing.field(of)?;
        let name = script.slice(*span);
        if field.id == schema.root().id {
            return Some(format!("`{name}`: the intake, {}", entries::kind(schema, field)));
        }
        Some(format!("`{name}`: {}", entries::field(schema, field)))
    }

    fn entry_hover(&self, section: Section, id: &str) -> Option<String> {
        let pack = self.pack()?;
        let mut text = entries::entry(&pack.catalogue, section, id)?;
        let names = |effect: &Effect| match &effect.kind {
            EffectKind::Tier(number) => section == Section::Tiers && number.to_string() == id,
            EffectKind::Names(verb, named) => verb.section() == section && named == id,
            _ => false,
        };
        let named = |rule: &&Rule| rule.effects.iter().any(names);
        let rules: Vec<String> =
            pack.rules.rules().iter().filter(named).map(|rule| format!("`{}`", rule.id)).collect();
        if !rules.is_empty() {
            text.push_str(&format!("\n\nNamed by {}", rules.join(", ")));
        }
        Some(text)
    }
}
