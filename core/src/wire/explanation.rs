//! From a decision to its explanation: as a whole, or one part of it.

use super::questions::{Asker, open_questions};
use super::report::{Reporter, origin};
use super::v1::explanation as shape;
use super::{VERSION, counterfactual, diagnostics, v1};
use crate::catalogue::MAX_TIER;
use crate::counterfactual::{Goal, Limits, search};
use crate::decide::{self, PointKey, Standing};
use crate::engine::{Checked, Engine};
use crate::evaluate::Truth;
use crate::explain::{self, Target, words};
use crate::facts::Origin;
use crate::rules::{Body, EffectKind, Rule, Verb};
use crate::schema::{Field, FieldId, Kind, Place};
use std::collections::BTreeSet;

/// How far the search for other tiers goes when nobody asked for one.
const ASIDE: Limits = Limits { changes: 4, work: 4_000, ways: 2 };

/// The explanation of a decision, or of one part of it.
pub fn explanation(engine: &Engine, checked: &Checked, target: Option<&Target>) -> shape::Explanation {
    let explainer = Explainer { reporter: Reporter { engine, checked } };
    let whole = target.is_none();
    let bearing = target.map(|target| explainer.bearing(target));
    let rules = engine.pack.rules.rules().iter().enumerate();
    let rules = rules.filter(|(number, _)| bearing.as_ref().is_none_or(|bearing| bearing.contains(number)));
    let field = match target {
        Some(Target::Field(id)) => Some(*id),
        _ => None,
    };
    shape::Explanation {
        json: VERSION,
        subject: target.map(|target| explainer.subject(target)),
        rules: rules.map(|(number, rule)| explainer.story(number, rule)).collect(),
        checklist: if whole { explainer.checklist() } else { vec![] },
        questions: match target {
            None => open_questions(engine, checked, false),
            Some(_) => field.map(|id| explainer.asked(id)).unwrap_or_default(),
        },
        tier_changes: if whole { explainer.tier_changes() } else { vec![] },
        assumed_policy: if whole { explainer.assumed_policy() } else { vec![] },
        report: explainer.reporter.report(),
    }
}

struct Explainer<'a> {
    reporter: Reporter<'a>,
}

