//! What a pack leaves uncovered on purpose: `uncovered.yaml` beside its tests.
//!
//! ```yaml
//! uncovered:
//!   - rule: golden-path              # an operand of a rule, as the topic writes it
//!     operand: intake.trust_tier < "critical"
//!     because: a template is never offered for critical services
//!   - rule: meaningful-change        # or a rule that never fires, or always does
//!     outcome: silent                # `fires` or `silent`: what no case shows
//!     because: …
//!   - { choice: environment, value: test, because: … }
//!   - { tier: 3, because: … }
//!   - { point: route/board, because: … }
//! ```

use super::operands;
use super::{INCOMPLETE_EXCUSE, UNKNOWN_EXCUSE};
use crate::decide::{self, PointKey};
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::{self, Format, Limits, Node};
use crate::pack::{Files, Pack, is_inside};
use crate::record::{Record, Spanned};
use crate::rules::{Body, EffectKind};
use crate::source::{Location, Source, Span};
use crate::suggest;

/// The file's name in the folder of tests.
pub const EXCUSES: &str = "uncovered.yaml";

/// Something that is left uncovered on purpose.
#[derive(Debug, Clone)]
pub struct Excuse {
    /// What.
    pub kind: ExcuseKind,
    /// Why.
    pub because: String,
    /// Where it says so.
    pub location: Location,
}

/// What is left uncovered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExcuseKind {
    /// That a rule fires.
    Fires(String),
    /// That a rule does not fire.
    Silent(String),
    /// That a rule turns on an operand.
    Operand {
        /// The rule's id.
        rule: String,
        /// The operand as it is written, on one line.
        text: String,
    },
    /// That a field has this answer.
    Choice {
        /// The field.
        path: String,
        /// The answer.
        value: String,
    },
    /// A tier.
    Tier(u8),
    /// A point, by its id.
    Point(String),
}

/// Reads a pack's excuses, if it has any: the excuses, and the text that they stand in.
pub fn read(files: &dyn Files, pack: &Pack, out: &mut Vec<Diagnostic>) -> (Vec<Excuse>, Option<Source>) {
    let Some(folder) = pack.manifest.tests.as_ref().filter(|folder| is_inside(folder)) else {
        return (vec![], None);
    };
    let path = format!("{}/{EXCUSES}", folder.trim_end_matches('/'));
    if !files.list(folder).contains(&path) {
        return (vec![], None);
    }
    let name = format!("{}{path}", files.prefix());
    let bytes = match files.read(&path) {
        Ok(bytes) => bytes,
        Err(reason) => {
            let at = Source::new(&name, "").locate(Span::at(0));
            let message = format!("the list of what is left uncovered cannot be read: {reason}");
            out.push(Diagnostic::error(INCOMPLETE_EXCUSE, at, message));
            return (vec![], None);
        }
    };
    let mut document = document::from_bytes(&name, &bytes, Format::Yaml, &Limits::default());
    out.append(&mut document.diagnostics);
    let mut excuses = vec![];
    if let Some(root) = &document.root {
        let mut record = Record::new(&document.source, root, "the list of what is left uncovered", out);
        let list = record.node("uncovered");
        record.finish();
        let items = list.and_then(Node::as_list).unwrap_or_default();
        if let Some(list) = list.filter(|list| list.as_list().is_none()) {
            let message = format!("`uncovered` is {}, but must be a list", list.value.kind());
            out.push(Diagnostic::error(INCOMPLETE_EXCUSE, document.source.locate(list.span), message));
        }
        for item in items {
            let mut reader = Reader { pack, source: &document.source, out };
            excuses.extend(reader.excuse(item));
        }
    }
    (excuses, Some(document.source))
}

