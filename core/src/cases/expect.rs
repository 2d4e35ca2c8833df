//! Reading what a case expects, and saying where that cannot be right.

use super::aspect::{self, Aspect, DATES, Domain, Names, STATES};
use super::codes;
use crate::catalogue::{MAX_TIER, Section};
use crate::decide::{self, PointKey};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::document::{Entry, Node, Value};
use crate::pack::Pack;
use crate::record::Spanned;
use crate::rules::EffectKind;
use crate::schema::Place;
use crate::source::{Source, Span};
use crate::suggest;
use std::collections::BTreeSet;

/// One thing that a case expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// Of which part of the decision.
    pub aspect: Aspect,
    /// Where its key stands in the case file.
    pub key: Span,
    /// Where the value stands.
    pub value: Span,
    /// What it should be.
    pub want: Want,
}

/// What a part of a decision should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// Yes or no.
    Flag(bool),
    /// The lowest and the highest tier, as far as they matter.
    Tiers {
        /// The lowest that is possible.
        floor: Option<Spanned<u8>>,
        /// The highest that is possible.
        ceiling: Option<Spanned<u8>>,
    },
    /// These names and no others, in any order.
    Exactly(Vec<Spanned<String>>),
    /// Some names.
    Some {
        /// These are among them.
        has: Vec<Spanned<String>>,
        /// These are not.
        lacks: Vec<Spanned<String>>,
        /// This one comes first.
        first: Option<Spanned<String>>,
    },
    /// This word or date; `none` where there should be nothing.
    Word(Option<String>),
}

/// The keys of `expect` that are not lists of names.
const OWN: [&str; 7] = ["tier", "ready", "valid", "settled", "evidence", "dates", "approvals"];

/// Names that may stand in expectations of a pack, found once for all its cases.
pub(super) struct Known<'a> {
    pack: &'a Pack,
    points: BTreeSet<String>,
    flags: BTreeSet<String>,
}

impl<'a> Known<'a> {
    pub(super) fn new(pack: &'a Pack) -> Self {
        let (mut points, mut flags) = (BTreeSet::new(), BTreeSet::new());
        for (number, rule) in pack.rules.rules().iter().enumerate() {
            for (place, effect) in rule.effects.iter().enumerate() {
                let key = match &effect.kind {
                    EffectKind::Names(verb, id) => PointKey::Entry(*verb, id.clone()),
                    EffectKind::Flag(..) => PointKey::Flag(number, place),
                    EffectKind::Tier(_) | EffectKind::Within(_) => continue,
                };
                points.insert(decide::id(pack, &key));
                if matches!(key, PointKey::Flag(..)) {
                    flags.insert(rule.id.clone());
                }
            }
        }
        Self { pack, points, flags }
    }

    /// The names of a domain; `None` where anything may stand.
    fn of(&self, domain: Domain) -> Option<Vec<&str>> {
        Some(match domain {
            Domain::Entries(section) => {
                self.pack.catalogue.heads(section).into_iter().map(|head| head.id.as_str()).collect()
            }
            Domain::Rules => self.pack.rules.rules().iter().map(|rule| rule.id.as_str()).collect(),
            Domain::Flags => self.flags.iter().map(String::as_str).collect(),
            Domain::Answers => {
                let fields = self.pack.schema.fields().iter();
                fields
                    .filter(|field| matches!(field.place, Place::Slot(_)))
                    .map(|field| field.path.as_str())
                    .collect()
            }
            Domain::Points => self.points.iter().map(String::as_str).collect(),
            Domain::Dues => DATES.into_iter().chain(self.points.iter().map(String::as_str)).collect(),
            Domain::Codes => return None,
        })
    }
}

fn what(domain: Domain) -> &'static str {
    match domain {
        Domain::Entries(section) => section.singular(),
        Domain::Rules => "rule",
        Domain::Flags => "rule with a remark",
        Domain::Answers => "field",
        Domain::Points => "point",
        Domain::Dues => "date or point",
        Domain::Codes => "code",
    }
}