impl Explainer<'_> {
    fn engine(&self) -> &Engine {
        self.reporter.engine
    }

    fn checked(&self) -> &Checked {
        self.reporter.checked
    }

    /// The rules that bear on something.
    fn bearing(&self, target: &Target) -> BTreeSet<usize> {
        let (pack, index) = (&self.engine().pack, self.engine().index());
        let all = 0..pack.rules.rules().len();
        match target {
            Target::Rule(rule) => [*rule].into(),
            Target::Point { number, .. } => {
                number.map(|number| index.rules_of(number).iter().copied().collect()).unwrap_or_default()
            }
            Target::Tier => all.filter(|rule| index.tier_of(*rule).is_some()).collect(),
            Target::Field(id) => {
                let slots = self.slots_below(*id);
                let reads = |rule: &usize| {
                    pack.rules
                        .rules()
                        .get(*rule)
                        .is_some_and(|rule| rule.reads.iter().any(|slot| slots.contains(slot)))
                };
                all.filter(reads).collect()
            }
        }
    }

    /// The slots of a field, of what stands in it, or of the list that it is a part of.
    fn slots_below(&self, id: FieldId) -> Vec<crate::schema::Slot> {
        let schema = &self.engine().pack.schema;
        let field = schema.field(id);
        let within = |path: &str, outer: &str| {
            path == outer || path.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        let slots = schema
            .slots()
            .filter(|(_, slot)| within(&slot.path, &field.path) || within(&field.path, &slot.path));
        slots.map(|(slot, _)| slot).collect()
    }

    fn subject(&self, target: &Target) -> shape::Subject {
        match target {
            Target::Rule(number) => self.rule_subject(*number),
            Target::Point { id, number, artifact } => self.point_subject(id, *number, artifact.as_deref()),
            Target::Tier => self.tier_subject(),
            Target::Field(id) => self.field_subject(*id),
        }
    }

    fn rule_subject(&self, number: usize) -> shape::Subject {
        let pack = &self.engine().pack;
        let rule = pack.rules.rules().get(number);
        let truth = self.checked().verdicts.get(number).copied().unwrap_or(Truth::No);
        let asks = rule.map(|rule| self.asks(number, rule)).unwrap_or_default();
        let summary = match truth {
            Truth::Yes => format!("This rule fires, and asks for {asks}."),
            Truth::Unsettled => {
                format!("This rule may fire; then it would ask for {asks}. It waits for open answers.")
            }
            Truth::No => format!("This rule does not fire; it would ask for {asks}."),
        };
        let location = rule.map(|rule| {
            let source = pack.rules.source(rule.topic);
            diagnostics::location(&source.locate(rule.id_span), &[source])
        });
        shape::Subject {
            id: rule.map(|rule| rule.id.clone()).unwrap_or_default(),
            kind: shape::SubjectKind::Rule,
            title: rule.map(|rule| rule.because.clone()).unwrap_or_default(),
            description: rule.map(|rule| rule.doc.trim().to_owned()).unwrap_or_default(),
            standing: standing(truth.into()),
            summary,
            location,
            tiers: vec![],
        }
    }

    /// "tier 2, route/deep-review and a remark".
    fn asks(&self, number: usize, rule: &Rule) -> String {
        let tier = self.engine().index().tier_of(number).map(|tier| format!("tier {tier}"));
        let points = self.points(number, rule).into_iter();
        let asked: Vec<String> = tier.into_iter().chain(points).collect();
        match asked.as_slice() {
            [] => "nothing".to_owned(),
            [only] => only.clone(),
            [init @ .., last] => format!("{} and {last}", init.join(", ")),
        }
    }

    fn points(&self, number: usize, rule: &Rule) -> Vec<String> {
        let pack = &self.engine().pack;
        let effects = rule.effects.iter().enumerate();
        let keys = effects.filter_map(|(place, effect)| match &effect.kind {
            EffectKind::Names(verb, id) => Some(PointKey::Entry(*verb, id.clone())),
            EffectKind::Flag(..) => Some(PointKey::Flag(number, place)),
            EffectKind::Tier(_) | EffectKind::Within(_) => None,
        });
        keys.map(|key| decide::id(pack, &key)).collect()
    }

    fn point_subject(&self, id: &str, number: Option<usize>, artifact: Option<&str>) -> shape::Subject {
        let (engine, decision) = (self.engine(), &self.checked().decision);
        let key = number.and_then(|number| engine.index().points.get(number));
        let point = key.and_then(|key| decision.points.iter().find(|point| point.key == *key));
        let requirement = artifact
            .and_then(|artifact| decision.requirements.iter().find(|found| found.artifact == artifact));
        let by_rule = point.map_or(Standing::RuledOut, |point| point.standing);
        let standing_ = by_rule.min(requirement.map_or(Standing::RuledOut, |found| found.standing));
        let head = match (key, artifact) {
            (Some(PointKey::Entry(verb, name)), _) => engine.pack.catalogue.head(verb.section(), name),
            (_, Some(name)) => engine.pack.catalogue.head(Verb::Require.section(), name),
            _ => None,
        };
        let tiers: Vec<u8> = artifact.map(|artifact| self.tiers_asking(artifact)).unwrap_or_default();
        let rules = number.map_or(0, |number| engine.index().rules_of(number).len());
        let mut summary = point_summary(standing_, rules, &tiers, requirement.map(|found| &found.tiers));
        if let Some((by, sure)) = point.and_then(|point| point.superseded.as_ref()) {
            let by = decide::id(&engine.pack, &PointKey::Entry(Verb::Route, by.clone()));
            let gives = if *sure == Standing::Certain { "gives way" } else { "may give way" };
            summary.push_str(&format!(" It {gives} to {by}, which is a deeper review."));
        }
        shape::Subject {
            id: id.to_owned(),
            kind: shape::SubjectKind::Point,
            title: head.map_or_else(|| id.to_owned(), |head| head.title.clone()),
            description: head.map(|head| head.description.clone()).unwrap_or_default(),
            standing: standing(standing_),
            summary,
            location: head.and_then(|head| head.declared.as_ref()).map(|at| {
                let sources: Vec<&crate::source::Source> = engine.pack.sources.iter().collect();
                diagnostics::location(at, &sources)
            }),
            tiers,
        }
    }

    fn tiers_asking(&self, artifact: &str) -> Vec<u8> {
        let tiers = self.engine().pack.catalogue.tiers.iter();
        let asking = tiers.filter(|tier| tier.artifacts.iter().any(|asked| asked.value == artifact));
        asking.map(|tier| tier.number).collect()
    }

    fn tier_subject(&self) -> shape::Subject {
        let decision = &self.checked().decision;
        let wire = self.reporter.tier();
        let tiers = decision.tiers;
        let fired = decision.tier_rules.len();
        let summary = match decision.tier() {
            Some(tier) if fired == 0 => {
                format!("It is tier {tier}: no rule asks for another, and {tier} is the pack's default.")
            }
            Some(tier) => format!(
                "It is tier {tier}: {} for it, and no rule that asks for a higher one can fire.",
                counted(fired, "rule asks", "rules ask")
            ),
            None if fired > 0 => format!(
                "It is at least tier {}: {} for it. It can still become tier {}.",
                tiers.floor(),
                counted(fired, "rule asks", "rules ask"),
                tiers.ceiling()
            ),
            None => format!(
                "It can be any of tier {} to {}: open answers decide.",
                tiers.floor(),
                tiers.ceiling()
            ),
        };
        shape::Subject {
            id: "tier".to_owned(),
            kind: shape::SubjectKind::Tier,
            title: wire.title,
            description: wire.description.unwrap_or_default(),
            standing: if decision.tier().is_some() {
                shape::SubjectStanding::Certain
            } else {
                shape::SubjectStanding::Possible
            },
            summary,
            location: None,
            tiers: tiers.iter().collect(),
        }
    }

    fn field_subject(&self, id: FieldId) -> shape::Subject {
        let schema = &self.engine().pack.schema;
        let field = schema.field(id);
        let (mut summary, location, known) = match field.place {
            Place::Slot(slot) => {
                let (kind, span) = explain::origin(self.checked().facts.origin(slot));
                let value = words::value(field, self.checked().facts.value(slot));
                let summary = match origin(kind) {
                    v1::Origin::Answered => format!("The intake says: {value}."),
                    v1::Origin::Assumed => format!("Nobody answered it; silence counts as {value}."),
                    v1::Origin::NotApplicable => {
                        format!("It is not asked here, because of other answers, and counts as {value}.")
                    }
                    v1::Origin::Unanswered if span.is_some() => {
                        "What is written there does not count, so it is not answered.".to_owned()
                    }
                    v1::Origin::Unanswered => "Nobody answered it.".to_owned(),
                };
                (
                    summary,
                    span.map(|span| self.reporter.place(span)),
                    self.checked().facts.value(slot).is_known(),
                )
            }
            Place::Group => {
                let key = self.checked().intake.group(id);
                let summary = if key.is_some() {
                    "The intake has this group."
                } else {
                    "The intake does not have this group."
                };
                (summary.to_owned(), key.map(|key| self.reporter.place(key)), key.is_some())
            }
            Place::Column(_) => ("It is a part of the items of a list.".to_owned(), None, true),
        };
        if let Some(applies) = &field.applies {
            summary.push_str(&format!(" It is asked where {}.", words::applies(schema, applies)));
        }
        if self.bearing(&Target::Field(id)).is_empty() {
            summary.push_str(" No rule reads it.");
        }
        shape::Subject {
            id: field.path.clone(),
            kind: shape::SubjectKind::Field,
            title: field.title.clone(),
            description: field.description.clone(),
            standing: if known { shape::SubjectStanding::Certain } else { shape::SubjectStanding::Possible },
            summary,
            location,
            tiers: vec![],
        }
    }

    /// The field as a question, where it is open.
    fn asked(&self, id: FieldId) -> Vec<shape::OpenQuestion> {
        let asker = Asker { engine: self.engine(), checked: self.checked() };
        let open = self.slots_below(id).into_iter().filter(|slot| {
            matches!(self.checked().facts.origin(*slot), Origin::Unanswered | Origin::Void { .. })
        });
        open.map(|slot| asker.question(slot)).collect()
    }

    fn story(&self, number: usize, rule: &Rule) -> shape::RuleStory {
        let (pack, facts) = (&self.engine().pack, &self.checked().facts);
        let truth = self.checked().verdicts.get(number).copied().unwrap_or(Truth::No);
        let source = pack.rules.source(rule.topic);
        let condition = match &rule.body {
            Body::Compiled(condition) => Some(words::condition(&pack.schema, condition)),
            Body::Interpreted { .. } => None,
        };
        let causes = explain::causes(&pack.schema, rule, facts, truth);
        shape::RuleStory {
            rule: rule.id.clone(),
            verdict: match truth {
                Truth::Yes => shape::RuleVerdict::Fires,
                Truth::Unsettled => shape::RuleVerdict::Unsettled,
                Truth::No => shape::RuleVerdict::DoesNotFire,
            },
            because: rule.because.clone(),
            doc: rule.doc.trim().to_owned(),
            cites: rule.cites.clone(),
            location: diagnostics::location(&source.locate(rule.id_span), &[source]),
            condition,
            tier: self.engine().index().tier_of(number),
            points: self.points(number, rule),
            causes: causes.into_iter().map(|cause| self.reporter.cause(cause)).collect(),
            lacks: if truth == Truth::Yes { vec![] } else { explain::lacks(&pack.schema, rule, facts) },
        }
    }

    /// What the intake says, by the groups of its schema: what rules read, and what somebody answered.
    fn checklist(&self) -> Vec<shape::Topic> {
        let schema = &self.engine().pack.schema;
        let root = schema.root();
        let mut topics = vec![shape::Topic {
            path: String::new(),
            title: root.title.clone(),
            description: root.description.clone(),
            answers: vec![],
        }];
        let moves = self.moves();
        let open: BTreeSet<_> =
            self.checked().decision.questions.iter().map(|question| question.slot).collect();
        for (slot, field) in schema.slots() {
            let top = self.top(field);
            let place = match topics.iter().position(|topic| topic.path == top.path) {
                Some(place) => place,
                None => {
                    let (path, title) = (top.path.clone(), top.title.clone());
                    topics.push(shape::Topic {
                        path,
                        title,
                        description: top.description.clone(),
                        answers: vec![],
                    });
                    topics.len() - 1
                }
            };
            let (kind, span) = explain::origin(self.checked().facts.origin(slot));
            let moved = moves.iter().filter(|(by, _)| *by == slot).map(|(_, rule)| rule.clone());
            let answer = shape::Answered {
                path: field.path.clone(),
                title: field.title.clone(),
                value: words::value(field, self.checked().facts.value(slot)),
                origin: origin(kind),
                location: span.map(|span| self.reporter.place(span)),
                moves: moved.collect(),
                open: open.contains(&slot),
            };
            topics.get_mut(place).into_iter().for_each(|topic| topic.answers.push(answer.clone()));
        }
        topics.retain(|topic| !topic.answers.is_empty());
        topics
    }

    /// The group at the top that a field stands in; the intake itself for a field that stands in none.
    fn top<'s>(&'s self, field: &'s Field) -> &'s Field {
        let schema = &self.engine().pack.schema;
        let mut top = field;
        while let Some(parent) =
            top.parent.map(|id| schema.field(id)).filter(|parent| parent.parent.is_some())
        {
            top = parent;
        }
        if matches!(top.kind, Kind::Group(_)) { top } else { schema.root() }
    }

    /// Which answer makes which rule fire.
    fn moves(&self) -> Vec<(crate::schema::Slot, String)> {
        let (pack, facts) = (&self.engine().pack, &self.checked().facts);
        let fired = pack
            .rules
            .rules()
            .iter()
            .zip(&self.checked().verdicts)
            .filter(|(_, truth)| **truth == Truth::Yes);
        let mut moves = vec![];
        for (rule, truth) in fired {
            let slots: BTreeSet<_> = explain::causes(&pack.schema, rule, facts, *truth)
                .into_iter()
                .filter_map(|cause| cause.slot)
                .collect();
            moves.extend(slots.into_iter().map(|slot| (slot, rule.id.clone())));
        }
        moves
    }

    /// What would make the tier lower, and what would make it higher.
    fn tier_changes(&self) -> Vec<shape::Counterfactual> {
        let (engine, checked) = (self.engine(), self.checked());
        let tiers = checked.decision.tiers;
        let lower = tiers.ceiling().checked_sub(1).map(|tier| format!("tier<={tier}"));
        let higher = (tiers.floor() < MAX_TIER).then(|| format!("tier>={}", tiers.floor() + 1));
        let goals = lower.into_iter().chain(higher).filter_map(|goal| Goal::parse(&goal, engine).ok());
        goals
            .map(|goal| {
                let goals = [goal];
                counterfactual(engine, checked, &goals, &search(engine, checked, &goals, ASIDE))
            })
            .collect()
    }

    fn assumed_policy(&self) -> Vec<shape::AssumedPolicy> {
        let pack = &self.engine().pack;
        let sources: Vec<&crate::source::Source> = pack.sources.iter().collect();
        let assumed = pack.catalogue.assumptions.iter();
        assumed
            .map(|assumption| shape::AssumedPolicy {
                path: assumption.path.clone(),
                location: diagnostics::location(&assumption.location, &sources),
            })
            .collect()
    }
}