struct Reader<'a, 'd> {
    pack: &'a Pack,
    source: &'a Source,
    out: &'d mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn excuse(&mut self, item: &Node) -> Option<Excuse> {
        let mut record = Record::new(self.source, item, "an excuse", self.out);
        let because = record.needs_text("because");
        let (rule, operand) = (record.text("rule"), record.text("operand"));
        let outcome = record.text("outcome");
        let (choice, value) = (record.text("choice"), record.text("value"));
        let (tier, point) = (record.int("tier"), record.text("point"));
        record.finish();
        let kind = match (rule, operand, outcome, choice, value, tier, point) {
            (Some(rule), Some(operand), None, None, None, None, None) => self.operand(&rule, &operand)?,
            (Some(rule), None, Some(outcome), None, None, None, None) => {
                self.rule(&rule)?;
                match outcome.value.as_str() {
                    "fires" => ExcuseKind::Fires(rule.value),
                    "silent" => ExcuseKind::Silent(rule.value),
                    word => {
                        let message = format!("a rule `fires` or is `silent`, not `{word}`");
                        return self.unknown(outcome.span, word, message, ["fires", "silent"]);
                    }
                }
            }
            (None, None, None, Some(path), Some(value), None, None) => self.choice(path, value)?,
            (None, None, None, None, None, Some(tier), None) => self.tier(&tier)?,
            (None, None, None, None, None, None, Some(point)) => self.point(point)?,
            _ => {
                let at = self.source.locate(Span::at(item.span.start as usize));
                let message = "this does not say what it excuses";
                let help =
                    "write `rule` with `operand` or `outcome`, `choice` with `value`, `tier`, or `point`";
                self.out.push(Diagnostic::error(INCOMPLETE_EXCUSE, at, message).help(help));
                return None;
            }
        };
        if because.value.trim().is_empty() {
            return None;
        }
        let place = item
            .as_map()
            .and_then(<[_]>::first)
            .map_or(item.span, |entry| entry.key_span.to(entry.value.span));
        Some(Excuse { kind, because: because.value, location: self.source.locate(place) })
    }

    fn unknown<'w, T>(
        &mut self,
        span: Span,
        word: &str,
        message: String,
        known: impl IntoIterator<Item = &'w str>,
    ) -> Option<T> {
        let known: Vec<&str> = known.into_iter().collect();
        let at = self.source.locate(span);
        let mut diagnostic = Diagnostic::error(UNKNOWN_EXCUSE, at.clone(), message);
        diagnostic = match suggest::nearest(word, known.iter().copied()) {
            Some(meant) if !meant.contains(['"', '#']) => {
                diagnostic.help(format!("did you mean `{meant}`?")).fix(Fix::replace(at, meant))
            }
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => diagnostic.help(format!("there is {}", suggest::list_of(known))),
        };
        self.out.push(diagnostic);
        None
    }

    fn rule(&mut self, id: &Spanned<String>) -> Option<()> {
        let rules = self.pack.rules.rules();
        if rules.iter().any(|rule| rule.id == id.value) {
            return Some(());
        }
        let message = format!("the pack has no rule `{}`", id.value);
        self.unknown(id.span, &id.value, message, rules.iter().map(|rule| rule.id.as_str()))
    }

    fn operand(&mut self, id: &Spanned<String>, operand: &Spanned<String>) -> Option<ExcuseKind> {
        self.rule(id)?;
        let rule = self.pack.rules.rule(&id.value)?;
        let known: Vec<String> = match &rule.body {
            Body::Compiled(condition) => {
                let operands = operands::of(condition);
                operands.iter().map(|operand| super::gaps::text_at(self.pack, operand.at)).collect()
            }
            Body::Interpreted { .. } => vec![],
        };
        let text = operand.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if known.contains(&text) {
            return Some(ExcuseKind::Operand { rule: id.value.clone(), text });
        }
        let message = format!("rule `{}` has no operand `{text}`", id.value);
        self.unknown(operand.span, &text, message, known.iter().map(String::as_str))
    }

    fn choice(&mut self, path: Spanned<String>, value: Spanned<String>) -> Option<ExcuseKind> {
        let schema = &self.pack.schema;
        let Some(choices) = schema.at(&path.value).and_then(|field| field.choices()) else {
            let message = format!("the schema has no choices at `{}`", path.value);
            let known = schema.fields().iter().filter(|field| field.choices().is_some());
            return self.unknown(path.span, &path.value, message, known.map(|field| field.path.as_str()));
        };
        if choices.position(&value.value).is_none() {
            let message = format!("`{}` is no choice of `{}`", value.value, path.value);
            return self.unknown(value.span, &value.value, message, choices.names());
        }
        Some(ExcuseKind::Choice { path: path.value, value: value.value })
    }

    fn tier(&mut self, tier: &Spanned<i64>) -> Option<ExcuseKind> {
        let number = u8::try_from(tier.value).ok().filter(|tier| self.pack.catalogue.tier(*tier).is_some());
        if number.is_none() {
            let message = format!("the catalogue has no tier {}", tier.value);
            return self.unknown(tier.span, "", message, ["0", "1", "2", "3"]);
        }
        number.map(ExcuseKind::Tier)
    }

    fn point(&mut self, point: Spanned<String>) -> Option<ExcuseKind> {
        let mut known = vec![];
        for (number, rule) in self.pack.rules.rules().iter().enumerate() {
            for (place, effect) in rule.effects.iter().enumerate() {
                match &effect.kind {
                    EffectKind::Names(verb, id) => {
                        known.push(decide::id(self.pack, &PointKey::Entry(*verb, id.clone())));
                    }
                    EffectKind::Flag(..) => known.push(decide::id(self.pack, &PointKey::Flag(number, place))),
                    EffectKind::Tier(_) | EffectKind::Within(_) => {}
                }
            }
        }
        if known.contains(&point.value) {
            return Some(ExcuseKind::Point(point.value));
        }
        let message = format!("the pack's rules have no point `{}`", point.value);
        self.unknown(point.span, &point.value, message, known.iter().map(String::as_str))
    }
}
