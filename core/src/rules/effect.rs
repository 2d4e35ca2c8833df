//! What a rule does when it fires. Effects are data: known before any intake is seen.

use super::codes;
use super::topic::{Argument, ArgumentValue, Call, Constant};
use crate::calendar::Duration;
use crate::catalogue::{Catalogue, MAX_TIER, Section, TierNumber};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::source::{Source, Span};
use crate::suggest;
use std::collections::BTreeMap;

/// Something that a rule does when it fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// What.
    pub kind: EffectKind,
    /// Where it is written, from the method's name to its closing parenthesis.
    pub span: Span,
}

/// What a rule can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectKind {
    /// Asks for at least this tier.
    Tier(TierNumber),
    /// Names an entry of the catalogue.
    Names(Verb, String),
    /// Tightens the due date of what the rule asks for.
    Within(Duration),
    /// Says something about the intake.
    Flag(Severity, String),
}

/// How a rule names an entry of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Sends the intake somewhere.
    Route,
    /// Suggests a service line.
    Service,
    /// Asks for evidence.
    Require,
    /// Takes it to somebody above.
    Escalate,
    /// Hands it to another team.
    Refer,
    /// Asks for a decision.
    Decides,
    /// Tells somebody.
    Notify,
    /// Adds a duty.
    Oblige,
}

impl Verb {
    /// All of them, in the order in which a decision lists their points.
    pub const ALL: [Self; 8] = [
        Self::Route,
        Self::Escalate,
        Self::Require,
        Self::Refer,
        Self::Decides,
        Self::Service,
        Self::Oblige,
        Self::Notify,
    ];

    /// The method's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Service => "service",
            Self::Require => "require",
            Self::Escalate => "escalate",
            Self::Refer => "refer",
            Self::Decides => "decides",
            Self::Notify => "notify",
            Self::Oblige => "oblige",
        }
    }

    /// The section of the catalogue that its argument names.
    pub fn section(self) -> Section {
        match self {
            Self::Route => Section::Routes,
            Self::Service => Section::Services,
            Self::Require => Section::Artifacts,
            Self::Escalate => Section::Escalations,
            Self::Refer => Section::Teams,
            Self::Decides => Section::Decisions,
            Self::Notify => Section::Roles,
            Self::Oblige => Section::Obligations,
        }
    }

    /// What the points that it makes are called: `route/deep-review`.
    pub fn point(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Service => "service",
            Self::Require => "requirement",
            Self::Escalate => "escalation",
            Self::Refer => "referral",
            Self::Decides => "decision",
            Self::Notify => "notification",
            Self::Oblige => "obligation",
        }
    }
}

/// All methods of a rule.
const METHODS: [&str; 14] = [
    "when", "tier", "route", "service", "require", "escalate", "refer", "decides", "notify", "oblige",
    "within", "flag", "because", "cites",
];