fn standing(standing: Standing) -> shape::SubjectStanding {
    match standing {
        Standing::Certain => shape::SubjectStanding::Certain,
        Standing::Possible => shape::SubjectStanding::Possible,
        Standing::RuledOut => shape::SubjectStanding::RuledOut,
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn point_summary(standing: Standing, rules: usize, asking: &[u8], by: Option<&BTreeSet<u8>>) -> String {
    let list = |tiers: &[u8]| tiers.iter().map(u8::to_string).collect::<Vec<_>>().join(" and ");
    let by: Vec<u8> = by.map(|tiers| tiers.iter().copied().collect()).unwrap_or_default();
    let tier = match (standing, by.is_empty()) {
        (_, true) if !asking.is_empty() => format!(" Tier {} would ask for it too.", list(asking)),
        (_, false) => format!(" Tier {} asks for it.", list(&by)),
        _ => String::new(),
    };
    let rules = match (standing, rules) {
        (Standing::Certain, _) => "It is part of this decision, whatever is still answered.".to_owned(),
        (Standing::Possible, _) => {
            "It may become part of this decision: that depends on answers that are not there.".to_owned()
        }
        (Standing::RuledOut, 0) => "It is not part of this decision.".to_owned(),
        (Standing::RuledOut, 1) => {
            "It is not part of this decision: the rule that could ask for it does not fire.".to_owned()
        }
        (Standing::RuledOut, rules) => {
            format!("It is not part of this decision: none of the {rules} rules that could ask for it fires.")
        }
    };
    format!("{rules}{tier}")
}