/// Reads the mapping under `expect`.
pub(super) fn read(
    source: &Source,
    node: &Node,
    known: &Known<'_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Expectation> {
    let mut reader = Reader { source, known, out, found: vec![] };
    let Some(entries) = node.as_map() else {
        reader.wrong(node, "`expect`", "a mapping of what the decision should hold");
        return vec![];
    };
    for entry in entries {
        reader.entry(entry);
    }
    reader.found
}

struct Reader<'a, 'k, 'd> {
    source: &'a Source,
    known: &'k Known<'a>,
    out: &'d mut Vec<Diagnostic>,
    found: Vec<Expectation>,
}

impl Reader<'_, '_, '_> {
    fn error(&mut self, code: Code, span: Span, message: String) -> &mut Diagnostic {
        self.out.push(Diagnostic::error(code, self.source.locate(span), message));
        self.out.last_mut().expect("a diagnostic was pushed in the line above")
    }

    fn wrong(&mut self, node: &Node, what: &str, wants: &str) {
        let message = format!("{what} is {}, but must be {wants}", node.value.kind());
        self.error(codes::WRONG_VALUE, node.span, message);
    }

    /// An error at a word that is none of those known, with the nearest of them.
    fn unknown<'w>(
        &mut self,
        code: Code,
        span: Span,
        word: &str,
        message: String,
        known: impl IntoIterator<Item = &'w str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let meant = suggest::nearest(word, known.iter().copied());
        let at = self.source.locate(span);
        let diagnostic = self.error(code, span, message);
        match meant {
            Some(meant) => {
                diagnostic.help = Some(format!("did you mean `{meant}`?"));
                diagnostic.fixes.push(Fix::replace(at, meant));
            }
            None if known.is_empty() => {}
            None => diagnostic.help = Some(format!("there is {}", suggest::list_of(known))),
        }
    }

    fn push(&mut self, aspect: Aspect, entry: &Entry, want: Want) {
        self.found.push(Expectation { aspect, key: entry.key_span, value: entry.value.span, want });
    }

    fn entry(&mut self, entry: &Entry) {
        // The document has said so already, and neither can be trusted.
        if entry.duplicate || entry.value.value == Value::Broken {
            return;
        }
        let node = &entry.value;
        match entry.key.as_str() {
            "tier" => {
                if let Some(want) = self.tiers(node) {
                    self.push(Aspect::Tier, entry, want);
                }
            }
            "ready" => match node.as_bool() {
                Some(ready) => self.push(Aspect::Ready, entry, Want::Flag(ready)),
                None => {
                    if let Some(want) = self.names("ready", Domain::Answers, node) {
                        self.push(Aspect::Ready, entry, want);
                    }
                }
            },
            key @ ("valid" | "settled") => match node.as_bool() {
                Some(value) => {
                    let aspect = if key == "valid" { Aspect::Valid } else { Aspect::Settled };
                    self.push(aspect, entry, Want::Flag(value));
                }
                None => self.wrong(node, &format!("`{key}`"), "`true` or `false`"),
            },
            "evidence" => self.evidence(node),
            "dates" => self.dates(node),
            "approvals" => self.approvals(node),
            key => match aspect::names().find(|names| names.key == key) {
                Some(names) => self.list(names, entry),
                None => {
                    let known = aspect::names().map(|names| names.key).filter(|key| !key.contains('.'));
                    let message = format!("a decision has no `{key}`");
                    self.unknown(
                        codes::UNKNOWN_KEY,
                        entry.key_span,
                        key,
                        message,
                        OWN.into_iter().chain(known),
                    );
                }
            },
        }
    }

    fn list(&mut self, names: &'static Names, entry: &Entry) {
        if let Some(want) = self.names(names.key, names.of, &entry.value) {
            self.push(Aspect::Names(names), entry, want);
        }
    }

    fn tier(&mut self, node: &Node) -> Option<Spanned<u8>> {
        let tier = node.as_int().and_then(|tier| u8::try_from(tier).ok()).filter(|tier| *tier <= MAX_TIER);
        if tier.is_none() {
            self.wrong_tier(node);
        }
        tier.map(|value| Spanned { value, span: node.span })
    }

    fn wrong_tier(&mut self, node: &Node) {
        let written = self.source.slice(node.span);
        let message = if written.is_empty() || written.len() > 40 {
            format!("a tier is 0, 1, 2 or 3, but this is {}", node.value.kind())
        } else {
            format!("`{written}` is no tier: tiers are 0, 1, 2 and 3")
        };
        let diagnostic = self.error(codes::WRONG_VALUE, node.span, message);
        diagnostic.help = Some("for a draft, write `{ floor: 1, ceiling: 3 }`".to_owned());
    }

    fn tiers(&mut self, node: &Node) -> Option<Want> {
        let Some(entries) = node.as_map() else {
            let tier = self.tier(node)?;
            return Some(Want::Tiers { floor: Some(tier.clone()), ceiling: Some(tier) });
        };
        let (mut floor, mut ceiling) = (None, None);
        for entry in entries {
            match entry.key.as_str() {
                "floor" => floor = self.tier(&entry.value),
                "ceiling" => ceiling = self.tier(&entry.value),
                key => {
                    let message = format!("a tier has no `{key}`");
                    self.unknown(codes::UNKNOWN_KEY, entry.key_span, key, message, ["floor", "ceiling"]);
                }
            }
        }
        (floor.is_some() || ceiling.is_some()).then_some(Want::Tiers { floor, ceiling })
    }

    /// A list of names, or a mapping of those that must, must not or must first be among them.
    fn names(&mut self, key: &str, domain: Domain, node: &Node) -> Option<Want> {
        let Some(entries) = node.as_map() else {
            let names = self.texts(key, domain, node)?;
            self.once(key, &names, &[]);
            return Some(Want::Exactly(names));
        };
        let (mut has, mut lacks, mut first) = (vec![], vec![], None);
        let before = self.out.len();
        for entry in entries {
            match entry.key.as_str() {
                "has" => has = self.texts(key, domain, &entry.value)?,
                "lacks" => lacks = self.texts(key, domain, &entry.value)?,
                "first" => first = self.texts(key, domain, &entry.value)?.into_iter().next(),
                part => {
                    let message =
                        format!("`{key}` is a list, or has `has`, `lacks` and `first`, not `{part}`");
                    let known = ["has", "lacks", "first"];
                    self.unknown(codes::UNKNOWN_KEY, entry.key_span, part, message, known);
                }
            }
        }
        self.once(key, &has, &lacks);
        if has.is_empty() && lacks.is_empty() && first.is_none() {
            if self.out.len() > before {
                return None;
            }
            let message = format!("`{key}` says neither what it has nor what it lacks");
            let diagnostic = self.error(codes::NO_EXPECTATION, node.span, message);
            diagnostic.help = Some(format!("write `{key}: []` where there should be none"));
            return None;
        }
        Some(Want::Some { has, lacks, first })
    }

    /// The texts of a list; one text is a list of one.
    fn texts(&mut self, key: &str, domain: Domain, node: &Node) -> Option<Vec<Spanned<String>>> {
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            Value::Text(_) => std::slice::from_ref(node),
            _ => {
                self.wrong(node, &format!("`{key}`"), "a list of names");
                if let Some(diagnostic) = self.out.last_mut() {
                    diagnostic.help = Some(format!("write `{key}: []` where there should be none"));
                }
                return None;
            }
        };
        let known = self.known.of(domain);
        let mut texts = vec![];
        for item in items {
            let Some(text) = item.as_text() else {
                self.wrong(item, &format!("an item of `{key}`"), "a name");
                continue;
            };
            if let Some(known) = &known
                && !known.contains(&text)
            {
                let code = if domain == Domain::Answers { codes::UNKNOWN_PATH } else { codes::UNKNOWN_NAME };
                let message = format!("the pack has no {} `{text}`", what(domain));
                let off = self.known.pack.switched_off.iter().find(|off| off.rule.value == text);
                if let Some(off) = off.filter(|_| domain == Domain::Rules) {
                    let help = format!("this pack switches it off: {}", off.because);
                    self.error(code, item.span, message).help = Some(help);
                    continue;
                }
                self.unknown(code, item.span, text, message, known.iter().copied());
                continue;
            }
            texts.push(Spanned { value: text.to_owned(), span: item.span });
        }
        Some(texts)
    }

    /// No name may stand twice, nor be both wanted and not wanted.
    fn once(&mut self, key: &str, wanted: &[Spanned<String>], unwanted: &[Spanned<String>]) {
        let mut seen: Vec<&Spanned<String>> = vec![];
        for name in wanted.iter().chain(unwanted) {
            if let Some(first) = seen.iter().find(|known| known.value == name.value) {
                let label = self.source.locate(first.span);
                let is_wanted = |name: &Spanned<String>| wanted.iter().any(|wanted| wanted.span == name.span);
                let message = if is_wanted(first) && !is_wanted(name) {
                    format!("`{}` of `{key}` is both wanted and not wanted", name.value)
                } else {
                    format!("`{}` stands twice in `{key}`", name.value)
                };
                let diagnostic = self.error(codes::DUPLICATE_WANT, name.span, message);
                diagnostic.labels.push(crate::diagnostic::Label {
                    location: label,
                    message: "it stands here already".to_owned(),
                });
            }
            seen.push(name);
        }
    }

    fn group<'n>(&mut self, key: &str, node: &'n Node) -> &'n [Entry] {
        if node.as_map().is_none() {
            self.wrong(node, &format!("`{key}`"), "a mapping");
        }
        node.as_map().unwrap_or_default()
    }

    fn evidence(&mut self, node: &Node) {
        for entry in self.group("evidence", node) {
            let artifact = entry.key.as_str();
            let known: Vec<&str> = self.known.pack.catalogue.artifacts.ids().collect();
            if !known.contains(&artifact) {
                let message = format!("the pack has no {} `{artifact}`", Section::Artifacts.singular());
                self.unknown(codes::UNKNOWN_NAME, entry.key_span, artifact, message, known);
                continue;
            }
            let state = entry.value.as_text().unwrap_or_default();
            let states = STATES.into_iter().chain(["none"]);
            if !states.clone().any(|known| known == state) {
                let message = format!("evidence is {}", suggest::list_of(states.clone()));
                self.unknown(codes::WRONG_VALUE, entry.value.span, state, message, states);
                continue;
            }
            let want = Want::Word((state != "none").then(|| state.to_owned()));
            self.push(Aspect::Evidence(artifact.to_owned()), entry, want);
        }
    }

    fn dates(&mut self, node: &Node) {
        for entry in self.group("dates", node) {
            // `decide` is short for `due/decide`.
            let id = match DATES.into_iter().find(|id| id.strip_prefix("due/") == Some(&entry.key)) {
                Some(id) => id,
                None => entry.key.as_str(),
            };
            let known = self.known.of(Domain::Dues).unwrap_or_default();
            if !known.contains(&id) {
                let short = DATES.into_iter().filter_map(|id| id.strip_prefix("due/"));
                let known: Vec<&str> = short.chain(known).collect();
                let message = format!("the pack has no {} `{id}`", what(Domain::Dues));
                self.unknown(codes::UNKNOWN_NAME, entry.key_span, id, message, known);
                continue;
            }
            let text = entry.value.as_text().unwrap_or_default();
            if text != "none" && crate::calendar::date(text).is_none() {
                self.wrong(
                    &entry.value,
                    &format!("`{}`", entry.key),
                    "a date such as `2026-11-20`, or `none`",
                );
                continue;
            }
            let want = Want::Word((text != "none").then(|| text.to_owned()));
            self.push(Aspect::Date(id.to_owned()), entry, want);
        }
    }

    fn approvals(&mut self, node: &Node) {
        for entry in self.group("approvals", node) {
            let key = entry.key.as_str();
            if key == "window" {
                match entry.value.as_text() {
                    Some(text) => {
                        let want = Want::Word((text != "none").then(|| text.to_owned()));
                        self.push(Aspect::Window, entry, want);
                    }
                    None => self.wrong(
                        &entry.value,
                        "`window`",
                        "a duration such as `2 business days`, or `none`",
                    ),
                }
                continue;
            }
            let short = |names: &&'static Names| names.key.strip_prefix("approvals.");
            match aspect::names().find(|names| short(names) == Some(key)) {
                Some(names) => self.list(names, entry),
                None => {
                    let known = aspect::names().filter_map(|names| short(&names)).chain(["window"]);
                    let message = format!("approvals have no `{key}`");
                    self.unknown(codes::UNKNOWN_KEY, entry.key_span, key, message, known);
                }
            }
        }
    }
}