/// The methods of a rule, read in order.
pub(super) struct Reader<'a, 'd> {
    pub source: &'a Source,
    pub catalogue: &'a Catalogue,
    pub constants: &'a BTreeMap<&'a str, (u16, &'a Constant)>,
    pub out: &'d mut Vec<Diagnostic>,
}

/// What a method call comes to.
pub(super) enum Meaning<'c> {
    When(&'c super::topic::Function, Span),
    Effect(EffectKind),
    Because(String),
    Cites(Vec<String>),
    /// Nothing; a diagnostic says why.
    Nothing,
}

impl Reader<'_, '_> {
    pub(super) fn read<'c>(&mut self, call: &'c Call) -> Meaning<'c> {
        let name = call.name.value.as_str();
        let verb = Verb::ALL.into_iter().find(|verb| verb.name() == name);
        match (name, call.arguments.as_slice()) {
            ("when", [Argument { value: ArgumentValue::Closure(closure), span }]) => {
                return Meaning::When(closure, *span);
            }
            ("when", _) => {
                let diagnostic = self.error(codes::BAD_ARGUMENT, call.span, "`when` wants a condition");
                diagnostic.help = Some("write `.when(|intake| intake.…)`".to_owned());
            }
            ("tier", [argument]) => match self.number(argument) {
                Some(number) if (0..=i64::from(MAX_TIER)).contains(&number) => {
                    return Meaning::Effect(EffectKind::Tier(
                        TierNumber::try_from(number).unwrap_or(MAX_TIER),
                    ));
                }
                _ => {
                    self.error(codes::BAD_ARGUMENT, argument.span, "a tier is 0, 1, 2 or 3");
                }
            },
            ("within", [argument]) => match self.text(argument) {
                Some(text) => match Duration::parse(&text) {
                    Some(duration) => return Meaning::Effect(EffectKind::Within(duration)),
                    None => {
                        let diagnostic = self.error(
                            codes::BAD_ARGUMENT,
                            argument.span,
                            format!("`{text}` is no duration"),
                        );
                        diagnostic.help = Some("write `4 hours`, `30 days` or `2 business days`".to_owned());
                    }
                },
                None => self.wants_text(name, argument),
            },
            ("flag", [severity, message]) => {
                let level = match self.text(severity).as_deref() {
                    Some("error") => Some(Severity::Error),
                    Some("warning") => Some(Severity::Warning),
                    Some("info") => Some(Severity::Info),
                    _ => None,
                };
                match (level, self.text(message)) {
                    (Some(level), Some(message)) => return Meaning::Effect(EffectKind::Flag(level, message)),
                    (None, _) => {
                        self.error(
                            codes::BAD_ARGUMENT,
                            severity.span,
                            "a flag is `error`, `warning` or `info`",
                        );
                    }
                    (_, None) => self.wants_text(name, message),
                }
            }
            ("because", [argument]) => match self.text(argument) {
                Some(text) if !text.trim().is_empty() => return Meaning::Because(text),
                _ => self.wants_text(name, argument),
            },
            ("cites", arguments) if !arguments.is_empty() => {
                let texts: Option<Vec<String>> =
                    arguments.iter().map(|argument| self.text(argument)).collect();
                match texts {
                    Some(texts) => return Meaning::Cites(texts),
                    None => arguments.iter().take(1).for_each(|argument| self.wants_text(name, argument)),
                }
            }
            (_, [argument]) if verb.is_some() => {
                if let Some(kind) = verb.and_then(|verb| self.entry(verb, argument)) {
                    return Meaning::Effect(kind);
                }
            }
            _ => self.unknown(call),
        }
        Meaning::Nothing
    }

    fn error(
        &mut self,
        code: crate::diagnostic::Code,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.out.push(Diagnostic::error(code, self.source.locate(span), message));
        self.out.last_mut().expect("a diagnostic was pushed in the line above")
    }

    fn wants_text(&mut self, name: &str, argument: &Argument) {
        self.error(codes::BAD_ARGUMENT, argument.span, format!("`{name}` wants a text that is written out"));
    }

    fn text(&self, argument: &Argument) -> Option<String> {
        match &argument.value {
            ArgumentValue::Text(text) => Some(text.clone()),
            ArgumentValue::Name(name) => match &self.constants.get(name.as_str())?.1.value {
                rhai::Expr::StringConstant(text, _) => Some(text.to_string()),
                _ => None,
            },
            _ => None,
        }
    }

    fn number(&self, argument: &Argument) -> Option<i64> {
        match &argument.value {
            ArgumentValue::Int(number) => Some(*number),
            ArgumentValue::Name(name) => match &self.constants.get(name.as_str())?.1.value {
                rhai::Expr::IntegerConstant(number, _) => Some(*number),
                _ => None,
            },
            _ => None,
        }
    }

    /// An argument that names an entry of the catalogue.
    fn entry(&mut self, verb: Verb, argument: &Argument) -> Option<EffectKind> {
        let Some(id) = self.text(argument) else {
            self.wants_text(verb.name(), argument);
            return None;
        };
        let section = verb.section();
        if self.catalogue.head(section, &id).is_some() {
            return Some(EffectKind::Names(verb, id));
        }
        let heads = self.catalogue.heads(section);
        let known: Vec<&str> = heads.iter().map(|head| head.id.as_str()).collect();
        let meant = suggest::nearest(&id, known.iter().copied());
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the catalogue has {}", suggest::all_of(known.iter().copied())),
        };
        let fix = meant.map(|meant| {
            let mut fix = Fix::replace(self.source.locate(argument.span), meant);
            fix.edits.iter_mut().for_each(|edit| edit.text = format!("\"{meant}\""));
            fix
        });
        let message = format!("the catalogue has no {} `{id}`", section.singular());
        let diagnostic = self.error(codes::UNKNOWN_ENTRY, argument.span, message);
        diagnostic.help = Some(help);
        diagnostic.fixes.extend(fix);
        None
    }

    fn unknown(&mut self, call: &Call) {
        let name = call.name.value.as_str();
        if METHODS.contains(&name) {
            let wanted = if name == "flag" { "a severity and a message" } else { "one argument" };
            self.error(codes::BAD_ARGUMENT, call.span, format!("`{name}` wants {wanted}"));
            return;
        }
        let at = self.source.locate(call.name.span);
        let meant = suggest::nearest(name, METHODS);
        let diagnostic = self.error(codes::UNKNOWN_EFFECT, call.name.span, format!("a rule has no `{name}`"));
        match meant {
            Some(meant) => {
                diagnostic.help = Some(format!("did you mean `{meant}`?"));
                diagnostic.fixes.push(Fix::replace(at, meant));
            }
            None => diagnostic.help = Some(format!("it has {}", suggest::all_of(METHODS))),
        }
    }
}
